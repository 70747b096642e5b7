"""The zoom gesture: while the wheel turns a snapshot of the view is scaled; when it rests the map is painted sharp.

Around the snapshot, where zooming out uncovers what was not in view, a coarse picture of the whole map is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QBrush, QPainter, QPixmap

from app.canvas.bounds import way_back

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LEAST: Final = 0.05
"""The least zoom, but for maps that are so large that they need less to be seen as a whole."""

MOST: Final = 8.0
REST: Final = 120
"""Milliseconds without a turn of the wheel after which the map is painted sharp."""


def limited(zoom: float, least: float = LEAST) -> float:
    """The zoom, kept between the least, usually 5 %, and 800 %."""
    return min(MOST, max(least, zoom))


class Zoomable(Protocol):
    """What the gesture asks of the view."""

    @property
    def zoom(self) -> float: ...

    @property
    def least_zoom(self) -> float: ...

    def viewport(self) -> QWidget: ...

    def snapshot(self) -> QPixmap: ...

    def backdrop(self) -> QPixmap: ...

    def desk(self) -> QBrush: ...

    def sheet_in_view(self) -> QRectF: ...

    def to_sheet(self, spot: QPointF) -> QPointF: ...

    def bring(self, place: QPointF, spot: QPointF, zoom: float) -> None: ...


class ZoomGesture(QObject):
    """Scales the snapshot; view coordinates are pixels, `_ratio` and `_shift` map those at its start to those now."""

    changed = Signal(float)
    """The zoom that the view would have if the gesture ended now."""

    def __init__(self, view: Zoomable, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._snapshot = QPixmap()
        self._ratio = 1.0
        self._shift = QPointF()
        self._anchor = QPointF()
        self.is_active = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.settle)

    @property
    def zoom(self) -> float:
        """The zoom that one sees."""
        return self._view.zoom * self._ratio

    def by(self, factor: float, spot: QPointF) -> None:
        """Scales by a factor about a spot of the viewport."""
        self.carry(spot, spot, factor)

    def carry(self, start: QPointF, end: QPointF, factor: float) -> None:
        """Moves what is at one spot of the viewport to another, and scales by a factor about it."""
        if not self.is_active:
            self._begin()
        factor = limited(self.zoom * factor, self._view.least_zoom) / self.zoom
        self._ratio *= factor
        self._shift = end + (self._shift - start) * factor
        self._shift += way_back(self._sheet(), QRectF(self._view.viewport().rect()))
        self._anchor = end
        self._rest.start()
        self._view.viewport().update()
        self.changed.emit(self.zoom)

    def settle(self) -> None:
        """Ends the gesture; the view takes over the zoom and paints sharp."""
        if not self.is_active:
            return
        self._rest.stop()
        place = self._view.to_sheet((self._anchor - self._shift) / self._ratio)
        zoom = self.zoom
        self.is_active = False
        self._ratio = 1.0
        self._snapshot = QPixmap()
        self._view.bring(place, self._anchor, zoom)
        self._view.viewport().update()

    def paint(self) -> None:
        """Paints the viewport in the middle of the gesture."""
        with QPainter(self._view.viewport()) as painter:
            area = QRectF(self._view.viewport().rect())
            seen = QRectF(self._shift, area.size() * self._ratio)
            if not seen.contains(area):
                painter.fillRect(area, self._view.desk())
                backdrop = self._view.backdrop()
                painter.drawPixmap(self._sheet(), backdrop, QRectF(backdrop.rect()))
            painter.drawPixmap(seen, self._snapshot, QRectF(self._snapshot.rect()))

    def _sheet(self) -> QRectF:
        """The sheet as one sees it now, in pixels of the viewport."""
        sheet = self._view.sheet_in_view()
        return QRectF(sheet.topLeft() * self._ratio + self._shift, sheet.size() * self._ratio)

    def _begin(self) -> None:
        self._snapshot = self._view.snapshot()
        self._ratio = 1.0
        self._shift = QPointF()
        self.is_active = True
