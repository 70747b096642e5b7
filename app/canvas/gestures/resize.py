"""Dragging the edge of a header: a step, or a stage's last one, becomes wider or narrower, a lane higher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from app.model.edits import set_fields
from app.model.records import Lane

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press, Spot
    from app.canvas.gestures.gaps import Mark

GRID: Final = 2.0
"""mm to which the size is rounded unless Alt is held."""

LIVE: Final = 1500
"""In a map of more cards the size is shown by a line while one drags, or the mouse would wait."""


class Resize:
    """What comes after the edge makes room at once, or on release in a large map. Its heirs say what has a size."""

    cursor = Qt.CursorShape.SplitHCursor
    scrolls_at_edges = True
    bounds = 20.0, 400.0
    """The least and the greatest size in mm."""

    def __init__(self, press: Press, size: float, label: str) -> None:
        self._scene, self._id, self._start = press.scene, press.id, press.spot
        self._layout = press.scene.layout
        self._size = size
        self._is_live = len(press.scene.document.store.ids_of_type("card")) <= LIVE
        self._tx = press.scene.document.begin(label)

    def by(self, spot: Spot) -> float:
        """By how many mm the mouse has dragged the edge outwards."""
        raise NotImplementedError

    def write(self, size: float) -> None:
        """Gives the record its size, where it has another."""
        raise NotImplementedError

    def edge(self, size: float) -> Mark:
        """The line to which the edge would come."""
        raise NotImplementedError

    def move(self, spot: Spot) -> None:
        if self._is_live:
            self._write(spot)
        else:
            self._scene.lifted_target.show_at(None, self.edge(self._wanted(spot)))

    def release(self, spot: Spot) -> None:
        self._scene.lifted_target.clear()
        self._write(spot)
        self._tx.commit()

    def cancel(self) -> None:
        self._scene.lifted_target.clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _wanted(self, spot: Spot) -> float:
        size = self._size + self.by(spot)
        if not spot.modifiers & Qt.KeyboardModifier.AltModifier:
            size = round(size / GRID) * GRID
        least, most = self.bounds
        return max(least, min(most, round(size, 1)))

    def _write(self, spot: Spot) -> None:
        size = self._wanted(spot)
        if size == self._size:
            self._tx.restart()
        else:
            self.write(size)
        self._tx.flush()


class ResizeStep(Resize):
    """The columns after it move along."""

    def __init__(self, press: Press) -> None:
        column = press.scene.layout.column_of[press.id]
        super().__init__(press, column.w, QCoreApplication.translate("Gestures", "Change width of step"))
        self._edge = column.x if self._layout.rtl else column.x + column.w

    def by(self, spot: Spot) -> float:
        return (spot.x - self._start.x) * (-1 if self._layout.rtl else 1)

    def write(self, size: float) -> None:
        if self._layout.column_of[self._id].w != size:
            set_fields(self._tx, [self._id], width=size)

    def edge(self, size: float) -> Mark:
        by = size - self._size
        x = self._edge + (-by if self._layout.rtl else by)
        return x, self._layout.step_headers[0].y + self._scene.head.y(), x, self._layout.side.bottom


class ResizeLane(Resize):
    """The lanes below it move along. What is in a lane always has its room: with less than that it is automatic."""

    cursor = Qt.CursorShape.SplitVCursor
    bounds = 10.0, 400.0

    def __init__(self, press: Press) -> None:
        row = press.scene.layout.row_of[press.id]
        super().__init__(press, row.h, QCoreApplication.translate("Gestures", "Change height of lane"))
        self._bottom = row.y + row.h

    def by(self, spot: Spot) -> float:
        return spot.y - self._start.y

    def write(self, size: float) -> None:
        height = size if size > self._layout.natural_height(self._id) else None
        lane = self._tx.store.of(Lane, self._id)
        if lane is not None and lane.height != height:
            set_fields(self._tx, [self._id], height=height)

    def edge(self, size: float) -> Mark:
        y = self._bottom + size - self._size
        left = self._layout.side.x + self._scene.side.x()
        return left, y, left + self._layout.side.w, y
