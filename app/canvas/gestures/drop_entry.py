"""Bringing something new onto the map: it goes where the mouse is when it is let go, as one step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.gaps import Gap, lane_gaps, stage_gaps, step_gaps
from app.canvas.gestures.snapping import nearest_persona, point_place
from app.layout import lookup
from app.layout.drawing import Rect
from app.model.edits import add_card, add_lane, add_persona, add_point, add_stage, add_step, move_cards, move_point
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.records import Card, EmotionPoint

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene
    from app.layout.grid import CurvePlace
    from app.model.document import Transaction


class Place(NamedTuple):
    """Where a newcomer would go. `where` tells places apart; `write` puts it there and returns its id.

    `area` lights up; `mark` is the line between its neighbours. `is_live`: the map shows it there at once.
    """

    where: Hashable
    write: Callable[[Transaction, str | None], str]
    area: Rect | None = None
    mark: tuple[float, float, float, float] | None = None
    is_live: bool = False


class DropEntry:
    """A card or an emotion point is on the map at once, at the place below the mouse; of the rest a mark tells."""

    cursor = Qt.CursorShape.DragCopyCursor
    scrolls_at_edges = True

    @classmethod
    def of(cls, scene: MapScene, what: str, kind: str) -> DropEntry | None:
        """The gesture for an entry; None where there is no such thing."""
        known = {"card": frozenset(card_kinds()), "lane": frozenset(LANE_KINDS)}.get(what)
        if what not in FINDERS or (known is not None and kind not in known):
            return None
        return cls(scene, what, kind)

    def __init__(self, scene: MapScene, what: str, kind: str) -> None:
        self._scene = scene
        self._find, self._kind = FINDERS[what], kind
        self._place: Place | None = None
        self._id: str | None = None
        self._tx = scene.document.begin(label(what))

    @property
    def is_open(self) -> bool:
        return self._tx.is_open

    @property
    def has_place(self) -> bool:
        """True where it could be let go."""
        return self._place is not None

    def move(self, spot: Spot) -> None:
        before, self._place = self._place, self._find(self._scene, spot, self._kind, self._id)
        if self._place is None or not self._place.is_live:
            self._take_back()
        elif before is None or before.where != self._place.where:
            self._id = self._place.write(self._tx, self._id)
            self._tx.flush()
            self._scene.set_holes(frozenset((self._id,)))
        self._show(spot)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self._clear()
        if self._place is None:
            self.cancel()
            return
        added = self._place.write(self._tx, self._id)
        self._tx.commit()
        self._scene.selection.select([added])

    def cancel(self) -> None:
        self._clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _take_back(self) -> None:
        if self._id is not None:
            self._id = None
            self._tx.restart()
            self._tx.flush()

    def _show(self, spot: Spot) -> None:
        scene = self._scene
        place = self._find(scene, spot, self._kind, self._id)  # the map may just have made room
        scene.target.show_at(place.area if place is not None else None)
        scene.lifted_target.show_at(None, place.mark if place is not None else None)

    def _clear(self) -> None:
        self._scene.set_holes(frozenset())
        self._scene.target.clear()
        self._scene.lifted_target.clear()


def _card(scene: MapScene, spot: Spot, kind: str, id: str | None) -> Place | None:
    moving = frozenset((id,)) if id is not None else frozenset[str]()
    place = lookup.drop_place(scene.layout, *spot.on_map, moving) if spot.on_map is not None else None
    if place is None:
        return None
    lane, step, slot = place.lane, place.step, place.slot

    def write(tx: Transaction, id: str | None) -> str:
        if id is None or tx.store.of(Card, id) is None:
            return add_card(tx, kind, lane, step, index=slot)
        move_cards(tx, [id], lane, step, slot)
        return id

    return Place((lane, step, slot), write, place.cell, is_live=True)


def _point(scene: MapScene, spot: Spot, kind: str, id: str | None) -> Place | None:
    del kind
    place = point_place(scene, spot)
    if place is None or spot.on_map is None:
        return None
    persona = nearest_persona(scene, place.lane, *spot.on_map, without=id)
    row, column = scene.layout.row_of[place.lane], scene.layout.column_of[place.step]

    def write(tx: Transaction, id: str | None) -> str:
        point = tx.store.of(EmotionPoint, id) if id is not None else None
        if point is not None and (point.lane, point.persona) == (place.lane, persona):
            move_point(tx, point.id, place.step, place.at, place.value)
            return point.id
        tx.restart()
        return put_point(tx, place, persona)

    return Place((place, persona), write, Rect(column.x, row.y, column.w, row.h), is_live=True)


def _stage(scene: MapScene, spot: Spot, kind: str, id: str | None) -> Place | None:
    del kind, id
    gap = stage_gaps(scene, spot) if spot.on_map is not None else None
    return _at_gap(gap, lambda tx, gap: add_stage(tx, before=gap.before))


def _step(scene: MapScene, spot: Spot, kind: str, id: str | None) -> Place | None:
    gap = step_gaps(scene, spot) if spot.on_map is not None else None
    if gap is None:  # the first step of a map comes with its stage
        return _stage(scene, spot, kind, id)
    return _at_gap(gap, lambda tx, gap: add_step(tx, gap.parent, before=gap.before))


def _lane(scene: MapScene, spot: Spot, kind: str, id: str | None) -> Place | None:
    del id
    gap = lane_gaps(scene, spot) if spot.on_map is not None else None
    return _at_gap(gap, lambda tx, gap: add_lane(tx, kind, before=gap.before))


def _persona(scene: MapScene, spot: Spot, kind: str, id: str | None) -> Place | None:
    del kind, id
    if spot.on_map is None:
        return None
    return Place("map", lambda tx, _: add_persona(tx, new_persona()), scene.layout.title.rect)


def _at_gap(gap: Gap | None, add: Callable[[Transaction, Gap], str]) -> Place | None:
    if gap is None:
        return None

    def write(tx: Transaction, id: str | None) -> str:
        del id
        return add(tx, gap)

    return Place(gap.where, write, gap.area, gap.mark)


FINDERS: Mapping[str, Callable[[MapScene, Spot, str, str | None], Place | None]] = {
    "card": _card,
    "point": _point,
    "stage": _stage,
    "step": _step,
    "lane": _lane,
    "persona": _persona,
}


def put_point(tx: Transaction, place: CurvePlace, persona: str | None) -> str:
    """Adds an emotion point; where there is no persona yet, she comes with it."""
    owner = persona if persona in tx.store else None
    return add_point(tx, place.lane, owner or add_persona(tx, new_persona()), place.step, place.at, place.value)


def new_persona() -> str:
    """What a persona is called until somebody gives her a name."""
    return QCoreApplication.translate("Gestures", "New persona")


def label(what: str) -> str:
    """What the undo menu calls it."""
    tr = partial(QCoreApplication.translate, "Gestures")
    return {
        "card": tr("Add card"),
        "point": tr("Add emotion point"),
        "stage": tr("Add stage"),
        "step": tr("Add step"),
        "lane": tr("Add lane"),
        "persona": tr("Add persona"),
    }[what]
