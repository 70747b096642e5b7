"""How cells are painted, and how a text, a number or a date is written in one."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from app.canvas.edit_keys import ENTER
from app.window.icons import paint_icon
from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.base import FieldEditor
from app.window.panels.fields.making import make_editor
from app.window.panels.fields.texts import Box
from app.window.rows import START, Index, paint_words
from app.window.tables.model import MARK, SIGN, RecordTable
from app.window.ticks import BOX, paint_tick
from app.window.tones import Tones, tones

PAD, ICON = 10, 16
LEAST_EDITOR = 150
"""A date with the button of its calendar takes so much."""

WRITTEN = frozenset({"line", "text", "date", "whole"})
"""The editors that open in the cell; the others drop something down, or need none."""

Hint = QStyledItemDelegate.EndEditHint


class CellDelegate(QStyledItemDelegate):
    """Paints cells with as many lines as the table has, and keeps what is written in one until it is finished.

    `made` carries the id of the record that has come of a text in the empty row, `said` a sentence for the user.
    """

    left = Signal(int, int)
    """The editor was closed with this key and these modifiers, say Tab."""

    made = Signal(str)
    said = Signal(str)
    drafted = Signal(object, object)
    """Who holds a text that is not written yet, and a call for what it would change; None: nobody."""

    def __init__(self, table: RecordTable, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._table = table
        self._view = parent
        self.editor: FieldEditor | None = None
        self._target = self._made = ""
        self._spec: FieldSpec | None = None
        self._held: list[Any] = []
        self._is_refused = False
        self._is_flushing = False

    # Painting

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._table.column(index).width, row_height(self._view, self._table.kind.lines))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        worn = tones()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, worn)
        rect = option.rect.adjusted(PAD, 0, -PAD, 0)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        if checked is not None:
            box = QRectF(rect.left(), rect.center().y() - BOX // 2 + 1, BOX, BOX)
            paint_tick(painter, box, checked == Qt.CheckState.Checked, worn)
        else:
            is_new = self._table.record(index.row()) is None
            is_aside = is_new or (index.column() > 0 and self._table.spec(index) is None)
            color = worn.secondary if is_aside else worn.text
            if sign := index.data(SIGN):
                paint_icon(painter, sign, QRectF(rect.left(), rect.center().y() - ICON // 2 + 1, ICON, ICON), color)
                rect.setLeft(rect.left() + ICON + 8)
            paint_text(painter, rect, str(index.data() or ""), color, self._table.kind.lines)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        state, rect = option.state, option.rect
        marked = bool(index.data(MARK))
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(worn.soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(worn.hover))
        painter.setPen(QPen(QColor(worn.border), 1))
        painter.drawLine(QPoint(rect.left(), rect.bottom()), QPoint(rect.right(), rect.bottom()))
        if marked and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top() + 3, 4, rect.height() - 7), QColor(worn.accent))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(QColor(worn.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 4, 4)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: Any, index: Index) -> bool:
        """The whole text beside the mouse, where the cell cuts it."""
        text = str(index.data() or "")
        parts = _wrapped(view.fontMetrics(), view.font(), option.rect.width() - 2 * PAD, text, self._table.kind.lines)
        is_cut = view.fontMetrics().horizontalAdvance(parts[-1]) > option.rect.width() - 2 * PAD
        QToolTip.showText(event.globalPos(), f"<p>{escape(text)}</p>" if is_cut else "", view)
        return True

    # Writing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        spec, record = self._table.spec(index), self._table.record(index.row())
        if spec is None or spec.editor not in WRITTEN or (record is None and spec.refers is not None):
            return None  # type: ignore[return-value]
        self._held, self._is_refused = [], False
        self._target, self._made = record.id if record is not None else "", ""
        self._spec = spec
        editor = self.editor = make_editor(spec, parent)
        editor.set_name(self._table.column(index).label)
        if self._table.document is not None:
            editor.follow(self._table.document)
        editor.show_value(self._table.value(index))
        editor.typed.connect(self._hold)
        editor.begun.connect(self._draft)
        editor.picked.connect(self._pick)
        editor.refused.connect(self._refuse)
        editor.left.connect(self._leave)
        proxy = editor.focusProxy()
        if proxy is not None:
            proxy.installEventFilter(self)
            if isinstance(proxy, Box):
                proxy.selectAll()
        return editor

    def setEditorData(self, _editor: QWidget, _index: Index) -> None:
        """The value is shown when the editor is made; what is being written is not to be written over."""

    def setModelData(self, editor: QWidget, _model: Any, _index: Index) -> None:
        """The view goes on to another cell and closes the editor: what is typed is written, unless its row is gone."""
        if editor is self.editor and (not self._target or self._table.row_of(self._target) is not None):
            self._flush()
            if not self._is_refused:
                self._write()

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """The view lets go of the editor, as it does by itself where one goes on or the row goes."""
        if editor is self.editor:
            self.editor = None
        if self.editor is None:
            self.drafted.emit(self, None)
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        room: QRect = option.rect
        height = max(room.height(), editor.sizeHint().height())
        width = max(room.width(), LEAST_EDITOR)
        viewport = self._view.viewport().rect()
        left = max(0, min(room.left(), viewport.right() + 1 - width))
        top = max(0, min(room.top(), viewport.bottom() - height))
        editor.setGeometry(QRect(left, top, width, height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        editor = self.editor
        if editor is None or not isValid(editor) or watched is not editor.focusProxy():
            return False  # a window that closes takes the editor with it before the field in it
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and (is_override or event.type() == QEvent.Type.KeyPress):
            key, new_line = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if key not in ENTER | {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}:
                return False
            if key in ENTER and new_line:
                return False
            if is_override:
                event.accept()
            else:
                self._end(event)
            return True
        return False

    def finish(self) -> bool:
        """Writes what is typed and closes the editor; False where it is not understood, and then it stays open."""
        editor = self.editor
        if editor is None:
            return True
        self._flush()
        if self._is_refused or not self._write():
            editor.set_invalid(True)
            return False
        self.close()
        if self._made:
            self.made.emit(self._made)  # Qt closes the editor itself where one goes on before it is closed
        return True

    def _flush(self) -> None:
        """Reads what is typed; `_is_refused` says afterwards whether it was not understood."""
        assert self.editor is not None
        self._is_refused, self._is_flushing = False, True
        self.editor.flush()
        self._is_flushing = False

    def close(self) -> None:
        """Closes the editor as it is."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        if self._view.state() == QAbstractItemView.State.EditingState:
            self.closeEditor.emit(editor, Hint.NoHint)
        else:  # the view has let go of it already
            self.drafted.emit(self, None)
            editor.hide()
            editor.deleteLater()

    def _end(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            self._view.setFocus()
        elif self.finish():
            self._view.setFocus()
            self.left.emit(event.key(), event.modifiers().value)

    def _leave(self) -> None:
        """The focus is elsewhere: what cannot be written is let go of, and why is said."""
        if self.editor is not None and not self._is_in(self.editor) and not self.finish():
            self.close()

    @staticmethod
    def _is_in(editor: QWidget) -> bool:
        """Whether the keyboard is in the editor, or in what it has dropped down."""
        holder: QObject | None = QApplication.activePopupWidget()
        while holder is not None and holder is not editor:
            holder = holder.parent()
        if holder is editor:
            return True
        focus = editor.window().focusWidget()
        return editor.isAncestorOf(focus) and focus.hasFocus()

    def _hold(self, value: Any) -> None:
        self._held = [value]
        self._draft(value)

    def _draft(self, value: Any) -> None:
        """A row that is not there yet is none for an empty text."""
        table, id, spec = self._table, self._target, self._spec
        if spec is None or value is None or not (id or value):
            self.drafted.emit(self, None)
        else:
            self.drafted.emit(self, lambda: table.rehearse(id, spec, value))

    def _pick(self, value: Any) -> None:
        """A finished value: one that was read out of the text, or a day of the calendar, which ends the writing."""
        self._hold(value)
        if not self._is_flushing and self.finish():
            self._view.setFocus()

    def _refuse(self, sentence: str) -> None:
        self._is_refused = True
        self.said.emit(sentence)

    def _write(self) -> bool:
        """Writes the last value that the editor gave, if there was one."""
        if not self._held or self._spec is None:
            return True
        value = self._held.pop()
        if self._target:
            problem = self._table.write(self._target, self._spec, value)
        elif value in (None, ""):
            return True
        else:
            self._made, problem = self._table.add({self._spec.name: value})
        if problem:
            self.said.emit(problem)
        return not problem


def go_to_end(editor: FieldEditor) -> None:
    """Puts the cursor behind the text, for one who wants to write on."""
    proxy = editor.focusProxy()
    if isinstance(proxy, QLineEdit):
        proxy.end(False)
    elif isinstance(proxy, Box):
        cursor = proxy.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        proxy.setTextCursor(cursor)


def row_height(widget: QWidget, lines: int) -> int:
    """Of a row with so many lines of text, px."""
    return widget.fontMetrics().lineSpacing() * lines + 14


def paint_text(painter: QPainter, rect: QRect, text: str, color: str, lines: int) -> None:
    """A text in at most so many lines, in the middle of the rectangle; the last one is cut where there is more."""
    metrics, parts = painter.fontMetrics(), _wrapped(painter.fontMetrics(), painter.font(), rect.width(), text, lines)
    top = rect.top() + (rect.height() - len(parts) * metrics.lineSpacing()) // 2
    for number, part in enumerate(parts):
        line = QRect(rect.left(), top + number * metrics.lineSpacing(), rect.width(), metrics.lineSpacing())
        paint_words(painter, line, part, color, painter.font(), START)


def _wrapped(metrics: QFontMetrics, font: QFont, width: int, text: str, lines: int) -> list[str]:
    one_line = " ".join(text.split())
    if lines == 1 or metrics.horizontalAdvance(one_line) <= width:
        return [one_line]
    layout = QTextLayout(one_line[: lines * 400], font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(one_line)]
    return [one_line[start:end].strip() for start, end in zip(starts, ends, strict=True)]
