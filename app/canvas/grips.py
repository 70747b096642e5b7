"""What is under the mouse: grips that gestures begin on come before what is drawn on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.canvas.painter import TITLES_FROM
from app.layout import lookup
from app.layout.drawing import Rect
from app.layout.grid import Hit

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene


COVERING: Final = frozenset({"stage", "step", "lane", "title"})
"""What lies above the corners of photos."""

EDGE: Final = 5.0
"""Pixels on both sides of the edge between two headers that are the edge's."""


def under(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """What lies at a spot, at so many pixels per mm; None on empty ground.

    As `lookup.hit`, a card's `handle`, the `edge` of a step, the `fold` or the `lane_edge` of a lane, the `dot` of a
    channel with the id of the first touchpoint that it stands for, or an unlocked photo behind the map.
    """
    if spot.on_map is None:
        return None
    grip = _handle(scene, spot, scale) or _column_edge(scene, spot, scale)
    grip = grip or _fold(scene, spot) or _lane_edge(scene, spot, scale)
    found = grip or lookup.hit(scene.layout, *spot.on_map) or _dot(scene, spot)
    if found is not None and (grip is not None or found.kind in COVERING):
        return found
    return scene.backdrops.corner_at(spot.x, spot.y, scale) or found or scene.backdrops.at(spot.x, spot.y)


def shown(scene: MapScene, id: str | None) -> Hit | None:
    """A record as if it were hit; None where it is not to be seen."""
    record = scene.document.store.get(id)
    rect = scene.backdrops.rect(record.id) or lookup.rect_of(scene.layout, record.id) if record is not None else None
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


def _fold(scene: MapScene, spot: Spot) -> Hit | None:
    """The margin of a lane's header beside its title."""
    layout = scene.layout
    if spot.on_map is None or not layout.side.contains(*spot.on_map) or scene.zoom < TITLES_FROM:
        return None
    row = lookup.row_at(layout, spot.on_map[1])
    area = scene.fold_area(row.lane) if row is not None else None
    return Hit("fold", row.lane, area) if row is not None and area is not None and area.contains(*spot.on_map) else None


def _dot(scene: MapScene, spot: Spot) -> Hit | None:
    dot = lookup.channel_dot(scene.layout, *spot.on_map) if spot.on_map is not None else None
    return Hit("dot", dot.touchpoints[0], dot.rect) if dot is not None else None


def _lane_edge(scene: MapScene, spot: Spot, scale: float) -> Hit | None:
    """The lower edge of a lane's header."""
    layout = scene.layout
    if spot.on_map is None or not layout.side.grown(EDGE / scale).contains(*spot.on_map):
        return None
    x, y = spot.on_map
    if not layout.side.x <= x <= layout.side.right:
        return None
    for row in layout.rows:
        if abs(row.y + row.h - y) <= EDGE / scale and not row.is_folded:
            return Hit("lane_edge", row.lane, Rect(layout.side.x, row.y, layout.side.w, row.h))
    return None
