"""What a program that crashed has left is offered by the next one, and comes back with its history."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from app.files import load, open_map, save
from app.files.journal.keeping import Journal
from app.files.journal.recovery import find_lost
from app.model.edits import set_map
from app.model.records import Card
from app.paths import journal_dir, sample_dir
from app.window.dialogs import Answer, Dialogs
from app.window.journals import Journals
from app.window.lost_maps import LostMaps, LostMapsDialog
from app.window.program import Program
from app.window.session import Session
from app.window.window import MainWindow
from tests.window.conftest import Starting
from tests.window.hands import FakeDialogs, windows_of

ROOT = Path(__file__).parents[2]

CRASHING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app.model.edits import set_map
from app.window.main import application, start
app = application()
window = start([Path(path) for path in sys.argv[1:]])
def edit():
    session = window.session
    if session is None or session.journal is None:
        return
    timer.stop()
    for title in ("First", "Second", "Third"):
        with session.document.edit("Rename map") as tx:
            set_map(tx, title=title)
    session.document.undo()
    session.document.begin("Drag").set("map", title="half a drag")
    watch.start(10)
def end():
    if window.session.journal.place is not None and list(window.session.journal.place.glob("log-*")):
        QTimer.singleShot(250, lambda: os.kill(os.getpid(), signal.SIGKILL))
        watch.stop()
timer, watch = QTimer(), QTimer()
timer.timeout.connect(edit)
watch.timeout.connect(end)
timer.start(10)
app.exec()
"""


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def starting(starting: Starting, qtbot: QtBot) -> Iterator[Starting]:
    """Starts the program, and waits until it has looked for journals."""
    begun: list[MainWindow] = []

    def started(*paths: Path) -> MainWindow:
        window = starting(*paths)
        begun.append(window)
        window.finish()
        qtbot.waitUntil(lambda: window.program.restoring is not None and window.program.restoring.is_done)
        return window

    yield started
    for window in begun:
        for offer in window.program.restoring.offers if window.program.restoring is not None else []:
            offer.lost.leave()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_dir() / "clinic.jmap", tmp_path / "clinic.jmap"))


def crash(path: Path, *titles: str, has_file: bool = True) -> None:
    """Leaves the journal of a map that was given these titles one after the other."""
    opened = open_map(path)
    session = Session(opened.file, opened.document, path if has_file else None)
    said: list[str] = []
    journal = Journal(session, journal_dir(), said.append)
    for title in titles:
        with session.document.edit("Rename map") as tx:
            set_map(tx, title=title)
    journal.close(keep=True)
    assert said == []


def offered(window: MainWindow) -> LostMaps:
    page = window.start_page
    assert page is not None
    found = page.findChild(LostMaps)
    assert isinstance(found, LostMaps)
    return found


def words(maps: LostMaps) -> list[list[str]]:
    return [[label.text() for label in row.findChildren(QLabel)] for row in maps.rows]


def title(window: MainWindow) -> str:
    return window.session.document.map.title if window.session is not None else ""


def journals() -> list[Path]:
    return list(journal_dir().iterdir()) if journal_dir().exists() else []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_killed_window_gives_its_map_back(starting: Starting, qtbot: QtBot, path: Path) -> None:
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", CRASHING, str(path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, cwd=ROOT, capture_output=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr
    window = starting()
    maps = offered(window)
    [[name, changes, place]] = words(maps)
    assert name == "Second"
    assert changes.startswith("2 unsaved changes, last edited ")
    assert place == str(path)
    maps.rows[0].restore.click()
    qtbot.waitUntil(lambda: title(window) == "Second")
    session = window.session
    assert session is not None
    assert window.isWindowModified()
    assert window.statusBar().currentMessage() == "Restored with its history; save it to keep it."
    hint = window.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    assert not hint.isVisible()  # it would stand over the sentence
    assert session.path == path
    assert session.changes == ["Rename map", "Rename map"]
    assert session.document.history.redo_label == "Rename map"
    assert path.read_bytes() == before
    session.document.undo()
    session.document.undo()
    assert not window.isWindowModified()
    assert len(journals()) == 1  # the one of the window, in place of the one that was found
    session.document.redo()
    assert window.save()
    assert "save it" not in window.statusBar().currentMessage()


def test_without_journals_nothing_is_asked(starting: Starting, path: Path) -> None:
    window = starting()
    assert window.start_page is not None
    assert window.start_page.findChild(LostMaps) is None
    window.open_path(path)
    assert [each for each in QApplication.topLevelWidgets() if isinstance(each, LostMapsDialog)] == []


def test_a_window_that_is_closed_at_once_leaves_the_search_to_the_next(qtbot: QtBot, path: Path) -> None:
    crash(path, "Crashed")
    program = Program()
    program.remember(first_start_done=True)

    def opened() -> MainWindow:
        window = MainWindow(program=program)
        qtbot.addWidget(window)
        window.show_start_page()
        window.show()
        window.finish()
        return window

    opened().close()
    qtbot.waitUntil(lambda: program.restoring is None)
    window = opened()
    qtbot.waitUntil(lambda: program.restoring is not None and len(program.restoring.offers) == 1)
    assert [row[0] for row in words(offered(window))] == ["Crashed"]
    assert program.restoring is not None
    program.restoring.offers[0].lost.leave()


def test_beside_a_map_a_dialog_offers_and_waits_for_nobody(starting: Starting, qtbot: QtBot, path: Path) -> None:
    crash(path, "Crashed")
    window = starting(sample_dir() / "arabic.jmap")
    [dialog] = window.findChildren(LostMapsDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert words(dialog.maps)[0][0] == "Crashed"
    dialog.close()
    window.actions_["new_window"].trigger()
    other = windows_of(window)[-1]
    other.finish()
    offered(other).rows[0].restore.click()  # what was put off is on the start page
    qtbot.waitUntil(lambda: title(other) == "Crashed")


def test_only_restoring_stands_out_wherever_the_keyboard_is(starting: Starting, qtbot: QtBot, path: Path) -> None:
    """The one that has the keyboard looked like it, and throwing the map away looked like what one should do."""
    crash(path, "Crashed")
    window = starting(sample_dir() / "arabic.jmap")
    [dialog] = window.findChildren(LostMapsDialog)
    [row] = dialog.maps.rows
    dialog.activateWindow()
    for focused in (row.restore, row.save, row.discard):
        focused.setFocus()
        qtbot.waitUntil(focused.hasFocus)
        grounds = [each.grab().toImage().pixelColor(6, 6).name() for each in (row.restore, row.save, row.discard)]
        assert grounds[0] != grounds[1] == grounds[2], focused.text()
        assert focused.isDefault(), "Enter presses it"


def test_the_dialog_goes_when_all_is_decided(starting: Starting, dialogs: FakeDialogs, path: Path) -> None:
    crash(path, "Crashed")
    window = starting(sample_dir() / "arabic.jmap")
    [dialog] = window.findChildren(LostMapsDialog)
    dialogs.on_discard = False
    dialog.maps.rows[0].discard.click()
    assert dialog.isVisible()
    dialogs.on_discard = True
    dialog.maps.rows[0].discard.click()
    assert dialogs.asked == ["discard Crashed"] * 2
    assert not dialog.isVisible()
    assert len(journals()) == 0


def test_the_open_file_gets_its_changes_back_in_its_own_window(starting: Starting, qtbot: QtBot, path: Path) -> None:
    crash(path, "Crashed")
    window = starting(path)
    assert title(window) != "Crashed"
    [dialog] = window.findChildren(LostMapsDialog)
    dialog.maps.rows[0].restore.click()
    qtbot.waitUntil(lambda: title(window) == "Crashed")
    assert windows_of(window) == [window]
    assert window.path == path


def test_changes_of_the_open_file_are_not_mixed_with_those_restored(
    starting: Starting, qtbot: QtBot, path: Path
) -> None:
    crash(path, "Crashed")
    window = starting(path)
    assert window.session is not None
    with window.session.document.edit("Rename map") as tx:
        set_map(tx, title="Mine")
    [dialog] = window.findChildren(LostMapsDialog)
    dialog.maps.rows[0].restore.click()
    qtbot.waitUntil(lambda: len(windows_of(window)) == 2)
    other = windows_of(window)[1]
    assert (title(window), title(other)) == ("Mine", "Crashed")
    assert (window.path, other.path) == (path, None)


def test_all_are_restored_each_in_its_window(starting: Starting, qtbot: QtBot, path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(sample_dir() / "arabic.jmap", tmp_path / "arabic.jmap"))
    crash(path, "One", "Two")
    crash(other, "Three")
    crash(sample_dir() / "broadband.jmap", "Four", has_file=False)
    window = starting()
    maps = offered(window)
    assert maps.heading.text() == "3 maps were open when the program ended"
    assert [row[0] for row in words(maps)] == ["Two", "Three", "Four"]
    assert words(maps)[2][2] == "Never saved to a file"
    maps.all_button.click()
    qtbot.waitUntil(lambda: len(windows_of(window)) == 3)
    assert {title(each): each.path for each in windows_of(window)} == {"Two": path, "Three": other, "Four": None}
    assert all(each.isWindowModified() for each in windows_of(window))
    assert len(journals()) == 3
    assert window.program.restoring is not None
    assert window.program.restoring.offers == []


def test_a_file_that_was_changed_meanwhile_is_left_alone(starting: Starting, qtbot: QtBot, path: Path) -> None:
    crash(path, "Mine")
    opened = open_map(path)
    with opened.document.edit("Rename map") as tx:
        set_map(tx, title="Theirs")
    save(opened.file.holding(opened.document.records))
    window = starting()
    assert words(offered(window))[0][2] == f"Opens as a copy, for its file changed or moved: {path}"
    offered(window).rows[0].restore.click()
    qtbot.waitUntil(lambda: title(window) == "Mine")
    assert window.session is not None
    assert window.session.path is None
    assert window.session.suggestion() == path.with_name("clinic restored.jmap")
    assert "as a copy" in window.statusBar().currentMessage()
    assert next(record for record in load(path).records if record.id == "map").title == "Theirs"  # type: ignore[attr-defined]


def test_a_map_can_be_saved_without_being_opened(
    starting: Starting, dialogs: FakeDialogs, path: Path, tmp_path: Path
) -> None:
    crash(path, "Crashed")
    window = starting()
    maps = offered(window)
    dialogs.path = None
    maps.rows[0].save.click()
    assert len(maps.rows) == 1
    dialogs.path = tmp_path / "no such folder" / "saved.jmap"
    maps.rows[0].save.click()
    assert dialogs.asked[-1].endswith("The map can still be restored.")
    dialogs.path = tmp_path / "saved.jmap"
    maps.rows[0].save.click()
    assert open_map(dialogs.path).document.map.title == "Crashed"
    assert window.session is None
    assert maps.rows == []
    assert not maps.isVisible()
    assert len(journals()) == 0


def test_what_is_discarded_is_asked_once(starting: Starting, dialogs: FakeDialogs, path: Path) -> None:
    crash(path, "One")
    crash(path, "Two")
    window = starting()
    maps = offered(window)
    maps.rows[0].discard.click()
    assert dialogs.asked == ["discard One"]
    assert [row[0] for row in words(maps)] == ["Two"]
    assert maps.heading.text() == "A map was open when the program ended"
    assert not maps.all_button.isVisible()
    assert len(journals()) == 1


def test_the_question_says_what_is_safe(monkeypatch: pytest.MonkeyPatch, window: MainWindow) -> None:
    asked: list[QMessageBox] = []

    def hear(box: QMessageBox) -> None:
        asked.append(box)

    monkeypatch.setattr(QMessageBox, "exec", hear)
    assert not Dialogs().discard_lost(window, "Map <b>")
    [box] = asked
    assert box.text() == "Discard what was not saved of “Map <b>”?"
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)


def test_a_journal_that_cannot_be_read_is_told_of_once(starting: Starting, path: Path) -> None:
    crash(path, "One")
    [folder] = journals()
    (folder / "log-1").write_bytes(b"rubbish\n")
    window = starting()
    maps = offered(window)
    assert maps.isVisible()
    assert maps.heading.text() == "Unsaved changes cannot be read"
    assert maps.note.text() == f"A damaged journal is kept for 30 days in {journal_dir()}."
    window.close()
    crash(path, "Two")
    again = offered(starting())
    assert [row[0] for row in words(again)] == ["Two"]
    assert again.note.text() == "Nothing is written to your files before you save."


def test_the_offers_are_no_window_before_they_have_their_place(qtbot: QtBot) -> None:
    maps = LostMaps(list, unreadable=1)
    qtbot.addWidget(maps)
    assert not maps.isVisible()  # it would flash up alone on the screen


def test_closing_a_window_leaves_no_journal(starting: Starting, dialogs: FakeDialogs, path: Path) -> None:
    window = starting(path)
    session = window.session
    assert session is not None
    assert journals() == []  # nothing was changed
    with session.document.edit("Rename map") as tx:
        set_map(tx, title="Other")
    assert session.journal is not None
    assert session.journal.flush(wait=True)
    assert len(journals()) == 1
    dialogs.on_unsaved = Answer.DISCARD
    window.close()
    assert journals() == []


def test_reverting_removes_the_journal(starting: Starting, path: Path) -> None:
    window = starting(path)
    assert window.session is not None
    with window.session.document.edit("Rename map") as tx:
        set_map(tx, title="Other")
    assert window.session.journal is not None
    assert window.session.journal.flush(wait=True)
    window.revert()
    assert journals() == []
    window.finish()
    assert window.session.journal is not None
    with window.session.document.edit("Rename map") as tx:
        set_map(tx, title="Another")
    assert window.session.journal.flush(wait=True)
    assert len(journals()) == 1


def test_looking_elsewhere_puts_it_on_the_disk(starting: Starting, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = starting(path)
    session = window.session
    assert session is not None
    assert session.journal is not None
    flushed: list[object] = []
    monkeypatch.setattr(session.journal, "flush", lambda: flushed.append(1))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert flushed == [1]
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert flushed == [1]


def test_a_disk_that_takes_no_journal_is_said_in_a_sentence(starting: Starting, qtbot: QtBot, path: Path) -> None:
    journal_dir().parent.mkdir(parents=True)
    journal_dir().write_text("in the way")
    window = starting(path)
    assert window.session is not None
    with window.session.document.edit("Rename map") as tx:
        set_map(tx, title="Other")
    qtbot.waitUntil(lambda: "journal" in window.statusBar().currentMessage())
    assert window.statusBar().currentMessage().endswith("Save often; it is tried again.")
    assert title(window) == "Other"


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_text_that_is_being_typed_comes_back_too(starting: Starting, path: Path, *, is_kept: bool) -> None:
    """Every second what is typed goes to the journal; what one gave up with Esc does not come back."""
    window = starting(path)
    card = next(record for record in window.session.document.records if isinstance(record, Card))  # type: ignore[union-attr]
    assert window.view.editing.begin(card.id)
    journals_of = window.findChild(Journals)
    assert journals_of is not None
    assert journals_of._typing.isActive()
    QTest.keyClicks(window.view, " and more of it")
    journals_of._typing.timeout.emit()
    if not is_kept:
        QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert not is_kept or window.view.editing.is_active
    session = window.session
    assert session is not None
    assert session.journal is not None
    assert session.journal.flush(wait=True)
    session.journal.close(keep=True)
    session.journal = None
    lost = find_lost(journal_dir()).lost
    assert [each.document.store[card.id].changed().title for each in lost] == (  # type: ignore[attr-defined]
        [f"{card.title} and more of it"] if is_kept else []
    )
    for each in lost:
        assert each.document.history.undo_label == "Edit text"
        each.leave()
    window.view.editing.cancel()
    assert not journals_of._typing.isActive()
