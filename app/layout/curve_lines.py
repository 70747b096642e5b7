"""The lines of a curve lane: guides, curves, the tint below the first, and what leads from labels to faces.

What did not change stays the same objects, so that painters need not look at it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Line, Segment, Shape
from app.layout.measures import strokes
from app.layout.monotone import MonotoneCurve
from app.layout.scale import VALUES, value_y
from app.layout.script import Script
from app.layout.tracks import Stretch, Track, TrackKey
from app.model.fields import Measure


class _Drawn(NamedTuple):
    """What a curve was drawn from, and its lines."""

    curve: MonotoneCurve
    stretches: tuple[Stretch, ...]
    top: float
    lines: tuple[Shape, ...]


class CurveLines:
    """The lines of a lane `width` mm wide. x comes in the direction of reading and is mirrored here."""

    def __init__(self, width: float, script: Script, usual: Measure) -> None:
        self._width = width
        self._mirror = width if script.rtl else None
        self._usual = usual
        self._drawn: dict[TrackKey, _Drawn] = {}
        self._area: tuple[object, tuple[Shape, ...]] = (None, ())
        self._guides: tuple[float, tuple[Line, ...]] | None = None
        self._leads: dict[Line, Line] = {}

    def of(self, track: Track, top: float) -> tuple[Shape, ...]:
        """A curve's own line."""
        if track.curve is None:
            return ()
        kept, stretches = self._drawn.get(track.key), track.stretches
        if kept is None or kept[:3] != (track.curve, stretches, top):
            lines = tuple(self._lines(track, stretches, track.curve.segments(top, self._mirror)))
            kept = self._drawn[track.key] = _Drawn(track.curve, stretches, top, lines)
        return kept.lines

    def area_under(self, first: Sequence[Track], top: float) -> tuple[Shape, ...]:
        """A tint between the first curve and zero: the ups and downs at a glance."""
        if not first or first[0].curve is None:
            return ()
        track, curve, known = first[0], first[0].curve, tuple(_known(first[0].stretches))
        made_of = track.key, curve, known, top
        if self._area[0] != made_of:
            path, xs = curve.segments(top, self._mirror), [x for x, _ in curve.points]
            zero, tint = value_y(0, theme.PLOT_PAD) + top, theme.mixed(track.persona.color, theme.CELL, 0.09)
            shapes = [
                Shape((*_part(path, a, b), ("L", self._x(xs[b]), zero), ("L", self._x(xs[a]), zero), ("Z",)), tint)
                for a, b in known
            ]
            self._area = made_of, tuple(shapes)
        return self._area[1]

    def guides(self, plot_top: float) -> tuple[Line, ...]:
        """The lines at +2 … −2."""
        if self._guides is None or self._guides[0] != plot_top:
            self._guides = plot_top, tuple(_guides(self._width, plot_top))
        return self._guides[1]

    def leads(self, ends: Iterable[tuple[float, float, float, float]], top: float) -> Iterable[Line]:
        """Thin lines between two spots each."""
        lines = [
            Line(self._x(x1), y1 + top, self._x(x2), y2 + top, theme.ZERO_GUIDE, theme.HAIR) for x1, y1, x2, y2 in ends
        ]
        self._leads = {line: self._leads.get(line, line) for line in lines}
        return self._leads.values()

    def _lines(self, track: Track, stretches: Iterable[Stretch], path: tuple[Segment, ...]) -> Iterator[Shape]:
        usual = track.measure == self._usual
        for first, last, is_assumed in stretches:
            part = _part(path, first, last)
            yield from strokes(part, track.measure, track.persona.color, usual=usual, dashed=is_assumed)

    def _x(self, x: float) -> float:
        return x if self._mirror is None else self._mirror - x


def _part(path: tuple[Segment, ...], first: int, last: int) -> tuple[Segment, ...]:
    """The pieces of a path between two of its points."""
    start = path[first]
    assert start[0] != "Z"
    return ("M", *start[-2:]), *path[first + 1 : last + 1]


def _known(stretches: Iterable[Stretch]) -> Iterator[tuple[int, int]]:
    """From which point to which a curve runs without a gap."""
    start: int | None = None
    end = 0
    for first, last, _ in stretches:
        if start is not None and first != end:
            yield start, end
            start = None
        start, end = first if start is None else start, last
    if start is not None:
        yield start, end


def _guides(width: float, plot_top: float) -> Iterator[Line]:
    for value in VALUES:
        y = value_y(value, plot_top)
        color, dash = (theme.ZERO_GUIDE, ()) if value == 0 else (theme.GUIDE, (1.0, 1.0))
        yield Line(0, y, width, y, color, theme.HAIR, dash)
