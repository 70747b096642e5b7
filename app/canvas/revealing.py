"""By how much the view must move so that something is in sight; millimetres of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.layout.drawing import Rect

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.layout.fields import Part

GAP: Final = 2.0
"""So much is seen around it."""


def move_to_show(layout: MapLayout, visible: Rect, area: Rect, part: Part = "sheet") -> tuple[float, float]:
    """The least move (right, down) that shows an area clear of the headers.

    What is in a header that stays in sight can be hidden in one direction only.
    """
    return _move(*_window_on(layout, visible, area, part))


def is_in_sight(layout: MapLayout, visible: Rect, area: Rect, part: Part = "sheet") -> bool:
    """True where more than a rim of an area is to be seen."""
    window, area = _window_on(layout, visible, area, part)
    across = min(area.right, window.right) - max(area.x, window.x)
    down = min(area.bottom, window.bottom) - max(area.y, window.y)
    return across >= min(area.w, 2 * GAP) and down >= min(area.h, 2 * GAP)


def with_headers(layout: MapLayout, area: Rect) -> Rect:
    """An area and what the headers cover before it: where that fits the view, the area is clear of them."""
    if area.bottom <= layout.head.y:
        return area
    side, head = layout.side.w, layout.head.h
    return Rect(area.x if layout.rtl else area.x - side, area.y - head, area.w + side, area.h + head)


def _window_on(layout: MapLayout, visible: Rect, area: Rect, part: Part) -> tuple[Rect, Rect]:
    """What is not covered of the part of the sheet that is in view, and an area as it is to be sought there."""
    if part == "head":
        area = Rect(area.x, visible.y + visible.h / 2, area.w, 0.0)
    elif part == "side":
        area = Rect(visible.x + visible.w / 2, area.y, 0.0, area.h)
    elif area.bottom <= layout.head.y:
        return visible, area  # the title, which is above the headers
    side, head = layout.side.w, layout.head.h
    left, right = (0.0, side) if layout.rtl else (side, 0.0)
    return Rect(visible.x + left, visible.y + head, visible.w - left - right, visible.h - head), area


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
