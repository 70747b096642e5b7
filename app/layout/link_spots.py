"""Where along its path a link's label may stand, the best places first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.layout.drawing import Rect
from app.layout.gutters import Gutters
from app.layout.links import TRACK_PITCH, TRACKS, Point

TRACK_REACH = TRACKS // 2 * TRACK_PITCH + 0.01
CORNER_ROOM = 1.0
SHIFTS = 8
LEAST_SHIFT = 2.0
CLIMB = 4.0
MOST_CLIMBS = 40


class Size(NamedTuple):
    """Width and height of a label in mm."""

    w: float
    h: float


def spots(corners: Sequence[Point], size: Size, gutters: Gutters) -> Iterator[Rect]:
    """Rectangles on the path, in sheet mm: along row edges from its middle outwards, where it crosses row edges, then
    anywhere on its ways up and down. Those along an edge have their middle on it, whatever track the path takes."""
    level = [(a, b) for a, b in pairwise(corners[1:-1]) if a[1] == b[1] and gutters.is_row_edge(a[1], TRACK_REACH)]
    level.sort(key=lambda run: -abs(run[1][0] - run[0][0]))
    upright = [(x, min(y1, y2), max(y1, y2)) for (x, y1), (x2, y2) in pairwise(corners[1:-1]) if x == x2]
    for (x1, y), (x2, _) in level:
        for x in _outwards(min(x1, x2) + CORNER_ROOM, max(x1, x2) - CORNER_ROOM, size.w):
            yield _around(x, gutters.nearest_row_edge(y), size, gutters)
    for x, top, bottom in upright:
        for edge in gutters.row_edges_between(top, bottom):
            yield _around(x, edge, size, gutters)
    for x, top, bottom in upright:
        for y in _climbing(top, bottom):
            yield _around(x, y, size, gutters)


def spots_beside(corners: Sequence[Point], size: Size, gutters: Gutters) -> Iterator[Rect]:
    """Rectangles on the row edges nearest to the corners of a path, for one that is hemmed in by cards."""
    for x, y in corners:
        yield _around(x, gutters.nearest_row_edge(y), size, gutters)


def zones(corners: Sequence[Point], size: Size, gutters: Gutters) -> Iterator[Rect]:
    """All that a label of a path can cover, and a little more: around each stretch, and at row edges near corners."""
    across, down = size.w + 1.0, size.h + 1.0
    for (x1, y1), (x2, y2) in pairwise(corners):
        yield _spread(x1, x2, y1, y2, across, down)
    for x, y in corners:
        edge = gutters.nearest_row_edge(y)
        yield _spread(x, x, edge, edge, across, down)


def _spread(x1: float, x2: float, y1: float, y2: float, across: float, down: float) -> Rect:
    left, top = min(x1, x2) - across, min(y1, y2) - down
    return Rect(left, top, abs(x2 - x1) + 2 * across, abs(y2 - y1) + 2 * down)


def _outwards(start: float, end: float, width: float) -> Iterator[float]:
    """Middles of a label on a stretch, from the stretch's middle to its ends."""
    middle, room = (start + end) / 2, (end - start - width) / 2
    yield middle
    if room <= 0:
        return
    step = max(LEAST_SHIFT, room / SHIFTS)
    for number in range(1, int(room / step) + 1):
        yield middle + number * step
        yield middle - number * step


def _climbing(top: float, bottom: float) -> Iterator[float]:
    """Heights on a way up or down, from the middle of it outwards."""
    middle = (top + bottom) / 2
    count = min(MOST_CLIMBS, int((bottom - top) / CLIMB) - 1)
    for number in range(count):
        yield middle + (number + 1) // 2 * (CLIMB if number % 2 else -CLIMB)


def _around(x: float, y: float, size: Size, gutters: Gutters) -> Rect:
    """A label with its middle at a spot, pushed into the grid."""
    left = max(gutters.xs[0], min(x - size.w / 2, gutters.xs[-1] - size.w))
    return Rect(left, y - size.h / 2, size.w, size.h)
