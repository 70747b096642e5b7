"""The keyboard in the cells: capturing at the speed of a talk, inserting, pasting, and input methods."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.items import to_rect
from app.canvas.selection import Cell
from app.model.edits import delete
from app.model.lanes import lane_kind
from app.model.queries import cards_in, columns, lanes, stages
from app.model.records import Card, EmotionPoint, Lane
from app.paths import template_dir
from app.window.window import MainWindow
from tests.window.hands import Hands

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def type_(hands: Hands, text: str) -> None:
    QTest.keyClicks(hands.view, text)


def titles(hands: Hands, cell: Cell) -> list[str]:
    return [card.title for card in cards_in(hands.document.store, cell.lane, cell.step)]


@pytest.fixture
def cell(hands: Hands) -> Cell:
    """An empty cell whose next cell is one, too; the keyboard is in it."""
    store = hands.document.store
    steps = [step.id for step in columns(store)]
    rows = [lane.id for lane in lanes(store) if not lane_kind(lane.kind).is_curve]
    found = next(
        Cell(lane, steps[at])
        for lane in rows
        for at in range(len(steps) - 1)
        if not cards_in(store, lane, steps[at]) and not cards_in(store, lane, steps[at + 1])
    )
    hands.view.selection.select_cell(found)
    hands.view.reveal_current()
    return found


def next_step(hands: Hands, cell: Cell) -> Cell:
    steps = [step.id for step in columns(hands.document.store)]
    return Cell(cell.lane, steps[steps.index(cell.step) + 1])


def test_type_enter_type_enter_tab_type_makes_three_cards(hands: Hands, cell: Cell) -> None:
    before = hands.bytes()
    type_(hands, "One")
    hands.key(Key.Key_Return)
    type_(hands, "Two")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Tab)
    type_(hands, "Three")
    hands.key(Key.Key_Return)
    assert titles(hands, cell) == ["One", "Two"]
    assert titles(hands, next_step(hands, cell)) == ["Three"]
    lane = hands.document.store.of(Lane, cell.lane)
    assert lane is not None
    made = cards_in(hands.document.store, cell.lane, cell.step)[0]
    assert made.kind == lane_kind(lane.kind).card
    for _ in range(3):
        assert hands.document.history.undo_label == "Add card"
        hands.window.editing.undo()
    assert hands.bytes() == before


def test_tab_keeps_the_text_and_goes_to_the_next_cell(hands: Hands, cell: Cell) -> None:
    type_(hands, "One")
    hands.key(Key.Key_Tab)
    assert titles(hands, cell) == ["One"]
    assert hands.view.selection.cell == next_step(hands, cell)
    hands.key(Key.Key_Tab, SHIFT)
    assert hands.view.selection.current == cards_in(hands.document.store, cell.lane, cell.step)[0].id


def test_tab_never_writes_over_a_card_of_the_next_cell(hands: Hands) -> None:
    id = hands.card("Plan page")
    record = hands.document.store.of(Card, id)
    assert record is not None
    hands.view.selection.select([id])
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Tab)
    target = hands.view.selection.cell
    assert target is not None
    before = titles(hands, target)
    type_(hands, "Below")
    hands.key(Key.Key_Return)
    assert titles(hands, target) == [*before, "Below"]


def test_the_next_card_comes_below_the_one_just_written(hands: Hands) -> None:
    record = hands.document.store.of(Card, hands.card("Plan page"))
    assert record is not None
    hands.view.selection.select([record.id])
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Return)
    assert hands.view.selection.ids == {record.id}
    assert hands.scene.cell.spot is not None
    type_(hands, "Next")
    hands.key(Key.Key_Return)
    place = Cell(record.lane, record.step)
    at = titles(hands, place).index("Plan page")
    assert titles(hands, place)[at + 1] == "Next"


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return, Key.Key_Tab])
def test_a_new_card_without_text_goes_again(hands: Hands, cell: Cell, key: Key) -> None:
    before = hands.bytes()
    hands.key(Key.Key_Return)
    assert hands.view.editing.is_active
    hands.key(Key.Key_Space)
    hands.key(key)
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None
    assert hands.view.selection.cell == (next_step(hands, cell) if key == Key.Key_Tab else cell)


def test_esc_takes_a_new_card_with_text_away(hands: Hands, cell: Cell) -> None:
    before = hands.bytes()
    type_(hands, "Never mind")
    hands.key(Key.Key_Escape)
    assert hands.bytes() == before
    assert hands.view.selection.cell == cell
    hands.key(Key.Key_Escape)
    assert hands.view.selection.cell is None


def test_arrows_go_into_empty_cells(hands: Hands, cell: Cell) -> None:
    hands.key(Key.Key_Right)
    assert hands.view.selection.cell == next_step(hands, cell)
    hands.key(Key.Key_Left)
    assert hands.view.selection.cell == cell
    hands.key(Key.Key_Home, CONTROL)
    first = hands.view.selection.current
    assert first == cards_in(hands.document.store, hands.layout.rows[0].lane, hands.layout.columns[0].step)[0].id
    hands.key(Key.Key_End, CONTROL)
    assert hands.view.selection.current != first


def test_a_click_goes_to_a_cell_and_a_double_click_writes_in_it(hands: Hands, cell: Cell) -> None:
    hands.view.selection.clear()
    spot = hands.scene.hover.spot
    assert spot is None
    spot_in_cell = QPointF(hands.pixel(*hands.cell(cell.lane, cell.step)))
    viewport, no_button = hands.view.viewport(), Qt.MouseButton.NoButton
    QApplication.sendEvent(
        viewport,
        QMouseEvent(
            QEvent.Type.MouseMove, spot_in_cell, viewport.mapToGlobal(spot_in_cell), no_button, no_button,
            Qt.KeyboardModifier.NoModifier,
        ),
    )  # fmt: skip
    assert hands.scene.hover.spot is not None
    hands.click(*hands.cell(cell.lane, cell.step))
    assert hands.view.selection.cell == cell
    assert hands.scene.cell.spot is not None
    assert "Type" in hands.window._status._hint.text()
    QTest.mouseDClick(hands.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
                      hands.pixel(*hands.cell(cell.lane, cell.step)))  # fmt: skip
    assert hands.view.editing.is_active
    type_(hands, "Here")
    hands.key(Key.Key_Return)
    assert titles(hands, cell) == ["Here"]


def test_inserting_by_keys(hands: Hands) -> None:
    store = hands.document.store
    record = store.of(Card, hands.card("Plan page"))
    assert record is not None
    place = Cell(record.lane, record.step)
    hands.view.selection.select([record.id])
    hands.window.actions_["insert_card"].trigger()
    type_(hands, "Below")
    hands.window.actions_["insert_step"].trigger()
    assert titles(hands, place)[titles(hands, place).index("Plan page") + 1] == "Below"
    type_(hands, "A step")
    hands.key(Key.Key_Return)
    steps = columns(store)
    assert steps[[step.id for step in steps].index(record.step) + 1].title == "A step"
    hands.window.actions_["insert_stage"].trigger()
    type_(hands, "A stage")
    hands.key(Key.Key_Return)
    assert "A stage" in [stage.title for stage in stages(store)][1:]
    hands.view.selection.select([record.id])
    hands.window.editing.insert("lane:notes")
    type_(hands, "Loose ends")
    hands.key(Key.Key_Return)
    rows = lanes(store)
    assert rows[[row.id for row in rows].index(record.lane) + 1].title == "Loose ends"
    hands.view.selection.select([record.id])
    hands.window.actions_["insert_point"].trigger()
    point = store.of(EmotionPoint, hands.view.selection.current or "")
    assert point is not None
    assert point.step == record.step
    count = 0
    while hands.document.history.undo_label is not None:
        hands.window.editing.undo()
        count += 1
    assert count == 5, "each of them is one step with its name"


def test_lines_that_are_pasted_make_a_card_each(hands: Hands, cell: Cell) -> None:
    QGuiApplication.clipboard().setText("One\n\n  Two \r\nThree")
    hands.window.actions_["paste"].trigger()
    assert titles(hands, cell) == ["One", "Two", "Three"]
    assert hands.document.history.undo_label == "Paste cards"
    hands.window.editing.undo()
    assert titles(hands, cell) == []
    hands.view.selection.select_cell(cell)
    hands.key(Key.Key_Return)
    hands.key(Key.Key_V, CONTROL)
    assert titles(hands, cell) == ["One", "Two", "Three"]


def test_lines_are_pasted_into_the_first_card_of_an_empty_map(hands: Hands) -> None:
    """The step came with the card; it would go if the card made room for others."""
    with hands.document.edit("Empty") as tx:
        delete(tx, [stage.id for stage in stages(hands.document.store)])
    hands.window.actions_["insert_card"].trigger()
    QGuiApplication.clipboard().setText("One\nTwo")
    hands.key(Key.Key_V, CONTROL)
    hands.key(Key.Key_Return)
    assert [record.title for record in hands.document.store.of_type("card") if isinstance(record, Card)] == ["One\nTwo"]
    hands.window.editing.undo()
    assert not hands.document.store.ids_of_type("step")


def test_cells_of_a_spreadsheet_go_side_by_side(hands: Hands, cell: Cell) -> None:
    QGuiApplication.clipboard().setText('A\t"B\nb"\nC\tD\n')
    hands.window.actions_["paste"].trigger()
    assert titles(hands, cell) == ["A", "C"]
    assert titles(hands, next_step(hands, cell)) == ["B\nb", "D"]


def test_an_input_method_composes_in_place(hands: Hands, cell: Cell) -> None:
    assert hands.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
    QApplication.sendEvent(hands.view, QInputMethodEvent("に", []))
    assert titles(hands, cell) == ["に"], "what is composed is shown"
    assert hands.document.history.undo_label is None
    marks = hands.view.editing._session
    assert marks is not None
    assert marks.item.marks is not None
    assert marks.item.marks.composed
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(hands.view, done)
    assert titles(hands, cell) == ["日本"]
    assert hands.view.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) == "日本"
    assert hands.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorPosition) == 2
    again = QInputMethodEvent("", [])
    again.setCommitString("語")
    QApplication.sendEvent(hands.view, again)
    hands.key(Key.Key_Return)
    assert titles(hands, cell) == ["日本語"]


def test_an_unfinished_composition_is_dropped_by_esc(hands: Hands, cell: Cell) -> None:
    before = hands.bytes()
    QApplication.sendEvent(hands.view, QInputMethodEvent("に", []))
    hands.key(Key.Key_Escape)
    assert hands.bytes() == before
    assert hands.view.selection.cell == cell


def test_an_empty_map_says_how_to_begin(window: MainWindow) -> None:
    window.open_path(template_dir() / "blank.jmap")
    hands = Hands(window)
    item = hands.scene._first_steps
    assert item.isVisible()
    assert not hands.scene.layout.head.overlaps(to_rect(item.boundingRect()))
    hands.key(Key.Key_Right)
    type_(hands, "First")
    assert not item.isVisible()
    hands.key(Key.Key_Escape)
    assert item.isVisible()


@pytest.mark.parametrize("width", [1280, 1900])
def test_how_to_begin_is_in_sight_at_once(window: MainWindow, width: int) -> None:
    window.resize(width, 720)
    window.open_path(template_dir() / "blank.jmap")
    hands = Hands(window)
    seen = hands.view.mapToScene(hands.view.viewport().rect()).boundingRect()
    words = hands.scene._first_steps.sceneBoundingRect()
    assert seen.left() <= 0.0
    assert words.right() <= seen.right()


def test_in_a_curve_lane_typing_starts_a_point(hands: Hands) -> None:
    curve = next(row.lane for row in hands.layout.rows if row.is_curve)
    taken = {record.step for record in hands.document.records if isinstance(record, EmotionPoint)}
    step = next((step.id for step in columns(hands.document.store) if step.id not in taken), None)
    if step is None:
        step = hands.layout.columns[0].step
    before = hands.bytes()
    hands.view.selection.select_cell(Cell(curve, step))
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Return)
    assert hands.bytes() == before
    type_(hands, "relief")
    hands.key(Key.Key_Return)
    assert any(isinstance(record, EmotionPoint) and record.label == "relief" for record in hands.document.records)


def test_a_clipboard_that_has_nothing_at_all_is_pasted_without_harm(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt gives no data where the program that copied is gone."""

    class Empty:
        def mimeData(self) -> None:
            return None

        def text(self) -> str:
            return ""

    monkeypatch.setattr("app.canvas.cells.QGuiApplication.clipboard", Empty)
    before = hands.bytes()
    hands.view.selection.select([hands.card("Plan page")])
    assert not hands.view.cells.paste()
    assert hands.bytes() == before
