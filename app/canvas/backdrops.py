"""Photos behind the map, to trace: they shine through the cells, but never through cards and headers.

A photo is multiplied onto the ground, as if the cells were tracing paper laid on it. That is for the screen alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.canvas.items import PAPER, SheetItem, surface_scale, to_qrect, to_rect
from app.canvas.overlay import ACCENT
from app.canvas.painter import Exposed, brush, fill, show_picture, union
from app.layout.drawing import Picture, Rect
from app.layout.grid import Hit
from app.layout.pictures import picture_file, picture_height
from app.model.beside import Backdrop
from app.model.queries import backdrops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QGraphicsScene

    from app.layout.drawing import PictureFile
    from app.model.document import Document

CORNER: Final = 5.0
"""Half the side of the square at a corner, pixels."""

REACH: Final = 8.0
"""Pixels around a corner within which it is taken."""

TALLEST: Final = 20_000.0
"""mm."""

CORNERS: Final = ("corner_nw", "corner_ne", "corner_sw", "corner_se")


class BackdropItem(SheetItem):
    """One photo."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._file: PictureFile | None = None
        self._opacity = 1.0

    def set_photo(self, file: PictureFile | None, rect: Rect, opacity: float) -> None:
        """Takes the photo as it now is; None: it is not on the shelf, and only its edge is shown."""
        self._file, self._opacity = file, opacity
        self.set_rect(rect)
        self.update()

    def refresh_pictures(self, names: frozenset[str]) -> None:
        if self._file is not None and self._file.name in names:
            self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        if self._file is None:
            painter.setPen(QPen(QColor("#94A3B8"), 1.0 / surface_scale(painter)))
            painter.setBrush(brush(None))
            painter.drawRect(self._rect)
            return
        picture = Picture(*to_rect(self._rect), self._file)
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setOpacity(self._opacity)
        show_picture(painter, picture, surface_scale(painter))
        painter.restore()


class PaperBelow(SheetItem):
    """White where a photo lies beside the sheet: on a dark desk nothing would be seen of it."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._rects: list[QRectF] = []

    def set_rects(self, rects: list[Rect], around: Rect) -> None:
        self._rects = [to_qrect(rect) for rect in rects]
        self.set_rect(around)
        self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        for rect in self._rects:
            fill(painter, rect, PAPER)


class CornersItem(SheetItem):
    """The corners of unlocked photos, by which they are made larger and smaller: always of the same size."""

    def __init__(self, z: float) -> None:
        super().__init__(z)
        self._rects: list[Rect] = []

    def set_rects(self, rects: list[Rect], around: Rect) -> None:
        self._rects = rects
        self.set_rect(around.grown(30.0) if rects else Rect(0, 0, 0, 0))
        self.update()

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        del exposed
        pixel = painter.device().devicePixelRatioF() / surface_scale(painter)
        edge = QPen(QColor(ACCENT), 1.5 * pixel)
        for rect in self._rects:
            painter.setPen(edge)
            painter.setBrush(QColor("#FFFFFF"))
            for x, y in corners(rect).values():
                reach = CORNER * pixel
                painter.drawRect(QRectF(QPointF(x - reach, y - reach), QPointF(x + reach, y + reach)))


def corners(rect: Rect) -> dict[str, tuple[float, float]]:
    """Where the corners are, by what they are called when they are hit."""
    spots = ((rect.x, rect.y), (rect.right, rect.y), (rect.x, rect.bottom), (rect.right, rect.bottom))
    return dict(zip(CORNERS, spots, strict=True))


class Backdrops:
    """The photos of a map on its scene. `z`: above the ground of the lanes and below the cards."""

    def __init__(self, scene: QGraphicsScene, document: Document, z: float, z_below: float, z_corners: float) -> None:
        self._scene = scene
        self._document = document
        self._z = z
        self._items: dict[str, BackdropItem] = {}
        self._below = PaperBelow(z_below)
        self._corners = CornersItem(z_corners)
        self._are_shown = True
        scene.addItem(self._below)
        scene.addItem(self._corners)
        self.refresh()

    @property
    def are_shown(self) -> bool:
        return self._are_shown

    def show(self, are_shown: bool) -> None:
        """Shows or hides all of them; that is no change of the map."""
        self._are_shown = are_shown
        self.refresh()

    def rect(self, id: str) -> Rect | None:
        """Where a photo lies on the sheet; None where there is none or none is shown."""
        record = self._document.store.of(Backdrop, id)
        if record is None or not self._are_shown:
            return None
        file = picture_file(self._document.media, record.picture)
        return Rect(record.x, record.y, record.width, picture_height(file, record.width, TALLEST))

    def corner_at(self, x: float, y: float, scale: float) -> Hit | None:
        """The corner of an unlocked photo at a spot (mm); `scale` is pixels per mm."""
        for id, rect in self._free():
            for kind, (left, top) in corners(rect).items():
                if max(abs(left - x), abs(top - y)) * scale <= REACH:
                    return Hit(kind, id, rect)
        return None

    def at(self, x: float, y: float) -> Hit | None:
        """The unlocked photo at a spot (mm)."""
        return next((Hit("backdrop", id, rect) for id, rect in self._free() if rect.contains(x, y)), None)

    def _free(self) -> Iterator[tuple[str, Rect]]:
        """Those that are not locked, from the topmost down, with where they lie."""
        for record in reversed(backdrops(self._document.store)):
            rect = self.rect(record.id) if not record.locked else None
            if rect is not None:
                yield record.id, rect

    def refresh(self) -> None:
        """Shows them as they now are in the map."""
        records = backdrops(self._document.store) if self._are_shown else []
        for id in self._items.keys() - {record.id for record in records}:
            self._scene.removeItem(self._items.pop(id))
        rects: dict[str, Rect] = {}
        for at, record in enumerate(records):
            rect = rects[record.id] = self.rect(record.id) or Rect(0, 0, 0, 0)
            if record.id not in self._items:
                self._items[record.id] = BackdropItem(self._z)
                self._scene.addItem(self._items[record.id])
            self._items[record.id].setZValue(self._z + at / 10_000)
            file = picture_file(self._document.media, record.picture)
            self._items[record.id].set_photo(file, rect, record.opacity)
        free = [rect for _, rect in self._free()]
        self._below.set_rects(list(rects.values()), _around(list(rects.values())))
        self._corners.set_rects(free, _around(free))


def _around(rects: list[Rect]) -> Rect:
    return union(*rects) if rects else Rect(0, 0, 0, 0)
