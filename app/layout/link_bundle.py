"""The links that begin in one block, found by a spot on the sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from app.layout.drawing import Placed, Rect
from app.layout.link_labels import LinkPath
from app.layout.links import Point
from app.model.records import Link

Stretch = tuple[float, float, float, int]
"""A straight part of a path: where it lies, from and to along it, and the number of the link."""


class RoutedLink(NamedTuple):
    """A link as drawn: between the rectangles `ends`, in the turn of the grid in which it was routed."""

    link: Link
    turn: int
    ends: tuple[Rect, Rect]
    path: LinkPath
    placed: Placed


class LinkBundle:
    """Links in painting order. `area` holds them all; it is empty where there are none."""

    def __init__(self, turn: int, routed: Iterable[RoutedLink]) -> None:
        self.turn = turn
        self._upright: list[Stretch] = []
        self._level: list[Stretch] = []
        placed: list[Placed] = []
        for number, one in enumerate(routed):
            placed.append(one.placed)
            self._take(number, one.path.corners)
        self._upright.sort()
        self._level.sort()
        self.placed = tuple(placed)
        self.area = _around(self.placed)

    def at(self, x: float, y: float, reach: float) -> Placed | None:
        """The link painted last of those that pass within `reach` mm."""
        numbers = [*_near(self._upright, x, y, reach), *_near(self._level, y, x, reach)]
        return self.placed[max(numbers)] if numbers else None

    def _take(self, number: int, corners: list[Point]) -> None:
        for (x1, y1), (x2, y2) in pairwise(corners):
            if x1 == x2:
                self._upright.append((x1, y1, y2, number) if y1 < y2 else (x1, y2, y1, number))
            else:
                self._level.append((y1, x1, x2, number) if x1 < x2 else (y1, x2, x1, number))


def _near(stretches: list[Stretch], place: float, along: float, reach: float) -> Iterator[int]:
    """The links with a stretch so near."""
    index = bisect_left(stretches, (place - reach,))
    while index < len(stretches) and stretches[index][0] <= place + reach:
        _, start, end, number = stretches[index]
        if start - reach <= along <= end + reach:
            yield number
        index += 1


def _around(placed: tuple[Placed, ...]) -> Rect:
    if not placed:
        return Rect(0.0, 0.0, -1.0, -1.0)
    left, top = min(link.x for link in placed), min(link.y for link in placed)
    right = max(link.x + link.drawing.w for link in placed)
    bottom = max(link.y + link.drawing.h for link in placed)
    return Rect(left, top, right - left, bottom - top)
