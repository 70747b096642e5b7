"""Bringing something new onto the map: it goes where the mouse is when it is let go, as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt

from app.canvas.gestures.gaps import Gap, lane_gaps, stage_gaps, step_gaps
from app.canvas.gestures.snapping import BESIDE, on_curve
from app.canvas.insertion import END, Entry, put
from app.canvas.selection import Cell
from app.layout import lookup
from app.layout.drawing import Rect
from app.model.edits import move_cards, move_point
from app.model.records import Card, EmotionPoint

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene
    from app.model.document import Transaction

    HandOver = Callable[[Transaction, str], None]


class Landing(NamedTuple):
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

    def __init__(self, scene: MapScene, entry: Entry, hand_over: HandOver) -> None:
        self._scene, self._entry, self._hand_over = scene, entry, hand_over
        self._find = FINDERS[entry.what]
        self._place: Landing | None = None
        self._id: str | None = None
        self._tx = scene.document.begin(entry.label)

    @property
    def what(self) -> str:
        """What is brought, as `Entry` has it."""
        return self._entry.what

    @property
    def is_open(self) -> bool:
        return self._tx.is_open

    @property
    def has_place(self) -> bool:
        """True where it could be let go."""
        return self._place is not None

    def move(self, spot: Spot) -> None:
        before, self._place = self._place, self._find(self._scene, spot, self._entry, self._id)
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
        self._hand_over(self._tx, self._place.write(self._tx, self._id))

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
        place = self._find(scene, spot, self._entry, self._id)  # the map may just have made room
        scene.target.show_at(place.area if place is not None else None)
        scene.lifted_target.show_at(None, place.mark if place is not None else None)

    def _clear(self) -> None:
        self._scene.set_holes(frozenset())
        self._scene.target.clear()
        self._scene.lifted_target.clear()


def _card(scene: MapScene, spot: Spot, entry: Entry, id: str | None) -> Landing | None:
    moving = frozenset((id,)) if id is not None else frozenset[str]()
    place = lookup.drop_place(scene.layout, *spot.on_map, moving) if spot.on_map is not None else None
    if place is None:
        return None
    lane, step, slot = place.lane, place.step, place.slot

    def write(tx: Transaction, id: str | None) -> str:
        if id is None or tx.store.of(Card, id) is None:
            return put(tx, entry, Cell(lane, step, slot))
        move_cards(tx, [id], lane, step, slot)
        return id

    return Landing((lane, step, slot), write, place.cell, is_live=True)


def _point(scene: MapScene, spot: Spot, entry: Entry, id: str | None) -> Landing | None:
    found = on_curve(scene, spot, without=id, reach=BESIDE)
    if found is None:
        return None
    place, persona, measure = found
    row, column = scene.layout.row_of[place.lane], scene.layout.column_of[place.step]

    def write(tx: Transaction, id: str | None) -> str:
        own, point = (place.lane, persona, measure), tx.store.of(EmotionPoint, id) if id is not None else None
        if point is not None and own == (point.lane, point.persona, point.measure):
            move_point(tx, point.id, place.step, place.at, place.value)
            return point.id
        tx.restart()
        return put(tx, entry, found)

    return Landing(found, write, Rect(column.x, row.y, column.w, row.h), is_live=True)


def _stage(scene: MapScene, spot: Spot, entry: Entry, id: str | None) -> Landing | None:
    del id
    return _at_gap(stage_gaps(scene, spot) if spot.on_map is not None else None, entry)


def _step(scene: MapScene, spot: Spot, entry: Entry, id: str | None) -> Landing | None:
    gap = step_gaps(scene, spot) if spot.on_map is not None else None
    if gap is None:  # the first step of a map comes with its stage
        return _stage(scene, spot, Entry("stage"), id)
    return _at_gap(gap, entry)


def _lane(scene: MapScene, spot: Spot, entry: Entry, id: str | None) -> Landing | None:
    del id
    return _at_gap(lane_gaps(scene, spot) if spot.on_map is not None else None, entry)


def _persona(scene: MapScene, spot: Spot, entry: Entry, id: str | None) -> Landing | None:
    del id
    if spot.on_map is None:
        return None
    return Landing("map", lambda tx, _: put(tx, entry, END), scene.layout.title.rect)


def _at_gap(gap: Gap | None, entry: Entry) -> Landing | None:
    if gap is None:
        return None
    return Landing(gap.where, lambda tx, _: put(tx, entry, gap.where), gap.area, gap.mark)


FINDERS: Mapping[str, Callable[[MapScene, Spot, Entry, str | None], Landing | None]] = {
    "card": _card,
    "point": _point,
    "stage": _stage,
    "step": _step,
    "lane": _lane,
    "persona": _persona,
}
