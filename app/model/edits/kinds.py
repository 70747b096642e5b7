"""Cards that become others: the note of a workshop turns out to be a pain point, and that an opportunity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from app.model.document import EditError, Transaction
from app.model.edits.placing import require, undivided
from app.model.kinds import card_kinds
from app.model.records import Card, Record


class Field(NamedTuple):
    """A field of a class of records."""

    owner: type[Record]
    name: str


class KindChange(NamedTuple):
    """What went when cards changed their kind, for the sentence that tells the user.

    `left_out`: filled fields that the new kind does not have; `let_go`: fields of other cards that spoke of one of
    these as what it no longer is. Each once, in the order of the cards.
    """

    left_out: tuple[Field, ...] = ()
    let_go: tuple[Field, ...] = ()


@undivided
def change_kind(tx: Transaction, cards: Iterable[str], kind: str) -> KindChange:
    """Makes cards ones of another kind, in the same place and with all that both kinds have.

    Any lane for cards holds cards of every kind, so none of them moves. Raises EditError for a kind that there is not.
    """
    known = card_kinds().get(kind)
    if known is None:
        raise EditError("There is no such kind of card.")
    wanted = [require(tx, Card, id) for id in dict.fromkeys(cards)]
    changing = [card for card in wanted if card.kind != kind]
    left_out: dict[Field, None] = {}
    for card in changing:
        made = _remade(card, known.record, kind)
        left_out.update(dict.fromkeys(_lost(card, made)))
        tx.put(made)
    let_go = [field for card in changing for field in _release(tx, card.id, kind)]
    return KindChange(tuple(left_out), tuple(dict.fromkeys(field for field in let_go if field not in left_out)))


def _remade(card: Card, record_class: type[Card], kind: str) -> Card:
    """The card as one of that kind: with the fields that both have, and those that no version here knows."""
    fields, strange = record_class.model_fields, card.__pydantic_extra__ or {}
    kept = {name: value for name, value in card.__dict__.items() if name in fields}
    kept |= {name: value for name, value in strange.items() if name not in record_class.REFERENCES}
    values: dict[str, Any] = {**kept, "kind": kind}
    try:
        return record_class.model_validate(values)
    except ValidationError as error:  # a kind of a newer version means something else by one of the names
        wrong = {problem["loc"][0] for problem in error.errors()}
        return record_class.model_validate({name: value for name, value in values.items() if name not in wrong})


def _lost(card: Card, made: Card) -> list[Field]:
    """The filled fields of a card that are not in what it became."""
    held = {**card.__dict__, **(card.__pydantic_extra__ or {})}
    kept = {**made.__dict__, **(made.__pydantic_extra__ or {})}
    usual = {name: info.default for name, info in type(card).model_fields.items()}
    return [
        Field(type(card), name)
        for name, value in held.items()
        if name != "kind" and (name not in usual or value != usual[name]) and (name not in kept or value != kept[name])
    ]


def _release(tx: Transaction, id: str, kind: str) -> list[Field]:
    """Takes a card out of the fields of others that only cards of its old kind belong in."""
    released: list[Field] = []
    for referrer in tx.store.referrers(id):
        for name, reference in referrer.REFERENCES.items():
            if reference.kind not in {None, kind} and id in referrer.targets(name):
                tx.set(referrer.id, **{name: tuple(other for other in referrer.targets(name) if other != id)})
                released.append(Field(type(referrer), name))
    return released
