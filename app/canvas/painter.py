"""From the primitives of a drawing to Qt calls.

A `Display` is a drawing with its pens, brushes and paths made once; text is prepared when it is first seen. What is
painted depends on the zoom: below 35 % only boxes and pictures, in batches and without antialiasing; below 60 % no
icons and no small print; above that everything. Card edges fall on whole pixels at every zoom.

Lengths are millimetres; `scale` is pixels of the painted surface per millimetre.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform

from app.canvas.pictures import pictures
from app.canvas.stamps import FrameStamp, IconStamp, Look, counts_pixels
from app.layout.drawing import Box, Drawing, Icon, Line, Picture, Primitive, Rect, Segment, Shape, Text
from app.layout.icons import BOX, STROKE_WIDTH
from app.layout.paths import qt_icon_path, to_path
from app.layout.text import MM_PER_PT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.layout.text import TextBlock

PX_PER_MM = 96 / 25.4
"""Pixels per millimetre at 100 %."""

TITLES_FROM = 0.35
FULL_FROM = 0.60
GREEK_FROM = 0.12

THIN = 1.5
"""Lines thinner than so many pixels are drawn exactly one pixel wide."""

GREEK = {False: "#A8AFBA", True: "#D5D9E0"}
"""The colours of the bars that stand for text at small zoom: titles, and small print."""

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush()
ORIGIN = QPointF()
ANTIALIASING = QPainter.RenderHint.Antialiasing

Exposed = tuple[Rect, ...]
"""Parts that are to be painted, in mm."""

CoarseKey = tuple[bool, str | None, str | None]
"""What is left of a primitive at small zoom: whether it stands for text, fill, edge."""


class Detail(IntEnum):
    """How much of a drawing is painted."""

    COARSE = 0
    TITLES = 1
    FULL = 2


def detail_at(zoom: float) -> Detail:
    """The level of detail at a zoom, 1.0 being 100 %."""
    if zoom < TITLES_FROM:
        return Detail.COARSE
    return Detail.TITLES if zoom < FULL_FROM else Detail.FULL


@lru_cache(maxsize=512)
def brush(color: str | None) -> QBrush:
    """A brush to be shared, so not to be changed. None paints nothing."""
    return QBrush(QColor(color), Qt.BrushStyle.SolidPattern) if color else NO_BRUSH


def fill(painter: QPainter, rect: QRectF, color: str) -> None:
    """Fills a rectangle, without a pen from now on. Qt's own `fillRect` would have all names of gradients made."""
    painter.setPen(NO_PEN)
    painter.setBrush(brush(color))
    painter.drawRect(rect)


@lru_cache(maxsize=2048)
def pen(color: str | None, width: float) -> QPen:
    """A pen to be shared, so not to be changed. Width in mm, 0 for one pixel at any zoom."""
    if not color:
        return NO_PEN
    made = QPen(QColor(color), width or 1.0)
    made.setCosmetic(not width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


def dashed(color: str, width: float, dash: tuple[float, ...], scale: float) -> QPen:
    """A pen for dashes of so many mm; a thin line is one pixel wide and its dashes keep their length."""
    thin = width * scale < THIN
    made = QPen(pen(color, 0.0 if thin else width))
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    unit = scale if thin else 1 / width
    made.setDashPattern([max(0.01, length * unit) for length in dash])
    return made


def stroke_pen(color: str | None, width: float, dash: tuple[float, ...], scale: float) -> QPen:
    """The pen for a line of `width` mm at this scale."""
    if color and dash:
        return dashed(color, width, dash, scale)
    return pen(color, 0.0 if width * scale < THIN else width)


class Mark:
    """One primitive made ready to paint. `bounds` is what it may cover, in the drawing's own mm."""

    __slots__ = ("bounds",)
    least = Detail.COARSE

    def __init__(self, bounds: Rect) -> None:
        self.bounds = bounds

    def touches(self, parts: Exposed) -> bool:
        """True where it may paint in one of the parts."""
        return touches(self.bounds, parts)

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        """Paints it; the painter's transform is `base` before and after, antialiasing is on."""
        raise NotImplementedError


class StrokedMark(Mark):
    """One with a line whose pen depends on the scale, and is kept while that stays the same."""

    __slots__ = ("_pen", "_scale", "_stroked")

    def __init__(self, bounds: Rect, stroked: Box | Line | Shape) -> None:
        super().__init__(bounds)
        self._stroked = stroked
        self._scale = 0.0
        self._pen = NO_PEN

    def fit(self, scale: float) -> None:
        """Makes what depends on the scale."""
        self._scale = scale
        self._pen = stroke_pen(self._stroked.stroke, self._stroked.stroke_width, self._stroked.dash, scale)


class BoxMark(StrokedMark):
    __slots__ = ("_box", "_brush", "_path", "_rect", "_stamp")

    def __init__(self, box: Box) -> None:
        super().__init__(Rect(box.x, box.y, box.w, box.h).grown(box.stroke_width if box.stroke else 0.0), box)
        self._box = box
        self._brush = brush(box.fill)
        self._rect = QRectF(box.x, box.y, box.w, box.h)
        self._path = QPainterPath()
        self._stamp: FrameStamp | None = None

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        if scale != self._scale:
            self.fit(scale)
        if self._stamp is not None and counts_pixels(painter, base, scale):
            self._stamp.paint(painter)
            painter.setWorldTransform(base)
            return
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        if self._box.radius:
            painter.drawPath(self._path)
        else:
            painter.setRenderHint(ANTIALIASING, False)
            painter.drawRect(self._rect)
            painter.setRenderHint(ANTIALIASING, True)

    def fit(self, scale: float) -> None:
        super().fit(scale)
        box = self._box
        if box.radius:
            rect = on_pixels(self._rect, scale, bool(box.stroke))
            self._path = QPainterPath()
            self._path.addRoundedRect(rect, box.radius, box.radius)
            self._stamp = None if box.dash else self._stamped(rect, scale)

    def _stamped(self, rect: QRectF, scale: float) -> FrameStamp | None:
        box = self._box
        look = Look(box.fill, box.stroke, box.stroke_width, box.radius, box.stroke_width * scale < THIN)
        try:
            return FrameStamp(rect, look, scale)
        except ValueError:
            return None


def on_pixels(rect: QRectF, scale: float, stroked: bool) -> QRectF:
    """The rectangle with its edges on whole pixels, or in the middle of pixels where a thin line runs along them."""
    half = 0.5 if stroked else 0.0
    left, top = (round(rect.left() * scale) + half) / scale, (round(rect.top() * scale) + half) / scale
    right, bottom = (round(rect.right() * scale) - half) / scale, (round(rect.bottom() * scale) - half) / scale
    return QRectF(left, top, max(0.0, right - left), max(0.0, bottom - top))


class LineMark(StrokedMark):
    __slots__ = ("_ends", "_upright")

    def __init__(self, line: Line) -> None:
        left, top = min(line.x1, line.x2), min(line.y1, line.y2)
        size = Rect(left, top, abs(line.x2 - line.x1), abs(line.y2 - line.y1))
        super().__init__(size.grown(line.stroke_width), line)
        self._ends = (QPointF(line.x1, line.y1), QPointF(line.x2, line.y2))
        self._upright = line.x1 == line.x2 or line.y1 == line.y2

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        del base
        if scale != self._scale:
            self.fit(scale)
        painter.setPen(self._pen)
        painter.setRenderHint(ANTIALIASING, not self._upright)
        painter.drawLine(*self._ends)
        painter.setRenderHint(ANTIALIASING, True)


class ShapeMark(StrokedMark):
    __slots__ = ("_brush", "_parts", "_path", "_shape", "least")
    FEW = 24
    """So many stretches of a line are looked at one by one: a link is long, but covers little."""

    def __init__(self, shape: Shape) -> None:
        self._path = to_path(shape.segments)
        box = self._path.controlPointRect()
        super().__init__(Rect(box.x(), box.y(), box.width(), box.height()).grown(shape.stroke_width), shape)
        self.least = Detail.FULL if shape.detail else Detail.COARSE
        self._shape = shape
        self._parts: tuple[Rect, ...] | None = None
        self._brush = brush(shape.fill)

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        del base
        if scale != self._scale:
            self.fit(scale)
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        painter.drawPath(self._path)

    def touches(self, parts: Exposed) -> bool:
        if not touches(self.bounds, parts):
            return False
        if self._shape.fill or len(self._shape.segments) > self.FEW:
            return True
        if self._parts is None:
            self._parts = tuple(stretches(self._shape))
        return any(touches(part, parts) for part in self._parts)


def stretches(shape: Shape) -> Iterator[Rect]:
    """The rectangles around the parts of a line between its points, with the line's width."""
    ends = [segment[-2:] for segment in shape.segments if len(segment) > 2]
    for segment, (x, y) in zip(shape.segments[1:], ends, strict=False):
        if len(segment) > 2:
            left, top, w, h = extent([("M", x, y), segment])
            yield Rect(left, top, w, h).grown(shape.stroke_width)


class TextMark(Mark):
    __slots__ = ("_local", "_pen", "_text", "least")

    def __init__(self, text: Text) -> None:
        block = text.block
        super().__init__(Rect(text.x, text.y, block.width, block.height))
        self._text = text
        self._local = QTransform(block.scale, 0, 0, block.scale, text.x, text.y)
        self._pen = pen(text.color, 0.0)
        self.least = Detail.FULL if text.detail else Detail.TITLES

    def prepare(self) -> None:
        """Lets the text make its glyph runs."""
        self._text.block.qt_runs  # noqa: B018

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        del scale
        painter.setPen(self._pen)
        painter.setWorldTransform(self._local, True)
        for run in self._text.block.qt_runs:
            painter.drawGlyphRun(ORIGIN, run)
        painter.setWorldTransform(base)


class IconMark(Mark):
    __slots__ = ("_local", "_path", "_pen", "_scale", "_size", "_stamp")
    least = Detail.FULL

    def __init__(self, icon: Icon) -> None:
        super().__init__(Rect(icon.x, icon.y, icon.size, icon.size))
        size = icon.size / BOX
        self._path = qt_icon_path(icon.name)
        self._local = QTransform(size, 0, 0, size, icon.x, icon.y)
        self._pen = pen(icon.color, STROKE_WIDTH)
        self._size = icon.size
        self._scale = 0.0

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        if counts_pixels(painter, base, scale):
            if scale != self._scale:
                self._scale = scale
                self._stamp = IconStamp(self._path, self._pen, self._local, self._size, scale)
            self._stamp.paint(painter)
            painter.setWorldTransform(base)
            return
        painter.setPen(self._pen)
        painter.setBrush(NO_BRUSH)
        painter.setWorldTransform(self._local, True)
        painter.drawPath(self._path)
        painter.setWorldTransform(base)


class PictureMark(Mark):
    __slots__ = ("_picture",)

    def __init__(self, picture: Picture) -> None:
        super().__init__(Rect(picture.x, picture.y, picture.w, picture.h))
        self._picture = picture

    def paint(self, painter: QPainter, base: QTransform, scale: float) -> None:
        del base
        show_picture(painter, self._picture, scale)


def show_picture(painter: QPainter, picture: Picture, scale: float) -> None:
    """Paints a picture as far as it is decoded; the store tells when there is more of it."""
    from app.layout.pixels import paint_picture  # most maps have no pictures

    paint_picture(painter, picture, pictures().image(picture.file, picture.whole.w * scale))


def mark(primitive: Primitive) -> Mark:
    """The primitive made ready to paint."""
    match primitive:
        case Box():
            return BoxMark(primitive)
        case Line():
            return LineMark(primitive)
        case Shape():
            return ShapeMark(primitive)
        case Text():
            return TextMark(primitive)
        case Icon():
            return IconMark(primitive)
        case Picture():
            return PictureMark(primitive)


class Display:
    """A drawing made ready to paint. It keeps the drawing, so that its identity can be compared."""

    __slots__ = ("_marks", "drawing")

    def __init__(self, drawing: Drawing, like: Display | None = None) -> None:
        """`like`: that of a drawing with some of the same primitives, whose marks are taken over."""
        self.drawing = drawing
        kept: dict[int, Mark] = {}
        if like is not None:
            kept = {id(item): made for item, made in zip(like.drawing.items, like._marks, strict=True)}
        self._marks: tuple[Mark, ...] = tuple(kept.get(id(item)) or mark(item) for item in drawing.items)

    def prepare(self, detail: Detail) -> None:
        """Does what would otherwise be done on the first painting."""
        for found in self._marks:
            if isinstance(found, TextMark) and found.least <= detail:
                found.prepare()

    def paint(self, painter: QPainter, detail: Detail, scale: float, exposed: Exposed | None = None) -> None:
        """Paints at the painter's origin, leaving out what lies outside `exposed` (mm, the drawing's own)."""
        base = painter.worldTransform()
        for found in self._marks:
            if found.least <= detail and (exposed is None or found.touches(exposed)):
                found.paint(painter, base, scale)


def touches(one: Rect, parts: Exposed) -> bool:
    """True where a rectangle lies in one of the parts; touching counts, so that a line without width does."""
    x, y, w, h = one
    return any(
        x <= left + width and left <= x + w and y <= top + height and top <= y + h for left, top, width, height in parts
    )


def union(first: Rect, *others: Rect) -> Rect:
    """The smallest rectangle around all."""
    rects = (first, *others)
    left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
    return Rect(left, top, max(rect.right for rect in rects) - left, max(rect.bottom for rect in rects) - top)


class Batches:
    """What is left of many drawings at small zoom: rectangles, sorted so that each colour is one call, and pictures."""

    def __init__(self) -> None:
        self._layers: dict[CoarseKey, list[QRectF]] = {}
        self._pictures: list[Picture] = []

    def add(self, primitives: Iterable[Primitive], dx: float = 0.0, dy: float = 0.0) -> None:
        """Adds primitives placed at (dx, dy) mm. The colours met first lie at the bottom."""
        for primitive in primitives:
            match primitive:
                case Box(x, y, w, h, fill, stroke):
                    self._put((False, fill, stroke), x + dx, y + dy, w, h)
                case Text(x, y, block, _, detail):
                    self._put_text(x + dx, y + dy, block, detail)
                case Shape(segments, str(fill), detail=False):
                    left, top, w, h = extent(segments)
                    self._put((False, fill, None), left + dx, top + dy, w, h)
                case Picture(x, y):
                    self._pictures.append(primitive._replace(x=x + dx, y=y + dy, radius=0.0))
                case Line(x1, y1, x2, y2, stroke, _, ()) if x1 == x2 or y1 == y2:
                    self._put((False, None, stroke), x1 + dx, y1 + dy, x2 - x1, y2 - y1)
                case _:
                    pass

    def _put_text(self, x: float, y: float, block: TextBlock, detail: bool) -> None:
        size = block.style.size * MM_PER_PT
        for line in block.lines:
            self._put((True, GREEK[detail], None), x + line.x, y + line.baseline - 0.5 * size, line.width, 0.5 * size)

    def _put(self, key: CoarseKey, x: float, y: float, w: float, h: float) -> None:
        rects = self._layers.get(key)
        if rects is None:
            rects = self._layers[key] = []
        rects.append(QRectF(x, y, w, h))

    def paint(self, painter: QPainter, zoom: float) -> None:
        """Paints all; bars for text only where they would be a pixel high."""
        painter.setRenderHint(ANTIALIASING, False)
        for (greek, fill, edge), rects in self._layers.items():
            if not greek or zoom >= GREEK_FROM:
                painter.setPen(pen(edge, 0.0))
                painter.setBrush(brush(fill))
                painter.drawRects(rects)
        for picture in self._pictures:
            show_picture(painter, picture, painter.worldTransform().m11())
        painter.setRenderHint(ANTIALIASING, True)


def extent(segments: Iterable[Segment]) -> tuple[float, float, float, float]:
    """Left, top, width and height of the points of a path, control points included."""
    values = [value for segment in segments for value in segment[1:]]
    xs, ys = values[0::2], values[1::2]
    left, top = min(xs), min(ys)
    return left, top, max(xs) - left, max(ys) - top
