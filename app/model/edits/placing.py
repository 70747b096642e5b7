"""Where a record goes among its siblings."""

from __future__ import annotations

from typing import TypeVar

from app.model.document import EditError, Transaction
from app.model.ordering import OrderError, keys_between
from app.model.queries import Sibling
from app.model.records import Record

R = TypeVar("R", bound=Record)


def require(tx: Transaction, type_: type[R], id: str) -> R:
    """The record of that class. Raises EditError where it is gone or is something else."""
    record = tx.store.of(type_, id)
    if record is None:
        raise EditError(f"There is no {type_.__name__.lower()} {id} in this map.")
    return record


def orders_at(tx: Transaction, siblings: list[Sibling], index: int, count: int = 1) -> list[str]:
    """`count` order keys for newcomers before the sibling at `index` (clamped; the length appends).

    Where the present keys leave no room, as equal keys after a merge do, all siblings get new ones.
    """
    index = max(0, min(index, len(siblings)))
    before = siblings[index - 1].order if index > 0 else None
    after = siblings[index].order if index < len(siblings) else None
    try:
        return keys_between(before, after, count)
    except OrderError:
        fresh = keys_between(None, None, len(siblings) + count)
        newcomers = fresh[index : index + count]
        for sibling, key in zip(siblings, fresh[:index] + fresh[index + count :], strict=True):
            tx.set(sibling.id, order=key)
        return newcomers


def index_before(siblings: list[Sibling], before: str | None) -> int:
    """The index of a sibling by id; None: the end. Raises EditError where it is none of them."""
    if before is None:
        return len(siblings)
    for index, sibling in enumerate(siblings):
        if sibling.id == before:
            return index
    raise EditError(f"{before} is not where something was to be placed before it.")
