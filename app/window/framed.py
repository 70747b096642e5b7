"""Small pictures of maps: round at the corners, with a hairline around them.

They are in the first picture of the start page, so no name of `Qt` is asked for: see `app.window.quickly`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication

from app.window.icons import line_of
from app.window.tones import tones

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

PAPER = "#FFFFFF"


def paint_picture(painter: QPainter, frame: QRectF, picture: QImage | None, radius: float) -> None:
    """Paints a picture into the whole frame; an empty place where there is none. Measures are in px."""
    outline = rounded(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    if picture is None:
        painter.fillPath(outline, QApplication.palette().light())  # a brush made of a colour would ask for a name of Qt
    else:
        painter.fillPath(outline, QColor(PAPER))
        painter.setClipPath(outline)
        painter.drawImage(frame, picture)
        painter.setClipping(False)
    painter.strokePath(outline, line_of(tones().edge, 1))
    painter.restore()


def rounded(rect: QRectF, radius: float) -> QPainterPath:
    """The outline of a rectangle with round corners."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path
