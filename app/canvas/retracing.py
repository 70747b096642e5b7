"""What a step changed, and the way there: undo and redo must not pass unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas.revealing import is_in_sight, move_to_show
from app.layout.drawing import Rect
from app.model.ids import MAP_ID
from app.model.records import Card, EmotionPoint, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.canvas.scene import MapScene
    from app.layout.fields import Part
    from app.model.diff import Diff
    from app.model.records import Record


def way_to_change(scene: MapScene, diff: Diff, visible: Rect) -> tuple[float, float]:
    """The move of the view (right, down; mm) to what a step changed; none where some of it is in sight."""
    places = list(_places(scene, _heart_of(diff)))
    if not places or any(is_in_sight(scene.layout, visible, *place) for place in places):
        return 0.0, 0.0
    return move_to_show(scene.layout, visible, *places[0])


def _heart_of(diff: Diff) -> Diff:
    """What a step is about: not what goes along, as links do, and all that names what comes or goes."""
    things = {id: change for id, change in diff.items() if not any(isinstance(each, Link) for each in change)}
    return {id: change for id, change in things.items() if None in change} or things or diff


def _places(scene: MapScene, diff: Diff) -> Iterator[tuple[Rect, Part]]:
    """Where on the sheet what was changed lies now; of a card or a point that is gone, its cell."""
    for id, (before, after) in diff.items():
        outline = scene.outline(id) if after is not None else None
        area = outline.rect if outline is not None else _cell_of(scene, before)
        if area is not None:
            yield area, scene.part_of(id)
    if diff.keys() == {MAP_ID}:
        yield scene.layout.title.rect, "sheet"


def _cell_of(scene: MapScene, record: Record | None) -> Rect | None:
    if not isinstance(record, Card | EmotionPoint):
        return None
    row, column = scene.layout.row_of.get(record.lane), scene.layout.column_of.get(record.step)
    return Rect(column.x, row.y, column.w, row.h) if row is not None and column is not None else None
