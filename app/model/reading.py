"""In which order one reads a map: its head and lanes, then step by step from top to bottom, then what lies beside."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from app.model.beside import ActionItem, Feedback, OwnChannel, Source
from app.model.queries import cards_in, lanes, personas, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step

if TYPE_CHECKING:
    from app.model.store import RecordGraph

_HEAD, _SIDE, _GRID, _BESIDE = range(4)
ROWS: Final = ("action_item", "feedback", "source", "channel")
"""The types of records that are rows of tables, in the order of these."""


class Place(NamedTuple):
    """Where something comes when one reads; places compare as that."""

    part: int
    column: int = 0
    row: int = 0
    at: float = 0.0
    order: str = ""
    id: str = ""
    link: str = ""


class ReadingOrder:
    """The places of a map as it is now."""

    def __init__(self, store: RecordGraph) -> None:
        self._store = store
        found = [one.id for stage in stages(store) for one in (stage, *steps_of(store, stage.id))]
        self._column_of = {id: number for number, id in enumerate(found)}
        self._row_of = {lane.id: number for number, lane in enumerate(lanes(store))}
        self._rank_of = {one.id: number for number, one in enumerate(personas(store), start=1)}

    def of(self, record: Record) -> Place | None:
        """The place of a record; None: it has none that one could go to."""
        place: Place | None = None
        match record:
            case MapRecord():
                place = Place(_HEAD)
            case Persona(id=id):
                place = Place(_HEAD, self._rank_of[id])
            case Lane(id=id):
                place = Place(_SIDE, row=self._row_of[id])
            case Stage(id=id) | Step(id=id):
                place = Place(_GRID, self._column_of[id], -1)
            case Card(id=id):
                place = self._in_cell(record.lane, record.step, 0.0, record.order, id)
            case EmotionPoint(id=id):
                place = self._in_cell(record.lane, record.step, record.at, "", id)
            case Link(id=id):
                place = self.of(self._store[record.source])
                place = place._replace(link=id) if place is not None else None
            case ActionItem(id=id) | Feedback(id=id) | Source(id=id) | OwnChannel(id=id):
                place = Place(_BESIDE, ROWS.index(record.type), order=record.order, id=id)
        return place

    def of_gap(self, lane: str, step: str, at: int | None) -> Place:
        """The place before the card with that number in a cell, from 0; None: behind all of them."""
        cards = cards_in(self._store, lane, step)[:at]
        if at is None or not cards:
            return self._in_cell(lane, step, -inf if at == 0 else inf)
        return self._in_cell(lane, step, 0.0, cards[-1].order, cards[-1].id)

    def _in_cell(self, lane: str, step: str, at: float, order: str = "", id: str = "") -> Place:
        return Place(_GRID, self._column_of[step], self._row_of[lane], at, order, id)
