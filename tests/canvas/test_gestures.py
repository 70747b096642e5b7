"""Dragging with the mouse on the real window: what changes, what is one step, what puts everything back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.canvas.gestures.drag_cards import DragCards
from app.model.edits import span_card
from app.model.queries import cards_in, stages
from app.model.records import Card, EmotionPoint
from app.window.window import MainWindow
from tests.window.hands import RIGHT, Hands

SHIFT = Qt.KeyboardModifier.ShiftModifier


def card_of(hands: Hands, title: str) -> Card:
    card = hands.document.store.of(Card, hands.card(title))
    assert card is not None
    return card


def other_cell(hands: Hands, title: str) -> tuple[str, str]:
    """The lane and a neighbouring step of a card."""
    card = card_of(hands, title)
    steps = [column.step for column in hands.layout.columns]
    return card.lane, steps[steps.index(card.step) + 1]


def test_a_card_is_dragged_to_another_cell(hands: Hands) -> None:
    before = hands.bytes()
    lane, step = other_cell(hands, "Plan page")
    hands.drag(hands.middle(hands.card("Plan page")), hands.cell(lane, step))
    card = card_of(hands, "Plan page")
    assert (card.lane, card.step) == (lane, step)
    assert hands.document.history.undo_label == "Move card"
    hands.window.actions_["undo"].trigger()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_a_card_is_dragged_within_its_cell(hands: Hands) -> None:
    card = card_of(hands, "Sales hotline")
    first = cards_in(hands.document.store, card.lane, card.step)[0]
    assert first.id != card.id
    above = hands.rect(first.id)
    hands.drag(hands.middle(card.id), (above.x + above.w / 2, above.y + 1.0))
    assert cards_in(hands.document.store, card.lane, card.step)[0].id == card.id
    assert hands.document.history.undo_label == "Move card"


def test_neighbours_make_room_while_a_card_is_dragged(hands: Hands) -> None:
    lane, step = other_cell(hands, "Plan page")
    hands.hold(hands.middle(hands.card("Plan page")), hands.cell(lane, step))
    assert card_of(hands, "Plan page").step == step
    assert hands.scene.floating.isVisible()
    assert hands.document.history.undo_label is None
    hands.release(*hands.cell(lane, step))
    assert not hands.scene.floating.isVisible()


def test_cards_of_one_cell_go_together_in_their_order(hands: Hands) -> None:
    lane, step = other_cell(hands, "Plan page")
    ids = [hands.card("Plan page"), hands.card("Sales hotline")]
    hands.click(*hands.middle(ids[0]))
    hands.click(*hands.middle(ids[1]), SHIFT)
    assert hands.view.selection.ids == set(ids)
    hands.drag(hands.middle(ids[1]), hands.cell(lane, step))
    assert [card.id for card in cards_in(hands.document.store, lane, step)][-2:] == ids
    assert hands.document.history.undo_label == "Move 2 cards"


def test_a_spanning_card_that_is_dragged_to_the_end_and_back_keeps_its_span(hands: Hands) -> None:
    steps = [column.step for column in hands.layout.columns]
    first = card_of(hands, "Plan page")
    with hands.document.edit("Span card") as tx:
        span_card(tx, first.id, steps[steps.index(first.step) + 2])
    before = card_of(hands, "Plan page")
    rect = hands.rect(first.id)
    hands.hold((rect.x + 5.0, rect.y + 3.0), hands.cell(first.lane, steps[-1]))
    assert card_of(hands, "Plan page").to_step is None, "there is no room beyond the last step"
    hands.move(*hands.cell(first.lane, first.step))
    hands.release(*hands.cell(first.lane, first.step))
    after = card_of(hands, "Plan page")
    assert (after.step, after.to_step) == (before.step, before.to_step)


def test_a_drag_that_cannot_begin_leaves_no_transaction_open(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise MemoryError

    card = hands.card("Plan page")
    spot = hands.view.spot_at(QPointF(300.0, 300.0), Qt.KeyboardModifier.NoModifier)
    monkeypatch.setattr("app.canvas.gestures.drag_cards.picture_of", fails)
    with pytest.raises(MemoryError):
        DragCards(hands.scene, card, spot, hands.view.surface())
    assert not hands.document.is_editing


def test_cards_of_several_cells_keep_their_places(hands: Hands) -> None:
    steps = [column.step for column in hands.layout.columns]
    ids = [hands.card("Plan page"), hands.card("Order form")]
    places = [steps.index(card_of(hands, title).step) for title in ("Plan page", "Order form")]
    hands.view.selection.select(ids)
    lane = card_of(hands, "Plan page").lane
    hands.drag(hands.middle(ids[0]), hands.cell(lane, steps[places[0] + 2]))
    assert [steps.index(card_of(hands, title).step) for title in ("Plan page", "Order form")] == [
        place + 2 for place in places
    ]
    assert hands.document.history.undo_label == "Move 2 cards"


def test_many_cards_move_on_release_only(hands: Hands) -> None:
    store = hands.document.store
    ids = [record.id for record in store.of_type("card")]
    before = hands.bytes()
    held = card_of(hands, "Plan page")
    hands.view.selection.select(ids)
    steps = [column.step for column in hands.layout.columns]
    hands.drag(hands.middle(held.id), hands.cell(held.lane, steps[steps.index(held.step) + 1]))
    assert hands.bytes() == before, "some would leave the map, so none moves"


def by_escape(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Escape)


def by_other_button(hands: Hands) -> None:
    hands.press(*hands.middle(hands.card("Router")), button=RIGHT)


def by_lost_focus(hands: Hands) -> None:
    QApplication.sendEvent(hands.view, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))


def by_undo(hands: Hands) -> None:
    hands.window.actions_["undo"].setEnabled(True)
    hands.window.editing.undo()


def by_closing(hands: Hands) -> None:
    hands.window.close()


CANCELS = [by_escape, by_other_button, by_lost_focus, by_undo, by_closing]


@pytest.mark.parametrize("cancel", CANCELS)
def test_a_cancelled_drag_of_a_card_leaves_every_byte(hands: Hands, cancel: Callable[[Hands], None]) -> None:
    before = hands.bytes()
    end = hands.cell(*other_cell(hands, "Plan page"))
    hands.hold(hands.middle(hands.card("Plan page")), end)
    assert hands.bytes() != before
    cancel(hands)
    assert hands.bytes() == before
    assert not hands.document.is_editing
    assert hands.document.history.undo_label is None
    assert not hands.view.is_dragging


@pytest.mark.parametrize("cancel", CANCELS)
def test_a_cancelled_drag_of_a_point_leaves_every_byte(hands: Hands, cancel: Callable[[Hands], None]) -> None:
    before = hands.bytes()
    mark = next(iter(hands.scene.curve_lanes.values())).points[0]
    hands.hold((mark.x, mark.y), (mark.x + 9.0, mark.y - 12.0))
    assert hands.bytes() != before
    cancel(hands)
    assert hands.bytes() == before
    assert not hands.document.is_editing


def test_undo_in_the_middle_of_a_drag_takes_back_the_drag_only(hands: Hands) -> None:
    lane, step = other_cell(hands, "Plan page")
    hands.drag(hands.middle(hands.card("Plan page")), hands.cell(lane, step))
    between = hands.bytes()
    hands.hold(hands.middle(hands.card("Router")), hands.cell(*other_cell(hands, "Router")))
    hands.window.editing.undo()
    assert hands.bytes() == between
    assert hands.document.history.undo_label == "Move card"


def test_a_drag_to_nowhere_puts_the_card_back(hands: Hands) -> None:
    before = hands.bytes()
    hands.drag(hands.middle(hands.card("Plan page")), (hands.layout.size[0] / 2, 3.0))
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_a_stage_is_dragged_between_two_others(hands: Hands) -> None:
    order = [stage.id for stage in stages(hands.document.store)]
    last = hands.rect(order[2])
    hands.drag(hands.middle(order[0]), (last.right - 3.0, last.y + 2.0))
    assert [stage.id for stage in stages(hands.document.store)] == [order[1], order[2], order[0], *order[3:]]
    assert hands.document.history.undo_label == "Move stage"
    hands.window.editing.undo()
    assert [stage.id for stage in stages(hands.document.store)] == order


def test_a_stage_let_go_at_its_own_place_is_no_step(hands: Hands) -> None:
    order = [stage.id for stage in stages(hands.document.store)]
    x, y = hands.middle(order[1])
    hands.drag((x, y), (x + 8.0, y))
    assert hands.document.history.undo_label is None


@pytest.mark.parametrize("cancel", CANCELS)
def test_a_cancelled_drag_of_a_stage_leaves_every_byte(hands: Hands, cancel: Callable[[Hands], None]) -> None:
    before = hands.bytes()
    order = [stage.id for stage in stages(hands.document.store)]
    hands.hold(hands.middle(order[0]), hands.middle(order[2]))
    cancel(hands)
    assert hands.bytes() == before
    assert not hands.document.is_editing


def test_a_point_is_dragged_up_and_along_and_the_curve_follows(hands: Hands) -> None:
    curve = next(iter(hands.scene.curve_lanes.values()))
    mark = curve.points[0]
    before = hands.document.store.of(EmotionPoint, mark.id)
    assert before is not None
    hands.drag((mark.x, mark.y), (mark.x + 8.0, mark.y - 12.0))
    after = hands.document.store.of(EmotionPoint, mark.id)
    assert after is not None
    assert after.value > before.value + 0.5
    assert after.at > before.at + 0.1
    moved = next(point for point in hands.scene.curve_lanes[curve.lane].points if point.id == mark.id)
    assert moved.y < mark.y
    assert hands.document.history.undo_label == "Move emotion point"


def test_shift_keeps_a_point_on_one_axis(hands: Hands) -> None:
    mark = next(iter(hands.scene.curve_lanes.values())).points[0]
    before = hands.document.store.of(EmotionPoint, mark.id)
    hands.press(mark.x, mark.y)
    hands.move(mark.x + 2.0, mark.y - 5.0)
    spot = hands.view.spot_at(hands.pixel(mark.x + 3.0, mark.y - 12.0).toPointF(), SHIFT)
    gesture = hands.view._hands._gesture
    assert gesture is not None
    gesture.move(spot)
    gesture.release(spot)
    hands.view._hands._end()
    after = hands.document.store.of(EmotionPoint, mark.id)
    assert before is not None
    assert after is not None
    assert after.value > before.value
    assert after.at == pytest.approx(before.at, abs=0.002)


def test_a_click_is_no_drag(hands: Hands) -> None:
    hands.press(*hands.middle(hands.card("Plan page")))
    x, y = hands.middle(hands.card("Plan page"))
    hands.move(x + 0.5, y)
    hands.release(x + 0.5, y)
    assert not hands.document.is_editing
    assert hands.view.selection.ids == {hands.card("Plan page")}


def test_clicks_select_toggle_and_clear(hands: Hands) -> None:
    one, other = hands.card("Plan page"), hands.card("Router")
    hands.click(*hands.middle(one))
    hands.click(*hands.middle(other), SHIFT)
    assert hands.view.selection.ids == {one, other}
    hands.click(*hands.middle(one), Qt.KeyboardModifier.ControlModifier)
    assert hands.view.selection.ids == {other}
    hands.click(hands.layout.size[0] - 30.0, 4.0)
    assert not len(hands.view.selection)


def test_dragging_at_the_edge_scrolls(hands: Hands, qtbot: QtBot) -> None:
    hands.view.zoom_to(2.0)
    hands.view.show_beginning()
    hands.view.zoom_to(2.0)
    hands.view.reveal(hands.rect(hands.card("Router")))
    bar = hands.view.horizontalScrollBar()
    before = bar.value()
    hands.press(*hands.middle(hands.card("Router")))
    edge = hands.view.to_sheet(hands.view.viewport().rect().bottomRight().toPointF())
    y = hands.middle(hands.card("Router"))[1]
    hands.move(edge.x() - 20.0, y)
    hands.move(edge.x() - 1.0, y)
    qtbot.waitUntil(lambda: bar.value() > before, timeout=5_000)
    hands.key(Qt.Key.Key_Escape)


def test_space_and_the_middle_button_move_the_sheet(hands: Hands) -> None:
    bar = hands.view.verticalScrollBar()
    before = bar.value()
    x, y = hands.middle(hands.card("Plan page"))
    start = hands.pixel(x, y)
    hands.press(x, y, Qt.MouseButton.MiddleButton)
    QTest.mouseMove(hands.view.viewport(), start + type(start)(0, -60))
    QTest.mouseRelease(hands.view.viewport(), Qt.MouseButton.MiddleButton, pos=start + type(start)(0, -60))
    assert bar.value() == before + 60
    QTest.keyPress(hands.view, Qt.Key.Key_Space)
    start = hands.pixel(x, y)
    hands.press(x, y)
    QTest.mouseMove(hands.view.viewport(), start + type(start)(0, 40))
    QTest.mouseRelease(hands.view.viewport(), Qt.MouseButton.LeftButton, pos=start + type(start)(0, 40))
    QTest.keyRelease(hands.view, Qt.Key.Key_Space)
    assert bar.value() == before + 20
    assert hands.document.history.undo_label is None


def test_the_cursor_says_what_can_be_done(hands: Hands) -> None:
    viewport = hands.view.viewport()
    mark = next(iter(hands.scene.curve_lanes.values())).points[0]
    hands.move(*hands.middle(hands.card("Router")))
    assert viewport.cursor().shape() == Qt.CursorShape.OpenHandCursor
    hands.move(mark.x, mark.y)
    assert viewport.cursor().shape() == Qt.CursorShape.SizeAllCursor
    hands.move(hands.layout.size[0] - 30.0, 4.0)
    assert viewport.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_an_empty_window_takes_clicks(window: MainWindow) -> None:
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClick(window.view, Qt.Key.Key_Down)
    assert window.session is None
