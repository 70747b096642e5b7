"""The icons of `resources/icons` (lucide, ISC licence) as paths, for every painter. No Qt.

An icon is drawn in a box of 24 by 24 units, y downwards, stroked 2 units wide with round caps and joins, never filled.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from app.paths import icon_dir

if TYPE_CHECKING:
    from app.layout.drawing import Segment

BOX: Final = 24.0
STROKE_WIDTH: Final = 2.0
PATHS: Final = "paths.json"


class UnknownIconError(KeyError):
    """No icon has this name."""

    def __str__(self) -> str:
        return f"there is no icon named {self.args[0]!r}"


@cache
def icon_path(name: str) -> tuple[Segment, ...]:
    """The segments of an icon in its 24-unit box. Raises UnknownIconError for a name that no icon has."""
    try:
        words = _paths()[name].split()
    except KeyError:
        raise UnknownIconError(name) from None
    starts = [at for at, word in enumerate(words) if word.isalpha()]
    return tuple(_segment(words[start:end]) for start, end in pairwise([*starts, len(words)]))


@cache
def _paths() -> dict[str, str]:
    table: dict[str, str] = json.loads((icon_dir() / PATHS).read_text(encoding="utf-8"))
    return table


def _segment(words: list[str]) -> Segment:
    values = [float(word) for word in words[1:]]
    match words[0], values:
        case "M", [x, y]:
            return ("M", x, y)
        case "L", [x, y]:
            return ("L", x, y)
        case "C", [x1, y1, x2, y2, x, y]:
            return ("C", x1, y1, x2, y2, x, y)
        case _:
            return ("Z",)
