"""Moving an unlocked photo behind the map, and making it larger or smaller by a corner: one step each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.base import on_one_axis
from app.model.beside import Backdrop
from app.model.edits import move_backdrop, set_fields

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press, Spot

NARROWEST, WIDEST = 20.0, 20_000.0
"""mm."""

TENTH: Final = 1


class _Adjust:
    """What both have in common: the photo follows the mouse, in an open transaction."""

    scrolls_at_edges = True

    def __init__(self, press: Press, label: str) -> None:
        record = press.scene.document.store.of(Backdrop, press.id)
        rect = press.scene.backdrops.rect(press.id)
        assert record is not None
        assert rect is not None
        self._id, self._start, self._rect = press.id, press.spot, rect
        self._tx = press.scene.document.begin(label)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self._tx.commit()

    def cancel(self) -> None:
        if self._tx.is_open:
            self._tx.rollback()

    def move(self, spot: Spot) -> None:
        self._write(spot)
        self._tx.flush()

    def _write(self, spot: Spot) -> None:
        raise NotImplementedError


class MoveBackdrop(_Adjust):
    """The photo goes where the mouse goes; with Shift in one direction."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, press: Press) -> None:
        super().__init__(press, QCoreApplication.translate("Gestures", "Move photo"))

    def _write(self, spot: Spot) -> None:
        if spot.modifiers & Qt.KeyboardModifier.ShiftModifier:
            spot = on_one_axis(spot, self._start)
        x, y = self._rect.x + spot.x - self._start.x, self._rect.y + spot.y - self._start.y
        move_backdrop(self._tx, self._id, _within(x), _within(y))


class ResizeBackdrop(_Adjust):
    """The corner follows the mouse, the opposite one stays, and the photo keeps its proportions."""

    def __init__(self, corner: str, press: Press) -> None:
        super().__init__(press, QCoreApplication.translate("Gestures", "Resize photo"))
        self._is_right, self._is_bottom = corner.endswith("e"), "_s" in corner
        falls = self._is_right == self._is_bottom
        self.cursor = Qt.CursorShape.SizeFDiagCursor if falls else Qt.CursorShape.SizeBDiagCursor

    def _write(self, spot: Spot) -> None:
        rect, ratio = self._rect, self._rect.h / self._rect.w
        across = (spot.x - self._start.x) * (1 if self._is_right else -1)
        down = (spot.y - self._start.y) * (1 if self._is_bottom else -1)
        by = across if abs(across) >= abs(down / ratio) else down / ratio
        width = max(NARROWEST, min(WIDEST, round(rect.w + by, TENTH)))
        x = rect.x if self._is_right else rect.right - width
        y = rect.y if self._is_bottom else rect.bottom - width * ratio
        set_fields(self._tx, [self._id], x=_within(x), y=_within(y), width=width)


def _within(place: float) -> float:
    """As far from the sheet as records allow, to a tenth of a millimetre."""
    return max(-WIDEST, min(WIDEST, round(place, TENTH)))
