"""Bubbles on whatever has open comments, on the screen. Paper has those of `sheet_comments` where one asks for them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from app.canvas.items import DrawingsItem
from app.canvas.painter import Detail
from app.layout import lookup
from app.layout.comment_places import place_of_mark
from app.layout.drawing import Placed
from app.layout.screen_marks import comment_mark
from app.model.beside import Comment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QGraphicsItem

    from app.canvas.header_item import HeaderItem
    from app.layout.engine import MapLayout
    from app.model.document import Document
    from app.model.records import Record
    from app.model.store import RecordGraph


class CommentMarks(DrawingsItem):
    """The bubbles of one part of the sheet."""

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
            x, y = place_of_mark(record, rect, drawing, rtl=layout.rtl)
            found.setdefault(record.type, []).append(Placed(id, x, y, drawing))
    return found


def open_comments(records: Iterable[Record]) -> Counter[str]:
    """How many comments are open on what."""
    return Counter(record.about for record in records if isinstance(record, Comment) and not record.resolved)
