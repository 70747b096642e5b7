"""Two people who change the same map, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable

from app.model import edits
from app.model.document import Document, Transaction
from app.model.merging import Conflict, Merge, merge
from app.model.queries import cards_in
from app.model.records import Record
from tests.model.builders import rich_map

Act = Callable[[Transaction], object]


def does_nothing(_tx: Transaction) -> None:
    """What a side does that leaves the map alone."""


def changed(base: list[Record], act: Act) -> list[Record]:
    document = Document(base)
    with document.edit("Edit") as tx:
        act(tx)
    return document.records


def merged(mine: Act, theirs: Act = does_nothing, base: list[Record] | None = None) -> Merge:
    """The rich map after two people did something to it. The result is sound, and the same the other way round."""
    first = rich_map().records if base is None else base
    one, other = changed(first, mine), changed(first, theirs)
    found = merge(first, one, other)
    assert found.records == merge(first, other, one).records
    Document(found.records)
    return found


def by_id(found: Merge) -> dict[str, Record]:
    return {record.id: record for record in found.records}


def notes(found: Merge) -> list[tuple[str, str]]:
    return [(note.kind, note.id) for note in found.notes]


def conflict(found: Merge) -> Conflict:
    """The only one."""
    [only] = found.conflicts
    return only


def put(**fields: object) -> Act:
    """Sets fields of the card `c1`."""
    return lambda tx: tx.set("c1", **fields)


def titles(found: Merge, lane: str, step: str) -> list[str]:
    return [card.title for card in cards_in(Document(found.records).store, lane, step)]


def add_cards(*names: str, index: int | None = None) -> Act:
    def act(tx: Transaction) -> None:
        for at, name in enumerate(names):
            place = None if index is None else index + at
            edits.add_card(tx, "note", "l1", "s3", index=place, title=name)

    return act
