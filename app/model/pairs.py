"""Which records refer to two others at once: a cell of the map is where a lane and a step cross."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from app.model.records import Record

Place = tuple[str, str]


class PairIndex:
    """The records by the two that they refer to through two relations.

    What they share could be asked of the graph, but then a cell takes longer the more cards there are in its column.
    """

    def __init__(self, relations: Place, records: Iterable[Record]) -> None:
        self._relations = relations
        self._ids: dict[Place, dict[str, None]] = {}
        for record in records:
            self.add(record)

    def at(self, place: Place) -> Iterable[str]:
        """The ids of the records that refer to both, in no particular order."""
        return self._ids.get(place, {})

    def add(self, record: Record) -> None:
        place = self._place(record)
        if place is not None:
            self._ids.setdefault(place, {})[record.id] = None

    def discard(self, record: Record) -> None:
        place = self._place(record)
        if place is not None:
            del self._ids[place][record.id]
            if not self._ids[place]:
                del self._ids[place]

    def _place(self, record: Record) -> Place | None:
        fields = _fields(record.__class__, self._relations)
        if fields is None:
            return None
        first, second = record.__dict__[fields[0]], record.__dict__[fields[1]]
        return (first, second) if first is not None and second is not None else None


@cache
def _fields(record_class: type[Record], relations: Place) -> Place | None:
    """The fields behind the relations, where records of the class have both."""
    fields = {reference.relation: field for field, reference in record_class.REFERENCES.items()}
    first, second = relations
    return (fields[first], fields[second]) if first in fields and second in fields else None
