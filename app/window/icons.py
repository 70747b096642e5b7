"""The icons of menus and buttons, painted from the same paths as those on the map."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QDataStream, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from app.layout.icons import BOX, STROKE_WIDTH
from app.layout.paths import qt_icon_path
from app.window.tones import tones

ROUND: Final = (0x01 | 0x20 | 0x80).to_bytes(2, "big")
"""A solid line with round caps and joins, as Qt writes it into a stream."""


class VectorIcon(QIconEngine):
    """Paints an icon at the size and in the state that is asked for; `color` None: that of the window's text.

    `on_accent`: where the button that wears it is down, it is painted to be seen on the accent.
    """

    def __init__(self, name: str, color: str | None = None, *, on_accent: bool = False) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._on_accent = on_accent

    def paint(self, painter: QPainter, rect: QRect | QRectF, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, self._name, rect, self._tint(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # a button that is squeezed to nothing asks for one too
            return pixmap
        pixmap.fill(QColor(0, 0, 0, 0))
        with QPainter(pixmap) as painter:
            self.paint(painter, QRectF(pixmap.rect()), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        return VectorIcon(self._name, self._color, on_accent=self._on_accent)

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        is_off = mode == QIcon.Mode.Disabled
        if self._on_accent and state == QIcon.State.On and not is_off:
            return QColor(tones().on_accent)
        if self._color is not None and not is_off:
            return QColor(self._color)
        group = QPalette.ColorGroup.Disabled if is_off else QPalette.ColorGroup.Active
        return QApplication.palette().color(group, QPalette.ColorRole.WindowText)


@cache
def icon(name: str, color: str | None = None) -> QIcon:
    """The icon of that name from `resources/icons`."""
    return QIcon(VectorIcon(name, color))


@cache
def icon_on_button(name: str) -> QIcon:
    """The icon for a button that is filled with the accent while it is down."""
    return QIcon(VectorIcon(name, on_accent=True))


def paint_icon(painter: QPainter, name: str, rect: QRect | QRectF, color: QColor | str) -> None:
    """Paints an icon as large as the rectangle allows, in its middle, for widgets that paint themselves."""
    area = QRectF(rect)
    size = min(area.width(), area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center().x() - size / 2, area.center().y() - size / 2)
    painter.scale(size / BOX, size / BOX)
    painter.strokePath(qt_icon_path(name), line_of(color, STROKE_WIDTH))
    painter.restore()


def line_of(color: QColor | str, width: float) -> QPen:
    """A pen for round lines, to be given to `strokePath`.

    It is read as Qt keeps pens: the names of caps and joins lie in Qt's own namespace, and `setPen`, or a copy of a pen
    or a colour, would have all that is in there made as well. See `app.window.quickly`.
    """
    pen = QPen()
    QDataStream(QByteArray(ROUND)) >> pen
    pen.setColor(QColor(color) if isinstance(color, str) else color)
    pen.setWidthF(width)
    return pen
