"""The marks of a comparison over a scene; those on headers go along with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.canvas.items import DrawingsItem, snapped, surface_scale, zoom_of
from app.canvas.painter import Detail, touches, union
from app.canvas.scene import Z_LINK
from app.layout.difference_signs import CHIP
from app.layout.drawing import Placed

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QGraphicsItem

    from app.canvas.painter import Exposed
    from app.canvas.scene import MapScene
    from app.layout.difference import MarkLayer, Marks

READABLE: Final = 0.7
"""The zoom below which signs are no longer smaller with the map, so that no meaning hangs on colour."""

MOST: Final = 4.0
"""How many times as large as on paper they are at most."""


class SignsItem(DrawingsItem):
    """The signs, which can be read at any zoom but the smallest."""

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        super().__init__(z, detail=Detail.TITLES, parent=parent)

    def set_drawings(self, placed: Sequence[Placed]) -> None:
        super().set_drawings(placed)
        if placed:
            self.set_rect(union(*(one.rect for one in placed)).grown(CHIP * MOST))

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        times = max(1.0, min(MOST, READABLE / zoom_of(painter)))
        base, scale = painter.worldTransform(), surface_scale(painter) * times
        for one in self.showing:
            rect = one.placed.rect
            if touches(rect.grown(CHIP * times), exposed):
                x, y = rect.x - rect.w * (times - 1) / 2, rect.y - rect.h * (times - 1) / 2
                painter.setWorldTransform(snapped(base, x, y).scale(times, times))
                one.display.paint(painter, Detail.TITLES, scale)
        painter.setWorldTransform(base)


class _Layer:
    """Drawings, and signs above them."""

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        self.drawings = DrawingsItem(z, detail=Detail.TITLES, parent=parent)
        self.signs = SignsItem(z + 0.1, parent)

    def show_marks(self, marks: MarkLayer) -> None:
        self.drawings.set_drawings(marks.drawings)
        self.signs.set_drawings(marks.chips)


class DifferenceLayer:
    """What lies over a map while it is compared with another. It goes with its scene."""

    def __init__(self, scene: MapScene) -> None:
        z = Z_LINK + 0.5
        self._sheet, self._head, self._side = _Layer(z), _Layer(z, scene.head), _Layer(z, scene.side)
        for item in (self._sheet.drawings, self._sheet.signs):
            scene.addItem(item)

    def show_marks(self, marks: Marks) -> None:
        """Shows other marks."""
        self._sheet.show_marks(marks.sheet)
        self._head.show_marks(marks.head)
        self._side.show_marks(marks.side)
