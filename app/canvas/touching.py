"""Fingers on a touch screen: two of them move and zoom the map at once, one does what the mouse does.

The events of one finger are left to Qt, or on Windows to the system, which make events of the mouse out of them. A
press made so is kept back until the finger moves, rests or is lifted. It may be the first of two, and those look at the
map: they neither select anything nor end what is being written.
"""

from __future__ import annotations

import sys
from enum import Enum, auto
from math import hypot
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QEventPoint, QGuiApplication, QInputDevice, QMouseEvent, QTouchEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.canvas.zoom import ZoomGesture

STILL: Final = 10.0
"""Pixels that a finger may move and counts as resting, and that two may go apart or together before they zoom."""

CLOSE: Final = 24.0
"""Two fingers that are nearer than so many pixels count as so far apart: the least movement would be a large factor."""

MENUS_BY_SYSTEM: Final = sys.platform == "win32"
"""Windows itself makes the right button out of a finger that is held."""

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.MouseButton.NoButton
TOUCH_SCREEN: Final = QInputDevice.DeviceType.TouchScreen
LEAVING: Final = frozenset({QEvent.Type.WindowDeactivate, QEvent.Type.Hide})
PRESSES: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class Touchable(Protocol):
    """What the fingers ask of the view."""

    def viewport(self) -> QWidget: ...

    def scroll_by(self, dx: float, dy: float) -> None: ...

    def put_back(self) -> None:
        """Puts back what is being dragged, and leaves what is being written."""


class Stage(Enum):
    """What the fingers are at, from the first that goes down to the last that is lifted."""

    ONE = auto()
    SEVERAL = auto()
    OVER = auto()
    """Whatever they still do means nothing."""


class Pair(NamedTuple):
    """Two fingers: which, the middle between them, and how far apart they are; in pixels of the viewport."""

    ids: frozenset[int]
    middle: QPointF
    span: float

    @staticmethod
    def of(points: Sequence[QEventPoint]) -> Pair:
        one, other = (point.position() for point in points)
        between = other - one
        span = max(CLOSE, hypot(between.x(), between.y()))
        return Pair(frozenset(point.id() for point in points), (one + other) / 2, span)


class Fingers(QObject):
    """Hears the events of the touch screen, and those of the mouse that are made of them."""

    def __init__(self, view: Touchable, zooming: ZoomGesture, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._zooming = zooming
        self._stage = Stage.ONE
        self._takes = False
        self._kept: QMouseEvent | None = None
        self._pair: Pair | None = None
        self._now: Pair | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._catch_up)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(QGuiApplication.styleHints().mousePressAndHoldInterval())
        self._hold.timeout.connect(self._ask_for_menu)

    def take(self, event: QEvent) -> bool:
        """True where an event of the viewport is one of fingers, and nobody else is to have it, at least for now."""
        if isinstance(event, QTouchEvent):
            return event.device().type() == TOUCH_SCREEN and self._touch(event)
        if isinstance(event, QMouseEvent):
            return _is_made_by_touch(event) and self._mouse(event)
        if event.type() in LEAVING:
            self.stop()
        return False

    def stop(self) -> None:
        """What the fingers were at is over; new ones begin anew."""
        self._stage = Stage.OVER
        self._keep_nothing()
        self._let_go()

    # Events

    def _touch(self, event: QTouchEvent) -> bool:
        """True where the fingers are taken from the mouse.

        That is decided when the first goes down, for good: Qt must see a button lifted that it has seen go down.
        """
        down = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(len(down))
        if event.type() == QEvent.Type.TouchCancel:
            self._view.put_back()
            self.stop()
        elif self._stage is Stage.ONE and len(down) > 1:
            self._view.put_back()
            self._keep_nothing()
            self._stage = Stage.SEVERAL
        if self._stage is Stage.SEVERAL:
            self._follow(down)
        event.setAccepted(self._takes)
        return self._takes

    def _mouse(self, event: QMouseEvent) -> bool:
        if self._stage is not Stage.ONE:
            return True
        if event.type() in PRESSES and event.button() == LEFT:
            self._keep(event)
            return True
        if self._kept is None:
            return False
        if event.type() == QEvent.Type.MouseMove and _distance(event, self._kept) < STILL:
            return True
        self._hand_on()
        return False

    # One finger

    def _begin(self, fingers: int) -> None:
        self._stage = Stage.ONE
        self._takes = fingers > 1
        self._keep_nothing()
        self._let_go()

    def _keep(self, event: QMouseEvent) -> None:
        self._kept = _plain(event.type(), event, event.button())
        if not MENUS_BY_SYSTEM:
            self._hold.start()

    def _keep_nothing(self) -> None:
        self._kept = None
        self._hold.stop()

    def _hand_on(self) -> None:
        """The finger is alone: the press arrives."""
        kept = self._kept
        self._keep_nothing()
        if kept is not None:
            QCoreApplication.sendEvent(self._view.viewport(), kept)

    def _ask_for_menu(self) -> None:
        """The finger was held: what the right button does."""
        kept, viewport = self._kept, self._view.viewport()
        self.stop()
        if kept is None:
            return
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            QCoreApplication.sendEvent(viewport, _plain(kind, kept, RIGHT))
        at, on_screen = kept.position().toPoint(), kept.globalPosition().toPoint()
        asking = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, on_screen, kept.modifiers())
        QCoreApplication.sendEvent(viewport, asking)

    # Two fingers

    def _follow(self, down: Sequence[QEventPoint]) -> None:
        """X11 tells of each finger by itself: what both have done is looked at when all of it is heard."""
        now = Pair.of(down) if len(down) == 2 else None
        if now is not None and self._pair is not None and now.ids == self._pair.ids:
            self._now = now
            self._soon.start()
        else:
            self._catch_up()
            self._let_go()
            self._pair = now

    def _catch_up(self) -> None:
        self._soon.stop()
        now, self._now = self._now, None
        if now is not None and self._pair is not None:
            self._pair = self._moved(self._pair, now)

    def _moved(self, before: Pair, now: Pair) -> Pair:
        """Moves the map with the fingers; where it is now as they are. While they only move, it stays sharp."""
        if self._zooming.is_active or abs(now.span - before.span) >= STILL:
            self._zooming.carry(before.middle, now.middle, now.span / before.span)
            return now
        by = (before.middle - now.middle).toPoint()
        self._view.scroll_by(by.x(), by.y())
        return before._replace(middle=before.middle - QPointF(by))

    def _let_go(self) -> None:
        self._soon.stop()
        self._now = None
        if self._pair is not None:
            self._pair = None
            self._zooming.settle()


def _is_made_by_touch(event: QMouseEvent) -> bool:
    by_system = event.source() == Qt.MouseEventSource.MouseEventSynthesizedBySystem
    return by_system or event.device().type() == TOUCH_SCREEN


def _plain(kind: QEvent.Type, like: QMouseEvent, button: Qt.MouseButton) -> QMouseEvent:
    """An event as the mouse itself would have it, where another was."""
    buttons = NONE if kind == QEvent.Type.MouseButtonRelease else button
    at, in_window, on_screen = like.position(), like.scenePosition(), like.globalPosition()
    return QMouseEvent(kind, at, in_window, on_screen, button, buttons, like.modifiers())


def _distance(event: QMouseEvent, other: QMouseEvent) -> float:
    way = event.position() - other.position()
    return hypot(way.x(), way.y())
