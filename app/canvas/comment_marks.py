"""Bubbles on whatever has open comments. Only the screen has them; whoever prints a map shows no talk about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Protocol

from app.canvas.items import DrawingsItem
from app.canvas.painter import Detail
from app.layout import lookup
from app.layout.drawing import Drawing, Placed, Rect
from app.layout.screen_marks import comment_mark
from app.model.beside import Comment
from app.model.records import Card, EmotionPoint, Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QGraphicsItem

    from app.canvas.header_item import HeaderItem
    from app.layout.engine import MapLayout
    from app.model.document import Document
    from app.model.records import Record
    from app.model.store import RecordGraph

OUT: Final = 1.6
"""mm that a bubble stands out of the corner of a card."""

IN: Final = 1.0
"""mm that it keeps from the edges of a header or panel."""

BESIDE: Final = 0.8
"""mm that it reaches into the square around an emotion point, whose face it must not cover."""


class CommentMarks(DrawingsItem):
    """The bubbles of one part of the sheet."""

    is_screen_only = True

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        super().__init__(z, detail=Detail.TITLES, parent=parent)

    def show_marks(self, marks: list[Placed]) -> None:
        if marks != [one.placed for one in self.showing]:
            self.set_drawings(marks)


class Shown(Protocol):
    """What is asked of the scene."""

    @property
    def document(self) -> Document: ...

    @property
    def layout(self) -> MapLayout: ...

    head: HeaderItem
    side: HeaderItem

    def addItem(self, item: QGraphicsItem) -> None: ...


class CommentLayer:
    """All bubbles of a scene; those on headers go along with them."""

    def __init__(self, scene: Shown, z: float) -> None:
        self._scene = scene
        self._on_sheet = CommentMarks(z)
        scene.addItem(self._on_sheet)
        on_head = CommentMarks(z, scene.head)
        self._on_headers = {"stage": on_head, "step": on_head, "lane": CommentMarks(z, scene.side)}

    def refresh(self) -> None:
        """Shows the comments as they now are."""
        marks: dict[CommentMarks, list[Placed]] = {self._on_sheet: []}
        marks |= {item: [] for item in self._on_headers.values()}
        for type_, placed in comment_marks(self._scene.document.store, self._scene.layout).items():
            marks[self._on_headers.get(type_, self._on_sheet)] += placed
        for item, placed in marks.items():
            item.show_marks(placed)


def comment_marks(store: RecordGraph, layout: MapLayout) -> dict[str, list[Placed]]:
    """The bubbles by the type of what is commented on."""
    found: dict[str, list[Placed]] = {}
    for id, count in open_comments(store.of_type("comment")).items():
        record = store.get(id)
        rect = lookup.rect_of(layout, id) if record is not None else None
        if record is not None and rect is not None:
            drawing = comment_mark(count, layout.rtl)
            x, y = _corner(record, rect, drawing, layout.rtl)
            found.setdefault(record.type, []).append(Placed(id, x, y, drawing))
    return found


def open_comments(records: Iterable[Record]) -> Counter[str]:
    """How many comments are open on what."""
    return Counter(record.about for record in records if isinstance(record, Comment) and not record.resolved)


def _corner(record: Record, rect: Rect, mark: Drawing, rtl: bool) -> tuple[float, float]:
    """The top-left corner of a bubble: at the trailing upper corner of a thing, or in the middle of a link."""
    if isinstance(record, Link):
        return rect.x + (rect.w - mark.w) / 2, rect.y + (rect.h - mark.h) / 2
    if isinstance(record, EmotionPoint):
        return rect.x - mark.w + BESIDE if rtl else rect.right - BESIDE, rect.y - mark.h + BESIDE
    out = OUT if isinstance(record, Card) else -IN
    return rect.x - out if rtl else rect.right + out - mark.w, rect.y - out
