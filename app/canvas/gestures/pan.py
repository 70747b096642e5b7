"""Moving the sheet below the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot


class Scrollable(Protocol):
    def scroll_by(self, dx: float, dy: float) -> None: ...


class Pan:
    """The sheet follows the mouse. Cancelling takes it back to where it was."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls_at_edges = False

    def __init__(self, view: Scrollable, start: Spot) -> None:
        self._view = view
        self._start = start.view
        self._last = start.view

    def move(self, spot: Spot) -> None:
        self._go(spot.view)

    def release(self, spot: Spot) -> None:
        self._go(spot.view)

    def cancel(self) -> None:
        self._go(self._start)

    def _go(self, view: QPointF) -> None:
        by = self._last - view
        self._last = view
        self._view.scroll_by(by.x(), by.y())
