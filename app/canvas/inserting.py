"""Adding things next to others: each call is one step of the history and returns the id of what is new.

Raises EditError, with a sentence for the user, where something cannot be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas.gestures.drop_entry import label, put_point
from app.canvas.gestures.snapping import nearest_persona, point_place
from app.model.edits import add_card, add_lane, add_stage, add_step
from app.model.queries import lanes, stages, steps_of
from app.model.records import Step

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene
    from app.layout.grid import DropPlace


class Inserter:
    """Adds records to the map of one scene."""

    def __init__(self, scene: MapScene) -> None:
        self._scene = scene
        self._document = scene.document

    def card(self, kind: str, place: DropPlace) -> str:
        """A card at a place in a cell."""
        with self._document.edit(label("card")) as tx:
            return add_card(tx, kind, place.lane, place.step, index=place.slot)

    def point(self, spot: Spot) -> str | None:
        """An emotion point below the mouse, for the persona whose curve is nearest; None outside the curve lanes."""
        place = point_place(self._scene, spot)
        if place is None or spot.on_map is None:
            return None
        persona = nearest_persona(self._scene, place.lane, *spot.on_map)
        with self._document.edit(label("point")) as tx:
            return put_point(tx, place, persona)

    def step_after(self, step: str) -> str:
        """A step after another, in the same stage."""
        record = self._document.store.of(Step, step)
        assert record is not None
        before = _next([other.id for other in steps_of(self._document.store, record.stage)], step)
        with self._document.edit(label("step")) as tx:
            return add_step(tx, record.stage, before=before)

    def stage_after(self, stage: str) -> str:
        """A stage, with its first step, after another."""
        before = _next([other.id for other in stages(self._document.store)], stage)
        with self._document.edit(label("stage")) as tx:
            return add_stage(tx, before=before)

    def lane_below(self, kind: str, lane: str) -> str:
        """A lane below another."""
        before = _next([other.id for other in lanes(self._document.store)], lane)
        with self._document.edit(label("lane")) as tx:
            return add_lane(tx, kind, before=before)


def _next(order: list[str], id: str) -> str | None:
    """The sibling after one; None: it is the last."""
    at = order.index(id) + 1
    return order[at] if at < len(order) else None
