"""How curves of one measure are told from those of another: by the weight of the line, and the sign on each point.

Neither needs colour, which is the persona's; dashes say that something is assumed.
"""

from __future__ import annotations

from math import cos, pi, sin

from app.layout import theme
from app.layout.drawing import Primitive, Segment, Shape
from app.layout.faces import circle, face, outline_path
from app.model.fields import Measure

ASSUMED = (2.0, 1.3)
"""The dashes of what is assumed, mm on and off."""

THIN, BROAD, DOUBLE, CORE = 0.35, 1.5, 1.3, 0.55
MARKER = 0.84
"""The size of a marker against that of a face."""


def strokes(path: tuple[Segment, ...], measure: Measure, color: str, *, usual: bool, dashed: bool) -> list[Shape]:
    """The line of a curve: plain where it shows what its lane is for, or emotion; else thin, double, broad."""
    dash = ASSUMED if dashed else ()
    if usual or measure == "emotion":
        return [Shape(path, None, color, theme.CURVE_WIDTH, dash)]
    if measure == "expectation":
        return [Shape(path, None, color, THIN, dash)]
    if measure == "importance":
        return [Shape(path, None, color, DOUBLE, dash), Shape(path, None, theme.CELL, CORE)]
    return [Shape(path, None, theme.mixed(color, theme.CELL, 0.45), BROAD, dash)]


def point_sign(
    x: float, y: float, r: float, value: float, color: str, outline: int, measure: Measure
) -> tuple[Primitive, ...]:
    """A point of a curve, centred at (x, y): a face for emotion, else the persona's outline with a sign in it."""
    if measure == "emotion":
        return face(x, y, r, value, color, outline)
    r *= MARKER
    return (
        Shape(outline_path(x, y, r, outline), theme.WHITE, color, 0.2 * r),
        *(Shape(path, color) for path in _sign(x, y, 0.62 * r, measure)),
    )


def legend_sign(x: float, y: float, r: float, color: str, outline: int, measure: Measure) -> tuple[Primitive, ...]:
    """The same for a legend, where a face would have no value."""
    if measure == "emotion":
        return (Shape(outline_path(x, y, r, outline), theme.WHITE, color, 0.4),)
    return point_sign(x, y, r / MARKER, 0.0, color, outline, measure)


def _sign(x: float, y: float, r: float, measure: Measure) -> list[tuple[Segment, ...]]:
    """A dot for what is expected, a star for what matters, rising bars for what it costs."""
    if measure == "expectation":
        return [circle(x, y, 0.62 * r)]
    if measure == "importance":
        return [_star(x, y, r * 1.12)]
    bottom = y + 0.75 * r
    return [_bar(x + at * r, bottom, 0.42 * r, height * r) for at, height in ((-0.85, 0.6), (-0.21, 1.05), (0.43, 1.5))]


def _bar(x: float, bottom: float, w: float, h: float) -> tuple[Segment, ...]:
    return ("M", x, bottom), ("L", x, bottom - h), ("L", x + w, bottom - h), ("L", x + w, bottom), ("Z",)


def _star(x: float, y: float, r: float) -> tuple[Segment, ...]:
    corners = [
        (x + size * sin(pi * corner / 5), y - size * cos(pi * corner / 5))
        for corner in range(10)
        for size in (r if corner % 2 == 0 else 0.45 * r,)
    ]
    lines: list[Segment] = [("L", px, py) for px, py in corners[1:]]
    return ("M", *corners[0]), *lines, ("Z",)
