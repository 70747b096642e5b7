"""How rows of lists are painted: icon, name, and what belongs at the end, in the tones of the palette."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.window.tones import Tones, tones

Index = QModelIndex | QPersistentModelIndex

RADIUS = 6.0
SIDE = 8
"""Room left and right of a row, px."""

START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


class RowDelegate(QStyledItemDelegate):
    """The base of delegates for rows with rounded grounds; subclasses paint what lies on them."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_row(painter, option, index, tones())
        painter.restore()

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, worn: Tones) -> None:
        raise NotImplementedError


def paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag, worn: Tones, *, focused: bool) -> None:
    """The ground of a row: soft where chosen, with a ring where the keyboard is, grey under the mouse."""
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    under_mouse = bool(state & QStyle.StateFlag.State_MouseOver)
    if not chosen and not under_mouse:
        return
    painter.setPen(QPen(QColor(worn.focus), 2) if chosen and focused else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(worn.soft if chosen else worn.hover))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def paint_words(
    painter: QPainter,
    rect: QRect,
    text: str,
    color: str,
    font: QFont,
    align: Qt.AlignmentFlag = START,
) -> None:
    """One line of the window's own text, cut with an ellipsis where it is too long. Texts of the map are laid out
    by `app.layout.text` alone.

    It stands where lines of the window begin, in whatever direction it reads itself: an Arabic title in an English list
    stands in line with the others.
    """
    painter.setFont(font)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.setPen(QColor(color))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = QStyle.visualAlignment(QApplication.layoutDirection(), align) | Qt.AlignmentFlag.AlignAbsolute
    QApplication.style().drawItemText(painter, rect, int(side), QApplication.palette(), True, shown)


def mirrored(option: Any, rect: QRect) -> QRect:
    """The rectangle where it belongs in a row of this direction: as it is, or on the other side."""
    return QStyle.visualRect(option.direction, option.rect, rect)


def smaller(font: QFont, points: float = 1.0) -> QFont:
    """The font for what is said aside."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() - points)
    return made


def heavier(font: QFont) -> QFont:
    """The font for names that stand out."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made
