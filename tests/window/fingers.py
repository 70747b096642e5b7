"""Fingers for the tests: real events of a touch screen, of which Qt makes those of the mouse as it does for users."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@cache
def screen() -> QPointingDevice:
    """A touch screen; Qt knows it to the end of the process."""
    return QTest.createTouchDevice()


Places = dict[int, QPoint]


class Fingers:
    """Fingers by number on a widget; places are pixels of it. Those that are not named stay where they are.

    The first must go down on the screen, which is 800 pixels wide and high where there is none.
    """

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        self.down: Places = {}

    def press(self, **places: QPoint) -> None:
        self._do(pressed=_numbered(places))

    def move(self, **places: QPoint) -> None:
        self._do(moved=_numbered(places))

    def move_one_by_one(self, **places: QPoint) -> None:
        """As X11 tells it: an event for each finger, and all of them before anything else happens."""
        for name, at in places.items():
            self._do(moved=_numbered({name: at}), waits=False)
        QApplication.processEvents()

    def lift(self, *names: str) -> None:
        self._do(lifted=[_number(name) for name in names])

    def tap(self, at: QPoint) -> None:
        self.press(a=at)
        self.lift("a")

    def drag(self, start: QPoint, end: QPoint, *, lifts: bool = True) -> None:
        self.press(a=start)
        for part in (0.1, 0.4, 0.8, 1.0):
            self.move(a=between(start, end, part))
        if lifts:
            self.lift("a")

    def pinch(self, starts: tuple[QPoint, QPoint], ends: tuple[QPoint, QPoint], *, lifts: bool = True) -> None:
        """Two fingers, one shortly after the other."""
        self.press(a=starts[0])
        self.press(b=starts[1])
        for part in (0.2, 0.4, 0.6, 0.8, 1.0):
            self.move(a=between(starts[0], ends[0], part), b=between(starts[1], ends[1], part))
        if lifts:
            self.lift("a")
            self.lift("b")

    def _do(
        self,
        pressed: Places | None = None,
        moved: Places | None = None,
        lifted: list[int] | None = None,
        *,
        waits: bool = True,
    ) -> None:
        pressed, moved, lifted = pressed or {}, moved or {}, lifted or []
        self.down |= pressed | moved
        touch = QTest.touchEvent(self.widget, screen(), False)
        for finger, at in self.down.items():
            if finger in pressed:
                touch.press(finger, at, self.widget)
            elif finger in lifted:
                touch.release(finger, at, self.widget)
            else:
                touch.move(finger, at, self.widget)
        for finger in lifted:
            del self.down[finger]
        touch.commit(waits)


def between(start: QPoint, end: QPoint, part: float) -> QPoint:
    return (QPointF(start) + QPointF(end - start) * part).toPoint()


def _number(name: str) -> int:
    return ord(name) - ord("a") + 1


def _numbered(places: dict[str, QPoint]) -> Places:
    return {_number(name): at for name, at in places.items()}
