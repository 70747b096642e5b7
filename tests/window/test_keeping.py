"""Others who work on the same file are noticed, and what they do is never lost nor taken over unasked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.files import dumps, load, save
from app.files.backups import Backups
from app.model.edits import set_map
from app.window.dialogs import Answer
from app.window.notice_bar import Choice, Notice
from app.window.outside import states_known
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands, path_of, rename

ROOT = Path(__file__).parents[2]
WAIT = 10_000

OTHER = """
import sys
from pathlib import Path
from app.files import load, save
from app.files.lock import MapLock
path = Path(sys.argv[1])
if sys.argv[2] == "open":
    lock = MapLock(path, "Ann")
    lock.take()
    print("open", flush=True)
    sys.stdin.readline()
    lock.release()
else:
    file = load(path)
    change = lambda record: record.changed(title=sys.argv[2]) if record.id == "map" else record
    save(file.holding([change(record) for record in file.records]))
"""


def other_saves(path: Path, title: str) -> None:
    """Another program gives the map a title."""
    subprocess.run([sys.executable, "-c", OTHER, str(path), title], cwd=ROOT, check=True)


@pytest.fixture
def kept(hands: Hands) -> Hands:
    """A map that is followed already."""
    hands.window.keeping.begin()
    return hands


def notice(window: MainWindow, qtbot: QtBot, name: str) -> Notice:
    """What the bar says, once it says it."""

    def is_said() -> bool:
        said = window.middle.notice
        return said is not None and said.name == name

    qtbot.waitUntil(is_said, timeout=WAIT)
    assert window.middle.notice is not None
    return window.middle.notice


def choose(window: MainWindow, text: str) -> None:
    assert window.middle.bar is not None
    window.middle.bar.button(text).click()


class TestChangedOutside:
    def test_what_another_program_saved_is_shown_when_wanted(self, kept: Hands, qtbot: QtBot) -> None:
        window, mine = kept.window, kept.document.map.title
        other_saves(path_of(kept), "Theirs")
        said = notice(window, qtbot, "changed")
        assert said.text == "“broadband.jmap” was changed by somebody else."
        assert kept.document.map.title == mine, "nothing is taken over unasked"
        choose(window, "Reload")
        assert kept.document.map.title == "Theirs"
        assert not window.isWindowModified()
        assert window.middle.notice is None
        window.editing.undo()
        assert kept.document.map.title == mine
        assert window.isWindowModified()
        assert window.save()
        assert load(path_of(kept)).records != ()

    def test_what_one_did_meanwhile_is_one_undo_away(self, kept: Hands, qtbot: QtBot) -> None:
        rename(kept, "Mine")
        other_saves(path_of(kept), "Theirs")
        notice(kept.window, qtbot, "changed")
        choose(kept.window, "Reload")
        assert kept.document.map.title == "Theirs"
        assert kept.document.history.undo_label == "Reload"
        kept.window.editing.undo()
        assert kept.document.map.title == "Mine"

    def test_mine_is_kept_when_wanted_and_theirs_is_not_lost(
        self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs
    ) -> None:
        path = path_of(kept)
        rename(kept, "Mine")
        other_saves(path, "Theirs")
        theirs = path.read_bytes()
        notice(kept.window, qtbot, "changed")
        choose(kept.window, "Keep mine")
        assert kept.window.isWindowModified()
        assert kept.window.save()
        assert dialogs.asked == []
        assert dumps(load(path).records) == kept.bytes()
        assert theirs in [each.path.read_bytes() for each in Backups(path).found()]

    def test_both_can_be_brought_together(self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs) -> None:
        window, path = kept.window, path_of(kept)
        card = kept.card("Router")
        with kept.document.edit("Rename card") as tx:
            tx.set(card, title="My router")
        other_saves(path, "Theirs")
        notice(window, qtbot, "changed")
        choose(window, "Merge…")
        agree(window, qtbot)
        assert kept.document.map.title == "Theirs"
        assert kept.document.store[card].title == "My router"  # type: ignore[attr-defined]
        assert window.middle.notice is None
        assert window.save()
        assert dialogs.asked == []
        assert dumps(load(path).records) == kept.bytes()

    def test_saving_offers_to_merge_too(self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs) -> None:
        window = kept.window
        rename(kept, "Mine")
        other_saves(path_of(kept), "Theirs")
        dialogs.on_changed = Answer.MERGE
        assert not window.save()
        qtbot.waitUntil(lambda: window.comparing.merging.window is not None, timeout=WAIT)
        assert window.comparing.merging.window is not None
        window.comparing.merging.window.reject()
        assert kept.document.map.title == "Mine"

    def test_only_what_was_seen_may_be_replaced(self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs) -> None:
        path = path_of(kept)
        other_saves(path, "Theirs")
        notice(kept.window, qtbot, "changed")
        choose(kept.window, "Keep mine")
        other_saves(path, "Theirs again")
        assert not kept.window.save()
        assert dialogs.asked == ["changed broadband.jmap"]

    def test_pictures_that_they_added_come_along(self, kept: Hands, qtbot: QtBot) -> None:
        theirs = load(path_of(kept))
        picture = (ROOT / "docs" / "broadband.png").read_bytes()
        name = kept.document.media.__class__().add(picture, "png")
        save(theirs.holding(
            [r.changed(picture=name) if r.type == "persona" else r for r in theirs.records],
            media=kept.document.media.__class__({name: picture}),
        ))  # fmt: skip
        notice(kept.window, qtbot, "changed")
        choose(kept.window, "Reload")
        qtbot.waitUntil(lambda: kept.document.media.get(name) == picture, timeout=WAIT)
        rename(kept, "With their picture")
        assert kept.window.save()
        assert f"media/{name}" in load(path_of(kept)).parts

    def test_the_same_content_is_no_change(self, kept: Hands, qtbot: QtBot) -> None:
        path = path_of(kept)
        outside = kept.window.keeping.outside
        assert outside is not None
        with qtbot.waitSignal(outside.looked, timeout=WAIT):
            outside.check()
        with qtbot.waitSignal(outside.looked, timeout=WAIT):
            path.write_bytes(path.read_bytes())
            os.utime(path, (1, 1))
        assert kept.window.middle.notice is None

    def test_one_s_own_saves_are_no_change(self, kept: Hands, qtbot: QtBot) -> None:
        outside = kept.window.keeping.outside
        assert outside is not None
        rename(kept, "Mine")
        with qtbot.waitSignal(outside.looked, timeout=WAIT):
            assert kept.window.save()
        assert kept.window.middle.notice is None

    def test_a_file_that_is_gone_can_be_saved_again(self, kept: Hands, qtbot: QtBot) -> None:
        path = path_of(kept)
        path.unlink()
        said = notice(kept.window, qtbot, "changed")
        assert "is not in its folder any more" in said.text
        assert kept.window.isWindowModified()
        choose(kept.window, "Save again")
        assert dumps(load(path).records) == kept.bytes()
        qtbot.waitUntil(lambda: kept.window.middle.notice is None, timeout=WAIT)

    def test_what_cannot_be_read_changes_nothing(self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs) -> None:
        before = kept.bytes()
        path_of(kept).write_bytes(b"half a ma")
        notice(kept.window, qtbot, "changed")
        choose(kept.window, "Reload")
        assert "not a journey map" in dialogs.asked[-1]
        assert kept.bytes() == before

    def test_it_is_looked_at_when_one_comes_back_to_the_window(self, kept: Hands, qtbot: QtBot) -> None:
        """Folders on a network often tell nobody of changes."""
        outside = kept.window.keeping.outside
        assert outside is not None
        outside._watching._watcher.removePaths(outside._watching._watcher.directories())
        outside._watching._watcher.removePaths(outside._watching._watcher.files())
        other_saves(path_of(kept), "Theirs")
        QApplication.sendEvent(kept.window, QEvent(QEvent.Type.WindowActivate))
        notice(kept.window, qtbot, "changed")


def agree(window: MainWindow, qtbot: QtBot) -> None:
    """Accepts the merge as it is proposed, once it is shown."""
    merging = window.comparing.merging
    qtbot.waitUntil(lambda: merging.window is not None, timeout=WAIT)
    assert merging.window is not None
    merging.window.accept()


@pytest.fixture
def other(hands: Hands) -> Iterator[subprocess.Popen[bytes]]:
    """Ann has the map open, in a process of her own."""
    command = [sys.executable, "-c", OTHER, str(path_of(hands)), "open"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


class TestShared:
    def test_the_lock_is_made_with_the_first_edit_and_goes_with_the_window(self, kept: Hands, qtbot: QtBot) -> None:
        lock = path_of(kept).with_name(".~lock.broadband.jmap#")
        assert not lock.exists()
        rename(kept, "Mine")
        qtbot.waitUntil(lock.exists, timeout=WAIT)
        assert json.loads(lock.read_text())["pid"] == os.getpid()
        kept.window.close()
        assert not lock.exists()

    def test_the_lock_goes_along_with_save_as(self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs) -> None:
        lock = path_of(kept).with_name(".~lock.broadband.jmap#")
        rename(kept, "Mine")
        qtbot.waitUntil(lock.exists, timeout=WAIT)
        dialogs.path = path_of(kept).with_name("other.jmap")
        assert kept.window.save_as()
        assert not lock.exists()

    @pytest.mark.usefixtures("other")
    def test_who_has_it_open_is_said_and_nothing_is_saved_over_them(
        self, hands: Hands, qtbot: QtBot, dialogs: FakeDialogs
    ) -> None:
        window, path = hands.window, path_of(hands)
        before = path.read_bytes()
        window.keeping.begin()
        said = notice(window, qtbot, "opened")
        assert said.text.startswith("Ann on ")
        assert time.strftime("%H:") in said.text
        assert window.windowTitle().startswith("broadband.jmap (read-only)")
        choose(window, "Read only")
        rename(hands, "Mine")
        dialogs.path = path.with_name("mine.jmap")
        assert window.save()
        assert dialogs.asked == ["save"]
        assert path.read_bytes() == before
        assert window.path == dialogs.path
        assert window.windowTitle().startswith("mine.jmap[*]")

    @pytest.mark.usefixtures("other")
    def test_one_may_work_on_a_copy(self, hands: Hands, qtbot: QtBot) -> None:
        hands.window.keeping.begin()
        notice(hands.window, qtbot, "opened")
        choose(hands.window, "Work on a copy")
        assert hands.window.path is None
        assert hands.window.isWindowModified()
        assert hands.window.middle.notice is None

    @pytest.mark.usefixtures("other")
    def test_one_may_edit_anyway(self, hands: Hands, qtbot: QtBot, dialogs: FakeDialogs) -> None:
        hands.window.keeping.begin()
        notice(hands.window, qtbot, "opened")
        choose(hands.window, "Edit anyway")
        rename(hands, "Mine")
        assert hands.window.save()
        assert dialogs.asked == []
        assert dumps(load(path_of(hands)).records) == hands.bytes()

    def test_when_the_other_leaves_it_can_be_saved(
        self, hands: Hands, qtbot: QtBot, other: subprocess.Popen[bytes]
    ) -> None:
        hands.window.keeping.begin()
        notice(hands.window, qtbot, "opened")
        other.communicate(b"\n")
        qtbot.waitUntil(lambda: hands.window.middle.notice is None, timeout=WAIT)
        assert hands.window.windowTitle().startswith("broadband.jmap[*]")

    def test_who_was_killed_has_nothing_open(self, hands: Hands, other: subprocess.Popen[bytes], qtbot: QtBot) -> None:
        other.kill()
        other.wait()
        hands.window.keeping.begin()
        rename(hands, "Mine")
        sharing = hands.window.keeping.sharing
        assert sharing is not None
        qtbot.waitUntil(lambda: sharing.lock.is_held, timeout=WAIT)
        assert hands.window.middle.notice is None

    def test_a_file_that_cannot_be_written_is_read_only(
        self, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, hands: Hands
    ) -> None:
        path = tmp_path / "fixed.jmap"
        shutil.copy(path_of(hands), path)
        path.chmod(0o444)
        window.show_start_page()
        [beside] = [each for each in window.program.windows if isinstance(each, MainWindow) and each is not window]
        beside.open_path(path)
        assert beside.windowTitle().startswith("fixed.jmap (read-only)")
        assert not beside.save()
        assert dialogs.asked == ["save"]
        beside.close()


class TestTwoWindows:
    def test_a_map_that_another_window_shows_is_not_saved_over(
        self, kept: Hands, dialogs: FakeDialogs, qtbot: QtBot
    ) -> None:
        path, before = path_of(kept), path_of(kept).read_bytes()
        kept.window.new_window()
        other = kept.window.program.windows[-1]
        assert isinstance(other, MainWindow)
        other.files.open_copy(path)
        qtbot.waitUntil(lambda: other.session is not None, timeout=WAIT)
        dialogs.path = path
        assert not other.save_as()
        assert not other.files.save_copy()
        assert path.read_bytes() == before
        assert other.path is None
        assert "is open in another window" in dialogs.asked[-1]
        assert kept.window.save_as(), "its own window may"
        other.close()


class TestCopies:
    def test_a_copy_beside_it_is_noticed(self, kept: Hands, qtbot: QtBot) -> None:
        path = path_of(kept)
        copy = path.with_name("broadband (Ann's conflicted copy 2026-11-22).jmap")
        shutil.copy(path, copy)
        other_saves(copy, "Theirs")
        said = notice(kept.window, qtbot, "copies")
        assert copy.name in said.text
        choose(kept.window, "Ignore it")
        assert kept.window.middle.notice is None
        outside = kept.window.keeping.outside
        assert outside is not None
        with qtbot.waitSignal(outside.looked, timeout=WAIT):
            outside.check()
        outside._look_for_copies()
        assert outside._job is not None
        other_saves(copy, "Theirs again")
        notice(kept.window, qtbot, "copies")

    def test_a_copy_that_was_merged_is_known(self, kept: Hands, qtbot: QtBot) -> None:
        path = path_of(kept)
        copy = path.with_name("broadband (1).jmap")
        shutil.copy(path, copy)
        other_saves(copy, "Theirs")
        notice(kept.window, qtbot, "copies")
        choose(kept.window, "Merge…")
        agree(kept.window, qtbot)
        assert kept.document.map.title == "Theirs"
        qtbot.waitUntil(lambda: kept.window.middle.notice is None, timeout=WAIT)
        assert kept.window.save()
        kept.window.revert()
        assert load(copy).rev in states_known(load(path))

    def test_the_copy_opens_in_its_own_window(self, kept: Hands, qtbot: QtBot) -> None:
        path = path_of(kept)
        copy = path.with_name("broadband (1).jmap")
        shutil.copy(path, copy)
        other_saves(copy, "Theirs")
        notice(kept.window, qtbot, "copies")
        choose(kept.window, "Open it")
        [beside] = [each for each in kept.window.program.windows if each is not kept.window]
        assert beside.path == copy
        assert isinstance(beside, MainWindow)
        beside.close()


class TestBar:
    def test_the_most_important_is_said(self, kept: Hands, qtbot: QtBot) -> None:
        middle = kept.window.middle
        middle.tell(Notice("other", "Less", (), rank=2))
        other_saves(path_of(kept), "Theirs")
        notice(kept.window, qtbot, "changed")
        middle.withdraw("changed")
        assert middle.notice is not None
        assert middle.notice.text == "Less"
        middle.withdraw("other")
        assert middle.bar is not None
        assert not middle.bar.isVisible()

    def test_the_keyboard_reaches_it_and_leaves_it(self, kept: Hands, qtbot: QtBot) -> None:
        other_saves(path_of(kept), "Theirs")
        notice(kept.window, qtbot, "changed")
        bar = kept.window.middle.bar
        assert bar is not None
        bar.buttons[0].setFocus()
        QTest.keyClick(bar.buttons[0], Qt.Key.Key_Escape)
        assert kept.window.focusWidget() is kept.window.view
        bar.button("Reload").setFocus()
        QTest.keyClick(bar.button("Reload"), Qt.Key.Key_Space)
        assert kept.window.focusWidget() is kept.window.view
        assert kept.document.map.title == "Theirs"

    def test_markup_of_others_is_none(self, kept: Hands) -> None:
        kept.window.middle.tell(Notice("opened", "By <img src=x> & Ben", ()))
        assert kept.window.middle.bar is not None
        assert kept.window.middle.bar._text.toolTip() == "<p>By &lt;img src=x&gt; &amp; Ben</p>"

    def test_a_long_name_gives_way_to_the_buttons(self, kept: Hands) -> None:
        middle = kept.window.middle
        middle.tell(Notice("x", "A very long sentence " * 40, ()))
        assert middle.bar is not None
        assert middle.bar.width() <= kept.window.width()
        assert "…" in middle.bar._text.text()
        assert middle.bar._text.toolTip().startswith("A very long")
        middle.withdraw("x")


def test_others_are_told_of_what_was_typed(kept: Hands, qtbot: QtBot) -> None:
    """Typing shows every letter at once, and is an edit only when it ends: nothing changes on the map by that."""
    lock = path_of(kept).with_name(f".~lock.{path_of(kept).name}#")
    sharing = kept.window.keeping.sharing
    assert sharing is not None
    typing = kept.document.begin("Rename map")
    set_map(typing, title="Typed slowly")
    typing.flush()
    sharing._take()  # which is what comes some time after a letter
    assert not lock.exists()
    typing.commit()
    qtbot.waitUntil(lock.exists, timeout=WAIT)


def test_in_a_narrow_window_the_bar_still_says_all(kept: Hands, qtbot: QtBot) -> None:
    middle = kept.window.middle
    text = "Somebody with a long name on another machine has had this map open since 06:03."
    middle.tell(Notice("opened", "Short.", (Choice("Yes", lambda: None),)))
    middle.tell(Notice("opened", text, tuple(Choice(word, lambda: None) for word in ("Read only", "Copy", "Edit"))))
    bar = middle.bar
    assert bar is not None
    for width, is_below in ((1400, False), (620, True), (1400, False)):
        bar.setFixedWidth(width)
        qtbot.waitUntil(lambda width=width: bar.width() == width, timeout=WAIT)  # type: ignore[misc]
        assert text in {label.text() for label in bar.findChildren(QLabel)}
        label = next(label for label in bar.findChildren(QLabel) if label.text() == text)
        assert (bar.buttons[0].y() >= label.geometry().bottom()) is is_below
        assert bar.height() < 100
