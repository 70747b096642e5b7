"""The gutters of the grid, in which links run: at the column edges downwards, at the row edges across.

Row edges are free everywhere. A column edge is barred only where a card spans it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Rect

NEARBY = 8
EDGE = 0.01  # mm; what is nearer together lies at the same place
OUTER_SHIFT = 0.9
OUTER_SHARE = 0.5
"""At the outer edges of the grid there is a gutter only on one side."""


class Span(NamedTuple):
    """A spanning card: its rectangle on the sheet, and the numbers of the gutters at its ends."""

    rect: Rect
    first: int
    last: int


class _Barring(NamedTuple):
    """The cards that span one gutter, from the top, with their edges; they do not overlap."""

    spans: list[Span]
    tops: list[float]
    bottoms: list[float]


class Gutters:
    """Where links may run: x of the column edges and y of the row edges, both ascending, and what bars the way."""

    def __init__(self, xs: Sequence[float], ys: Sequence[float], bars: Sequence[Rect], *, rtl: bool = False) -> None:
        """`rtl`: the map reads from right to left, so that a card's trailing edge is its left one."""
        self.rtl = rtl
        self.xs = xs
        self.ys = ys
        self._spans = [Span(bar, self.before(bar.x), self.after(bar.right)) for bar in bars]
        self._barring: dict[int, _Barring] = {}

    def after(self, x: float) -> int:
        """The number of the first gutter from x on."""
        return min(bisect_left(self.xs, x - EDGE), len(self.xs) - 1)

    def before(self, x: float) -> int:
        """The number of the last gutter up to x."""
        return max(bisect_right(self.xs, x + EDGE) - 1, 0)

    def track_x(self, number: int, track: float) -> float:
        """The x of a path in a gutter, `track` mm beside its middle; inside the grid at its outer edges."""
        if number == 0:
            return self.xs[0] + OUTER_SHIFT + OUTER_SHARE * track
        if number == len(self.xs) - 1:
            return self.xs[number] - OUTER_SHIFT + OUTER_SHARE * track
        return self.xs[number] + track

    def row_edge(self, y: float) -> int:
        """The number of the last row edge up to y."""
        return max(bisect_right(self.ys, y) - 1, 0)

    def is_row_edge(self, y: float, slack: float) -> bool:
        """True where y lies within `slack` mm of a row edge."""
        place = bisect_left(self.ys, y - slack)
        return place < len(self.ys) and self.ys[place] <= y + slack

    def row_edges_between(self, y1: float, y2: float) -> Sequence[float]:
        """The row edges from one height down to another."""
        return self.ys[bisect_left(self.ys, y1) : bisect_right(self.ys, y2)]

    def row_edges_near(self, y: float) -> Iterator[float]:
        """Some row edges, the nearest first."""
        nearest = self.nearest_row_edge(y)
        yield nearest
        place = bisect_left(self.ys, y)
        near = sorted(self.ys[max(0, place - NEARBY) : place + NEARBY], key=lambda edge: abs(edge - y))
        yield from (edge for edge in near[:NEARBY] if edge != nearest)

    def nearest_row_edge(self, y: float) -> float:
        place = bisect_left(self.ys, y)
        if place == len(self.ys):
            return self.ys[-1]
        if place == 0:
            return self.ys[0]
        low, high = self.ys[place - 1], self.ys[place]
        return low if y - low <= high - y else high

    def is_clear(self, number: int, y1: float, y2: float) -> bool:
        """True where the way down a gutter meets no spanning card."""
        if not self._spans:
            return True
        barring = self._barring_at(number)
        low, high = (y1, y2) if y1 < y2 else (y2, y1)
        place = bisect_right(barring.bottoms, low)
        return place == len(barring.tops) or barring.tops[place] >= high

    def next_up(self, number: int, y: float, end: float) -> Span | None:
        """The spanning card that one meets first on the way up a gutter from y to `end`."""
        barring = self._barring_at(number)
        place = bisect_right(barring.bottoms, y) - 1
        return barring.spans[place] if place >= 0 and barring.bottoms[place] > end else None

    def next_down(self, number: int, y: float, end: float) -> Span | None:
        """The spanning card that one meets first on the way down a gutter from y to `end`."""
        barring = self._barring_at(number)
        place = bisect_left(barring.tops, y)
        return barring.spans[place] if place < len(barring.tops) and barring.tops[place] < end else None

    def clear_numbers(self, y1: float, y2: float) -> list[int]:
        """The gutters that are free between two heights; the outermost always are."""
        return [number for number in range(len(self.xs)) if self.is_clear(number, y1, y2)]

    def _barring_at(self, number: int) -> _Barring:
        """The cards that span a gutter."""
        found = self._barring.get(number)
        if found is None:
            spans = sorted((span for span in self._spans if span.first < number < span.last), key=_top)
            found = _Barring(spans, [span.rect.y for span in spans], [span.rect.bottom for span in spans])
            self._barring[number] = found
        return found


def beyond(span: Span, up: bool) -> tuple[float, float]:
    """Two heights on the way past a spanning card: the free strip before it and the one after it."""
    above, below = span.rect.y - theme.PAD / 2, span.rect.bottom + theme.PAD / 2
    return (below, above) if up else (above, below)


def _top(span: Span) -> float:
    return span.rect.y
