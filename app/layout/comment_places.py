"""Where a bubble stands that says that there are comments on something, on the screen and on paper."""

from __future__ import annotations

from typing import Final

from app.layout.drawing import Drawing, Rect
from app.model.records import Card, EmotionPoint, Link, Record

OUT: Final = 1.6
"""mm that a bubble stands out of the corner of a card."""

IN: Final = 1.0
"""mm that it keeps from the edges of a header or panel."""

BESIDE: Final = 0.8
"""mm that it reaches into the square around an emotion point, whose face it must not cover."""


def place_of_mark(record: Record, rect: Rect, mark: Drawing, *, rtl: bool) -> tuple[float, float]:
    """The top-left corner of a bubble: at the trailing upper corner of a thing, or in the middle of a link."""
    if isinstance(record, Link):
        return rect.x + (rect.w - mark.w) / 2, rect.y + (rect.h - mark.h) / 2
    if isinstance(record, EmotionPoint):
        return rect.x - mark.w + BESIDE if rtl else rect.right - BESIDE, rect.y - mark.h + BESIDE
    out = OUT if isinstance(record, Card) else -IN
    return rect.x - out if rtl else rect.right + out - mark.w, rect.y - out
