"""What lies beside the grid: sources, feedback, actions, own channels, comments, backdrops.

`before` names the sibling that the newcomer is placed before; None: at the end. `fields` are free fields of the record;
a bad value raises pydantic.ValidationError, a field that is not free EditError. `set_fields` changes them later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from app.model.beside import ActionItem, Backdrop, Comment, Feedback, OwnChannel, Source
from app.model.document import EditError, Transaction
from app.model.edits.fields import set_references
from app.model.edits.placing import move_among, order_before, refuse_misplaced, require, undivided
from app.model.ids import new_id
from app.model.queries import action_items, feedback, own_channels, sources
from app.model.records import Record

Listed = TypeVar("Listed", Source, Feedback, ActionItem, OwnChannel)


@undivided
def add_source(tx: Transaction, title: str = "", *, before: str | None = None, **fields: Any) -> str:
    """Adds a source that cards can cite; returns its id."""
    return _add(tx, Source, "so", sources(tx.store), before, {"title": title, **fields})


@undivided
def move_source(tx: Transaction, source: str, before: str | None) -> None:
    """Moves a source in the list of sources."""
    move_among(tx, Source, source, sources(tx.store), before)


@undivided
def add_feedback(tx: Transaction, origin: str = "", *, before: str | None = None, **fields: Any) -> str:
    """Adds a line to the feedback log; returns its id."""
    return _add(tx, Feedback, "fb", feedback(tx.store), before, {"origin": origin, **fields})


@undivided
def move_feedback(tx: Transaction, line: str, before: str | None) -> None:
    """Moves a line of the feedback log."""
    move_among(tx, Feedback, line, feedback(tx.store), before)


@undivided
def add_action_item(tx: Transaction, strategy: str = "", *, before: str | None = None, **fields: Any) -> str:
    """Adds a line to the action plan; returns its id."""
    return _add(tx, ActionItem, "ai", action_items(tx.store), before, {"strategy": strategy, **fields})


@undivided
def move_action_item(tx: Transaction, line: str, before: str | None) -> None:
    """Moves a line of the action plan."""
    move_among(tx, ActionItem, line, action_items(tx.store), before)


@undivided
def add_channel(tx: Transaction, label: str = "", *, before: str | None = None, **fields: Any) -> str:
    """Adds a channel that only this map has; returns its id, which touchpoints then name as their channel."""
    return _add(tx, OwnChannel, "ch", own_channels(tx.store), before, {"label": label, **fields})


@undivided
def move_channel(tx: Transaction, channel: str, before: str | None) -> None:
    """Moves an own channel among the map's own."""
    move_among(tx, OwnChannel, channel, own_channels(tx.store), before)


@undivided
def add_comment(tx: Transaction, about: str, text: str, author: str = "", created: datetime | None = None) -> str:
    """Adds a comment on anything but a comment; returns its id. `created` in UTC. Raises EditError."""
    target = tx.store.get(about)
    if target is None or isinstance(target, Comment):
        raise EditError(f"There is nothing to comment on at {about}.")
    comment = Comment(id=new_id("cm"), about=about, text=text, author=author, created=created)
    tx.put(comment)
    return comment.id


@undivided
def add_backdrop(tx: Transaction, picture: str, **fields: Any) -> str:
    """Puts a picture of the shelf behind the map, locked; returns the backdrop's id."""
    refuse_misplaced(Backdrop, fields)
    backdrop = Backdrop(id=new_id("bd"), picture=picture, **fields)
    tx.put(backdrop)
    return backdrop.id


@undivided
def move_backdrop(tx: Transaction, backdrop: str, x: float, y: float) -> None:
    """Puts a backdrop elsewhere, mm of the sheet. Raises EditError where it is locked."""
    if require(tx, Backdrop, backdrop).locked:
        raise EditError("The backdrop is locked; unlock it to move it.")
    tx.set(backdrop, x=x, y=y)


def _add(
    tx: Transaction, record_class: type[Listed], prefix: str, siblings: list[Listed], before: str | None, fields: Any
) -> str:
    """Adds a record of a list, with its free fields and what it refers to."""
    references = {name: fields.pop(name) for name in list(fields) if name in record_class.REFERENCES}
    refuse_misplaced(record_class, fields)
    order = order_before(tx, siblings, before)
    record: Record = record_class.model_validate({**fields, "id": new_id(prefix), "order": order})
    tx.put(record)
    for name, targets in references.items():
        set_references(tx, [record.id], name, targets)
    return record.id
