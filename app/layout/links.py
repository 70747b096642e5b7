"""Links between cards: they run in the gutters of the grid, never through a card.

Gutters lie at the column edges (vertical) and row edges (horizontal). Only cards that span several steps bar a vertical
gutter; there the path takes another way round.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from networkx import Graph, NetworkXNoPath, shortest_path

from app.layout import theme
from app.layout.drawing import Box, Drawing, Placed, Primitive, Rect, Segment, Shape, Text
from app.layout.script import Script
from app.layout.text import TextBlock
from app.model.records import Link

Point = tuple[float, float]

TRACKS = 5
TRACK_PITCH = 0.4
CORNER = 1.0
ARROW = 1.7
WIDTH = 0.3


class Gutters(NamedTuple):
    """Where links may run: x of the column edges, y of the row edges (both ascending), and the spanning cards."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    bars: tuple[Rect, ...]

    def is_clear(self, x: float, y1: float, y2: float) -> bool:
        """True where a vertical run at x meets no spanning card."""
        low, high = min(y1, y2), max(y1, y2)
        return not any(bar.x < x < bar.right and bar.y < high and low < bar.bottom for bar in self.bars)


def placed_link(link: Link, source: Rect, target: Rect, gutters: Gutters, script: Script) -> Placed:
    """A link from card to card, drawn and placed on the sheet."""
    track = (zlib.crc32(link.id.encode()) % TRACKS - TRACKS // 2) * TRACK_PITCH
    block = script.block(link.label.split("\n", 1)[0], theme.SMALL, None) if link.label else None
    points = route(source, target, gutters, track, block.width + 2.0 if block is not None else 0.0)
    return _drawn(link, points, block)


def route(source: Rect, target: Rect, gutters: Gutters, track: float, run: float = 0.0) -> list[Point]:
    """The corners of a path from the source's edge to the target's, in sheet mm.

    `track` shifts it within its gutters so that neighbours stay apart. `run`: the length of the horizontal stretch
    between rows that a label needs.
    """
    if run == 0.0 and _stacked(source, target):
        return _straight_down(source, target)
    start_y, end_y = source.y + source.h / 2, target.y + target.h / 2
    best: tuple[float, list[Point]] | None = None
    for leaving, from_right in ((_next(gutters.xs, source.right), True), (_before(gutters.xs, source.x), False)):
        for arriving, to_right in ((_before(gutters.xs, target.x), False), (_next(gutters.xs, target.right), True)):
            exit_, entry = source.right if from_right else source.x, target.right if to_right else target.x
            if run and abs(leaving - arriving) < run:
                continue
            for ys in _crossings(leaving, arriving, start_y, end_y, gutters):
                middle = _path(leaving + track, arriving + track, start_y, end_y, ys, track)
                points = [(exit_, start_y), *middle, (entry, end_y)]
                cost = _length(points) + 6.0 * len(points)
                if (best is None or cost < best[0]) and _free(points, gutters):
                    best = cost, points
    return best[1] if best is not None else _way_round(source, target, gutters, track)


def _stacked(source: Rect, target: Rect) -> bool:
    """True where the one card lies right below the other in a cell."""
    gap = max(target.y - source.bottom, source.y - target.bottom)
    return abs(source.x - target.x) < 0.01 and abs(source.w - target.w) < 0.01 and 0 <= gap <= theme.PAD + 0.01


def _straight_down(source: Rect, target: Rect) -> list[Point]:
    x = source.x + source.w / 2
    if target.y >= source.bottom:
        return [(x, source.bottom), (x, target.y)]
    return [(x, source.y), (x, target.bottom)]


def _crossings(
    leaving: float, arriving: float, start_y: float, end_y: float, gutters: Gutters
) -> Sequence[float | None]:
    """The row edges at which a path may cross from one column gutter to the other; None: it stays in one gutter."""
    if abs(leaving - arriving) < 0.01:
        return (None,)
    middle = (start_y + end_y) / 2
    return sorted(gutters.ys, key=lambda y: (abs(y - middle), y))[:8]


def _path(leaving: float, arriving: float, start_y: float, end_y: float, y: float | None, track: float) -> list[Point]:
    if y is None:
        return [(leaving, start_y), (leaving, end_y)]
    y += track
    return [(leaving, start_y), (leaving, y), (arriving, y), (arriving, end_y)]


def _free(points: list[Point], gutters: Gutters) -> bool:
    pairs = pairwise(points)
    return all(gutters.is_clear(x1, y1, y2) for (x1, y1), (x2, y2) in pairs if x1 == x2)


def _way_round(source: Rect, target: Rect, gutters: Gutters, track: float) -> list[Point]:
    """The shortest path through the whole net of gutters, for maps whose spanning cards bar the usual ones."""
    start_y, end_y = source.y + source.h / 2, target.y + target.h / 2
    net = _net(gutters)
    start, end = ("start", 0.0), ("end", 0.0)
    for node, rect, y in ((start, source, start_y), (end, target, end_y)):
        for x in (_before(gutters.xs, rect.x), _next(gutters.xs, rect.right)):
            for row in gutters.ys:
                if gutters.is_clear(x, y, row):
                    net.add_edge(node, (x, row), weight=abs(row - y) + 1.0)
    try:
        nodes = shortest_path(net, start, end, weight="weight")[1:-1]
    except NetworkXNoPath:
        return [(source.x + source.w / 2, source.bottom), (target.x + target.w / 2, target.y)]
    first, last = nodes[0], nodes[-1]
    exit_ = source.right if first[0] >= source.right else source.x
    entry = target.right if last[0] >= target.right else target.x
    corners = [(x + track, y + track) for x, y in nodes]
    points = [(exit_, start_y), (corners[0][0], start_y), *corners, (corners[-1][0], end_y), (entry, end_y)]
    return _without_needless(points)


def _net(gutters: Gutters) -> Graph[Point | tuple[str, float]]:
    net: Graph[Point | tuple[str, float]] = Graph()
    for y in gutters.ys:
        for x1, x2 in pairwise(gutters.xs):
            net.add_edge((x1, y), (x2, y), weight=x2 - x1)
    for x in gutters.xs:
        for y1, y2 in pairwise(gutters.ys):
            if gutters.is_clear(x, y1, y2):
                net.add_edge((x, y1), (x, y2), weight=y2 - y1)
    return net


def _without_needless(points: list[Point]) -> list[Point]:
    """The path without corners that lie on a straight line."""
    kept = points[:1]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return [*kept, points[-1]]


def _next(edges: Sequence[float], x: float) -> float:
    return min((edge for edge in edges if edge >= x - 0.01), default=x)


def _before(edges: Sequence[float], x: float) -> float:
    return max((edge for edge in edges if edge <= x + 0.01), default=x)


def _length(points: list[Point]) -> float:
    return sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))


def _drawn(link: Link, points: list[Point], label: TextBlock | None) -> Placed:
    left, top = min(x for x, _ in points) - ARROW, min(y for _, y in points) - ARROW
    right, bottom = max(x for x, _ in points) + ARROW, max(y for _, y in points) + ARROW
    local = [(x - left, y - top) for x, y in points]
    items: list[Primitive] = [
        Shape(_rounded(_shortened(local)), None, theme.LINK, WIDTH),
        Shape(_arrow_head(local[-2], local[-1]), theme.LINK),
    ]
    if label is not None:
        items += _label(label, local)
    return Placed(link.id, left, top, Drawing(right - left, bottom - top, tuple(items)))


def _label(block: TextBlock, points: list[Point]) -> list[Primitive]:
    runs = [pair for pair in pairwise(points) if pair[0][1] == pair[1][1]]
    (x1, y), (x2, _) = max(runs or [(points[0], points[-1])], key=lambda pair: abs(pair[1][0] - pair[0][0]))
    x = (x1 + x2 - block.width) / 2
    box = Box(x - 0.6, y - block.height / 2, block.width + 1.2, block.height, theme.CELL)
    return [box, Text(x, y - block.height / 2, block, theme.SECONDARY, detail=True)]


def _shortened(points: list[Point]) -> list[Point]:
    """Lets the line end inside the arrow head rather than poke through its tip."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    length = abs(x2 - x1) + abs(y2 - y1)
    back = min(ARROW * 0.7, length / 2) / length if length else 0.0
    return [*points[:-1], (x2 - (x2 - x1) * back, y2 - (y2 - y1) * back)]


def _arrow_head(before: Point, tip: Point) -> tuple[Segment, ...]:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    ux, uy = dx / length, dy / length
    bx, by, half = tip[0] - ux * ARROW, tip[1] - uy * ARROW, ARROW * 0.42
    return (("M", *tip), ("L", bx - uy * half, by + ux * half), ("L", bx + uy * half, by - ux * half), ("Z",))


def _rounded(points: list[Point]) -> tuple[Segment, ...]:
    """The path with its corners rounded."""
    segments: list[Segment] = [("M", *points[0])]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _towards(here, before), _towards(here, after)
        segments += [("L", *enter), ("C", *_middle(enter, here), *_middle(leave, here), *leave)]
    return (*segments, ("L", *points[-1]))


def _towards(corner: Point, other: Point) -> Point:
    length = abs(other[0] - corner[0]) + abs(other[1] - corner[1])
    share = min(CORNER / length, 0.5) if length else 0.0
    return corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share


def _middle(a: Point, b: Point) -> Point:
    """The control point that makes a cubic corner nearly a circle's arc."""
    return a[0] + (b[0] - a[0]) * 0.55, a[1] + (b[1] - a[1]) * 0.55
