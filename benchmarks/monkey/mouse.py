"""What the monkey does with the mouse: real events at the window, with the button down over many turns."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.drops import ENTRY_MIME
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from benchmarks.monkey.actor import Actor, Held
from benchmarks.monkey.aims import aim, on_map
from benchmarks.monkey.words import pasted

if TYPE_CHECKING:
    from app.window.window import MainWindow

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE = Qt.MouseButton.NoButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MODIFIERS: Final = (PLAIN,) * 8 + (SHIFT, CONTROL, ALT, SHIFT | CONTROL)
Action = QTest.MouseAction


def keys(chance: Random) -> Qt.KeyboardModifier:
    return chance.choice(MODIFIERS)


def send(window: MainWindow, action: Action, button: Qt.MouseButton, held: Qt.KeyboardModifier, at: QPoint) -> None:
    """To the popup that is open, else to the window, as the system does."""
    popup = QApplication.activePopupWidget()
    target = popup.windowHandle() if popup is not None else window.windowHandle()
    if popup is not None:
        at = popup.mapFromGlobal(window.mapToGlobal(at))
    if target is not None:
        QTest.mouseEvent(action, target, button, held, at)


def press(monkey: Actor) -> None:
    """The button goes down, and stays down."""
    window, chance = monkey.window, monkey.chance
    name, at = aim(window, chance)
    button = MIDDLE if chance.random() < 0.06 else LEFT
    monkey.held = Held(window, button, keys(chance), at)
    monkey.note(f"{name} {at.toTuple()} {button.name}")
    send(window, Action.MousePress, button, monkey.held.keys, at)


def click(monkey: Actor) -> None:
    window, chance = monkey.window, monkey.chance
    name, at = aim(window, chance)
    held = keys(chance)
    monkey.note(f"{name} {at.toTuple()}")
    send(window, Action.MousePress, LEFT, held, at)
    if window in monkey.windows:
        send(window, Action.MouseRelease, LEFT, held, at)


def double(monkey: Actor) -> None:
    window, chance = monkey.window, monkey.chance
    name, at = aim(window, chance)
    monkey.note(f"{name} {at.toTuple()}")
    send(window, Action.MouseDClick, LEFT, PLAIN, at)


def right_click(monkey: Actor) -> None:
    window, chance = monkey.window, monkey.chance
    name, at = aim(window, chance)
    monkey.note(f"{name} {at.toTuple()}")
    send(window, Action.MousePress, RIGHT, PLAIN, at)
    if window in monkey.windows:
        send(window, Action.MouseRelease, RIGHT, PLAIN, at)


def hover(monkey: Actor) -> None:
    window = monkey.window
    name, at = aim(window, monkey.chance)
    monkey.note(f"{name} {at.toTuple()}")
    send(window, Action.MouseMove, NONE, keys(monkey.chance), at)


def wheel(monkey: Actor) -> None:
    window, chance = monkey.window, monkey.chance
    at = monkey.held.at if monkey.held is not None else aim(window, chance)[1]
    held = chance.choice((PLAIN, PLAIN, CONTROL, SHIFT))
    turn = QPoint(chance.choice((0, 0, 120, -45)), chance.choice((120, -120, 15, -240, 960)))
    monkey.note(f"{turn.toTuple()} {held.name}")
    handle = window.windowHandle()
    if handle is not None:
        QTest.wheelEvent(handle, QPointF(at), turn, QPoint(), held)


def drag(monkey: Actor) -> None:
    """From the press to the release in one turn, from something on the map to somewhere else on it."""
    window, chance = monkey.window, monkey.chance
    name, start = on_map(window, chance)
    goal, end = on_map(window, chance)
    held = keys(chance)
    monkey.note(f"{name} {start.toTuple()} to {goal} {end.toTuple()} {held.name}")
    send(window, Action.MousePress, LEFT, held, start)
    for part in (0.1, 0.4, 0.8, 1.0):
        if window in monkey.windows:
            send(window, Action.MouseMove, NONE, held, start + (end - start) * part)
    if window in monkey.windows:
        send(window, Action.MouseRelease, LEFT, held, end)


# With the button down


def move(monkey: Actor) -> None:
    held, chance = monkey.held, monkey.chance
    assert held is not None
    if chance.random() < 0.5:
        name, at = "by", held.at + QPoint(chance.randint(-60, 60), chance.randint(-40, 40))
    else:
        name, at = aim(held.window, chance)
    if chance.random() < 0.1:
        held.keys = keys(chance)
    held.at = at
    monkey.note(f"{name} {at.toTuple()} {held.keys.name}")
    if held.data is not None:
        _carry(held)
    else:
        send(held.window, Action.MouseMove, NONE, held.keys, at)


def release(monkey: Actor) -> None:
    held = monkey.held
    assert held is not None
    monkey.held = None
    if held.data is not None:
        _drop(held)
    else:
        send(held.window, Action.MouseRelease, held.button, held.keys, held.at)


def other_button(monkey: Actor) -> None:
    """A second button while the first is down."""
    held = monkey.held
    assert held is not None
    button = monkey.chance.choice([one for one in (LEFT, MIDDLE, RIGHT) if one is not held.button])
    monkey.note(button.name or "")
    send(held.window, Action.MousePress, button, held.keys, held.at)
    if held.window in monkey.windows:
        send(held.window, Action.MouseRelease, button, held.keys, held.at)


# Drag and drop. The offscreen platform has none, so the drop's events are made here.


def bring(monkey: Actor) -> None:
    """Something is dragged in from outside, or from the palette."""
    chance, window = monkey.chance, monkey.window
    start = chance.choice(("palette", "palette", "palette", "files", "text", "broken"))
    data = QMimeData()
    if start == "palette":
        entries = ["stage", "step", "persona", "point", *(f"lane:{kind}" for kind in LANE_KINDS)]
        entry = chance.choice([*entries, *(f"card:{kind}" for kind in card_kinds())])
        data.setData(ENTRY_MIME, entry.encode())
        monkey.note(entry)
    elif start == "files":
        paths = chance.sample(monkey.answers.files(), k=chance.randint(1, 2))
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        monkey.note(" ".join(path.name for path in paths))
    elif start == "text":
        data.setText(pasted(chance))
    else:
        data.setData(
            ENTRY_MIME, chance.choice((b"", b"card:", b"lane:unheard", b"\xff\xfe:\xff", b"stage:x", b"card:action:x"))
        )
    monkey.held = Held(window, LEFT, PLAIN, on_map(window, chance)[1], data)
    _carry(monkey.held)


def _carry(held: Held) -> None:
    handle, data = held.window.windowHandle(), held.data
    assert data is not None
    if handle is None:
        return
    if not held.is_over:
        QApplication.sendEvent(handle, QDragEnterEvent(held.at, Qt.DropAction.CopyAction, data, LEFT, held.keys))
    held.is_over = True
    QApplication.sendEvent(handle, QDragMoveEvent(held.at, Qt.DropAction.CopyAction, data, LEFT, held.keys))


def _drop(held: Held) -> None:
    handle, data = held.window.windowHandle(), held.data
    assert data is not None
    if handle is not None:
        at = QPointF(held.at)
        QApplication.sendEvent(
            handle, QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, held.keys, QEvent.Type.Drop)
        )


def give_up(held: Held) -> None:
    """The drag from elsewhere ends, as with Esc or when the mouse leaves the window."""
    handle = held.window.windowHandle()
    if held.data is not None and held.is_over and handle is not None:
        held.is_over = False
        QApplication.sendEvent(handle, QDragLeaveEvent())
