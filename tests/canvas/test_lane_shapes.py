"""Lanes fold up, dots of channels select touchpoints, points join curves, kinds of cards step back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.canvas.items import DrawingsItem
from app.canvas.painter import Display
from app.layout.drawing import Box, Drawing, Line
from app.model.edits import add_lane, set_fields
from app.model.queries import columns, lanes
from app.model.records import Card, EmotionPoint, Lane
from tests.window.hands import Hands

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def lane(hands: Hands, id: str) -> Lane:
    found = hands.document.store.of(Lane, id)
    assert found is not None
    return found


def sign_of(hands: Hands, lane: str) -> tuple[float, float]:
    """The middle of where a lane's header folds the lane."""
    area = hands.scene.fold_area(lane)
    assert area is not None
    return area.x + area.w / 2, area.y + area.h / 2


def curve_of(hands: Hands) -> str:
    return next(iter(hands.scene.curve_lanes))


def test_a_click_in_the_margin_of_its_header_folds_a_lane_and_unfolds_it(hands: Hands) -> None:
    first, before = hands.layout.rows[0], hands.bytes()
    assert first.h > 15
    hands.click(*sign_of(hands, first.lane))
    assert lane(hands, first.lane).collapsed
    assert hands.layout.row_of[first.lane].h < 10
    assert list(hands.view.selection) == [first.lane]
    assert hands.document.history.undo_label == "Fold lane"
    hands.click(*sign_of(hands, first.lane))
    assert hands.layout.row_of[first.lane].h == first.h
    hands.window.editing.undo()
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_the_sign_shows_where_the_mouse_is(hands: Hands) -> None:
    row, mark = hands.layout.rows[1], hands.scene.fold_mark
    assert mark.area is None
    hands.move(*hands.middle(row.lane))
    assert mark.area == hands.scene.fold_area(row.lane)
    hands.move(*hands.middle(hands.card("Router")))
    assert mark.area is None


def test_a_key_folds_the_lane_of_what_is_selected(hands: Hands) -> None:
    card = hands.document.store.of(Card, hands.card("Router"))
    assert card is not None
    hands.view.selection.select([card.id])
    hands.window.actions_["fold_lane"].trigger()
    assert lane(hands, card.lane).collapsed
    assert list(hands.view.selection) == [card.lane]
    hands.window.actions_["fold_lane"].trigger()
    assert not lane(hands, card.lane).collapsed


def test_nothing_is_written_into_a_folded_lane_and_one_is_told(hands: Hands) -> None:
    row = hands.layout.rows[0]
    with hands.document.edit("Fold") as tx:
        set_fields(tx, [row.lane], collapsed=True)
    before, said = hands.bytes(), list[str]()
    hands.view.cells.said.connect(said.append)
    column = hands.layout.columns[0]
    hands.click(column.x + 10.0, row.y + 3.0)
    hands.key(Qt.Key.Key_Return)
    assert not hands.view.editing.is_active
    assert "folded" in said[-1]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right):
        hands.key(key)
    assert hands.bytes() == before


def test_a_folded_curve_is_gone_from_the_canvas_and_comes_back(hands: Hands) -> None:
    curve = curve_of(hands)
    for is_folded in (True, False):
        with hands.document.edit("Fold") as tx:
            set_fields(tx, [curve], collapsed=is_folded)
        shown = [
            one.placed.id for item in hands.scene.items() if isinstance(item, DrawingsItem) for one in item.showing
        ]
        assert (curve in shown) is not is_folded


def test_a_dot_of_a_channel_selects_its_touchpoints(hands: Hands) -> None:
    with hands.document.edit("Add lane") as tx:
        added = add_lane(tx, "channels", before=lanes(tx.store)[0].id)
    channel = hands.layout.channel_rows(added)[0]
    step = next(s.id for s in columns(hands.document.store) if hands.layout.channel_use.count(channel.channel, s.id))
    column, row = hands.layout.column_of[step], hands.layout.row_of[added]
    hands.click(column.x + column.w / 2, row.y + channel.middle)
    chosen = list(hands.view.selection)
    assert chosen == hands.layout.channel_use.touchpoints(channel.channel, step)
    with hands.document.edit("Change") as tx:
        set_fields(tx, chosen, channel="")
    assert step not in hands.layout.channel_use._used.get(channel.channel, {})


def test_a_key_leaves_a_gap_after_a_point_and_closes_it(hands: Hands) -> None:
    point = hands.scene.curve_lanes[curve_of(hands)].points[0].id
    hands.view.selection.select([point])
    for expected, label in ((True, "Leave gap in curve"), (False, "Close gap in curve")):
        hands.window.actions_["gap_after"].trigger()
        found = hands.document.store.of(EmotionPoint, point)
        assert found is not None
        assert found.unknown_after is expected
        assert hands.document.history.undo_label == label


@pytest.mark.parametrize("measure", [None, "expectation"])
def test_a_point_added_by_the_menu_joins_the_curve_of_the_selected_one(hands: Hands, measure: str | None) -> None:
    point = hands.scene.curve_lanes[curve_of(hands)].points[-1].id
    with hands.document.edit("Change") as tx:
        set_fields(tx, [point], measure=measure)
    hands.view.selection.select([point])
    hands.window.editing.insert("point")
    [added] = hands.view.selection
    old, new = hands.document.store.of(EmotionPoint, point), hands.document.store.of(EmotionPoint, added)
    assert old is not None
    assert new is not None
    assert added != point
    assert (new.persona, new.measure) == (old.persona, measure)


def test_kinds_of_cards_step_back_on_the_canvas_only(hands: Hands) -> None:
    before, card = hands.bytes(), hands.document.store.of(Card, hands.card("Router"))
    assert card is not None
    hands.window.looking.toggle_kind(card.kind)
    dimmed = hands.view.map_filter.dimmed
    assert card.id in dimmed
    assert {one.kind for id in dimmed if (one := hands.document.store.of(Card, id)) is not None} == {card.kind}
    hands.window.looking.show_all_kinds()
    assert hands.view.map_filter.dimmed == frozenset()
    assert hands.bytes() == before


def test_what_is_made_ready_to_paint_is_taken_over_where_it_is_the_same_object() -> None:
    kept, gone, come = Box(0, 0, 1, 1, "#FFFFFF"), Line(0, 0, 1, 1, "#000000"), Line(0, 0, 2, 2, "#000000")
    old = Display(Drawing(1, 1, (kept, gone)))
    new = Display(Drawing(1, 1, (come, kept)), old)
    assert new._marks[1] is old._marks[0]
    assert new._marks[0] not in old._marks
