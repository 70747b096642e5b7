"""Pictures decoded and painted with Qt, for the screen and for the PNG. No other painter needs this.

A picture is decoded no larger than it is painted: a photo of 50 million pixels on a card costs as much as the card has.
Decoding may be done in any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QImageReader, QPainter, QPainterPath, QTransform

from app.layout import theme

if TYPE_CHECKING:
    from app.layout.drawing import Picture, PictureFile


def decoded(file: PictureFile, width: int) -> QImage | None:
    """The picture at most `width` px wide, and never larger than it is; None where it cannot be decoded."""
    buffer = QBuffer()
    buffer.setData(QByteArray(file.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(file.name.rpartition(".")[2].encode()))
    reader.setAutoTransform(False)  # as the poster does, and as the size in the header says
    if reader.size() != QSize(file.width, file.height):
        return None
    if width < file.width:
        reader.setScaledSize(QSize(max(1, width), max(1, round(file.height * width / file.width))))
    image = reader.read()
    if image.isNull():
        return None
    has_alpha = image.hasAlphaChannel()
    shown = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    return image.convertToFormat(shown)


def paint_picture(painter: QPainter, picture: Picture, image: QImage | None) -> None:
    """Paint a decoded picture, or grey in its place, under a painter whose unit is the millimetre.

    Leaves pen and brush changed.
    """
    target = QRectF(picture.x, picture.y, picture.w, picture.h)
    painter.setPen(Qt.PenStyle.NoPen)
    if image is None:
        _fill(painter, target, picture.radius, QColor(theme.NO_PICTURE))
        return
    if image.hasAlphaChannel():
        _fill(painter, target, picture.radius, QColor(Qt.GlobalColor.white))
    smooth = QPainter.RenderHint.SmoothPixmapTransform
    was_smooth = painter.testRenderHint(smooth)
    painter.setRenderHint(smooth)
    _lay(painter, picture, target, image)
    painter.setRenderHint(smooth, was_smooth)
    if picture.dim:
        _fill(painter, target, picture.radius, QColor(255, 255, 255, round(255 * picture.dim)))


def _lay(painter: QPainter, picture: Picture, target: QRectF, image: QImage) -> None:
    """As a brush where its corners are round, for what a painter clips has ragged edges."""
    whole = picture.whole
    scale = image.width() / whole.w
    if picture.radius:
        brush = QBrush()
        brush.setTextureImage(image)
        brush.setTransform(QTransform(1 / scale, 0, 0, 1 / scale, whole.x, whole.y))
        painter.fillPath(_rounded(target, picture.radius), brush)
        return
    part = QRectF((target.x() - whole.x) * scale, (target.y() - whole.y) * scale, target.width() * scale, 0.0)
    part.setHeight(min(image.height() - part.y(), target.height() * scale))
    painter.drawImage(target, image, part)


def _fill(painter: QPainter, target: QRectF, radius: float, color: QColor) -> None:
    if radius:
        painter.fillPath(_rounded(target, radius), color)
    else:
        painter.fillRect(target, color)


def _rounded(target: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(target, radius, radius)
    return path
