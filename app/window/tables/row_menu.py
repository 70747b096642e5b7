"""The menu of a row: what its keys do, and sorting by the column it was asked for in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from app.window.icons import icon
from app.window.tables.model import RecordTable


class Rows(Protocol):
    """What is asked of the view of a table."""

    table: RecordTable

    @property
    def selected_ids(self) -> list[str]: ...

    def currentIndex(self) -> QModelIndex: ...
    def edit_current(self) -> None: ...
    def add_row(self) -> None: ...
    def cut(self) -> None: ...
    def copy(self) -> None: ...
    def paste(self) -> None: ...
    def move_row(self, by: int) -> None: ...
    def delete_rows(self) -> None: ...


def fill_row_menu(menu: QMenu, view: Rows) -> None:
    """Fills the menu for the current cell of a table."""
    kind, index = view.table.kind, view.currentIndex()

    def offer(sign: str, text: str, keys: str, run: Callable[[], object], is_on: bool = True) -> None:
        action = menu.addAction(text)
        if sign:
            action.setIcon(icon(sign))
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here; the table hears its keys itself
        action.setEnabled(is_on)
        action.triggered.connect(lambda _checked=False: run())

    has_row, is_sorted = bool(view.selected_ids), view.table.sorted_by is not None
    offer("pencil", _tr("&Edit"), "F2", view.edit_current, view.table.spec(index) is not None)
    if kind.add is not None:
        offer("plus", _tr("&Add a row"), "Ctrl+Return", view.add_row)
    menu.addSeparator()
    if kind.may_delete:
        offer("scissors", _tr("Cu&t rows"), "Ctrl+X", view.cut, has_row)
    offer("copy", _tr("&Copy rows"), "Ctrl+C", view.copy, has_row)
    if kind.add is not None:
        offer("clipboard", _tr("&Paste rows"), "Ctrl+V", view.paste)
    if kind.move is not None:
        menu.addSeparator()
        offer("arrow-up", _tr("Move &up"), "Alt+Up", lambda: view.move_row(-1), has_row and not is_sorted)
        offer("arrow-down", _tr("Move &down"), "Alt+Down", lambda: view.move_row(1), has_row and not is_sorted)
    menu.addSeparator()
    ascending, descending = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    name = view.table.column(index).label
    offer("", _tr("&Sort by “{name}”").format(name=name), "", lambda: view.table.sort(index.column(), ascending))
    offer("", _tr("Sort do&wn by it"), "", lambda: view.table.sort(index.column(), descending))
    offer("", _tr("Do &not sort"), "", lambda: view.table.sort(-1), is_sorted)
    if kind.may_delete:
        menu.addSeparator()
        offer("trash-2", _tr("De&lete rows"), "Del", view.delete_rows, has_row)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
