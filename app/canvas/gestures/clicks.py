"""What a click does where it does more than select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas.shaping import fold
from app.layout import lookup

if TYPE_CHECKING:
    from app.canvas.gestures.base import Press


def fold_lane(press: Press) -> None:
    """On the sign in a lane's header: the lane folds up, or unfolds."""
    fold(press.scene.document, [press.id])
    press.scene.selection.select([press.id])


def select_users(press: Press) -> None:
    """On a dot of a lane of channels: the touchpoints that it stands for."""
    dot = lookup.channel_dot(press.scene.layout, *press.spot.on_map) if press.spot.on_map is not None else None
    if dot is not None:
        press.scene.selection.select(dot.touchpoints)


def nothing(press: Press) -> bool:
    """The first click has done it already."""
    del press
    return True
