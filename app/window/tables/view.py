"""The view of every table: keys, the clipboard, and what drops down at a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from app.canvas.clipped import clipboard_text
from app.canvas.edit_keys import ENTER
from app.model.edits import Deleted
from app.window.icons import icon
from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.changes import Membership
from app.window.panels.fields.many import ReferencesEditor
from app.window.panels.fields.picker import Picker
from app.window.sentences import deleted
from app.window.tables.cells import WRITTEN, CellDelegate, go_to_end, row_height
from app.window.tables.header import SortHeader
from app.window.tables.model import Index, RecordTable
from app.window.tables.row_menu import fill_row_menu
from app.window.tables.tsv import from_tsv, to_tsv
from app.window.words import model_word

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


class TableView(QTableView):
    """Shows a table and lets one edit it in place.

    `led` says what the selected rows speak of, to be shown on the map; `said` carries a sentence for the user.
    """

    led = Signal(object)
    said = Signal(str)
    escaped = Signal()

    def __init__(self, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.cells = CellDelegate(table, self)
        self.picker: Picker | None = None
        self.menu: QMenu | None = None
        self._keeps_widths = self._has_keyboard = self._is_settling = False
        self._set_up()
        self.setModel(table)
        self.setItemDelegate(self.cells)
        self.cells.said.connect(self.said)
        self.cells.made.connect(lambda made: self.go_to(made, self.currentIndex().column()))
        self.cells.left.connect(self._go_on)
        self.selectionModel().selectionChanged.connect(self._lead)
        table.rowsRemoved.connect(self._keep_a_row)
        self._keys: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]] = {
            **{(key, NO_KEYS): self.edit_current for key in (*ENTER, Qt.Key.Key_F2)},
            **{(key, CTRL): self.add_row for key in ENTER},
            (Qt.Key.Key_Delete, NO_KEYS): self.delete_rows,
            (Qt.Key.Key_Up, ALT): lambda: self.move_row(-1),
            (Qt.Key.Key_Down, ALT): lambda: self.move_row(1),
            (Qt.Key.Key_X, CTRL): self.cut,
            (Qt.Key.Key_C, CTRL): self.copy,
            (Qt.Key.Key_V, CTRL): self.paste,
            (Qt.Key.Key_A, CTRL): self.selectAll,
            (Qt.Key.Key_Space, NO_KEYS): self.edit_current,
            (Qt.Key.Key_Escape, NO_KEYS): self.escaped.emit,
        }

    def _set_up(self) -> None:
        self.setAccessibleName(self.table.kind.title)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_height(self, self.table.kind.lines))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = SortHeader(self.table, self)
        self.setHorizontalHeader(header)
        header.stretched_by_hand.connect(self._keep_widths)
        self.table.headerDataChanged.connect(lambda *_: self.scrollTo(self.currentIndex()))

    # Going and editing

    def go_to(self, id: str, column: int = 0) -> None:
        """Puts the keyboard on a record."""
        row = self.table.row_of(id)
        if row is not None:
            self.go(self.table.index(row, column))

    def edit_current(self) -> None:
        """Edits the cell that the keyboard is in, as fits its field; what is being written is kept first."""
        if not self.cells.finish():
            return
        index = self.currentIndex()
        spec = self.table.spec(index) if index.isValid() else None
        record = self.table.record(index.row()) if index.isValid() else None
        if spec is None:
            self._say_fixed(index)
        elif record is not None and spec.editor == "tick":
            self._write(record.id, spec, not self.table.value(index))
        elif record is not None and spec.choices:
            self._open_choices(index, record.id, spec)
        elif record is not None and spec.refers is not None:
            self._open_picker(index, record.id, spec)
        elif spec.editor in WRITTEN:
            self.edit(index)
            if self.cells.editor is not None:
                go_to_end(self.cells.editor)
        else:
            self.said.emit(_tr("Write something into the new row first."))

    def add_row(self) -> None:
        """Begins to write in the empty row."""
        if self.table.kind.add is None or not self.cells.finish():
            return
        self.go(self.table.index(self.table.rowCount() - 1, 0))
        self.edit_current()

    def commit(self) -> None:
        """Ends what is being written, before saving, undoing, hiding."""
        if not self.cells.finish():
            self.cells.close()

    def go(self, index: QModelIndex) -> None:
        """Puts the keyboard on a cell and selects its row."""
        command = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, command)
        self.scrollTo(index)

    def _go_on(self, key: int, modifiers: int) -> None:
        """The editor was closed: Tab goes to the next cell, Ctrl+Enter to a new row."""
        if Qt.Key(key) in ENTER:
            if modifiers & CTRL.value:
                self.add_row()
            return
        by = -1 if Qt.Key(key) == Qt.Key.Key_Backtab else 1
        width, index = self.table.columnCount(), self.currentIndex()
        place = index.row() * width + index.column() + by
        if 0 <= place < self.table.rowCount() * width:
            self.go(self.table.index(place // width, place % width))

    def _say_fixed(self, index: Index) -> None:
        if index.isValid() and self.table.record(index.row()) is not None:
            name = self.table.column(index).label
            self.said.emit(_tr("“{name}” follows from the map and is changed there.").format(name=name))

    def _write(self, id: str, spec: FieldSpec, value: Any, *, joins: bool = False) -> None:
        problem = self.table.write(id, spec, value, joins=joins)
        if problem:
            self.said.emit(problem)

    def _open_choices(self, index: Index, id: str, spec: FieldSpec) -> None:
        menu = self.menu = self._new_menu()
        menu.setMinimumWidth(self.visualRect(index).width())
        group = QActionGroup(menu)
        for choice in spec.choices:
            action = menu.addAction(model_word(choice.label))
            if spec.editor == "icon":
                action.setIcon(icon(choice.value))
            action.setCheckable(True)
            action.setChecked(choice.value == self.table.value(index))
            group.addAction(action)
            action.triggered.connect(lambda _on=False, value=choice.value: self._write(id, spec, value))
            if action.isChecked():
                menu.setActiveAction(action)
        menu.popup(self._below(index))

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _open_picker(self, index: Index, id: str, spec: FieldSpec) -> None:
        assert self.table.document is not None
        assert spec.refers is not None
        source = ReferencesEditor(spec.refers, self)
        source.hide()
        chosen = self.table.value(index)
        options = sorted(source.options(self.table.document.store), key=lambda option: option.value not in chosen)
        picker = self.picker = Picker(model_word(spec.label), options, new=source.offer(), parent=self)
        source.setParent(picker)
        place = QWidget(self.viewport())
        place.setGeometry(self.visualRect(index))
        picker.destroyed.connect(place.deleteLater)
        picker.destroyed.connect(self._forget_picker)

        def toggle(value: str, is_chosen: bool) -> None:
            change = Membership(added=(value,)) if is_chosen else Membership(removed=(value,))
            self._write(id, spec, change, joins=True)

        picker.toggled.connect(toggle)
        picker.created.connect(lambda title: self._write(id, spec, Membership(new=title), joins=True))
        picker.open_at(place, chosen)

    def _forget_picker(self) -> None:
        self.picker = None
        if self.table.document is not None:
            self.table.document.history.seal()

    def _below(self, index: Index) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())

    # Rows

    @property
    def selected_rows(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    @property
    def selected_ids(self) -> list[str]:
        return [record.id for record in map(self.table.record, self.selected_rows) if record is not None]

    def delete_rows(self) -> None:
        """Deletes the selected rows."""
        ids, first = self.selected_ids, self.currentIndex()
        if not ids:
            return
        if not self.table.kind.may_delete:
            self.said.emit(_tr("Rows of this table are deleted on the map."))
            return
        gone: Deleted | None = self.table.delete(ids)
        if gone is not None:
            self.said.emit(deleted(gone.counts))
            row = min(first.row(), self.table.rowCount() - 1)
            if row >= 0:
                self.go(self.table.index(row, max(0, first.column())))

    def move_row(self, by: int) -> None:
        """Moves the current row up or down."""
        record = self.table.record(self.currentIndex().row())
        if record is None or self.table.kind.move is None:
            return
        if self.table.sorted_by is not None:
            self.said.emit(_tr("Sorted rows cannot be moved; click the heading until its arrow is gone."))
            return
        self.table.move(record.id, by)
        self.scrollTo(self.currentIndex())

    # The clipboard

    def cut(self) -> None:
        """Copies the selected rows and deletes them, where rows are deleted here."""
        if self.table.kind.may_delete:
            self.copy()
        self.delete_rows()

    def copy(self) -> None:
        """Puts the selected rows on the clipboard, as spreadsheets do."""
        rows = [row for row in self.selected_rows if self.table.record(row) is not None]
        columns = range(self.table.columnCount())
        cells = [[self._copied(self.table.index(row, column)) for column in columns] for row in rows]
        if cells:
            QGuiApplication.clipboard().setText(to_tsv(cells))

    def paste(self) -> None:
        """Makes a record of each row on the clipboard, before the current one."""
        rows = from_tsv(clipboard_text())
        if self.table.kind.add is None or not rows:
            self.said.emit(_tr("There is nothing on the clipboard that this table could take."))
            return
        here = self.table.record(self.currentIndex().row()) if self.table.sorted_by is None else None
        made, missed = self.table.paste(rows, here.id if here is not None else None)
        self.select_ids(made)
        if missed:
            self.said.emit(_tr("Cells that were not understood and stay empty: {n}.").format(n=missed))

    def _copied(self, index: QModelIndex) -> str:
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        if checked is None:
            return str(index.data() or "")
        return _tr("yes") if checked == Qt.CheckState.Checked else _tr("no")

    def select_ids(self, ids: Iterable[str]) -> None:
        """Selects the rows of these records."""
        rows = [row for id in ids if (row := self.table.row_of(id)) is not None]
        if not rows:
            return
        self.go(self.table.index(rows[0], 0))
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in rows[1:]:
            self.selectionModel().select(self.table.index(row, 0), flags)

    # As Qt asks for it

    def event(self, event: QEvent) -> bool:
        """The keys of the table are its own, and not those of the menus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            modifiers = event.modifiers() & ~KEYPAD
            is_text = bool(event.text()) and not modifiers & (CTRL | ALT)
            if self._command(event) is not None or is_text:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        if command is not None:
            command()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self._keys.get((Qt.Key(event.key()), event.modifiers() & ~KEYPAD))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.edit_current()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._lead()  # also where the row was selected already
        if index.isValid() and index.data(Qt.ItemDataRole.CheckStateRole) is not None and index == self.currentIndex():
            self.edit_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or with the menu key of the current one."""
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_mouse else self.currentIndex()
        if not index.isValid():
            return
        if index.row() in self.selected_rows:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.go(index)
        self.menu = self._new_menu()
        fill_row_menu(self.menu, self)
        self.menu.popup(event.globalPos() if is_mouse else self._below(index))

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.table.rowCount():
            self.go(self.table.index(0, 0))  # before the focus is here: what is selected on the map stays
        super().focusInEvent(event)
        self._has_keyboard = True
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._has_keyboard = False
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _keep_widths(self) -> None:
        self._keeps_widths = True

    def _share_width(self) -> None:
        """The columns share the width in proportion to their own, until somebody has drawn one by hand."""
        widths = [column.width for column in self.table.kind.columns]
        factor = max(1.0, self.viewport().width() / sum(widths))
        if self._keeps_widths:
            return
        shares = [int(width * factor) for width in widths]
        shares[-1] += max(0, self.viewport().width() - sum(shares))
        header = self.horizontalHeader()
        header.blockSignals(True)
        for place, width in enumerate(shares):
            header.resizeSection(place, width)
        header.blockSignals(False)
        self.updateGeometries()

    def _keep_a_row(self) -> None:
        """Rows have gone: the one that the keyboard is in now is the selected one, and the map stays as it is."""
        if self.currentIndex().isValid() and not self.selected_rows:
            self._is_settling = True
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(self.currentIndex(), flags)
            self._is_settling = False

    def _lead(self) -> None:
        """The map shows what the selected rows speak of, while the keyboard is here."""
        if not self._is_settling and (self._has_keyboard or self.viewport().underMouse()):
            ids = self.table.leads_to(self.selected_rows)
            if ids:
                self.led.emit(ids)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
