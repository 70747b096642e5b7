"""The view of the map: it scrolls, zooms and passes events on; what they do is decided elsewhere.

100 % shows a millimetre of the sheet as 96/25.4 pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPixmap,
    QRegion,
    QTransform,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from app.canvas.cells import Cells
from app.canvas.drops import DropZone
from app.canvas.gestures.base import Spot, Surface
from app.canvas.hands import Hands
from app.canvas.items import to_qrect, to_rect
from app.canvas.overview import Overview
from app.canvas.painter import PX_PER_MM, Exposed
from app.canvas.revealing import move_to_show, move_to_show_text
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.canvas.writing_view import WritingView
from app.canvas.zoom import ZoomGesture, limited
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from app.layout.engine import MapLayout
    from app.layout.fields import Part
    from app.model.document import Document

DESK: Final = "#E8ECF1"
STEP: Final = 1.25
"""The factor of one step of zooming by key."""

MARGIN: Final = 24.0
"""So many pixels of the sheet stay in sight however far one scrolls."""

EDGE: Final = 0.1
"""Millimetres by which what is painted anew is larger than what is exposed, for lines that lie on its edge."""

LEAST_WHOLE: Final = 0.7
"""Below this zoom small print is hard to read, so a map that is wider is shown from its beginning at 100 %."""

WHEEL_PIXELS: Final = 0.75
"""Pixels of scrolling for each eighth of a degree that the wheel turns."""

PASSING: Final = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason})
"""Reasons for which the focus leaves for a moment only."""

INPUT: Final = frozenset({QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class MapView(WritingView):
    """Shows one map at a time."""

    zoomed = Signal(float)
    """The zoom has changed, 1.0 being 100 %."""

    changed = Signal()
    """The map has changed, or a gesture is over."""

    said = Signal(str)
    """A sentence for the user: why something cannot be done."""

    menu_asked = Signal(object, QPoint)
    """A menu is wanted: for what (`Ask`), and where on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = Selection(self)
        self._scene: MapScene | None = None
        self._is_at_beginning = False
        self._overview: Overview | None = None
        self._zooming = ZoomGesture(self, self)
        self._zooming.changed.connect(self.zoomed)
        self._hands = Hands(self, self)
        self._hands.ended.connect(self.changed)
        self._hands.said.connect(self.said)
        self._drops = DropZone(self, self._hands)
        self._cells = Cells(self, self)
        self._cells.said.connect(self.said)
        self.editing.begun.connect(self._hands.cancel)
        self.editing.changed.connect(self.changed)
        self._set_up()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundBrush(QColor(DESK))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a right-to-left map mirrors itself
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlags(
            QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing
            | QGraphicsView.OptimizationFlag.DontSavePainterState
        )
        self.setInteractive(False)  # events go to the hands, never to items
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Map"))

    # The map

    def show_map(self, document: Document, layout: MapLayout) -> None:
        """Shows another map from its beginning."""
        self.close_map()
        self._scene = MapScene(document, layout, self.selection, self)
        self._overview = Overview(self._scene)
        self._scene.relaid.connect(self._set_bounds)
        self._scene.relaid.connect(self.changed)
        self.setScene(self._scene)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.show_beginning()

    def close_map(self) -> None:
        """Puts the map away."""
        self.cancel()
        self._zooming.settle()
        self.selection.clear()
        scene, self._scene = self._scene, None
        if scene is not None:
            assert self._overview is not None
            self._overview.stop()
            self._overview = None
            scene.close()
            self.setScene(None)
            scene.deleteLater()

    def map_scene(self) -> MapScene | None:
        """The scene of the map that is shown."""
        return self._scene

    @property
    def is_dragging(self) -> bool:
        return self._hands.is_busy

    def cancel(self) -> bool:
        """Puts back what a gesture in progress has done; what is being written is kept. True where there was either."""
        return self.editing.commit() or self._hands.cancel()

    # Zoom

    @property
    def zoom(self) -> float:
        """The zoom, 1.0 being 100 %."""
        return self.transform().m11() / PX_PER_MM

    def zoom_to(self, zoom: float) -> None:
        """Zooms about the middle of the view."""
        self._zooming.settle()
        middle = QPointF(self.viewport().rect().center())
        self.bring(self.to_sheet(middle), middle, limited(zoom))

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
        outlines = [outline for id in self.selection if (outline := self._scene.outline(id))]
        if outlines:
            area = QRectF()
            for outline in outlines:
                area = area.united(QRectF(*outline.rect))
            self._fit(to_rect(area).grown(6.0), 2.0)

    def show_beginning(self) -> None:
        """Shows where the map begins: the whole width where that stays readable, else the first stages at 100 %.

        Until one goes elsewhere that holds for every size of the window.
        """
        if self._scene is None:
            return
        width, _ = self._scene.layout.size
        room = self.viewport().width() / PX_PER_MM
        zoom = room / width if LEAST_WHOLE * width <= room <= width else 1.0
        if width < room:
            self.bring(QPointF(width / 2, 0.0), QPointF(self.viewport().width() / 2, 0.0), zoom)
        elif self._scene.layout.rtl:
            self.bring(QPointF(width, 0.0), QPointF(self.viewport().width(), 0.0), zoom)
        else:
            self.bring(QPointF(0.0, 0.0), QPointF(0.0, 0.0), zoom)
        self._is_at_beginning = True

    def _fit(self, area: Rect, most: float) -> None:
        self._zooming.settle()
        room = self.viewport().size()
        zoom = min((room.width() - 16) / area.w, (room.height() - 16) / area.h) / PX_PER_MM
        centre = QPointF(area.x + area.w / 2, area.y + area.h / 2)
        self.bring(centre, QPointF(room.width() / 2, room.height() / 2), limited(min(zoom, most)))

    def bring(self, place: QPointF, spot: QPointF, zoom: float) -> None:
        """Zooms, and scrolls so that a place of the sheet (mm) is at a spot of the viewport (px)."""
        scale = zoom * PX_PER_MM
        self.setTransform(QTransform.fromScale(scale, scale))
        self._set_bounds()
        self._scroll_to(place, spot)
        self._stick()
        self._is_at_beginning = False
        if self._scene is not None:
            self._scene.handle.refresh()
        self.zoomed.emit(self.zoom)

    def reveal(self, area: Rect) -> None:
        """Scrolls as little as is needed to show a rectangle of the sheet, clear of the headers."""
        if self._scene is not None:
            self._move_by(*move_to_show(self._scene.layout, to_rect(self._visible()), area))

    def reveal_current(self) -> None:
        """Scrolls to what the keyboard goes on from."""
        area = self._scene.current_area() if self._scene is not None else None
        if area is not None:
            self.reveal(area)

    def reveal_text(self, area: Rect, part: Part) -> None:
        """Scrolls to a part of a text."""
        if self._scene is not None:
            self._move_by(*move_to_show_text(self._scene.layout, to_rect(self._visible()), area, part))

    def thumbnail(self) -> bytes | None:
        """A small picture of the map as PNG, for the file."""
        return self._overview.thumbnail() if self._overview is not None else None

    # What the zoom gesture asks for

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

    def sheet_in_view(self) -> QRectF:
        """The sheet in pixels of the viewport."""
        size = self._scene.layout.size if self._scene is not None else (0.0, 0.0)
        return self.viewportTransform().mapRect(QRectF(0, 0, *size))

    def to_sheet(self, spot: QPointF) -> QPointF:
        """A spot of the viewport (px) on the sheet (mm)."""
        return self.viewportTransform().inverted()[0].map(spot)

    # What the hands ask for

    def spot_at(self, view: QPointF, modifiers: Qt.KeyboardModifier) -> Spot:
        """A spot of the viewport as gestures need it."""
        place = self.to_sheet(view)
        on_map = self._scene.spot(place.x(), place.y()) if self._scene is not None else None
        return Spot(QPointF(view), place.x(), place.y(), on_map, modifiers)

    def surface(self) -> Surface:
        return Surface(self.transform().m11(), self.devicePixelRatioF(), to_rect(self._visible()))

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

    def show_cursor(self, shape: Qt.CursorShape) -> None:
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    # Events

    def paintEvent(self, event: QPaintEvent) -> None:
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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._stick()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._zooming.settle()
        is_rtl = self._scene is not None and self._scene.layout.rtl
        place = self.to_sheet(QPointF(event.oldSize().width() if is_rtl else 0, 0))
        super().resizeEvent(event)
        if self._is_at_beginning:
            self.show_beginning()
        elif self._scene is not None:
            self._set_bounds()
            self._scroll_to(place, QPointF(event.size().width() if is_rtl else 0, 0))
            self._stick()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._zooming.settle()
        if self._on_text(event):
            return
        if event.button() != Qt.MouseButton.MiddleButton:
            self.editing.commit()
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._zooming.is_active and not self.editing.drag(self._spot(event)):
            self._hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.editing.release():
            self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot, is_left = self._spot(event), event.button() == Qt.MouseButton.LeftButton
        if self.editing.is_active and is_left and self.editing.press(spot, extends=False, double=True):
            return
        self.editing.commit()
        if not self._hands.double(event) and not (is_left and self.cells.edit_at(spot)):
            self._hands.press(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.reveal_current()
            view = self._middle_of_current()
            ask = self._hands.ask_by_key(view)
        else:
            view = QPointF(self.viewport().mapFromGlobal(event.globalPos()))
            ask = self._hands.ask(self.spot_at(view, event.modifiers()))
        if ask is not None:
            self.menu_asked.emit(ask, self.viewport().mapToGlobal(view.toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hands.leave()
        super().leaveEvent(event)

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
            self._zooming.by(max(0.1, 1.0 + event.value()), event.position())
            return True
        if self._scene is not None and event.type() in INPUT:
            self._scene.idle.poke()
        if self._drops.handle(event):
            if event.type() == QEvent.Type.Drop:
                self.setFocus()
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        self._zooming.settle()
        self._hands.hold(event.modifiers())
        if self.cells.key(event):
            return
        if key == Qt.Key.Key_Escape:
            if not self.cancel():
                self.selection.clear()
        elif event.matches(QKeySequence.StandardKey.Undo) and self.is_dragging:
            self.cancel()  # the window's own undo is off as long as there is nothing else to undo
        elif key == Qt.Key.Key_Space:
            self._hands.hold_to_pan(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hands.hold_to_pan(False)
        self._hands.hold(event.modifiers())
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if not (self.editing.is_active and event.reason() in PASSING):
            self.cancel()
        self._hands.hold_to_pan(False)
        super().focusOutEvent(event)

    # Inside

    def _spot(self, event: QMouseEvent) -> Spot:
        return self.spot_at(event.position(), event.modifiers())

    def _on_text(self, event: QMouseEvent) -> bool:
        """True where the left button goes down on the text that is being edited, which puts the caret there."""
        is_left = self.editing.is_active and event.button() == Qt.MouseButton.LeftButton
        return is_left and self.editing.press(self._spot(event), extends=bool(event.modifiers() & SHIFT))

    def _middle_of_current(self) -> QPointF:
        """Where on the viewport that is which the keyboard goes on from; its middle where there is nothing."""
        current = self.selection.current
        outline = self._scene.outline(current) if self._scene is not None and current is not None else None
        if outline is None:
            return QPointF(self.viewport().rect().center())
        return self.viewportTransform().map(to_qrect(outline.rect).center())

    def _parts(self, region: QRegion) -> Exposed:
        """The rectangles of a region of the viewport, in mm of the sheet."""
        back = self.viewportTransform().inverted()[0]
        parts: Iterable[QRect] = region  # type: ignore[assignment]
        return tuple(to_rect(back.mapRect(QRectF(part))).grown(EDGE) for part in parts)

    def _visible(self) -> QRectF:
        """What is in view, in mm of the sheet."""
        return self.viewportTransform().inverted()[0].mapRect(QRectF(self.viewport().rect()))

    def _stick(self) -> None:
        if self._scene is not None:
            self._scene.stick(self._visible())

    def _set_bounds(self) -> None:
        """Lets one scroll until only a margin of the sheet is in sight, so that zooming can keep any place in place."""
        if self._scene is None:
            return
        width, height = self._scene.layout.size
        scale = self.transform().m11()
        across = max(0.0, self.viewport().width() - MARGIN) / scale
        down = max(0.0, self.viewport().height() - MARGIN) / scale
        bounds = QRectF(0, 0, width, height).adjusted(-across, -down, across, down)
        if bounds != self.sceneRect():
            self.setSceneRect(bounds)

    def _move_by(self, dx: float, dy: float) -> None:
        """Moves the view by so many mm of the sheet."""
        if dx or dy:
            self.scroll_by(dx * self.transform().m11(), dy * self.transform().m11())

    def _scroll_to(self, place: QPointF, spot: QPointF) -> None:
        off = self.viewportTransform().map(place) - spot
        self.scroll_by(off.x(), off.y())
