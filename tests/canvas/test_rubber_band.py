"""The rubber band: what it touches is selected, and Esc gives back what was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.layout import lookup
from app.layout.drawing import Rect
from tests.window.hands import Hands

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Ends = tuple[tuple[float, float], tuple[float, float]]


def around(hands: Hands, *titles: str) -> Ends:
    """A band around cards, from the empty ground between two columns."""
    rects = [hands.rect(hands.card(title)) for title in titles]
    left, top = min(rect.x for rect in rects) - 1.0, min(rect.y for rect in rects) - 1.0
    return (left, top), (max(rect.right for rect in rects), max(rect.bottom for rect in rects))


def touched(hands: Hands, ends: Ends) -> set[str]:
    (x1, y1), (x2, y2) = ends
    area = Rect(x1, y1, x2 - x1, y2 - y1)
    return {*lookup.cards_in(hands.layout, area), *lookup.points_in(hands.layout, area)}


def test_what_the_band_touches_is_selected_while_one_drags(hands: Hands) -> None:
    ends = around(hands, "Plan page", "Sales hotline")
    hands.hold(*ends)
    expected = touched(hands, ends)
    assert {hands.card("Plan page"), hands.card("Sales hotline")} <= expected
    assert hands.view.selection.ids == expected
    hands.view.viewport().grab()
    hands.release(*ends[1])
    assert hands.view.selection.ids == expected
    assert not hands.view.is_dragging
    assert hands.document.history.undo_label is None


def test_the_band_takes_points_too(hands: Hands) -> None:
    mark = next(iter(hands.scene.curve_lanes.values())).points[0]
    hands.drag((mark.x - 6.0, mark.y - 6.0), (mark.x + 1.0, mark.y + 1.0))
    assert mark.id in hands.view.selection


def test_shift_adds_and_control_turns_round(hands: Hands) -> None:
    first, ends = hands.card("Router"), around(hands, "Plan page", "Sales hotline")
    hands.view.selection.select([first])
    hands.drag(*ends, SHIFT)
    assert hands.view.selection.ids == touched(hands, ends) | {first}
    hands.view.selection.select([first, hands.card("Plan page")])
    hands.drag(*ends, CONTROL)
    assert hands.view.selection.ids == touched(hands, ends) - {hands.card("Plan page")} | {first}


def test_a_band_over_nothing_selects_nothing(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    x = hands.layout.size[0] - 30.0
    hands.drag((x, 2.0), (x + 5.0, 5.0))
    assert not len(hands.view.selection)


def test_escape_gives_the_selection_back(hands: Hands) -> None:
    hands.view.selection.select([hands.card("Router")])
    hands.hold(*around(hands, "Plan page"))
    assert hands.card("Plan page") in hands.view.selection
    hands.key(Qt.Key.Key_Escape)
    assert hands.view.selection.ids == {hands.card("Router")}
    assert hands.view.selection.current == hands.card("Router")


def test_the_band_scrolls_at_the_edge(hands: Hands, qtbot: QtBot) -> None:
    hands.view.zoom_to(2.0)
    hands.view.reveal(hands.rect(hands.card("Plan page")))
    bar = hands.view.verticalScrollBar()
    before = bar.value()
    (x, y), _ = around(hands, "Plan page")
    hands.press(x, y)
    foot = hands.view.to_sheet(hands.view.viewport().rect().bottomRight().toPointF())
    hands.move(x + 5.0, foot.y() - 8.0)
    hands.move(x + 5.0, foot.y() - 1.0)
    qtbot.waitUntil(lambda: bar.value() > before)
    hands.key(Qt.Key.Key_Escape)
