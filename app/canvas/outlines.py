"""Where a record is to be seen on the scene, for the outline of the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.canvas.overlay import Outline
from app.canvas.paths import to_path
from app.layout.drawing import Placed, Rect, Shape
from app.model.records import EmotionPoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.canvas.backdrops import Backdrops
    from app.layout.engine import MapLayout
    from app.layout.grid import CurveLane
    from app.model.document import Document


class Shown(Protocol):
    """What is asked of the scene."""

    @property
    def document(self) -> Document: ...

    @property
    def layout(self) -> MapLayout: ...

    @property
    def curve_lanes(self) -> Mapping[str, CurveLane]: ...

    @property
    def backdrops(self) -> Backdrops: ...

    def link_shown(self, id: str) -> Placed | None: ...


def outline_of(shown: Shown, id: str) -> Outline | None:
    """The outline of a record, None where it is not on the sheet."""
    record = shown.document.store.get(id)
    if record is None:
        return None
    layout = shown.layout
    match record.type:
        case "card":
            placed = layout.card(id)
        case "stage":
            placed = _among(layout.stage_headers, id)
        case "step":
            placed = _among(layout.step_headers, id)
        case "lane":
            placed = _among(layout.lane_headers, id)
        case "link":
            return _link_outline(shown.link_shown(id))
        case "backdrop":
            rect = shown.backdrops.rect(id)
            return Outline(rect) if rect is not None else None
        case _:
            return _point_outline(shown, record) if isinstance(record, EmotionPoint) else None
    return Outline(placed.rect) if placed is not None else None


def _among(headers: tuple[Placed, ...], id: str) -> Placed | None:
    return next((placed for placed in headers if placed.id == id), None)


def _point_outline(shown: Shown, point: EmotionPoint) -> Outline | None:
    curve = shown.curve_lanes.get(point.lane)
    mark = next((mark for mark in curve.points if mark.id == point.id), None) if curve is not None else None
    if mark is None:
        return None
    return Outline(Rect(mark.x - mark.r, mark.y - mark.r, 2 * mark.r, 2 * mark.r), is_round=True)


def _link_outline(placed: Placed | None) -> Outline | None:
    if placed is None:
        return None
    line = next((item for item in placed.drawing.items if isinstance(item, Shape)), None)
    path = to_path(line.segments).translated(placed.x, placed.y) if line is not None else None
    return Outline(placed.rect, path=path)
