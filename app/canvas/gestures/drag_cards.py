"""Dragging cards to another cell, or to another place in their cell; with Alt or Ctrl held, copies of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, Qt

from app.canvas.gestures.base import on_one_axis
from app.canvas.gestures.picture import picture_of
from app.layout import lookup
from app.model.document import EditError
from app.model.edits import duplicate_cards, move_cards, shift_cards
from app.model.lanes import lane_kind
from app.model.queries import columns, lanes
from app.model.records import Card

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.canvas.gestures.base import Spot, Surface
    from app.canvas.scene import MapScene
    from app.layout.grid import DropPlace
    from app.model.document import Transaction
    from app.model.store import RecordGraph

COPYING: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier

LIVE: Final = 12
"""So many cards make room for themselves while they are dragged; more would make the mouse wait."""


class Mover(Protocol):
    """Writes where cards would go."""

    def write(self, tx: Transaction, cards: list[str], place: DropPlace) -> None:
        """Raises EditError where they cannot go there."""


class IntoCell:
    """All cards into one cell, at one place."""

    def write(self, tx: Transaction, cards: list[str], place: DropPlace) -> None:
        move_cards(tx, cards, place.lane, place.step, place.slot)


class Together:
    """Cards of several cells, keeping their places relative to the one that is held."""

    def __init__(self, store: RecordGraph, held: Card, over: Collection[str]) -> None:
        """`over`: the lanes that are not in sight, into which nothing goes."""
        self._over = over
        self._steps = [step.id for step in columns(store)]
        self._lanes = [lane.id for lane in lanes(store) if lane_kind(lane.kind).holds_cards and lane.id not in over]
        self._column, self._row = self._steps.index(held.step), self._lanes.index(held.lane)

    def write(self, tx: Transaction, cards: list[str], place: DropPlace) -> None:
        columns_by = self._steps.index(place.step) - self._column
        lanes_by = self._lanes.index(place.lane) - self._row
        if columns_by or lanes_by:
            shift_cards(tx, cards, columns_by, lanes_by, self._over)


class DragCards:
    """One card or several; `held` is the one under the mouse. Shift keeps to one direction."""

    scrolls_at_edges = True

    def __init__(self, scene: MapScene, held: str, start: Spot, surface: Surface) -> None:
        self._scene = scene
        self._start = start
        ids = frozenset(id for id in scene.selection if scene.document.store.of(Card, id)) | {held}
        cards = sorted((self._card(id) for id in ids), key=self._reading_order)
        self._order = [card.id for card in cards]
        cells = {(card.lane, card.step) for card in cards}
        over = (
            {lane.id for lane in lanes(scene.document.store)} - scene.layout.row_of.keys() - {lane for lane, _ in cells}
        )
        self._mover: Mover = IntoCell() if len(cells) == 1 else Together(scene.document.store, self._card(held), over)
        self._is_live = len(self._order) <= LIVE
        self._is_copying = False
        self._place: DropPlace | None = None
        self._moving = self._order
        shown = [placed for id in self._order if (placed := scene.layout.card(id))]
        picture, rect = picture_of(shown, surface, held)
        self._tx = scene.document.begin(label(len(self._order)))
        scene.floating.lift(picture, rect)
        scene.set_holes(ids)
        scene.hide_outlines(True)

    @property
    def cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.DragCopyCursor if self._is_copying else Qt.CursorShape.ClosedHandCursor

    def move(self, spot: Spot) -> None:
        if spot.modifiers & Qt.KeyboardModifier.ShiftModifier:
            spot = on_one_axis(spot, self._start)
        self._scene.floating.move_by(spot.x - self._start.x, spot.y - self._start.y)
        is_copying = bool(spot.modifiers & COPYING)
        if is_copying != self._is_copying:
            self._turn_to_copies(is_copying)
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
        if self._is_copying and self._tx.diff:
            self._scene.selection.select(self._moving)
        self._tx.commit()

    def cancel(self) -> None:
        self._clear()
        if self._tx.is_open:
            self._tx.rollback()

    def _turn_to_copies(self, is_copying: bool) -> None:
        """From here on the originals stay, or are what moves again."""
        self._is_copying, self._place = is_copying, None
        self._preview(None)
        self._moving = [] if is_copying else self._order
        self._scene.set_holes(frozenset(self._moving))

    def _place_at(self, spot: Spot) -> DropPlace | None:
        moving = frozenset(self._moving)
        return lookup.drop_place(self._scene.layout, *spot.on_map, moving) if spot.on_map else None

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
        self._tx.label = label(len(self._order), self._is_copying)
        try:
            with self._tx.all_or_nothing():
                if self._is_copying:
                    self._moving = duplicate_cards(self._tx, self._order)
                self._mover.write(self._tx, self._moving, place)
        except EditError:
            self._place = None
        self._tx.flush()
        if self._is_live:
            self._scene.set_holes(frozenset(self._moving))

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


def label(count: int, is_copying: bool = False) -> str:
    """What the undo menu calls moving, or duplicating, so many cards."""
    if is_copying:
        one, many = "Duplicate card", "Duplicate {count} cards"
    else:
        one, many = "Move card", "Move {count} cards"
    return QCoreApplication.translate("Gestures", one if count == 1 else many).format(count=count)


def _where(place: DropPlace | None) -> tuple[str, str, int] | None:
    return (place.lane, place.step, place.slot) if place is not None else None
