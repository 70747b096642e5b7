"""Dragging an emotion point: up and down changes its value, along changes its step and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.snapping import rounded, snapped
from app.layout import lookup
from app.model.edits import move_point
from app.model.records import EmotionPoint

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene


class DragPoint:
    """The curve follows at once. Shift keeps to one direction, Alt away from the middles."""

    cursor = Qt.CursorShape.SizeAllCursor
    scrolls_at_edges = True

    def __init__(self, scene: MapScene, point: str, start: Spot) -> None:
        self._scene = scene
        self._point = point
        record = scene.document.store.of(EmotionPoint, point)
        assert record is not None
        self._lane = record.lane
        marks = scene.curve_lanes[record.lane].points
        mark = next(mark for mark in marks if mark.id == point)
        self._origin = mark.x, mark.y
        self._grip = mark.x - start.x, mark.y - start.y
        self._tx = scene.document.begin(label())

    def move(self, spot: Spot) -> None:
        # By where the mouse is on the sheet, also beside the lane: a corner is reached without aiming at it, and over a
        # header that was shifted to stay in sight the point does not go to what the header would show.
        x, y = spot.x + self._grip[0], spot.y + self._grip[1]
        if spot.modifiers & Qt.KeyboardModifier.ShiftModifier:
            x, y = self._on_one_axis(x, y)
        x, is_snapped = snapped(self._scene.layout, x, spot.modifiers)
        place = lookup.curve_place(self._scene.layout, x, y, self._lane)
        if place is not None:
            place = rounded(place)
            move_point(self._tx, self._point, place.step, place.at, place.value)
            self._tx.flush()
        self._show_guide(x if is_snapped else None)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self._scene.sketch.clear()
        self._tx.commit()

    def cancel(self) -> None:
        self._scene.sketch.clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _show_guide(self, x: float | None) -> None:
        """A line through the middle that the point is drawn to."""
        if x is None:
            self._scene.sketch.clear()
        else:
            layout = self._scene.layout
            self._scene.sketch.draw_line((x, layout.head.bottom, x, layout.side.bottom))

    def _on_one_axis(self, x: float, y: float) -> tuple[float, float]:
        from_x, from_y = self._origin
        return (x, from_y) if abs(x - from_x) > abs(y - from_y) else (from_x, y)


def label() -> str:
    """What the undo menu calls it."""
    return QCoreApplication.translate("Gestures", "Move emotion point")
