"""Dragging the edge of a step's header: the step becomes wider or narrower."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from app.model.edits import set_fields

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press, Spot

LEAST, MOST = 20.0, 400.0
GRID: Final = 2.0
"""mm to which the width is rounded unless Alt is held."""

LIVE: Final = 1500
"""In a map of more cards the width is shown by a line while one drags, or the mouse would wait."""


class ResizeStep:
    """The columns after it make room at once, or on release in a large map."""

    cursor = Qt.CursorShape.SplitHCursor
    scrolls_at_edges = True

    def __init__(self, press: Press) -> None:
        self._scene, self._step, self._start = press.scene, press.id, press.spot
        column = press.scene.layout.column_of[press.id]
        self._width, self._edge = column.w, column.x if press.scene.layout.rtl else column.x + column.w
        self._is_live = len(press.scene.document.store.ids_of_type("card")) <= LIVE
        self._tx = press.scene.document.begin(QCoreApplication.translate("Gestures", "Change width of step"))

    def move(self, spot: Spot) -> None:
        width = self._wanted(spot)
        if self._is_live:
            self._write(width)
        else:
            self._show_edge(width)

    def release(self, spot: Spot) -> None:
        self._scene.lifted_target.clear()
        self._write(self._wanted(spot))
        self._tx.commit()

    def cancel(self) -> None:
        self._scene.lifted_target.clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _wanted(self, spot: Spot) -> float:
        by = spot.x - self._start.x
        width = self._width + (-by if self._scene.layout.rtl else by)
        if not spot.modifiers & Qt.KeyboardModifier.AltModifier:
            width = round(width / GRID) * GRID
        return max(LEAST, min(MOST, round(width, 1)))

    def _write(self, width: float) -> None:
        if width == self._width:
            self._tx.restart()
        elif self._scene.layout.column_of[self._step].w != width:
            set_fields(self._tx, [self._step], width=width)
        self._tx.flush()

    def _show_edge(self, width: float) -> None:
        by = width - self._width
        x = self._edge + (-by if self._scene.layout.rtl else by)
        layout = self._scene.layout
        self._scene.lifted_target.show_at(
            None, (x, layout.step_headers[0].y + self._scene.head.y(), x, layout.side.bottom)
        )
