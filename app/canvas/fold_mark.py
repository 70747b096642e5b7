"""The sign in the header of the lane under the mouse, or of the selected one: press it to fold the lane up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QTransform

from app.canvas.items import SheetItem, to_qrect
from app.canvas.painter import NO_BRUSH, NO_PEN, Exposed, pen
from app.layout import theme
from app.layout.drawing import Rect
from app.layout.icons import BOX, STROKE_WIDTH
from app.layout.paths import qt_icon_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsItem

LIT: Final = QColor(29, 78, 216, 28)


class FoldMark(SheetItem):
    """An arrow; one that points down, for a lane that is not folded, is on the screen only."""

    def __init__(self, z: float, parent: QGraphicsItem) -> None:
        super().__init__(z, parent)
        self._area: Rect | None = None
        self._is_folded = False
        self._is_lit = False

    @property
    def area(self) -> Rect | None:
        """Where it is to be seen, mm of the sheet; None: nowhere."""
        return self._area

    def show_at(self, area: Rect | None, *, is_folded: bool = False, is_lit: bool = False) -> None:
        """Shows it on a lane's area for it; `is_lit`: the mouse is on it."""
        if (area, is_folded, is_lit) != (self._area, self._is_folded, self._is_lit):
            self._area, self._is_folded, self._is_lit = area, is_folded, is_lit
            self.set_rect(area if area is not None else Rect(0, 0, 0, 0))
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._area is None:
            return
        if self._is_lit:
            painter.setPen(NO_PEN)
            painter.setBrush(LIT)
            painter.drawRoundedRect(to_qrect(self._area.grown(-0.4)), theme.CARD_RADIUS, theme.CARD_RADIUS)
        if not self._is_folded:
            self._draw_arrow(painter, self._sign(self._area))

    def _sign(self, area: Rect) -> QRectF:
        size = theme.FOLD_SIZE
        is_left = area.x < 1.0 + theme.SIDE_WIDTH / 2
        x = area.x + 0.2 if is_left else area.right - 0.2 - size
        return QRectF(x, area.y + (area.h - size) / 2, size, size)

    def _draw_arrow(self, painter: QPainter, rect: QRectF) -> None:
        base, size = painter.worldTransform(), rect.width() / BOX
        painter.setPen(pen(theme.SECONDARY, STROKE_WIDTH))
        painter.setBrush(NO_BRUSH)
        painter.setWorldTransform(QTransform(size, 0, 0, size, rect.x(), rect.y()), True)
        painter.drawPath(qt_icon_path("chevron-down"))
        painter.setWorldTransform(base)
