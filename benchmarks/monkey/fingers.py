"""What the monkey does on a touch screen: one finger, two or three, and whatever may come between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.monkey import keyboard, windows
from benchmarks.monkey.actor import Actor
from benchmarks.monkey.aims import aim, on_map
from tests.window.fingers import screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.window.window import MainWindow

BETWEEN: Final[tuple[Callable[[Actor], None], ...]] = (
    keyboard.escape,
    keyboard.undo,
    keyboard.a_key,
    keyboard.write,
    keyboard.shortcut,
    windows.trigger,
    windows.resize,
    windows.window_state,
    windows.other_window,
    windows.close_window,
    windows.focus,
    windows.look,
    windows.slide,
    windows.wait,
)
"""What may happen while fingers are down."""


class Glass:
    """The screen over a window: which fingers are down, and where, in pixels of the window."""

    def __init__(self, window: MainWindow, monkey: Actor) -> None:
        self._window = window
        self._monkey = monkey
        self.down: dict[int, QPoint] = {}

    def press(self, *fingers: int) -> None:
        for finger in fingers:
            self.down[finger] = self._reachable(on_map(self._window, self._monkey.chance)[1])
        self._send(pressed=fingers)

    def press_at(self, at: QPoint) -> None:
        self.down[1] = self._reachable(at)
        self._send(pressed=(1,))

    def move(self, farthest: int) -> None:
        chance = self._monkey.chance
        for finger, at in self.down.items():
            self.down[finger] = at + QPoint(chance.randint(-farthest, farthest), chance.randint(-farthest, farthest))
        self._send()

    def lift(self, *fingers: int) -> None:
        self._send(lifted=fingers)
        for finger in fingers:
            del self.down[finger]

    def cancel(self) -> None:
        """The system has taken the fingers for a palm. The library for tests cannot say that."""
        if self._window in self._monkey.windows and self._window.session is not None:
            viewport = self._window.view.viewport()
            QApplication.sendEvent(viewport, QTouchEvent(QEvent.Type.TouchCancel, screen()))

    def _reachable(self, at: QPoint) -> QPoint:
        """Qt knows no finger beside the screen, on which a window need not have room."""
        there = self._window.screen().geometry()
        on_screen = self._window.mapToGlobal(at)
        x = min(max(on_screen.x(), there.left() + 1), there.right() - 1)
        y = min(max(on_screen.y(), there.top() + 1), there.bottom() - 1)
        return self._window.mapFromGlobal(QPoint(x, y))

    def _send(self, pressed: tuple[int, ...] = (), lifted: tuple[int, ...] = ()) -> None:
        handle = self._window.windowHandle() if self._window in self._monkey.windows else None
        if handle is None or not self.down:
            return
        touch = QTest.touchEvent(handle, screen(), False)
        for finger, at in self.down.items():
            if finger in pressed:
                touch.press(finger, at, handle)
            elif finger in lifted:
                touch.release(finger, at, handle)
            else:
                touch.move(finger, at, handle)
        touch.commit()


def tap(monkey: Actor) -> None:
    """Once or twice, or held until a menu comes."""
    window, chance = monkey.window, monkey.chance
    name, at = aim(window, chance)
    how = chance.choice(("once", "twice", "held"))
    monkey.note(f"{how} {name} {at.toTuple()}")
    glass = Glass(window, monkey)
    for _ in range(2 if how == "twice" else 1):
        glass.press_at(at)
        if how == "held":
            QTest.qWait(QApplication.styleHints().mousePressAndHoldInterval() + 20)
        glass.lift(1)


def swipe(monkey: Actor) -> None:
    """One finger drags something; now and then a second comes to it."""
    window, chance = monkey.window, monkey.chance
    glass = Glass(window, monkey)
    glass.press(1)
    monkey.note(str(glass.down[1].toTuple()))
    for _ in range(chance.randint(1, 4)):
        glass.move(120)
    if chance.random() < 0.4:
        _go_on_with(monkey, glass, (2,))
    _lift_all(monkey, glass)


def pinch(monkey: Actor) -> None:
    """Two or three fingers, at once or one after the other, lifted in any order."""
    window, chance = monkey.window, monkey.chance
    glass = Glass(window, monkey)
    fingers = (1, 2) if chance.random() < 0.8 else (1, 2, 3)
    if chance.random() < 0.3:
        glass.press(*fingers)
        _go_on_with(monkey, glass, ())
    else:
        glass.press(fingers[0])
        _go_on_with(monkey, glass, fingers[1:])
    _lift_all(monkey, glass)


def _go_on_with(monkey: Actor, glass: Glass, more: tuple[int, ...]) -> None:
    chance = monkey.chance
    for finger in more:
        glass.press(finger)
    far = chance.choice((3, 30, 200, 900))
    monkey.note(f"{len(glass.down)} by {far}")
    for _ in range(chance.randint(1, 6)):
        glass.move(far)
    dice = chance.random()
    if dice < 0.15:
        monkey.note("cancelled")
        glass.cancel()
    elif dice < 0.45 and monkey.windows:
        other = chance.choice(BETWEEN)
        monkey.note(other.__name__)
        other(monkey)
    glass.move(far)


def _lift_all(monkey: Actor, glass: Glass) -> None:
    fingers = list(glass.down)
    monkey.chance.shuffle(fingers)
    if monkey.chance.random() < 0.3:
        glass.lift(*fingers)
        return
    for finger in fingers:
        glass.lift(finger)
        glass.move(20)
