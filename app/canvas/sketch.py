"""Lines drawn above the map while one works on it: a rubber band, a link in the making, a guide."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.canvas.items import SheetItem, surface_scale, to_rect
from app.canvas.overlay import ACCENT
from app.canvas.painter import NO_BRUSH, NO_PEN, Exposed
from app.layout.drawing import Rect

REACH: Final = 2.0
"""mm around a path that its line and its ends may cover."""


class BandItem(SheetItem):
    """The rubber band. Only what changes of it is painted anew."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._band: QRectF | None = None

    def stretch(self, band: Rect | None, within: Rect) -> None:
        """Shows a band, None: no more; `within` is what is in view, all in mm of the sheet."""
        new = QRectF(*band) if band is not None else None
        if to_rect(self._rect) != within.grown(REACH):
            self.set_rect(within.grown(REACH))
        for part in _differing(self._band, new):
            self.update(part.adjusted(-REACH, -REACH, REACH, REACH))
        self._band = new

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._band is not None:
            painter.setPen(_line(1.0 / surface_scale(painter)))
            painter.setBrush(QColor(29, 78, 216, 20))
            painter.drawRect(self._band)


class SketchItem(SheetItem):
    """A line, with a dot at its beginning and an arrow's head at its end where `is_arrow`; else dashed, a guide."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._ends: tuple[QPointF, QPointF] | None = None
        self._is_arrow = False

    def draw_line(self, ends: tuple[float, float, float, float], *, is_arrow: bool = False) -> None:
        """Shows a line from (x1, y1) to (x2, y2), in mm of the sheet."""
        x1, y1, x2, y2 = ends
        self._ends = QPointF(x1, y1), QPointF(x2, y2)
        self._is_arrow = is_arrow
        self.set_rect(Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)).grown(3 * REACH))
        self.update()

    def clear(self) -> None:
        if self._ends is not None:
            self._ends = None
            self.set_rect(Rect(0, 0, 0, 0))

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._ends is None:
            return
        pixel = 1.0 / surface_scale(painter)
        start, end = self._ends
        pen = _line((2.0 if self._is_arrow else 1.0) * pixel)
        if not self._is_arrow:
            pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(NO_BRUSH)
        painter.drawLine(start, end)
        if self._is_arrow:
            self._draw_ends(painter, start, end, pixel)

    def _draw_ends(self, painter: QPainter, start: QPointF, end: QPointF, pixel: float) -> None:
        along = end - start
        length = (along.x() ** 2 + along.y() ** 2) ** 0.5
        painter.setPen(NO_PEN)
        painter.setBrush(QColor(ACCENT))
        painter.drawEllipse(start, 4 * pixel, 4 * pixel)
        if length > 12 * pixel:
            along /= length
            across = QPointF(-along.y(), along.x())
            foot = end - along * 10 * pixel
            head = QPainterPath(end)
            head.lineTo(foot + across * 5 * pixel)
            head.lineTo(foot - across * 5 * pixel)
            head.closeSubpath()
            painter.drawPath(head)


class HandleItem(SheetItem):
    """The small round handle of a card from which one draws a link. Always of the same size on the screen."""

    RADIUS: Final = 5.5
    """Pixels."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._at: QPointF | None = None

    def show_at(self, at: tuple[float, float] | None) -> None:
        new = QPointF(*at) if at is not None else None
        if new != self._at:
            self._at = new
            self.set_rect(Rect(*at, 0, 0).grown(3 * REACH) if at is not None else Rect(0, 0, 0, 0))
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._at is None:
            return
        pixel = 1.0 / surface_scale(painter) * painter.device().devicePixelRatioF()
        painter.setPen(_line(1.5 * pixel))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawEllipse(self._at, self.RADIUS * pixel, self.RADIUS * pixel)
        painter.setPen(NO_PEN)
        painter.setBrush(QColor(ACCENT))
        painter.drawEllipse(self._at, 2.0 * pixel, 2.0 * pixel)


def _line(width: float) -> QPen:
    return QPen(QColor(ACCENT), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _differing(one: QRectF | None, other: QRectF | None) -> list[QRectF]:
    """Strips that cover what is in one rectangle and not in the other."""
    if one is None or other is None:
        return [rect for rect in (one, other) if rect is not None]
    whole = one.united(other)
    xs, ys = sorted({one.left(), other.left()}), sorted({one.top(), other.top()})
    xs_end, ys_end = sorted({one.right(), other.right()}), sorted({one.bottom(), other.bottom()})
    upright = [QRectF(edge[0], whole.top(), edge[-1] - edge[0], whole.height()) for edge in (xs, xs_end)]
    level = [QRectF(whole.left(), edge[0], whole.width(), edge[-1] - edge[0]) for edge in (ys, ys_end)]
    return [strip for strip in (*upright, *level) if strip.width() or strip.height()]
