"""What a double click does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.canvas.gestures.snapping import on_curve
from app.canvas.insertion import Entry
from app.model.edits import set_fields
from app.model.records import Lane, Step

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press


def add_point_here(press: Press) -> bool:
    """On the ground of a curve lane: a point for the persona whose curve is nearest, to be named. False elsewhere."""
    place = on_curve(press.scene, press.spot)
    return place is not None and press.insert(Entry("point"), place)


def reset_width(press: Press) -> bool:
    """On the edge of a step's header, or of its stage's: the step gets its usual width again."""
    step = press.scene.document.store.of(Step, press.id)
    if step is not None and step.width is not None:
        with press.scene.document.edit(QCoreApplication.translate("Gestures", "Reset width of step")) as tx:
            set_fields(tx, [press.id], width=None)
    return True


def reset_height(press: Press) -> bool:
    """On the lower edge of a lane's header: the lane is as high again as what lies in it."""
    lane = press.scene.document.store.of(Lane, press.id)
    if lane is not None and lane.height is not None:
        with press.scene.document.edit(QCoreApplication.translate("Gestures", "Reset height of lane")) as tx:
            set_fields(tx, [press.id], height=None)
    return True
