"""What a double click does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.canvas.gestures.drop_entry import label, put_point
from app.canvas.gestures.snapping import nearest_persona, point_place
from app.model.edits import set_fields
from app.model.records import Step

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press


def add_point_here(press: Press) -> bool:
    """On the ground of a curve lane: a point for the persona whose curve is nearest. False elsewhere."""
    scene, spot = press.scene, press.spot
    place = point_place(scene, spot)
    if place is None or spot.on_map is None:
        return False
    persona = nearest_persona(scene, place.lane, *spot.on_map)
    with scene.document.edit(label("point")) as tx:
        added = put_point(tx, place, persona)
    scene.selection.select([added])
    return True


def reset_width(press: Press) -> bool:
    """On the edge of a step's header: the step gets its usual width again."""
    step = press.scene.document.store.of(Step, press.id)
    if step is not None and step.width is not None:
        with press.scene.document.edit(QCoreApplication.translate("Gestures", "Reset width of step")) as tx:
            set_fields(tx, [press.id], width=None)
    return True
