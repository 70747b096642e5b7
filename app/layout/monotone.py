"""A smooth curve through points that never swings beyond them.

Cubic Hermite pieces whose slopes are limited as F. N. Fritsch and J. Butland, "A Method for Constructing Local Monotone
Piecewise Cubic Interpolants" (SIAM J. Sci. Stat. Comput. 5, 1984) give them: between two neighbours the curve stays
between their values, and a peak of the data is the peak of the curve.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from app.layout.drawing import Segment


class MonotoneCurve:
    """A curve through points with strictly ascending x; y outside them is that of the nearest end. Any unit."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        """Raises ValueError for no points at all or x that do not ascend."""
        if not points or any(a[0] >= b[0] for a, b in pairwise(points)):
            raise ValueError("a curve needs points with ascending x")
        self.points = tuple(points)
        self._xs = [x for x, _ in self.points]
        self._slopes = _slopes(self.points)

    def segments(self) -> tuple[Segment, ...]:
        """The curve as a move and cubic Béziers."""
        result: list[Segment] = [("M", *self.points[0])]
        for index, ((x1, y1), (x2, y2)) in enumerate(pairwise(self.points)):
            third = (x2 - x1) / 3
            c1, c2 = y1 + self._slopes[index] * third, y2 - self._slopes[index + 1] * third
            result.append(("C", x1 + third, c1, x2 - third, c2, x2, y2))
        return tuple(result)

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
        return y1 * (1 + 2 * t) * (1 - t) ** 2 + a * t * (1 - t) ** 2 + y2 * t * t * (3 - 2 * t) + b * t * t * (t - 1)

    def range_over(self, x1: float, x2: float) -> tuple[float, float] | None:
        """The least and greatest y between two x, None where the curve is elsewhere. Good to about 1 % of a piece."""
        left, right = max(x1, self._xs[0]), min(x2, self._xs[-1])
        if left > right:
            return None
        inner = [y for x, y in self.points if left < x < right]
        count = 8
        ys = inner + [self.y_at(left + (right - left) * step / count) for step in range(count + 1)]
        return min(ys), max(ys)


def _slopes(points: Sequence[tuple[float, float]]) -> list[float]:
    widths = [b[0] - a[0] for a, b in pairwise(points)]
    secants = [(b[1] - a[1]) / w for (a, b), w in zip(pairwise(points), widths, strict=True)]
    if not secants:
        return [0.0]
    inner = [_limited(secants[i], secants[i + 1], widths[i], widths[i + 1]) for i in range(len(secants) - 1)]
    return [_end_slope(secants, inner, 0), *inner, _end_slope(secants, inner, -1)]


def _limited(left: float, right: float, left_width: float, right_width: float) -> float:
    """Weighted harmonic mean of the two secants; level where they turn."""
    if left * right <= 0:
        return 0.0
    w1, w2 = 2 * right_width + left_width, right_width + 2 * left_width
    return (w1 + w2) / (w1 / left + w2 / right)


def _end_slope(secants: list[float], inner: list[float], end: int) -> float:
    """Half as steep again as needed, so that the ends leave softly and stay monotone."""
    if not inner:
        return secants[0]
    slope = (3 * secants[end] - inner[end]) / 2
    if slope * secants[end] <= 0:
        return 0.0
    return max(-3 * abs(secants[end]), min(3 * abs(secants[end]), slope))
