"""What the mouse can do, the keyboard can do: selecting and moving by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.canvas.selection import Cell
from app.model.queries import cards_in, lanes, stages
from app.model.records import Card, EmotionPoint
from tests.window.hands import Hands

Key = Qt.Key


def card(hands: Hands, id: str) -> Card:
    found = hands.document.store.of(Card, id)
    assert found is not None
    return found


def steps(hands: Hands) -> list[str]:
    return [column.step for column in hands.layout.columns]


def empty_cells(hands: Hands) -> set[tuple[str, str]]:
    records = hands.document.records
    taken = {(record.lane, record.step) for record in records if isinstance(record, Card | EmotionPoint)}
    return {(lane.id, step) for lane in lanes(hands.document.store) for step in steps(hands)} - taken


def test_the_first_arrow_selects_the_first_card(hands: Hands) -> None:
    hands.key(Key.Key_Right)
    [selected] = hands.view.selection
    assert card(hands, selected).title == "Restarts the router"


def test_arrows_go_as_the_cards_lie(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Restarts the router")])
    titles = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Left, Key.Key_Up):
        hands.key(key)
        [selected] = hands.view.selection
        titles.append(hands.document.store[selected].__dict__["title"])
    assert titles == ["Runs a speed test", "The film stops again", "Router", "Leaflet", "Router", titles[1]]


def test_arrows_reach_points_and_stages(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.key(Key.Key_Down)
    [selected] = hands.view.selection
    assert isinstance(hands.document.store[selected], EmotionPoint)
    hands.view.selection.select([hands.card("Restarts the router")])
    hands.key(Key.Key_Up)
    assert list(hands.view.selection) == [steps(hands)[0]]
    hands.key(Key.Key_Up)
    assert list(hands.view.selection) == [stages(hands.document.store)[0].id]
    hands.key(Key.Key_Right)
    assert list(hands.view.selection) == [stages(hands.document.store)[1].id]


def test_tab_goes_through_everything_in_reading_order(hands: Hands) -> None:
    hands.view.selection.select([stages(hands.document.store)[0].id])
    selection, store = hands.view.selection, hands.document.store
    seen = [selection.current or selection.cell]
    while hands.view.cells.tab(forward=True):
        seen.append(selection.current or selection.cell)
    kinds = {"card", "emotion_point", "stage", "step", "lane"}
    assert len(seen) == len(set(seen))
    assert {id for id in seen if isinstance(id, str)} == {record.id for record in store if record.type in kinds}
    assert {(cell.lane, cell.step) for cell in seen if isinstance(cell, Cell)} == empty_cells(hands)
    hands.view.focusNextPrevChild(False)
    assert (selection.current or selection.cell) == seen[-2]


def test_shift_extends_the_selection(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Restarts the router")])
    hands.key(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(hands.view.selection) == 2


def test_alt_arrows_move_a_card(hands: Hands) -> None:
    before = hands.bytes()
    id = hands.card("Plan page")
    hands.view.selection.select([id])
    step, lane = card(hands, id).step, card(hands, id).lane
    hands.window.actions_["move_right"].trigger()
    assert card(hands, id).step == steps(hands)[steps(hands).index(step) + 1]
    assert hands.document.history.undo_label == "Move card"
    hands.window.editing.undo()
    hands.window.actions_["move_down"].trigger()
    assert [each.id for each in cards_in(hands.document.store, lane, step)][1] == id
    hands.window.actions_["move_down"].trigger()
    assert card(hands, id).lane != lane
    assert card(hands, id).step == step
    for _ in range(2):
        hands.window.editing.undo()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_a_move_out_of_the_map_says_so_and_changes_nothing(hands: Hands) -> None:
    before = hands.bytes()
    hands.view.selection.select([hands.card("Restarts the router")])
    hands.window.actions_["move_left"].trigger()
    hands.window.actions_["move_up"].trigger()
    assert hands.bytes() == before
    assert hands.window.statusBar().currentMessage()


def test_keys_change_a_points_value_and_place(hands: Hands) -> None:
    point = next(iter(hands.scene.curve_lanes.values())).points[0].id

    def now() -> EmotionPoint:
        found = hands.document.store.of(EmotionPoint, point)
        assert found is not None
        return found

    before = now()
    hands.view.selection.select([point])
    hands.window.actions_["move_up"].trigger()
    assert now().value == pytest.approx(before.value + 0.1)
    hands.window.actions_["move_right"].trigger()
    assert now().at == pytest.approx(before.at + 0.1)
    for _ in range(9):
        hands.window.actions_["move_right"].trigger()
    assert now().step == steps(hands)[steps(hands).index(before.step) + 1]
    for _ in range(40):
        hands.window.actions_["move_down"].trigger()
    assert now().value == -2.0


def test_what_cannot_be_reordered_is_told_what_can(hands: Hands) -> None:
    before = hands.bytes()
    hands.view.selection.select([hands.card("Router")])
    for dx, dy, words in ((1, 0, "a stage or a step"), (0, 1, "a lane")):
        hands.window.editing.reorder(dx, dy)
        assert hands.window.statusBar().currentMessage().startswith(f"Select {words} to move it")
    assert hands.bytes() == before


def test_ctrl_shift_arrows_reorder_stage_step_and_lane(hands: Hands) -> None:
    store = hands.document.store
    order = [stage.id for stage in stages(store)]
    hands.view.selection.select([order[0]])
    hands.window.actions_["order_right"].trigger()
    assert [stage.id for stage in stages(store)] == [order[1], order[0], *order[2:]]
    hands.window.actions_["order_left"].trigger()
    assert [stage.id for stage in stages(store)] == order
    rows = [lane.id for lane in lanes(store)]
    hands.view.selection.select([rows[0]])
    hands.window.actions_["order_down"].trigger()
    assert [lane.id for lane in lanes(store)] == [rows[1], rows[0], *rows[2:]]
    step = steps(hands)[0]
    hands.view.selection.select([step])
    hands.window.actions_["order_right"].trigger()
    assert steps(hands)[1] == step
    hands.window.actions_["order_left"].trigger()
    hands.window.actions_["order_left"].trigger()
    assert steps(hands)[0] == step


def test_from_right_to_left_left_is_on(open_sample: Callable[[str], Hands]) -> None:
    hands = open_sample("arabic")
    store = hands.document.store
    order = [stage.id for stage in stages(store)]
    hands.view.selection.select([order[0]])
    hands.key(Key.Key_Left)
    assert list(hands.view.selection) == [order[1]]
    hands.window.actions_["order_left"].trigger()
    assert [stage.id for stage in stages(store)][2] == order[1]


def test_escape_clears_the_selection(hands: Hands) -> None:
    hands.window.actions_["select_all"].trigger()
    assert len(hands.view.selection) == len(hands.document.store.ids_of_type("card"))
    hands.key(Key.Key_Escape)
    assert not len(hands.view.selection)


def test_undo_in_a_drag_takes_the_drag_back_even_if_it_is_the_first_thing_done(hands: Hands) -> None:
    before = hands.bytes()
    to = hands.middle(hands.card("Router"))
    hands.hold(hands.middle(hands.card("Plan page")), to)
    assert hands.view.is_dragging
    QTest.keyClick(hands.view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not hands.view.is_dragging
    hands.release(*to)
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None


def test_after_escape_an_arrow_leads_back_to_where_one_was(hands: Hands) -> None:
    router = hands.card("Router")
    hands.view.selection.select([router])
    hands.key(Key.Key_Escape)
    assert not hands.view.selection.ids
    hands.key(Key.Key_Down)
    assert list(hands.view.selection) == [router]
    lane, step = min(empty_cells(hands))
    hands.view.selection.select_cell(Cell(lane, step))
    hands.key(Key.Key_Escape)
    assert hands.view.selection.cell is None
    hands.key(Key.Key_Right)
    assert hands.view.selection.cell == Cell(lane, step)


def test_what_is_gone_meanwhile_is_not_gone_back_to(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.window.editing.duplicate()
    hands.key(Key.Key_Escape)
    hands.window.editing.undo()
    hands.key(Key.Key_Right)
    [selected] = hands.view.selection
    assert card(hands, selected).title == "Restarts the router", "the first card"
