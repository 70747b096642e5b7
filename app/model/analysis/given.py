"""What a map was begun with: the records of templates, and the names that things have until somebody names them.

A record of a template keeps its id in the maps that are begun with it, so it can be told whether it was touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, Final

from app.model.analysis.doctor import Examination
from app.model.fields import Measure
from app.model.queries import stages
from app.model.records import Card, Record, record_to_json
from app.model.store import RecordGraph

_PLACES: Final = frozenset({"order", "step", "stage", "lane", "to_step", "width", "height", "collapsed"})
"""Where something lies says nothing about who wrote it."""


class Given:
    """The records of templates, and `names` that nobody has given by hand."""

    def __init__(self, records: Iterable[Record] = (), names: Iterable[str] = ()) -> None:
        self._by_id: defaultdict[str, list[Record]] = defaultdict(list)
        for record in records:
            self._by_id[record.id].append(record)
        self._names = frozenset(names)

    def is_untouched(self, record: Record) -> bool:
        """Whether it says what it said at first, wherever it lies by now."""
        known = self._by_id.get(record.id, ())
        return any(each.type == record.type and _said(each) == _said(record) for each in known)

    def is_written(self, record: Record, field: str) -> bool:
        """Whether somebody has written something into a field: more than nothing, and other than what stood there."""
        value = getattr(record, field)
        if not value or (isinstance(value, str) and (not value.strip() or value in self._names)):
            return False
        return all(getattr(each, field, None) != value for each in self._by_id.get(record.id, ()))

    def is_named(self, title: str) -> bool:
        """Whether a title is one that somebody has given."""
        return bool(title.strip()) and title not in self._names


class OwnWork(Examination):
    """A map under examination without what it was given: untouched cards and points are not there."""

    def __init__(self, store: RecordGraph, today: date, given: Given) -> None:
        super().__init__(store, today)
        self.given = given

    @cached_property
    def cards(self) -> list[Card]:
        return [card for card in super().cards if not self.given.is_untouched(card)]

    @cached_property
    def is_divided(self) -> bool:
        """Whether somebody has had a hand in the stages and steps, be it by putting something into one."""
        columns: list[Record] = [*stages(self.store), *self.steps]
        return bool(self.cards) or any(not self.given.is_untouched(column) for column in columns)

    def steps_with(self, measure: Measure) -> set[str]:
        return {point.step for point in self.points_of(measure) if not self.given.is_untouched(point)}


def _said(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record_to_json(record).items() if name not in _PLACES}
