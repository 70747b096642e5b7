"""From mouse events to gestures: press, move far enough, release; Esc, the other button or lost focus cancel.

The gestures are imported when the first of them begins: the map is there sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal

from app.canvas import grips
from app.canvas.gestures.base import Ask, Press
from app.canvas.gestures.pan import Pan
from app.model.document import EditError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QMouseEvent

    from app.canvas.gestures.base import Gesture, Spot, Surface
    from app.canvas.insertion import Entry, Place
    from app.canvas.scene import MapScene
    from app.layout.grid import Hit

THRESHOLD: Final = 5.0
"""Pixels that the mouse must move with a button down before it is a drag."""

EDGE: Final = 36.0
"""Pixels from the edge of the view within which a drag scrolls."""

FASTEST: Final = 24.0
"""Pixels per step of scrolling at an edge."""

STEP: Final = 16
"""Milliseconds between two such steps."""

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier

HOVER: Final = {
    "card": Qt.CursorShape.OpenHandCursor,
    "stage": Qt.CursorShape.OpenHandCursor,
    "step": Qt.CursorShape.OpenHandCursor,
    "lane": Qt.CursorShape.OpenHandCursor,
    "edge": Qt.CursorShape.SplitHCursor,
    "lane_edge": Qt.CursorShape.SplitVCursor,
    "handle": Qt.CursorShape.CrossCursor,
    "point": Qt.CursorShape.SizeAllCursor,
    "persona": Qt.CursorShape.PointingHandCursor,
    "link": Qt.CursorShape.PointingHandCursor,
    "backdrop": Qt.CursorShape.SizeAllCursor,
    "corner_nw": Qt.CursorShape.SizeFDiagCursor,
    "corner_ne": Qt.CursorShape.SizeBDiagCursor,
    "corner_sw": Qt.CursorShape.SizeBDiagCursor,
    "corner_se": Qt.CursorShape.SizeFDiagCursor,
    "fold": Qt.CursorShape.PointingHandCursor,
    "dot": Qt.CursorShape.PointingHandCursor,
}


class Ground(Protocol):
    """What happens where nothing lies."""

    def click(self, spot: Spot) -> None: ...

    def hover(self, spot: Spot | None) -> None: ...

    def insert(self, entry: Entry, place: Place) -> bool: ...


class Canvas(Protocol):
    """What the hands ask of the view."""

    def map_scene(self) -> MapScene | None: ...

    def spot_at(self, view: QPointF, modifiers: Qt.KeyboardModifier) -> Spot: ...

    def surface(self) -> Surface: ...

    def scroll_by(self, dx: float, dy: float) -> None: ...

    def hidden_beyond(self, dx: float, dy: float) -> bool: ...

    def view_size(self) -> tuple[float, float]: ...

    def show_cursor(self, shape: Qt.CursorShape) -> None: ...

    @property
    def cells(self) -> Ground: ...


class Hands(QObject):
    """The state between two mouse events: nothing, a button down, or a gesture in progress."""

    begun = Signal()
    """A gesture begins that does more than pan."""

    ended = Signal()
    """A gesture is over, released or cancelled."""

    said = Signal(str)
    """A sentence for the user: why something cannot be done."""

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._gesture: Gesture | None = None
        self._pressed: Spot | None = None
        self._hit: Hit | None = None
        self._last: Spot | None = None
        self._is_panning_key_down = False
        self._is_arriving = False
        """What is carried in from elsewhere is still at the edge that it came over, which is no wish to scroll."""
        self._has_cancelled = False
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(STEP)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_busy(self) -> bool:
        """True while a gesture is in progress."""
        return self._gesture is not None

    # Events

    def press(self, event: QMouseEvent) -> None:
        spot = self._spot(event)
        self._has_cancelled = self.cancel()
        if self._has_cancelled or event.button() == RIGHT:
            return
        if event.button() == MIDDLE or (event.button() == LEFT and self._is_panning_key_down):
            self._start(Pan(self._canvas, spot), spot)
        elif event.button() == LEFT:
            self._pressed = spot
            self._hit = self._hit_at(spot)
            if self._hit is not None and not spot.modifiers & ADDING:
                self._select_pressed(self._hit)

    def double(self, event: QMouseEvent) -> bool:
        """The second press of a double click. False where that means nothing here."""
        from app.canvas.gestures.table import DOUBLES, GROUND

        spot = self._spot(event)
        scene, hit = self._canvas.map_scene(), self._hit_at(spot)
        act = DOUBLES.get(hit.kind if hit is not None else GROUND)
        is_free = event.button() == LEFT and not self.is_busy
        return is_free and act is not None and scene is not None and act(self._press_on(scene, hit, spot))

    def move(self, event: QMouseEvent) -> None:
        spot = self._spot(event)
        if self._pressed is not None and (spot.view - self._pressed.view).manhattanLength() >= THRESHOLD:
            self._begin_drag()
        if self._gesture is not None:
            self._move(spot)
        elif self._pressed is None:
            self._hover(spot)

    def release(self, event: QMouseEvent) -> None:
        spot = self._spot(event)
        if self._gesture is not None and event.button() in {LEFT, MIDDLE}:
            self.put_down(spot)
        elif self._pressed is not None and event.button() == LEFT:
            self._click(spot)
        self._pressed = None
        self._hover(spot)

    def cancel(self) -> bool:
        """Puts back what a gesture in progress has done. True where there was one."""
        self._pressed = None
        gesture = self._end()
        if gesture is not None:
            self._finish(gesture.cancel)
        return gesture is not None

    def ask(self, spot: Spot) -> Ask | None:
        """Selects what a menu is asked for; None where the button that asks has just cancelled a gesture."""
        scene, hit = self._canvas.map_scene(), self._hit_at(spot)
        has_cancelled, self._has_cancelled = self._has_cancelled, False
        if scene is None or has_cancelled or self.is_busy:
            return None
        if hit is None or hit.kind == "title":
            scene.selection.clear()
        else:
            self._select_pressed(hit)
        return Ask(scene, hit, spot)

    def ask_by_key(self, view: QPointF) -> Ask | None:
        """As `ask`, for what the keyboard goes on from, at a spot of the viewport; for the spot where that is none."""
        spot = self._canvas.spot_at(view, Qt.KeyboardModifier.NoModifier)
        scene = self._canvas.map_scene()
        if scene is None:
            return None
        hit = grips.shown(scene, scene.selection.current)
        is_in_cell = scene.selection.cell is not None  # which stays where it is, whatever lies there
        return Ask(scene, hit, spot) if hit is not None or is_in_cell else self.ask(spot)

    def leave(self) -> None:
        """The mouse has left the map."""
        scene = self._canvas.map_scene()
        if scene is not None and self._gesture is None:
            scene.handle.hover(None)
            scene.hover_lane(None)

    # What comes from elsewhere, such as a palette

    def carry(self, gesture: Gesture, spot: Spot) -> None:
        """Goes on with a gesture that began outside the map."""
        self.cancel()
        self.begun.emit()
        self._start(gesture, spot)
        self._is_arriving = True

    def carried_to(self, spot: Spot) -> None:
        if self._gesture is not None:
            self._move(spot)

    def put_down(self, spot: Spot) -> None:
        gesture = self._end()
        if gesture is not None:
            self._finish(lambda: gesture.release(spot))

    def hold(self, modifiers: Qt.KeyboardModifier) -> None:
        """Other keys are held now than when the mouse last moved."""
        if self._gesture is not None and self._last is not None and modifiers != self._last.modifiers:
            self._move(self._last._replace(modifiers=modifiers))

    def hold_to_pan(self, is_down: bool) -> None:
        """While the key is down the left button moves the sheet."""
        self._is_panning_key_down = is_down
        if not self.is_busy:
            self._canvas.show_cursor(Qt.CursorShape.OpenHandCursor if is_down else Qt.CursorShape.ArrowCursor)

    # Clicks

    def _select_pressed(self, hit: Hit) -> None:
        """What is pressed is selected at once, so that it can be dragged; several selected things stay selected."""
        scene = self._canvas.map_scene()
        if scene is not None and hit.kind != "title" and hit.id not in scene.selection:
            scene.selection.select([hit.id])

    def _click(self, spot: Spot) -> None:
        from app.canvas.gestures.table import CLICKS

        scene, hit = self._canvas.map_scene(), self._hit
        if scene is None:
            return
        if hit is None or hit.kind == "title":
            if not spot.modifiers & ADDING:
                self._canvas.cells.click(spot)
        elif spot.modifiers & ADDING:
            scene.selection.toggle(hit.id)
        elif hit.kind in CLICKS:
            press = self._press_on(scene, hit, spot)
            self._finish(lambda: CLICKS[hit.kind](press))
        else:
            scene.selection.select([hit.id])

    # Drags

    def _begin_drag(self) -> None:
        from app.canvas.gestures.table import DRAGS, GROUND

        scene, spot, hit = self._canvas.map_scene(), self._pressed, self._hit
        self._pressed = None
        if scene is None or spot is None or spot.on_map is None:
            return
        if hit is not None and spot.modifiers & ADDING and hit.id not in scene.selection and hit.kind != "title":
            adds = spot.modifiers & Qt.KeyboardModifier.ShiftModifier
            scene.selection.select([*scene.selection, hit.id] if adds else [hit.id])
        begin = DRAGS.get(hit.kind if hit is not None else GROUND)
        if begin is not None:
            self.begun.emit()
            self._start(begin(self._press_on(scene, hit, spot)), spot)

    def _press_on(self, scene: MapScene, hit: Hit | None, spot: Spot) -> Press:
        id, canvas = hit.id if hit is not None else "", self._canvas
        return Press(scene, id, spot, canvas.surface, canvas.cells.insert)

    def _start(self, gesture: Gesture, spot: Spot) -> None:
        self._gesture = gesture
        self._is_arriving = False
        self._last = spot
        self._canvas.show_cursor(gesture.cursor)

    def _move(self, spot: Spot) -> None:
        self._last = spot
        assert self._gesture is not None
        self._gesture.move(spot)
        self._canvas.show_cursor(self._gesture.cursor)
        is_at_edge = self._speed(spot.view) != (0.0, 0.0)
        self._is_arriving = self._is_arriving and is_at_edge
        if self._gesture.scrolls_at_edges and is_at_edge and not self._is_arriving:
            self._scrolling.start()
        else:
            self._scrolling.stop()

    def _finish(self, how: Callable[[], None]) -> None:
        """Ends a gesture; whatever goes wrong, the canvas is told that it is over."""
        try:
            how()
        except EditError as error:
            self.said.emit(str(error))
        finally:
            self.ended.emit()

    def _end(self) -> Gesture | None:
        gesture, self._gesture = self._gesture, None
        self._scrolling.stop()
        if gesture is not None:
            self._canvas.show_cursor(Qt.CursorShape.ArrowCursor)
        return gesture

    # Scrolling at the edges

    def _scroll(self) -> None:
        if self._gesture is None or self._last is None:
            self._scrolling.stop()
            return
        dx, dy = self._speed(self._last.view)
        if (dx, dy) == (0.0, 0.0):
            self._scrolling.stop()
            return
        self._canvas.scroll_by(dx, dy)
        self._move(self._canvas.spot_at(self._last.view, self._last.modifiers))

    def _speed(self, view: QPointF) -> tuple[float, float]:
        width, height = self._canvas.view_size()
        dx, dy = _pull(view.x(), width), _pull(view.y(), height)
        return (
            dx if dx and self._canvas.hidden_beyond(dx, 0.0) else 0.0,
            dy if dy and self._canvas.hidden_beyond(0.0, dy) else 0.0,
        )

    # Hovering

    def _hover(self, spot: Spot) -> None:
        if self._is_panning_key_down:
            self._canvas.show_cursor(Qt.CursorShape.OpenHandCursor)
            return
        hit = self._hit_at(spot)
        scene = self._canvas.map_scene()
        if scene is not None:
            scene.handle.hover(hit.id if hit is not None and hit.kind in {"card", "handle"} else None)
            lane = hit.id if hit is not None and hit.kind in {"lane", "lane_edge", "fold"} else None
            scene.hover_lane(lane, is_on_sign=hit is not None and hit.kind == "fold")
        self._canvas.cells.hover(spot if hit is None else None)
        self._canvas.show_cursor(HOVER.get(hit.kind if hit else "", Qt.CursorShape.ArrowCursor))

    def _hit_at(self, spot: Spot) -> Hit | None:
        scene = self._canvas.map_scene()
        return grips.under(scene, spot, self._canvas.surface().scale) if scene is not None else None

    def _spot(self, event: QMouseEvent) -> Spot:
        return self._canvas.spot_at(event.position(), event.modifiers())


def _pull(at: float, length: float) -> float:
    """How fast to scroll in px, the faster the nearer to an edge."""
    if at < EDGE:
        return -FASTEST * min(1.0, (EDGE - at) / EDGE)
    if at > length - EDGE:
        return FASTEST * min(1.0, (at - length + EDGE) / EDGE)
    return 0.0
