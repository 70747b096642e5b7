"""Lists that are written row by row: goals and pain points, or labels with their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.window.panels.fields.base import FieldEditor, mark, mixed_words
from app.window.panels.fields.list_row import Cell, Row

_BULLET = re.compile(r"^\s*(?:[-*•–]\s+)?")


class ListEditor(FieldEditor):
    """Rows of one or more cells, with an empty row at the end to write the next entry in.

    Enter opens a row below, Backspace in an empty one removes it, Alt with the arrows or the grip moves it. Several
    lines that are pasted become as many rows. At most `most` rows; empty ones are no entries. `limits`: so
    many characters fit into each cell.
    """

    hints: tuple[str, ...] = ("",)
    """What empty cells say, one for each."""

    def __init__(self, most: int | None, limits: Sequence[int | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._limits = limits
        self._name = ""
        self._is_showing = False
        self._is_mixed = False
        self.rows: list[Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._fit(0)

    # What is shown

    def show_value(self, value: Any) -> None:
        wanted = [self.cells_of(entry) for entry in value]
        if not self._is_mixed and wanted == self._filled():
            return
        self._is_mixed = False
        self._show(wanted)

    def show_mixed(self) -> None:
        self._is_mixed = True
        self._show([])

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self._name_rows()

    def set_invalid(self, invalid: bool) -> None:
        held = self._focused()
        for row in self.rows:
            for cell in row.cells:
                mark(cell, "invalid", invalid and (row is held or held is None))

    # What subclasses say

    def cells_of(self, entry: Any) -> tuple[str, ...]:
        """An entry as the texts of its cells."""
        raise NotImplementedError

    def entry_of(self, cells: Sequence[str]) -> Any:
        """The texts of a row as an entry."""
        raise NotImplementedError

    def split(self, line: str) -> tuple[str, ...]:
        """A pasted line as the texts of a row's cells."""
        raise NotImplementedError

    # Rows

    def _filled(self) -> list[tuple[str, ...]]:
        return [row.texts for row in self.rows if not row.is_empty]

    def _entries(self) -> tuple[Any, ...]:
        return tuple(self.entry_of(texts) for texts in self._filled())

    def _show(self, wanted: Sequence[tuple[str, ...]]) -> None:
        self._is_showing = True
        try:
            self._fit(len(wanted))
            for row, texts in zip(self.rows, [*wanted, *[self._blank]], strict=False):
                row.show_texts(texts)
        finally:
            self._is_showing = False
        self._tidy()

    @property
    def _blank(self) -> tuple[str, ...]:
        return ("",) * len(self.hints)

    def _fit(self, filled: int) -> None:
        """Makes so many rows, and one to write in where there is room for it."""
        count = filled + 1 if self._most is None else min(self._most, filled + 1)
        while len(self.rows) < max(count, filled):
            self._insert(len(self.rows))
        for row in self.rows[max(count, filled) :]:
            self._drop(row)
        self._tidy()

    def _insert(self, at: int) -> Row:
        row = Row(self._limits, self)
        self.rows.insert(at, row)
        self._layout.insertWidget(at, row)
        row.show()
        row.edited.connect(self._edited)
        row.left.connect(self._left)
        row.crowded.connect(self.crowded)
        row.entered.connect(lambda: self._open_below(row))
        row.emptied.connect(lambda: self._remove(row, by_key=True))
        row.removed.connect(lambda: self._remove(row, by_key=False))
        row.moved.connect(lambda by: self._move(row, by))
        row.stepped.connect(lambda by: self._step(row, by))
        row.dragged.connect(lambda y: self._drag(row, y))
        row.dropped.connect(self._tell_order)
        row.pasted.connect(lambda cell, lines: self._paste(row, cell, lines))
        return row

    def _drop(self, row: Row) -> None:
        """Takes a row away; the cursor in it goes to the one that follows."""
        at = self.rows.index(row)
        self.rows.remove(row)
        if row.has_focus and self.rows:
            self.rows[min(at, len(self.rows) - 1)].focus_first()
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _tidy(self) -> None:
        """Keeps hints, names, grips and the order of the Tab key in step with the rows."""
        last = len(self.rows) - 1
        several = len(self._filled()) > 1
        for at, row in enumerate(self.rows):
            is_open = at == last and row.is_empty
            first = mixed_words() if self._is_mixed else self.hints[0]
            row.set_hints((first if is_open or len(self.hints) > 1 else "", *self.hints[1:]))
            row.show_tools(is_open=is_open, movable=several)
        for row, following in pairwise(self.rows):
            QWidget.setTabOrder(row.cells[-1], following.cells[0])
        self._name_rows()
        if self.rows:
            self.setFocusProxy(self.rows[0].cells[0])

    def _name_rows(self) -> None:
        for at, row in enumerate(self.rows):
            row.set_name(f"{self._name} {at + 1}", self.hints if len(self.hints) > 1 else ("",))

    def _focused(self) -> Row | None:
        return next((row for row in self.rows if row.has_focus), None)

    # What the hands do

    def _edited(self) -> None:
        if self._is_showing:
            return
        self._is_mixed = False
        if not self.rows[-1].is_empty and (self._most is None or len(self.rows) < self._most):
            self._insert(len(self.rows))
        self._tidy()
        self.typed.emit(self._entries())

    def _left(self) -> None:
        if self._is_showing:
            return
        if self._focused() is None:
            for row in [row for row in self.rows[:-1] if row.is_empty]:
                self._drop(row)
            self._tidy()
        self.left.emit()

    def _open_below(self, row: Row) -> None:
        """The next row, empty: the one below where that is empty already."""
        self.left.emit()
        at = self.rows.index(row) + 1
        if row.is_empty:
            return
        if at == len(self.rows) or not self.rows[at].is_empty:
            if self._most is not None and len(self.rows) >= self._most:
                self._refuse_more()
                return
            self._insert(at)
            self._tidy()
        self.rows[at].focus_first()

    def _remove(self, row: Row, *, by_key: bool) -> None:
        at, was_empty = self.rows.index(row), row.is_empty
        if at == len(self.rows) - 1 and was_empty:
            if by_key and at:
                self.rows[at - 1].focus_last()
            return
        neighbour = self.rows[at - 1] if by_key and at else self.rows[at + 1] if at + 1 < len(self.rows) else None
        if neighbour is not None:
            neighbour.focus_last() if by_key and at else neighbour.focus_first()
        self._drop(row)
        if not self.rows or not self.rows[-1].is_empty:
            self._insert(len(self.rows))
        self._tidy()
        if neighbour is None:
            self.rows[-1].focus_first()
        if not was_empty:
            self.picked.emit(self._entries())

    def _move(self, row: Row, by: int) -> None:
        if self._shift(row, self.rows.index(row) + by):
            self._tell_order()

    def _shift(self, row: Row, to: int) -> bool:
        """Puts a row at another place among those with something in them."""
        at = self.rows.index(row)
        last = len(self.rows) - 1 - int(self.rows[-1].is_empty)
        if row.is_empty or to == at or not 0 <= to <= last:
            return False
        self.rows.insert(to, self.rows.pop(at))
        self._layout.removeWidget(row)
        self._layout.insertWidget(to, row)
        self._tidy()
        return True

    def _drag(self, row: Row, y: int) -> None:
        """Follows the mouse, whose height is in px of this widget."""
        others = [other for other in self.rows if other is not row and not other.is_empty]
        self._shift(row, sum(other.geometry().center().y() < y for other in others))

    def _tell_order(self) -> None:
        self.picked.emit(self._entries())

    def _step(self, row: Row, by: int) -> None:
        at = self.rows.index(row) + by
        if 0 <= at < len(self.rows):
            self.rows[at].focus_first()

    def _paste(self, row: Row, cell: Cell, lines: list[str]) -> None:
        """The first line goes in where the cursor is, the others become rows below; all of them or none."""
        first, rest = ([], lines) if row.is_empty else (lines[:1], lines[1:])
        new = [line for line in (_BULLET.sub("", line).rstrip() for line in rest) if line]
        if self._most is not None and len(self._filled()) + len(new) > self._most:
            self._refuse_more()
            return
        at = self.rows.index(row)
        self._is_showing = True
        try:
            for line in first:
                cell.insert(line.rstrip())
            if row.is_empty and new:
                row.show_texts(self.split(new.pop(0)))
            for place, line in enumerate(new, at + 1):
                self._insert(place).show_texts(self.split(line))
            if not self.rows[-1].is_empty and (self._most is None or len(self.rows) < self._most):
                self._insert(len(self.rows))
            beyond = max(0, len(self.rows) - (self._most or len(self.rows)))
            for extra in [row for row in reversed(self.rows) if row.is_empty][:beyond]:
                self._drop(extra)
        finally:
            self._is_showing = False
        self._tidy()
        self.picked.emit(self._entries())
        self.rows[min(at + len(new), len(self.rows) - 1)].focus_last()

    def _refuse_more(self) -> None:
        sentence = QCoreApplication.translate("Fields", "At most {0} entries fit here; nothing was added.")
        self.refused.emit(sentence.format(self._most))


class TextsEditor(ListEditor):
    """A list of lines."""

    def __init__(self, most: int | None, limits: Sequence[int | None], parent: QWidget | None = None) -> None:
        self.hints = (QCoreApplication.translate("Fields", "Add…"),)
        super().__init__(most, limits, parent)

    def cells_of(self, entry: Any) -> tuple[str, ...]:
        return (str(entry),)

    def entry_of(self, cells: Sequence[str]) -> Any:
        return cells[0]

    def split(self, line: str) -> tuple[str, ...]:
        return (line,)


class PairsEditor(ListEditor):
    """A list of labels with their values. Pasted lines are parted at a tab, a semicolon or a colon."""

    def __init__(self, most: int | None, limits: Sequence[int | None], parent: QWidget | None = None) -> None:
        translate = QCoreApplication.translate
        self.hints = (translate("Fields", "Label"), translate("Fields", "Value"))
        super().__init__(most, limits, parent)

    def cells_of(self, entry: Any) -> tuple[str, ...]:
        return (str(entry[0]), str(entry[1]))

    def entry_of(self, cells: Sequence[str]) -> Any:
        return (cells[0], cells[1])

    def split(self, line: str) -> tuple[str, ...]:
        sign = next((sign for sign in ("\t", ";", ":") if sign in line), None)
        label, _, value = line.partition(sign) if sign else (line, "", "")
        return (label.strip(), value.strip())
