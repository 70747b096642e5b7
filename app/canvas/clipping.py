"""Cards on the clipboard: for the map that they are of, all that they are; for everything else their texts.

A map knows its cards again by their ids, so that personas, sources, pictures and links come along with a copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4
from weakref import WeakKeyDictionary

from PySide6.QtCore import QMimeData

from app.model.edits import duplicate_cards, move_cards, shift_cards
from app.model.lanes import lane_kind
from app.model.queries import columns, lanes
from app.model.records import Card

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.canvas.selection import Cell
    from app.model.document import Document, Transaction
    from app.model.store import RecordGraph

CARDS_MIME: Final = "application/x-journeymapper-cards"

_names: WeakKeyDictionary[Document, str] = WeakKeyDictionary()


def clip(document: Document, ids: Iterable[str]) -> QMimeData | None:
    """The cards among these in reading order, as the clipboard takes them; None where there is none."""
    cards = [card for id in ids if (card := document.store.of(Card, id)) is not None]
    if not cards:
        return None
    steps, rows = _steps(document.store), [lane.id for lane in lanes(document.store)]
    cards.sort(key=lambda card: (rows.index(card.lane), steps.index(card.step), card.order, card.id))
    data = QMimeData()
    data.setText("\n".join(": ".join(part for part in (_line(card.title), _line(card.body)) if part) for card in cards))
    data.setData(CARDS_MIME, "\n".join([_name(document), *(card.id for card in cards)]).encode())
    return data


def clipped(document: Document, data: QMimeData) -> tuple[list[str], int]:
    """The cards of this map that were copied and are still there, and how many are not."""
    name, *ids = bytes(data.data(CARDS_MIME).data()).decode(errors="replace").split("\n")
    copied = ids if name == _name(document) else []
    there = [id for id in copied if document.store.of(Card, id) is not None]
    return there, len(copied) - len(there)


def put_copies(tx: Transaction, ids: list[str], cell: Cell) -> list[str]:
    """Copies cards into a cell; those of several cells lie there as they did, the first of them in it.

    Returns the copies. Raises EditError where they have no place.
    """
    cards = [card for id in ids if (card := tx.store.of(Card, id)) is not None]
    made = duplicate_cards(tx, ids)
    if len({(card.lane, card.step) for card in cards}) == 1:
        move_cards(tx, made, cell.lane, cell.step, cell.at)
        return made
    steps = _steps(tx.store)
    rows = [lane.id for lane in lanes(tx.store) if lane_kind(lane.kind).holds_cards]
    across = steps.index(cell.step) - min(steps.index(card.step) for card in cards)
    down = rows.index(cell.lane) - min(rows.index(card.lane) for card in cards)
    shift_cards(tx, made, across, down)
    return made


def _name(document: Document) -> str:
    """Tells open maps apart, of this program and of another beside it: those of one template share their ids."""
    return _names.setdefault(document, uuid4().hex)


def _steps(store: RecordGraph) -> list[str]:
    return [step.id for step in columns(store)]


def _line(text: str) -> str:
    return " ".join(text.split())
