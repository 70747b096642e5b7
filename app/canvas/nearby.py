"""Which of many things lie where something is painted."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from app.canvas.painter import touches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.canvas.painter import Exposed
    from app.layout.drawing import Rect

SIDE: Final = 200.0
"""Millimetres: the squares into which the sheet is divided, each some cells large."""


class Nearby:
    """Rectangles of the sheet, found by where they are without looking at all of them."""

    def __init__(self, rects: Sequence[Rect]) -> None:
        self._rects = rects
        self._in: dict[tuple[int, int], list[int]] = {}
        for number, rect in enumerate(rects):
            for square in product(*_squares(rect)):
                self._in.setdefault(square, []).append(number)

    def touching(self, parts: Exposed) -> list[int]:
        """The numbers of those that lie in one of the parts, in their order."""
        numbers = {number for part in parts for number in self._around(part)}
        return sorted(number for number in numbers if touches(self._rects[number], parts))

    def _around(self, part: Rect) -> Iterable[int]:
        across, down = _squares(part)
        if len(across) * len(down) > len(self._in):
            return range(len(self._rects))
        return (number for square in product(across, down) for number in self._in.get(square, ()))


def _squares(rect: Rect) -> tuple[range, range]:
    """The squares that a rectangle touches, across and down."""
    return (
        range(int(rect.x // SIDE), int(rect.right // SIDE) + 1),
        range(int(rect.y // SIDE), int(rect.bottom // SIDE) + 1),
    )
