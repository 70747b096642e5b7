"""Taking over a single difference from one map into another, with all that it needs there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from app.model.edits import delete
from app.model.mentions import without_the_lost
from app.model.records import Record, Step

if TYPE_CHECKING:
    from app.model.comparison import Change
    from app.model.document import Transaction
    from app.model.store import RecordGraph


def take_over(tx: Transaction, change: Change, theirs: Mapping[str, Record]) -> None:
    """Makes a thing in the map what it is in the other one; what is not there is deleted.

    Raises RuleError at the end of the transaction where that breaks a rule of the map.
    """
    if change.after is None:
        delete(tx, [change.id])
        return
    for record in _with_needs(change.after, tx.store, theirs):
        tx.put(record)


def _with_needs(record: Record, mine: RecordGraph, theirs: Mapping[str, Record]) -> list[Record]:
    """A record with those that it cannot be without and that are not here yet, those first."""
    found: dict[str, Record] = {}

    def add(one: Record) -> None:
        if one.id in found:
            return
        found[one.id] = one
        for id in _needs(one, theirs):
            if id not in mine and id in theirs:
                add(theirs[id])

    add(record)
    present = found.keys() | {one.id for one in mine}
    return [without_the_lost(one, present) for one in reversed(found.values())]


def _needs(record: Record, theirs: Mapping[str, Record]) -> Iterator[str]:
    for field, reference in record.REFERENCES.items():
        if reference.on_delete == "cascade":
            yield from record.targets(field)
    if record.type == "stage":
        yield from (one.id for one in theirs.values() if isinstance(one, Step) and one.stage == record.id)
