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


class Marks(NamedTuple):
    """What to paint over the map: what stays with the stage and step headers, with the lane headers, and the rest.

    `areas`: where on the sheet each difference is to be seen, by the id of its record.
    """

    sheet: tuple[Placed, ...]
    head: tuple[Placed, ...]
    side: tuple[Placed, ...]
    areas: Mapping[str, Rect]


def difference_marks(overlaid: Overlaid, layout: MapLayout, before: MapLayout, signs: Signs) -> Marks:
    """The marks for `signs`. `layout` is that of the overlaid document, `before` that of the older state."""
    return _Marker(overlaid, layout, before, signs).marks()


def plain_marks(document: Document, layout: MapLayout, signs: Signs) -> Marks:
    """The marks on a state by itself: what is not in it has none."""
    return _Marker(Overlaid(document, frozenset(), RecordGraph()), layout, layout, signs).marks()


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
        sheet: list[Placed] = list(old_curves(self._overlaid, self._layout, self._signs))
        head: list[Placed] = []
        side: list[Placed] = []
        top: list[Placed] = []
        for id, signs in self._signs.items():
            if id in self._headers:
                head += self._on_header(self._headers[id], signs)
            elif id in self._sides:
                side += self._on_header(self._sides[id], signs)
            else:
                below, above = self._on_sheet(id, signs)
                sheet += below
                top += above
        return Marks((*sheet, *top), tuple(head), tuple(side), self._areas)

    def _on_header(self, header: Placed, signs: tuple[Sign, ...]) -> Iterator[Placed]:
        self._areas[header.id] = header.rect
        if header.id in self._overlaid.ghosts:
            yield header._replace(drawing=ghost(header.drawing))
        inside = header.rect.grown(-IN)
        yield Placed(header.id, inside.x, inside.y, outline(inside, signs, 0.6))
        yield self._chips(header.id, header.rect, signs, OUT)

    def _on_sheet(self, id: str, signs: tuple[Sign, ...]) -> tuple[list[Placed], list[Placed]]:
        """What is painted first, and what above everything."""
        record = self._store.get(id) or self._overlaid.before.get(id)
        if isinstance(record, EmotionPoint):
            return self._on_point(record, signs)
        if isinstance(record, Link):
            return self._on_link(record, signs)
        return self._on_area(record, signs) if record is not None else ([], [])

    def _on_area(self, record: Record, signs: tuple[Sign, ...]) -> tuple[list[Placed], list[Placed]]:
        card = self._layout.card(record.id)
        area = card.rect if card is not None else lookup.rect_of(self._layout, record.id)
        if area is None:
            return [], []
        self._areas[record.id] = area
        below: list[Placed] = []
        above: list[Placed] = []
        if card is not None and record.id in self._overlaid.ghosts:
            below.append(card._replace(drawing=ghost(card.drawing)))
        if card is not None or record.type != "map":
            below.append(Placed(record.id, area.x, area.y, outline(area, signs, theme.CARD_RADIUS)))
        if "moved" in signs and isinstance(record, Card):
            above += self._way_of_card(record, area)
        above.append(self._chips(record.id, area, signs, OUT if card is not None else -IN))
        return below, above

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
        way = trace(card.id, start, area, "moved")
        if way is not None:
            yield way

    def _on_point(self, point: EmotionPoint, signs: tuple[Sign, ...]) -> tuple[list[Placed], list[Placed]]:
        mark, was = self._points.get(point.id), self._overlaid.before.of(EmotionPoint, point.id)
        old = point_spot(self._layout, was) if was is not None else None
        r = theme.FACE_RADIUS
        below: list[Placed] = []
        if old is not None and was is not None and (mark is None or signs != ("added",)):
            pale = ghost(Drawing(2 * r, 2 * r, face(r, r, r, was.value, theme.SECONDARY)), None)
            below.append(Placed(point.id, old[0] - r, old[1] - r, pale))
        spot = (mark.x, mark.y) if mark is not None else old
        if spot is None:
            return [], []
        area = Rect(spot[0] - r, spot[1] - r, 2 * r, 2 * r)
        self._areas[point.id] = area
        above: list[Placed] = []
        if mark is not None and old is not None:
            way = trace(point.id, old, area, signs[0])
            below += [way] if way is not None else []
        above.append(Placed(point.id, area.x, area.y, outline(area, signs, r)))
        above.append(self._chips(point.id, area, signs, OUT + 1.2))
        return below, above

    def _on_link(self, link: Link, signs: tuple[Sign, ...]) -> tuple[list[Placed], list[Placed]]:
        placed = self._layout.link(link.id)
        if placed is None:
            return self._gone_link(link, signs)
        line = next((item for item in placed.drawing.items if isinstance(item, Shape)), None)
        spot = _middle(line) if line is not None else (placed.drawing.w / 2, placed.drawing.h / 2)
        return [], [self._chips_at(link.id, (placed.x + spot[0], placed.y + spot[1]), signs)]

    def _gone_link(self, link: Link, signs: tuple[Sign, ...]) -> tuple[list[Placed], list[Placed]]:
        source, target = self._layout.card(link.source), self._layout.card(link.target)
        if source is None or target is None:
            return [], []
        start = source.x + source.drawing.w / 2, source.y + source.drawing.h / 2
        way = trace(link.id, start, target.rect, "removed")
        middle = (start[0] + target.x + target.drawing.w / 2) / 2, (start[1] + target.y + target.drawing.h / 2) / 2
        return [way] if way is not None else [], [self._chips_at(link.id, middle, signs)]

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
