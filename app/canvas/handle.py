"""The handle at the trailing edge of a card: where a link to another card begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from app.canvas.painter import TITLES_FROM
from app.canvas.sketch import HandleItem
from app.model.records import Card

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsItem

    from app.canvas.selection import Selection
    from app.layout.engine import MapLayout
    from app.model.document import Document

REACH: Final = 9.0
"""Pixels around its middle that are the handle's."""


class Shown(Protocol):
    """What is asked of the scene."""

    document: Document
    layout: MapLayout
    selection: Selection

    @property
    def zoom(self) -> float: ...

    def addItem(self, item: QGraphicsItem, /) -> None: ...


class LinkHandle:
    """Belongs to the card below the mouse, else to the only selected card."""

    def __init__(self, scene: Shown, z: float) -> None:
        self._scene = scene
        self._item = HandleItem(z)
        scene.addItem(self._item)
        self._hovered: str | None = None
        self._is_hidden = False
        self.card: str | None = None
        """Whose handle it is; None while there is none to be seen."""

    @property
    def at(self) -> tuple[float, float] | None:
        """Its middle, in mm of the sheet."""
        placed = self._scene.layout.card(self.card) if self.card is not None else None
        if placed is None:
            return None
        rect = placed.rect
        return rect.x if self._scene.layout.rtl else rect.right, rect.y + rect.h / 2

    def hover(self, card: str | None) -> None:
        """The mouse is over a card, None: over none."""
        if card != self._hovered:
            self._hovered = card
            self.refresh()

    def hide(self, is_hidden: bool) -> None:
        self._is_hidden = is_hidden
        self.refresh()

    def refresh(self) -> None:
        """The selection or the map has changed."""
        self.card = None if self._is_hidden or self._scene.zoom < TITLES_FROM else self._whose()
        self._item.show_at(self.at)

    def is_at(self, x: float, y: float, scale: float) -> bool:
        """True where a spot of the sheet (mm) is on the handle, at so many pixels per mm."""
        at = self.at
        return at is not None and (at[0] - x) ** 2 + (at[1] - y) ** 2 <= (REACH / scale) ** 2

    def _whose(self) -> str | None:
        scene = self._scene
        for id in (self._hovered, next(iter(scene.selection), None) if len(scene.selection) == 1 else None):
            if id is not None and scene.document.store.of(Card, id) is not None:
                return id
        return None
