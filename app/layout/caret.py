"""Where the characters of a laid-out text are: for a caret, for what is selected, and for a click on it.

Lengths are millimetres from the block's top-left corner, character indices Python code points.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from app.layout.drawing import Rect
from app.layout.text import TextBlock, TextStyle, natural_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SLACK: Final = 1.0
"""So many mm a caret behind spaces at the end of a line may stand out of the block."""


class CaretSpot(NamedTuple):
    """A place between two characters: `x`, and the line with its top and height."""

    x: float
    top: float
    height: float
    line: int


class CaretMap:
    """The places of one block's characters."""

    def __init__(self, block: TextBlock) -> None:
        self.block = block
        self._set = [(part, layout, line) for part, layout, lines in block.paragraphs() for line in lines]
        self._pitch = block.height / len(block.lines)

    def spot(self, index: int) -> CaretSpot:
        """Where a caret before the character `index` stands."""
        line = self.line_of(index)
        x = max(-SLACK, min(self._x(line, index), self.block.width + SLACK))
        return CaretSpot(x, line * self._pitch, self._pitch, line)

    def line_of(self, index: int) -> int:
        """The line on which a caret stands; between two lines of a paragraph the later one."""
        starts = [line.start for line in self.block.lines]
        return max((at for at, start in enumerate(starts) if start <= index), default=0)

    def line_range(self, line: int) -> tuple[int, int]:
        """The first and the last place for a caret on a line; without the spaces at which the line was broken."""
        lines = self.block.lines
        start, end = lines[line].start, lines[line].end
        if line + 1 < len(lines) and lines[line + 1].start == end:
            end = max(start, end - 1)
        return start, end

    def is_rtl(self, line: int) -> bool:
        """True where a line reads from right to left."""
        return self._set[line][0].rtl

    def index_at(self, x: float, y: float) -> int:
        """The place for a caret that is nearest to a spot."""
        return self.index_on(max(0, min(int(y // self._pitch), len(self.block.lines) - 1)), x)

    def index_on(self, line: int, x: float) -> int:
        """The place for a caret on a line that is nearest to x."""
        part, _, set_line = self._set[line]
        unit = set_line.xToCursor((x - self.block.lines[line].x) / self.block.scale)
        start, end = self.line_range(line)
        return max(start, min(part.place_of(unit), end))

    def areas(self, start: int, end: int) -> list[Rect]:
        """The rectangles that cover the characters start … end; several in a line where directions change."""
        return [
            Rect(left, line * self._pitch, right - left, self._pitch)
            for line in range(self.line_of(start), self.line_of(end) + 1)
            for left, right in self._stretches(line, start, end)
        ]

    def _stretches(self, line: int, start: int, end: int) -> Iterator[tuple[float, float]]:
        place = self.block.lines[line]
        first, last = max(start, place.start), min(end, place.end)
        if first >= last:
            return
        part, _, _ = self._set[line]
        if part.plain and not part.rtl:
            yield self._x(line, first), self._x(line, last, trailing=True)
            return
        places = sorted({min(last, max(first, place)) for place in range(first, last + 1)})
        found: list[tuple[float, float]] = []
        for before, after in pairwise(places):
            low, high = sorted((self._x(line, before), self._x(line, after, trailing=True)))
            if found and abs(found[-1][1] - low) < 0.01:
                found[-1] = found[-1][0], high
            elif found and abs(found[-1][0] - high) < 0.01:
                found[-1] = low, found[-1][1]
            else:
                found.append((low, high))
        yield from found

    def _x(self, line: int, index: int, *, trailing: bool = False) -> float:
        """The x of a place; `trailing`: that of the edge at which the character before it ends."""
        part, _, set_line = self._set[line]
        inside = min(index - part.start, len(part.shown))
        if trailing and inside > 0:
            found = set_line.cursorToX(_unit(part.indices, inside - 1), set_line.Edge.Trailing)
        else:
            found = set_line.cursorToX(_unit(part.indices, inside))
        x, _ = cast(tuple[float, int], found)  # the stubs do not say so
        beyond = (index - part.start - inside) * _space(self.block.style)
        return self.block.lines[line].x + x * self.block.scale + (-beyond if part.rtl else beyond)


def _unit(indices: Sequence[int] | None, place: int) -> int:
    """The UTF-16 position of a character of a paragraph."""
    return place if indices is None else bisect_left(indices, place)


@lru_cache(maxsize=64)
def _space(style: TextStyle) -> float:
    """The width of a space in mm."""
    return natural_width("i i", style) - natural_width("ii", style)
