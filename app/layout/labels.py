"""Finds places for labels where they cover nothing: neither curve, nor face, nor each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.layout.drawing import Rect
from app.layout.monotone import MonotoneCurve

CLEARANCE = 0.5
TRACK_GAP = 0.6
STRETCH = 9.0


class LabelPlace(NamedTuple):
    """A label's rectangle in mm; `led`: it stands away from its point, so a thin line leads to it."""

    rect: Rect
    led: bool


class LabelSpace:
    """A plot area with what stands in it; labels are placed one after the other.

    Labels keep within `area`, which stretches by up to STRETCH above and below where they need it. What finds no room
    even so goes into tracks above. `top` and `bottom` tell how far the labels reach.
    """

    def __init__(
        self, area: Rect, curves: Sequence[MonotoneCurve], obstacles: Iterable[Rect], half_line: float
    ) -> None:
        self._area = area
        self._curves = curves
        self._taken = list(obstacles)
        self._half_line = half_line
        self.top = area.y
        self.bottom = area.bottom

    def place(self, x: float, y: float, radius: float, w: float, h: float, above_first: bool) -> LabelPlace:
        """A place for a label of w × h mm that belongs to a face of `radius` at (x, y)."""
        for rect in _candidates(x, y, radius, w, h, above_first):
            moved = self._kept_inside(rect)
            if moved is not None and self._is_free(moved):
                return LabelPlace(self._take(moved), led=False)
        return LabelPlace(self._take(self._on_track(x, w, h)), led=True)

    def _take(self, rect: Rect) -> Rect:
        self._taken.append(rect)
        self.top = min(self.top, rect.y - TRACK_GAP)
        self.bottom = max(self.bottom, rect.bottom + TRACK_GAP)
        return rect

    def _kept_inside(self, rect: Rect) -> Rect | None:
        """The candidate, pushed sideways into the plot; None where it sticks out too far above or below."""
        if rect.y < self._area.y - STRETCH or rect.bottom > self._area.bottom + STRETCH:
            return None
        x = max(self._area.x, min(rect.x, self._area.right - rect.w))
        return Rect(x, rect.y, rect.w, rect.h)

    def _is_free(self, rect: Rect) -> bool:
        grown = rect.grown(CLEARANCE)
        if any(grown.overlaps(taken) for taken in self._taken):
            return False
        reach = self._half_line
        for curve in self._curves:
            span = curve.range_over(grown.x, grown.right)
            if span is not None and span[0] - reach < grown.bottom and span[1] + reach > grown.y:
                return False
        return True

    def _on_track(self, x: float, w: float, h: float) -> Rect:
        left = max(self._area.x, min(x - w / 2, self._area.right - w))
        y = self._area.y - STRETCH - h
        while any(Rect(left, y, w, h).grown(TRACK_GAP / 2).overlaps(taken) for taken in self._taken):
            y -= h / 2
        return Rect(left, y, w, h)


def _candidates(x: float, y: float, r: float, w: float, h: float, above_first: bool) -> Iterable[Rect]:
    gap = 0.8
    above, below = y - r - gap - h, y + r + gap
    first, second = (above, below) if above_first else (below, above)
    for far in (0.0, 2.0, 4.5, 8.0):
        for side in (0.0, -0.5, 0.5):
            shift = side * (w + 2 * r)
            yield Rect(x - w / 2 + shift, first + (far if first > y else -far), w, h)
            yield Rect(x - w / 2 + shift, second + (far if second > y else -far), w, h)
        if far == 0.0:
            yield Rect(x + r + gap, y - h / 2, w, h)
            yield Rect(x - r - gap - w, y - h / 2, w, h)
