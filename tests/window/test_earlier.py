"""Earlier versions are got back; maps are saved by themselves where wanted; what cannot be saved is not lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.files import dumps, load, open_map, save
from app.files import gate as gate_module
from app.files.backups import Backups
from app.paths import sample_dir
from app.window import session as session_module
from app.window.dialogs import Answer
from app.window.earlier import EarlierWindow
from app.window.glance import glance
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands, path_of, rename

WAIT = 10_000


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def saved(hands: Hands, *titles: str) -> None:
    for title in titles:
        rename(hands, title)
        assert hands.window.save()


def shown(window: MainWindow) -> EarlierWindow:
    found = [each for each in window.findChildren(EarlierWindow) if each.isVisible()]
    assert len(found) == 1
    return found[0]


class TestEarlierVersions:
    def test_every_save_can_be_got_back_even_what_was_there_before_the_first(self, hands: Hands) -> None:
        first = path_of(hands).read_bytes()
        saved(hands, "One", "Two")
        hands.window.actions_["earlier"].trigger()
        window = shown(hands.window)
        titles = [getattr(load(each.path).records[-1], "id", "") for each in window.versions]
        assert len(titles) == 3
        assert window.versions[-1].path.read_bytes() == first
        window.reject()

    def test_what_has_changed_since_is_counted_and_named(self, hands: Hands, qtbot: QtBot) -> None:
        saved(hands, "One", "Two")
        hands.window.keeping.show_earlier()
        window = shown(hands.window)
        qtbot.waitUntil(lambda: len(window.list.said) == 3, timeout=WAIT)
        assert window.list.said == {0: "As the map is now", 1: "Since then 1 changed", 2: "Since then 1 changed"}
        window.list.setCurrentIndex(window.list.model().index(1, 0))
        assert window.changes.text() == "The map “One” is called “Two” now."
        window.reject()

    def test_each_has_its_picture(self, hands: Hands, qtbot: QtBot) -> None:
        saved(hands, "One")
        hands.window.keeping.show_earlier()
        window = shown(hands.window)
        qtbot.waitUntil(lambda: len(window._pictures) == 2, timeout=WAIT)
        assert all(picture is not None and not picture.isNull() for picture in window._pictures.values())
        window.reject()

    def test_restoring_is_one_step(self, hands: Hands) -> None:
        before = path_of(hands).read_bytes()
        saved(hands, "One", "Two")
        hands.window.keeping.show_earlier()
        window = shown(hands.window)
        window.list.setCurrentIndex(window.list.model().index(1, 0))
        window.restore.click()
        assert hands.document.map.title == "One"
        assert hands.window.isWindowModified()
        assert hands.document.history.undo_label == "Restore backup"
        hands.window.editing.undo()
        assert hands.document.map.title == "Two"
        assert not hands.window.isWindowModified()
        assert before != path_of(hands).read_bytes()

    def test_it_can_be_opened_as_a_copy(self, hands: Hands) -> None:
        saved(hands, "One", "Two")
        hands.window.keeping.show_earlier()
        window = shown(hands.window)
        window.list.setCurrentIndex(window.list.model().index(1, 0))
        window.copy.click()
        [beside] = [each for each in hands.window.program.windows if each is not hands.window]
        assert isinstance(beside, MainWindow)
        assert beside.session is not None
        assert beside.session.document.map.title == "One"
        assert beside.path is None
        assert hands.window.session is not None
        assert beside.session.file.map_id == hands.window.session.file.map_id, "the two can be merged again"
        assert hands.document.map.title == "Two"
        beside.close()

    def test_a_damaged_file_is_put_back(
        self, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, open_sample: object
    ) -> None:
        del open_sample
        path = tmp_path / "tour.jmap"
        path.write_bytes((sample_dir() / "clinic.jmap").read_bytes())
        Backups(path).keep()
        good = load(path).records
        path.write_bytes(b"damaged")
        window.open_path(path)
        assert dialogs.asked[-1] == "earlier “tour.jmap” cannot be opened. The file is not a journey map."
        dialogs.on_earlier = Answer.EARLIER
        window.open_path(path)
        earlier = shown(window)
        earlier.restore.click()
        assert window.path == path
        assert load(path).records == good
        assert path.with_name("tour (damaged).jmap").read_bytes() == b"damaged"

    def test_a_map_without_a_file_has_none(self, window: MainWindow) -> None:
        window.open_sample("clinic")
        window.keeping.show_earlier()
        assert window.findChildren(EarlierWindow) == []

    def test_without_any_it_says_so(self, hands: Hands) -> None:
        hands.window.keeping.show_earlier()
        window = shown(hands.window)
        assert "There is no backup" in window.facts.text()
        assert not window.list.isVisible()
        assert not window.restore.isEnabled()
        window.reject()

    def test_a_backup_that_fails_keeps_nobody_from_saving(self, hands: Hands, tmp_path: Path) -> None:
        (tmp_path / "state").write_bytes(b"a file where the folder should be")
        saved(hands, "One")
        assert dumps(load(path_of(hands)).records) == hands.bytes()


class TestAutosave:
    @pytest.fixture
    def kept(self, hands: Hands) -> Hands:
        hands.window.actions_["autosave"].trigger()
        return hands

    def test_it_is_off_until_one_switches_it_on(self, hands: Hands) -> None:
        action = hands.window.actions_["autosave"]
        assert not action.isChecked()
        rename(hands, "Mine")
        assert not hands.window.keeping.autosave.is_waiting
        action.trigger()
        assert action.isChecked()
        assert glance().autosave
        assert hands.window.keeping.autosave.is_waiting, "what has changed already counts"
        action.trigger()
        assert not action.isChecked()
        assert not glance().autosave
        hands.window.keeping.autosave.now()
        assert hands.window.isWindowModified()

    def test_some_time_after_the_last_edit_the_map_is_saved(self, kept: Hands, qtbot: QtBot) -> None:
        kept.window.keeping.autosave.timer.setInterval(50)
        rename(kept, "Mine")
        qtbot.waitUntil(lambda: not kept.window.isWindowModified(), timeout=WAIT)
        assert dumps(load(path_of(kept)).records) == kept.bytes()

    def test_leaving_the_window_saves(self, kept: Hands) -> None:
        rename(kept, "Mine")
        QApplication.sendEvent(kept.window, QEvent(QEvent.Type.WindowDeactivate))
        assert not kept.window.isWindowModified()
        before = path_of(kept).stat().st_mtime_ns
        QApplication.sendEvent(kept.window, QEvent(QEvent.Type.WindowDeactivate))
        assert path_of(kept).stat().st_mtime_ns == before, "there was nothing to save"

    def test_what_somebody_else_changed_is_never_saved_over(
        self, kept: Hands, qtbot: QtBot, dialogs: FakeDialogs
    ) -> None:
        path = path_of(kept)
        kept.window.keeping.begin()
        rename(kept, "Mine")
        theirs = load(path)
        save(theirs.holding([r.changed(title="Theirs") if r.id == "map" else r for r in theirs.records]))
        after = path.read_bytes()
        kept.window.keeping.autosave.now()
        assert path.read_bytes() == after
        assert kept.window.isWindowModified()
        assert dialogs.asked == []
        qtbot.waitUntil(lambda: kept.window.middle.notice is not None, timeout=WAIT)

    def test_a_drag_is_not_interrupted(self, kept: Hands) -> None:
        rename(kept, "Mine")
        kept.hold(kept.middle(kept.card("Plan page")), kept.middle(kept.card("Router")))
        kept.window.keeping.autosave.now()
        assert kept.view.is_dragging
        assert kept.window.isWindowModified()
        assert kept.window.keeping.autosave.is_waiting, "it is tried again"
        kept.window.drop_gestures()

    def test_what_waits_for_somebody_else_is_saved_when_they_have_left(self, kept: Hands) -> None:
        assert kept.window.session is not None
        kept.window.session.is_read_only = True
        rename(kept, "One")
        autosave = kept.window.keeping.autosave
        autosave.now()
        assert autosave.is_waiting
        kept.window.session.is_read_only = False
        autosave.now()
        assert not kept.window.isWindowModified()
        assert not autosave.is_waiting

    def test_nothing_is_saved_while_one_is_asked(self, kept: Hands) -> None:
        """Else “Don’t save” would come too late, and “Revert” would lead to what was just saved."""
        rename(kept, "One")
        question = QMessageBox(kept.window)
        question.open()
        QApplication.sendEvent(kept.window, QEvent(QEvent.Type.WindowDeactivate))
        assert kept.window.isWindowModified()
        assert kept.window.keeping.autosave.is_waiting
        question.close()
        kept.window.keeping.autosave.now()
        assert not kept.window.isWindowModified()

    def test_what_is_not_wanted_is_not_saved_by_the_window_that_goes(
        self, kept: Hands, dialogs: FakeDialogs, qtbot: QtBot
    ) -> None:
        path, before = path_of(kept), path_of(kept).read_bytes()
        kept.window.activateWindow()
        qtbot.waitUntil(kept.window.isActiveWindow, timeout=WAIT)
        rename(kept, "One")
        dialogs.on_unsaved = Answer.DISCARD
        assert kept.window.close()
        assert path.read_bytes() == before

    def test_a_map_without_a_file_stays_unsaved(self, window: MainWindow, dialogs: FakeDialogs) -> None:
        window.open_sample("clinic")
        window.finish()
        window.keeping.toggle_autosave()
        rename(Hands(window), "Mine")
        window.keeping.autosave.now()
        assert window.isWindowModified()
        assert dialogs.asked == []

    def test_a_disk_that_refuses_is_told_in_the_bar(
        self, kept: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rename(kept, "Mine")
        monkeypatch.setattr(Path, "replace", _fail(errno.ENOSPC))
        kept.window.keeping.autosave.now()
        assert "disk is full" in kept.window._status.currentMessage()
        assert dialogs.asked == []
        assert kept.window.keeping.autosave.is_waiting

    def test_versions_are_kept_now_and_then(self, kept: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
        for title in ("One", "Two", "Three"):
            rename(kept, title)
            kept.window.keeping.autosave.now()
        assert len(Backups(path_of(kept)).found()) == 1
        monkeypatch.setattr(session_module, "QUIET_BACKUPS", 0.0)
        rename(kept, "Four")
        kept.window.keeping.autosave.now()
        assert len(Backups(path_of(kept)).found()) == 3


class TestHeldFiles:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(gate_module, "PAUSES", (0.01, 0.01))

    def test_a_copy_is_saved_beside_it_and_one_is_asked(
        self, hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = path_of(hands)
        before = path.read_bytes()
        rename(hands, "Mine")
        hold(monkeypatch, path, errno.EACCES)
        assert not hands.window.save()
        assert "perhaps because another program holds it" in dialogs.asked[-1]
        [copy] = path.parent.glob("broadband (not saved *).jmap")
        assert f"A copy with them was saved beside it: “{copy.name}”." in dialogs.asked[-1]
        assert dumps(load(copy).records) == hands.bytes()
        assert path.read_bytes() == before
        assert hands.window.isWindowModified()

    def test_trying_again_in_vain_leaves_one_copy(
        self, hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, moments = path_of(hands), iter("123")
        rename(hands, "Mine")
        dialogs.on_not_saved = [Answer.AGAIN, Answer.AGAIN]
        hold(monkeypatch, path, errno.EACCES)
        monkeypatch.setattr(session_module, "time", SimpleNamespace(strftime=lambda _: next(moments)))
        assert not hands.window.save()
        assert sum("perhaps because another program holds it" in asked for asked in dialogs.asked) == 3
        assert [copy.name for copy in path.parent.glob("broadband (*).jmap")] == ["broadband (not saved 1).jmap"]

    def test_trying_again_saves(self, hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch) -> None:
        rename(hands, "Mine")
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", _fail(errno.EACCES))
            assert not hands.window.save()
        dialogs.on_not_saved = [Answer.AGAIN]
        real, tries = Path.replace, []

        def first_full(self: Path, target: Path) -> Path:
            tries.append(target)
            if len(tries) == 1:
                raise OSError(errno.ENOSPC, "full")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", first_full)
        assert hands.window.save()
        assert not hands.window.isWindowModified()

    def test_what_comes_while_the_file_is_waited_for_is_not_taken_for_saved(
        self, hands: Hands, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Keys and mouse wait, but pictures that were being read do not."""
        path, real, tries = path_of(hands), Path.replace, list[Path]()
        rename(hands, "Mine")

        def first_held(self: Path, target: Path) -> Path:
            if target.name == path.name and not tries:
                tries.append(target)
                QTimer.singleShot(0, lambda: rename(hands, "Later"))
                raise OSError(errno.EACCES, "held")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", first_held)
        assert hands.window.save()
        assert (open_map(path).document.map.title, hands.document.map.title) == ("Mine", "Later")
        assert hands.window.isWindowModified()
        assert hands.window.save()
        assert dumps(load(path).records) == hands.bytes()
        assert not hands.window.isWindowModified()

    def test_on_a_full_disk_a_copy_is_kept_elsewhere(
        self, hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = path_of(hands)
        rename(hands, "Mine")
        hold(monkeypatch, path, errno.ENOSPC)
        assert not hands.window.save()
        assert "the disk is full" in dialogs.asked[-1]
        assert "kept among its backups" in dialogs.asked[-1]
        assert dumps(load(Backups(path).found()[0].path).records) == hands.bytes()

    def test_saving_elsewhere_is_offered(
        self, hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = path_of(hands)
        rename(hands, "Mine")
        dialogs.on_not_saved = [Answer.SAVE_AS]
        dialogs.path = path.with_name("elsewhere.jmap")
        hold(monkeypatch, path, errno.EACCES)
        assert hands.window.save()
        assert hands.window.path == dialogs.path

    def test_the_window_cannot_be_closed_while_it_waits(
        self, hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rename(hands, "Mine")
        closed: list[bool] = []

        def wait(_seconds: float) -> None:
            closed.append(hands.window.close())
            assert hands.window.files.save_quietly() is None

        monkeypatch.setattr("app.window.waiting.wait", wait)
        monkeypatch.setattr(Path, "replace", _fail(errno.EBUSY))
        assert not hands.window.save()
        assert closed
        assert not any(closed)
        assert [question.split()[0] for question in dialogs.asked] == ["problem"]


def hold(monkeypatch: pytest.MonkeyPatch, path: Path, code: int) -> None:
    """Nothing can be put in place of this file; the system says why. Others can be written."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == path:
            raise OSError(code, os.strerror(code))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def _fail(code: int) -> object:
    def fail(*_args: object) -> None:
        raise OSError(code, "no")

    return fail
