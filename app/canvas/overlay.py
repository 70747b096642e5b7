"""What lies above the map while one works on it: outlines of the selection, the target of a drag, what is dragged."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsItem

from app.canvas.items import SheetItem, surface_scale, to_qrect
from app.canvas.nearby import Nearby
from app.canvas.painter import NO_BRUSH, NO_PEN, Exposed, pen, union
from app.layout.drawing import Rect

ACCENT: Final = "#1D4ED8"
CARD_RADIUS: Final = 1.5
MANY: Final = 60
"""So many outlines are drawn without halo."""


REACH: Final = 4.0
"""mm around what is selected that its outline may cover."""

SPARE: Final = 300.0


class Outline(NamedTuple):
    """A selected thing: where it is, and whether it is round. `path`: its own shape, relative to the rectangle."""

    rect: Rect
    is_round: bool = False
    path: QPainterPath | None = None


class OutlineItem(SheetItem):
    """The outlines of what is selected, or of what else is to stand out in a colour of its own.

    `on_headers`: they run along within what they are about, since that reaches to the edge of what is seen; and between
    two white lines, since stages are in any colour.
    """

    GAP: Final = 0.55
    COLOR = ACCENT
    HALO = 46

    def __init__(self, z: float, parent: QGraphicsItem | None = None, *, on_headers: bool = False) -> None:
        super().__init__(z, parent)
        self._side = -1.0 if on_headers else 1.0
        self._line = QColor(self.COLOR)
        self._halo = QColor(255, 255, 255) if on_headers else QColor(self._line)
        self._halo.setAlpha(255 if on_headers else self.HALO)
        self._outlines: tuple[Outline, ...] = ()
        self._nearby: Nearby | None = None

    def set_outlines(self, outlines: tuple[Outline, ...]) -> None:
        if outlines == self._outlines:
            return
        before, self._outlines, self._nearby = self._outlines, outlines, None
        self._make_room()
        if (len(before) > MANY) is not (len(outlines) > MANY):
            self.update()
            return
        for rect in _differing(before, outlines):
            self.update(to_qrect(rect.grown(REACH)))

    def _make_room(self) -> None:
        """Takes more room than needed: each change of it paints all of it anew, and a selection grows step by step."""
        if not self._outlines:
            self.set_rect(Rect(0, 0, 0, 0))
            return
        needed = union(*(one.rect for one in self._outlines)).grown(REACH)
        if not self._rect.contains(to_qrect(needed)):
            self.set_rect(needed.grown(SPARE))
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        scale = surface_scale(painter)
        width = 2.0 if scale > 1.0 else 1.0
        line, halo = QPen(self._line, width / scale), QPen(self._halo, 5.0 / scale)
        painter.setBrush(NO_BRUSH)
        for one in self.seen(exposed):
            for edge in (line,) if len(self._outlines) > MANY else (halo, line):
                painter.setPen(edge)
                self._draw_one(painter, one, scale)

    def seen(self, exposed: Exposed) -> list[Outline]:
        """Those that are to be painted."""
        if self._nearby is None:
            self._nearby = Nearby([one.rect.grown(REACH) for one in self._outlines])
        return [self._outlines[number] for number in self._nearby.touching(exposed)]

    def _draw_one(self, painter: QPainter, one: Outline, scale: float) -> None:
        gap = self._side * (self.GAP + 0.5 / scale)
        rect = to_qrect(one.rect.grown(gap))
        if one.path is not None:
            painter.drawPath(_within(one.path, -gap) if gap < 0 else one.path)
        elif one.is_round:
            painter.drawEllipse(rect)
        else:
            painter.drawRoundedRect(rect, CARD_RADIUS + gap, CARD_RADIUS + gap)


def _within(path: QPainterPath, by: float) -> QPainterPath:
    """A path drawn smaller by so much on each side."""
    room = path.boundingRect()
    inside = room.adjusted(by, by, -by, -by)
    fit = QTransform.fromTranslate(inside.x(), inside.y())
    fit.scale(inside.width() / room.width(), inside.height() / room.height())
    return fit.map(path.translated(-room.topLeft()))


def _differing(before: tuple[Outline, ...], after: tuple[Outline, ...]) -> set[Rect]:
    """Where outlines have come or gone; those of a shape of their own count as both."""
    old, new = ({(one.rect, one.is_round) for one in many if one.path is None} for many in (before, after))
    return {rect for rect, _ in old ^ new} | {one.rect for one in (*before, *after) if one.path is not None}


class TargetItem(SheetItem):
    """Where a drag would put things: an area that is lit up, and a mark between neighbours."""

    def __init__(self, z: float, parent: QGraphicsItem | None = None) -> None:
        super().__init__(z, parent)
        self._area: Rect | None = None
        self._mark: tuple[float, float, float, float] | None = None

    def show_at(self, area: Rect | None, mark: tuple[float, float, float, float] | None = None) -> None:
        """Lights up an area and draws a mark from (x1, y1) to (x2, y2), all in sheet mm; None takes it away."""
        if (area, mark) == (self._area, self._mark):
            return
        self._area, self._mark = area, mark
        found = [rect for rect in (area, _around(mark)) if rect is not None]
        self.update()
        self.set_rect(union(*found).grown(3.0) if found else Rect(0, 0, 0, 0))
        self.update()

    def clear(self) -> None:
        self.show_at(None)

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._area is not None:
            painter.setPen(pen(ACCENT, 0.0))
            painter.setBrush(QColor(29, 78, 216, 26))
            painter.drawRoundedRect(to_qrect(self._area.grown(-0.3)), 1.0, 1.0)
        if self._mark is not None:
            self._draw_mark(painter, *self._mark)

    def _draw_mark(self, painter: QPainter, x1: float, y1: float, x2: float, y2: float) -> None:
        width = max(0.7, 2.5 / surface_scale(painter))
        edge = QPen(QColor(ACCENT), width)
        edge.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(edge)
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
        painter.setPen(NO_PEN)
        painter.setBrush(QColor(ACCENT))
        for x, y in ((x1, y1), (x2, y2)):
            painter.drawEllipse(QPointF(x, y), 1.4 * width, 1.4 * width)


def _around(mark: tuple[float, float, float, float] | None) -> Rect | None:
    if mark is None:
        return None
    x1, y1, x2, y2 = mark
    return Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


class FloatItem(SheetItem):
    """What is dragged: a picture made once, moved above the map."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._pixmap = QPixmap()
        self.hide()

    def lift(self, pixmap: QPixmap, rect: Rect) -> None:
        """Shows a picture over a rectangle of the sheet."""
        self._pixmap = pixmap
        self.set_rect(rect)
        self.setPos(0, 0)
        self.show()

    def move_by(self, dx: float, dy: float) -> None:
        """Moves it to so many mm from where it was lifted."""
        self.setPos(dx, dy)

    def drop(self) -> None:
        self.hide()
        self._pixmap = QPixmap()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        base = painter.worldTransform()
        corner = base.map(self._rect.topLeft())
        painter.resetTransform()
        painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), self._pixmap)
        painter.setWorldTransform(base)


def soft_shadow(painter: QPainter, rect: QRectF, radius: float, spread: float) -> None:
    """A soft shade around a rounded rectangle, falling a little downwards; lengths in the painter's units."""
    painter.setPen(NO_PEN)
    steps = 8
    for step in range(steps):
        by = spread * (1 - step / steps)
        painter.setBrush(QColor(15, 23, 42, 7))
        painter.drawRoundedRect(
            rect.adjusted(-by, -by * 0.6, by, by).translated(0, spread * 0.3), radius + by, radius + by
        )
