"""What all gestures have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QPointF, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.insertion import Entry, Place
    from app.canvas.scene import MapScene
    from app.layout.drawing import Rect
    from app.layout.grid import Hit


class Spot(NamedTuple):
    """Where the mouse is: in pixels of the viewport, in mm on the scene, and in mm in terms of the layout.

    The last differ where a header has been shifted to stay in sight; `on_map` None: on no part of the map.
    """

    view: QPointF
    x: float
    y: float
    on_map: tuple[float, float] | None
    modifiers: Qt.KeyboardModifier


class Surface(NamedTuple):
    """What a gesture needs to make a picture: pixels per mm, device pixels per pixel, and what is in view (mm)."""

    scale: float
    ratio: float
    visible: Rect


class Press(NamedTuple):
    """Where a drag begins, and on what: the id of the record under the mouse, empty on empty ground.

    `surface` tells how the map is shown at the moment of asking; `insert` puts something new at a place, and
    its name joins that step. False where it cannot be.
    """

    scene: MapScene
    id: str
    spot: Spot
    surface: Callable[[], Surface]
    insert: Callable[[Entry, Place], bool]


class Ask(NamedTuple):
    """For what a menu is wanted: what is under the spot, None on empty ground."""

    scene: MapScene
    hit: Hit | None
    spot: Spot


class Gesture(Protocol):
    """A gesture in progress. Its cursor may change while it lasts.

    `release` may raise EditError, with a sentence for the user, once it has put everything back.
    """

    scrolls_at_edges: bool

    @property
    def cursor(self) -> Qt.CursorShape: ...

    def move(self, spot: Spot) -> None:
        """The mouse has moved, or the map below it."""

    def release(self, spot: Spot) -> None:
        """The button was let go: make it so."""

    def cancel(self) -> None:
        """Put everything back."""


def on_one_axis(spot: Spot, start: Spot) -> Spot:
    """The spot drawn to the level, or to the upright, through where the drag began: whichever is nearer."""
    if abs(spot.x - start.x) > abs(spot.y - start.y):
        x, y = spot.x, start.y
    else:
        x, y = start.x, spot.y
    return spot._replace(x=x, y=y, on_map=(x, y) if spot.on_map is not None else None)
