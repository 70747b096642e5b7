"""Links between cards."""

from __future__ import annotations

from app.model.document import EditError, Transaction
from app.model.edits.placing import require
from app.model.ids import new_id
from app.model.queries import links_of
from app.model.records import Card, Link


def add_link(tx: Transaction, source: str, target: str, label: str = "") -> str:
    """Draws an arrow from one card to another; returns its id. Raises EditError for a loop or a second such arrow."""
    require(tx, Card, source)
    require(tx, Card, target)
    if source == target:
        raise EditError("A card cannot be linked to itself.")
    if any(link.source == source and link.target == target for link in links_of(tx.store, source)):
        raise EditError("These two cards are linked already.")
    link = Link(id=new_id("lk"), source=source, target=target, label=label)
    tx.put(link)
    return link.id


def reverse_link(tx: Transaction, link: str) -> None:
    """Turns an arrow round."""
    old = require(tx, Link, link)
    tx.set(link, source=old.target, target=old.source)
