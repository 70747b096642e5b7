"""What is under the mouse: grips that gestures begin on come before what is drawn on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.layout import lookup
from app.layout.drawing import Rect
from app.layout.grid import Hit

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene


EDGE: Final = 5.0
"""Pixels on both sides of the edge between two headers that are the edge's."""


def under(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """What lies at a spot, at so many pixels per mm; None on empty ground.

    As `lookup.hit`, a card's `handle`, the `edge` of a step or the `lane_edge` of a lane.
    """
    if spot.on_map is None:
        return None
    grip = _handle(scene, spot, scale) or _column_edge(scene, spot, scale) or _lane_edge(scene, spot, scale)
    return grip or lookup.hit(scene.layout, *spot.on_map)


def shown(scene: MapScene, id: str | None) -> Hit | None:
    """A record as if it were hit; None where it is not to be seen."""
    record = scene.document.store.get(id)
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


def _column_edge(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """The trailing edge of a step's header, or of a stage's, which is that of its last step."""
    layout = scene.layout
    if spot.on_map is None or not layout.columns:
        return None
    x, y = spot.on_map
    stage, step = layout.stage_headers[0].rect, layout.step_headers[0].rect
    if not stage.y <= y <= step.bottom:
        return None
    columns = layout.columns
    if y < step.y:
        after = [*columns[1:], None]
        columns = tuple(one for one, next_ in zip(columns, after, strict=True) if not next_ or next_.stage != one.stage)
    for column in columns:
        edge = column.x if layout.rtl else column.x + column.w
        if abs(edge - x) <= EDGE / scale:
            return Hit("edge", column.step, step._replace(x=column.x, w=column.w))
    return None


def _lane_edge(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """The lower edge of a lane's header."""
    layout = scene.layout
    if spot.on_map is None or not layout.side.grown(EDGE / scale).contains(*spot.on_map):
        return None
    x, y = spot.on_map
    if not layout.side.x <= x <= layout.side.right:
        return None
    for row in layout.rows:
        if abs(row.y + row.h - y) <= EDGE / scale:
            return Hit("lane_edge", row.lane, Rect(layout.side.x, row.y, layout.side.w, row.h))
    return None
