"""Drawing a link from a card's handle to another card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from app.layout import lookup
from app.model.edits import add_link
from app.model.queries import links_of

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press, Spot
    from app.canvas.scene import MapScene
    from app.layout.drawing import Rect
    from app.layout.grid import Hit


NEAR: Final = 1.6
"""Millimetres beside a card at which a link finds it: one who aims at a pile must not fall between two cards."""

AROUND: Final = ((0.0, 0.0), (0.0, -NEAR), (0.0, NEAR), (-NEAR, 0.0), (NEAR, 0.0))


class DrawLink:
    """A line follows the mouse; a card that it can lead to lights up. The map changes on release."""

    scrolls_at_edges = True

    def __init__(self, press: Press) -> None:
        self._scene = press.scene
        self._source = press.id
        self._start = press.scene.handle.at or (press.spot.x, press.spot.y)
        self._target: str | None = None
        self._is_refused = False

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.ForbiddenCursor if self._is_refused else Qt.CursorShape.CrossCursor

    def move(self, spot: Spot) -> None:
        card = self._card_at(spot)
        self._target = card.id if card is not None else None
        self._is_refused = self._target is not None and not may_lead_to(self._scene, self._source, self._target)
        self._scene.mark.show_at(card.rect.grown(0.8) if card is not None and not self._is_refused else None)
        is_at_card = card is not None and not self._is_refused
        line = arrow(self._start, card.rect) if card is not None and is_at_card else (*self._start, spot.x, spot.y)
        self._scene.sketch.draw_line(line, is_arrow=True)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self.cancel()
        if self._target is None or (self._target == self._source and self._is_near_handle(spot)):
            return
        with self._scene.document.edit(label()) as tx:
            added = add_link(tx, self._source, self._target)
        self._scene.selection.select([added])

    def cancel(self) -> None:
        self._scene.mark.clear()
        self._scene.sketch.clear()

    def _card_at(self, spot: Spot) -> Hit | None:
        """The card under the mouse, or right beside it."""
        if spot.on_map is None:
            return None
        x, y = spot.on_map
        hits = (lookup.hit(self._scene.layout, x + dx, y + dy) for dx, dy in AROUND)
        return next((hit for hit in hits if hit is not None and hit.kind == "card"), None)

    def _is_near_handle(self, spot: Spot) -> bool:
        """True where the mouse has hardly left the handle: nothing was meant."""
        return abs(spot.x - self._start[0]) + abs(spot.y - self._start[1]) < 4.0


def may_lead_to(scene: MapScene, source: str, target: str) -> bool:
    """False from a card to itself, and where there is such a link already."""
    return target != source and all(link.target != target for link in links_of(scene.document.store, source))


def arrow(start: tuple[float, float], card: Rect) -> tuple[float, float, float, float]:
    """From a place on the sheet to a card: up to its edge, so that one can read what it leads to."""
    rect = card.grown(0.8)
    return *start, max(rect.x, min(start[0], rect.right)), max(rect.y, min(start[1], rect.bottom))


def label() -> str:
    """What the undo menu calls it."""
    return QCoreApplication.translate("Gestures", "Add link")
