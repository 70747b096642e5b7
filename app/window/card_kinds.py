"""Cards that become others, and what there is to say of it: the same from the menus and from the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.model.edits import KindChange, change_kind
from app.model.kinds import card_kind
from app.model.lanes import GENERIC_LANE_KIND, lane_kind
from app.model.meaning import label_of
from app.model.records import Card, Lane
from app.window.words import model_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.document import Document


def _tr(text: str) -> str:
    return QCoreApplication.translate("CardKinds", text)


def change_cards(document: Document, ids: Iterable[str], kind: str) -> str:
    """Makes the cards among these ones of a kind, in one step; the result is the sentence that says what became of it.

    Raises EditError for a kind that there is not.
    """
    cards = [card for id in ids if (card := document.store.of(Card, id)) is not None]
    if not cards:
        return _tr("Select cards to change their kind.")
    name = model_word(card_kind(kind).label)
    if all(card.kind == kind for card in cards):
        return _tr("Already of the kind “{kind}”.").format(kind=name)
    with document.edit(_tr("Change kind to {kind}").format(kind=name.lower())) as tx:
        change = change_kind(tx, [card.id for card in cards], kind)
    said = _said(change) or _tr("Changed to the kind “{kind}”.").format(kind=name)
    return " ".join(filter(None, (said, _out_of_place(document, cards, kind))))


def _out_of_place(document: Document, cards: Iterable[Card], kind: str) -> str:
    """Where a card was of the kind that its lane is for and is not any more: it stays, and how it is moved.

    A lane that is for notes takes anything.
    """
    lanes = [lane for card in cards if card.kind != kind and (lane := _lane_for(document, card)) is not None]
    if not lanes:
        return ""
    name = lanes[0].title or model_word(lane_kind(lanes[0].kind).label)
    return _tr("Still in the lane “{lane}”; Alt+Up and Alt+Down move cards.").format(lane=name)


def _lane_for(document: Document, card: Card) -> Lane | None:
    """The lane of a card that is of the kind which the lane is for."""
    lane = document.store.of(Lane, card.lane)
    is_meant = lane is not None and lane_kind(lane.kind).card == card.kind != GENERIC_LANE_KIND.card
    return lane if is_meant else None


def _said(change: KindChange) -> str:
    """What was left out; empty: nothing."""
    words = list(dict.fromkeys(model_word(label_of(*field)) for field in change.left_out))
    others = dict.fromkeys(model_word(label_of(*field)) for field in change.let_go)
    words += [_tr("“{field}” of other cards").format(field=field) for field in others]
    if not words:
        return ""
    return _tr("Left out what does not fit the new kind: {fields}. Ctrl+Z brings it back.").format(
        fields=", ".join(words)
    )
