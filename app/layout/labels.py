"""Finds places for labels where they cover nothing: neither curve, nor face, nor each other.

A label's place depends on what is near it only, and among labels on those that come before it. So after a change
only the labels near it need a new place, and the result is as if all had been placed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, NamedTuple, TypeVar

from app.layout.drawing import Rect
from app.layout.monotone import MonotoneCurve

CLEARANCE = 0.5
FACE_GAP = 0.8
TRACK_GAP = 0.6
STRETCH = 9.0
BIN = 20.0

K = TypeVar("K")
LabelKey = tuple[int, float, str]
"""What orders labels: the number of the persona, x, the id of the point."""


class LabelSpot(NamedTuple):
    """A face that wants a label: its centre and radius in mm, the label's size, and whether it had better be above."""

    x: float
    y: float
    r: float
    w: float
    h: float
    above_first: bool

    @property
    def stretch(self) -> tuple[float, float]:
        """From where to where in x anything can matter for the label's place."""
        reach = self.w + self.r + FACE_GAP + 2 * CLEARANCE
        return self.x - reach, self.x + reach


class LabelPlace(NamedTuple):
    """A label's rectangle in mm; `led`: it stands away from its point, so a thin line leads to it."""

    rect: Rect
    led: bool


class Bins(Generic[K]):
    """Rectangles by key, found again by where they lie across."""

    def __init__(self) -> None:
        self._bins: dict[int, dict[K, Rect]] = {}

    def put(self, key: K, rect: Rect) -> None:
        for number in _numbers(rect.x, rect.right):
            self._bins.setdefault(number, {})[key] = rect

    def drop(self, key: K, rect: Rect) -> None:
        for number in _numbers(rect.x, rect.right):
            del self._bins[number][key]

    def near(self, x1: float, x2: float) -> Iterator[tuple[K, Rect]]:
        """What lies between two x, and some of what lies near; a long one perhaps more than once."""
        for number in _numbers(x1, x2):
            yield from self._bins.get(number, {}).items()


class LabelSpace:
    """A plot area with what stands in it, from (0, 0); labels are placed one after the other in the order of keys.

    Labels keep within the area, which stretches by up to STRETCH above and below where they need it. What finds no room
    even so goes into tracks above. `curves` lie between y = `pad` and `height` − `pad`.
    """

    def __init__(self, width: float, height: float, pad: float, half_line: float) -> None:
        self._width = width
        self._height = height
        self._pad = pad
        self._half_line = half_line
        self._faces: Bins[str] = Bins()
        self._labels: Bins[LabelKey] = Bins()
        self.curves: dict[str, MonotoneCurve] = {}

    def put_face(self, id: str, rect: Rect) -> None:
        self._faces.put(id, rect)

    def drop_face(self, id: str, rect: Rect) -> None:
        self._faces.drop(id, rect)

    def drop(self, key: LabelKey, place: LabelPlace) -> None:
        """Takes a label out."""
        self._labels.drop(key, place.rect)

    def place(self, key: LabelKey, spot: LabelSpot) -> LabelPlace:
        """Finds a place for a label, which must not have one, and takes it. Labels that come later do not count."""
        found = next(filter(self._is_free_for(key), self._candidates(spot)), None)
        place = LabelPlace(found, led=False) if found is not None else LabelPlace(self._on_track(key, spot), led=True)
        self._labels.put(key, place.rect)
        return place

    def _candidates(self, spot: LabelSpot) -> Iterator[Rect]:
        """The places to try, pushed sideways into the plot; without those too far above or below."""
        for rect in _around(spot):
            if rect.y >= -STRETCH and rect.bottom <= self._height + STRETCH:
                yield self._kept_inside(rect)

    def _kept_inside(self, rect: Rect) -> Rect:
        return Rect(max(0.0, min(rect.x, self._width - rect.w)), rect.y, rect.w, rect.h)

    def _is_free_for(self, key: LabelKey) -> Callable[[Rect], bool]:
        def is_free(rect: Rect) -> bool:
            grown = rect.grown(CLEARANCE)
            return (
                not any(grown.overlaps(face) for _, face in self._faces.near(grown.x, grown.right))
                and not any(grown.overlaps(label) for label in self._earlier(key, grown))
                and not self._meets_curve(grown)
            )

        return is_free

    def _earlier(self, key: LabelKey, area: Rect) -> Iterator[Rect]:
        return (rect for other, rect in self._labels.near(area.x, area.right) if other < key)

    def _meets_curve(self, rect: Rect) -> bool:
        reach = self._half_line
        if rect.bottom < self._pad - reach or rect.y > self._height - self._pad + reach:
            return False
        for curve in self.curves.values():
            span = curve.range_over(rect.x, rect.right)
            if span is not None and span[0] - reach < rect.bottom and span[1] + reach > rect.y:
                return True
        return False

    def _on_track(self, key: LabelKey, spot: LabelSpot) -> Rect:
        """Above everything that stands there already."""
        wanted = self._kept_inside(Rect(spot.x - spot.w / 2, -STRETCH - spot.h, spot.w, spot.h))
        left, right = wanted.x - CLEARANCE, wanted.right + CLEARANCE
        tops = [rect.y for rect in self._earlier(key, wanted) if rect.x < right and left < rect.right]
        return wanted._replace(y=min(-STRETCH, *tops) - TRACK_GAP - spot.h if tops else wanted.y)


def _numbers(x1: float, x2: float) -> range:
    return range(int(x1 // BIN), int(x2 // BIN) + 1)


def _around(spot: LabelSpot) -> Iterator[Rect]:
    """Places around a face: right above and below, askew, beside it, then farther away."""
    x, y, r, w, h, above_first = spot
    above, below = y - r - FACE_GAP - h, y + r + FACE_GAP
    first, second = (above, below) if above_first else (below, above)
    for far in (0.0, 2.0, 4.5, 8.0):
        for side in (0.0, -0.5, 0.5):
            left = x - w / 2 + side * (w + 2 * r)
            yield Rect(left, first + (far if first > y else -far), w, h)
            yield Rect(left, second + (far if second > y else -far), w, h)
        if far == 0.0:
            yield Rect(x + r + FACE_GAP, y - h / 2, w, h)
            yield Rect(x - r - FACE_GAP - w, y - h / 2, w, h)
