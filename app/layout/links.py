"""Links between cards: they run in the gutters of the grid, never through a card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Rect
from app.layout.gutters import EDGE, Gutters, Span, beyond

Point = tuple[float, float]

TRACKS = 5
TRACK_PITCH = 0.5
STRIP_SHARE = 0.6
"""Between two cards of a stack there is less room than in a gutter."""
STACK_PITCH = 8.0
"""mm from one card of a stack to the next, as small cards lie."""
CORNER_COST = 6.0
SHORT_RUN_COST = 30.0
OUTER_COST = 1.0


class Track(NamedTuple):
    """How far beside the middle of its gutters a link runs, in mm, so that neighbours stay apart."""

    across: float
    down: float


class End(NamedTuple):
    """Where a path may touch a card: the x of the edge, and the number of the gutter beside it."""

    x: float
    gutter: int


class Way(NamedTuple):
    """A way by two gutters; `cost` grows with length and corners."""

    cost: float
    leave: End
    arrive: End


def track_of(source: Rect, gutters: Gutters) -> Track:
    """The track of the links that begin at a card.

    It follows from where the card lies, so that those from neighbours differ: in the row, above or below, in the stack.
    Links from the same card share theirs, and branch where they part.
    """
    row = gutters.row_edge(source.y)
    column = gutters.before(source.x + EDGE)
    place = int((source.y - gutters.ys[row]) / STACK_PITCH)
    number = (column - row + place) % TRACKS - TRACKS // 2
    return Track(number * TRACK_PITCH, number * TRACK_PITCH)


def route(source: Rect, target: Rect, gutters: Gutters, track: Track, run: float = 0.0) -> list[Point]:
    """The corners of a path from the source's edge to the target's, in sheet mm.

    `run`: the width of a label in mm, for which the path goes along a row edge; 0 for none.
    """
    if not run and _stacked(source, target):
        return _straight_down(source, target)
    start_y, end_y = source.y + source.h / 2, target.y + target.h / 2
    for way in _ways(source, target, gutters, run):
        points = _path(way, start_y, end_y, gutters, track)
        if points is not None:
            return _without_needless(points)
    return _without_needless(_way_round(source, target, gutters, track))


def _stacked(source: Rect, target: Rect) -> bool:
    """True where the one card lies right below the other in a cell."""
    gap = max(target.y - source.bottom, source.y - target.bottom)
    same_column = abs(source.x - target.x) < EDGE and abs(source.w - target.w) < EDGE
    return same_column and 0 <= gap <= theme.PAD + EDGE


def _straight_down(source: Rect, target: Rect) -> list[Point]:
    x = source.x + source.w / 2
    if target.y >= source.bottom:
        return [(x, source.bottom), (x, target.y)]
    return [(x, source.y), (x, target.bottom)]


def _ends(rect: Rect, gutters: Gutters) -> tuple[End, End]:
    """The edges at which a path may touch a card, the trailing one first, with the gutters beside them."""
    ends = End(rect.right, gutters.after(rect.right)), End(rect.x, gutters.before(rect.x))
    return ends[::-1] if gutters.rtl else ends


def _ways(source: Rect, target: Rect, gutters: Gutters, run: float) -> list[Way]:
    """The ways by the gutters beside the two cards, the cheapest first."""
    xs, outer = gutters.xs, (0, len(gutters.xs) - 1)
    start_y, end_y = source.y + source.h / 2, target.y + target.h / 2
    edge = gutters.nearest_row_edge((start_y + end_y) / 2)
    crossing = abs(start_y - edge) + abs(edge - end_y) + 2 * CORNER_COST
    arrivals = _ends(target, gutters)
    ways: list[Way] = []
    for leave in _ends(source, gutters):
        for arrive in arrivals:
            across = abs(xs[leave.gutter] - xs[arrive.gutter])
            cost = abs(leave.x - xs[leave.gutter]) + across + abs(xs[arrive.gutter] - arrive.x)
            cost += OUTER_COST * ((leave.gutter in outer) + (arrive.gutter in outer))
            if leave.gutter != arrive.gutter:
                ways.append(Way(cost + crossing + (SHORT_RUN_COST if across < run else 0.0), leave, arrive))
            elif not run:
                ways.append(Way(cost + abs(start_y - end_y), leave, arrive))
    ways.sort(key=itemgetter(0))
    return ways


def _path(way: Way, start_y: float, end_y: float, gutters: Gutters, track: Track) -> list[Point] | None:
    """The path of a way, None where a spanning card bars it."""
    first, last = way.leave.gutter, way.arrive.gutter
    x1, x2 = gutters.track_x(first, track.across), gutters.track_x(last, track.across)
    start, end = (way.leave.x, start_y), (way.arrive.x, end_y)
    if first == last:
        free = gutters.is_clear(first, start_y, end_y)
        return [start, (x1, start_y), (x1, end_y), end] if free else None
    for edge in gutters.row_edges_near((start_y + end_y) / 2):
        if gutters.is_clear(first, start_y, edge) and gutters.is_clear(last, edge, end_y):
            y = edge + track.down
            return [start, (x1, start_y), (x1, y), (x2, y), (x2, end_y), end]
    return None


def _way_round(source: Rect, target: Rect, gutters: Gutters, track: Track) -> list[Point]:
    """A path past spanning cards that bar the usual ways: to a row edge, down a free gutter, and in again."""
    up = target.y < source.y
    escapes = list(_escapes(source, gutters, track, up))
    entries = list(_escapes(target, gutters, track, not up and target.y > source.bottom))
    (_, first_edge, _), (_, last_edge, _) = escapes[0], entries[0]
    free = gutters.clear_numbers(first_edge, last_edge)
    paths: list[list[Point]] = []
    for first, y1, out in escapes:
        for last, y2, into in entries:
            between = min(free, key=lambda number: _detour(number, first, last, gutters.xs))
            x = gutters.track_x(between, track.across)
            paths.append([*out, (x, y1 + track.down), (x, y2 + track.down), *reversed(into)])
    return min(paths, key=lambda path: _length(path) + CORNER_COST * len(path))


def _detour(number: int, first: int, last: int, xs: Sequence[float]) -> float:
    return abs(xs[number] - xs[first]) + abs(xs[number] - xs[last])


def _escapes(rect: Rect, gutters: Gutters, track: Track, up: bool) -> Iterator[tuple[int, float, list[Point]]]:
    """From either side of a card to the row edge above or below: the gutter and the edge reached, and the corners."""
    row = gutters.row_edge(rect.y)
    edge = gutters.ys[row if up else min(row + 1, len(gutters.ys) - 1)]
    middle = rect.y + rect.h / 2
    for x, number in _ends(rect, gutters):
        points = [(x, middle), (gutters.track_x(number, track.across), middle)]
        end = _climb(number, middle, edge, points, gutters, track, up)
        yield end, edge, [*points, (gutters.track_x(end, track.across), edge + track.down)]


def _climb(number: int, y: float, edge: float, points: list[Point], gutters: Gutters, track: Track, up: bool) -> int:
    """Goes round one spanning card after the other, adding corners; answers the gutter in which the edge is reached.

    Cards are packed so that the strips right above and below a spanning card are free over its whole length, and the
    gutter at its end is free beside it.
    """
    in_strip = track.down * STRIP_SHARE
    while (span := _next_span(number, y, edge, gutters, up)) is not None:
        before, y = beyond(span, up)
        points.append((gutters.track_x(number, track.across), before + in_strip))
        number = min(span.first, span.last, key=lambda end: abs(gutters.xs[end] - gutters.xs[number]))
        points.append((gutters.track_x(number, track.across), before + in_strip))
        points.append((gutters.track_x(number, track.across), y + in_strip))
    return number


def _next_span(number: int, y: float, edge: float, gutters: Gutters, up: bool) -> Span | None:
    return gutters.next_up(number, y, edge) if up else gutters.next_down(number, y, edge)


def _without_needless(points: list[Point]) -> list[Point]:
    """The path without corners that lie on a straight line."""
    kept = points[:1]
    for here, after in pairwise(points[1:]):
        before = kept[-1]
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return [*kept, points[-1]]


def _length(points: list[Point]) -> float:
    return sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))
