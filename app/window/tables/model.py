"""The model of every table: rows are records, cells are fields. It follows the document and writes through edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from app.model.diff import Diff
from app.model.document import Document, Draft, EditError, Following, Transaction
from app.model.edits import Deleted, delete
from app.model.records import Record
from app.model.rules import RuleError
from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.parsed import NotUnderstood
from app.window.panels.writing import rehearse, write
from app.window.tables.kinds import Column, Kind, is_about
from app.window.tables.values import spec_of, value_in
from app.window.words import model_word

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

MARK = int(Role.UserRole)
"""Whether a row speaks of what is selected on the map."""

SIGN = MARK + 1
"""The name of the icon that stands before the words of a cell; None: none."""

DRAG_INTERVAL = 100
"""Milliseconds between two looks at a drag under way."""

MOST_STEPS = 50
"""Of more rows that come and go at once the table is made anew."""


class RecordTable(QAbstractTableModel):
    """The records of a kind of table, and after them an empty row where new ones can be written.

    Rows stand as the map has them, or sorted by a column, which changes nothing on the map.
    """

    def __init__(self, kind: Kind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.document: Document | None = None
        self._following = Following()
        self._ids: list[str] = []
        self._accepts: Callable[[Any], bool] | None = None
        self._marked: frozenset[str] = frozenset()
        self._is_late = False
        self._is_watched = True
        self.sorted_by: tuple[int, bool] | None = None
        """Column, and whether it goes down."""

        self._later = QTimer(self, singleShot=True, interval=DRAG_INTERVAL)
        self._later.timeout.connect(self._catch_up)

    # What is shown

    def follow(self, document: Document | None) -> None:
        """Shows the records of a document from now on, or none."""
        if document is self.document:
            return
        self._later.stop()
        self._is_late = False
        self.document = document
        self._following.follow(document, self._on_diff)
        self._reset()

    def watch(self, is_watched: bool) -> None:
        """Whether anybody sees the table: until then it does not follow, and then it catches up."""
        self._is_watched = is_watched
        if is_watched:
            self._catch_up()

    def accept(self, accepts: Callable[[Any], bool] | None) -> None:
        """Shows only the records that pass; None: all."""
        self._accepts = accepts
        self._bring_to(self._wanted())

    def mark(self, ids: Iterable[str]) -> None:
        """Marks the rows that speak of these."""
        self._marked = frozenset(ids)
        self._repaint()

    @property
    def ids(self) -> list[str]:
        """The records from top to bottom."""
        return list(self._ids)

    def record(self, row: int) -> Record | None:
        """The record of a row; None: the empty row at the end."""
        if self.document is None or not 0 <= row < len(self._ids):
            return None
        return self.document.store.get(self._ids[row])

    def row_of(self, id: str) -> int | None:
        return self._ids.index(id) if id in self._ids else None

    def column(self, index: Index) -> Column:
        return self.kind.columns[index.column()]

    def spec(self, index: Index) -> FieldSpec | None:
        """The field that a cell lets one change; None: none."""
        column, record = self.column(index), self.record(index.row())
        if column.text is not None or (record is None and self.kind.record is None):
            return None
        return spec_of(type(record) if record is not None else self.kind.record or Record, column.name)

    def value(self, index: Index) -> Any:
        """What a record holds in the field of a cell."""
        record = self.record(index.row())
        return getattr(record, self.column(index).name, None) if record is not None else None

    def leads_to(self, rows: Iterable[int]) -> list[str]:
        """What rows speak of, as far as it is there."""
        found: dict[str, None] = {}
        for record in filter(None, map(self.record, rows)):
            found.update(dict.fromkeys(self.kind.leads_to(self._store, record)))
        return [id for id in found if id in self._store]

    @property
    def _store(self) -> Any:
        assert self.document is not None
        return self.document.store

    # As Qt asks for it

    def rowCount(self, parent: Index | None = None) -> int:
        if self.document is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._ids) + (self.kind.add is not None)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.kind.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self.kind.columns[section].label
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        kept = super().flags(index)
        return kept | Qt.ItemFlag.ItemIsEditable if self.spec(index) is not None else kept

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or self.document is None:
            return None
        record = self.record(index.row())
        if record is None:
            is_invitation = role == Role.DisplayRole and index.column() == 0
            return self.kind.another if is_invitation else None
        if role == Role.DisplayRole:
            return self.column(index).shown(self._store, record)
        if role == MARK:
            return bool(self._marked) and is_about(self._store, self.kind, record, self._marked)
        return self._sign(index, role)

    def _sign(self, index: Index, role: int) -> Any:
        """The box to tick, or the icon, that a cell has; None: neither."""
        spec = self.spec(index) if role in {Role.CheckStateRole, SIGN} else None
        if role == Role.CheckStateRole and spec is not None and spec.editor == "tick":
            return Qt.CheckState.Checked if self.value(index) else Qt.CheckState.Unchecked
        return self.value(index) if role == SIGN and spec is not None and spec.editor == "icon" else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; −1: as the map has them."""
        self.sorted_by = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._bring_to(self._wanted())
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    # Writing

    def write(self, id: str, spec: FieldSpec, value: Any, *, joins: bool = False) -> str | None:
        """Gives a record a value; the result is the sentence why not. With `joins` a part of the step before."""
        assert self.document is not None
        record = self.document.store.get(id)
        if record is None or getattr(record, spec.name) == value:
            return None
        return write(self.document, [id], spec, value, joins=joins)

    def add(self, fields: Mapping[str, Any]) -> tuple[str, str | None]:
        """Adds a record at the end; the result is its id, or the sentence why not."""
        made = ""

        def work(tx: Transaction) -> None:
            nonlocal made
            assert self.kind.add is not None
            made = self.kind.add(tx, **fields)

        problem = self.edit(self._adding, work)
        return ("", problem) if problem else (made, None)

    def rehearse(self, id: str, spec: FieldSpec, value: Any) -> Draft:
        """What `write` would change, or without an id `add`. Raises what makes them say why not."""
        assert self.document is not None
        if id:
            return rehearse(self.document, [id], spec, value)
        add = self.kind.add
        assert add is not None
        return self.document.rehearse(self._adding, lambda tx: add(tx, **{spec.name: value}))

    @property
    def _adding(self) -> str:
        return _tr("Add {what}").format(what=self.kind.one)

    def paste(self, rows: Sequence[Sequence[str]], before: str | None) -> tuple[list[str], int]:
        """Makes a record of each row of texts; the result is their ids, and how many cells were not understood."""
        labels = [column.label.casefold() for column in self.kind.columns]
        if rows and [cell.strip().casefold() for cell in rows[0]] == labels[: len(rows[0])]:
            rows = rows[1:]
        made: list[str] = []
        read = [self._fields_in(row) for row in rows]
        if self.kind.add is None or not rows:
            return [], 0

        def work(tx: Transaction) -> None:
            assert self.kind.add is not None
            made.extend(self.kind.add(tx, before=before, **fields) for fields, _ in read)

        problem = self.edit(_tr("Paste {what}").format(what=self.kind.one), work)
        return ([], sum(map(len, rows))) if problem else (made, sum(missed for _, missed in read))

    def _fields_in(self, row: Sequence[str]) -> tuple[dict[str, Any], int]:
        fields: dict[str, Any] = {}
        missed = 0
        for column, text in zip(self.kind.columns, row, strict=False):
            spec = spec_of(self.kind.record or Record, column.name) if column.text is None else None
            if spec is None or not text.strip():
                continue
            try:
                fields[column.name] = value_in(self._store, spec, text)
            except NotUnderstood:
                missed += 1
        return fields, missed + sum(1 for text in row[len(self.kind.columns) :] if text.strip())

    def move(self, id: str, by: int) -> None:
        """Moves a record among its siblings, up or down."""
        ids = [record.id for record in self.kind.rows(self._store)]
        at = ids.index(id)
        to = max(0, min(len(ids) - 1, at + by))
        if self.kind.move is None or to == at:
            return
        rest = ids[to + (by > 0) :]
        self.edit(_tr("Move {what}").format(what=self.kind.one), lambda tx: self._move(tx, id, next(iter(rest), None)))

    def _move(self, tx: Transaction, id: str, before: str | None) -> None:
        assert self.kind.move is not None
        self.kind.move(tx, id, before)

    def delete(self, ids: Sequence[str]) -> Deleted | None:
        """Deletes records; None where it could not be."""
        gone: list[Deleted] = []
        self.edit(_tr("Delete {what}").format(what=self.kind.one), lambda tx: gone.append(delete(tx, ids)))
        return gone[0] if gone else None

    def link(self, id: str, cards: Sequence[str]) -> str | None:
        """Lets a row speak of cards as well; the result is the sentence why not."""
        link = self.kind.link
        assert link is not None
        return self.edit(_tr("Link cards"), lambda tx: link(tx, id, cards))

    def edit(self, label: str, work: Callable[[Transaction], object]) -> str | None:
        """Changes the document in one step; the result is the sentence why it could not be."""
        assert self.document is not None
        if self.document.is_editing:
            return _tr("Something is being moved right now; try again after that.")
        try:
            with self.document.edit(label) as tx:
                work(tx)
        except EditError as error:
            return model_word(str(error))
        except (ValidationError, RuleError):
            return _tr("Some of this does not fit here, so nothing was changed.")
        return None

    # Following

    def _on_diff(self, diff: Diff) -> None:
        """At once, but for drags: those write at every move of the mouse, and nobody reads along that fast."""
        touched = {record.type for pair in diff.values() for record in pair if record is not None}
        self._is_late = self._is_late or self.sorted_by is not None or not touched.isdisjoint(self.kind.types)
        if not self._is_watched or self.document is None:
            return
        if not self.document.is_editing:
            self._catch_up()
        elif not self._later.isActive():
            self._later.start()

    def _catch_up(self) -> None:
        self._later.stop()
        if self._is_late:
            self._is_late = False
            self._bring_to(self._wanted())
        self._repaint()

    def _repaint(self) -> None:
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, self.columnCount() - 1))

    def _wanted(self) -> list[str]:
        if self.document is None:
            return []
        store = self.document.store
        records = [record for record in self.kind.rows(store) if self._accepts is None or self._accepts(record)]
        if self.sorted_by is not None:
            column, down = self.kind.columns[self.sorted_by[0]], self.sorted_by[1]
            keys = {record.id: column.sorting(store, record) for record in records}
            full = [record for record in records if keys[record.id] is not None]
            full.sort(key=lambda record: keys[record.id], reverse=down)
            records = full + [record for record in records if keys[record.id] is None]
        return [record.id for record in records]

    def _reset(self) -> None:
        self.beginResetModel()
        self._ids = self._wanted()
        self.endResetModel()

    def _bring_to(self, wanted: list[str]) -> None:
        """Rows go, change places and come, so that what is selected and where one is stays."""
        if wanted == self._ids:
            return
        if len(set(wanted) ^ set(self._ids)) > MOST_STEPS:
            self._reset()
            return
        staying = set(wanted)
        for row in reversed([row for row, id in enumerate(self._ids) if id not in staying]):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._ids[row]
            self.endRemoveRows()
        present = set(self._ids)
        self._reorder([id for id in wanted if id in present])
        for row, id in enumerate(wanted):
            if id not in present:
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, id)
                self.endInsertRows()

    def _reorder(self, ids: list[str]) -> None:
        if ids == self._ids:
            return
        self.layoutAboutToBeChanged.emit()
        place = {id: row for row, id in enumerate(ids)}
        before = self.persistentIndexList()
        new_rows = [place[self._ids[index.row()]] if index.row() < len(ids) else index.row() for index in before]
        after = [self.index(row, index.column()) for row, index in zip(new_rows, before, strict=True)]
        self._ids = ids
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tables", text)
