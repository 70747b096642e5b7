"""Which gesture begins on what: a new one is a line here, and a small object of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.canvas.backdrops import CORNERS
from app.canvas.gestures.adjust_backdrop import MoveBackdrop, ResizeBackdrop
from app.canvas.gestures.clicks import fold_lane, nothing, select_users
from app.canvas.gestures.double import add_point_here, reset_height, reset_width
from app.canvas.gestures.drag_cards import DragCards
from app.canvas.gestures.drag_header import LANE, STAGE, STEP, DragHeader
from app.canvas.gestures.drag_point import DragPoint
from app.canvas.gestures.draw_link import DrawLink
from app.canvas.gestures.resize import ResizeLane, ResizeStep
from app.canvas.gestures.rubber_band import RubberBand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.canvas.gestures.base import Gesture, Press

GROUND: Final = "ground"
"""What is hit where nothing is."""

DRAGS: Final[Mapping[str, Callable[[Press], Gesture]]] = {
    GROUND: RubberBand,
    "title": RubberBand,
    "persona": RubberBand,
    "card": lambda press: DragCards(press.scene, press.id, press.spot, press.surface()),
    "handle": DrawLink,
    "stage": partial(DragHeader, STAGE),
    "step": partial(DragHeader, STEP),
    "lane": partial(DragHeader, LANE),
    "fold": partial(DragHeader, LANE),
    "dot": RubberBand,
    "edge": ResizeStep,
    "lane_edge": ResizeLane,
    "backdrop": MoveBackdrop,
    **{corner: partial(ResizeBackdrop, corner) for corner in CORNERS},
    "point": lambda press: DragPoint(press.scene, press.id, press.spot),
}

DOUBLES: Final[Mapping[str, Callable[[Press], bool]]] = {
    GROUND: add_point_here,
    "edge": reset_width,
    "lane_edge": reset_height,
    "fold": nothing,
    "dot": nothing,
}
"""What a double click does; False: nothing here."""

CLICKS: Final[Mapping[str, Callable[[Press], None]]] = {"fold": fold_lane, "dot": select_users}
"""What a click does where it does more than select. May raise EditError, with a sentence for the user."""
