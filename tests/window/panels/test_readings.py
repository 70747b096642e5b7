"""The history of a metric is a table that can be typed into and pasted into."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.model.edits import add_card, set_fields
from app.model.kinds.metric import Metric
from app.window.panels.fields.readings import ReadingsEditor
from app.window.panels.inspector import Inspector
from tests.window.panels.inspecting import line, sentence
from tests.window.small_map import SmallMap

JANUARY, MARCH = (date(2026, 1, 1), 12.0), (date(2026, 3, 1), 18.5)


@pytest.fixture
def metric(small: SmallMap) -> str:
    with small.document.edit("Add") as tx:
        made = add_card(tx, "metric", small.empty_lane, small.step, measure="nps", history=(JANUARY, MARCH))
    small.document.history.mark_saved()
    return made


@pytest.fixture
def editor(select: Callable[..., Inspector], metric: str) -> ReadingsEditor:
    made = select(metric).rows["history"].editor
    assert isinstance(made, ReadingsEditor)
    return made


def history(small: SmallMap, metric: str) -> list[tuple[date, float]]:
    record = small[metric]
    assert isinstance(record, Metric)
    return list(record.history)


def put(editor: ReadingsEditor, row: int, column: int, text: str) -> bool:
    return editor.model.setData(editor.model.index(row, column), text)


def shown(editor: ReadingsEditor) -> list[tuple[str, str]]:
    model = editor.model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_what_the_metric_stands_at_follows_in_the_same_step(
    small: SmallMap, metric: str, editor: ReadingsEditor, inspector: Inspector
) -> None:
    with small.document.edit("Set") as tx:
        set_fields(tx, [metric], current=18.5)
    small.document.history.mark_saved()
    put(editor, 2, 0, "2026-04-01")
    put(editor, 2, 1, "21")
    assert line(inspector, "current").text() == "21"
    assert small.steps_back == 1


def test_a_row_counts_when_it_has_both_parts(small: SmallMap, metric: str, editor: ReadingsEditor) -> None:
    assert shown(editor) == [("2026-01-01", "12"), ("2026-03-01", "18.5"), ("", "")]
    put(editor, 2, 0, "2026-02-01")
    assert history(small, metric) == [JANUARY, MARCH]
    put(editor, 2, 1, "15")
    assert history(small, metric) == [JANUARY, (date(2026, 2, 1), 15.0), MARCH]
    assert small.steps_back == 1


@pytest.mark.parametrize(("key", "row", "column"), [(Qt.Key.Key_Tab, 2, 1), (Qt.Key.Key_Backtab, 0, 0)])
def test_tab_goes_along_the_cells_and_leaves_at_the_ends(
    editor: ReadingsEditor, key: Qt.Key, row: int, column: int
) -> None:
    table = editor.table
    table.window().activateWindow()
    table.setFocus()
    table.setCurrentIndex(editor.model.index(1, 0))
    QTest.keyClick(table, key)
    assert table.hasFocus()
    assert (table.currentIndex().row(), table.currentIndex().column()) == ((1, 1) if key == Qt.Key.Key_Tab else (0, 1))
    table.setCurrentIndex(editor.model.index(row, column))
    QTest.keyClick(table, key)
    assert not table.hasFocus()


def test_a_cell_is_typed_into(small: SmallMap, metric: str, editor: ReadingsEditor, qtbot: QtBot) -> None:
    editor.table.setFocus()
    editor.table.selectionModel().setCurrentIndex(
        editor.model.index(0, 1), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    QTest.keyClick(editor.table, Qt.Key.Key_Return)
    cell = editor.table.findChild(QLineEdit)
    assert cell is not None
    cell.selectAll()
    QTest.keyClicks(cell, "13")
    QTest.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: history(small, metric)[0] == (JANUARY[0], 13.0))
    assert small.steps_back == 1


def test_what_is_not_understood_is_answered_and_changes_nothing(
    small: SmallMap, metric: str, editor: ReadingsEditor, inspector: Inspector
) -> None:
    assert not put(editor, 0, 0, "soon")
    assert sentence(inspector, "history") == "Please write a date such as 2027-03-01."
    assert not put(editor, 0, 1, "many")
    assert sentence(inspector, "history") == "Please write a number."
    assert history(small, metric) == [JANUARY, MARCH]


def test_delete_takes_rows_out_in_one_step(small: SmallMap, metric: str, editor: ReadingsEditor) -> None:
    editor.table.setFocus()
    # by the model: a view asks for the keys that the test before held down
    editor.table.selectionModel().setCurrentIndex(
        editor.model.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    QTest.keyClick(editor.table, Qt.Key.Key_Delete)
    assert history(small, metric) == [MARCH]
    small.document.undo()
    assert shown(editor)[:2] == [("2026-01-01", "12"), ("2026-03-01", "18.5")]


def test_rows_of_a_spreadsheet_are_pasted_all_or_none(
    small: SmallMap, metric: str, editor: ReadingsEditor, inspector: Inspector
) -> None:
    editor.table.setFocus()
    for text, count in (("2026-04-01\t20\n2026-05-01\t21.5\n", 4), ("2026-06-01\t20\nnever\t1", 4)):
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert len(history(small, metric)) == count
    assert sentence(inspector, "history")
    QGuiApplication.clipboard().setText("\n".join(f"2020-01-01\t{number}" for number in range(500)))
    QTest.keyClick(editor.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sentence(inspector, "history") == "At most 500 entries fit here; nothing was added."


def test_a_row_that_was_begun_is_not_carried_to_another_metric(
    small: SmallMap, editor: ReadingsEditor, select: Callable[..., Inspector]
) -> None:
    with small.document.edit("Add") as tx:
        other = add_card(tx, "metric", small.empty_lane, small.step, history=(JANUARY, MARCH))
    put(editor, 2, 0, "2026-02-01")
    select(other)
    assert shown(editor)[2:] == [("", "")]
