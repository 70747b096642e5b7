"""What is under the mouse: grips that gestures begin on come before what is drawn on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.layout import lookup
from app.layout.grid import Hit

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene


def under(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """What lies at a spot, at so many pixels per mm: as `lookup.hit`, or a card's `handle`. None on empty ground."""
    if spot.on_map is None:
        return None
    return _handle(scene, spot, scale) or lookup.hit(scene.layout, *spot.on_map)


def _handle(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    handle = scene.handle
    if handle.card is None or spot.on_map != (spot.x, spot.y) or not handle.is_at(spot.x, spot.y, scale):
        return None
    rect = lookup.rect_of(scene.layout, handle.card)
    return Hit("handle", handle.card, rect) if rect is not None else None
