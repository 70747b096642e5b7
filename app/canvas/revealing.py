"""By how much the view must move so that something is in sight; millimetres of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.layout.drawing import Rect

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.layout.fields import Part

GAP: Final = 2.0
"""So much is seen around it."""


def move_to_show(layout: MapLayout, visible: Rect, area: Rect) -> tuple[float, float]:
    """The least move (right, down) that shows an area clear of the headers."""
    side = layout.side.w
    left, right = (0.0, side) if layout.rtl else (side, 0.0)
    head = layout.head.h
    return _move(Rect(visible.x + left, visible.y + head, visible.w - left - right, visible.h - head), area)


def move_to_show_text(layout: MapLayout, visible: Rect, area: Rect, part: Part) -> tuple[float, float]:
    """The same for a part of a text: one in a header that stays in sight can be hidden in one direction only."""
    if part == "head":
        area = Rect(area.x, visible.y + visible.h / 2, area.w, 0.0)
    elif part == "side":
        area = Rect(visible.x + visible.w / 2, area.y, 0.0, area.h)
    elif area.bottom <= layout.head.y:
        return _move(visible, area)  # the title, which is above the headers
    return move_to_show(layout, visible, area)


def _move(window: Rect, area: Rect) -> tuple[float, float]:
    return (
        _least_move(area.x, area.right, window.x + GAP, window.right - GAP),
        _least_move(area.y, area.bottom, window.y + GAP, window.bottom - GAP),
    )


def _least_move(low: float, high: float, least: float, most: float) -> float:
    """By how much a range must be passed under a window least … most so that it is inside, its start at least."""
    if low < least or high - low > most - least:
        return low - least
    return max(0.0, high - most)
