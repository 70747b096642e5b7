"""The cell that the keyboard is in, and the one that the mouse is over: a faint frame with a plus sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.items import SheetItem, surface_scale, to_qrect
from app.canvas.painter import NO_BRUSH, NO_PEN, Exposed, union
from app.layout import theme
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsItem

    from app.canvas.selection import Cell
    from app.layout.engine import MapLayout

ACCENT: Final = "#1D4ED8"
FAINT: Final = "#94A3B8"
SIGN: Final = 1.5
"""Half the length of the plus sign's arms, mm."""


class CellSpot(NamedTuple):
    """Where a new card would come: in `area`, which is flat between two cards."""

    area: Rect

    @property
    def is_flat(self) -> bool:
        return self.area.h == 0.0


def cell_spot(layout: MapLayout, cell: Cell) -> CellSpot | None:
    """Where a cell's next card would come; None: the cell is not on the map."""
    row, column = layout.row_of.get(cell.lane), layout.column_of.get(cell.step)
    if row is None or column is None:
        return None
    x, w = column.x + theme.PAD, column.w - 2 * theme.PAD
    if row.is_curve or not row.holds_cards:
        pad = theme.PAD / 2 if row.is_folded else theme.PAD
        return CellSpot(Rect(x, row.y + pad, w, row.h - 2 * pad))
    ids = layout.cards_of_cell(cell.lane, cell.step)
    top = row.y + layout.stack_top(cell.lane, cell.step)
    if not ids:
        return CellSpot(Rect(x, top, w, max(6.0, row.y + row.h - theme.PAD - top)))
    before = ids[: len(ids) if cell.at is None else cell.at]
    placed = layout.card(before[-1]) if before else None
    return CellSpot(Rect(x, placed.rect.bottom + theme.PAD / 2 if placed is not None else top - theme.PAD / 2, w, 0.0))


class CellItem(SheetItem):
    """The frame of a cell, or a line between its cards, with a plus sign; `is_faint`: only the sign, in grey."""

    def __init__(self, z: float, *, is_faint: bool = False, parent: QGraphicsItem | None = None) -> None:
        super().__init__(z, parent)
        self._is_faint = is_faint
        self._is_lined = True
        self._spot: CellSpot | None = None

    @property
    def spot(self) -> CellSpot | None:
        """What is shown."""
        return self._spot

    def show_at(self, spot: CellSpot | None, *, is_lined: bool = True) -> None:
        """Shows a cell; None takes the frame away. `is_lined` False: no line between cards, for there is an outline."""
        if (spot, is_lined) != (self._spot, self._is_lined):
            self.update()
            self._spot, self._is_lined = spot, is_lined
            self.set_rect(union(spot.area).grown(3.0) if spot is not None else Rect(0, 0, 0, 0))
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._spot is None:
            return
        scale = surface_scale(painter)
        line = QPen(QColor(FAINT if self._is_faint else ACCENT), max(1.0, 0.3 * scale) / scale)
        area = to_qrect(self._spot.area)
        painter.setPen(line)
        painter.setBrush(NO_BRUSH)
        if self._spot.is_flat:
            if self._is_lined:
                painter.drawLine(area.topLeft(), area.topRight())
            painter.setPen(NO_PEN)
            painter.setBrush(line.color())
            painter.drawEllipse(area.center(), SIGN, SIGN)
            line.setColor(QColor(theme.WHITE))
            _draw_plus(painter, area.center(), 0.55 * SIGN, line)
            return
        if not self._is_faint:
            painter.setBrush(QColor(29, 78, 216, 10))
            painter.drawRoundedRect(area, theme.CARD_RADIUS, theme.CARD_RADIUS)
        _draw_plus(painter, area.center(), SIGN, line)


def _draw_plus(painter: QPainter, at: QPointF, reach: float, line: QPen) -> None:
    painter.setPen(line)
    painter.drawLine(at - QPointF(reach, 0), at + QPointF(reach, 0))
    painter.drawLine(at - QPointF(0, reach), at + QPointF(0, reach))
