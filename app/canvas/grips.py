"""What is under the mouse: grips that gestures begin on come before what is drawn on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.layout import lookup
from app.layout.grid import Hit

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene


COVERING: Final = frozenset({"stage", "step", "lane", "title"})
"""What lies above the corners of photos."""

EDGE: Final = 5.0
"""Pixels on both sides of the edge between two steps' headers that are the edge's."""


def under(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """What lies at a spot, at so many pixels per mm: as `lookup.hit`, a card's `handle`, the `edge` of a step, or an
    unlocked photo behind the map.

    None on empty ground.
    """
    if spot.on_map is None:
        return None
    grip = _handle(scene, spot, scale) or _edge(scene, spot, scale)
    if grip is not None:
        return grip
    found = lookup.hit(scene.layout, *spot.on_map)
    if found is not None and found.kind in COVERING:
        return found
    return scene.backdrops.corner_at(spot.x, spot.y, scale) or found or scene.backdrops.at(spot.x, spot.y)


def shown(scene: MapScene, id: str | None) -> Hit | None:
    """A record as if it were hit; None where it is not to be seen."""
    record = scene.document.store.get(id)
    if record is not None and record.type == "backdrop":
        rect = scene.backdrops.rect(record.id)
    else:
        rect = lookup.rect_of(scene.layout, record.id) if record is not None else None
    if record is None or rect is None:
        return None
    return Hit("point" if record.type == "emotion_point" else record.type, record.id, rect)


def _handle(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    handle = scene.handle
    if handle.card is None or spot.on_map != (spot.x, spot.y) or not handle.is_at(spot.x, spot.y, scale):
        return None
    rect = lookup.rect_of(scene.layout, handle.card)
    return Hit("handle", handle.card, rect) if rect is not None else None


def _edge(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """The trailing edge of a step's header."""
    layout = scene.layout
    if spot.on_map is None or not layout.step_headers:
        return None
    x, y = spot.on_map
    first = layout.step_headers[0].rect
    if not first.y <= y <= first.bottom:
        return None
    for column in layout.columns:
        edge = column.x if layout.rtl else column.x + column.w
        if abs(edge - x) <= EDGE / scale:
            return Hit("edge", column.step, first._replace(x=column.x, w=column.w))
    return None
