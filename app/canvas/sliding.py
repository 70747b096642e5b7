"""Titles of headers that slide: along their header, into the part of it that is in view. On screen only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from app.canvas.painter import Display
from app.layout.drawing import Drawing, Icon, Placed, Primitive, Rect, Text

GAP: Final = 2.0
"""Millimetres between a title and the edge of what is in view."""

PAD: Final = 4.5
"""So many mm at most a title keeps from the ends of its header, where the tip of a stage is."""


class Track(NamedTuple):
    """Headers one after the other: their numbers, where each begins along the strip, and where they lie."""

    starts: list[float]
    numbers: list[int]
    placed: list[Placed]

    def cut_by(self, low: float, high: float) -> Iterator[tuple[int, Placed]]:
        """The headers that lie over one of two places along the strip."""
        for place in dict.fromkeys(bisect_right(self.starts, end) - 1 for end in (low, high)):
            if place >= 0:
                yield self.numbers[place], self.placed[place]


def tracks(placed: Sequence[Placed], *, upright: bool) -> Iterator[Track]:
    """Headers by the track in which they lie: stages and steps, or lanes."""
    by_line: dict[float, list[tuple[float, int, Placed]]] = {}
    for number, one in enumerate(placed):
        start, line = (one.y, one.x) if upright else (one.x, one.y)
        by_line.setdefault(line, []).append((start, number, one))
    for found in by_line.values():
        found.sort(key=lambda one: one[:2])
        starts, numbers, sorted_placed = zip(*found, strict=True)
        yield Track(list(starts), list(numbers), list(sorted_placed))


class SlidingParts:
    """A header's drawing in two: its first text with the icon beside it, which is its title, and what stands still."""

    def __init__(self, drawing: Drawing, *, upright: bool) -> None:
        self._upright = upright
        text = next((item for item in drawing.items if isinstance(item, Text)), None)
        title_ends = drawing.items.index(text) if text is not None else len(drawing.items)
        ahead = drawing.items[:title_ends]
        moving = [*(item for item in ahead if isinstance(item, Icon)), *drawing.items[title_ends : title_ends + 1]]
        staying = [item for item in drawing.items if not any(item is one for one in moving)]
        self.title = Display(Drawing(drawing.w, drawing.h, tuple(moving)))
        self.still = Display(Drawing(drawing.w, drawing.h, tuple(staying)))
        self._extent = self._extent_of(moving) if text is not None and text.block.text.strip() else None
        self._limits = self._limits_of(drawing, staying)

    def shift(self, placed: Placed, low: float, high: float) -> float:
        """By how many mm the title must slide so that it is in view between two places along the strip (sheet mm)."""
        if self._extent is None:
            return 0.0
        at = placed.y if self._upright else placed.x
        start, end = self._extent
        least, most = self._limits
        by = 0.0
        if start < low + GAP - at:
            by = low + GAP - at - start
        elif end > high - GAP - at:
            by = high - GAP - at - end
        return max(min(0.0, least - start), min(max(0.0, most - end), by))

    def _extent_of(self, items: Sequence[Primitive]) -> tuple[float, float]:
        ends = [self._range(rect) for item in items if (rect := _around(item)) is not None]
        return min(start for start, _ in ends), max(end for _, end in ends)

    def _limits_of(self, drawing: Drawing, staying: Sequence[Primitive]) -> tuple[float, float]:
        """Between which places of the header the title may be: it must not slide over another text."""
        if self._extent is None:
            return 0.0, 0.0
        length = drawing.h if self._upright else drawing.w
        start, end = self._extent
        pad = max(0.0, min(PAD, start, length - end))
        others = [rect for item in staying if isinstance(item, Text) and (rect := _around(item)) is not None]
        ahead = [self._range(rect)[0] - pad for rect in others if self._range(rect)[0] >= end and self._is_in_way(rect)]
        return pad, min([length - pad, *ahead])

    def _is_in_way(self, rect: Rect) -> bool:
        """True where a text lies across the way of the title."""
        own = [found for item in self.title.drawing.items if (found := _around(item)) is not None]
        return any(one.x < rect.right and rect.x < one.right for one in own) if self._upright else True

    def _range(self, rect: Rect) -> tuple[float, float]:
        return (rect.y, rect.bottom) if self._upright else (rect.x, rect.right)


def _around(item: Primitive) -> Rect | None:
    """Where the ink of a text, or an icon, lies; None for anything else."""
    if isinstance(item, Icon):
        return Rect(item.x, item.y, item.size, item.size)
    if not isinstance(item, Text):
        return None
    left = min(line.x for line in item.block.lines)
    right = max(line.x + line.width for line in item.block.lines)
    return Rect(item.x + left, item.y, right - left, item.block.height)
