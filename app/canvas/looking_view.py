"""A view of a map that one looks at and does not change: drag to pan, wheel to scroll and zoom, click to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.canvas.items import to_rect
from app.canvas.map_filter import MapFilter
from app.canvas.overview import Overview
from app.canvas.revealing import move_to_show
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.canvas.sheet_view import SheetView
from app.layout.lookup import hit

if TYPE_CHECKING:
    from app.layout.drawing import Rect
    from app.layout.engine import MapLayout
    from app.layout.fields import Part
    from app.model.document import Document

THRESHOLD: Final = 5.0
"""Pixels that the mouse must move with a button down before it pans."""

AROUND: Final = 4.0
"""mm around what is shown that are seen with it."""


class LookingView(SheetView):
    """Shows one map at a time, and tells where one is."""

    picked = Signal(str)
    """The id of what was clicked; empty: nothing lies there."""

    looked = Signal()
    """Another part of the sheet is in view, or at another size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = Selection(self)
        self.map_filter = MapFilter(self)
        self._pressed: QPointF | None = None
        self._last: QPointF | None = None
        self.zoomed.connect(self.looked)

    def show_map(self, document: Document, layout: MapLayout) -> None:
        """Shows a map from its beginning in place of the one before."""
        self.close_map()
        self._scene = MapScene(document, layout, self.selection, self.map_filter, self)
        self._scene.handle.hide(True)
        self._overview = Overview(self._scene)
        self.setScene(self._scene)
        self.show_beginning()

    def close_map(self) -> None:
        """Puts the map away."""
        self._zooming.settle()
        self.selection.clear()
        self._let_go()

    @property
    def corner(self) -> QPointF:
        """What lies in the corner between the headers as they now stand, where reading begins; mm of the sheet."""
        if self._scene is None:
            return QPointF()
        seen, layout = self._visible(), self._scene.layout
        y = max(seen.top(), layout.head.y) + layout.head.h
        if layout.rtl:
            return QPointF(min(seen.right(), layout.side.right) - layout.side.w, y)
        return QPointF(max(seen.left(), layout.side.x) + layout.side.w, y)

    def show_area(self, area: Rect) -> None:
        """Scrolls to a rectangle of the sheet and puts it near the middle where it is out of sight."""
        if self._scene is None:
            return
        layout = self._scene.layout
        is_head = layout.head.y <= area.y and area.bottom <= layout.head.bottom
        is_side = layout.side.x <= area.x and area.right <= layout.side.right and not is_head
        part: Part = "head" if is_head else "side" if is_side else "sheet"
        area = area.grown(AROUND)
        across, down = move_to_show(layout, to_rect(self._visible()), area, part)
        if across or down:
            seen = to_rect(self._visible())
            middle = area.x + area.w / 2 - seen.x - seen.w / 2, area.y + area.h / 2 - seen.y - seen.h / 2
            self._move_by(middle[0] if across else 0.0, middle[1] if down else 0.0)
            self._stay_on_sheet()
            self._move_by(*move_to_show(layout, to_rect(self._visible()), area, part))

    def put_back(self) -> None:
        self._pressed = self._last = None
        self.viewport().unsetCursor()

    # Events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.looked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._zooming.settle()
        self._pressed, self._last = event.position(), None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if self._last is None and (event.position() - self._pressed).manhattanLength() < THRESHOLD:
            return
        before, self._last = self._last or self._pressed, event.position()
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.scroll_by(before.x() - self._last.x(), before.y() - self._last.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_click = self._pressed is not None and self._last is None and event.button() == Qt.MouseButton.LeftButton
        self.put_back()
        if is_click:
            self.picked.emit(self._id_at(event.position()))

    def _id_at(self, spot: QPointF) -> str:
        place = self.to_sheet(spot)
        on_map = self._scene.spot(place.x(), place.y()) if self._scene is not None else None
        found = hit(self._scene.layout, *on_map) if self._scene is not None and on_map is not None else None
        return found.id if found is not None else ""
