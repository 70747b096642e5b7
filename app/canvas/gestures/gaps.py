"""Between which neighbours a stage, a step or a lane would go, and how that is shown while one drags."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.canvas.insertion import END, Among
from app.layout import lookup
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene

Mark = tuple[float, float, float, float]


class Gap(NamedTuple):
    """A place among siblings; `area` lights up, `mark` is the line between the neighbours, both in mm of the scene."""

    where: Among
    area: Rect
    mark: Mark


class Gaps(Protocol):
    """Finds the gap under the mouse, `moving` being what is dragged; empty for a newcomer."""

    def __call__(self, scene: MapScene, spot: Spot, moving: str = "") -> Gap | None: ...


def stage_gaps(scene: MapScene, spot: Spot, moving: str = "") -> Gap | None:
    """Between two stages, or at the end of the journey."""
    layout = scene.layout
    if not layout.bands:
        return Gap(END, _ground(scene), _upright(scene, layout.head.x, layout.head.y))
    before, x = lookup.stage_gap(layout, spot.x, moving)
    return Gap(Among("", before), _around(scene, x), _upright(scene, x, layout.head.y))


def step_gaps(scene: MapScene, spot: Spot, moving: str = "") -> Gap | None:
    """Between two steps, in the stage of the one that is nearer."""
    layout = scene.layout
    found = lookup.step_gap(layout, spot.x, moving)
    if found is None:
        return None
    stage, before, x = found
    band = next(band for band in layout.bands if band.stage == stage)
    top = layout.step_headers[0].y
    return Gap(Among(stage, before), _ground(scene)._replace(x=band.x, w=band.w), _upright(scene, x, top))


def lane_gaps(scene: MapScene, spot: Spot, moving: str = "") -> Gap | None:
    """Between two lanes, or below the last."""
    layout = scene.layout
    before, y = lookup.lane_gap(layout, spot.y, moving)
    left, right = min(layout.side.x, layout.head.x), max(layout.side.right, layout.head.right)
    from_x = layout.side.x + scene.side.x()
    mark = (left, y, from_x + layout.side.w, y) if layout.rtl else (from_x, y, right, y)
    return Gap(Among("", before), Rect(left, y - AROUND, right - left, 2 * AROUND), mark)


AROUND = 1.5
"""mm on both sides of a gap that light up: less than the room between cards."""


def _ground(scene: MapScene) -> Rect:
    """All that lies below the headers."""
    head, side = scene.layout.head, scene.layout.side
    return Rect(head.x, head.bottom, head.w, max(side.h, 2 * AROUND))


def _around(scene: MapScene, x: float) -> Rect:
    return _ground(scene)._replace(x=x - AROUND, w=2 * AROUND)


def _upright(scene: MapScene, x: float, top: float) -> Mark:
    return x, top + scene.head.y(), x, max(scene.layout.side.bottom, scene.layout.head.bottom)
