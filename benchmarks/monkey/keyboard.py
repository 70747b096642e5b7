"""What the monkey does with the keyboard, the clipboard and input methods."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.canvas.view import MapView
from benchmarks.monkey.actor import Actor
from benchmarks.monkey.mouse import ALT, CONTROL, PLAIN, SHIFT, give_up
from benchmarks.monkey.words import pasted, typed

Key = Qt.Key
PLAIN_KEYS: Final = (
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down) * 3,
    *(Key.Key_Return, Key.Key_Tab, Key.Key_Escape) * 3,
    *(Key.Key_Backtab, Key.Key_Enter, Key.Key_Backspace, Key.Key_Delete, Key.Key_Home, Key.Key_End),
    *(Key.Key_F2, Key.Key_F6, Key.Key_Space, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Menu, Key.Key_Insert),
)
HELD: Final = (PLAIN,) * 8 + (SHIFT, SHIFT, CONTROL, ALT, CONTROL | SHIFT, CONTROL | ALT)
EDITING: Final = (Key.Key_A, Key.Key_C, Key.Key_X, Key.Key_V, Key.Key_Z, Key.Key_Y, Key.Key_Z)
MODIFIER_KEYS: Final = (Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Space)
FINDING: Final = (
    *((Key.Key_Return, PLAIN), (Key.Key_Return, SHIFT), (Key.Key_F3, PLAIN), (Key.Key_F3, SHIFT)),
    *((Key.Key_Escape, PLAIN), (Key.Key_Tab, PLAIN), (Key.Key_F, CONTROL)),
)
CLOSES: Final = ("quit", "close")
"""Actions that are seldom enough by themselves."""


def press(monkey: Actor, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    """To whatever has the keyboard, shortcuts first."""
    handle = monkey.window.windowHandle()
    if handle is not None:
        QTest.keyClick(handle, key, held)


def a_key(monkey: Actor) -> None:
    key, held = monkey.chance.choice(PLAIN_KEYS), monkey.chance.choice(HELD)
    monkey.note(f"{held.name} {key.name}")
    press(monkey, key, held)


def keys_in_a_row(monkey: Actor) -> None:
    for _ in range(monkey.chance.randint(2, 6)):
        if monkey.windows:
            a_key(monkey)


def editing_key(monkey: Actor) -> None:
    """What every text field knows: Ctrl+A, C, X, V, Z, Y."""
    key = monkey.chance.choice(EDITING)
    monkey.note(key.name or "")
    press(monkey, key, CONTROL)


def write(monkey: Actor) -> None:
    """A word, letter by letter."""
    text = typed(monkey.chance)
    monkey.note(ascii(text))
    for char in text:
        _char(monkey, char)


def write_and_keep(monkey: Actor) -> None:
    write(monkey)
    press(monkey, monkey.chance.choice((Key.Key_Return, Key.Key_Tab, Key.Key_Return, Key.Key_Escape)))


def _char(monkey: Actor, char: str) -> None:
    focus = QApplication.activePopupWidget() or QApplication.focusWidget() or monkey.window
    key = Key.Key_Space if char == " " else ord(char.upper()) if char.isascii() else 0
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(focus, QKeyEvent(kind, key, PLAIN, char))


def find(monkey: Actor) -> None:
    """Searches the map: opens the bar or comes back to it, writes something or not, and goes on from hit to hit."""
    words = monkey.chance.choice(("", "e", "in", typed(monkey.chance)))
    monkey.note(ascii(words))
    press(monkey, Key.Key_F, CONTROL)
    for char in words:
        _char(monkey, char)
    for _ in range(monkey.chance.randint(0, 4)):
        press(monkey, *monkey.chance.choice(FINDING))


def compose(monkey: Actor) -> None:
    """An input method: something is composed, composed anew, and kept or given up."""
    chance = monkey.chance
    monkey.note("")
    for _ in range(chance.randint(1, 3)):
        focus = QApplication.focusWidget() or monkey.window
        event = QInputMethodEvent(chance.choice(("", "に", "にほ", "日本", "한", "ทำ")), [])
        if chance.random() < 0.4:
            # Qt's own fields warn of what is to be replaced and is not there.
            replaced = (
                chance.choice(((0, 0), (-1, 1), (-2, 1), (0, 2), (-9, 9))) if isinstance(focus, MapView) else (0, 0)
            )
            event.setCommitString(typed(chance), *replaced)
        QApplication.sendEvent(focus, event)


def shortcut(monkey: Actor) -> None:
    """The keys of some action."""
    actions = [
        action
        for action in monkey.window.findChildren(QAction)
        if not action.shortcut().isEmpty() and (action.objectName() not in CLOSES or monkey.chance.random() < 0.1)
    ]
    if not actions:
        return
    action = monkey.chance.choice(actions)
    combination = monkey.chance.choice(action.shortcuts())[0]  # type: ignore[index]
    monkey.note(action.objectName())
    press(monkey, combination.key(), combination.keyboardModifiers())


def copy(monkey: Actor) -> None:
    """Somebody puts something into the clipboard, now and then a picture, or a text with nothing but its formatting."""
    if monkey.chance.random() < 0.1:
        picture = QImage(monkey.chance.randint(1, 400), 120, QImage.Format.Format_RGB32)
        picture.fill(monkey.chance.getrandbits(24))
        monkey.note("a picture")
        QGuiApplication.clipboard().setImage(picture)
        return
    text = pasted(monkey.chance)
    monkey.note(ascii(text[:40]))
    if monkey.chance.random() < 0.2:
        data = QMimeData()
        data.setHtml(f"<table><tr><td>{text}</td><td><p>{text}</p></td></tr></table>{text}")
        QGuiApplication.clipboard().setMimeData(data)
    else:
        QGuiApplication.clipboard().setText(text)


def paste(monkey: Actor) -> None:
    copy(monkey)
    press(monkey, Key.Key_V, CONTROL)


# In the middle of a drag


def escape(monkey: Actor) -> None:
    held = monkey.held
    monkey.note("")
    if held is not None and held.data is not None:
        give_up(held)
        monkey.held = None
    else:
        press(monkey, Key.Key_Escape)


def undo(monkey: Actor) -> None:
    monkey.note("")
    press(monkey, monkey.chance.choice((Key.Key_Z, Key.Key_Z, Key.Key_Y)), CONTROL)


def modifier(monkey: Actor) -> None:
    """A modifier goes down, and perhaps up again, while the mouse stays."""
    key, handle = monkey.chance.choice(MODIFIER_KEYS), monkey.window.windowHandle()
    monkey.note(key.name or "")
    if handle is not None:
        QTest.keyPress(handle, key)
        if monkey.chance.random() < 0.8:
            QTest.keyRelease(handle, key)


# In a popup


def in_popup(monkey: Actor) -> None:
    key = monkey.chance.choice(
        (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Right, Key.Key_Return, Key.Key_Escape, Key.Key_D)
    )
    monkey.note(key.name or "")
    press(monkey, key)
