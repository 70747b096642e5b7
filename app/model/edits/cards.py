"""Cards: adding, moving within and between cells, spanning, duplicating."""

from __future__ import annotations

from typing import Any

from app.model.document import EditError, Transaction
from app.model.edits.placing import orders_at, require
from app.model.ids import new_id
from app.model.kinds import card_kind
from app.model.lanes import lane_kind
from app.model.queries import cards_in, columns, lanes, span
from app.model.records import Card, Lane, Link, Step


def add_card(tx: Transaction, kind: str, lane: str, step: str, *, index: int | None = None, **fields: Any) -> str:
    """Adds a card at a place in a cell, None: below the others; returns its id.

    Raises EditError for a curve lane and pydantic.ValidationError for a bad field.
    """
    _require_cell(tx, lane, step)
    siblings = cards_in(tx.store, lane, step)
    [order] = orders_at(tx, siblings, len(siblings) if index is None else index)
    values = {"id": new_id("c"), "type": "card", "kind": kind, "lane": lane, "step": step, "order": order}
    card = card_kind(kind).record.model_validate({**values, **fields})
    tx.put(card)
    return card.id


def move_cards(tx: Transaction, cards: list[str], lane: str, step: str, index: int | None = None) -> None:
    """Puts cards into one cell, in the order given; `index` counts the cards that are there without them.

    A spanning card keeps its length as far as the map reaches. Raises EditError for a curve lane.
    """
    _require_cell(tx, lane, step)
    moved = [require(tx, Card, card) for card in dict.fromkeys(cards)]
    ids = {card.id for card in moved}
    siblings = [card for card in cards_in(tx.store, lane, step) if card.id not in ids]
    place = len(siblings) if index is None else index
    orders = orders_at(tx, siblings, place, len(moved))
    for card, order in zip(moved, orders, strict=True):
        to_step = _shifted_end(tx, card, step) if card.to_step is not None else None
        tx.set(card.id, lane=lane, step=step, order=order, to_step=to_step)


def shift_cards(tx: Transaction, cards: list[str], columns_by: int, lanes_by: int) -> None:
    """Moves cards together by so many steps and lanes, keeping their places relative to each other.

    Curve lanes are stepped over. Raises EditError where one of them would leave the map.
    """
    steps = [step.id for step in columns(tx.store)]
    rows = [lane.id for lane in lanes(tx.store) if not lane_kind(lane.kind).is_curve]
    targets: dict[tuple[str, str], list[Card]] = {}
    for card in (require(tx, Card, id) for id in dict.fromkeys(cards)):
        column, row = steps.index(card.step) + columns_by, rows.index(card.lane) + lanes_by
        if not (0 <= column < len(steps) and 0 <= row < len(rows)):
            raise EditError("The cards cannot go there: some of them would leave the map.")
        targets.setdefault((rows[row], steps[column]), []).append(card)
    for (lane, step), group in targets.items():
        move_cards(tx, [card.id for card in sorted(group, key=lambda card: (card.order, card.id))], lane, step)


def span_card(tx: Transaction, card: str, to_step: str | None) -> None:
    """Lets a card lie over the steps from its own to `to_step`; None, or a step that is not later: its own only."""
    spanning = require(tx, Card, card)
    if to_step is not None:
        require(tx, Step, to_step)
        steps = [step.id for step in columns(tx.store)]
        if steps.index(to_step) <= steps.index(spanning.step):
            to_step = None
    tx.set(card, to_step=to_step)


def duplicate_cards(tx: Transaction, cards: list[str]) -> list[str]:
    """Copies cards, each right below its original, with the links among them; returns the new ids."""
    copies: dict[str, str] = {}
    for original in (require(tx, Card, id) for id in dict.fromkeys(cards)):
        siblings = cards_in(tx.store, original.lane, original.step)
        [order] = orders_at(tx, siblings, siblings.index(original) + 1)
        copies[original.id] = new_id("c")
        current = require(tx, Card, original.id)
        tx.put(current.changed(id=copies[original.id], order=order))
    links = [link for link in tx.store.of_type("link") if isinstance(link, Link)]
    for link in links:
        if link.source in copies and link.target in copies:
            tx.put(link.changed(id=new_id("lk"), source=copies[link.source], target=copies[link.target]))
    return list(copies.values())


def _require_cell(tx: Transaction, lane: str, step: str) -> None:
    row = require(tx, Lane, lane)
    require(tx, Step, step)
    if lane_kind(row.kind).is_curve:
        raise EditError("Cards do not lie in a curve lane; put an emotion point there instead.")


def _shifted_end(tx: Transaction, card: Card, step: str) -> str | None:
    """The last step of a spanning card once it begins at another step."""
    steps = [column.id for column in columns(tx.store)]
    length = len(span(card, steps))
    last = min(steps.index(step) + length, len(steps)) - 1
    return steps[last] if steps[last] != step else None
