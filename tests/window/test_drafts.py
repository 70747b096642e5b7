"""What is being written in the panels is in the journal before it is on the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.files.journal.recovery import LostMap, find_lost
from app.model.edits import set_map
from app.model.kinds.metric import Metric
from app.model.kinds.touchpoint import Touchpoint
from app.paths import journal_dir
from app.window.journals import Journals
from app.window.panels.fields.readings import ReadingsEditor
from app.window.panels.inspector import Inspector
from app.window.tables.page import TablePage
from app.window.tables.panel import TablesPanel
from tests.window.conftest import Opened
from tests.window.hands import Hands

WORDS = "Zebra crossing"
Key = Qt.Key


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def hands(open_sample: Opened) -> Hands:
    hands = open_sample("broadband")
    hands.window.activateWindow()
    return hands


def journals(hands: Hands) -> Journals:
    found = hands.window.findChild(Journals)
    assert found is not None
    return found


def inspector(hands: Hands) -> Inspector:
    found = hands.window.docks.inspector
    assert found is not None
    return found


def tables(hands: Hands) -> TablesPanel:
    if hands.window.docks.tables is None:
        hands.window.docks.toggle("tables")
    found = hands.window.docks.tables
    assert found is not None
    return found


def plan(hands: Hands) -> TablePage:
    """The action plan, which has no rows yet or the ones of the sample."""
    panel = tables(hands)
    page = next(page for page in panel.pages if page.title == "Action plan")
    panel.tabs.setCurrentIndex(panel.pages.index(page))
    assert isinstance(page, TablePage)
    return page


def touchpoint(hands: Hands) -> Touchpoint:
    return next(record for record in hands.document.records if isinstance(record, Touchpoint))


def typing_in() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write_cell(hands: Hands) -> None:
    page = plan(hands)
    page.view.setFocus()
    page.view.go(page.table.index(0, 0))
    page.view.edit_current()
    QTest.keyClicks(typing_in(), WORDS)


def write_new_row(hands: Hands) -> None:
    plan(hands).begin()
    QTest.keyClicks(typing_in(), WORDS)


def write_comment(hands: Hands) -> None:
    tables(hands).write_comment()
    QTest.keyClicks(typing_in(), WORDS)


def write_channel(hands: Hands) -> None:
    hands.window.view.selection.select([touchpoint(hands).id])
    inspector(hands).focus_field("channel")
    QTest.keyClick(typing_in(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(typing_in(), WORDS)


WRITING = pytest.mark.parametrize("write", [write_cell, write_new_row, write_comment, write_channel])


def look(hands: Hands) -> None:
    """A second goes by."""
    assert journals(hands)._typing.isActive()
    journals(hands)._typing.timeout.emit()


def crash(hands: Hands) -> list[LostMap]:
    """What the next start finds where the program ends now."""
    session = hands.window.session
    assert session is not None
    assert session.journal is not None
    session.journal.flush(wait=True)
    session.journal.close(keep=True)
    session.journal = None
    return find_lost(journal_dir()).lost


def kept(lost: list[LostMap]) -> list[bool]:
    """Of each restored map whether the words are in it."""
    found = [WORDS in repr(sorted(map(repr, each.document.store))) for each in lost]
    for each in lost:
        each.leave()
    return found


@WRITING
def test_what_is_written_comes_back(hands: Hands, write: Callable[[Hands], None]) -> None:
    before = hands.document.records
    write(hands)
    look(hands)
    assert hands.document.records == before, "and is not on the map yet"
    assert hands.document.history.undo_label is None
    lost = crash(hands)
    assert [len(each.document.history.steps().undo) for each in lost] == [1]
    assert kept(lost) == [True]


def test_a_cell_that_was_given_up_does_not(hands: Hands) -> None:
    write_cell(hands)
    look(hands)
    QTest.keyClick(typing_in(), Key.Key_Escape)
    assert not journals(hands)._typing.isActive()
    assert kept(crash(hands)) == []


def test_a_cell_that_was_finished_is_one_step(hands: Hands) -> None:
    write_new_row(hands)
    look(hands)
    QTest.keyClick(typing_in(), Key.Key_Return)
    assert not journals(hands)._typing.isActive()
    lost = crash(hands)
    assert [len(each.document.history.steps().undo) for each in lost] == [1]
    assert kept(lost) == [True]


def test_a_comment_is_kept_beside_what_is_done_meanwhile(hands: Hands) -> None:
    """It stays in its line until it is sent."""
    write_comment(hands)
    look(hands)
    with hands.document.edit("Rename map") as tx:
        set_map(tx, title="Meanwhile")
    look(hands)
    card = touchpoint(hands)
    assert hands.view.editing.begin(card.id)
    QTest.keyClicks(hands.view, " and so on")
    look(hands)
    lost = crash(hands)
    assert [each.title for each in lost] == ["Meanwhile"]
    restored = lost[0].document.store.of(Touchpoint, card.id)
    assert restored is not None
    assert restored.title.endswith(" and so on")
    assert lost[0].document.history.undo_label == "Edit text"
    assert kept(lost) == [True]


def test_a_number_is_kept_as_far_as_it_is_one(hands: Hands) -> None:
    metric = next(record for record in hands.document.records if isinstance(record, Metric))
    hands.window.view.selection.select([metric.id])
    inspector(hands).focus_field("target")
    QTest.keyClick(typing_in(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(typing_in(), "77")
    look(hands)
    QTest.keyClicks(typing_in(), "x")
    assert not journals(hands)._typing.isActive()
    QTest.keyClick(typing_in(), Key.Key_Backspace)
    look(hands)
    lost = crash(hands)
    assert [getattr(each.document.store[metric.id], "target", None) for each in lost] == [77.0]
    for each in lost:
        each.leave()


def write_reading(editor: ReadingsEditor, figures: str) -> None:
    """The first figure opens the cell."""
    QTest.keyClicks(editor.table, figures[0])
    QTest.keyClicks(typing_in(), figures[1:])


def test_a_reading_is_kept(hands: Hands) -> None:
    metric = next(record for record in hands.document.records if isinstance(record, Metric) and record.history)
    hands.window.view.selection.select([metric.id])
    editor = inspector(hands).rows["history"].editor
    assert isinstance(editor, ReadingsEditor)
    editor.table.setFocus()
    editor.table.setCurrentIndex(editor.model.index(0, 1))
    write_reading(editor, "77")
    look(hands)
    QTest.keyClick(typing_in(), Key.Key_Escape)
    assert not journals(hands)._typing.isActive()
    write_reading(editor, "88")
    look(hands)
    assert hands.document.store[metric.id] == metric
    lost = crash(hands)
    restored = lost[0].document.store.of(Metric, metric.id)
    assert restored is not None
    assert [value for _, value in restored.history] == [88.0, *(value for _, value in metric.history[1:])]
    lost[0].leave()


def test_the_same_text_is_asked_about_once(hands: Hands) -> None:
    """A text that lies there does not fill the disk."""
    write_comment(hands)
    look(hands)
    session = hands.window.session
    assert session is not None
    assert session.journal is not None
    assert session.journal.flush(wait=True)
    place = session.journal.place
    assert place is not None
    size = sum(log.stat().st_size for log in place.glob("log-*"))
    for _ in range(20):
        look(hands)
    assert session.journal.flush(wait=True)
    assert sum(log.stat().st_size for log in place.glob("log-*")) == size
