"""Icons and frames painted once for a scale and copied from then on: at 200 % that takes a seventh of the time.

Stamps consist of whole pixels of the surface, so what is copied looks like what would be painted: only in the blur of
corners do a few pixels differ, by less than a tenth.
"""

from __future__ import annotations

from itertools import groupby
from math import ceil, floor
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QTransform

from app.layout.remembering import remembered

PHASES: Final = 4
"""Icons are made at so many places within a pixel, each way."""

NO_PEN = QPen(Qt.PenStyle.NoPen)
ANTIALIASING = QPainter.RenderHint.Antialiasing


def counts_pixels(painter: QPainter, base: QTransform, scale: float) -> bool:
    """Lets the painter count in pixels of its surface, from the origin of `base`. False, and nothing done, where that
    origin lies within a pixel. `scale` is pixels of the surface per mm.
    """
    pixel = base.m11() / scale
    x, y = base.dx() / pixel, base.dy() / pixel
    if abs(x - round(x)) > 0.01 or abs(y - round(y)) > 0.01:
        return False
    painter.setWorldTransform(QTransform(pixel, 0, 0, pixel, base.dx(), base.dy()))
    return True


class IconStamp:
    """An icon at its place in a drawing, at one scale."""

    __slots__ = ("_corner", "_pixmap")

    def __init__(self, path: QPainterPath, pen: QPen, local: QTransform, size: float, scale: float) -> None:
        """`local` leads from the icon's box to the drawing's mm, `size` mm is its side; path and pen are shared."""
        x, y = (round(mm * scale * PHASES) / PHASES for mm in (local.dx(), local.dy()))
        left, top = floor(x) - 1, floor(y) - 1
        self._corner = QPointF(left, top)
        self._pixmap = _icon(_Ink(path, pen), ceil(size * scale) + 3, local.m11() * scale, x - left, y - top)

    def paint(self, painter: QPainter) -> None:
        """Copies it; the painter counts pixels."""
        painter.drawPixmap(self._corner, self._pixmap)


class _Ink:
    """A shared path and a shared pen: the same where they are the same objects."""

    __slots__ = ("path", "pen")

    def __init__(self, path: QPainterPath, pen: QPen) -> None:
        self.path, self.pen = path, pen

    def __hash__(self) -> int:
        return hash((id(self.path), id(self.pen)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Ink) and self.path is other.path and self.pen is other.pen


@remembered(1024)
def _icon(ink: _Ink, side: int, scale: float, x: float, y: float) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(ANTIALIASING)
        painter.setWorldTransform(QTransform(scale, 0, 0, scale, x, y))
        painter.setPen(ink.pen)
        painter.drawPath(ink.path)
    return pixmap


class Look(NamedTuple):
    """How a frame is painted: colours as `#RRGGBB` or None, lengths in mm. `thin`: the line is one pixel wide."""

    fill: str | None
    stroke: str | None
    width: float
    radius: float
    thin: bool


class Overhang(NamedTuple):
    """How many pixels of a stamp lie outside the rectangle on each side, for the line and what is blurred."""

    left: float
    top: float
    right: float
    bottom: float


class FrameStamp:
    """A rounded rectangle: four corners that are copied, and between them nothing but rectangles."""

    __slots__ = ("_corners", "_layers", "_pixmap")

    def __init__(self, rect: QRectF, look: Look, scale: float) -> None:
        """`rect` in mm, already on pixels. Raises ValueError where it has no room for its corners."""
        reach = ceil((1.0 if look.thin else look.width * scale) / 2 + 0.5)
        left, top, right, bottom = rect.left() * scale, rect.top() * scale, rect.right() * scale, rect.bottom() * scale
        x, y, end, foot = floor(left) - reach, floor(top) - reach, ceil(right) + reach, ceil(bottom) + reach
        overhang = Overhang(round(left - x, 2), round(top - y, 2), round(end - right, 2), round(foot - bottom, 2))
        corner = ceil(look.radius * scale) + reach + 2
        if min(end - x, foot - y) <= 2 * corner:
            raise ValueError("no room for the corners")
        self._pixmap, bands = _frame(look, scale, corner, overhang)
        far = corner + 1
        self._corners = tuple(
            (QPointF(at_x, at_y), QRectF(from_x, from_y, corner, corner))
            for at_x, from_x in ((x, 0), (end - corner, far))
            for at_y, from_y in ((y, 0), (foot - corner, far))
        )
        self._layers = tuple(_layers(bands, QRect(x, y, end - x, foot - y), corner))

    def paint(self, painter: QPainter) -> None:
        """Copies it; the painter counts pixels."""
        for place, part in self._corners:
            painter.drawPixmap(place, self._pixmap, part)
        painter.setPen(NO_PEN)
        painter.setRenderHint(ANTIALIASING, False)
        for color, rects in self._layers:
            painter.setBrush(color)
            painter.drawRects(rects)
        painter.setRenderHint(ANTIALIASING, True)


class _Band(NamedTuple):
    """Rows or columns of pixels of one colour."""

    start: int
    stop: int
    color: int


class _Bands(NamedTuple):
    across: tuple[_Band, ...]
    down: tuple[_Band, ...]


@remembered(256)
def _frame(look: Look, scale: float, corner: int, overhang: Overhang) -> tuple[QPixmap, _Bands]:
    """The smallest frame with such corners: they, and a row and a column between them."""
    side = 2 * corner + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setRenderHint(ANTIALIASING)
        pen = QPen(QColor(look.stroke), 1.0 if look.thin else look.width * scale) if look.stroke else NO_PEN
        painter.setPen(pen)
        painter.setBrush(QBrush(QColor(look.fill), Qt.BrushStyle.SolidPattern) if look.fill else QBrush())
        left, top, right, bottom = overhang
        path = QPainterPath()
        radius = look.radius * scale
        path.addRoundedRect(QRectF(left, top, side - left - right, side - top - bottom), radius, radius)
        painter.drawPath(path)
    across = _runs([image.pixelColor(at, corner).rgba() for at in range(side)])
    down = _runs([image.pixelColor(corner, at).rgba() for at in range(side)])
    return QPixmap.fromImage(image), _Bands(across, down)


def _runs(colors: list[int]) -> tuple[_Band, ...]:
    found, at = [], 0
    for color, run in groupby(colors):
        stop = at + sum(1 for _ in run)
        if color >> 24:
            found.append(_Band(at, stop, color))
        at = stop
    return tuple(found)


def _layers(bands: _Bands, target: QRect, corner: int) -> list[tuple[QColor, list[QRect]]]:
    """The rectangles between the corners by colour: a column over the whole height, and what is left and right of it
    between the corners. What the smallest frame has beyond its middle is as far from the far edge here.
    """
    x, y, w, h = target.x(), target.y(), target.width(), target.height()
    grown_w, grown_h = w - (2 * corner + 1), h - (2 * corner + 1)
    found: dict[int, list[QRect]] = {}
    for start, stop, color in bands.down:
        top, foot = (start if start <= corner else start + grown_h), (stop if stop <= corner else stop + grown_h)
        found.setdefault(color, []).append(QRect(x + corner, y + top, w - 2 * corner, foot - top))
    for start, stop, color in bands.across:
        if start < corner:
            near = min(stop, corner)
            found.setdefault(color, []).append(QRect(x + start, y + corner, near - start, h - 2 * corner))
        if stop > corner + 1:
            far = max(start, corner + 1)
            found.setdefault(color, []).append(QRect(x + far + grown_w, y + corner, stop - far, h - 2 * corner))
    return [(QColor.fromRgba(color), rects) for color, rects in found.items()]
