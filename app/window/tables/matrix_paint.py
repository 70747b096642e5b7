"""How the matrix of impact and effort looks, light and dark."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.window.rows import CENTER, END, START, heavier, paint_words, smaller
from app.window.tables.spread import DOT
from app.window.tones import tones

DISC: Final = "#15803D"
"""The colour of opportunities on the map."""

ON_DISC: Final = "#FFFFFF"
LEAST_FOR_NUMBERS: Final = 15.0
DRAGGED_WIDTH: Final = 180.0


class MatrixPainter:
    """Paints the parts of a matrix; lengths in px."""

    def __init__(self, painter: QPainter, font: QFont) -> None:
        self._painter = painter
        self._font = font
        self._worn = tones()

    def ground(self, plot: QRectF, levels: int, target: QRectF | None) -> None:
        """Squares, scales, and the names of the four quarters; `target` is where a dot would fall."""
        painter, worn = self._painter, self._worn
        painter.fillRect(plot, QColor(worn.surface))
        half_w, half_h = plot.width() / 2, plot.height() / 2
        painter.fillRect(QRectF(plot.left(), plot.top(), half_w, half_h), QColor(worn.soft))
        painter.fillRect(QRectF(plot.left() + half_w, plot.top() + half_h, half_w, half_h), QColor(worn.hover))
        if target is not None:
            painter.setPen(QPen(QColor(worn.focus), 2))
            painter.setBrush(QColor(worn.hover))
            painter.drawRoundedRect(target.adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QPen(QColor(worn.border), 1))
        for place in range(levels + 1):
            x, y = plot.left() + plot.width() * place / levels, plot.top() + plot.height() * place / levels
            painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
            painter.drawLine(QLineF(plot.left(), y, plot.right(), y))
        painter.setPen(QPen(QColor(worn.secondary), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(plot.center().x(), plot.top(), plot.center().x(), plot.bottom()))
        painter.drawLine(QLineF(plot.left(), plot.center().y(), plot.right(), plot.center().y()))
        self._scales(plot, levels)
        self._quarters(plot)

    def tray(self, tray: QRectF, head: int, count: int, is_over: bool) -> None:
        """Where those lie that are not rated yet."""
        painter, worn = self._painter, self._worn
        painter.setPen(QPen(QColor(worn.focus if is_over else worn.border), 2 if is_over else 1))
        painter.setBrush(QColor(worn.surface))
        painter.drawRoundedRect(tray.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        title = QRect(round(tray.left()) + 12, round(tray.top()) + 4, round(tray.width()) - 24, head - 6)
        paint_words(painter, title, _tr("Not rated"), worn.secondary, heavier(smaller(self._font)))
        paint_words(painter, title, str(count) if count else "", worn.secondary, smaller(self._font), END)
        if not count:
            room = title.translated(0, head)
            paint_words(painter, room, _tr("Everything is rated."), worn.secondary, smaller(self._font))

    def dot(self, rect: QRectF, number: int, title: str, is_current: bool, is_marked: bool) -> None:
        """A dot with its number, and beside it the title, where there is one to show."""
        painter, worn = self._painter, self._worn
        size = min(float(DOT), rect.width() - 4, rect.height() - 4)
        disc = QRectF(0, 0, size, size)
        disc.moveCenter(QPointF(rect.left() + size / 2 + 3 if title else rect.center().x(), rect.center().y()))
        font = smaller(self._font)
        wanted = size + 18 + QFontMetricsF(font).horizontalAdvance(title)
        pill = QRectF(rect.left(), rect.top(), min(rect.width(), wanted), rect.height()).adjusted(1, 1, -1, -1)
        frame = pill if title else disc.adjusted(-1, -1, 1, 1)
        edge = worn.focus if is_marked or is_current else worn.border
        painter.setPen(QPen(QColor(edge), 2 if is_current else 1))
        painter.setBrush(QColor(worn.soft if is_marked else worn.surface))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        self._disc(disc, number)
        if title:
            words = QRectF(disc.right() + 6, rect.top(), pill.right() - disc.right() - 10, rect.height())
            paint_words(painter, words.toAlignedRect(), title, worn.text, font)

    def dragged(self, at: QPointF, number: int, title: str) -> None:
        """The dot under the mouse."""
        worn = self._worn
        pill = QRectF(at.x() - 14, at.y() - 14, DRAGGED_WIDTH, 28)
        self._painter.setPen(QPen(QColor(worn.focus), 1.5))
        self._painter.setBrush(QColor(worn.surface))
        self._painter.drawRoundedRect(pill, 14, 14)
        self.dot(pill, number, title, is_current=False, is_marked=False)

    def _disc(self, disc: QRectF, number: int) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(DISC))
        self._painter.drawEllipse(disc)
        if disc.width() >= LEAST_FOR_NUMBERS:
            font = heavier(smaller(self._font, 1.0 if number < 100 else 2.5))
            paint_words(self._painter, disc.toAlignedRect(), str(number), ON_DISC, font, CENTER)

    def _scales(self, plot: QRectF, levels: int) -> None:
        font, color = smaller(self._font), self._worn.secondary
        for level in range(1, levels + 1):
            x = plot.left() + plot.width() * (level - 1) / levels
            y = plot.bottom() - plot.height() * level / levels
            below = QRectF(x, plot.bottom() + 2, plot.width() / levels, 16)
            beside = QRectF(plot.left() - 18, y, 14, plot.height() / levels)
            paint_words(self._painter, below.toAlignedRect(), str(level), color, font, CENTER)
            paint_words(self._painter, beside.toAlignedRect(), str(level), color, font, CENTER)
        self._painter.save()
        self._painter.translate(plot.left() - 40, plot.bottom())
        self._painter.rotate(-90)
        along = QRect(0, 0, round(plot.height()), 20)
        paint_words(self._painter, along, _tr("Impact →"), color, font, CENTER)
        self._painter.restore()
        foot = QRectF(plot.left(), plot.bottom() + 20, plot.width(), 20).toAlignedRect()
        paint_words(self._painter, foot, _tr("Effort →"), color, font, CENTER)

    def _quarters(self, plot: QRectF) -> None:
        font, color = heavier(smaller(self._font)), self._worn.text
        above = QRectF(plot.left(), plot.top() - 22, plot.width(), 20).toAlignedRect()
        below = QRectF(plot.left(), plot.bottom() + 20, plot.width(), 20).toAlignedRect()
        for rect, name, align in (
            (above, _tr("Quick wins"), START),
            (above, _tr("Major projects"), END),
            (below, _tr("Fill-ins"), START),
            (below, _tr("Thankless"), END),
        ):
            paint_words(self._painter, rect, name, color, font, align)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)
