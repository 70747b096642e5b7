"""Where a record is to be seen on the scene, for the outline of the selection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.canvas.overlay import Outline
from app.layout import lookup
from app.layout.drawing import Placed, Shape
from app.layout.paths import to_path
from app.model.records import EmotionPoint, Link, MapRecord, Stage

if TYPE_CHECKING:
    from app.canvas.backdrops import Backdrops
    from app.layout.engine import MapLayout
    from app.model.document import Document


class Shown(Protocol):
    """What is asked of the scene."""

    @property
    def document(self) -> Document: ...

    @property
    def layout(self) -> MapLayout: ...

    @property
    def backdrops(self) -> Backdrops: ...

    def link_shown(self, id: str) -> Placed | None: ...


def outline_of(shown: Shown, id: str) -> Outline | None:
    """The outline of a record, None where it is not on the sheet; the map as a whole has none."""
    record = shown.document.store.get(id)
    if record is None or isinstance(record, MapRecord):
        return None
    if isinstance(record, Link):
        return _shape_outline(shown.link_shown(id))
    if isinstance(record, Stage):
        return _shape_outline(next((header for header in shown.layout.stage_headers if header.id == id), None))
    rect = shown.backdrops.rect(id) or lookup.rect_of(shown.layout, id)
    return Outline(rect, is_round=isinstance(record, EmotionPoint)) if rect is not None else None


def _shape_outline(placed: Placed | None) -> Outline | None:
    """Along what is drawn first: the line of a link, the chevron of a stage."""
    if placed is None:
        return None
    shape = next((item for item in placed.drawing.items if isinstance(item, Shape)), None)
    path = to_path(shape.segments).translated(placed.x, placed.y) if shape is not None else None
    return Outline(placed.rect, path=path)
