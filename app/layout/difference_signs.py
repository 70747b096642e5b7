"""The signs of a comparison: plus, minus, tilde and arrow, each with its colour, so that no meaning hangs on colour.

What is drawn here lies over the map, on the screen and on paper alike. Lengths are mm.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from typing import Final, Literal, get_args

from app.layout import theme
from app.layout.drawing import Box, Drawing, Icon, Line, Picture, Placed, Primitive, Rect, Segment, Shape, Text
from app.layout.remembering import remembered
from app.layout.text import TextStyle, layout_text
from app.model.comparison.changes import Kind

Sign = Kind | Literal["open", "decided"]
"""What differs, or about what two sides disagree: not decided yet, or decided."""

SIGNS: Final[tuple[Kind, ...]] = get_args(Kind)

COLORS: Final[dict[Sign, str]] = {
    "added": "#15803D",
    "removed": "#B91C1C",
    "changed": "#B45309",
    "moved": "#6D28D9",
    "open": "#BE123C",
    "decided": "#0F766E",
}
CHIP: Final = 4.0
CHIP_GAP: Final = 0.4
OUT: Final = 1.7
"""mm that chips stand out of the corner of what they mark."""

EDGE: Final = 0.7
GONE: Final[tuple[float, ...]] = (1.8, 1.2)
TRACE: Final[tuple[float, ...]] = (2.0, 1.4)
ARROW: Final = 2.4
GHOST: Final = 0.42
"""How much of its colours is left of what is gone."""

_CHIP_TYPE: Final = TextStyle(8.5, "semibold", 1.2)


def glyph(sign: Sign, *, rtl: bool) -> str:
    """The sign as a character."""
    arrow = "←" if rtl else "→"
    return {"added": "+", "removed": "−", "changed": "~", "moved": arrow, "open": "!", "decided": "✓"}[sign]


@remembered(64)
def chips(signs: tuple[Sign, ...], rtl: bool) -> Drawing:
    """The signs of a thing in a row."""
    width = len(signs) * (CHIP + CHIP_GAP) - CHIP_GAP
    items: list[Primitive] = []
    for place, sign in enumerate(signs):
        start = place * (CHIP + CHIP_GAP)
        x = width - start - CHIP if rtl else start
        block = layout_text(glyph(sign, rtl=rtl), _CHIP_TYPE, None)
        items.append(Box(x, 0.0, CHIP, CHIP, COLORS[sign], theme.WHITE, 0.3, 1.0))
        items.append(Text(x + (CHIP - block.width) / 2, (CHIP - block.height) / 2, block, theme.WHITE))
    return Drawing(width, CHIP, tuple(items))


def shifted(row: Drawing, dx: float, dy: float) -> tuple[Box | Text, ...]:
    """Signs in a drawing of something else."""
    found = [item for item in row.items if isinstance(item, Box | Text)]
    return tuple(item._replace(x=item.x + dx, y=item.y + dy) for item in found)


def outline(area: Rect, signs: tuple[Sign, ...], radius: float) -> Drawing:
    """A line around a thing, dashed where it is gone; to be placed at the corner of `area`."""
    sign = signs[0]
    dash = GONE if sign == "removed" else ()
    grown = Rect(0.0, 0.0, area.w, area.h).grown(EDGE / 2)
    items: list[Primitive] = [Box(*grown, None, COLORS[sign], EDGE, radius + EDGE / 2, dash)]
    if sign == "removed":
        items.append(Line(1.0, area.h - 1.0, area.w - 1.0, 1.0, COLORS[sign], 0.35))
    return Drawing(area.w, area.h, tuple(items))


def ghost(drawing: Drawing, color: str | None = theme.WHITE) -> Drawing:
    """Something that is gone: as it was, but pale, on ground that hides what is below; None: on none."""
    ground = (Box(0.0, 0.0, drawing.w, drawing.h, color),) if color is not None else ()
    return Drawing(drawing.w, drawing.h, (*ground, *map(_pale, drawing.items)))


def _pale(item: Primitive) -> Primitive:
    match item:
        case Box() | Shape():
            return item._replace(fill=_mixed(item.fill), stroke=_mixed(item.stroke))
        case Line():
            return item._replace(stroke=theme.mixed(item.stroke, theme.WHITE, GHOST))
        case Text() | Icon():
            return item._replace(color=theme.mixed(item.color, theme.WHITE, GHOST))
        case Picture():
            return item._replace(dim=1 - GHOST * (1 - item.dim))


def _mixed(color: str | None) -> str | None:
    return theme.mixed(color, theme.WHITE, GHOST) if color is not None else None


def trace(id: str, start: tuple[float, float], target: Rect, sign: Sign) -> Iterator[Placed]:
    """A dashed way from where something was to where it is; nothing where it is there already."""
    end = _edge_towards(target, start)
    (x1, y1), (x2, y2) = start, end
    length = hypot(x2 - x1, y2 - y1)
    if target.contains(*start) or length < 2 * ARROW:
        return
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bx, by, half = x2 - ux * ARROW, y2 - uy * ARROW, ARROW * 0.42
    left, top = min(x1, x2) - ARROW, min(y1, y2) - ARROW
    color = COLORS[sign]

    def at(x: float, y: float) -> tuple[float, float]:
        return x - left, y - top

    head: tuple[Segment, ...] = (
        ("M", *at(x2, y2)),
        ("L", *at(bx - uy * half, by + ux * half)),
        ("L", *at(bx + uy * half, by - ux * half)),
        ("Z",),
    )
    items: tuple[Primitive, ...] = (
        Line(*at(x1, y1), *at(bx, by), theme.WHITE, 1.3),
        Line(*at(x1, y1), *at(bx, by), color, 0.6, TRACE),
        Shape(head, color),
        Box(*at(x1 - 1.0, y1 - 1.0), 2.0, 2.0, theme.WHITE, color, 0.5, 1.0),
    )
    yield Placed(id, left, top, Drawing(abs(x2 - x1) + 2 * ARROW, abs(y2 - y1) + 2 * ARROW, items))


def _edge_towards(area: Rect, spot: tuple[float, float]) -> tuple[float, float]:
    """Where a straight way from a spot to the middle of an area reaches it."""
    mx, my = area.x + area.w / 2, area.y + area.h / 2
    dx, dy = spot[0] - mx, spot[1] - my
    share = min(
        area.w / 2 / abs(dx) if dx else 1.0,
        area.h / 2 / abs(dy) if dy else 1.0,
        1.0,
    )
    return mx + dx * share, my + dy * share
