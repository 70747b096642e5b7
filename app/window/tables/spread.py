"""Where dots that share a square of the matrix lie so that none covers another. No Qt; lengths in px."""

from __future__ import annotations

from math import ceil
from typing import Final, NamedTuple

NAMED_WIDTH: Final = 84
"""A dot with its title takes at least so much."""

NAMED_HEIGHT: Final = 24
DOT: Final = 22
GAP: Final = 3


class Slot(NamedTuple):
    """A place in a square."""

    x: float
    y: float
    w: float
    h: float


class Spread(NamedTuple):
    """The places of the dots of a square, and whether there is room for their titles."""

    slots: list[Slot]
    is_named: bool


def spread(count: int, width: float, height: float) -> Spread:
    """Places for so many dots in a square of this size: with titles, as numbers, or as small as they have to be."""
    columns, rows = int(width // NAMED_WIDTH), int(height // NAMED_HEIGHT)
    if 0 < count <= columns * rows:
        across = min(columns, ceil(count / rows))
        return Spread(_grid(count, across, width / across, min(NAMED_HEIGHT + GAP, height / rows), height), True)
    cell = min(float(DOT + GAP), width, height)
    while int(width // cell) * int(height // cell) < count and cell > 1.0:
        cell *= 0.9
    return Spread(_grid(count, int(width // cell), cell, cell, height), False)


def _grid(count: int, across: int, w: float, h: float, height: float) -> list[Slot]:
    """Row by row from the top, the rows in the middle of the height."""
    top = (height - ceil(count / across) * h) / 2 if count else 0.0
    return [Slot(place % across * w, top + place // across * h, w, h) for place in range(count)]
