"""Faces that mark emotion: the mouth follows the value, the outline tells the persona without needing colour."""

from __future__ import annotations

from math import cos, pi, sin

from app.layout import theme
from app.layout.drawing import KAPPA, Primitive, Segment, Shape

OUTLINES = ("circle", "square", "hexagon", "diamond")


def face(x: float, y: float, r: float, value: float, outline_color: str, outline: int = 0) -> tuple[Primitive, ...]:
    """A face of radius `r` mm centred at (x, y) for a value −2..+2."""
    fill = theme.emotion_color(value)
    ink = theme.ink_on(fill)
    eye = 0.11 * r
    bend = max(-1.0, min(1.0, value / 2)) * 0.42 * r
    mouth: tuple[Segment, ...] = (
        ("M", x - 0.45 * r, y + 0.35 * r - bend / 3),
        (
            "C",
            x - 0.2 * r,
            y + 0.35 * r + bend,
            x + 0.2 * r,
            y + 0.35 * r + bend,
            x + 0.45 * r,
            y + 0.35 * r - bend / 3,
        ),
    )
    return (
        Shape(outline_path(x, y, r, outline), fill, outline_color, 0.2 * r),
        Shape(circle(x - 0.34 * r, y - 0.22 * r, eye), ink),
        Shape(circle(x + 0.34 * r, y - 0.22 * r, eye), ink),
        Shape(mouth, None, ink, 0.12 * r),
    )


def outline_path(x: float, y: float, r: float, outline: int) -> tuple[Segment, ...]:
    """The persona's own outline: circle, square, hexagon or diamond, by her place among the personas."""
    name = OUTLINES[outline % len(OUTLINES)]
    if name == "circle":
        return circle(x, y, r)
    corners, turn, size = {"square": (4, pi / 4, 1.18), "hexagon": (6, 0.0, 1.1), "diamond": (4, 0.0, 1.3)}[name]
    points = [
        (x + size * r * cos(turn + 2 * pi * corner / corners), y + size * r * sin(turn + 2 * pi * corner / corners))
        for corner in range(corners)
    ]
    lines: list[Segment] = [("L", px, py) for px, py in points[1:]]
    return ("M", *points[0]), *lines, ("Z",)


def circle(x: float, y: float, r: float) -> tuple[Segment, ...]:
    """A circle of radius `r` centred at (x, y)."""
    k = r * KAPPA
    return (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("Z",),
    )
