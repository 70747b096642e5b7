"""Where the arrow keys lead: from card to card as they lie on the sheet, through curves and up to the stages."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from app.model.queries import cards_in, points_on, stages
from app.model.records import Card, EmotionPoint, Stage

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.model.store import RecordGraph


class Direction(Enum):
    """LEFT and RIGHT are those of the screen; NEXT and PREVIOUS those of reading."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    NEXT = "next"
    PREVIOUS = "previous"


class _Place(NamedTuple):
    """A cell by row and column, and the place among what lies in it. Row −1 holds the stages."""

    row: int
    column: int
    at: int


class _Grid:
    """The cells of a map, row by row, with what can be selected in them."""

    def __init__(self, layout: MapLayout, store: RecordGraph) -> None:
        self._store = store
        self._rows = layout.rows
        self._steps = [column.step for column in layout.columns]
        if layout.rtl:
            self._steps = sorted(self._steps, key=lambda step: -layout.column_of[step].x)
        self._stage_of = {column.step: column.stage for column in layout.columns}
        self.rtl = layout.rtl
        self.height = len(self._rows)
        self.width = len(self._steps)

    def ids(self, row: int, column: int) -> list[str]:
        """What lies in a cell, from top to bottom, or along the curve."""
        step = self._steps[column]
        if row < 0:
            first = column == 0 or self._stage_of[self._steps[column - 1]] != self._stage_of[step]
            return [self._stage_of[step]] if first else []
        lane = self._rows[row]
        if lane.is_curve:
            here = [point for point in points_on(self._store, lane.lane) if point.step == step]
            return [point.id for point in sorted(here, key=lambda point: (point.at, -point.value, point.id))]
        return [card.id for card in cards_in(self._store, lane.lane, step)]

    def is_curve(self, row: int) -> bool:
        return row >= 0 and self._rows[row].is_curve

    def find(self, id: str | None) -> _Place | None:
        """Where a record is."""
        record = self._store.get(id)
        if isinstance(record, Stage):
            column = next((at for at, step in enumerate(self._steps) if self._stage_of[step] == record.id), None)
            return _Place(-1, column, 0) if column is not None else None
        if isinstance(record, Card | EmotionPoint):
            row = next((at for at, lane in enumerate(self._rows) if lane.lane == record.lane), None)
            if row is None or record.step not in self._steps:
                return None
            column = self._steps.index(record.step)
            return _Place(row, column, self.ids(row, column).index(record.id))
        return None


def neighbour(layout: MapLayout, store: RecordGraph, id: str | None, direction: Direction) -> str | None:
    """What to select next from a record; None where there is nothing further that way.

    From nothing, the first card, or the first stage of a map without cards.
    """
    grid = _Grid(layout, store)
    place = grid.find(id)
    if place is None:
        return _first(grid, store)
    if direction in {Direction.NEXT, Direction.PREVIOUS}:
        return _in_reading_order(grid, place, 1 if direction is Direction.NEXT else -1)
    if direction in {Direction.UP, Direction.DOWN}:
        return _up_or_down(grid, place, -1 if direction is Direction.UP else 1)
    return _along(grid, place, 1 if (direction is Direction.RIGHT) is not grid.rtl else -1)


def _first(grid: _Grid, store: RecordGraph) -> str | None:
    for row in range(grid.height):
        for column in range(grid.width):
            if not grid.is_curve(row) and (ids := grid.ids(row, column)):
                return ids[0]
    return next((stage.id for stage in stages(store)), None)


def _in_reading_order(grid: _Grid, place: _Place, by: int) -> str | None:
    """Cell by cell along the row, then on to the next."""
    ids = grid.ids(place.row, place.column)
    if 0 <= place.at + by < len(ids):
        return ids[place.at + by]
    at = (place.row + 1) * grid.width + place.column + by
    while 0 <= at < (grid.height + 1) * grid.width:
        ids = grid.ids(at // grid.width - 1, at % grid.width)
        if ids:
            return ids[0 if by > 0 else -1]
        at += by
    return None


def _up_or_down(grid: _Grid, place: _Place, by: int) -> str | None:
    """Within the cell, then to the nearest row that has something in this column, or near it."""
    if not grid.is_curve(place.row):
        ids = grid.ids(place.row, place.column)
        if 0 <= place.at + by < len(ids):
            return ids[place.at + by]
    row = place.row + by
    while -1 <= row < grid.height:
        found = _nearest(grid, row, place.column)
        if found:
            return found[0 if by > 0 else -1]
        row += by
    return None


def _nearest(grid: _Grid, row: int, column: int) -> list[str]:
    """What lies in the column of a row, or in the column nearest to it; of the stages, the one above."""
    columns = range(column, -1, -1) if row < 0 else sorted(range(grid.width), key=lambda at: (abs(at - column), at))
    return next((ids for at in columns if (ids := grid.ids(row, at))), [])


def _along(grid: _Grid, place: _Place, by: int) -> str | None:
    """To the next column of the row that has something, at about the same height in its cell."""
    ids = grid.ids(place.row, place.column)
    if grid.is_curve(place.row) and 0 <= place.at + by < len(ids):
        return ids[place.at + by]
    column = place.column + by
    while 0 <= column < grid.width:
        ids = grid.ids(place.row, column)
        if ids:
            if grid.is_curve(place.row):
                return ids[0 if by > 0 else -1]
            return ids[min(place.at, len(ids) - 1)]
        column += by
    return None
