"""A small picture of the whole map, made in slices while nothing else is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap

from app.canvas.items import PAPER, still_there
from app.canvas.painter import PX_PER_MM, TITLES_FROM, Batches, pen
from app.canvas.pictures import pictures
from app.layout.drawing import Box, Line, Placed, Shape, Text
from app.layout.paths import to_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.canvas.scene import MapScene

LONGEST: Final = 1600
"""Pixels of the longer side."""

THUMBNAIL: Final = 640
"""Pixels of a thumbnail's width."""

QUIET: Final = 400
"""Milliseconds after the last change before it is made anew."""


class Overview(QObject):
    """The picture of a scene's map. What is not painted yet is paper."""

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._done = QPixmap()
        self._growing = QPixmap()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._begin)
        scene.relaid.connect(self._quiet.start)
        pictures().arrived.connect(self._picture_arrived)
        scene.map_filter.changed.connect(self._quiet.start)
        self._quiet.start()

    @property
    def pixmap(self) -> QPixmap:
        """The picture as it is, the sheet's corners in its corners; just paper where there is none yet."""
        if self._done.isNull():
            self._done = self._paper()
        return self._done

    def finish(self) -> None:
        """Makes it now, with all its pictures."""
        for _ in self._parts():
            pass
        if pictures().finish():
            for _ in self._parts():
                pass

    def thumbnail(self) -> bytes | None:
        """A picture of the whole map as it is now, as PNG; None where that fails, for want of memory perhaps."""
        if self._scene.layout.hidden:
            return _thumbnail_of(self._scene)
        with self._scene.undimmed():
            self.finish()
        small = self._done.scaledToWidth(min(THUMBNAIL, self._done.width()), Qt.TransformationMode.SmoothTransformation)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        return bytes(buffer.data().data()) if small.save(buffer, "PNG") else None

    def stop(self) -> None:
        self._quiet.stop()
        pictures().arrived.disconnect(self._picture_arrived)

    def _picture_arrived(self, _name: str) -> None:
        self._quiet.start()

    def _paper(self) -> QPixmap:
        width, height = self._scene.layout.size
        scale = self._scale()
        pixmap = QPixmap(max(1, round(width * scale)), max(1, round(height * scale)))
        pixmap.fill(QColor(PAPER))
        return pixmap

    def _scale(self) -> float:
        """Pixels per mm."""
        return min(LONGEST / max(self._scene.layout.size), TITLES_FROM * PX_PER_MM * 0.99)

    def _begin(self) -> None:
        self._scene.idle.later("overview", self._parts())

    def _parts(self) -> Iterator[None]:
        scene = self._scene
        self._growing = self._paper()
        for ground in still_there(scene.grounds.values()):
            batches = Batches()
            ground.add_to(batches)
            self._paint(batches, ground.x(), ground.y())
            yield
        for block in still_there(scene.blocks.values()):
            with self._painter(block.x(), block.y()) as painter:
                block.paint_coarse(painter, self._scale() / PX_PER_MM)
            yield
        layout = scene.layout
        for curve in scene.curve_lanes.values():
            self._paint_placed(Placed(curve.lane, curve.rect.x, curve.rect.y, curve.drawing))
            yield
        for placed in (*layout.stage_headers, *layout.lane_headers, layout.title, *layout.panels):
            self._paint_placed(placed)
            yield
        self._done = self._growing

    def _paint(self, batches: Batches, x: float, y: float) -> None:
        with self._painter(x, y) as painter:
            batches.paint(painter, self._scale() / PX_PER_MM)

    def _paint_placed(self, placed: Placed) -> None:
        ground, texts = Batches(), Batches()
        ground.add(item for item in placed.drawing.items if isinstance(item, Box | Line))
        texts.add(item for item in placed.drawing.items if isinstance(item, Text))
        zoom = self._scale() / PX_PER_MM
        with self._painter(placed.x, placed.y) as painter:
            ground.paint(painter, zoom)
            for item in placed.drawing.items:
                if isinstance(item, Shape):
                    self._paint_shape(painter, item)
            texts.paint(painter, zoom)

    def _paint_shape(self, painter: QPainter, shape: Shape) -> None:
        path = to_path(shape.segments)
        if shape.fill:
            painter.fillPath(path, QColor(shape.fill))
        if shape.stroke:
            painter.strokePath(path, pen(shape.stroke, shape.stroke_width))

    def _painter(self, x: float, y: float) -> QPainter:
        painter = QPainter(self._growing)
        scale = self._scale()
        painter.scale(scale, scale)
        painter.translate(x, y)
        return painter


def _thumbnail_of(scene: MapScene) -> bytes | None:
    """The thumbnail of all that a scene's map holds, where it shows a part."""
    from app.canvas.map_filter import MapFilter
    from app.canvas.scene import MapScene
    from app.canvas.selection import Selection

    whole = MapScene(scene.document, scene.layout.whole(), Selection(), MapFilter())
    overview = Overview(whole)
    found = overview.thumbnail()
    overview.stop()
    whole.close()
    return found
