"""A curve lane as drawn: guides from −2 to +2, each persona's curve with its faces, labels and a legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Drawing, Line, Primitive, Rect, Segment, Shape, Text
from app.layout.faces import face, outline_path
from app.layout.grid import Column
from app.layout.labels import LabelPlace, LabelSpace
from app.layout.monotone import MonotoneCurve
from app.layout.script import Script
from app.model.records import EmotionPoint, Persona

LABEL_WIDTH = 34.0
NUDGE = 0.01  # mm; two points at the same place of a curve are told apart by so much
VALUES = (2, 1, 0, -1, -2)


class Dot(NamedTuple):
    """A point of a curve in the lane's own millimetres."""

    point: EmotionPoint
    x: float
    y: float


class PersonaCurve(NamedTuple):
    """A persona's dots from left to right; `outline` tells her faces from those of others."""

    persona: Persona
    outline: int
    dots: tuple[Dot, ...]
    curve: MonotoneCurve | None


class CurveDrawing(NamedTuple):
    """A curve lane laid out. `zero_y` is where value 0 lies; dots are relative to the drawing's top-left corner."""

    drawing: Drawing
    plot_top: float
    dots: tuple[Dot, ...]


def value_y(value: float, plot_top: float) -> float:
    """Where a value −2..+2 lies, in mm from the top of the lane."""
    return plot_top + (2 - value) / 4 * theme.PLOT_HEIGHT


def y_value(y: float, plot_top: float) -> float:
    """The value at a height; the inverse of `value_y`, clamped to −2..+2."""
    return max(-2.0, min(2.0, 2 - (y - plot_top) / theme.PLOT_HEIGHT * 4))


def curve_drawing(
    columns: Sequence[Column],
    origin: float,
    width: float,
    personas: Sequence[Persona],
    points: Sequence[EmotionPoint],
    script: Script,
) -> CurveDrawing:
    """Lays out a curve lane over the columns; `origin` is the sheet x of the lane's left edge, `width` in mm."""
    places = {column.step: column for column in columns}
    curves = [
        _persona_curve(persona, index, [p for p in points if p.persona == persona.id], places, origin, script.rtl)
        for index, persona in enumerate(personas)
    ]
    curves = [curve for curve in curves if curve.dots]
    legend = _legend(curves, width, script)
    area = Rect(0, 0, width, theme.PLOT_HEIGHT + 2 * theme.PLOT_PAD)
    labels, space = _placed_labels(curves, area, script)
    top = -space.top
    height = top + space.bottom + (theme.LEGEND_HEIGHT if legend else 0.0)
    plot_top = top + theme.PLOT_PAD
    shift = _Shift(top)
    items: list[Primitive] = []
    items += _area_under(curves, shift)
    items += _guides(width, plot_top)
    for curve in curves:
        items += _line(curve, shift)
    for curve in curves:
        for dot in curve.dots:
            items += face(dot.x, dot.y + top, theme.FACE_RADIUS, dot.point.value, curve.persona.color, curve.outline)
    for dot, place, text in labels:
        items += _label(dot, place, text, shift)
    items += [shift.moved_to(item, height - theme.LEGEND_HEIGHT) for item in legend]
    dots = tuple(dot._replace(y=dot.y + top) for curve in curves for dot in curve.dots)
    return CurveDrawing(Drawing(width, height, tuple(items)), plot_top, dots)


class _Shift:
    """Moves what was laid out for a lane without label tracks down by the tracks' height."""

    def __init__(self, dy: float) -> None:
        self.dy = dy

    def path(self, segments: Sequence[Segment]) -> tuple[Segment, ...]:
        return tuple(_segment_down(segment, self.dy) for segment in segments)

    def moved_to(self, item: Shape | Text, dy: float) -> Primitive:
        if isinstance(item, Text):
            return item._replace(y=item.y + dy)
        return item._replace(segments=tuple(_segment_down(segment, dy) for segment in item.segments))


def _segment_down(segment: Segment, dy: float) -> Segment:
    if segment[0] == "C":
        _, a, b, c, d, e, f = segment
        return ("C", a, b + dy, c, d + dy, e, f + dy)
    if segment[0] == "M":
        return ("M", segment[1], segment[2] + dy)
    if segment[0] == "L":
        return ("L", segment[1], segment[2] + dy)
    return segment


def _persona_curve(
    persona: Persona, index: int, points: list[EmotionPoint], places: dict[str, Column], origin: float, rtl: bool
) -> PersonaCurve:
    dots = []
    for point in points:
        column = places[point.step]
        at = 1 - point.at if rtl else point.at
        dots.append(Dot(point, column.x - origin + at * column.w, value_y(point.value, theme.PLOT_PAD)))
    dots.sort(key=lambda dot: (dot.x, dot.point.id))
    for place in range(1, len(dots)):
        if dots[place].x <= dots[place - 1].x:
            dots[place] = dots[place]._replace(x=dots[place - 1].x + NUDGE)
    curve = MonotoneCurve([(dot.x, dot.y) for dot in dots]) if dots else None
    return PersonaCurve(persona, index, tuple(dots), curve)


def _guides(width: float, plot_top: float) -> list[Primitive]:
    lines: list[Primitive] = []
    for value in VALUES:
        y = value_y(value, plot_top)
        color, dash = (theme.ZERO_GUIDE, ()) if value == 0 else (theme.GUIDE, (1.0, 1.0))
        lines.append(Line(0, y, width, y, color, theme.HAIR, dash))
    return lines


def _area_under(curves: list[PersonaCurve], shift: _Shift) -> list[Primitive]:
    """A tint between the first persona's curve and zero: the ups and downs at a glance."""
    if not curves or len(curves[0].dots) < 2:
        return []
    first = curves[0]
    assert first.curve is not None
    zero = value_y(0, theme.PLOT_PAD)
    start, end = first.dots[0].x, first.dots[-1].x
    path = (*first.curve.segments(), ("L", end, zero), ("L", start, zero), ("Z",))
    return [Shape(shift.path(path), fill=theme.mixed(first.persona.color, theme.CELL, 0.09))]


def _line(curve: PersonaCurve, shift: _Shift) -> list[Primitive]:
    if curve.curve is None or len(curve.dots) < 2:
        return []
    path = shift.path(curve.curve.segments())
    return [Shape(path, None, curve.persona.color, theme.CURVE_WIDTH)]


def _placed_labels(
    curves: list[PersonaCurve], area: Rect, script: Script
) -> tuple[list[tuple[Dot, LabelPlace, Text]], LabelSpace]:
    """Every label at a place where it covers nothing, and the space that they need."""
    radius = theme.FACE_RADIUS * 1.2
    faces = [Rect(dot.x - radius, dot.y - radius, 2 * radius, 2 * radius) for curve in curves for dot in curve.dots]
    lines = [curve.curve for curve in curves if curve.curve is not None]
    space = LabelSpace(area, lines, faces, theme.CURVE_WIDTH / 2)
    labels: list[tuple[Dot, LabelPlace, Text]] = []
    for curve in curves:
        for dot in curve.dots:
            if not dot.point.label:
                continue
            narrow = script.block(dot.point.label, theme.CURVE_LABEL, LABEL_WIDTH)
            block = script.block(dot.point.label, theme.CURVE_LABEL, min(LABEL_WIDTH, narrow.ink_width + 0.2))
            place = space.place(dot.x, dot.y, radius, block.width, block.height, dot.point.value >= 0)
            labels.append((dot, place, Text(place.rect.x, place.rect.y, block, theme.BLACK)))
    return labels, space


def _label(dot: Dot, place: LabelPlace, text: Text, shift: _Shift) -> list[Primitive]:
    moved = shift.moved_to(text, shift.dy)
    if not place.led:
        return [moved]
    x = max(place.rect.x, min(dot.x, place.rect.right))
    top = dot.y - theme.FACE_RADIUS * 1.2
    return [Line(x, place.rect.bottom + shift.dy, dot.x, top + shift.dy, theme.ZERO_GUIDE, theme.HAIR), moved]


def _legend(curves: list[PersonaCurve], width: float, script: Script) -> list[Shape | Text]:
    """Who is who: a piece of line with the persona's outline, and her name."""
    items: list[Shape | Text] = []
    start = 2.0
    middle = theme.LEGEND_HEIGHT / 2 - 0.6
    for curve in curves:
        persona = curve.persona
        name = ", ".join(part for part in (persona.name, persona.summary) if part)
        block = script.block(name, theme.LEGEND, None)
        if start + 10 + block.width > width and start > 2.0:
            break
        left = script.x(start, 7.0, width)
        items.append(Shape((("M", left, middle), ("L", left + 7.0, middle)), None, persona.color, theme.CURVE_WIDTH))
        marker = outline_path(left + 3.5, middle, 1.3, curve.outline)
        items.append(Shape(marker, theme.WHITE, persona.color, 0.4))
        items.append(
            Text(script.x(start + 8.5, block.width, width), middle - block.height / 2, block, theme.BLACK, True)
        )
        start += 8.5 + block.width + 5.0
    return items
