"""Bubbles on whatever has open comments. Only the screen has them; whoever prints a map shows no talk about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from app.canvas.items import DrawingsItem
from app.canvas.painter import Detail
from app.layout import lookup
from app.layout.drawing import Placed, Rect
from app.layout.screen_marks import comment_mark
from app.model.beside import Comment
from app.model.records import Card, EmotionPoint, Link, MapRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QGraphicsItem

    from app.layout.engine import MapLayout
    from app.model.records import Record
    from app.model.store import RecordGraph

OUT: Final = 1.6
"""mm that a bubble stands out of the corner of a card."""


class CommentMarks(DrawingsItem):
    """The bubbles of one part of the sheet."""

    is_screen_only = True

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        super().__init__(z, detail=Detail.TITLES, parent=parent)

    def show_marks(self, marks: list[Placed]) -> None:
        if marks != [one.placed for one in self.showing]:
            self.set_drawings(marks)


def comment_marks(store: RecordGraph, layout: MapLayout) -> dict[str, list[Placed]]:
    """The bubbles by the type of what is commented on."""
    found: dict[str, list[Placed]] = {}
    for id, count in open_comments(store.of_type("comment")).items():
        record = store.get(id)
        rect = lookup.rect_of(layout, id) if record is not None else None
        if record is not None and rect is not None:
            drawing = comment_mark(count, layout.rtl)
            x, y = _corner(record, rect, drawing.w, layout.rtl)
            found.setdefault(record.type, []).append(Placed(id, x, y, drawing))
    return found


def open_comments(records: Iterable[Record]) -> Counter[str]:
    """How many comments are open on what."""
    return Counter(record.about for record in records if isinstance(record, Comment) and not record.resolved)


def _corner(record: Record, rect: Rect, width: float, rtl: bool) -> tuple[float, float]:
    """The top-left corner of a bubble: at the trailing upper corner, or in the middle of a link."""
    if isinstance(record, Link):
        return rect.x + rect.w / 2 - width / 2, rect.y + rect.h / 2
    is_small = isinstance(record, Card | EmotionPoint)
    out = OUT if is_small else -1.0
    x = rect.x - out if rtl else rect.right + out - width
    return x, rect.y - out + (1.5 if isinstance(record, MapRecord) else 0.0)
