"""Two fingers on a touch screen move and zoom the map."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF
from pytestqt.qtbot import QtBot

from app.canvas.looking_view import LookingView
from app.canvas.zoom import MOST
from app.layout.engine import MapLayout
from tests.canvas.touched import MIDDLE, A, B, nothing_is_left
from tests.window.fingers import Fingers
from tests.window.hands import Hands


@pytest.mark.parametrize("by", [QPoint(-120, -90), QPoint(75, 33), QPoint(-3, 2)])
def test_two_fingers_move_the_map(hands: Hands, fingers: Fingers, by: QPoint) -> None:
    place, zoom = hands.view.to_sheet(MIDDLE), hands.view.zoom
    fingers.pinch((A, B), (A + by, B + by))
    now = hands.view.viewportTransform().map(place)
    assert (now - MIDDLE - QPointF(by)).manhattanLength() <= 1.5
    assert hands.view.zoom == zoom
    assert nothing_is_left(hands)


def test_the_map_is_sharp_while_it_is_only_moved(hands: Hands, fingers: Fingers) -> None:
    fingers.pinch((A, B), (A + QPoint(-90, 0), B + QPoint(-88, 0)), lifts=False)
    assert not hands.view._zooming.is_active


def test_fingers_that_are_told_of_one_by_one_move_it_too(hands: Hands, fingers: Fingers) -> None:
    place, by = hands.view.to_sheet(MIDDLE), QPoint(0, 0)
    fingers.press(a=A)
    fingers.press(b=B)
    for _ in range(6):
        by += QPoint(-40, 10)
        fingers.move_one_by_one(a=A + by, b=B + by)
        assert not hands.view._zooming.is_active, "no finger has gone ahead of the other"
    assert (hands.view.viewportTransform().map(place) - MIDDLE - QPointF(by)).manhattanLength() <= 1.5
    fingers.lift("a", "b")


@pytest.mark.parametrize("factor", [2.0, 0.5, 1.3])
def test_fingers_that_go_apart_zoom_about_the_point_between_them(hands: Hands, fingers: Fingers, factor: float) -> None:
    place, zoom = hands.view.to_sheet(MIDDLE), hands.view.zoom
    away = QPoint(round(100 * factor), 0)
    middle = MIDDLE.toPoint()
    fingers.pinch((A, B), (middle - away, middle + away))
    assert hands.view.zoom == pytest.approx(zoom * factor)
    assert (hands.view.viewportTransform().map(place) - MIDDLE).manhattanLength() <= 2
    assert nothing_is_left(hands)


def test_they_move_and_zoom_at_once(hands: Hands, fingers: Fingers) -> None:
    """What lay below each finger lies below it still."""
    places, zoom = [hands.view.to_sheet(QPointF(at)) for at in (A, B)], hands.view.zoom
    ends = QPoint(420, 330), QPoint(820, 330)
    fingers.pinch((A, B), ends, lifts=False)
    assert hands.view._zooming.is_active, "it is the smooth way"
    assert hands.view._zooming.zoom == pytest.approx(2 * zoom)
    fingers.lift("b")
    fingers.lift("a")
    assert hands.view.zoom == pytest.approx(2 * zoom)
    for place, end in zip(places, ends, strict=True):
        assert (hands.view.viewportTransform().map(place) - QPointF(end)).manhattanLength() <= 2


def test_both_may_go_down_and_be_lifted_at_once(hands: Hands, fingers: Fingers) -> None:
    zoom = hands.view.zoom
    fingers.press(a=A, b=B)
    fingers.move(a=A - QPoint(100, 0), b=B + QPoint(100, 0))
    fingers.lift("a", "b")
    assert hands.view.zoom == pytest.approx(2 * zoom)
    assert nothing_is_left(hands)


@pytest.mark.parametrize(("first", "second"), ["ab", "ba"])
def test_one_that_stays_down_does_nothing_more(hands: Hands, fingers: Fingers, first: str, second: str) -> None:
    before, selected = hands.bytes(), list(hands.view.selection)
    fingers.pinch((A, B), (A - QPoint(40, 0), B), lifts=False)
    fingers.lift(first)
    zoom, place = hands.view.zoom, hands.view.to_sheet(MIDDLE)
    fingers.move(**{second: A + QPoint(150, 120)})
    fingers.lift(second)
    assert hands.view.zoom == zoom
    assert hands.view.to_sheet(MIDDLE) == place
    assert hands.bytes() == before
    assert list(hands.view.selection) == selected
    assert nothing_is_left(hands)


def test_it_stops_at_the_limits_and_turns_round_at_once(hands: Hands, fingers: Fingers) -> None:
    hands.view.zoom_to(MOST / 1.5)
    middle = MIDDLE.toPoint()
    fingers.pinch((A, B), (middle - QPoint(400, 0), middle + QPoint(400, 0)), lifts=False)
    assert hands.view._zooming.zoom == pytest.approx(MOST)
    fingers.move(a=middle - QPoint(200, 0), b=middle + QPoint(200, 0))
    assert hands.view._zooming.zoom == pytest.approx(MOST / 2)
    for _ in range(12):
        fingers.move(a=middle - QPoint(400, 0), b=middle + QPoint(400, 0))
        fingers.move(a=middle - QPoint(2, 0), b=middle + QPoint(2, 0))
    fingers.lift("a", "b")
    assert hands.view.least_zoom <= hands.view.zoom <= MOST


def test_the_map_does_not_leave_the_view(hands: Hands, fingers: Fingers) -> None:
    """While one pinches it is where it will be afterwards."""
    for _ in range(20):
        fingers.pinch((QPoint(480, 400), QPoint(580, 400)), (QPoint(-200, 400), QPoint(-30, 400)), lifts=False)
        assert hands.view._zooming.is_active
        shown = hands.view._zooming._sheet()
        assert shown.right() >= 20.0
        fingers.lift("a", "b")
        assert (hands.view.sheet_in_view().topLeft() - shown.topLeft()).manhattanLength() <= 2


def test_they_may_leave_the_window(hands: Hands, fingers: Fingers) -> None:
    zoom = hands.view.zoom
    fingers.pinch((A, B), (QPoint(-1000, 400), QPoint(2200, 400)))
    assert hands.view.zoom == pytest.approx(min(MOST, 16 * zoom))
    assert nothing_is_left(hands)


def test_three_fingers_do_nothing(hands: Hands, fingers: Fingers) -> None:
    zoom, place = hands.view.zoom, hands.view.to_sheet(MIDDLE)
    fingers.press(a=A)
    fingers.press(b=B)
    fingers.press(c=QPoint(600, 600))
    fingers.move(a=A - QPoint(150, 0), b=B + QPoint(150, 30), c=QPoint(600, 700))
    assert (hands.view.zoom, hands.view.to_sheet(MIDDLE)) == (zoom, place)
    fingers.lift("c")
    assert (hands.view.zoom, hands.view.to_sheet(MIDDLE)) == (zoom, place)
    fingers.move(a=A - QPoint(150, 0), b=B + QPoint(150, 30) + QPoint(0, 40))
    fingers.lift("a", "b")
    assert nothing_is_left(hands)


def test_a_map_that_is_compared_is_pinched_too(hands: Hands, qtbot: QtBot) -> None:
    view = LookingView()
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show_map(hands.document, MapLayout(hands.document))
    view.show()
    qtbot.waitActive(view)
    picked: list[str] = []
    view.picked.connect(picked.append)
    fingers, place, zoom = Fingers(view.viewport()), view.to_sheet(MIDDLE), view.zoom
    fingers.pinch((A, B), (A - QPoint(100, 0), B + QPoint(100, 0)))
    assert view.zoom == pytest.approx(2 * zoom)
    assert (view.viewportTransform().map(place) - MIDDLE).manhattanLength() <= 2
    assert picked == []
    fingers.drag(A, A + QPoint(60, 60), lifts=False)
    fingers.press(b=B)
    fingers.lift("a", "b")
    assert picked == []
    fingers.tap(A)
    assert len(picked) == 1
    view.close_map()
