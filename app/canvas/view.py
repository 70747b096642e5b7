"""The view of the map: it passes events on; what they do is decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from app.canvas.cells import Cells
from app.canvas.drops import DropZone
from app.canvas.gestures.base import Spot, Surface
from app.canvas.hands import Hands
from app.canvas.items import to_qrect, to_rect
from app.canvas.map_filter import MapFilter
from app.canvas.overview import Overview
from app.canvas.scene import MapScene
from app.canvas.selection import Selection
from app.canvas.writing_view import WritingView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent

    from app.canvas.found_marks import FoundMarks
    from app.canvas.heat import HeatMap
    from app.layout.engine import MapLayout
    from app.model.document import Document

PASSING: Final = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason})
"""Reasons for which the focus leaves for a moment only."""

SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class MapView(WritingView):
    """Shows one map at a time."""

    changed = Signal()
    """The map has changed, or a gesture is over."""

    turned = Signal()
    """Another map is shown, or none any more."""

    said = Signal(str)
    """A sentence for the user: why something cannot be done."""

    menu_asked = Signal(object, QPoint)
    """A menu is wanted: for what (`Ask`), and where on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selection = Selection(self)
        self.map_filter = MapFilter(self)
        self.selection.changed.connect(self._reveal_lanes)
        self._hands = Hands(self, self)
        self._hands.ended.connect(self.changed)
        self._hands.said.connect(self.said)
        self._drops = DropZone(self, self._hands, self.pictures_offered.emit, self.said.emit)
        self._cells = Cells(self, self)
        self._cells.said.connect(self.said)
        self.editing.begun.connect(self._hands.cancel)
        self.selection.changed.connect(self.editing.fresh.forget)
        self._hands.begun.connect(self.cells.linking.cancel)
        self._cells.pictures_offered.connect(self.pictures_offered)
        self._cells.cards_offered.connect(self.cards_offered)
        self.editing.changed.connect(self.changed)
        self._heat: HeatMap | None = None
        self._wants_heat = False
        self._found: FoundMarks | None = None
        self._set_up()

    def _set_up(self) -> None:
        self.setViewport(QWidget(self))  # one made by Qt itself PySide would compare with all the classes of widgets
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Map"))

    # The map

    @property
    def heat(self) -> HeatMap | None:
        """The evidence heat map, while it is shown."""
        return self._heat

    def show_heat(self, is_shown: bool) -> None:
        """Shows or hides how well the map is known; other maps are shown alike."""
        from app.canvas.heat import HeatMap

        self._wants_heat = is_shown
        if self._heat is not None and not is_shown:
            self._heat.close()
            self._heat = None
        elif self._heat is None and is_shown and self._scene is not None:
            self._heat = HeatMap(self._scene)
            self._heat.changed.connect(self.changed)

    def show_found(self, ids: Iterable[str]) -> None:
        """Marks these as what was found, and nothing else, until another map is shown."""
        from app.canvas.found_marks import FoundMarks

        if self._found is None and self._scene is not None:
            self._found = FoundMarks(self._scene)
        if self._found is not None:
            self._found.show_marks(ids)

    def show_map(self, document: Document, layout: MapLayout) -> None:
        """Shows another map from its beginning."""
        self.close_map()
        self._scene = MapScene(document, layout, self.selection, self.map_filter, self)
        self.map_filter.set_document(document)  # after the scene, which then knows of a change already
        self._overview = Overview(self._scene)
        self._scene.relaid.connect(self._set_bounds)
        self._scene.relaid.connect(self.changed)
        self.setScene(self._scene)
        if self._wants_heat:
            self.show_heat(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.show_beginning()
        self.turned.emit()

    def close_map(self) -> None:
        """Puts the map away."""
        self.cancel()
        self._zooming.settle()
        self.selection.clear()
        if self._heat is not None:
            self._heat.close()
            self._heat = None
        self._found = None  # it goes with its scene
        self._let_go()
        self.map_filter.set_document(None)
        self.turned.emit()

    @property
    def is_dragging(self) -> bool:
        return self._hands.is_busy

    def cancel(self) -> bool:
        """Puts back what a gesture in progress has done; what is being written is kept. True where there was either."""
        return self.editing.commit() or self.cells.linking.cancel() or self._hands.cancel()

    def put_back(self) -> None:
        self.editing.release()
        self._hands.cancel()

    # What the hands ask for

    def spot_at(self, view: QPointF, modifiers: Qt.KeyboardModifier) -> Spot:
        """A spot of the viewport as gestures need it."""
        place = self.to_sheet(view)
        on_map = self._scene.spot(place.x(), place.y()) if self._scene is not None else None
        return Spot(QPointF(view), place.x(), place.y(), on_map, modifiers)

    def surface(self) -> Surface:
        return Surface(self.transform().m11(), self.devicePixelRatioF(), to_rect(self._visible()))

    def show_cursor(self, shape: Qt.CursorShape) -> None:
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    # Events

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

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Drop:
            self.setFocus()  # before it lands: what comes may be named elsewhere
        return self._drops.handle(event) or super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        self._zooming.settle()
        self._hands.hold(event.modifiers())
        if self.cells.key(event):
            return
        if key == Qt.Key.Key_Escape:
            if not (self.cancel() or self.editing.take_back()):
                self.cells.leave()
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
        is_at_work = self.editing.is_active or self.cells.linking.is_active
        if not (is_at_work and event.reason() in PASSING):
            self.cancel()
        self._hands.hold_to_pan(False)
        super().focusOutEvent(event)

    # Inside

    def _reveal_lanes(self) -> None:
        """What one goes to is to be seen, though its lane was hidden."""
        self.map_filter.reveal(self.selection)

    def _spot(self, event: QMouseEvent) -> Spot:
        return self.spot_at(event.position(), event.modifiers())

    def _on_text(self, event: QMouseEvent) -> bool:
        """True where the left button goes down on the text that is being edited, which puts the caret there."""
        is_left = self.editing.is_active and event.button() == Qt.MouseButton.LeftButton
        return is_left and self.editing.press(self._spot(event), extends=bool(event.modifiers() & SHIFT))

    def _middle_of_current(self) -> QPointF:
        """Where on the viewport that is which the keyboard goes on from; its middle where there is nothing."""
        area = self._scene.current_area() if self._scene is not None else None
        if area is None:
            return QPointF(self.viewport().rect().center())
        return self.viewportTransform().map(to_qrect(area).center())
