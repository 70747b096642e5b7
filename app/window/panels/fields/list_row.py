"""A row of a list in the inspector: its cells, a grip to move it by and a cross to remove it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.window.icons import icon, paint_icon
from app.window.panels.fields.texts import Line
from app.window.tips import plain_tip
from app.window.tones import tones

CROSS = QSize(12, 12)
GRIP = 14
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Cell(Line):
    """One text of a row. The keys that concern the whole list are told to it."""

    entered = Signal()
    emptied = Signal()
    moved = Signal(int)
    stepped = Signal(int)
    pasted = Signal(list)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _moves_row(event):
            event.accept()  # the menus move cards with the same keys
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        elif key in _MOVES:
            (self.moved if _moves_row(event) else self.stepped).emit(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def take(self, text: str) -> None:
        """Several lines become as many rows."""
        lines = text.splitlines()
        if len(lines) > 1:
            self.pasted.emit(lines)
        else:
            super().take(text)


class Row(QWidget):
    """The cells side by side. It tells what is done to it; the list decides what follows."""

    edited = Signal()
    left = Signal()
    crowded = Signal(str)
    entered = Signal()
    emptied = Signal()
    removed = Signal()
    moved = Signal(int)
    stepped = Signal(int)
    dragged = Signal(int)
    dropped = Signal()
    pasted = Signal(object, list)

    def __init__(self, limits: Sequence[int | None], parent: QWidget) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.cells = [Cell(self, limit) for limit in limits]
        for at, cell in enumerate(self.cells):
            layout.addWidget(cell, 2 + at)  # a value needs more room than its label
            self._listen(at, cell)
        self.cross = _cross(self)
        self.cross.clicked.connect(self.removed)
        self.grip = Grip(self)
        self.grip.dragged.connect(lambda at: self.dragged.emit(self.mapToParent(self.mapFromGlobal(at)).y()))
        self.grip.dropped.connect(self.dropped)
        layout.addWidget(self.cross)
        layout.addWidget(self.grip)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text() for cell in self.cells)

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in self.texts)

    @property
    def has_focus(self) -> bool:
        return any(cell.hasFocus() for cell in self.cells)

    def show_texts(self, texts: Sequence[str]) -> None:
        for cell, text in zip(self.cells, texts, strict=True):
            cell.show_text(text)
            if not cell.hasFocus():
                cell.setCursorPosition(0)
            cell.setToolTip(plain_tip(text))

    def set_hints(self, hints: Sequence[str]) -> None:
        for cell, hint in zip(self.cells, hints, strict=True):
            cell.setPlaceholderText(hint)

    def set_name(self, name: str, parts: Sequence[str]) -> None:
        for cell, part in zip(self.cells, parts, strict=True):
            cell.setAccessibleName(f"{name}: {part}" if part else name)
        self.cross.setAccessibleName(QCoreApplication.translate("Fields", "Remove {0}").format(name))

    def show_tools(self, *, is_open: bool, movable: bool) -> None:
        """The open row at the end has neither cross nor grip."""
        self.cross.setVisible(not is_open)
        self.grip.setVisible(not is_open and movable)

    def focus_first(self) -> None:
        self.cells[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.cells[0].end(False)

    def focus_last(self) -> None:
        filled = [cell for cell in self.cells if cell.text()] or self.cells[:1]
        filled[-1].setFocus(Qt.FocusReason.OtherFocusReason)
        filled[-1].end(False)

    def _listen(self, at: int, cell: Cell) -> None:
        cell.edited.connect(lambda _text: self.edited.emit())
        cell.crowded.connect(self.crowded)
        cell.left.connect(self.left)
        cell.entered.connect(lambda: self._enter(at))
        cell.emptied.connect(lambda: self._back(at))
        cell.moved.connect(self.moved)
        cell.stepped.connect(self.stepped)
        cell.pasted.connect(lambda lines: self.pasted.emit(cell, lines))

    def _enter(self, at: int) -> None:
        """From the label on to an empty value, from the last cell to the next row."""
        following = self.cells[at + 1 : at + 2]
        if following and not following[0].text() and not self.is_empty:
            following[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.entered.emit()

    def _back(self, at: int) -> None:
        if at:
            self.cells[at - 1].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.is_empty:
            self.emptied.emit()


class Grip(QWidget):
    """What a row is dragged by. The places are global."""

    dragged = Signal(QPoint)
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._was_dragged = False
        self.setFixedSize(GRIP, 24)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setToolTip(QCoreApplication.translate("Fields", "Drag to move, or press Alt and an arrow key in the row"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._was_dragged = False
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._was_dragged = True
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self._was_dragged:
            self.dropped.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_icon(painter, "grip-vertical", QRectF(self.rect()), tones().secondary)


def _cross(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("look", "cross")
    button.setIcon(icon("x"))
    button.setIconSize(CROSS)
    button.setToolTip(QCoreApplication.translate("Fields", "Remove"))
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Backspace does the same from the row itself
    return button


def _moves_row(event: QKeyEvent) -> bool:
    return Qt.Key(event.key()) in _MOVES and event.modifiers() & ~_KEYPAD == _ALT
