"""A view of the sheet: how large it is shown and which part of it, the headers always in sight.

100 % shows a millimetre of the sheet as 96/25.4 pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QNativeGestureEvent, QPixmap, QRegion, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from app.canvas.bounds import fitting_zoom, scroll_bounds
from app.canvas.items import to_rect
from app.canvas.overview import Overview
from app.canvas.painter import PX_PER_MM, Exposed
from app.canvas.revealing import move_to_show, with_headers
from app.canvas.zoom import LEAST, ZoomGesture, limited
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect, QSize
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

    from app.canvas.scene import MapScene
    from app.canvas.touching import Fingers
    from app.layout.fields import Part
    from app.model.diff import Diff

DESK: Final = "#E8ECF1"
EDGE: Final = 0.1
"""Millimetres by which what is painted anew is larger than what is exposed, for lines that lie on its edge."""

WHEEL_PIXELS: Final = 0.75
"""Pixels of scrolling for each eighth of a degree that the wheel turns."""

TOUCH: Final = frozenset(
    {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}
)
INPUT: Final = frozenset({QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, *TOUCH})
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

STEP: Final = 1.25
"""The factor of one step of zooming by key."""

LEAST_WHOLE: Final = 0.7
"""Below this zoom small print is hard to read, so a map that is wider is shown from its beginning at 100 %."""


HEAD_SHARE: Final = 0.4
"""A title with personas that is higher than this share of the view is left above it at first."""

LEAST_TYPE, GOOD_TYPE = 7.0, 12.0
"""Pixels of type below which nobody writes, and that it then gets."""

PX_PER_PT: Final = 96 / 72
"""Pixels per point at 100 %."""


class SheetView(QGraphicsView):
    """Zooms and scrolls. Its heirs say which map is shown."""

    zoomed = Signal(float)
    """The zoom has changed, 1.0 being 100 %."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: MapScene | None = None
        self._overview: Overview | None = None
        self._is_at_beginning = False
        self._begins_at_grid = False
        self._seen_in: QSize | None = None
        self._zooming = ZoomGesture(self, self)
        self._zooming.changed.connect(self.zoomed)
        self._fingers: Fingers | None = None
        self._set_up_sheet()

    def _set_up_sheet(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(QColor(DESK))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a right-to-left map mirrors itself
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the room for the map must not depend on its zoom
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
            | QGraphicsView.OptimizationFlag.DontSavePainterState
        )
        self.setInteractive(False)  # events go to the view, never to items
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def is_dragging(self) -> bool:
        """True while something is dragged, which must not be lost by zooming."""
        return False

    def put_back(self) -> None:
        """Puts back what is being dragged; what is being written goes on."""

    def map_scene(self) -> MapScene | None:
        """The scene of the map that is shown."""
        return self._scene

    # Zoom

    @property
    def zoom(self) -> float:
        """The zoom, 1.0 being 100 %."""
        return self.transform().m11() / PX_PER_MM

    @property
    def least_zoom(self) -> float:
        """The least zoom: what shows the whole map, if that is less than what is usual."""
        size = self._scene.layout.size if self._scene is not None else (1.0, 1.0)
        return min(LEAST, fitting_zoom(self.viewport().size(), *size))

    def zoom_to(self, zoom: float) -> None:
        """Zooms about the middle of the view."""
        self._zooming.settle()
        middle = QPointF(self.viewport().rect().center())
        self.bring(self.to_sheet(middle), middle, limited(zoom, self.least_zoom))

    def zoom_in(self) -> None:
        self.zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        self.zoom_to(self.zoom / STEP)

    def fit_map(self) -> None:
        """Shows the whole sheet."""
        if self._scene is not None:
            self._fit(Rect(0, 0, *self._scene.layout.size), 1.0)

    def fit_selection(self) -> None:
        """Shows what is selected, as large as it goes but not above 200 %."""
        if self._scene is None:
            return
        outlines = [outline for id in self._scene.selection if (outline := self._scene.outline(id))]
        if outlines:
            area = QRectF()
            for outline in outlines:
                area = area.united(QRectF(*outline.rect))
            self._fit(with_headers(self._scene.layout, to_rect(area).grown(6.0)), 2.0)

    def show_beginning(self) -> None:
        """Shows where the map begins: the whole width where that stays readable, else the first stages at 100 %.

        In a low window that is the grid, and what the map says of itself lies above. Until one goes elsewhere that
        holds for every size of the window; tables and bars that open in it change nothing of what one sees first.
        """
        if self._scene is not None:
            self._seen_in = None
            self._begin()

    def _begin(self) -> None:
        assert self._scene is not None
        left, right = self._scene.first_sight
        width, room = right - left, self.viewport().width() / PX_PER_MM
        zoom = room / width if LEAST_WHOLE * width <= room <= width else 1.0
        top = self._first_top(zoom)
        if width < room:
            self.bring(QPointF((left + right) / 2, top), QPointF(self.viewport().width() / 2, 0.0), zoom)
        elif self._scene.layout.rtl:
            self.bring(QPointF(right, top), QPointF(self.viewport().width(), 0.0), zoom)
        else:
            self.bring(QPointF(left, top), QPointF(0.0, 0.0), zoom)
        self._is_at_beginning = True

    def show_title(self) -> None:
        """Scrolls to what the map says of itself: its title, what it is for, and the personas."""
        self._zooming.settle()
        sheet = self.sheet_in_view()
        is_rtl = self._scene is not None and self._scene.layout.rtl
        across = max(0.0, sheet.right() - self.viewport().width()) if is_rtl else min(0.0, sheet.left())
        self.scroll_by(across, sheet.top())

    @property
    def is_below_title(self) -> bool:
        """Whether most of what the map says of itself is out of sight above."""
        return self._scene is not None and 2.0 * self._visible().top() > self._scene.layout.head.y

    def _fit(self, area: Rect, most: float) -> None:
        self._zooming.settle()
        room = self.viewport().size()
        zoom = min(most, fitting_zoom(room, area.w, area.h))
        centre = QPointF(area.x + area.w / 2, area.y + area.h / 2)
        self.bring(centre, QPointF(room.width() / 2, room.height() / 2), limited(zoom, self.least_zoom))

    def bring(self, place: QPointF, spot: QPointF, zoom: float) -> None:
        """Zooms, and scrolls so that a place of the sheet (mm) is at a spot of the viewport (px)."""
        scale = zoom * PX_PER_MM
        self.setTransform(QTransform.fromScale(scale, scale))
        self._set_bounds(place - spot / scale)
        self._scroll_to(place, spot)
        self._stick()
        self._is_at_beginning = False
        if self._scene is not None:
            self._scene.handle.refresh()
        self.zoomed.emit(self.zoom)

    def reveal(self, area: Rect, part: Part = "sheet") -> None:
        """Scrolls as little as is needed to show a rectangle of a part of the sheet, clear of the headers."""
        if self._scene is not None:
            self._move_by(*move_to_show(self._scene.layout, to_rect(self._visible()), area, part))

    def reveal_current(self) -> None:
        """Scrolls to what the keyboard goes on from."""
        area = self._scene.current_area() if self._scene is not None else None
        if self._scene is not None and area is not None:
            self.reveal(area, self._scene.part_of(self._scene.selection.current))

    def reveal_change(self, diff: Diff) -> None:
        """Scrolls to what a step changed, where none of it is in sight."""
        from app.canvas.retracing import way_to_change

        if self._scene is not None:
            self._move_by(*way_to_change(self._scene, diff, to_rect(self._visible())))

    def reveal_text(self, area: Rect, part: Part, size: float) -> None:
        """Scrolls to a part of a text of so many points, and zooms in where it is too small to be read."""
        self.reveal(area, part)
        pixels = size * PX_PER_PT
        if self.zoom * pixels < LEAST_TYPE:
            middle = QPointF(area.x + area.w / 2, area.y + area.h / 2)
            self.bring(middle, self.viewportTransform().map(middle), limited(GOOD_TYPE / pixels))
            self._stay_on_sheet()
            self.reveal(area, part)

    def _stay_on_sheet(self) -> None:
        """Scrolls so that no desk is seen where the sheet fills the view."""
        sheet, area = self.sheet_in_view(), QRectF(self.viewport().rect())
        across = max(0.0, sheet.left()) or min(0.0, sheet.right() - area.right())
        down = max(0.0, sheet.top()) or min(0.0, sheet.bottom() - area.bottom())
        self.scroll_by(
            across if sheet.width() >= area.width() else 0.0, down if sheet.height() >= area.height() else 0.0
        )

    # Scrolling

    def scroll_by(self, dx: float, dy: float) -> None:
        """Moves the view over the sheet by so many pixels."""
        self._is_at_beginning = False
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(round(across.value() + dx))
        down.setValue(round(down.value() + dy))

    def hidden_beyond(self, dx: float, dy: float) -> bool:
        """True where the sheet goes on out of sight in this direction."""
        sheet, area = self.sheet_in_view(), QRectF(self.viewport().rect())
        return (
            (dx < 0 and sheet.left() < area.left())
            or (dx > 0 and sheet.right() > area.right())
            or (dy < 0 and sheet.top() < area.top())
            or (dy > 0 and sheet.bottom() > area.bottom())
        )

    def view_size(self) -> tuple[float, float]:
        return self.viewport().width(), self.viewport().height()

    def sheet_in_view(self) -> QRectF:
        """The sheet in pixels of the viewport."""
        size = self._scene.layout.size if self._scene is not None else (0.0, 0.0)
        return self.viewportTransform().mapRect(QRectF(0, 0, *size))

    def to_sheet(self, spot: QPointF) -> QPointF:
        """A spot of the viewport (px) on the sheet (mm)."""
        return self.viewportTransform().inverted()[0].map(spot)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._stick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._zooming.settle()
        is_rtl = self._scene is not None and self._scene.layout.rtl
        place = self.to_sheet(QPointF(event.oldSize().width() if is_rtl else 0, 0))
        super().resizeEvent(event)
        if self._scene is None:
            return  # the map has been closed, and the panels go with it
        if self._is_at_beginning:
            self._begin()
        else:
            spot = QPointF(event.size().width() if is_rtl else 0, 0)
            self._set_bounds(place - spot / self.transform().m11())
            self._scroll_to(place, spot)
            self._stick()

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._seen_in is None:
            self._seen_in = self.window().size()
        if self._zooming.is_active:
            self._zooming.paint()
        elif self._scene is not None:
            region = event.region()
            headers = [self.viewportTransform().mapRect(area) for area in self._scene.covered()]
            below = region
            for header in headers:
                below = below.subtracted(QRegion(header.toAlignedRect().adjusted(1, 1, -1, -1)))
            self._scene.exposed = self._parts(below), self._parts(region)
            super().paintEvent(event)
            self._scene.exposed = None
        else:
            super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & CONTROL:
            if not self.is_dragging:
                self._zooming.by(2.0 ** (turn.y() / 480), event.position())
        else:
            self._zooming.settle()
            pixels = event.pixelDelta()
            by = QPointF(pixels) if not pixels.isNull() else QPointF(turn) * WHEEL_PIXELS
            sideways = bool(event.modifiers() & SHIFT) and not by.x()
            self.scroll_by(-(by.y() if sideways else by.x()), 0.0 if sideways else -by.y())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            if not self.is_dragging:
                self._zooming.by(max(0.1, 1.0 + event.value()), event.position())
            return True
        if self._scene is not None and event.type() in INPUT:
            self._scene.idle.poke()
        return self._goes_to_fingers(event) or super().viewportEvent(event)

    def _goes_to_fingers(self, event: QEvent) -> bool:
        """True where an event is one of a touch screen, or made of such, and nobody else is to have it."""
        if self._fingers is None and event.type() in TOUCH:
            from app.canvas.touching import Fingers

            self._fingers = Fingers(self, self._zooming, self)
        return self._fingers is not None and self._fingers.take(event)

    # Pictures of it

    def thumbnail(self) -> bytes | None:
        """A small picture of the map as PNG, for the file."""
        return self._overview.thumbnail() if self._overview is not None else None

    def snapshot(self) -> QPixmap:
        """What is in view, without headers that are away from their place: they would end up in the middle."""
        if self._scene is None:
            return self.viewport().grab()
        with self._scene.headers_at_home():
            return self.viewport().grab()

    def backdrop(self) -> QPixmap:
        return self._overview.pixmap if self._overview is not None else QPixmap()

    def desk(self) -> QBrush:
        return self.backgroundBrush()

    # Inside

    def _let_go(self) -> None:
        """Puts the scene away with all that shows it, where there is one."""
        if self._fingers is not None:
            self._fingers.stop()
        scene, self._scene = self._scene, None
        if scene is not None:
            assert self._overview is not None
            self._overview.stop()
            self._overview = None
            scene.close()
            self.setScene(None)
            scene.deleteLater()

    def _visible(self) -> QRectF:
        """What is in view, in mm of the sheet."""
        return self.viewportTransform().inverted()[0].mapRect(QRectF(self.viewport().rect()))

    def _stick(self) -> None:
        if self._scene is not None:
            self._scene.stick(self._visible())

    def _first_top(self, zoom: float) -> float:
        """How far down, in mm of the sheet, one looks at first: so that some of the grid is in sight.

        That is decided for a size of the window, and for good once it was seen.
        """
        assert self._scene is not None
        layout, seen = self._scene.layout, self.viewport().height() / (zoom * PX_PER_MM)
        if self._seen_in != self.window().size():
            self._seen_in = None
            self._begins_at_grid = layout.head.y > HEAD_SHARE * seen
        if not self._begins_at_grid:
            return 0.0
        return min(layout.head.y, max(0.0, layout.size[1] - seen))

    def _set_bounds(self, corner: QPointF | None = None) -> None:
        """Says where one can scroll. `corner`: what the top-left corner will be, mm of the sheet; None: it stays."""
        if self._scene is None:
            return
        scale, sheet = self.transform().m11(), QRectF(0, 0, *self._scene.layout.size)
        seen = self._visible()
        seen.moveTopLeft(corner if corner is not None else seen.topLeft())
        bounds = scroll_bounds(sheet, seen, scale)
        if bounds != self.sceneRect():
            self.setSceneRect(bounds)

    def _move_by(self, dx: float, dy: float) -> None:
        """Moves the view by so many mm of the sheet."""
        if dx or dy:
            self.scroll_by(dx * self.transform().m11(), dy * self.transform().m11())

    def _scroll_to(self, place: QPointF, spot: QPointF) -> None:
        off = self.viewportTransform().map(place) - spot
        self.scroll_by(off.x(), off.y())

    def _parts(self, region: QRegion) -> Exposed:
        """The rectangles of a region of the viewport, in mm of the sheet."""
        back = self.viewportTransform().inverted()[0]
        parts: Iterable[QRect] = region  # type: ignore[assignment]
        return tuple(to_rect(back.mapRect(QRectF(part))).grown(EDGE) for part in parts)
