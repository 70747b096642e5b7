"""What the monkey may do, and how often, by what is open and what is held."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks.monkey import fingers, keyboard, mouse, windows
from benchmarks.monkey.actor import Actor

Act = Callable[[Actor], None]

FREE: Final[dict[Act, int]] = {
    mouse.press: 14,
    mouse.drag: 14,
    mouse.click: 14,
    mouse.double: 5,
    mouse.right_click: 4,
    mouse.hover: 4,
    mouse.wheel: 4,
    mouse.bring: 6,
    fingers.tap: 6,
    fingers.swipe: 5,
    fingers.pinch: 6,
    keyboard.a_key: 10,
    keyboard.keys_in_a_row: 4,
    keyboard.editing_key: 4,
    keyboard.write: 6,
    keyboard.write_and_keep: 8,
    keyboard.compose: 2,
    keyboard.shortcut: 8,
    keyboard.find: 3,
    keyboard.copy: 1,
    keyboard.paste: 2,
    windows.trigger: 8,
    windows.menu_bar: 2,
    windows.open_file: 1,
    windows.touch_file: 1,
    windows.resize: 1,
    windows.move_window: 1,
    windows.window_state: 1,
    windows.other_window: 2,
    windows.close_window: 1,
    windows.look: 1,
    windows.focus: 3,
    windows.slide: 2,
    windows.wait: 2,
}
HOLDING: Final[dict[Act, int]] = {
    mouse.move: 60,
    mouse.release: 20,
    mouse.other_button: 3,
    mouse.wheel: 3,
    fingers.pinch: 2,
    keyboard.escape: 5,
    keyboard.undo: 3,
    keyboard.modifier: 4,
    keyboard.a_key: 2,
    keyboard.write: 2,
    keyboard.compose: 1,
    keyboard.shortcut: 2,
    keyboard.paste: 1,
    windows.trigger: 2,
    windows.open_file: 1,
    windows.resize: 1,
    windows.window_state: 1,
    windows.other_window: 1,
    windows.close_window: 1,
    windows.focus: 2,
    windows.look: 1,
    windows.slide: 1,
    windows.wait: 4,
}
CARRYING: Final[dict[Act, int]] = {
    mouse.move: 60,
    mouse.release: 20,
    keyboard.escape: 6,
    keyboard.undo: 2,
    keyboard.modifier: 4,
    keyboard.write: 1,
    windows.open_file: 1,
    windows.resize: 1,
    windows.look: 1,
    windows.slide: 1,
    windows.wait: 4,
}
"""While something is dragged in from elsewhere. The window must not go meanwhile: Qt would still hold on to it."""

IN_POPUP: Final[dict[Act, int]] = {
    windows.popup_click: 8,
    fingers.tap: 1,
    fingers.pinch: 1,
    keyboard.in_popup: 16,
    mouse.click: 2,
    keyboard.write: 1,
    windows.resize: 1,
    windows.close_window: 1,
    windows.other_window: 1,
    windows.wait: 1,
}
"""While a menu is open: it takes the mouse and the keyboard."""

IN_DIALOG: Final[dict[Act, int]] = {
    windows.dialog_click: 12,
    windows.dialog_key: 12,
    fingers.tap: 1,
    fingers.pinch: 1,
    windows.wait: 3,
    mouse.click: 2,
    mouse.wheel: 1,
    keyboard.write: 1,
    keyboard.shortcut: 1,
    windows.look: 1,
    windows.resize: 1,
    windows.close_window: 1,
    windows.other_window: 1,
    windows.open_file: 1,
}
"""While a dialog waits for an answer."""
