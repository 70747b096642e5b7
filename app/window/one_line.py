"""A line to write in that takes every text that was copied, also one that comes with its formatting alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLineEdit

from app.canvas.clipped import clipboard_text, has_text, selected_text, text_in
from app.canvas.textbuffer import plain

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QDragEnterEvent,
        QDragMoveEvent,
        QDropEvent,
        QKeyEvent,
        QMouseEvent,
    )


class OneLine(QLineEdit):
    """A line edit; Qt's own takes nothing but what is offered as plain text, and its `paste` cannot be overridden."""

    def take(self, text: str) -> None:
        """Writes a text from elsewhere, whose lines become one."""
        if text and not self.isReadOnly():
            self.insert(" ".join(plain(text).strip("\n").split("\n")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(clipboard_text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        has_selection = QGuiApplication.clipboard().supportsSelection()
        if event.button() == Qt.MouseButton.MiddleButton and has_selection:
            self.deselect()
            self.take(selected_text())
        else:
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(lambda: self.take(clipboard_text()))
                action.setEnabled(bool(clipboard_text()) and not self.isReadOnly())
        menu.popup(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if has_text(event.mimeData()) and not self.isReadOnly():
            event.acceptProposedAction()
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        text = text_in(event.mimeData())
        if event.source() is self or not text or self.isReadOnly():
            super().dropEvent(event)  # within the line it is moved
        else:
            event.acceptProposedAction()
            self.setCursorPosition(self.cursorPositionAt(event.position().toPoint()))
            self.take(text)
