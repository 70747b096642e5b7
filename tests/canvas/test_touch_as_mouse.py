"""One finger on a touch screen does what the mouse does, until another comes, or the fingers are taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.canvas import touching
from app.layout.engine import MapLayout
from app.model.records import Card
from tests.canvas.test_gestures import card_of, other_cell
from tests.canvas.touched import NONE, A, B, at_hand, nothing_is_left
from tests.window.fingers import Fingers, screen
from tests.window.hands import LEFT, Hands


def test_one_finger_moves_a_card(hands: Hands, fingers: Fingers) -> None:
    card = at_hand(hands, "Plan page")
    lane, step = other_cell(hands, card.title)
    fingers.drag(hands.pixel(*hands.middle(card.id)), hands.pixel(*hands.cell(lane, step)))
    moved = hands.document.store.of(Card, card.id)
    assert moved is not None
    assert (moved.lane, moved.step) == (lane, step)
    assert hands.document.undo()
    assert hands.document.store[card.id] == card


def test_a_tap_selects_and_two_taps_write(hands: Hands, fingers: Fingers) -> None:
    card = at_hand(hands, "Plan page")
    at = hands.pixel(*hands.middle(card.id))
    fingers.tap(at)
    assert list(hands.view.selection) == [card.id]
    assert not hands.view.editing.is_active
    fingers.tap(at)
    assert hands.view.editing.target == (card.id, "title")


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_a_second_finger_puts_a_dragged_card_back(hands: Hands, fingers: Fingers, order: str) -> None:
    card, before = at_hand(hands, "Plan page"), hands.bytes()
    start, end = hands.pixel(*hands.middle(card.id)), hands.pixel(*hands.cell(*other_cell(hands, card.title)))
    can_undo, zoom = hands.document.history.undo_label, hands.view.zoom
    fingers.drag(start, end, lifts=False)
    assert hands.view.is_dragging
    fingers.press(b=end + QPoint(200, 0))
    assert nothing_is_left(hands)
    assert hands.bytes() == before
    fingers.move(a=end - QPoint(100, 0), b=end + QPoint(300, 0))
    for finger in order:
        fingers.lift(finger)
    assert hands.view.zoom == pytest.approx(2 * zoom)
    assert hands.bytes() == before
    assert hands.document.history.undo_label == can_undo
    assert nothing_is_left(hands)


def test_a_second_finger_puts_a_rubber_band_back(hands: Hands, fingers: Fingers) -> None:
    chosen = hands.card("Plan page")
    hands.view.selection.select([chosen])
    layout = hands.layout
    corner = layout.columns[0].x + 1.0, layout.rows[0].y + layout.rows[0].h - 0.5
    hands.view.bring(QPointF(*corner), QPointF(260, 330), 0.8)
    start = hands.pixel(*corner)
    fingers.drag(start, start + QPoint(500, 300), lifts=False)
    assert hands.view.is_dragging
    assert list(hands.view.selection) != [chosen]
    fingers.press(b=B)
    assert list(hands.view.selection) == [chosen]
    assert nothing_is_left(hands)


def test_two_fingers_select_nothing(hands: Hands, fingers: Fingers) -> None:
    chosen, other = hands.card("Plan page"), at_hand(hands, "Availability check").id
    hands.view.selection.select([chosen])
    at = hands.pixel(*hands.middle(other))
    fingers.pinch((at, at + QPoint(120, 0)), (at, at + QPoint(180, 0)))
    assert list(hands.view.selection) == [chosen]


def test_two_fingers_leave_a_text_that_is_being_written(hands: Hands, fingers: Fingers) -> None:
    id = hands.card("Plan page")
    hands.view.selection.select([id])
    hands.view.setFocus()
    hands.key(Qt.Key.Key_F2)
    QTest.keyClicks(hands.view, " one")
    zoom = hands.view.zoom
    fingers.pinch((A, B), (A - QPoint(100, 0), B + QPoint(100, 0)))
    assert hands.view.zoom != zoom
    assert hands.view.editing.target == (id, "title")
    QTest.keyClicks(hands.view, " two")
    hands.view.editing.commit()
    assert card_of(hands, "Plan page one two").id == id


def test_a_finger_marks_text_and_a_second_leaves_it_marked(hands: Hands, fingers: Fingers) -> None:
    id = at_hand(hands, "Plan page").id
    hands.view.zoom_to(2.0)
    hands.view.bring(QPointF(*hands.middle(id)), QPointF(260, 330), 2.0)
    hands.view.selection.select([id])
    hands.view.setFocus()
    hands.key(Qt.Key.Key_F2)
    rect = hands.view.editing.caret_rect()
    assert rect is not None
    end = hands.pixel(rect.x, rect.y + rect.h / 2)
    fingers.drag(end, end - QPoint(60, 0), lifts=False)
    marked = hands.view.editing.buffer.selected_text
    assert marked
    fingers.press(b=end + QPoint(100, 200))
    fingers.move(a=end - QPoint(20, 0), b=end + QPoint(100, 150))
    fingers.lift("a", "b")
    assert hands.view.editing.buffer.selected_text == marked


def test_a_finger_that_comes_back_to_another_is_no_mouse(hands: Hands, fingers: Fingers) -> None:
    card = at_hand(hands, "Plan page")
    at = hands.pixel(*hands.middle(card.id))
    fingers.press(a=at)
    fingers.press(b=B)
    for _ in range(2):
        fingers.lift("a")
        fingers.press(a=at)
    fingers.lift("a")
    fingers.lift("b")
    assert not list(hands.view.selection)
    assert not hands.view.editing.is_active


def by_system(hands: Hands, kind: QEvent.Type, at: QPoint) -> None:
    """As Windows makes the mouse of a finger, whatever became of the finger's own events."""
    spot, buttons = QPointF(at), NONE if kind == QEvent.Type.MouseButtonRelease else LEFT
    source, keys = Qt.MouseEventSource.MouseEventSynthesizedBySystem, Qt.KeyboardModifier.NoModifier
    in_window = QPointF(hands.view.viewport().mapTo(hands.window, at))
    on_screen = hands.view.viewport().mapToGlobal(spot)
    event = QMouseEvent(kind, spot, in_window, on_screen, LEFT, buttons, keys, source)
    QApplication.sendEvent(hands.view.viewport(), event)


def test_what_the_system_makes_of_fingers_is_heard_where_it_is_one(hands: Hands, fingers: Fingers) -> None:
    card = at_hand(hands, "Plan page")
    at = hands.pixel(*hands.middle(card.id))
    tap = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
    fingers.press(a=A, b=B)
    by_system(hands, tap[0], at)
    fingers.lift("a", "b")
    by_system(hands, tap[1], at)
    for kind in tap:
        by_system(hands, kind, at)
    assert not list(hands.view.selection), "those of two fingers may come late"
    QApplication.sendEvent(hands.view.viewport(), QTouchEvent(QEvent.Type.TouchBegin, screen()))
    for kind in tap:
        by_system(hands, kind, at)
    assert list(hands.view.selection) == [card.id]


# Holding


def held(qtbot: QtBot, fingers: Fingers, at: QPoint) -> QMenu:
    """The menu that comes when a finger is held."""
    fingers.press(a=at)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A finger need not be held for long, and the system makes no menu of that."""
    monkeypatch.setattr(touching, "MENUS_BY_SYSTEM", False)
    hints = QGuiApplication.styleHints()
    before = hints.mousePressAndHoldInterval()
    hints.setMousePressAndHoldInterval(30)
    yield
    hints.setMousePressAndHoldInterval(before)


@pytest.mark.usefixtures("soon")
def test_a_finger_that_is_held_brings_the_menu(hands: Hands, fingers: Fingers, qtbot: QtBot) -> None:
    card = at_hand(hands, "Plan page")
    before = hands.bytes()
    menu = held(qtbot, fingers, hands.pixel(*hands.middle(card.id)))
    assert list(hands.view.selection) == [card.id]
    fingers.lift("a")
    assert menu.isVisible(), "it stays when the finger is lifted"
    menu.close()
    assert hands.bytes() == before
    assert nothing_is_left(hands)
    other = at_hand(hands, "Availability check")
    fingers.tap(hands.pixel(*hands.middle(other.id)))
    assert list(hands.view.selection) == [other.id], "the next finger is heard again"


@pytest.mark.usefixtures("soon")
def test_no_menu_for_fingers_that_look(hands: Hands, fingers: Fingers, qtbot: QtBot) -> None:
    asked: list[object] = []
    hands.view.menu_asked.connect(lambda ask, at: asked.append((ask, at)))
    fingers.press(a=A)
    fingers.press(b=B)
    qtbot.wait(60)
    fingers.lift("a", "b")
    fingers.press(a=A)
    fingers.move(a=A + QPoint(40, 0))
    qtbot.wait(60)
    fingers.lift("a")
    assert asked == []


# What comes between


def cancel(hands: Hands) -> None:
    """The system takes the fingers for a palm."""
    QApplication.sendEvent(hands.view.viewport(), QTouchEvent(QEvent.Type.TouchCancel, screen()))


def deactivate(hands: Hands) -> None:
    QApplication.sendEvent(hands.view.viewport(), QEvent(QEvent.Type.WindowDeactivate))
    hands.view.clearFocus()


@pytest.mark.parametrize("end", [cancel, deactivate])
def test_what_two_fingers_do_ends_cleanly(hands: Hands, fingers: Fingers, end: Callable[[Hands], None]) -> None:
    before = hands.bytes()
    fingers.pinch((A, B), (A - QPoint(100, 0), B + QPoint(100, 0)), lifts=False)
    end(hands)
    assert nothing_is_left(hands)
    zoom = hands.view.zoom
    fingers.move(a=A, b=B)
    fingers.lift("a")
    fingers.lift("b")
    assert hands.view.zoom == zoom
    assert hands.bytes() == before
    fingers.pinch((A, B), (A - QPoint(50, 0), B + QPoint(50, 0)))
    assert hands.view.zoom == pytest.approx(1.5 * zoom), "new fingers begin anew"


@pytest.mark.parametrize("end", [cancel, deactivate])
def test_what_one_finger_drags_is_put_back(hands: Hands, fingers: Fingers, end: Callable[[Hands], None]) -> None:
    card, before = at_hand(hands, "Plan page"), hands.bytes()
    at = hands.pixel(*hands.middle(card.id))
    fingers.drag(at, hands.pixel(*hands.cell(*other_cell(hands, card.title))), lifts=False)
    assert hands.view.is_dragging
    end(hands)
    assert nothing_is_left(hands)
    fingers.move(a=at + QPoint(50, 50))
    fingers.lift("a")
    assert hands.bytes() == before
    assert nothing_is_left(hands)


def test_the_map_may_be_closed_below_the_fingers(hands: Hands, fingers: Fingers) -> None:
    fingers.pinch((A, B), (A - QPoint(100, 0), B + QPoint(100, 0)), lifts=False)
    session = hands.window.session
    assert session is not None
    hands.view.close_map()
    fingers.move(a=A, b=B)
    hands.view.show_map(session.document, MapLayout(session.document))
    zoom = hands.view.zoom
    fingers.move(a=A - QPoint(100, 0), b=B + QPoint(100, 0))
    fingers.lift("a")
    fingers.lift("b")
    assert hands.view.zoom == zoom, "the next map is not theirs"
    assert not hands.view._zooming.is_active


def test_the_window_may_close_below_the_fingers(hands: Hands, fingers: Fingers) -> None:
    fingers.press(a=A, b=B)
    fingers.move(a=A - QPoint(100, 0), b=B + QPoint(100, 0))
    hands.window.close()
    fingers.down.clear()
    QApplication.processEvents()
    assert not hands.view._zooming.is_active


def test_keys_may_come_between(hands: Hands, fingers: Fingers) -> None:
    before = hands.bytes()
    fingers.pinch((A, B), (A - QPoint(60, 0), B), lifts=False)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Right, Qt.Key.Key_Space):
        hands.key(key)
        fingers.move(a=A - QPoint(90, 0), b=B + QPoint(20, 0))
        fingers.move(a=A, b=B)
    fingers.lift("a", "b")
    assert hands.bytes() == before
    assert nothing_is_left(hands)


def test_the_mouse_works_as_ever_beside_it(hands: Hands, fingers: Fingers) -> None:
    fingers.pinch((A, B), (A - QPoint(20, 0), B))
    card = at_hand(hands, "Plan page")
    lane, step = other_cell(hands, card.title)
    hands.drag(hands.middle(card.id), hands.cell(lane, step))
    moved = hands.document.store.of(Card, card.id)
    assert moved is not None
    assert (moved.lane, moved.step) == (lane, step)
