"""Lists are written row by row, and no row of them is lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.model.edits import set_fields
from app.model.records import Persona
from app.window.panels.fields.listed import PairsEditor, TextsEditor
from app.window.panels.inspector import Inspector
from tests.window.panels.inspecting import leave, sentence
from tests.window.small_map import SmallMap

PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def goals(small: SmallMap, select: Callable[..., Inspector]) -> TextsEditor:
    with small.document.edit("Fill") as tx:
        set_fields(tx, [small.mia], goals=("Pay less", "Be online"))
    small.document.history.mark_saved()
    editor = select(small.mia).rows["goals"].editor
    assert isinstance(editor, TextsEditor)
    return editor


def of(small: SmallMap, id: str | None = None) -> Persona:
    persona = small[id or small.mia]
    assert isinstance(persona, Persona)
    return persona


def key(editor: TextsEditor | PairsEditor, which: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Presses a key where the cursor is."""
    cell = next(cell for row in editor.rows for cell in row.cells if cell.hasFocus())
    QTest.keyClick(cell, which, keys)


def write(editor: TextsEditor | PairsEditor, text: str) -> None:
    cell = next(cell for row in editor.rows for cell in row.cells if cell.hasFocus())
    QTest.keyClicks(cell, text)


def shown(editor: TextsEditor | PairsEditor) -> list[str]:
    return [" | ".join(row.texts) for row in editor.rows]


def test_the_last_row_is_there_to_write_the_next_in(small: SmallMap, goals: TextsEditor) -> None:
    assert shown(goals) == ["Pay less", "Be online", ""]
    goals.rows[2].focus_first()
    write(goals, "Sleep")
    assert of(small).goals == ("Pay less", "Be online", "Sleep")
    assert shown(goals) == ["Pay less", "Be online", "Sleep", ""]
    assert small.steps_back == 1


def test_enter_opens_a_row_below_and_an_empty_row_is_no_entry(
    small: SmallMap, goals: TextsEditor, inspector: Inspector
) -> None:
    goals.rows[0].focus_first()
    key(goals, Qt.Key.Key_Return)
    assert shown(goals) == ["Pay less", "", "Be online", ""]
    assert of(small).goals == ("Pay less", "Be online")
    write(goals, "Wait less")
    assert of(small).goals == ("Pay less", "Wait less", "Be online")
    key(goals, Qt.Key.Key_Return)
    assert shown(goals) == ["Pay less", "Wait less", "", "Be online", ""]
    leave(inspector)
    assert shown(goals) == ["Pay less", "Wait less", "Be online", ""]
    assert small.steps_back == 1


def test_backspace_removes_an_empty_row_and_goes_to_the_one_before(small: SmallMap, goals: TextsEditor) -> None:
    goals.rows[1].focus_first()
    for _ in "Be online":
        key(goals, Qt.Key.Key_Backspace)
    assert of(small).goals == ("Pay less",)
    key(goals, Qt.Key.Key_Backspace)
    assert shown(goals) == ["Pay less", ""]
    assert goals.rows[0].has_focus
    write(goals, "!")
    assert of(small).goals == ("Pay less!",)


def test_the_cross_removes_a_row_in_one_step(small: SmallMap, goals: TextsEditor) -> None:
    goals.rows[0].cross.click()
    assert of(small).goals == ("Be online",)
    assert small.steps_back == 1
    small.document.undo()
    assert shown(goals) == ["Pay less", "Be online", ""]


def test_rows_move_by_keys(small: SmallMap, goals: TextsEditor) -> None:
    goals.rows[0].focus_first()
    key(goals, Qt.Key.Key_Down, ALT)
    assert of(small).goals == ("Be online", "Pay less")
    assert goals.rows[1].has_focus
    key(goals, Qt.Key.Key_Down, ALT)
    assert of(small).goals == ("Be online", "Pay less")
    key(goals, Qt.Key.Key_Up)
    assert goals.rows[0].has_focus
    assert small.steps_back == 1


def test_rows_move_by_their_grips_in_one_step(small: SmallMap, goals: TextsEditor) -> None:
    with small.document.edit("Fill") as tx:
        set_fields(tx, [small.mia], goals=("a", "b", "c"))
    small.document.history.mark_saved()
    QApplication.processEvents()
    grip, last = goals.rows[0].grip, goals.rows[2]
    QTest.mousePress(grip, Qt.MouseButton.LeftButton)
    assert goals.rows[0].grip is grip
    grip.dragged.emit(last.mapToGlobal(QPoint(0, last.height() - 2)))
    grip._was_dragged = True
    assert shown(goals) == ["b", "c", "a", ""]
    assert of(small).goals == ("a", "b", "c")
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton)
    assert of(small).goals == ("b", "c", "a")
    assert small.steps_back == 1


def test_pasted_lines_become_rows_without_their_bullets(small: SmallMap, goals: TextsEditor) -> None:
    QGuiApplication.clipboard().setText("• Sleep\n\n- Eat -5 %\n3. Rest\n")
    goals.rows[2].focus_first()
    key(goals, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert of(small).goals == ("Pay less", "Be online", "Sleep", "Eat -5 %", "3. Rest")
    assert small.steps_back == 1


def test_lines_pasted_into_a_text_go_on_below_it(small: SmallMap, goals: TextsEditor) -> None:
    QGuiApplication.clipboard().setText(" now\nLater")
    goals.rows[0].focus_first()
    key(goals, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert of(small).goals == ("Pay less now", "Later", "Be online")


def test_more_than_fits_is_answered_and_nothing_is_lost(
    small: SmallMap, goals: TextsEditor, inspector: Inspector
) -> None:
    QGuiApplication.clipboard().setText("\n".join("abcdefghijklmnopqrstuvwxyz01234"))
    goals.rows[2].focus_first()
    key(goals, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sentence(inspector, "goals") == "At most 30 entries fit here; nothing was added."
    assert of(small).goals == ("Pay less", "Be online")
    QGuiApplication.clipboard().setText("\n".join("abcdefghijklmnopqrstuvwxyz01"))
    key(goals, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(of(small).goals) == 30
    assert len(goals.rows) == 30
    key(goals, Qt.Key.Key_Return)
    assert "At most 30" in sentence(inspector, "goals")


def test_a_line_takes_what_fits_and_says_so(small: SmallMap, goals: TextsEditor, inspector: Inspector) -> None:
    QGuiApplication.clipboard().setText("x" * 301)
    goals.rows[2].focus_first()
    key(goals, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert of(small).goals == ("Pay less", "Be online", "x" * 300)
    assert "300" in inspector.rows["goals"].room.text()


def test_a_pasted_line_that_is_too_long_is_answered(small: SmallMap, goals: TextsEditor, inspector: Inspector) -> None:
    QGuiApplication.clipboard().setText("short\n" + "x" * 301)
    goals.rows[2].focus_first()
    key(goals, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sentence(inspector, "goals") == "At most 300 characters fit here."
    assert of(small).goals == ("Pay less", "Be online")


def test_typing_in_one_row_is_one_step_and_in_another_the_next(small: SmallMap, goals: TextsEditor) -> None:
    goals.rows[0].focus_first()
    write(goals, " now")
    key(goals, Qt.Key.Key_Down)
    write(goals, " too")
    assert of(small).goals == ("Pay less now", "Be online too")
    assert small.steps_back == 2


def test_undo_while_writing_keeps_the_cursor(small: SmallMap, goals: TextsEditor) -> None:
    goals.rows[0].focus_first()
    write(goals, " now")
    small.document.undo()
    assert shown(goals) == ["Pay less", "Be online", ""]
    assert goals.rows[0].has_focus


def test_the_cursor_stays_in_the_list_when_undo_takes_its_row(small: SmallMap, goals: TextsEditor) -> None:
    goals.rows[2].focus_first()
    write(goals, "Sleep")
    key(goals, Qt.Key.Key_Return)
    small.document.undo()
    assert shown(goals) == ["Pay less", "Be online", ""]
    assert goals.rows[2].has_focus


def test_lists_that_differ_are_mixed(small: SmallMap, goals: TextsEditor, select: Callable[..., Inspector]) -> None:
    select(small.mia, small.ken)
    assert shown(goals) == [""]
    assert goals.rows[0].cells[0].placeholderText() == "Mixed"
    goals.rows[0].focus_first()
    leave(select(small.mia, small.ken))
    assert small.steps_back == 0


def test_rows_have_names_for_screen_readers(goals: TextsEditor) -> None:
    assert goals.rows[1].cells[0].accessibleName() == "Goals 2"
    assert goals.rows[1].cross.accessibleName() == "Remove Goals 2"


def test_pairs_have_a_label_and_a_value(small: SmallMap, select: Callable[..., Inspector]) -> None:
    editor = select(small.mia).rows["demographics"].editor
    assert isinstance(editor, PairsEditor)
    editor.rows[0].focus_first()
    write(editor, "Age")
    key(editor, Qt.Key.Key_Return)
    write(editor, "34")
    key(editor, Qt.Key.Key_Return)
    write(editor, "Home")
    assert of(small).demographics == (("Age", "34"), ("Home", ""))
    QGuiApplication.clipboard().setText("Income: low\nJob\tNurse")
    editor.rows[2].focus_first()
    key(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert of(small).demographics[2:] == (("Income", "low"), ("Job", "Nurse"))
