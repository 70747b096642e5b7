"""Shapes as operators of a PDF content stream.

Lengths come in millimetres, y downwards, and go out in points (1/72 inch), y upwards, from the same origin.
"""

from __future__ import annotations

from functools import lru_cache

from app.layout.drawing import KAPPA, Box, Color, Line, Segment, Shape
from app.layout.icons import BOX, STROKE_WIDTH, icon_path
from app.layout.remembering import remembered

PT = 72 / 25.4
"""Points per millimetre."""


def number(value: float) -> str:
    """A number to three decimals, as short as it goes."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def numbers(*values: float) -> str:
    return " ".join(map(number, values))


@lru_cache(maxsize=512)
def _color(color: Color) -> str:
    """Grey as one component, so that black text prints with one ink only."""
    parts = [number(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5)]
    return parts[0] if len(set(parts)) == 1 else " ".join(parts)


@lru_cache(maxsize=512)
def fill_color(color: Color) -> str:
    components = _color(color)
    return f"{components} rg" if " " in components else f"{components} g"


@lru_cache(maxsize=512)
def stroke_color(color: Color) -> str:
    components = _color(color)
    return f"{components} RG" if " " in components else f"{components} G"


def _stroke(color: Color, width: float, dash: tuple[float, ...]) -> str:
    pen = f"{stroke_color(color)} {number(width * PT)} w"
    return f"{pen} [{numbers(*(length * PT for length in dash))}] 0 d" if dash else pen


def _painted(path: str, fill: Color | None, pen: str, *, dashed: bool) -> str:
    """A path with what paints it. A dash is switched off again; nothing else is left as it was."""
    if fill and pen:
        paint = f"{fill_color(fill)} {pen} {path} B"
    elif fill:
        paint = f"{fill_color(fill)} {path} f"
    else:
        paint = f"{pen} {path} S"
    return f"{paint} [] 0 d" if dashed else paint


@remembered(4096)
def box_operators(box: Box) -> str:
    """A box with square or round corners; nothing where it has neither fill nor stroke."""
    if not (box.fill or box.stroke):
        return ""
    pen = _stroke(box.stroke, box.stroke_width, box.dash) if box.stroke else ""
    return _painted(box_path(box), box.fill, pen, dashed=bool(pen and box.dash))


def box_path(box: Box) -> str:
    """The outline of a box."""
    return _round_box(box) if box.radius > 0 else _square_box(box)


def _square_box(box: Box) -> str:
    return numbers(box.x * PT, -(box.y + box.h) * PT, box.w * PT, box.h * PT) + " re"


def _round_box(box: Box) -> str:
    radius = min(box.radius, box.w / 2, box.h / 2) * PT
    left, right = box.x * PT, (box.x + box.w) * PT
    top, bottom = -box.y * PT, -(box.y + box.h) * PT
    near = radius * (1 - KAPPA)
    return (
        f"{numbers(left + radius, top)} m {numbers(right - radius, top)} l "
        f"{numbers(right - near, top, right, top - near, right, top - radius)} c {numbers(right, bottom + radius)} l "
        f"{numbers(right, bottom + near, right - near, bottom, right - radius, bottom)} c "
        f"{numbers(left + radius, bottom)} l "
        f"{numbers(left + near, bottom, left, bottom + near, left, bottom + radius)} c {numbers(left, top - radius)} l "
        f"{numbers(left, top - near, left + near, top, left + radius, top)} c h"
    )


def line_operators(line: Line) -> str:
    """A straight line with flat ends."""
    pen = _stroke(line.stroke, line.stroke_width, line.dash)
    path = f"{numbers(line.x1 * PT, -line.y1 * PT)} m {numbers(line.x2 * PT, -line.y2 * PT)} l"
    return _painted(path, None, pen, dashed=bool(line.dash))


@remembered(4096)
def shape_operators(shape: Shape) -> str:
    """A path; its stroke has round joins and ends."""
    if not (shape.fill or shape.stroke):
        return ""
    path = path_operators(shape.segments, PT)
    if not shape.stroke:
        return _painted(path, shape.fill, "", dashed=False)
    pen = "1 J 1 j " + _stroke(shape.stroke, shape.stroke_width, shape.dash)
    return _painted(path, shape.fill, pen, dashed=bool(shape.dash)) + " 0 J 0 j"


def path_operators(segments: tuple[Segment, ...], unit: float) -> str:
    """Moves, lines and curves, with y turned upwards and lengths multiplied by `unit`."""
    operators = []
    for segment in segments:
        if segment[0] == "Z":
            operators.append("h")
            continue
        points = [value * (unit if at % 2 == 0 else -unit) for at, value in enumerate(segment[1:])]
        operators.append(f"{numbers(*points)} {'mlc'['MLC'.index(segment[0])]}")
    return " ".join(operators)


def icon_form(name: str) -> str:
    """An icon in its 24-unit box, from its top-left corner down, in the stroke colour of whoever shows it."""
    return f"1 J 1 j {number(STROKE_WIDTH)} w {path_operators(icon_path(name), 1.0)} S"


@remembered(4096)
def icon_operators(form: str, x: float, y: float, size: float, color: Color) -> str:
    """Show the form of an icon `size` mm wide with its top-left corner at (x, y)."""
    scale = f"{size * PT / BOX:.5f}"
    return f"q {stroke_color(color)} {scale} 0 0 {scale} {numbers(x * PT, -y * PT)} cm /{form} Do Q"
