"""The keys of a text that is being edited, as every text field of the platform has them."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QKeyEvent

    from app.canvas.editing import TextEditing

    Command = Callable[[TextEditing], object]

Standard = QKeySequence.StandardKey
Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT, META = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier
ENTER: Final = frozenset({Key.Key_Return, Key.Key_Enter})


def typed_text(event: QKeyEvent) -> str:
    """What a key writes; nothing where it is a command."""
    text, keys = event.text(), event.modifiers()
    is_command = bool(keys & CONTROL) is not bool(keys & ALT)  # both together are AltGr
    if keys & ALT and not keys & CONTROL and sys.platform == "darwin":
        is_command = False
    if not text or is_command or keys & META:
        return ""
    return text if all(char.isprintable() or unicodedata.category(char) == "Cf" for char in text) else ""


def wants(event: QKeyEvent) -> bool:
    """True for keys that are the text's while one edits, though a menu has them too."""
    key, keys = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in ENTER:
        return not keys & ~SHIFT
    if key in {Key.Key_Escape, Key.Key_Backspace, Key.Key_Delete}:
        return True
    return bool(typed_text(event)) or _command(event) is not None


def press(editing: TextEditing, event: QKeyEvent) -> bool:
    """Does what a key says. False for a key that has no meaning in a text."""
    command = _command(event)
    if command is not None:
        command(editing)
        return True
    text = typed_text(event)
    if text:
        editing.insert(text, typed=True)
    return bool(text)


def _command(event: QKeyEvent) -> Command | None:
    for standard, run in COMMANDS.items():
        if event.matches(standard):
            return run
    if event.key() == Key.Key_Y and event.modifiers() == CONTROL:
        return lambda editing: editing.redo()
    if event.key() == Key.Key_Backspace and not event.modifiers() & ~SHIFT:
        return _backspace
    return None


def _backspace(editing: TextEditing) -> None:
    """Takes away a mark before its letter, so that it can be mended; a picture goes as a whole."""
    buffer = editing.buffer
    before = buffer.before(buffer.caret)
    is_picture = any(char > "\uffff" or char == "\u200d" for char in buffer.text[before : buffer.caret])
    editing.erase(before if is_picture else max(0, buffer.caret - 1))


def _char(way: int, extends: bool) -> Command:
    """A character to the right (1) or left; without Shift only to the end of what is selected."""

    def run(editing: TextEditing) -> None:
        buffer = editing.buffer
        forward = (way > 0) is not editing.reads_rtl()
        if buffer.selected_text and not extends:
            editing.move(buffer.selected[forward])
        else:
            editing.move(_step(editing, forward=forward), keeps_anchor=extends)

    return run


def _word(way: int, extends: bool) -> Command:
    def run(editing: TextEditing) -> None:
        forward = (way > 0) is not editing.reads_rtl()
        editing.move(_step(editing, forward=forward, words=True), keeps_anchor=extends)

    return run


def _step(editing: TextEditing, *, forward: bool, words: bool = False) -> int:
    buffer = editing.buffer
    return (buffer.after if forward else buffer.before)(buffer.caret, words=words)


def _line(way: int, extends: bool) -> Command:
    return lambda editing: editing.move_lines(way, keeps_anchor=extends)


def _line_end(way: int, extends: bool) -> Command:
    return lambda editing: editing.move(editing.line_ends()[way > 0], keeps_anchor=extends)


def _text_end(way: int, extends: bool) -> Command:
    return lambda editing: editing.move(len(editing.buffer.text) if way > 0 else 0, keeps_anchor=extends)


def _erase(*, forward: bool, words: bool) -> Command:
    return lambda editing: editing.erase(_step(editing, forward=forward, words=words))


def _moves() -> Iterator[tuple[Standard, Command]]:
    """Every way to move the caret: with Shift held it selects on the way."""
    for verb, extends in (("MoveTo", False), ("Select", True)):
        for name, way in (("Next", 1), ("Previous", -1)):
            for unit, move in (("Char", _char), ("Word", _word), ("Line", _line)):
                yield QKeySequence.StandardKey[f"{verb}{name}{unit}"], move(way, extends)
        for name, way in (("EndOf", 1), ("StartOf", -1)):
            for unit, move in (("Line", _line_end), ("Document", _text_end)):
                yield QKeySequence.StandardKey[f"{verb}{name}{unit}"], move(way, extends)


COMMANDS: Final[dict[Standard, Command]] = {
    **dict(_moves()),
    Standard.Delete: _erase(forward=True, words=False),
    Standard.DeleteStartOfWord: _erase(forward=False, words=True),
    Standard.DeleteEndOfWord: _erase(forward=True, words=True),
    Standard.SelectAll: lambda editing: editing.select_all(),
    Standard.Copy: lambda editing: editing.copy(),
    Standard.Cut: lambda editing: editing.cut(),
    Standard.Paste: lambda editing: editing.paste(),
    Standard.Undo: lambda editing: editing.undo(),
    Standard.Redo: lambda editing: editing.redo(),
}
