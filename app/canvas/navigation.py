"""Where the arrow keys lead: through cells and cards as they lie on the sheet, along curves, and to the headers."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from app.canvas.selection import Cell
from app.model.queries import cards_in, points_on, stages
from app.model.records import Card, EmotionPoint, Lane, Link, Stage, Step

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.model.records import Record
    from app.model.store import RecordGraph

STAGES: Final = -2
STEPS: Final = -1
LANES: Final = -1
"""The rows of stage and step headers, and the column of lane headers."""


class Direction(Enum):
    """LEFT and RIGHT are those of the screen; NEXT and PREVIOUS those of reading, FIRST and LAST their ends."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    NEXT = "next"
    PREVIOUS = "previous"
    FIRST = "first"
    LAST = "last"


class _Place(NamedTuple):
    """A cell or header by row and column, and the place among what lies in it.

    `between`: not at the thing with that number but before it, where the next card would come.
    """

    row: int
    column: int
    at: int
    between: bool = False

    def beside(self, by: int) -> int:
        """The number of the thing before or after this place."""
        return self.at + (by if by < 0 or not self.between else 0)


Target = str | Cell
"""What one gets to: a record, or a cell in which nothing lies."""


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
        """What lies in a cell, from top to bottom, or along the curve; a header is alone in its cell."""
        if column == LANES:
            return [self._rows[row].lane] if row >= 0 else []
        step = self._steps[column]
        if row == STAGES:
            first = column == 0 or self._stage_of[self._steps[column - 1]] != self._stage_of[step]
            return [self._stage_of[step]] if first else []
        if row == STEPS:
            return [step]
        lane = self._rows[row]
        if lane.is_folded:
            return []
        if lane.is_curve:
            here = [point for point in points_on(self._store, lane.lane) if point.step == step]
            return [point.id for point in sorted(here, key=lambda point: (point.at, -point.value, point.id))]
        return [card.id for card in cards_in(self._store, lane.lane, step)]

    def target(self, row: int, column: int, at: int) -> Target | None:
        """What one gets to in a cell, the thing with that number (−1: the last) where there are things."""
        if ids := self.ids(row, column):
            return ids[-1] if at < 0 else ids[min(at, len(ids) - 1)]
        return Cell(self._rows[row].lane, self._steps[column]) if row >= 0 and column >= 0 else None

    def is_curve(self, row: int) -> bool:
        return row >= 0 and self._rows[row].is_curve

    def find(self, what: Target | None) -> _Place | None:
        """Where a record or a cell is; a link is where it leads to."""
        if isinstance(what, Cell):
            return self._find_cell(what)
        record = self._store.get(what)
        if isinstance(record, Link):
            record = self._store.get(record.target)
        if isinstance(record, Card | EmotionPoint):
            row, column = self._row(record.lane), self._column(record.step)
            if row is not None and column is not None:
                ids = self.ids(row, column)
                return _Place(row, column, ids.index(record.id) if record.id in ids else 0, record.id not in ids)
        return self._find_header(record)

    def _find_header(self, record: Record | None) -> _Place | None:
        row: int | None = None
        column: int | None = None
        match record:
            case Stage():
                row = STAGES
                column = next((at for at, step in enumerate(self._steps) if self._stage_of[step] == record.id), None)
            case Step():
                row, column = STEPS, self._column(record.id)
            case Lane():
                row, column = self._row(record.id), LANES
        return _Place(row, column, 0) if row is not None and column is not None else None

    def _find_cell(self, cell: Cell) -> _Place | None:
        row, column = self._row(cell.lane), self._column(cell.step)
        if row is None or column is None:
            return None
        count = len(self.ids(row, column))
        return _Place(row, column, count if cell.at is None else min(cell.at, count), between=True)

    def _column(self, step: str) -> int | None:
        return self._steps.index(step) if step in self._steps else None

    def _row(self, lane: str) -> int | None:
        return next((at for at, row in enumerate(self._rows) if row.lane == lane), None)


def neighbour(layout: MapLayout, store: RecordGraph, start: Target | None, direction: Direction) -> Target | None:
    """What to go to next from a record or a cell; None where there is nothing further that way.

    From nothing, the first card, or else the first cell, or the first stage of a map that has none.
    """
    grid = _Grid(layout, store)
    if direction in {Direction.FIRST, Direction.LAST}:
        return _end_of_map(grid, last=direction is Direction.LAST)
    place = grid.find(start)
    if place is None:
        return _first(grid, store)
    if direction in {Direction.NEXT, Direction.PREVIOUS}:
        return _in_reading_order(grid, place, 1 if direction is Direction.NEXT else -1)
    if direction in {Direction.UP, Direction.DOWN}:
        return _up_or_down(grid, place, -1 if direction is Direction.UP else 1)
    return _along(grid, place, 1 if (direction is Direction.RIGHT) is not grid.rtl else -1)


def next_cell(layout: MapLayout, lane: str, step: str, by: int) -> Cell | None:
    """The cell after or before one in reading order, in the lanes of cards; None at the end of the map."""
    steps = [column.step for column in layout.columns]
    cells = [(row.lane, step) for row in layout.rows if row.holds_cards for step in steps]
    at = cells.index((lane, step)) + by if (lane, step) in cells else -1
    return Cell(*cells[at]) if 0 <= at < len(cells) else None


def _first(grid: _Grid, store: RecordGraph) -> Target | None:
    rows = [row for row in range(grid.height) if not grid.is_curve(row)]
    for row in rows:
        for column in range(grid.width):
            if ids := grid.ids(row, column):
                return ids[0]
    if rows and grid.width:
        return grid.target(rows[0], 0, 0)
    return next((stage.id for stage in stages(store)), None)


def _end_of_map(grid: _Grid, *, last: bool) -> Target | None:
    """The first or the last cell."""
    if not grid.height or not grid.width:
        return None
    return grid.target(grid.height - 1, grid.width - 1, -1) if last else grid.target(0, 0, 0)


def _in_reading_order(grid: _Grid, place: _Place, by: int) -> Target | None:
    """Cell by cell along the row, then on to the next."""
    ids, beside = grid.ids(place.row, place.column), place.beside(by)
    if 0 <= beside < len(ids):
        return ids[beside]
    width = grid.width + 1  # with the lane headers
    at = (place.row - STAGES) * width + place.column - LANES + by
    while 0 <= at < (grid.height - STAGES) * width:
        found = grid.target(at // width + STAGES, at % width + LANES, 0 if by > 0 else -1)
        if found is not None:
            return found
        at += by
    return None


def _up_or_down(grid: _Grid, place: _Place, by: int) -> Target | None:
    """Within the cell, then to the cell above or below; from a step to the stage above it."""
    if not grid.is_curve(place.row):
        ids, beside = grid.ids(place.row, place.column), place.beside(by)
        if 0 <= beside < len(ids):
            return ids[beside]
    row = place.row + by
    if row == STAGES:
        return next((ids[0] for at in range(place.column, -1, -1) if (ids := grid.ids(row, at))), None)
    if STAGES < row < grid.height:
        return grid.target(row, place.column, 0 if by > 0 else -1)
    return None


def _along(grid: _Grid, place: _Place, by: int) -> Target | None:
    """To the next column, at about the same height in its cell; before the first one is the lane's header."""
    ids, beside = grid.ids(place.row, place.column), place.beside(by)
    if grid.is_curve(place.row) and 0 <= beside < len(ids):
        return ids[beside]
    column = place.column + by
    while LANES <= column < grid.width:
        at = (0 if by > 0 else -1) if grid.is_curve(place.row) else place.at
        found = grid.target(place.row, column, at)
        if found is not None:
            return found
        column += by
    return None
