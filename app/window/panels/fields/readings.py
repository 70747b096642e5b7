"""How a figure went: dates and values in a small table, which makes no widgets however long it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.canvas.clipped import clipboard_text
from app.window.panels.fields.base import FieldEditor, is_window_key, leaves, mixed_words
from app.window.panels.fields.parsed import NotUnderstood, date_in, date_words, number_in, number_text
from app.window.panels.fields.texts import Line
from app.window.rows import START, Index

ROW = 28
MOST_SHOWN = 6
"""So many rows are seen at once."""

DATE, VALUE = 0, 1
Reading = tuple[date, float]


class ReadingsModel(QAbstractTableModel):
    """The readings by date, and a row at the end to write the next in. A row counts when it has both of its parts."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self, most: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self._most = most
        self._rows: list[list[Any]] = [[None, None]]

    @property
    def readings(self) -> tuple[Reading, ...]:
        return _whole(self._rows)

    def readings_with(self, row: int, column: int, text: str) -> tuple[Reading, ...]:
        """What they would be with this text in a cell. Raises NotUnderstood."""
        rows = [list(each) for each in self._rows]
        rows[row][column] = _part(column, text)
        return _whole(rows)

    def show(self, readings: Sequence[Reading]) -> None:
        """Takes what a record holds; a row that was begun stays."""
        begun = [row for row in self._rows if (row[DATE] is None) != (row[VALUE] is None)]
        self.beginResetModel()
        self._rows = [*(list(reading) for reading in readings), *begun, [None, None]]
        self.endResetModel()

    def forget_begun(self) -> None:
        """Leaves off rows that have one part only."""
        self._rows = []
        self.show(())

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return QCoreApplication.translate("Fields", "Date" if section == DATE else "Value")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return None
        value = self._rows[index.row()][index.column()]
        if value is None:
            return ""
        return value.isoformat() if index.column() == DATE else number_text(value)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index):
            return False
        try:
            parsed = _part(index.column(), str(value))
        except NotUnderstood as error:
            self.refused.emit(str(error))
            return False
        row = self._rows[index.row()]
        row[index.column()] = parsed
        self.dataChanged.emit(index, index)
        if row is self._rows[-1] and parsed is not None:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
            self._rows.append([None, None])
            self.endInsertRows()
        self.edited.emit()  # the rows are sorted when the table is shown anew: none runs away while it is written
        return True

    def remove(self, rows: set[int]) -> None:
        """Takes rows out."""
        self._rows = [row for place, row in enumerate(self._rows) if place not in rows]
        self._tell()

    def paste(self, text: str) -> None:
        """Takes rows of two columns, as a spreadsheet copies them; all of them or none."""
        found: list[list[Any]] = []
        try:
            for line in filter(str.strip, text.splitlines()):
                day, _, value = line.replace(";", "\t").partition("\t")
                found.append([_part(DATE, day.strip()), _part(VALUE, value.strip())])
        except NotUnderstood as error:
            self.refused.emit(str(error))
            return
        if self._most is not None and len(self.readings) + len(found) > self._most:
            sentence = QCoreApplication.translate("Fields", "At most {0} entries fit here; nothing was added.")
            self.refused.emit(sentence.format(self._most))
            return
        self._rows = [*self._rows, *found]
        self._tell()

    def _tell(self) -> None:
        self.show(self.readings)
        self.edited.emit()


def _whole(rows: Sequence[Sequence[Any]]) -> tuple[Reading, ...]:
    return tuple(sorted((day, value) for day, value in rows if day is not None and value is not None))


def _part(column: int, text: str) -> Any:
    """A cell's text as a date or a number, None where it is empty. Raises NotUnderstood."""
    if not text.strip():
        return None
    return date_in(text.strip()) if column == DATE else number_in(text.strip())


class ReadingsEditor(FieldEditor):
    """The table. Enter or typing writes in a cell, Tab goes on, Delete takes rows out, paste takes a spreadsheet's."""

    def __init__(self, most: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ReadingsModel(most, self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        cells = _CellDelegate(self.table)
        cells.written.connect(self._begin)
        cells.closeEditor.connect(lambda: self.begun.emit(None))
        self.table.setItemDelegate(cells)
        for column in (DATE, VALUE):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self.setFocusProxy(self.table)
        self._shown: tuple[Reading, ...] = ()
        self.model.edited.connect(self._hand_on)
        self.model.refused.connect(self.refused)
        self.model.modelReset.connect(self._fit)
        self.model.rowsInserted.connect(self._fit)
        self.table.left.connect(self.left)
        self._fit()

    def show_value(self, value: Any) -> None:
        self.table.setToolTip("")
        self._shown = tuple(value)
        if self.model.readings != self._shown:
            self.model.show(self._shown)

    def show_mixed(self) -> None:
        self._shown = ()
        self.model.show(())
        self.table.setToolTip(mixed_words())

    def restart(self) -> None:
        self.model.forget_begun()

    def _begin(self, row: int, column: int, text: str) -> None:
        try:
            self.begun.emit(self.model.readings_with(row, column, text))
        except NotUnderstood:
            self.begun.emit(None)

    def _hand_on(self) -> None:
        if self.model.readings != self._shown:
            self._shown = self.model.readings
            self.picked.emit(self._shown)

    def _fit(self) -> None:
        rows = min(MOST_SHOWN, self.model.rowCount())
        self.table.setFixedHeight(rows * ROW + self.table.horizontalHeader().sizeHint().height() + 4)


class _Table(QTableView):
    """Keys and looks."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(START)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("look", "table")

    def event(self, event: QEvent) -> bool:
        if is_window_key(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self.model()
        assert isinstance(model, ReadingsModel)
        at = self.currentIndex()
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            model.remove({index.row() for index in self.selectedIndexes()})
            self._stay_at(at)
        elif event.matches(QKeySequence.StandardKey.Paste):
            model.paste(clipboard_text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and at.isValid():
            self.edit(at, QAbstractItemView.EditTrigger.AllEditTriggers, event)  # not with a warning where one writes
        elif event.key() == Qt.Key.Key_Tab and at.row() == model.rowCount() - 1 and at.column() == VALUE:
            self._leave(ahead=True)
        elif event.key() == Qt.Key.Key_Backtab and at.row() <= 0 and at.column() <= DATE:
            self._leave(ahead=False)
        else:
            super().keyPressEvent(event)

    def _leave(self, *, ahead: bool) -> None:
        """To the field after or before. A table that goes along its cells by Tab would send itself that key again."""
        self.setTabKeyNavigation(False)
        self.focusNextPrevChild(ahead)
        self.setTabKeyNavigation(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(self.model().rowCount() - 1, DATE))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if leaves(event) and self.state() != QAbstractItemView.State.EditingState:
            self.left.emit()

    def _stay_at(self, at: QModelIndex) -> None:
        row = min(at.row(), self.model().rowCount() - 1)
        self.setCurrentIndex(self.model().index(row, at.column()))


class _CellDelegate(QStyledItemDelegate):
    """Cells are written in with a line that leaves undo to the document."""

    written = Signal(int, int, str)
    """Row, column, and what is written there by now."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = Line(parent)
        line.setProperty("look", "cell")
        line.setPlaceholderText(date_words() if index.column() == DATE else "")
        row, column = index.row(), index.column()
        line.edited.connect(lambda text: self.written.emit(row, column, text))
        return line
