"""Opening, saving, closing, deleting and undoing in the window."""

from __future__ import annotations

import gc
import os
import re
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRegularExpression, Qt
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QStatusBar, QToolButton
from pytestqt.qtbot import QtBot

from app.files import MapFile, dumps, load, save
from app.model.queries import stages
from app.paths import sample_dir
from app.window.dialogs import Answer
from app.window.main import start
from app.window.shortcuts_help import ShortcutsHelp
from app.window.status import StatusBar
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands, path_of, rename

HINT_OR_SELECTION = QRegularExpression("hint|selection")
DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def test_the_title_names_the_map_and_marks_changes(hands: Hands) -> None:
    assert hands.window.windowTitle() == "broadband.jmap[*] – Journey Mapper"
    assert not hands.window.isWindowModified()
    rename(hands, "Other")
    assert hands.window.isWindowModified()
    hands.window.editing.undo()
    assert not hands.window.isWindowModified()


def test_saving_writes_what_the_document_holds(hands: Hands) -> None:
    rename(hands, "Saved title")
    hands.window.actions_["save"].trigger()
    file = load(path_of(hands))
    assert sorted(file.records, key=lambda record: record.id) == sorted(
        hands.document.records, key=lambda record: record.id
    )
    assert file.thumbnail is not None
    assert file.thumbnail.startswith(b"\x89PNG")
    assert not hands.window.isWindowModified()


def test_saving_again_leaves_selection_and_hint_in_sight(hands: Hands) -> None:
    """The time of saving stands at the end of the bar."""
    rename(hands, "Saved title")
    hands.window.say("Said before")
    hands.window.actions_["save"].trigger()
    assert hands.window.statusBar().currentMessage() == ""
    label = hands.window.statusBar().findChild(QLabel, "hint")
    assert label is not None
    assert label.isVisible()


@pytest.mark.parametrize("title", ["نقاط التواصل", "संपर्क बिंदु", "תחנות", "接点", "😀"])
def test_the_status_bar_is_as_high_in_every_script(hands: Hands, title: str) -> None:
    """It grew under an Arabic title, and the map jumped."""
    bar = hands.window.statusBar()
    assert isinstance(bar, StatusBar)
    heights = set()
    for words in ("Title", title):
        bar.show_selection(words, words)
        QApplication.processEvents()
        heights.add(
            (bar.height(), *(label.sizeHint().height() for label in bar.findChildren(QLabel, HINT_OR_SELECTION)))
        )
    assert len(heights) == 1


def test_save_as_goes_to_the_new_place(hands: Hands, dialogs: FakeDialogs, tmp_path: Path) -> None:
    old = path_of(hands)
    before = old.read_bytes()
    rename(hands, "Elsewhere")
    dialogs.path = tmp_path / "other.jmap"
    hands.window.actions_["save_as"].trigger()
    assert path_of(hands) == dialogs.path
    assert hands.window.statusBar().currentMessage() == "Saved “other.jmap”"
    assert old.read_bytes() == before
    assert hands.window.windowTitle().startswith("other.jmap")


def test_save_as_without_an_answer_saves_nothing(hands: Hands) -> None:
    rename(hands, "Unsaved")
    assert not hands.window.save_as()
    assert hands.window.isWindowModified()


def test_saving_in_the_middle_of_a_drag_saves_what_was_before(hands: Hands) -> None:
    before = hands.bytes()
    hands.hold(hands.middle(hands.card("Plan page")), hands.middle(hands.card("Router")))
    hands.window.save()
    assert dumps(load(path_of(hands)).records) == before


def test_a_file_that_somebody_else_changed_is_not_overwritten_unasked(hands: Hands, dialogs: FakeDialogs) -> None:
    path = path_of(hands)
    rename(hands, "Mine")
    save(MapFile(load(sample_dir() / "clinic.jmap").records), path, force=True)
    theirs = path.read_bytes()
    assert not hands.window.save()
    assert dialogs.asked[-1] == "changed broadband.jmap"
    assert path.read_bytes() == theirs
    dialogs.on_changed = Answer.SAVE_AS
    dialogs.path = path.with_name("mine.jmap")
    assert hands.window.save()
    assert path.read_bytes() == theirs
    assert path_of(hands).name == "mine.jmap"


def test_overwriting_is_done_when_wanted(hands: Hands, dialogs: FakeDialogs) -> None:
    path = path_of(hands)
    rename(hands, "Mine")
    path.write_bytes((sample_dir() / "clinic.jmap").read_bytes())
    dialogs.on_changed = Answer.OVERWRITE
    assert hands.window.save()
    assert dumps(load(path).records) == hands.bytes()


def test_what_cannot_be_saved_is_said_in_a_sentence(hands: Hands, dialogs: FakeDialogs, tmp_path: Path) -> None:
    rename(hands, "Nowhere")
    dialogs.path = tmp_path / "missing" / "map.jmap"
    assert not hands.window.save_as()
    assert dialogs.asked[-1].startswith("problem “map.jmap” cannot be saved")
    assert "still open here" in dialogs.asked[-1]
    assert hands.window.isWindowModified()


@pytest.mark.parametrize(("answer", "closes", "saves"), [
    (Answer.SAVE, True, True), (Answer.DISCARD, True, False), (Answer.CANCEL, False, False),
])  # fmt: skip
def test_closing_asks_about_changes(
    hands: Hands, dialogs: FakeDialogs, answer: Answer, closes: bool, saves: bool
) -> None:
    before = path_of(hands).read_bytes()
    path = path_of(hands)
    rename(hands, "Changed")
    dialogs.on_unsaved = answer
    assert hands.window.close() is closes
    assert dialogs.asked == ["unsaved broadband.jmap"]
    assert (path.read_bytes() != before) is saves


def test_closing_without_changes_asks_nothing(hands: Hands, dialogs: FakeDialogs) -> None:
    assert hands.window.close()
    assert dialogs.asked == []


def test_what_cannot_be_read_leaves_what_was_open(hands: Hands, dialogs: FakeDialogs, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jmap"
    bad.write_bytes(b"no map at all")
    session = hands.window.session
    hands.window.open_path(bad)
    assert dialogs.asked[-1].startswith("problem ")
    assert "still here" in dialogs.asked[-1]
    assert hands.window.session is session
    assert hands.view.map_scene() is hands.scene


def test_a_sample_is_opened_as_a_copy(window: MainWindow, dialogs: FakeDialogs, tmp_path: Path) -> None:
    window.open_sample("broadband")
    assert window.session is not None
    assert window.session.path is None
    assert window.windowTitle().startswith("Switching broadband")
    dialogs.path = tmp_path / "mine.jmap"
    window.actions_["save"].trigger()
    assert dialogs.asked == ["save"]
    assert dialogs.path.exists()


@pytest.fixture
def no_size_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.window.opening.LARGE", 0)


@pytest.mark.usefixtures("no_size_is_small")
def test_a_large_map_is_opened_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ready, timeout=20_000):
        window.open_path(sample_dir() / "broadband.jmap")
        assert window.opener.is_busy
        assert window.session is None
    assert window.session is not None
    window.view.viewport().grab()


@pytest.mark.usefixtures("no_size_is_small")
def test_opening_a_large_map_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    window.open_path(sample_dir() / "broadband.jmap")
    window.opener.cancel()
    assert not window.opener.is_busy
    qtbot.wait(400)
    assert window.session is None


@pytest.mark.usefixtures("no_size_is_small")
def test_a_large_file_that_is_no_map_is_said_so(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jmap"
    bad.write_bytes(b"no map")
    window.open_path(bad)
    qtbot.waitUntil(lambda: bool(dialogs.asked), timeout=20_000)
    assert dialogs.asked[0].startswith("problem ")


def test_deleting_says_what_went_along(hands: Hands) -> None:
    before = hands.bytes()
    hands.view.selection.select([stages(hands.document.store)[0].id])
    QTest.keyClick(hands.window, Qt.Key.Key_Delete)
    sentence = hands.window.statusBar().currentMessage()
    assert sentence.startswith("Deleted 1 stage, 2 steps, ")
    assert "cards" in sentence
    assert sentence.endswith("Ctrl+Z brings them back.")
    assert hands.document.history.undo_label == "Delete 1 stage"
    assert hands.window.actions_["undo"].text() == "&Undo Delete 1 stage"
    hands.window.actions_["undo"].trigger()
    assert hands.bytes() == before
    assert hands.window.actions_["redo"].text() == "&Redo Delete 1 stage"
    hands.window.actions_["redo"].trigger()
    assert len(stages(hands.document.store)) == 4


def test_menus_are_off_where_they_make_no_sense(window: MainWindow) -> None:
    enabled = {
        name for name in ("open", "save", "export", "undo", "delete", "fit_map") if window.actions_[name].isEnabled()
    }
    assert enabled == {"open"}


def _label(status: QStatusBar, name: str) -> str:
    label = status.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def test_a_title_of_two_lines_makes_the_status_bar_no_higher(hands: Hands) -> None:
    status, card = hands.window.statusBar(), hands.card("Router")
    hands.view.selection.select([card])
    high = status.sizeHint().height()
    with hands.document.edit("Edit text") as tx:
        tx.set(card, title="Router\nin the hall")
    assert _label(status, "selection") == "Touchpoint “Router in the hall”"
    assert status.sizeHint().height() == high


def test_the_status_bar_says_what_is_selected(hands: Hands) -> None:
    status = hands.window.statusBar()
    texts = {
        "Touchpoint “Plan page”": [hands.card("Plan page")],
        "2 cards selected": [hands.card("Plan page"), hands.card("Router")],
        "Stage “Awareness”": [stages(hands.document.store)[0].id],
        "": [],
    }
    for text, ids in texts.items():
        hands.view.selection.select(ids)
        assert _label(status, "selection") == text


def keys_of_menus(window: MainWindow) -> list[str]:
    return [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]


def test_every_shortcut_is_given_once(window: MainWindow) -> None:
    keys = keys_of_menus(window)
    assert len(keys) == len(set(keys)) > 60


KEYS_OF_PARTS = {"Ctrl+Shift", "Shift+Enter", "Ctrl+Home", "Ctrl+End", "Ctrl+C", "F3", "Shift+F3"}
"""What the README says of arrows, texts, cells, tables and the window that compares."""


def test_every_key_in_the_readme_is_there(window: MainWindow) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    said = set(re.findall(r"`((?:(?:Ctrl|Alt|Shift)\+)+[^`]+|F\d+|Del)`", readme))
    assert len(said) > 50
    assert said - KEYS_OF_PARTS <= {key.replace("Return", "Enter") for key in keys_of_menus(window)}


def test_help(hands: Hands, dialogs: FakeDialogs) -> None:
    rename(hands, "Changed")
    hands.window.actions_["keys"].trigger()
    [keys] = hands.window.findChildren(ShortcutsHelp)
    assert keys.isVisible()
    assert [line.keys for line in keys.entries if line.name.startswith("Undo")] == [("Ctrl+Z",)]
    keys_of = {line.name: line.keys for line in keys.entries if line.group == "Insert"}
    assert (keys_of["Stage"], keys_of["Card"]) == (("Ctrl+Alt+Enter",), ("Ctrl+Enter",)), "as README and hints call it"
    assert {"On the map", "While writing", "With the mouse", "While dragging"} <= {line.group for line in keys.entries}
    QTest.keyClicks(keys.search, "wheel")
    assert {line.keys[0] for line in keys.entries} == {"Wheel", "Ctrl+wheel"}
    keys.close()
    hands.window.actions_["about"].trigger()
    assert dialogs.asked[0].startswith("about ")


def test_the_first_start_ever_shows_a_finished_map(qtbot: QtBot) -> None:
    window = start([])
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        pass
    assert window.session is not None
    assert window.session.path is None


def test_starting_with_a_bad_file_says_so_and_shows_the_start_page(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs = FakeDialogs()
    monkeypatch.setattr(MainWindow, "dialogs", property(lambda _window: dialogs))
    window = start([tmp_path / "missing.jmap"])
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: bool(dialogs.asked), timeout=20_000)
    assert dialogs.asked[0].startswith("problem “missing.jmap” cannot be read")
    assert window.session is None
    assert window.start_page is not None
    assert window.start_page.isVisible()
    window.close()


def test_a_thumbnail_stands_in_until_the_map_is_there(hands: Hands, qtbot: QtBot) -> None:
    hands.window.save()
    window = start([path_of(hands)])
    qtbot.addWidget(window)
    assert not window.stand_in._picture.isNull()
    with qtbot.waitSignal(window.ready, timeout=20_000):
        pass


def test_a_fault_is_said_calmly_and_nothing_is_lost(hands: Hands, dialogs: FakeDialogs) -> None:
    before = hands.bytes()
    hands.hold(hands.middle(hands.card("Plan page")), hands.middle(hands.card("Router")))
    hands.window.helping.show_fault()
    assert dialogs.asked[-1].startswith("problem Something went wrong")
    assert hands.bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_a_read_only_file_is_said_so(hands: Hands, dialogs: FakeDialogs) -> None:
    path_of(hands).chmod(0o444)
    rename(hands, "Cannot be")
    assert not hands.window.save()
    assert "read-only" in dialogs.asked[-1]


def test_an_error_while_saving_does_not_close_the_window(
    hands: Hands, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.window.session.Session.save", fails)
    rename(hands, "Changed")
    dialogs.on_unsaved = Answer.SAVE
    event = QCloseEvent()
    with pytest.raises(ZeroDivisionError):
        hands.window.closeEvent(event)
    assert not event.isAccepted()
    dialogs.on_unsaved = Answer.DISCARD


def test_titles_are_no_markup(hands: Hands) -> None:
    status = hands.window.statusBar()
    with hands.document.edit("Rename") as tx:
        tx.set(hands.card("Plan page"), title="<b>Plan</b> &amp; page")
    hands.view.selection.select([hands.card("<b>Plan</b> &amp; page")])
    assert _label(status, "selection") == "Touchpoint “<b>Plan</b> &amp; page”"
    assert {label.textFormat() for label in status.findChildren(QLabel, options=DIRECT)} == {Qt.TextFormat.PlainText}


def test_what_was_said_goes_when_it_is_no_longer_true(hands: Hands) -> None:
    status = hands.window.statusBar()
    hands.view.selection.select([hands.card("Restarts the router")])
    hands.window.editing.move_selection(-1, 0)
    assert status.currentMessage() != ""
    hands.window.editing.move_selection(1, 0)
    assert status.currentMessage() == ""
    hands.window.editing.delete()
    assert "brings it back" in status.currentMessage()


def test_a_map_that_was_closed_goes(qtbot: QtBot, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MainWindow, "dialogs", property(lambda _window: dialogs))
    window = start([sample_dir() / "clinic.jmap"])
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.ready, timeout=20_000):
        pass
    window.open_path(sample_dir() / "hindi.jmap")
    other = window.program.windows[-1]
    assert isinstance(other, MainWindow)
    assert other.session is not None
    closed = weakref.ref(other.session.document)
    other.close()
    del other
    qtbot.wait(1)  # windows and scenes are deleted later
    gc.collect()
    assert closed() is None


def test_a_long_title_gives_way_in_a_narrow_window(hands: Hands) -> None:
    with hands.document.edit("Rename") as tx:
        tx.set(hands.card("Plan page"), title="W" * 60)
    hands.view.selection.select([hands.card("W" * 60)])
    hands.window.resize(hands.window.minimumSize())
    status = hands.window._status
    status.progress.begin("Exporting poster…", lambda: None)
    QApplication.processEvents()
    inside = hands.window.rect()
    for button in status.findChildren(QToolButton):
        assert inside.contains(button.rect().translated(button.mapTo(hands.window, QPoint()))), button.toolTip()


def test_in_a_narrow_window_words_of_the_status_bar_are_cut_and_all_there_beside_the_mouse(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    what, how = (hands.window.statusBar().findChild(QLabel, name) for name in ("selection", "hint"))
    assert isinstance(what, QLabel)
    assert isinstance(how, QLabel)
    QApplication.processEvents()
    assert how.toolTip() == ""
    whole = how.grab().toImage()
    hands.window.resize(853, 480)
    QApplication.processEvents()
    assert how.toolTip() == how.text()
    assert what.toolTip() == ""  # what is selected comes first
    cut = how.grab().toImage()
    end = cut.width() - 6
    assert cut.copy(end, 0, 6, cut.height()) != whole.copy(end, 0, 6, whole.height())  # an ellipsis, not half a letter
    hands.window.resize(1900, 900)
    QApplication.processEvents()
    assert how.toolTip() == ""
