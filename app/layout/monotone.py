"""A smooth curve through points that never swings beyond them.

Cubic Hermite pieces whose slopes are limited as F. N. Fritsch and J. Butland, "A Method for Constructing Local Monotone
Piecewise Cubic Interpolants" (SIAM J. Sci. Stat. Comput. 5, 1984) give them: between two neighbours the curve stays
between their values, and a peak of the data is the peak of the curve. A slope depends on the nearest points only, so
a point that moves changes the curve only near it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import takewhile
from math import inf
from operator import eq, lt

from app.layout.drawing import Segment

Point = tuple[float, float]
Stretch = tuple[float, float]
"""From one x to another."""
Placing = tuple[float, float | None]
"""How far down a curve is drawn, and the mirror: x is drawn at mirror − x."""

_LOCAL = 3  # so many points at an end decide its slope


class MonotoneCurve:
    """A curve through points with strictly ascending x; y outside them is that of the nearest end. Any unit.

    `changed` is where it may differ from the curve that it was made like.
    """

    changed: Stretch
    _slopes: list[float]
    _pieces: tuple[Placing, list[Segment]] | None

    def __init__(self, points: Sequence[Point], like: MonotoneCurve | None = None) -> None:
        """`like` is a curve through nearly the same points, of which slopes are taken over.

        Raises ValueError for no points at all or x that do not ascend.
        """
        self.points = tuple(points)
        self._xs = [x for x, _ in self.points]
        if not self._xs or not ascending(self._xs):
            raise ValueError("a curve needs points with ascending x")
        left, right = _slopes_in_common(self.points, like.points) if like is not None else (0, 0)
        known = like._slopes if like is not None else []
        middle = [_slope(self.points, index) for index in range(left, len(self.points) - right)]
        self._slopes = [*known[:left], *middle, *known[len(known) - right :]]
        self.changed = (self._xs[left - 1] if left else -inf, self._xs[-right] if right else inf)
        self._pieces = None
        self._inherited = (like._pieces, left, right) if like is not None else (None, 0, 0)

    def segments(self, dy: float = 0.0, mirror: float | None = None) -> tuple[Segment, ...]:
        """The curve as a move and cubic Béziers, moved down by `dy`; with x as `mirror` − x where that is given."""
        x, y = self.points[0]
        start: Segment = ("M", x if mirror is None else mirror - x, y + dy)
        if self._pieces is None or self._pieces[0] != (dy, mirror):
            self._pieces = (dy, mirror), self._drawn_pieces((dy, mirror))
            self._inherited = None, 0, 0
        return start, *self._pieces[1]

    def _drawn_pieces(self, placing: Placing) -> list[Segment]:
        """All pieces; those that are as in the curve before this one are taken over."""
        old, left, right = self._inherited
        if old is None or old[0] != placing:
            return [_piece(self.points, self._slopes, index, placing) for index in range(len(self.points) - 1)]
        first, last = old[1][: max(0, left - 1)], old[1][len(old[1]) - max(0, right - 1) :]
        middle = range(len(first), len(self.points) - 1 - len(last))
        return [*first, *(_piece(self.points, self._slopes, index, placing) for index in middle), *last]

    def y_at(self, x: float) -> float:
        """The height of the curve at x."""
        if x <= self._xs[0]:
            return self.points[0][1]
        if x >= self._xs[-1]:
            return self.points[-1][1]
        index = bisect_right(self._xs, x) - 1
        (x1, y1), (x2, y2) = self.points[index], self.points[index + 1]
        width = x2 - x1
        t = (x - x1) / width
        a, b = self._slopes[index] * width, self._slopes[index + 1] * width
        u = 1 - t
        return y1 * (1 + 2 * t) * u * u + a * t * u * u + y2 * t * t * (3 - 2 * t) - b * t * t * u

    def range_over(self, x1: float, x2: float) -> tuple[float, float] | None:
        """The least and greatest y between two x, None where the curve is elsewhere.

        Exact: between two points the curve goes one way only.
        """
        left, right = max(x1, self._xs[0]), min(x2, self._xs[-1])
        if left > right:
            return None
        inner = self.points[bisect_right(self._xs, left) : bisect_left(self._xs, right)]
        ys = [self.y_at(left), self.y_at(right), *(y for _, y in inner)]
        return min(ys), max(ys)


def ascending(xs: Sequence[float]) -> bool:
    """True where each is greater than the one before."""
    return all(map(lt, xs, xs[1:]))


def _piece(points: tuple[Point, ...], slopes: list[float], index: int, placing: Placing) -> Segment:
    """The curve between two points as a cubic Bézier."""
    dy, mirror = placing
    (x1, y1), (x2, y2) = points[index], points[index + 1]
    third = (x2 - x1) / 3
    c1, c2 = y1 + slopes[index] * third + dy, y2 - slopes[index + 1] * third + dy
    if mirror is None:
        return ("C", x1 + third, c1, x2 - third, c2, x2, y2 + dy)
    return ("C", mirror - x1 - third, c1, mirror - x2 + third, c2, mirror - x2, y2 + dy)


def _slopes_in_common(points: tuple[Point, ...], others: tuple[Point, ...]) -> tuple[int, int]:
    """How many slopes from the left and from the right must be the same for both."""
    shorter = min(len(points), len(others))
    left = _alike(points, others)
    right = min(_alike(points[::-1], others[::-1]), shorter - left)
    return left - 1 if left >= _LOCAL else 0, right - 1 if right >= _LOCAL else 0


def _alike(points: Sequence[Point], others: Sequence[Point]) -> int:
    """How many points at the start are the same."""
    return sum(takewhile(bool, map(eq, points, others)))


def _slope(points: tuple[Point, ...], index: int) -> float:
    """The slope of the curve at one of its points."""
    last = len(points) - 1
    if last == 0:
        return 0.0
    if 0 < index < last:
        return _inner_slope(points, index)
    secant = _secant(points, 0 if index == 0 else last - 1)
    return _end_slope(secant, _inner_slope(points, 1 if index == 0 else last - 1)) if last > 1 else secant


def _secant(points: tuple[Point, ...], index: int) -> float:
    (x1, y1), (x2, y2) = points[index], points[index + 1]
    return (y2 - y1) / (x2 - x1)


def _inner_slope(points: tuple[Point, ...], index: int) -> float:
    """Weighted harmonic mean of the two secants; level where they turn."""
    left, right = _secant(points, index - 1), _secant(points, index)
    if left * right <= 0:
        return 0.0
    (before, _), (here, _), (after, _) = points[index - 1 : index + 2]
    w1, w2 = 2 * after - here - before, after + here - 2 * before
    return (w1 + w2) / (w1 / left + w2 / right)


def _end_slope(secant: float, inner: float) -> float:
    """Half as steep again as needed, so that the ends leave softly and stay monotone."""
    slope = (3 * secant - inner) / 2
    if slope * secant <= 0:
        return 0.0
    return max(-3 * abs(secant), min(3 * abs(secant), slope))
