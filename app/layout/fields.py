"""The texts of a map that one writes on the sheet: which record and field, where they stand, and what is at a spot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal, NamedTuple

from app.layout.drawing import Placed, Rect, Text
from app.layout.engine import MapLayout
from app.model.records import Card, EmotionPoint, Record

Part = Literal["sheet", "head", "side"]

FIRST_FIELD = {
    "map": "title",
    "stage": "title",
    "step": "title",
    "lane": "title",
    "card": "title",
    "emotion_point": "label",
    "link": "label",
}
"""The field that one edits first, by type of record."""

PART_OF: Final[dict[str, Part]] = {"stage": "head", "step": "head", "lane": "side"}
"""The strip of headers in which records of a type are; all others are on the sheet."""

SHOWN_EMPTY = frozenset({("map", "title"), ("stage", "title"), ("step", "title"), ("lane", "title"), ("card", "title")})
"""The fields that have their place on the sheet also when there is nothing in them."""


class FieldPlace(NamedTuple):
    """Where a text stands: the corner of the drawing in which it is (sheet mm), and the text in that drawing.

    `part`: the strip of headers that it belongs to, which may be shifted to stay in sight.
    """

    x: float
    y: float
    text: Text
    part: Part = "sheet"

    @property
    def rect(self) -> Rect:
        """The text's block on the sheet."""
        return Rect(self.x + self.text.x, self.y + self.text.y, self.text.block.width, self.text.block.height)


def field_place(layout: MapLayout, record: Record, field: str) -> FieldPlace | None:
    """Where a field's text stands; None: it is not shown, as an empty one of some kinds is not."""
    if isinstance(record, EmotionPoint):
        return _label(layout, record)
    if isinstance(record, Card):
        is_shown = field == "title" or bool(record.body)
        return _in(layout.card(record.id), -1 if field == "body" else 0) if is_shown else None
    found: dict[str, Callable[[], FieldPlace | None]] = {
        "map": lambda: _in(layout.title, 0),
        "stage": lambda: _in(_among(layout.stage_headers, record.id), 0, PART_OF[record.type]),
        "step": lambda: _in(_among(layout.step_headers, record.id), 0, PART_OF[record.type]),
        "lane": lambda: _in(_among(layout.lane_headers, record.id), 0, PART_OF[record.type]),
        "link": lambda: _in(layout.link_label(record.id), 0),
    }
    return found[record.type]() if record.type in found else None


def field_at(layout: MapLayout, record: Record, y: float) -> str:
    """The field of a record at a height of the sheet: a card's body where it has one there, else its first field."""
    if isinstance(record, Card):
        place = field_place(layout, record, "body")
        return "body" if place is not None and y >= place.rect.y else "title"
    return FIRST_FIELD[record.type]


def _in(placed: Placed | None, number: int, part: Part = "sheet") -> FieldPlace | None:
    """The text with that number in a drawing."""
    texts = [item for item in placed.drawing.items if isinstance(item, Text)] if placed is not None else []
    return FieldPlace(placed.x, placed.y, texts[number], part) if placed is not None and texts else None


def _among(headers: Iterable[Placed], id: str) -> Placed | None:
    return next((placed for placed in headers if placed.id == id), None)


def _label(layout: MapLayout, point: EmotionPoint) -> FieldPlace | None:
    text = layout.label(point.lane, point.id)
    if text is None:
        return None
    rect = layout.curves[point.lane].rect
    return FieldPlace(rect.x, rect.y, text)
