"""The icons of menus and buttons, painted from the same paths as those on the map."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from app.canvas.paths import qt_icon_path
from app.layout.icons import BOX, STROKE_WIDTH


class VectorIcon(QIconEngine):
    """Paints an icon at the size and in the state that is asked for; `color` None: that of the window's text."""

    def __init__(self, name: str, color: str | None = None) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect | QRectF, mode: QIcon.Mode, state: QIcon.State) -> None:
        del state
        paint_icon(painter, self._name, rect, self._tint(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRectF(pixmap.rect()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return VectorIcon(self._name, self._color)

    def _tint(self, mode: QIcon.Mode) -> QColor:
        is_off = mode == QIcon.Mode.Disabled
        if self._color is not None and not is_off:
            return QColor(self._color)
        group = QPalette.ColorGroup.Disabled if is_off else QPalette.ColorGroup.Active
        return QApplication.palette().color(group, QPalette.ColorRole.WindowText)


@cache
def icon(name: str, color: str | None = None) -> QIcon:
    """The icon of that name from `resources/icons`."""
    return QIcon(VectorIcon(name, color))


def paint_icon(painter: QPainter, name: str, rect: QRect | QRectF, color: QColor | str) -> None:
    """Paints an icon as large as the rectangle allows, in its middle, for widgets that paint themselves."""
    area = QRectF(rect)
    size = min(area.width(), area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center().x() - size / 2, area.center().y() - size / 2)
    painter.scale(size / BOX, size / BOX)
    painter.setPen(_pen(QColor(color)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(qt_icon_path(name))
    painter.restore()


def _pen(color: QColor) -> QPen:
    return QPen(color, STROKE_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
