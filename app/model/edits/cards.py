"""Cards: adding, moving within and between cells, spanning, duplicating."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app.model.document import EditError, Transaction
from app.model.edits.placing import index_before, orders_at, refuse_misplaced, require, undivided
from app.model.ids import new_id
from app.model.kinds import card_kind
from app.model.lanes import lane_kind
from app.model.queries import cards_in, columns, in_order, lanes, links_of, span
from app.model.records import Card, Lane, Step


@undivided
def add_card(tx: Transaction, kind: str, lane: str, step: str, *, index: int | None = None, **fields: Any) -> str:
    """Adds a card at a place in a cell, None: below the others; returns its id.

    Raises EditError for a lane that holds no cards or a field that is not free, pydantic.ValidationError for a bad
    value.
    """
    require_cell(tx, lane, step)
    card_class = card_kind(kind).record
    refuse_misplaced(card_class, fields.keys() - {"to_step"})
    siblings = cards_in(tx.store, lane, step)
    [order] = orders_at(tx, siblings, len(siblings) if index is None else index)
    values = {"id": new_id("c"), "type": "card", "kind": kind, "lane": lane, "step": step, "order": order}
    card = card_class.model_validate({**fields, **values})
    tx.put(card)
    if card.to_step is not None:
        span_card(tx, card.id, card.to_step)
    return card.id


@undivided
def move_cards(tx: Transaction, cards: list[str], lane: str, step: str, index: int | None = None) -> None:
    """Puts cards into one cell, in the order given; `index` counts the cards that are there without them.

    Nothing changes where they lie like that already. A card that spans keeps its length as far as the map reaches.
    Raises EditError for a lane that holds no cards.
    """
    require_cell(tx, lane, step)
    moved = [require(tx, Card, card) for card in dict.fromkeys(cards)]
    ids = {card.id for card in moved}
    present = cards_in(tx.store, lane, step)
    siblings = [card for card in present if card.id not in ids]
    place = len(siblings) if index is None else max(0, min(index, len(siblings)))
    if [card.id for card in present] == [card.id for card in [*siblings[:place], *moved, *siblings[place:]]]:
        return
    orders = orders_at(tx, siblings, place, len(moved))
    for card, order in zip(moved, orders, strict=True):
        tx.set(card.id, lane=lane, step=step, order=order, to_step=_shifted_end(tx, card, step))


@undivided
def shift_cards(tx: Transaction, cards: list[str], columns_by: int, lanes_by: int, over: Collection[str] = ()) -> None:
    """Moves cards together by so many steps and lanes, keeping their places relative to each other.

    Lanes that hold no cards are stepped over, and so are those in `over` unless one of the cards lies there.
    Raises EditError where one of them would leave the map.
    """
    moved = [require(tx, Card, id) for id in dict.fromkeys(cards)]
    if columns_by == lanes_by == 0:
        return
    steps = [step.id for step in columns(tx.store)]
    over = set(over) - {card.lane for card in moved}
    rows = [lane.id for lane in lanes(tx.store) if lane_kind(lane.kind).holds_cards and lane.id not in over]
    column_of, row_of = _places(steps), _places(rows)
    targets: dict[tuple[str, str], list[Card]] = {}
    for card in moved:
        column, row = column_of[card.step] + columns_by, row_of[card.lane] + lanes_by
        if not (0 <= column < len(steps) and 0 <= row < len(rows)):
            who = "The card cannot go there: it" if len(moved) == 1 else "The cards cannot go there: some of them"
            raise EditError(f"{who} would leave the map.")
        targets.setdefault((rows[row], steps[column]), []).append(card)
    for (lane, step), group in targets.items():
        move_cards(tx, [card.id for card in in_order(group)], lane, step)


@undivided
def span_card(tx: Transaction, card: str, to_step: str | None) -> None:
    """Lets a card lie over the steps from its own to `to_step`; None, or a step that is not later: its own only."""
    spanning = require(tx, Card, card)
    if to_step is not None:
        require(tx, Step, to_step)
        steps = [step.id for step in columns(tx.store)]
        if steps.index(to_step) <= steps.index(spanning.step):
            to_step = None
    tx.set(card, to_step=to_step)


@undivided
def duplicate_cards(tx: Transaction, cards: list[str]) -> list[str]:
    """Copies cards, each right below its original, with the links and references among them; returns the new ids."""
    copies = {id: _duplicate(tx, id) for id in dict.fromkeys(cards)}
    for copy in copies.values():
        _speak_of_copies(tx, copy, copies)
    links = {link.id: link for id in copies for link in links_of(tx.store, id)}
    for link in links.values():
        if link.source in copies and link.target in copies:
            tx.put(link.changed(id=new_id("lk"), source=copies[link.source], target=copies[link.target]))
    return list(copies.values())


def _duplicate(tx: Transaction, id: str) -> str:
    original = require(tx, Card, id)
    siblings = cards_in(tx.store, original.lane, original.step)
    [order] = orders_at(tx, siblings, index_before(siblings, id) + 1)
    copy = original.changed(id=new_id("c"), order=order)
    tx.put(copy)
    return copy.id


def _speak_of_copies(tx: Transaction, id: str, copies: Mapping[str, str]) -> None:
    """Lets a copy that speaks of cards that were copied too speak of their copies instead."""
    card = require(tx, Card, id)
    fields = [field for field, reference in card.REFERENCES.items() if reference.target == "card"]
    tx.set(id, **{field: tuple(copies.get(other, other) for other in card.targets(field)) for field in fields})


def require_cell(tx: Transaction, lane: str, step: str) -> None:
    """Raises EditError where there is no such cell, or none that holds cards."""
    row = require(tx, Lane, lane)
    require(tx, Step, step)
    kind = lane_kind(row.kind)
    if kind.is_curve:
        raise EditError("Cards do not lie in a curve lane; put an emotion point there instead.")
    if not kind.holds_cards:
        raise EditError("A lane of channels shows what the touchpoints use; no cards are put into it.")


def _shifted_end(tx: Transaction, card: Card, step: str) -> str | None:
    """The last step of a card once it begins at `step`."""
    if card.to_step is None or card.step == step:
        return card.to_step
    steps = [column.id for column in columns(tx.store)]
    length = len(span(card, steps))
    last = min(steps.index(step) + length, len(steps)) - 1
    return steps[last] if steps[last] != step else None


def _places(ids: list[str]) -> dict[str, int]:
    return {id: place for place, id in enumerate(ids)}
