"""Texts: a line, and a box that grows with what is written."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QTextCursor, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.canvas.clipped import has_text, text_in
from app.canvas.textbuffer import from_units, to_units, within
from app.window.one_line import OneLine
from app.window.panels.fields.base import FieldEditor, is_window_key, leaves, mixed_words, room_words

MOST_LINES = 8
LEAST_LINES = 3


class Line(OneLine):
    """A line edit that leaves undo to the document and says when the focus is gone.

    `edited` carries what is written, cut to the limit where there is one; `crowded` says how much room is left.
    """

    edited = Signal(str)
    left = Signal()
    crowded = Signal(str)

    def __init__(self, parent: QWidget | None = None, limit: int | None = None) -> None:
        super().__init__(parent)
        self._drop = 0
        self._limit = limit
        self.textChanged.connect(self._centre)
        self.textEdited.connect(self._hand_on)

    def event(self, event: QEvent) -> bool:
        if is_window_key(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()

    def _hand_on(self, text: str) -> None:
        if self._limit is not None:
            fitting, caret = within(text, from_units(text, self.cursorPosition()), self._limit)
            if fitting != text:
                self.setText(fitting)
                self.setCursorPosition(to_units(fitting, caret))
            self.crowded.emit(room_words(self._limit - len(fitting), len(text) - len(fitting), self._limit))
            text = fitting
        self.edited.emit(text)

    def _centre(self, text: str) -> None:
        """Qt centres by the first font and draws scripts with higher lines so much too high."""
        drop = 0 if text.isascii() else max(0, round(_ascent(text, self.font()) - QFontMetricsF(self.font()).ascent()))
        if drop != self._drop:
            self._drop = drop
            self.setTextMargins(0, drop, 0, -drop)

    def show_text(self, text: str) -> None:
        """Shows a text; the cursor stays where it is, as far as the text reaches."""
        if text == self.text():
            return
        at = self.cursorPosition() if self.hasFocus() else 0
        self.setText(text)
        self.setCursorPosition(min(at, len(text)))


def _ascent(text: str, font: QFont) -> float:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent()


class Box(QPlainTextEdit):
    """A plain text box as high as its text, within bounds. Tab leaves it. Its signals are those of a line."""

    edited = Signal(str)
    left = Signal()
    crowded = Signal(str)

    def __init__(self, parent: QWidget | None = None, limit: int | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._is_showing = False
        self.textChanged.connect(self._hand_on)
        self._fit()

    def show_text(self, text: str) -> None:
        """Shows a text; the cursor stays where it is, as far as the text reaches."""
        if text == self.toPlainText():
            return
        self._replace(text, min(self.textCursor().position(), len(text)))

    def _replace(self, text: str, at: int) -> None:
        self._is_showing = True
        try:
            self.setPlainText(text)
        finally:
            self._is_showing = False
        cursor = self.textCursor()
        cursor.setPosition(at, QTextCursor.MoveMode.MoveAnchor)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        if is_window_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return has_text(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(text_in(source))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event):
            self.left.emit()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _hand_on(self) -> None:
        if self._is_showing:
            return
        text = self.toPlainText()
        if self._limit is not None:
            fitting, caret = within(text, from_units(text, self.textCursor().position()), self._limit)
            if fitting != text:
                self._replace(fitting, to_units(fitting, caret))
            self.crowded.emit(room_words(self._limit - len(fitting), len(text) - len(fitting), self._limit))
            text = fitting
        self.edited.emit(text)

    def _fit(self) -> None:
        line = self.fontMetrics().lineSpacing()
        needed, most = self._text_height(), MOST_LINES * line
        off, as_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(as_needed if needed > most else off)
        self.setFixedHeight(max(LEAST_LINES * line, min(most, needed)) + 14)

    def _text_height(self) -> int:
        """In px; lines of other scripts are higher than those of the font, so they cannot just be counted."""
        layout, block, height = self.document().documentLayout(), self.document().firstBlock(), 0.0
        while block.isValid() and height < MOST_LINES * 100:
            height += layout.blockBoundingRect(block).height()
            block = block.next()
        return round(height)


class _Written(FieldEditor):
    """Holds what is written into; it is handed on letter by letter."""

    def __init__(self, words: Line | Box, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._words = words
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(words)
        self.setFocusProxy(words)
        words.edited.connect(self.typed.emit)
        words.crowded.connect(self.crowded)
        words.left.connect(self.left)

    def show_value(self, value: Any) -> None:
        self._words.setPlaceholderText("")
        self._words.show_text(value or "")

    def show_mixed(self) -> None:
        self._words.show_text("")
        self._words.setPlaceholderText(mixed_words())


class LineEditor(_Written):
    """One line. Enter leaves it."""

    def __init__(self, parent: QWidget | None = None, limit: int | None = None) -> None:
        self.line = Line(limit=limit)
        super().__init__(self.line, parent)
        self.line.returnPressed.connect(self.left)


class TextEditor(_Written):
    """Several lines."""

    def __init__(self, parent: QWidget | None = None, limit: int | None = None) -> None:
        self.box = Box(limit=limit)
        super().__init__(self.box, parent)
