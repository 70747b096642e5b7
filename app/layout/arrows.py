"""A link as drawn: a line with rounded corners and an arrow head."""

from __future__ import annotations

from collections.abc import Sequence

from app.layout import theme
from app.layout.drawing import Drawing, Placed, Rect, Segment, Shape
from app.layout.gutters import Gutters
from app.layout.link_labels import LABEL_PAD, LinkPath
from app.layout.links import Point, route, track_of
from app.layout.script import Script
from app.layout.text import TextBlock
from app.model.records import Link

CORNER = 1.0
ARROW = 1.7
WIDTH = 0.3
ARC = 0.55  # with this share of the way to the corner a cubic is nearly a circle's arc


def link_path(link: Link, source: Rect, target: Rect, gutters: Gutters, script: Script) -> LinkPath:
    """The way of a link from card to card."""
    label = label_block(link, gutters, script)
    track = track_of(source, gutters)
    return LinkPath(route(source, target, gutters, track, label.width + 2.0 if label is not None else 0.0), label)


def label_block(link: Link, gutters: Gutters, script: Script) -> TextBlock | None:
    """A link's label: in one line, unless the map is narrower than that."""
    if not link.label:
        return None
    text = " ".join(link.label.split("\n"))
    block = script.block(text, theme.SMALL, None)
    room = gutters.xs[-1] - gutters.xs[0] - 2 * LABEL_PAD
    return block if block.width <= room else script.block(text, theme.SMALL, room)


def placed_link(link: Link, corners: Sequence[Point]) -> Placed:
    """A link along its path, drawn and placed on the sheet; without its label, which lies above all links."""
    area = _area(corners)
    local = [(x - area.x, y - area.y) for x, y in corners]
    line = Shape(_rounded(_shortened(local)), None, theme.LINK, WIDTH)
    head = Shape(_arrow_head(local[-2], local[-1]), theme.LINK)
    return Placed(link.id, area.x, area.y, Drawing(area.w, area.h, (line, head)))


def _area(points: Sequence[Point]) -> Rect:
    """All that the line covers, in sheet mm."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(xs) - ARROW, min(ys) - ARROW, max(xs) + ARROW, max(ys) + ARROW
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
