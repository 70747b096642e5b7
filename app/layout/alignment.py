"""Which place of one sheet belongs to which of another: two states of a map side by side, stage by stage, lane by lane.

Steps and lanes that both have lead from one to the other; between them the places are spread evenly. Millimetres.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from app.layout.engine import MapLayout


class Span(NamedTuple):
    """A step or lane from where to where."""

    id: str
    start: float
    end: float


class Alignment:
    """Leads from places of one sheet to those of another."""

    def __init__(self, here: MapLayout, there: MapLayout) -> None:
        self._here, self._there = here, there
        self._across = _Way(_columns(here), _columns(there))
        self._down = _Way(_rows(here), _rows(there))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place of the other sheet."""
        return _along(self._there, self._across.follow(_along(self._here, x))), self._down.follow(y)


def _along(layout: MapLayout, x: float) -> float:
    """How far from where reading begins a place across is; and back."""
    return layout.size[0] - x if layout.rtl else x


class _Way:
    """The same in one direction."""

    def __init__(self, here: Iterable[Span], there: Iterable[Span]) -> None:
        self._here = sorted(here, key=lambda span: span.start)
        self._starts = [span.start for span in self._here]
        self._there = {span.id: span for span in there}

    def follow(self, value: float) -> float:
        at = bisect_right(self._starts, value) - 1
        span = self._here[at] if at >= 0 else None
        other = self._there.get(span.id) if span is not None else None
        if span is not None and other is not None:
            if value > span.end or span.end <= span.start:
                return other.end + value - span.end
            return other.start + (value - span.start) / (span.end - span.start) * (other.end - other.start)
        return self._near(value, at)

    def _near(self, value: float, at: int) -> float:
        """Where nothing of the other lies across: behind what comes before it there, else before what follows."""
        for span in reversed(self._here[: max(0, at)]):
            if span.id in self._there:
                return self._there[span.id].end
        for span in self._here[max(0, at) :]:
            if span.id in self._there:
                return self._there[span.id].start + min(0.0, value - span.start)
        return value


def _columns(layout: MapLayout) -> list[Span]:
    """The steps in the direction of reading."""
    ends = ((column.step, _along(layout, column.x), _along(layout, column.x + column.w)) for column in layout.columns)
    return [Span(step, min(start, end), max(start, end)) for step, start, end in ends]


def _rows(layout: MapLayout) -> list[Span]:
    return [Span(row.lane, row.y, row.y + row.h) for row in layout.rows]
