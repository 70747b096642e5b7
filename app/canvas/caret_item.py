"""What lies over a text that is being edited: the caret, what is selected, what an input method composes.

The text itself is painted where it always is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.canvas.header_item import HeaderItem
from app.canvas.items import SheetItem, snapped, surface_scale, to_qrect
from app.canvas.painter import ANTIALIASING, NO_BRUSH, Exposed, pen
from app.layout import theme
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsItem

    from app.layout.fields import FieldPlace

ACCENT: Final = "#1D4ED8"
ON_PAPER: Final = (29, 78, 216, 56)
ON_COLOR: Final = (255, 255, 255, 90)
FRAME: Final = 0.9
"""Millimetres between a text and the frame around it."""


class Marks(NamedTuple):
    """What to show over a text; millimetres from the block's corner. `caret` None: blinked away."""

    place: FieldPlace
    caret: Rect | None
    selected: tuple[Rect, ...]
    composed: tuple[Rect, ...]
    is_framed: bool


class CaretItem(SheetItem):
    """The marks over one text."""

    is_caret = True

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        super().__init__(z, parent)
        self._marks: Marks | None = None

    @property
    def marks(self) -> Marks | None:
        """What is shown."""
        return self._marks

    def set_marks(self, marks: Marks) -> None:
        """Shows other marks."""
        if marks != self._marks:
            self.update()
            header = self.parentItem()
            if isinstance(header, HeaderItem):
                header.titles_home()
            self._marks = marks
            self.set_rect(marks.place.rect.grown(3.0))
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._marks is None:
            return
        place = self._marks.place
        base, scale = painter.worldTransform(), surface_scale(painter)
        painter.setWorldTransform(snapped(base, place.x, place.y))
        painter.translate(place.text.x, place.text.y)
        self._draw_marks(painter, self._marks, scale)
        painter.setWorldTransform(base)

    def _draw_marks(self, painter: QPainter, marks: Marks, scale: float) -> None:
        color = marks.place.text.color
        if marks.is_framed:
            block = marks.place.text.block
            painter.setPen(pen(ACCENT, 0.0))
            painter.setBrush(NO_BRUSH)
            painter.drawRoundedRect(to_qrect(Rect(0, 0, block.width, block.height).grown(FRAME)), 1.0, 1.0)
        painter.setRenderHint(ANTIALIASING, False)
        tint = QColor(*(ON_COLOR if color == theme.WHITE else ON_PAPER))
        for area in marks.selected:
            painter.fillRect(to_qrect(area), tint)
        for area in marks.composed:
            line = QRectF(area.x, area.y + area.h * 0.88, area.w, max(1.0, 0.2 * scale) / scale)
            painter.fillRect(line, QColor(color))
        if marks.caret is not None:
            width = max(1.0, round(0.3 * scale)) / scale
            caret = marks.caret
            painter.fillRect(QRectF(caret.x - width / 2, caret.y, width, caret.h), QColor(color))
        painter.setRenderHint(ANTIALIASING, True)
