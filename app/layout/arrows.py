"""A link as drawn: a line with rounded corners, an arrow head, and its label on a row edge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Box, Drawing, Placed, Primitive, Rect, Segment, Shape, Text
from app.layout.gutters import Gutters
from app.layout.links import TRACK_PITCH, TRACKS, Point, route, track_of
from app.layout.script import Script
from app.layout.text import TextBlock
from app.model.records import Link

CORNER = 1.0
ARROW = 1.7
WIDTH = 0.3
LABEL_PAD = 0.6
TRACK_REACH = TRACKS // 2 * TRACK_PITCH + 0.01
ARC = 0.55  # with this share of the way to the corner a cubic is nearly a circle's arc


class LinkPath(NamedTuple):
    """Where a link runs: its corners, and its label with the place for it; sheet mm."""

    corners: list[Point]
    label: TextBlock | None
    label_at: Rect | None


def link_path(link: Link, source: Rect, target: Rect, gutters: Gutters, script: Script) -> LinkPath:
    """The way of a link from card to card."""
    label = label_block(link, gutters, script)
    track = track_of(link.id, label is not None)
    corners = route(source, target, gutters, track, label.width + 2.0 if label is not None else 0.0)
    return LinkPath(corners, label, label_rect(label, corners, gutters) if label is not None else None)


def label_block(link: Link, gutters: Gutters, script: Script) -> TextBlock | None:
    """A link's label: in one line, unless the map is narrower than that."""
    if not link.label:
        return None
    text = " ".join(link.label.split("\n"))
    block = script.block(text, theme.SMALL, None)
    room = gutters.xs[-1] - gutters.xs[0] - 2 * LABEL_PAD
    return block if block.width <= room else script.block(text, theme.SMALL, room)


def placed_link(link: Link, path: LinkPath) -> Placed:
    """A link along its path, drawn and placed on the sheet."""
    area = _area(path.corners, path.label_at)
    dx, dy = -area.x, -area.y
    local = [(x + dx, y + dy) for x, y in path.corners]
    items: list[Primitive] = [
        Shape(_rounded(_shortened(local)), None, theme.LINK, WIDTH),
        Shape(_arrow_head(local[-2], local[-1]), theme.LINK),
    ]
    if path.label is not None and path.label_at is not None:
        x, y, w, h = path.label_at.moved(dx, dy)
        items += [Box(x, y, w, h, theme.CELL), Text(x + LABEL_PAD, y, path.label, theme.SECONDARY, detail=True)]
    return Placed(link.id, area.x, area.y, Drawing(area.w, area.h, tuple(items)))


def label_rect(block: TextBlock, points: Sequence[Point], gutters: Gutters) -> Rect:
    """Where a link's label lies: in the middle of its longest stretch along a row edge, where no card is.

    Where the path only crosses row edges, the label lies on such a crossing.
    """
    along = [(a, b) for a, b in pairwise(points[1:-1]) if a[1] == b[1] and gutters.is_row_edge(a[1], TRACK_REACH)]
    (x1, y), (x2, _) = max(along or _crossings(points, gutters), key=_run_length)
    width = block.width + 2 * LABEL_PAD
    left = max(gutters.xs[0], min((x1 + x2 - width) / 2, gutters.xs[-1] - width))
    return Rect(left, y - block.height / 2, width, block.height)


def _crossings(points: Sequence[Point], gutters: Gutters) -> list[tuple[Point, Point]]:
    """Where a path crosses row edges on its way up or down; if nowhere, the row edge next to it."""
    ways = [(x, y1, y2, gutters.nearest_row_edge((y1 + y2) / 2)) for (x, y1), (_, y2) in pairwise(points[1:-1])]
    found = [(x, edge) for x, y1, y2, edge in ways if min(y1, y2) <= edge <= max(y1, y2)]
    found = found or [(x, edge) for x, _, _, edge in ways] or [(points[0][0], gutters.nearest_row_edge(points[0][1]))]
    return [(point, point) for point in found]


def _run_length(run: tuple[Point, Point]) -> float:
    return abs(run[1][0] - run[0][0])


def _area(points: Sequence[Point], label: Rect | None) -> Rect:
    """All that the link covers, in sheet mm."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(xs) - ARROW, min(ys) - ARROW, max(xs) + ARROW, max(ys) + ARROW
    if label is not None:
        left, right = min(left, label.x), max(right, label.right)
        top, bottom = min(top, label.y), max(bottom, label.bottom)
    return Rect(left, top, right - left, bottom - top)


def _shortened(points: list[Point]) -> list[Point]:
    """Lets the line end inside the arrow head rather than poke through its tip."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    length = abs(x2 - x1) + abs(y2 - y1)
    back = min(ARROW * 0.7, length / 2) / length if length else 0.0
    return [*points[:-1], (x2 - (x2 - x1) * back, y2 - (y2 - y1) * back)]


def _arrow_head(before: Point, tip: Point) -> tuple[Segment, ...]:
    """A triangle with its tip at the end of a path, which comes in along an axis."""
    (x1, y1), (x2, y2) = before, tip
    ux, uy = (0.0, _sign(y2 - y1)) if x1 == x2 else (_sign(x2 - x1), 0.0)
    bx, by, half = x2 - ux * ARROW, y2 - uy * ARROW, ARROW * 0.42
    return (("M", x2, y2), ("L", bx - uy * half, by + ux * half), ("L", bx + uy * half, by - ux * half), ("Z",))


def _sign(length: float) -> float:
    return -1.0 if length < 0 else 1.0


def _rounded(points: list[Point]) -> tuple[Segment, ...]:
    """The path with its corners rounded."""
    segments: list[Segment] = [("M", *points[0])]
    for before, (x, y), after in zip(points, points[1:], points[2:], strict=False):
        x1, y1 = _towards(x, y, *before)
        x2, y2 = _towards(x, y, *after)
        segments.append(("L", x1, y1))
        segments.append(
            ("C", x1 + (x - x1) * ARC, y1 + (y - y1) * ARC, x2 + (x - x2) * ARC, y2 + (y - y2) * ARC, x2, y2)
        )
    segments.append(("L", *points[-1]))
    return tuple(segments)


def _towards(x: float, y: float, other_x: float, other_y: float) -> Point:
    """Where the rounding of a corner begins on the way along an axis to the next one."""
    if x == other_x:
        return x, y + max(-CORNER, min(CORNER, (other_y - y) / 2))
    return x + max(-CORNER, min(CORNER, (other_x - x) / 2)), y
