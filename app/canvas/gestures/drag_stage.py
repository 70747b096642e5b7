"""Dragging a stage, with its steps and all that lies in them, between two others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.picture import picture_of
from app.layout import lookup
from app.model.edits import move_stage
from app.model.queries import stages

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot, Surface
    from app.canvas.scene import MapScene


class DragStage:
    """The header floats along; a mark shows between which stages it would go. The map changes on release."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls_at_edges = True

    def __init__(self, scene: MapScene, stage: str, start: Spot, surface: Surface) -> None:
        self._scene = scene
        self._stage = stage
        self._start = start
        order = [other.id for other in stages(scene.document.store)]
        after = order.index(stage) + 1
        self._own_gap = order[after] if after < len(order) else None
        self._before: str | None = self._own_gap
        layout = scene.layout
        steps = {column.step for column in layout.columns if column.stage == stage}
        headers = [placed for placed in layout.stage_headers if placed.id == stage]
        headers += [placed for placed in layout.step_headers if placed.id in steps]
        self._down = scene.head.y()
        lifted = [placed._replace(y=placed.y + self._down) for placed in headers]
        scene.hide_outlines(True)
        scene.lifted.lift(*picture_of(lifted, surface, stage, on_paper=True))
        self._tx = scene.document.begin(label())

    def move(self, spot: Spot) -> None:
        self._scene.lifted.move_by(spot.x - self._start.x, self._scene.head.y() - self._down)
        self._before, x = lookup.stage_gap(self._scene.layout, spot.x, self._stage)
        self._show(x)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self._clear()
        if self._before != self._own_gap:
            move_stage(self._tx, self._stage, self._before)
        self._tx.commit()

    def cancel(self) -> None:
        self._clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _show(self, x: float) -> None:
        layout, scene = self._scene.layout, self._scene
        band = next(band for band in layout.bands if band.stage == self._stage)
        head, bottom = layout.head, layout.side.bottom
        scene.target.show_at(head._replace(x=band.x, y=head.bottom, w=band.w, h=bottom - head.bottom))
        if self._before == self._own_gap:
            scene.lifted_target.clear()
        else:
            scene.lifted_target.show_at(None, (x, head.y + scene.head.y(), x, bottom))

    def _clear(self) -> None:
        self._scene.lifted.drop()
        self._scene.hide_outlines(False)
        self._scene.target.clear()
        self._scene.lifted_target.clear()


def label() -> str:
    """What the undo menu calls it."""
    return QCoreApplication.translate("Gestures", "Move stage")
