"""What lies over the sheet of two states of a map: signs on what differs, ghosts of what is gone, ways of what moved.

Positions are mm of the sheet on which both states are laid out together: see `overlaid`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from app.layout import lookup, theme
from app.layout.difference_curves import old_curves, point_spot
from app.layout.difference_signs import OUT, Sign, chips, ghost, outline, trace
from app.layout.drawing import Drawing, Placed, Rect, Shape
from app.layout.engine import MapLayout
from app.layout.faces import face
from app.layout.overlaid import Overlaid
from app.model.document import Document
from app.model.records import Card, EmotionPoint, Link, Record
from app.model.store import RecordGraph

IN: Final = 0.6
"""mm that the signs of headers and of points keep from their edges."""

Signs = Mapping[str, tuple[Sign, ...]]
"""What is said of which record, by its id."""


class MarkLayer(NamedTuple):
    """What to paint over a part of the sheet, and above that the signs, which a screen may show larger."""

    drawings: tuple[Placed, ...]
    chips: tuple[Placed, ...]

    @property
    def all(self) -> tuple[Placed, ...]:
        return *self.drawings, *self.chips


class Marks(NamedTuple):
    """What to paint over the map: what stays with the stage and step headers, with the lane headers, and the rest.

    `areas`: where on the sheet each difference is to be seen, by the id of its record.
    """

    sheet: MarkLayer
    head: MarkLayer
    side: MarkLayer
    areas: Mapping[str, Rect]


def difference_marks(overlaid: Overlaid, layout: MapLayout, before: MapLayout, signs: Signs) -> Marks:
    """The marks for `signs`. `layout` is that of the overlaid document, `before` that of the older state."""
    return _Marker(overlaid, layout, before, signs).marks()


def plain_marks(document: Document, layout: MapLayout, signs: Signs) -> Marks:
    """The marks on a state by itself: what is not in it has none."""
    return _Marker(Overlaid(document, frozenset(), RecordGraph()), layout, layout, signs).marks()


class _Growing:
    """A layer in the making. `ways` lie above all other drawings."""

    def __init__(self) -> None:
        self.drawings: list[Placed] = []
        self.ways: list[Placed] = []
        self.chips: list[Placed] = []

    def done(self) -> MarkLayer:
        return MarkLayer((*self.drawings, *self.ways), tuple(self.chips))


class _Marker:
    def __init__(self, overlaid: Overlaid, layout: MapLayout, before: MapLayout, signs: Signs) -> None:
        self._overlaid = overlaid
        self._store: RecordGraph = overlaid.document.store
        self._layout = layout
        self._before = before
        self._signs = signs
        self._areas: dict[str, Rect] = {}
        self._headers = {header.id: header for header in (*layout.stage_headers, *layout.step_headers)}
        self._sides = {header.id: header for header in layout.lane_headers}
        self._points = {mark.id: mark for curve in layout.curves.values() for mark in curve.points}

    def marks(self) -> Marks:
        sheet, head, side = _Growing(), _Growing(), _Growing()
        sheet.drawings += old_curves(self._overlaid, self._layout, self._signs)
        for id, signs in self._signs.items():
            if id in self._headers:
                self._on_header(head, self._headers[id], signs)
            elif id in self._sides:
                self._on_header(side, self._sides[id], signs)
            else:
                self._on_sheet(sheet, id, signs)
        return Marks(sheet.done(), head.done(), side.done(), self._areas)

    def _on_header(self, layer: _Growing, header: Placed, signs: tuple[Sign, ...]) -> None:
        self._areas[header.id] = header.rect
        if header.id in self._overlaid.ghosts:
            layer.drawings.append(header._replace(drawing=ghost(header.drawing)))
        inside = header.rect.grown(-IN)
        layer.drawings.append(Placed(header.id, inside.x, inside.y, outline(inside, signs, 0.6)))
        layer.chips.append(self._chips(header.id, header.rect, signs, OUT))

    def _on_sheet(self, layer: _Growing, id: str, signs: tuple[Sign, ...]) -> None:
        record = self._store.get(id) or self._overlaid.before.get(id)
        if isinstance(record, EmotionPoint):
            self._on_point(layer, record, signs)
        elif isinstance(record, Link):
            self._on_link(layer, record, signs)
        elif record is not None:
            self._on_area(layer, record, signs)

    def _on_area(self, layer: _Growing, record: Record, signs: tuple[Sign, ...]) -> None:
        card = self._layout.card(record.id)
        area = card.rect if card is not None else lookup.rect_of(self._layout, record.id)
        if area is None:
            return
        self._areas[record.id] = area
        if card is not None and record.id in self._overlaid.ghosts:
            layer.drawings.append(card._replace(drawing=ghost(card.drawing)))
        if record.type != "map":
            layer.drawings.append(Placed(record.id, area.x, area.y, outline(area, signs, theme.CARD_RADIUS)))
        if "moved" in signs and isinstance(record, Card):
            layer.ways += self._way_of_card(record, area)
        layer.chips.append(self._chips(record.id, area, signs, OUT if card is not None else -IN))

    def _way_of_card(self, card: Card, area: Rect) -> Iterator[Placed]:
        """From the cell where the card was, at the height that it had there."""
        was, old = self._overlaid.before.of(Card, card.id), self._before.card(card.id)
        if was is None or (was.step, was.lane) == (card.step, card.lane):
            return
        column, row = self._layout.column_of.get(was.step), self._layout.row_of.get(was.lane)
        old_row = self._before.row_of.get(was.lane)
        if column is None or row is None:
            return
        share = (old.y + old.drawing.h / 2 - old_row.y) / old_row.h if old is not None and old_row is not None else 0.5
        start = column.x + column.w / 2, row.y + row.h * max(0.05, min(0.95, share))
        yield from trace(card.id, start, area, "moved")

    def _on_point(self, layer: _Growing, point: EmotionPoint, signs: tuple[Sign, ...]) -> None:
        mark, was = self._points.get(point.id), self._overlaid.before.of(EmotionPoint, point.id)
        old = point_spot(self._layout, was) if was is not None else None
        spot = (mark.x, mark.y) if mark is not None else old
        if spot is None:
            return
        r = theme.FACE_RADIUS
        if old is not None and was is not None:
            pale = ghost(Drawing(2 * r, 2 * r, face(r, r, r, was.value, theme.SECONDARY)), None)
            layer.drawings.append(Placed(point.id, old[0] - r, old[1] - r, pale))
        area = Rect(spot[0] - r, spot[1] - r, 2 * r, 2 * r)
        self._areas[point.id] = area
        if mark is not None and old is not None:
            layer.drawings += trace(point.id, old, area, signs[0])
        layer.drawings.append(Placed(point.id, area.x, area.y, outline(area, signs, r)))
        layer.chips.append(self._chips(point.id, area, signs, OUT + 1.2))

    def _on_link(self, layer: _Growing, link: Link, signs: tuple[Sign, ...]) -> None:
        placed = self._layout.link(link.id)
        if placed is None:
            self._on_gone_link(layer, link, signs)
            return
        line = next((item for item in placed.drawing.items if isinstance(item, Shape)), None)
        spot = _middle(line) if line is not None else (placed.drawing.w / 2, placed.drawing.h / 2)
        layer.chips.append(self._chips_at(link.id, (placed.x + spot[0], placed.y + spot[1]), signs))

    def _on_gone_link(self, layer: _Growing, link: Link, signs: tuple[Sign, ...]) -> None:
        source, target = self._layout.card(link.source), self._layout.card(link.target)
        if source is None or target is None:
            return
        start = source.x + source.drawing.w / 2, source.y + source.drawing.h / 2
        layer.ways += trace(link.id, start, target.rect, "removed")
        middle = (start[0] + target.x + target.drawing.w / 2) / 2, (start[1] + target.y + target.drawing.h / 2) / 2
        layer.chips.append(self._chips_at(link.id, middle, signs))

    def _chips(self, id: str, area: Rect, signs: tuple[Sign, ...], out: float) -> Placed:
        """At the upper corner where reading begins; the other one is for comments."""
        row = chips(signs, self._layout.rtl)
        x = area.right + out - row.w if self._layout.rtl else area.x - out
        return Placed(id, x, area.y - out, row)

    def _chips_at(self, id: str, spot: tuple[float, float], signs: tuple[Sign, ...]) -> Placed:
        row = chips(signs, self._layout.rtl)
        placed = Placed(id, spot[0] - row.w / 2, spot[1] - row.h / 2, row)
        self._areas[id] = placed.rect
        return placed


def _middle(line: Shape) -> tuple[float, float]:
    """A spot about the middle of a path."""
    spots = [segment[-2:] for segment in line.segments if segment[0] != "Z"]
    first, second = spots[(len(spots) - 1) // 2], spots[len(spots) // 2]
    if len(spots) == 2:
        first, second = spots
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2
