"""The straight stretches of paths, by where they lie: how much of them lies in an area?"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.layout.drawing import Rect
from app.layout.links import Point

Stretch = tuple[float, float, float, str]
"""Where a stretch lies, from and to along it, and the id of its link."""


class LinkLines:
    """Paths by the ids of their links."""

    def __init__(self) -> None:
        self._upright: list[Stretch] = []
        self._level: list[Stretch] = []

    def put(self, id: str, corners: Sequence[Point]) -> None:
        for stretches, stretch in self._stretches(id, corners):
            insort(stretches, stretch)

    def drop(self, id: str, corners: Sequence[Point]) -> None:
        for stretches, stretch in self._stretches(id, corners):
            del stretches[bisect_left(stretches, stretch)]

    def length_in(self, area: Rect, but: str) -> float:
        """How many mm of lines lie in an area, those of one link left out."""
        return _length_in(self._upright, area.x, area.right, area.y, area.bottom, but) + _length_in(
            self._level, area.y, area.bottom, area.x, area.right, but
        )

    def _stretches(self, id: str, corners: Sequence[Point]) -> Iterator[tuple[list[Stretch], Stretch]]:
        for (x1, y1), (x2, y2) in pairwise(corners):
            if x1 == x2:
                yield self._upright, (x1, min(y1, y2), max(y1, y2), id)
            else:
                yield self._level, (y1, min(x1, x2), max(x1, x2), id)


def _length_in(stretches: list[Stretch], least: float, most: float, start: float, end: float, but: str) -> float:
    """The length of the stretches that lie between `least` and `most`, as far as they run between `start` and `end`."""
    total = 0.0
    index = bisect_left(stretches, (least,))
    while index < len(stretches) and stretches[index][0] <= most:
        _, low, high, id = stretches[index]
        if id != but:
            total += max(0.0, min(high, end) - max(low, start))
        index += 1
    return total
