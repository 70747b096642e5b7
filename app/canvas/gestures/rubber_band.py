"""Stretching a band over empty ground: what it touches is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.layout import lookup
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press, Spot

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class RubberBand:
    """Cards and emotion points. Shift adds to what was selected, Ctrl turns it round."""

    cursor = Qt.CursorShape.ArrowCursor
    scrolls_at_edges = True

    def __init__(self, press: Press) -> None:
        self._press = press
        self._scene = press.scene
        self._before = list(press.scene.selection)
        self._current = press.scene.selection.current

    def move(self, spot: Spot) -> None:
        start = self._press.spot
        left, top = min(start.x, spot.x), min(start.y, spot.y)
        area = Rect(left, top, abs(spot.x - start.x), abs(spot.y - start.y))
        self._scene.band.stretch(area, self._press.surface().visible)
        layout = self._scene.layout
        self._scene.selection.select(
            _joined(self._before, [*lookup.cards_in(layout, area), *lookup.points_in(layout, area)], spot.modifiers)
        )

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self._clear()

    def cancel(self) -> None:
        self._clear()
        self._scene.selection.select(self._before, self._current)

    def _clear(self) -> None:
        self._scene.band.stretch(None, Rect(0, 0, 0, 0))


def _joined(before: list[str], found: list[str], modifiers: Qt.KeyboardModifier) -> list[str]:
    if modifiers & CONTROL:
        touched, known = set(found), set(before)
        return [id for id in before if id not in touched] + [id for id in found if id not in known]
    return [*before, *found] if modifiers & SHIFT else found
