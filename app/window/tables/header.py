"""The headings of a table: a click sorts up, the next one down, the third one no more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from app.window.icons import paint_icon
from app.window.rows import heavier, paint_words, smaller
from app.window.tables.model import RecordTable
from app.window.tones import tones

HEIGHT, PAD, SIGN = 30, 10, 12


class SortHeader(QHeaderView):
    """Paints the headings in the window's tones, with an arrow at the one that sorts."""

    stretched_by_hand = Signal()

    def __init__(self, table: RecordTable, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = table
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(60)
        self.sectionClicked.connect(self._sort)
        self.sectionResized.connect(lambda *_: self.stretched_by_hand.emit())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        worn = tones()
        painter.save()
        painter.fillRect(rect, QColor(worn.window))
        painter.setPen(QPen(QColor(worn.border), 1))
        painter.drawLine(QPoint(rect.left(), rect.bottom()), QPoint(rect.right(), rect.bottom()))
        if place:
            painter.drawLine(QPoint(rect.left(), rect.top() + 8), QPoint(rect.left(), rect.bottom() - 7))
        room = rect.adjusted(PAD, 0, -PAD, 0)
        sorted_by = self._table.sorted_by
        is_sorting = sorted_by is not None and sorted_by[0] == place
        if is_sorting and sorted_by is not None:
            sign = QRectF(room.right() - SIGN, room.center().y() - SIGN / 2 + 1, SIGN, SIGN)
            paint_icon(painter, "arrow-down" if sorted_by[1] else "arrow-up", sign, worn.link)
            room.adjust(0, 0, -SIGN - 4, 0)
        font = heavier(smaller(self.font()))
        label = self._table.kind.columns[place].label
        paint_words(painter, room, label, worn.link if is_sorting else worn.secondary, font)
        painter.restore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().update()

    def _sort(self, place: int) -> None:
        now = self._table.sorted_by
        if now is None or now[0] != place:
            self._table.sort(place, Qt.SortOrder.AscendingOrder)
        elif not now[1]:
            self._table.sort(place, Qt.SortOrder.DescendingOrder)
        else:
            self._table.sort(-1)
        self.viewport().update()
