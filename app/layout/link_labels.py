"""The labels of links: each on its own line where it covers least, best nothing.

A label's place depends on the path of its link, on cards and curves, on the lines of other links, and among labels on
those that come before it. So after a change only the labels near it need a new place, and the result is as if all had
been placed anew.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Box, Drawing, Placed, Rect, Text
from app.layout.free_ground import is_free
from app.layout.gutters import Gutters
from app.layout.labels import Bins
from app.layout.link_lines import LinkLines
from app.layout.link_spots import Size, spots, spots_beside, zones
from app.layout.links import Point
from app.layout.remembering import remembered
from app.layout.rows import Rows
from app.layout.text import TextBlock

LABEL_PAD = 0.6
CLEARANCE = 0.15
LABELS_APART = 0.5
FEW = 60
"""So many places are looked at one by one when it is asked what lies near them."""

LabelKey = tuple[float, str]
"""What orders labels: how long the path runs, for a short one leaves the least choice; the id of the link."""


class LinkPath(NamedTuple):
    """Where a link runs: its corners in sheet mm, and its label, None: it has none."""

    corners: list[Point]
    block: TextBlock | None


class _Label(NamedTuple):
    path: LinkPath
    size: Size
    zones: tuple[Rect, ...]
    drawing: Drawing
    place: Rect | None = None


class LinkLabels:
    """Places for the labels of links. Note changes with `take` and `make_stale`, then `settle`."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._gutters = Gutters((), (), ())
        self.clear(self._gutters)

    def clear(self, gutters: Gutters) -> None:
        """Forgets all paths and places; links run in these gutters now."""
        self._gutters = gutters
        self._paths: dict[str, LinkPath] = {}
        self._lines = LinkLines()
        self._order: list[LabelKey] = []
        self._labels: dict[str, _Label] = {}
        self._places: Bins[LabelKey] = Bins()
        self._stale: list[Rect] = []

    def take(self, id: str, path: LinkPath | None) -> None:
        """A link takes this path; None: it is gone."""
        old = self._paths.pop(id, None)
        if path is not None:
            self._paths[id] = path
        if old == path:
            return
        if old is not None:
            self._take_out(id, old)
        if path is not None:
            self._lines.put(id, path.corners)
            self._line_stale(path.corners)
            if path.block is not None:
                self._put_in(id, path, path.block)

    def make_stale(self, area: Rect) -> None:
        """Labels near an area (sheet mm) need to be placed again."""
        self._stale.append(area)
        if len(self._stale) > FEW:
            self._stale = [_around_all(self._stale)]

    def __contains__(self, id: str) -> bool:
        """True where the path of a link is known."""
        return id in self._paths

    def settle(self) -> None:
        """Places the labels whose places may have changed."""
        if not self._stale:
            return
        for key in self._order:
            label = self._labels[key[1]]
            if label.place is None or self._is_stale(label):
                self._place(key, label)
        self._stale = []

    def placed(self, id: str) -> Placed | None:
        """A link's label on the sheet; None: it has none."""
        label = self._labels.get(id)
        if label is None or label.place is None:
            return None
        return Placed(id, label.place.x, label.place.y, label.drawing)

    def at(self, x: float, y: float) -> Iterator[str]:
        """The links whose labels lie at a spot."""
        for (_, id), rect in self._places.near(x, x):
            if rect.contains(x, y):
                yield id

    def _line_stale(self, corners: Sequence[Point]) -> None:
        for one, other in pairwise(corners):
            self.make_stale(_around_all([Rect(*one, 0.0, 0.0), Rect(*other, 0.0, 0.0)]).grown(LABELS_APART))

    def _is_stale(self, label: _Label) -> bool:
        return any(zone.overlaps(area) for area in self._stale for zone in label.zones)

    def _put_in(self, id: str, path: LinkPath, block: TextBlock) -> None:
        drawing = label_drawing(block)
        size = Size(drawing.w, drawing.h)
        insort(self._order, _key(id, path))
        self._labels[id] = _Label(path, size, tuple(zones(path.corners, size, self._gutters)), drawing)

    def _take_out(self, id: str, path: LinkPath) -> None:
        self._lines.drop(id, path.corners)
        self._line_stale(path.corners)
        label = self._labels.pop(id, None)
        if label is not None:
            key = _key(id, path)
            del self._order[bisect_left(self._order, key)]
            if label.place is not None:
                self._places.drop(key, label.place)
                self.make_stale(label.place.grown(LABELS_APART))

    def _place(self, key: LabelKey, label: _Label) -> None:
        old = label.place
        if old is not None:
            self._places.drop(key, old)
        place = self._best(key, label)
        self._places.put(key, place)
        if place != old:
            self._labels[key[1]] = label._replace(place=place)
            for area in (old, place):
                if area is not None:
                    self.make_stale(area.grown(LABELS_APART))

    def _best(self, key: LabelKey, label: _Label) -> Rect:
        """Of the places clear of cards and curves the first that covers nothing, else the one that covers least."""
        for places in (spots, spots_beside):
            found = self._least_covering(key, places(label.path.corners, label.size, self._gutters))
            if found is not None:
                return found
        return next(spots_beside(label.path.corners, label.size, self._gutters))

    def _least_covering(self, key: LabelKey, places: Iterator[Rect]) -> Rect | None:
        best, least = None, (inf, inf)
        for place in places:
            if is_free(self._rows, place.grown(CLEARANCE)):
                cost = self._covered(key, place)
                if cost == (0.0, 0.0):
                    return place
                if cost < least:
                    best, least = place, cost
        return best

    def _covered(self, key: LabelKey, place: Rect) -> tuple[float, float]:
        """How much of other labels a label would cover, in mm², and of other lines, in mm."""
        grown = place.grown(LABELS_APART)
        found = {other: rect for other, rect in self._places.near(grown.x, grown.right) if other < key}
        labels = sum(_shared(grown, found[other]) for other in sorted(found))
        return labels, self._lines.length_in(place.grown(CLEARANCE), key[1])


@remembered(1024)
def label_drawing(block: TextBlock) -> Drawing:
    """A label on paper of its own, so that no line runs through it."""
    width = block.width + 2 * LABEL_PAD
    paper = Box(0.0, 0.0, width, block.height, theme.CELL)
    return Drawing(width, block.height, (paper, Text(LABEL_PAD, 0.0, block, theme.SECONDARY, detail=True)))


def _key(id: str, path: LinkPath) -> LabelKey:
    return round(sum(abs(x2 - x1) + abs(y2 - y1) for (x1, y1), (x2, y2) in pairwise(path.corners)), 2), id


def _shared(one: Rect, other: Rect) -> float:
    """The area that two rectangles share, mm²."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across * down if across > 0 and down > 0 else 0.0


def _around_all(areas: Sequence[Rect]) -> Rect:
    left, top = min(area.x for area in areas), min(area.y for area in areas)
    return Rect(left, top, max(area.right for area in areas) - left, max(area.bottom for area in areas) - top)
