"""What dragging does, by keys: each call is one step of the history, but the small moves of a point join.

Directions are those of the screen: −1 is left or up. Raises EditError, with a sentence for the user, where something
cannot go that way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from app.canvas.gestures import drag_cards, drag_header, drag_point
from app.model.document import EditError
from app.model.edits import duplicate_cards, move_cards, move_lane, move_point, move_stage, move_step, shift_cards
from app.model.lanes import lane_kind
from app.model.queries import cards_in, columns, lanes, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Stage, Step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.layout.engine import MapLayout
    from app.model.document import Document

VALUE_STEP: Final = 0.1
PLACE_STEP: Final = 0.1


class Arranger:
    """Moves records of one document, as its map is shown: over the lanes that are not in sight."""

    def __init__(self, document: Document, layout: MapLayout) -> None:
        self._document = document
        self._store = document.store
        self._rtl = layout.rtl
        self._over = {lane.id for lane in lanes(self._store)} - layout.row_of.keys()

    def move(self, ids: Iterable[str], dx: int, dy: int) -> None:
        """Moves what is selected: cards by cells, points along and up or down, a stage along."""
        records = [record for id in ids if (record := self._store.get(id))]
        along = -dx if self._rtl else dx
        cards = [record for record in records if isinstance(record, Card)]
        points = [record for record in records if isinstance(record, EmotionPoint)]
        if cards:
            self._move_cards(cards, along, dy)
        elif points:
            self._move_points(points, along, dy)
        else:
            self.reorder(ids, dx, dy)

    def reorder(self, ids: Iterable[str], dx: int, dy: int) -> None:
        """Moves the selected stage, step or lane among its siblings."""
        along = -dx if self._rtl else dx
        for record in (self._store.get(id) for id in ids):
            if isinstance(record, Stage) and along:
                self._move_stage(record, along)
                return
            if isinstance(record, Step) and along:
                self._move_step(record, along)
                return
            if isinstance(record, Lane) and dy:
                self._move_lane(record, dy)
                return
        translate = QCoreApplication.translate
        if along:
            raise EditError(translate("Arrange", "Select a stage or a step to move it to the left or to the right."))
        raise EditError(translate("Arrange", "Select a lane to move it up or down."))

    def duplicate(self, ids: Iterable[str]) -> dict[str, str]:
        """Copies the cards among these, each right below its original; returns the copies by their originals."""
        cards = [card for id in ids if (card := self._store.of(Card, id))]
        if not cards:
            raise EditError(QCoreApplication.translate("Arrange", "Only cards can be duplicated."))
        order = [card.id for card in sorted(cards, key=lambda card: (card.order, card.id))]
        with self._document.edit(drag_cards.label(len(order), is_copying=True)) as tx:
            return dict(zip(order, duplicate_cards(tx, order), strict=True))

    def _move_cards(self, cards: list[Card], along: int, dy: int) -> None:
        ids = [card.id for card in sorted(cards, key=lambda card: (card.order, card.id))]
        cells = {(card.lane, card.step) for card in cards}
        with self._document.edit(drag_cards.label(len(ids))) as tx:
            if dy and len(cells) == 1:
                lane, step, index = self._next_place(cards, ids, dy)
                move_cards(tx, ids, lane, step, index)
            else:
                shift_cards(tx, ids, along, dy, self._over)

    def _next_place(self, cards: list[Card], ids: list[str], dy: int) -> tuple[str, str, int]:
        """Up or down within the cell, and at its end into the next lane."""
        lane, step = cards[0].lane, cards[0].step
        siblings = [card.id for card in cards_in(self._store, lane, step)]
        others = [id for id in siblings if id not in ids]
        first = siblings.index(ids[0])
        index = sum(siblings.index(other) < first for other in others) + dy
        if 0 <= index <= len(others):
            return lane, step, index
        over = self._over - {lane}
        rows = [row.id for row in lanes(self._store) if lane_kind(row.kind).holds_cards and row.id not in over]
        row = rows.index(lane) + dy
        if not 0 <= row < len(rows):
            raise EditError(QCoreApplication.translate("Arrange", "There is no lane of cards further that way."))
        return rows[row], step, 0 if dy > 0 else len(cards_in(self._store, rows[row], step))

    def _move_points(self, points: list[EmotionPoint], along: int, dy: int) -> None:
        steps = [step.id for step in columns(self._store)]
        way = ("move", *(point.id for point in points))  # ten keys for what a drag does at once
        with self._document.edit(drag_point.label(), merge_key=way) as tx:
            for point in points:
                step, at = _further(steps, point, along * PLACE_STEP)
                move_point(tx, point.id, step, at, round(point.value - dy * VALUE_STEP, 2))

    def _move_stage(self, stage: Stage, by: int) -> None:
        before = _before([other.id for other in stages(self._store)], stage.id, by)
        with self._document.edit(drag_header.stage_label()) as tx:
            move_stage(tx, stage.id, before)

    def _move_step(self, step: Step, by: int) -> None:
        before = _before([other.id for other in steps_of(self._store, step.stage)], step.id, by)
        with self._document.edit(drag_header.step_label()) as tx:
            move_step(tx, step.id, step.stage, before)

    def _move_lane(self, lane: Lane, by: int) -> None:
        over = self._over - {lane.id}
        before = _before([other.id for other in lanes(self._store) if other.id not in over], lane.id, by)
        with self._document.edit(drag_header.lane_label()) as tx:
            move_lane(tx, lane.id, before)


def _before(order: list[str], id: str, by: int) -> str | None:
    """The sibling before which something goes when it moves one place back or on; None: the end."""
    at = order.index(id)
    if not 0 <= at + by < len(order):
        raise EditError(QCoreApplication.translate("Arrange", "It is already at the end of the map."))
    if by < 0:
        return order[at - 1]
    return order[at + 2] if at + 2 < len(order) else None


def _further(steps: list[str], point: EmotionPoint, by: float) -> tuple[str, float]:
    """A place further along, in the next step where this one ends."""
    index, at = steps.index(point.step), round(point.at + by, 3)
    if at < 0 and index > 0:
        return steps[index - 1], round(at + 1, 3)
    if at > 1 and index + 1 < len(steps):
        return steps[index + 1], round(at - 1, 3)
    return point.step, at
