"""Dragging cards to another cell, or to another place in their cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.picture import picture_of
from app.layout import lookup
from app.model.document import EditError
from app.model.edits import move_cards, shift_cards
from app.model.lanes import lane_kind
from app.model.queries import columns, lanes
from app.model.records import Card

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot, Surface
    from app.canvas.scene import MapScene
    from app.layout.grid import DropPlace
    from app.model.document import Transaction
    from app.model.store import RecordGraph

LIVE: Final = 12
"""So many cards make room for themselves while they are dragged; more would make the mouse wait."""


class Mover(Protocol):
    """Writes where the cards would go."""

    def write(self, tx: Transaction, place: DropPlace) -> None:
        """Raises EditError where they cannot go there."""


class IntoCell:
    """All cards into one cell, at one place."""

    def __init__(self, cards: list[str]) -> None:
        self._cards = cards

    def write(self, tx: Transaction, place: DropPlace) -> None:
        move_cards(tx, self._cards, place.lane, place.step, place.slot)


class Together:
    """Cards of several cells, keeping their places relative to the one that is held."""

    def __init__(self, store: RecordGraph, cards: list[str], held: Card) -> None:
        self._cards = cards
        self._steps = [step.id for step in columns(store)]
        self._lanes = [lane.id for lane in lanes(store) if not lane_kind(lane.kind).is_curve]
        self._column, self._row = self._steps.index(held.step), self._lanes.index(held.lane)

    def write(self, tx: Transaction, place: DropPlace) -> None:
        columns_by = self._steps.index(place.step) - self._column
        lanes_by = self._lanes.index(place.lane) - self._row
        if columns_by or lanes_by:
            shift_cards(tx, self._cards, columns_by, lanes_by)


class DragCards:
    """One card or several; `held` is the one under the mouse."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls_at_edges = True

    def __init__(self, scene: MapScene, held: str, start: Spot, surface: Surface) -> None:
        self._scene = scene
        self._start = start
        self._ids = frozenset(id for id in scene.selection if scene.document.store.of(Card, id)) | {held}
        cards = sorted((self._card(id) for id in self._ids), key=self._reading_order)
        order = [card.id for card in cards]
        cells = {(card.lane, card.step) for card in cards}
        self._mover: Mover = (
            IntoCell(order) if len(cells) == 1 else Together(scene.document.store, order, self._card(held))
        )
        self._is_live = len(order) <= LIVE
        self._place: DropPlace | None = None
        picture, rect = picture_of([placed for id in order if (placed := scene.layout.card(id))], surface, held)
        self._tx = scene.document.begin(label(len(order)))
        scene.floating.lift(picture, rect)
        scene.set_holes(self._ids)
        scene.hide_outlines(True)

    def move(self, spot: Spot) -> None:
        self._scene.floating.move_by(spot.x - self._start.x, spot.y - self._start.y)
        place = self._place_at(spot)
        if _where(place) != _where(self._place):
            self._place = place
            if self._is_live:
                self._preview(place)
        self._show_target(spot)

    def release(self, spot: Spot) -> None:
        self.move(spot)
        place = self._place
        if place is None:
            self.cancel()
            return
        self._clear()
        if not self._is_live:
            self._rewrite(place)
        if self._tx.is_open:
            self._tx.commit()

    def cancel(self) -> None:
        self._clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _place_at(self, spot: Spot) -> DropPlace | None:
        return lookup.drop_place(self._scene.layout, *spot.on_map, self._ids) if spot.on_map else None

    def _preview(self, place: DropPlace | None) -> None:
        """Lets the map show the cards where they would land, or where they came from."""
        if place is not None:
            self._rewrite(place)
        else:
            self._tx.restart()
            self._tx.flush()

    def _rewrite(self, place: DropPlace) -> None:
        """Moves the cards from where they were at first: what lies on the way, such as the map's edge, has no say."""
        self._tx.restart()
        try:
            self._mover.write(self._tx, place)
        except EditError:
            self._place = None
        self._tx.flush()

    def _show_target(self, spot: Spot) -> None:
        place = self._place_at(spot) if self._place is not None else None
        if place is None:
            self._scene.target.clear()
            self._scene.mark.clear()
            return
        mark = None
        if not self._is_live and isinstance(self._mover, IntoCell):
            mark = (place.cell.x + 3.0, place.mark_y, place.cell.right - 3.0, place.mark_y)
        self._scene.target.show_at(place.cell)
        self._scene.mark.show_at(None, mark)

    def _clear(self) -> None:
        self._scene.floating.drop()
        self._scene.target.clear()
        self._scene.mark.clear()
        self._scene.hide_outlines(False)
        self._scene.set_holes(frozenset())

    def _card(self, id: str) -> Card:
        card = self._scene.document.store.of(Card, id)
        assert card is not None
        return card

    def _reading_order(self, card: Card) -> tuple[float, float, str, str]:
        row = self._scene.layout.row_of[card.lane]
        column = self._scene.layout.column_of[card.step]
        return row.y, column.x, card.order, card.id


def label(count: int) -> str:
    """What the undo menu calls moving so many cards."""
    if count == 1:
        return QCoreApplication.translate("Gestures", "Move card")
    return QCoreApplication.translate("Gestures", "Move {count} cards").format(count=count)


def _where(place: DropPlace | None) -> tuple[str, str, int] | None:
    return (place.lane, place.step, place.slot) if place is not None else None
