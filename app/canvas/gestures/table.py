"""Which gesture begins on what: a new one is a line here, and a small object of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.canvas.gestures.drag_cards import DragCards
from app.canvas.gestures.drag_point import DragPoint
from app.canvas.gestures.drag_stage import DragStage
from app.canvas.gestures.draw_link import DrawLink
from app.canvas.gestures.rubber_band import RubberBand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.canvas.gestures.base import Gesture, Press

GROUND: Final = "ground"
"""What is hit where nothing is."""

DRAGS: Final[Mapping[str, Callable[[Press], Gesture]]] = {
    GROUND: RubberBand,
    "title": RubberBand,
    "card": lambda press: DragCards(press.scene, press.id, press.spot, press.surface()),
    "handle": DrawLink,
    "stage": lambda press: DragStage(press.scene, press.id, press.spot, press.surface()),
    "point": lambda press: DragPoint(press.scene, press.id, press.spot),
}
