"""One curve of a curve lane: its points in order, the line through them, and which of them stand out.

x runs in the direction of reading; lengths are mm.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from app.layout.monotone import MonotoneCurve, ascending
from app.model.fields import Measure
from app.model.records import EmotionPoint, Persona

NUDGE = 0.01  # mm; two points at the same place of a curve are told apart by so much
FEWEST = 3
"""Points that a curve has before its highest, lowest and last one are named."""

TrackKey = tuple[str, Measure]
"""The id of the persona, and what the curve shows."""

Marked = dict[str, tuple[str, ...]]
"""What is said of points, by id: `peak`, `low`, `end`."""


class Dot(NamedTuple):
    """A point of a curve: `x` mm in the direction of reading, `y` mm below the top of the plot area.

    Dots are ordered by x, at the same place by id.
    """

    x: float
    id: str
    y: float
    point: EmotionPoint


class Stretch(NamedTuple):
    """A part of a curve between the dots `first` and `last` by number, over which its line looks the same."""

    first: int
    last: int
    is_assumed: bool


class Track:
    """A curve: its dots as they are and set apart, and the line through them.

    `number` is that of the persona, `place` that of the measure: 0 for what the lane is there to show.
    """

    def __init__(self, persona: Persona, number: int, measure: Measure, place: int) -> None:
        self.persona = persona
        self.number = number
        self.measure = measure
        self.place = place
        self.raw: list[Dot] = []
        self.dots: dict[str, Dot] = {}
        self.stretches: tuple[Stretch, ...] = ()
        """The parts of the line that are drawn: none where nothing is known."""
        self.curve: MonotoneCurve | None = None

    @property
    def key(self) -> TrackKey:
        return self.persona.id, self.measure

    def add(self, dot: Dot) -> None:
        insort(self.raw, dot)

    def drop(self, dot: Dot) -> None:
        del self.raw[bisect_left(self.raw, dot)]

    def settle(self) -> None:
        """Sets apart the dots that lie at the same place, and sees how the line runs between them."""
        self.dots = {dot.id: dot for dot in _set_apart(self.raw)}
        self.stretches = tuple(_stretches([dot.point for dot in self.raw]))

    def marked(self) -> Marked:
        """What people remember of a journey, by the id of the point: its `peak`, its `low` and its `end`."""
        dots = list(self.dots.values())
        if len(dots) < FEWEST:
            return {}
        values = [dot.point.value for dot in dots]
        found: Marked = {}
        if max(values) > min(values):
            found[dots[values.index(max(values))].id] = ("peak",)
            found[dots[values.index(min(values))].id] = ("low",)
        found[dots[-1].id] = (*found.get(dots[-1].id, ()), "end")
        return found


def _stretches(points: list[EmotionPoint]) -> Iterator[Stretch]:
    assumed = [point.standing == "assumption" for point in points]
    unknown = [point.unknown_after for point in points]
    pieces = [None if gap else one or other for gap, one, other in zip(unknown, assumed, assumed[1:], strict=False)]
    at = 0
    for is_assumed, group in groupby(pieces):
        count = len(list(group))
        if is_assumed is not None:
            yield Stretch(at, at + count, is_assumed)
        at += count


def _set_apart(dots: list[Dot]) -> list[Dot]:
    """Dots with ascending x: those at the same place are nudged along."""
    if ascending([dot.x for dot in dots]):
        return dots
    result = dots[:1]
    for dot in dots[1:]:
        least = result[-1].x + NUDGE
        result.append(dot if dot.x >= least else dot._replace(x=least))
    return result
