"""What is selected on the canvas. It is no part of the map: never stored, never undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Cell(NamedTuple):
    """A place for a new card: a cell, and the place among the cards that begin in it; None: below them."""

    lane: str
    step: str
    at: int | None = None


class Selected(NamedTuple):
    """What is selected at a moment, to be put back."""

    ids: tuple[str, ...] = ()
    current: str | None = None
    cell: Cell | None = None


class Selection(QObject):
    """The ids of the selected records. `current` is the one that the keyboard goes on from.

    `cell` is the place where typing starts a card; with something selected as well, one has just written that.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[str, None] = {}
        self.current: str | None = None
        self.cell: Cell | None = None

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self._ids)

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[str]:
        """In the order in which they were selected."""
        return iter(list(self._ids))

    @property
    def state(self) -> Selected:
        return Selected(tuple(self._ids), self.current, self.cell)

    def restore(self, state: Selected) -> None:
        """Selects what was selected then; all of it must still be there."""
        self._take(*state)

    def select(self, ids: Iterable[str], current: str | None = None) -> None:
        """Selects these and nothing else."""
        self._take(ids, current, None)

    def select_cell(self, cell: Cell, after: str | None = None) -> None:
        """Goes to a cell; `after`: the card just written in it stays selected."""
        self._take(() if after is None else (after,), after, cell)

    def _take(self, ids: Iterable[str], current: str | None, cell: Cell | None) -> None:
        new = dict.fromkeys(ids)
        self.current = current if current in new else next(reversed(new), None)
        if new.keys() != self._ids.keys() or cell != self.cell:
            self._ids, self.cell = new, cell
            self.changed.emit()

    def toggle(self, id: str) -> None:
        """Adds a record, or takes it out."""
        if id in self._ids:
            self.select(other for other in self if other != id)
        else:
            self.select([*self, id])

    def clear(self) -> None:
        self.select(())

    def forget(self, gone: Iterable[str]) -> None:
        """Drops records that are no longer there."""
        lost = set(gone)
        if self._ids.keys() & lost:
            self.select((id for id in self if id not in lost), self.current)
        if self.cell is not None and lost & {self.cell.lane, self.cell.step}:
            self.select(self, self.current)
