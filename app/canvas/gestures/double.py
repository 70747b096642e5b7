"""What a double click does at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.canvas.inserting import Inserter
from app.model.edits import set_fields
from app.model.records import Step

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press


def add_point_here(press: Press) -> bool:
    """On the ground of a curve lane: a point for the persona whose curve is nearest. False elsewhere."""
    added = Inserter(press.scene).point(press.spot)
    if added is not None:
        press.scene.selection.select([added])
    return added is not None


def reset_width(press: Press) -> bool:
    """On the edge of a step's header: the step gets its usual width again."""
    step = press.scene.document.store.of(Step, press.id)
    if step is not None and step.width is not None:
        with press.scene.document.edit(QCoreApplication.translate("Gestures", "Reset width of step")) as tx:
            set_fields(tx, [press.id], width=None)
    return True
