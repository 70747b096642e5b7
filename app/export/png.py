"""The sheet as a picture. The only export that paints with Qt; it needs a QGuiApplication.

The picture is painted and written in bands, so that its memory does not grow with its height.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import ceil
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from app.export.errors import ExportCancelledError, ExportError
from app.export.pages import DEFAULT_DPI, DPI_RANGE, Placement
from app.export.replacing import finished, replacing
from app.layout.drawing import Box, Color, Drawing, Icon, Line, Picture, Placed, Primitive, Rect, Shape, Text
from app.layout.icons import BOX, STROKE_WIDTH, icon_path
from app.layout.paths import to_path
from app.layout.pixels import decoded, paint_picture
from app.layout.text import paint_text

if TYPE_CHECKING:
    from app.layout.sheet import Sheet

MAX_SIDE = 30_000  # px; what common viewers take, and less than the 32,767 of Qt's raster engine
BAND = 4_000_000
"""Pixels painted at a time."""

MARGIN = 4.0  # mm around the sheet
OVERHANG = 10.0  # mm; strokes and glyphs may stand out of their drawing by so much
INCH = 25.4


class PictureSize(NamedTuple):
    """Width and height in pixels, and pixels per inch of the sheet at 100 %."""

    w: int
    h: int
    dpi: int


def export_png(
    sheet: Sheet,
    path: Path,
    dpi: int = DEFAULT_DPI,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PictureSize:
    """Write a sheet at 100 % to a PNG on white and answer its size.

    `progress` is told the part done, 0 … 1; `cancelled` is asked between bands. The file is replaced when all is
    written; before that, and in every error, it stays as it was. Any thread may call it. Raises ExportError,
    ExportCancelledError.
    """
    size = picture_size(sheet.w, sheet.h, dpi)
    with replacing(path) as beside, beside.open("xb") as file:
        writer = _PngWriter(file, size)
        for top, image in _bands(sheet, size):
            if cancelled and cancelled():
                raise ExportCancelledError
            writer.write(image)
            if progress:
                progress((top + image.height()) / size.h)
        writer.close()
        finished(file)
    return size


def picture_size(sheet_w: float, sheet_h: float, dpi: int) -> PictureSize:
    """How large the picture of a sheet (mm) will be. Raises ExportError for a resolution that cannot be."""
    least, most = DPI_RANGE
    if not least <= dpi <= most:
        raise ExportError(f"A picture has {least} to {most} dpi.")
    w, h = (round((side + 2 * MARGIN) * dpi / INCH) for side in (sheet_w, sheet_h))
    if max(w, h) > MAX_SIDE:
        fits = int(MAX_SIDE * INCH / (max(sheet_w, sheet_h) + 2 * MARGIN))
        raise ExportError(
            f"The picture would be {w:,} × {h:,} pixels, more than {MAX_SIDE:,} on a side: choose at most {fits} dpi."
        )
    return PictureSize(max(1, w), max(1, h), dpi)


def picture_page(sheet: Sheet) -> Placement:
    """How the sheet lies on its picture, in mm at 100 %."""
    return Placement("", sheet.w + 2 * MARGIN, sheet.h + 2 * MARGIN, 1.0, MARGIN, MARGIN)


def _bands(sheet: Sheet, size: PictureSize) -> Iterator[tuple[int, QImage]]:
    """The picture from the top down, each band with the row it starts at."""
    rows = max(1, min(size.h, BAND // size.w))
    scale = size.dpi / INCH
    for top in range(0, size.h, rows):
        image = QImage(size.w, min(rows, size.h - top), QImage.Format.Format_RGB32)
        if image.isNull():
            raise ExportError("There is not enough memory for the picture.")
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -top)
            painter.scale(scale, scale)
            painter.translate(MARGIN, MARGIN)
            strip = Rect(0.0, top / scale - MARGIN, sheet.w, image.height() / scale).grown(OVERHANG)
            for element in sheet.placed:
                if strip.overlaps(element.rect):
                    paint_placed(painter, element)
        yield top, image.convertToFormat(QImage.Format.Format_RGB888)


class _PngWriter:
    """Writes rows of RGB to a PNG (ISO/IEC 15948)."""

    def __init__(self, file: BinaryIO, size: PictureSize) -> None:
        self._file = file
        self._packer = zlib.compressobj()
        per_metre = round(size.dpi / INCH * 1000)
        file.write(b"\x89PNG\r\n\x1a\n")
        self._chunk(b"IHDR", struct.pack(">IIBBBBB", size.w, size.h, 8, 2, 0, 0, 0))
        self._chunk(b"sRGB", b"\0")
        self._chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))

    def write(self, image: QImage) -> None:
        """Add an RGB888 image below what is written so far."""
        data, stride, used = image.constBits(), image.bytesPerLine(), image.width() * 3
        rows = (data[start : start + used] for start in range(0, stride * image.height(), stride))
        self._chunk(b"IDAT", self._packer.compress(b"\0" + b"\0".join(rows)))

    def close(self) -> None:
        self._chunk(b"IDAT", self._packer.flush())
        self._chunk(b"IEND", b"")

    def _chunk(self, kind: bytes, data: bytes) -> None:
        if data or kind != b"IDAT":
            self._file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))


def paint_placed(painter: QPainter, element: Placed) -> None:
    """Paint an element under a painter whose unit is the millimetre. Leaves pen and brush changed."""
    painter.translate(element.x, element.y)
    paint_drawing(painter, element.drawing)
    painter.translate(-element.x, -element.y)


def paint_drawing(painter: QPainter, drawing: Drawing) -> None:
    """Paint a drawing at the origin, in full, whatever the scale."""
    for item in drawing.items:
        _paint(painter, item)


def _paint(painter: QPainter, item: Primitive) -> None:
    if isinstance(item, Text):
        paint_text(painter, item.x, item.y, item.block, item.color)
    elif isinstance(item, Picture):
        _paint_picture(painter, item)
    elif isinstance(item, Icon):
        _paint_icon(painter, item)
    elif isinstance(item, Line):
        painter.setPen(_pen(item.stroke, item.stroke_width, item.dash, round_ends=False))
        painter.drawLine(QPointF(item.x1, item.y1), QPointF(item.x2, item.y2))
    elif isinstance(item, Box):
        painter.setPen(_pen(item.stroke, item.stroke_width, item.dash, round_ends=False))
        painter.setBrush(_brush(item.fill))
        radius = min(item.radius, item.w / 2, item.h / 2)
        painter.drawRoundedRect(QRectF(item.x, item.y, item.w, item.h), radius, radius)
    else:
        painter.setPen(_pen(item.stroke, item.stroke_width, item.dash, round_ends=True))
        painter.setBrush(_brush(item.fill))
        painter.drawPath(_shape_path(item))


def _paint_picture(painter: QPainter, picture: Picture) -> None:
    """A picture over several bands is decoded for each: that is how memory does not grow with the sheet."""
    paint_picture(painter, picture, decoded(picture.file, ceil(picture.whole.w * painter.worldTransform().m11())))


def _paint_icon(painter: QPainter, icon: Icon) -> None:
    painter.save()
    painter.translate(icon.x, icon.y)
    painter.scale(icon.size / BOX, icon.size / BOX)
    painter.setPen(_pen(icon.color, STROKE_WIDTH, (), round_ends=True))
    painter.setBrush(_brush(None))
    painter.drawPath(_icon_path(icon.name, get_ident()))
    painter.restore()


@lru_cache(maxsize=512)
def _pen(color: Color | None, width: float, dash: tuple[float, ...], *, round_ends: bool) -> QPen:
    if color is None:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if round_ends else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if round_ends else Qt.PenJoinStyle.MiterJoin)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


@lru_cache(maxsize=512)
def _brush(color: Color | None) -> QBrush:
    return QBrush(QColor(color)) if color else QBrush(Qt.BrushStyle.NoBrush)


@lru_cache(maxsize=256)
def _icon_path(name: str, _thread: int) -> QPainterPath:
    """An icon's path, one for each thread: Qt keeps in a path what it found out when it last drew it."""
    return to_path(icon_path(name))


def _shape_path(shape: Shape) -> QPainterPath:
    path = to_path(shape.segments)
    path.setFillRule(Qt.FillRule.WindingFill)
    return path
