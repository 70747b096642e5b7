"""Links between cards."""

from __future__ import annotations

from app.model.document import EditError, Transaction
from app.model.edits.placing import require, undivided
from app.model.ids import new_id
from app.model.queries import links_of
from app.model.records import Card, Link


@undivided
def add_link(tx: Transaction, source: str, target: str, label: str = "") -> str:
    """Draws an arrow from one card to another; returns its id. Raises EditError for a loop or a second such arrow."""
    require(tx, Card, source)
    require(tx, Card, target)
    if source == target:
        raise EditError("A card cannot be linked to itself.")
    _refuse_second(tx, source, target)
    link = Link(id=new_id("lk"), source=source, target=target, label=label)
    tx.put(link)
    return link.id


@undivided
def reverse_link(tx: Transaction, link: str) -> None:
    """Turns an arrow round. Raises EditError where there is an arrow in that direction too."""
    old = require(tx, Link, link)
    _refuse_second(tx, old.target, old.source)
    tx.set(link, source=old.target, target=old.source)


def _refuse_second(tx: Transaction, source: str, target: str) -> None:
    if any(link.source == source and link.target == target for link in links_of(tx.store, source)):
        raise EditError("These two cards are linked already.")
