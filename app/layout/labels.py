"""Finds places for labels where they cover nothing: neither curve, nor face, nor each other.

A label's place depends on what is near it only, and among labels on those that come before it. So after a change
only the labels near it need a new place, and the result is as if all had been placed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import inf
from typing import Generic, NamedTuple, TypeVar

from app.layout.drawing import Rect
from app.layout.monotone import MonotoneCurve

CLEARANCE = 0.5
FACE_GAP = 0.8
TRACK_GAP = 0.6
STRETCH = 9.0
BIN = 20.0
NEAR = (0.0, 2.0, 4.5)
FAR = (8.0, 12.0, 17.0, 23.0, 30.0, 38.0)
TINY = 0.01

K = TypeVar("K")
LabelKey = tuple[tuple[int, int], float, str]
"""What orders labels: the number of the curve, x, the id of the point."""


class LabelSpot(NamedTuple):
    """A face that wants a label: its centre and radius in mm, the label's size, and whether it had better be above.

    `room`: from where to where in x it had better stand, which is the step's column: links run between the columns.
    """

    x: float
    y: float
    r: float
    w: float
    h: float
    above_first: bool
    room: tuple[float, float] = (-inf, inf)

    @property
    def stretch(self) -> tuple[float, float]:
        """From where to where in x anything can matter for the label's place."""
        reach = self.w + self.r + FACE_GAP + 2 * CLEARANCE
        return self.x - reach, self.x + reach


class LabelPlace(NamedTuple):
    """A label's rectangle in mm; `lead`: it stands away from its point, so a thin line leads to it."""

    rect: Rect
    lead: Lead | None = None

    @property
    def stretch(self) -> tuple[float, float]:
        """From where to where in x it and its line are."""
        x = self.lead.x2 if self.lead is not None else self.rect.x
        return min(self.rect.x, x), max(self.rect.right, x)


class Lead(NamedTuple):
    """The line from a label at (x1, y1) to its face at (x2, y2), mm."""

    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def rect(self) -> Rect:
        """The rectangle around it."""
        left, top = min(self.x1, self.x2), min(self.y1, self.y2)
        return Rect(left, top, abs(self.x2 - self.x1), abs(self.y2 - self.y1))

    def inside(self, rect: Rect) -> tuple[float, float] | None:
        """The share of the line, 0..1 from and to, that lies in a rectangle; None where none does.

        Cut by the four edges one after the other, after Y.-D. Liang and B. A. Barsky, "A New Concept and Method for
        Line Clipping", 1984.
        """
        start, end = 0.0, 1.0
        across, down = self.x2 - self.x1, self.y2 - self.y1
        for move, room in (
            (-across, self.x1 - rect.x),
            (across, rect.right - self.x1),
            (-down, self.y1 - rect.y),
            (down, rect.bottom - self.y1),
        ):
            if move < 0:
                start = max(start, room / move)
            elif move > 0:
                end = min(end, room / move)
            elif room < 0:
                return None
        return (start, end) if start < end else None


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
        self._leads: Bins[LabelKey] = Bins()
        self._lead_of: dict[LabelKey, Lead] = {}
        self.curves: dict[object, MonotoneCurve] = {}

    def put_face(self, id: str, rect: Rect) -> None:
        self._faces.put(id, rect)

    def drop_face(self, id: str, rect: Rect) -> None:
        self._faces.drop(id, rect)

    def drop(self, key: LabelKey, place: LabelPlace) -> None:
        """Takes a label out."""
        self._labels.drop(key, place.rect)
        if place.lead is not None:
            self._leads.drop(key, place.lead.rect)
            del self._lead_of[key]

    def is_free(self, area: Rect) -> bool:
        """True where no face, label or curve lies in an area, nor a line that leads to a face."""
        return (
            not any(area.overlaps(face) for _, face in self._faces.near(area.x, area.right))
            and not any(area.overlaps(label) for _, label in self._labels.near(area.x, area.right))
            and not any(lead.inside(area) for _, lead in self._leads_near(area))
            and not self._meets_curve(area)
        )

    def pieces(self, key: LabelKey, lead: Lead) -> Iterator[Lead]:
        """A label's line without what of it lies under other labels."""
        area = lead.rect
        near = {other: rect.grown(CLEARANCE) for other, rect in self._labels.near(area.x, area.right) if other != key}
        cuts = sorted(cut for rect in near.values() if (cut := lead.inside(rect)) is not None)
        start = 0.0
        for low, high in [*cuts, (1.0, 1.0)]:
            if low - start > TINY:
                yield _part(lead, start, low)
            start = max(start, high)

    def place(self, key: LabelKey, spot: LabelSpot) -> LabelPlace:
        """Finds a place for a label, which must not have one, and takes it. Labels that come later do not count."""
        place = self._beside(key, spot) or self._away(key, spot) or _led(self._on_track(key, spot), spot)
        self._labels.put(key, place.rect)
        if place.lead is not None:
            self._leads.put(key, place.lead.rect)
            self._lead_of[key] = place.lead
        return place

    def _beside(self, key: LabelKey, spot: LabelSpot) -> LabelPlace | None:
        """Near the face, in its column if there is room."""
        is_free = self._is_free_for(key)
        for keeps_room in (True, False):
            for rect in self._candidates(spot, NEAR, keeps_room):
                if is_free(rect):
                    return LabelPlace(rect)
        return None

    def _away(self, key: LabelKey, spot: LabelSpot) -> LabelPlace | None:
        """Farther away, where the line to the face meets neither label nor face."""
        is_free = self._is_free_for(key)
        for rect in self._candidates(spot, FAR, keeps_room=False):
            place = _led(rect, spot)
            if is_free(rect) and place.lead is not None and self._is_clear(key, place.lead, spot):
                return place
        return None

    def _candidates(self, spot: LabelSpot, distances: tuple[float, ...], keeps_room: bool) -> Iterator[Rect]:
        """The places to try, pushed sideways into the plot; without those too far above or below."""
        low, high = spot.room
        for rect in _around(spot, distances):
            if rect.y >= -STRETCH and rect.bottom <= self._height + STRETCH:
                pushed = rect._replace(x=max(low, min(rect.x, high - rect.w))) if keeps_room else rect
                if not keeps_room or rect.w <= high - low:
                    yield self._kept_inside(pushed)

    def _is_clear(self, key: LabelKey, lead: Lead, spot: LabelSpot) -> bool:
        area = lead.rect
        own = Rect(spot.x, spot.y, 0.0, 0.0).grown(spot.r - TINY)
        return not any(
            lead.inside(face) for _, face in self._faces.near(area.x, area.right) if not face.overlaps(own)
        ) and not any(lead.inside(label.grown(CLEARANCE)) for label in self._earlier(key, area))

    def _kept_inside(self, rect: Rect) -> Rect:
        return Rect(max(0.0, min(rect.x, self._width - rect.w)), rect.y, rect.w, rect.h)

    def _is_free_for(self, key: LabelKey) -> Callable[[Rect], bool]:
        def is_free(rect: Rect) -> bool:
            grown = rect.grown(CLEARANCE)
            return (
                not any(grown.overlaps(face) for _, face in self._faces.near(grown.x, grown.right))
                and not any(grown.overlaps(label) for label in self._earlier(key, grown))
                and not any(lead.inside(grown) for other, lead in self._leads_near(grown) if other < key)
                and not self._meets_curve(grown)
            )

        return is_free

    def _earlier(self, key: LabelKey, area: Rect) -> Iterator[Rect]:
        return (rect for other, rect in self._labels.near(area.x, area.right) if other < key)

    def _leads_near(self, area: Rect) -> Iterator[tuple[LabelKey, Lead]]:
        return ((key, self._lead_of[key]) for key, _ in self._leads.near(area.x, area.right))

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


def _led(rect: Rect, spot: LabelSpot) -> LabelPlace:
    """A label away from its face, with the line between them."""
    x = max(rect.x, min(spot.x, rect.right))
    is_above = rect.y < spot.y
    ends = (rect.bottom, spot.y - spot.r) if is_above else (rect.y, spot.y + spot.r)
    return LabelPlace(rect, Lead(x, ends[0], spot.x, ends[1]))


def _part(lead: Lead, start: float, end: float) -> Lead:
    """The line between two shares of its length."""
    across, down = lead.x2 - lead.x1, lead.y2 - lead.y1
    return Lead(lead.x1 + start * across, lead.y1 + start * down, lead.x1 + end * across, lead.y1 + end * down)


def _around(spot: LabelSpot, distances: tuple[float, ...]) -> Iterator[Rect]:
    """Places around a face, so many mm away: right above and below, askew, and where there is no distance beside it."""
    x, y, r, w, h, above_first, _ = spot
    above, below = y - r - FACE_GAP - h, y + r + FACE_GAP
    first, second = (above, below) if above_first else (below, above)
    for far in distances:
        for side in (0.0, -0.5, 0.5):
            left = x - w / 2 + side * (w + 2 * r)
            yield Rect(left, first + (far if first > y else -far), w, h)
            yield Rect(left, second + (far if second > y else -far), w, h)
        if far == 0.0:
            yield Rect(x + r + FACE_GAP, y - h / 2, w, h)
            yield Rect(x - r - FACE_GAP - w, y - h / 2, w, h)
