"""Emotion points: a double click adds one, a drag is drawn to the middle of steps and cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.layout.grid import CurveLane
from app.layout.lookup import column_at
from app.model.edits import span_card
from app.model.queries import personas
from app.model.records import EmotionPoint
from tests.window.hands import Hands

ALT = Qt.KeyboardModifier.AltModifier


def curve(hands: Hands) -> CurveLane:
    return next(iter(hands.scene.curve_lanes.values()))


def point(hands: Hands, id: str) -> EmotionPoint:
    found = hands.document.store.of(EmotionPoint, id)
    assert found is not None
    return found


def test_a_double_click_adds_a_point_to_the_nearest_curve(hands: Hands) -> None:
    before = hands.bytes()
    owners = [persona.id for persona in personas(hands.document.store)]
    for owner in owners:
        felt = [mark for mark in curve(hands).points if point(hands, mark.id).measure is None]
        marks = [mark for mark in felt if point(hands, mark.id).persona == owner]
        low = max(marks, key=lambda mark: mark.y if owner == owners[0] else -mark.y)
        y = low.y + (4.0 if owner == owners[0] else -4.0)
        hands.double_click(low.x + 9.0, y)
        [added] = hands.view.selection
        assert point(hands, added).persona == owner
        assert hands.document.history.undo_label == "Add emotion point"
        hands.window.editing.undo()
    assert hands.bytes() == before


def test_a_double_click_near_the_middle_of_a_step_is_in_the_middle(hands: Hands) -> None:
    column = hands.layout.columns[4]
    hands.double_click(column.x + column.w / 2 + 1.5, curve(hands).rect.y + 40.0)
    [added] = hands.view.selection
    assert (point(hands, added).step, point(hands, added).at) == (column.step, 0.5)


def test_a_double_click_elsewhere_adds_nothing(hands: Hands) -> None:
    before = hands.bytes()
    hands.double_click(*hands.middle(hands.card("Router")))
    hands.double_click(hands.layout.size[0] / 3, 3.0)
    hands.double_click(*hands.cell(hands.layout.rows[0].lane, hands.layout.columns[1].step))
    hands.view.cancel()  # a text, or a new card, was about to be written
    assert hands.bytes() == before


def test_a_dragged_point_is_drawn_to_the_middle_unless_alt_is_held(hands: Hands) -> None:
    mark = curve(hands).points[0]
    column = hands.layout.column_of[point(hands, mark.id).step]
    middle = column.x + column.w / 2
    hands.drag((mark.x, mark.y), (middle + 9.0, mark.y - 3.0))
    assert point(hands, mark.id).at > 0.6
    mark = next(one for one in curve(hands).points if one.id == mark.id)
    hands.hold((mark.x, mark.y), (middle + 1.3, mark.y))
    assert hands.scene.sketch._ends is not None, "a line shows the middle"
    hands.release(middle + 1.3, mark.y)
    assert point(hands, mark.id).at == 0.5
    assert hands.scene.sketch._ends is None
    mark = next(one for one in curve(hands).points if one.id == mark.id)
    hands.drag((mark.x, mark.y), (middle + 1.3, mark.y - 4.0), ALT)
    assert 0.51 < point(hands, mark.id).at < 0.56


def test_a_point_is_drawn_to_the_middle_of_a_card_over_several_steps(hands: Hands) -> None:
    card = hands.card("Router")
    first, second = hands.layout.columns[:2]
    with hands.document.edit("Span") as tx:
        span_card(tx, card, second.step)
    middle = hands.middle(card)[0]
    assert middle == pytest.approx(second.x, abs=0.1)
    hands.double_click(middle + 1.0, curve(hands).rect.y + 45.0)
    [added] = hands.view.selection
    assert point(hands, added).at in {0.0, 1.0}
    assert point(hands, added).step in {first.step, second.step}


def test_moves_by_keys_one_after_the_other_are_one_step(hands: Hands) -> None:
    before = hands.bytes()
    first, second = (mark.id for mark in curve(hands).points[:2])
    value = point(hands, first).value
    hands.view.setFocus()
    hands.view.selection.select([first])
    for _ in range(3):
        hands.window.actions_["move_down"].trigger()
    hands.window.actions_["move_right"].trigger()
    assert point(hands, first).value == pytest.approx(value - 0.3)
    after_first = hands.bytes()
    hands.view.selection.select([second])
    hands.window.actions_["move_down"].trigger()
    hands.window.editing.undo()
    assert hands.bytes() == after_first, "another point is another step"
    hands.window.editing.undo()
    assert hands.bytes() == before


def test_after_a_save_a_move_by_keys_is_a_new_step(hands: Hands) -> None:
    first = curve(hands).points[0].id
    hands.view.setFocus()
    hands.view.selection.select([first])
    hands.window.actions_["move_down"].trigger()
    hands.window.save()
    saved = hands.bytes()
    hands.window.actions_["move_down"].trigger()
    hands.window.editing.undo()
    assert hands.bytes() == saved
    assert not hands.window.isWindowModified()


def test_a_click_on_a_name_in_the_legend_selects_the_persona(hands: Hands) -> None:
    for id, area in curve(hands).names:
        hands.click(area.x + area.w / 2, area.y + area.h / 2)
        assert list(hands.view.selection) == [id]


def test_the_label_typed_after_the_double_click_joins_the_step_that_made_the_point(hands: Hands) -> None:
    before, column = hands.bytes(), hands.layout.columns[4]
    hands.double_click(column.x + column.w / 2, curve(hands).rect.y + 40.0)
    [added] = hands.view.selection
    QTest.keyClicks(hands.view, "Relieved")
    hands.key(Qt.Key.Key_Return)
    assert point(hands, added).label == "Relieved"
    hands.window.editing.undo()
    assert hands.bytes() == before
    assert hands.document.history.undo_label is None
    hands.window.editing.redo()
    assert point(hands, added).label == "Relieved"


def test_esc_takes_back_the_point_of_a_double_click(hands: Hands) -> None:
    before, column = hands.bytes(), hands.layout.columns[4]
    hands.double_click(column.x + column.w / 2, curve(hands).rect.y + 40.0)
    hands.key(Qt.Key.Key_Escape)
    assert hands.bytes() == before


def test_a_point_dragged_past_the_corner_of_its_lane_is_in_the_corner(hands: Hands) -> None:
    first, area = curve(hands).points[0], curve(hands).rect
    hands.drag((first.x, first.y), (hands.layout.head.x - 12.0, area.y - 9.0), ALT)
    moved = point(hands, first.id)
    assert (moved.step, moved.at, moved.value) == (hands.layout.columns[0].step, 0.0, 2.0)


def test_a_point_dragged_over_a_shifted_header_stays_where_the_mouse_is(hands: Hands) -> None:
    """Not in a step that lies out of view."""
    hands.view.resize(700, 500)
    column = hands.layout.columns[6]
    mark = next(mark for mark in curve(hands).points if point(hands, mark.id).step == column.step)
    hands.view.horizontalScrollBar().setValue(hands.view.horizontalScrollBar().maximum() // 2)
    hands.view.centerOn(mark.x, mark.y)
    QApplication.processEvents()
    edge = hands.view.to_sheet(QPointF(60.0, 0.0)).x()
    assert hands.layout.column_of[column.step].x > edge > hands.layout.columns[1].x, "scrolled away from the first"
    hands.drag((mark.x, mark.y), (edge, mark.y), ALT)
    at = column_at(hands.layout, edge)
    assert at is not None
    assert point(hands, mark.id).step == at.step
