"""What keys, mouse and fingers do on the map, for those who look it up. The commands of the menus say that themselves.

Each line is held to the keyboard, the mouse and the fingers by tests/canvas/test_hand_keys.py, which does it.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class HandKey(NamedTuple):
    """A line: what it is called in the tests, where it holds, what it does, and how, in one or two ways."""

    id: str
    where: str
    name: str
    keys: tuple[str, ...]


def hand_keys() -> list[HandKey]:
    """All lines, place by place."""
    return [
        *(HandKey(id, _tr("On the map"), name, keys) for id, name, keys in _on_the_map()),
        *(HandKey(id, _tr("While writing"), name, keys) for id, name, keys in _while_writing()),
        *(HandKey(id, _tr("With the mouse"), name, keys) for id, name, keys in _with_the_mouse()),
        *(HandKey(id, _tr("While dragging"), name, keys) for id, name, keys in _while_dragging()),
        *(HandKey(id, _tr("On a touch screen"), name, keys) for id, name, keys in _on_a_touch_screen()),
    ]


Lines = tuple[tuple[str, str, tuple[str, ...]], ...]


def _on_the_map() -> Lines:
    return (
        ("go", _tr("Go to what lies beside"), (_tr("Arrows"),)),
        ("extend", _tr("Select it as well"), (_tr("Shift+arrows"),)),
        ("tab", _tr("Next and previous in reading order"), (_tr("Tab"), _tr("Shift+Tab"))),
        ("ends", _tr("First and last cell"), (_tr("Ctrl+Home"), _tr("Ctrl+End"))),
        ("type", _tr("Write a card in the cell, or the text anew"), (_tr("Just type"),)),
        ("edit", _tr("Edit the text"), (_tr("Enter"),)),
        ("menu", _tr("Menu of what is selected"), (_tr("Menu key"),)),
        ("nothing", _tr("Select nothing"), (_tr("Esc"),)),
    )


def _while_writing() -> Lines:
    return (
        ("keep", _tr("Keep the text; typing on writes the next card"), (_tr("Enter"),)),
        ("next_cell", _tr("Keep the text and go to the next cell"), (_tr("Tab"),)),
        ("line", _tr("New line"), (_tr("Shift+Enter"),)),
        ("cancel", _tr("Leave the text as it was"), (_tr("Esc"),)),
    )


def _with_the_mouse() -> Lines:
    return (
        ("many", _tr("Select one more, or one less"), (_tr("Shift+click"), _tr("Ctrl+click"))),
        ("band", _tr("Select all in a rectangle, from empty ground"), (_tr("Drag"),)),
        ("move", _tr("Move cards, points, stages, steps and lanes"), (_tr("Drag"),)),
        ("copy", _tr("Duplicate cards"), (_tr("Alt+drag"), _tr("Ctrl+drag"))),
        ("link", _tr("Link two cards, from the round handle"), (_tr("Drag"),)),
        ("write", _tr("Edit a text, write in an empty cell"), (_tr("Double click"),)),
        ("point", _tr("Add an emotion point, in its lane"), (_tr("Double click"),)),
        ("resize", _tr("Width of a step, height of a lane, by the header's edge"), (_tr("Drag"),)),
        ("reset", _tr("Usual size again, on the header's edge"), (_tr("Double click"),)),
        ("pan", _tr("Move the sheet"), (_tr("Space+drag"), _tr("Middle button+drag"))),
        ("scroll", _tr("Scroll, and sideways"), (_tr("Wheel"), _tr("Shift+wheel"))),
        ("zoom", _tr("Zoom at the mouse"), (_tr("Ctrl+wheel"),)),
        ("context", _tr("Menu of what is under the mouse"), (_tr("Right click"),)),
    )


def _while_dragging() -> Lines:
    return (
        ("axis", _tr("Keep to one direction"), (_tr("Shift"),)),
        ("free", _tr("Any width, height or place of a point"), (_tr("Alt"),)),
        ("back", _tr("Put everything back"), (_tr("Esc"), _tr("Right button"))),
    )


def _on_a_touch_screen() -> Lines:
    return (
        ("tap", _tr("What the mouse does with its left button"), (_tr("One finger"),)),
        ("pinch", _tr("Move the sheet, and zoom at the fingers"), (_tr("Two fingers"),)),
        ("hold", _tr("Menu of what is under the finger"), (_tr("Hold one finger"),)),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandKeys", text)
