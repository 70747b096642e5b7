"""A text being edited: characters, a caret, what is selected, and its own undo. It knows nothing of the screen.

Indices are Python code points; the caret never stands inside what a reader takes for one character.
"""

from __future__ import annotations

import unicodedata
from typing import Final, NamedTuple

from PySide6.QtGui import QTextLayout

STEPS: Final = 200
"""So many steps of undo are kept."""

NEARLY_FULL: Final = 50
"""With room for so many characters or fewer the user is told."""


class _State(NamedTuple):
    text: str
    caret: int
    anchor: int


class TextBuffer:
    """`caret` and `anchor` are the ends of what is selected; equal: nothing is."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.caret = self.anchor = len(text)
        self.preedit = ""
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._is_typing = False

    @property
    def selected(self) -> tuple[int, int]:
        return min(self.caret, self.anchor), max(self.caret, self.anchor)

    @property
    def selected_text(self) -> str:
        start, end = self.selected
        return self.text[start:end]

    @property
    def shown(self) -> str:
        """The text with what an input method is composing."""
        return self.text[: self.caret] + self.preedit + self.text[self.caret :]

    # Writing

    def insert(self, text: str, *, typed: bool = False) -> bool:
        """Puts a text in place of what is selected, as much of it as there is room for. False where some was left out.

        What is `typed` in a row, word by word, is one step of undo.
        """
        start, end = self.selected
        room = max(0, self.limit - (len(self.text) - (end - start)))
        fitting = _whole(text, room)
        if fitting or end > start:
            self._remember(joins=typed and self._is_typing and start == end)
            self._set(self.text[:start] + fitting + self.text[end:], start + len(fitting))
            self._is_typing = typed and not fitting.isspace()
        return len(fitting) == len(text)

    def erase(self, to: int) -> None:
        """Removes what is selected, or else what lies between the caret and a place."""
        start, end = self.selected if self.caret != self.anchor else (min(self.caret, to), max(self.caret, to))
        if start < end:
            self._remember(joins=False)
            self._set(self.text[:start] + self.text[end:], start)

    def undo(self) -> bool:
        """Takes the last step back. False where there is none."""
        return self._go_to(self._past, self._future)

    def redo(self) -> bool:
        return self._go_to(self._future, self._past)

    # Moving

    def move(self, to: int, *, keeps_anchor: bool = False) -> None:
        """Puts the caret somewhere; what lies between it and the anchor is selected."""
        self.caret = max(0, min(to, len(self.text)))
        if not keeps_anchor:
            self.anchor = self.caret
        self._is_typing = False

    def select_all(self) -> None:
        self.anchor, self.caret = 0, len(self.text)
        self._is_typing = False

    def select_word(self, at: int) -> None:
        """Selects the word at a place, without the space behind it."""
        end = self.after(at, words=True)
        start = self.before(end, words=True)
        word = self.text[start:end]
        self.anchor, self.caret = start, start + len(word.rstrip())

    def before(self, index: int, *, words: bool = False) -> int:
        """The place one character, or word, nearer to the beginning."""
        unit = to_units(self.text, index)
        return from_units(self.text, QTextLayout(self.text).previousCursorPosition(unit, _mode(words)))

    def after(self, index: int, *, words: bool = False) -> int:
        """The place one character, or word, nearer to the end."""
        unit = to_units(self.text, index)
        return from_units(self.text, QTextLayout(self.text).nextCursorPosition(unit, _mode(words)))

    # Inside

    def _remember(self, *, joins: bool) -> None:
        if not joins:
            self._past = [*self._past[1 - STEPS :], _State(self.text, self.caret, self.anchor)]
        self._future = []

    def _set(self, text: str, caret: int) -> None:
        self.text = text
        self.caret = self.anchor = caret
        self.preedit = self.preedit[: max(0, self.limit - len(text))]
        self._is_typing = False

    def _go_to(self, source: list[_State], other: list[_State]) -> bool:
        if not source:
            return False
        other.append(_State(self.text, self.caret, self.anchor))
        before = source.pop()
        self._set(before.text, before.caret)
        self.anchor = before.anchor
        return True


def within(text: str, caret: int, limit: int) -> tuple[str, int]:
    """A text cut to a limit where something was just written before the caret, and the caret then.

    What goes is the end of what was written, never what stands behind it.
    """
    over = len(text) - limit
    if over <= 0:
        return text, caret
    kept = _whole(text[:caret], max(0, caret - over))
    return (kept + text[caret:])[:limit], len(kept)


def _whole(text: str, room: int) -> str:
    """As much of a text as fits, without a torn character at its end."""
    if len(text) <= room:
        return text
    layout, unit = QTextLayout(text), to_units(text, room)
    return text[: from_units(text, unit if layout.isValidCursorPosition(unit) else layout.previousCursorPosition(unit))]


def to_units(text: str, index: int) -> int:
    """The UTF-16 position of a character, as Qt counts."""
    return index if text.isascii() else index + sum(char > "\uffff" for char in text[:index])


def from_units(text: str, unit: int) -> int:
    """The character at a UTF-16 position."""
    if text.isascii():
        return unit
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * unit].decode("utf-16-le", "replace"))


def plain(text: str) -> str:
    """A text from elsewhere: line breaks of one kind, no control characters."""
    return "".join(filter(_is_text, "\n".join(text.split("\r\n")).replace("\r", "\n").replace("\t", " ")))


def _is_text(char: str) -> bool:
    return char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"}


def _mode(words: bool) -> QTextLayout.CursorMode:
    return QTextLayout.CursorMode.SkipWords if words else QTextLayout.CursorMode.SkipCharacters
