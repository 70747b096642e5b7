"""Where a record goes among its siblings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

from app.model.document import EditError, Transaction
from app.model.ordering import OrderError, keys_between
from app.model.queries import Sibling
from app.model.records import ANY, Record, Reference

R = TypeVar("R", bound=Record)
Edit = TypeVar("Edit", bound=Callable[..., Any])

STRUCTURAL = frozenset({"id", "type", "kind", "order"})


def undivided(edit: Edit) -> Edit:
    """Makes an edit that fails change nothing, even where its transaction stays open, as in a drag."""

    @wraps(edit)
    def whole(tx: Transaction, *args: Any, **kwargs: Any) -> Any:
        with tx.all_or_nothing():
            return edit(tx, *args, **kwargs)

    return cast(Edit, whole)


def name_of(record_class: type[Record]) -> str:
    """What a sentence for the user calls records of a class."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", record_class.__name__).lower().removesuffix(" record")


def refuse_misplaced(record_class: type[Record], fields: Iterable[str]) -> None:
    """Raises EditError for fields that place or identify a record, or that its class does not have."""
    free = record_class.model_fields.keys() - STRUCTURAL - record_class.REFERENCES.keys()
    misplaced = sorted(set(fields) - free)
    if misplaced:
        raise EditError(f"The field “{misplaced[0]}” of this {name_of(record_class)} cannot be set like this.")


def require_target(tx: Transaction, reference: Reference, id: str) -> None:
    """Raises EditError where a reference cannot lead to a record."""
    target = tx.store.get(id)
    is_right = target is not None and reference.target in {ANY, target.type}
    if not is_right or (reference.kind is not None and getattr(target, "kind", None) != reference.kind):
        what = (reference.kind or reference.target).replace("_", " ")
        raise EditError(f"There is no {what} {id} in this map.")


def require(tx: Transaction, type_: type[R], id: str) -> R:
    """The record of that class. Raises EditError where it is gone or is something else."""
    record = tx.store.of(type_, id)
    if record is None:
        raise EditError(f"There is no {name_of(type_)} {id} in this map.")
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


def order_before(tx: Transaction, siblings: list[Sibling], before: str | None) -> str:
    """An order key for a newcomer before a sibling, None: at the end. Raises EditError where it is none of them."""
    return orders_at(tx, siblings, index_before(siblings, before))[0]


def index_before(siblings: list[Sibling], before: str | None) -> int:
    """The index of a sibling by id; None: the end. Raises EditError where it is none of them."""
    if before is None:
        return len(siblings)
    for index, sibling in enumerate(siblings):
        if sibling.id == before:
            return index
    raise EditError(f"Nothing can be placed before {before}, which is not there.")


def move_among(tx: Transaction, type_: type[Record], id: str, siblings: list[Sibling], before: str | None) -> None:
    """Gives a record its place among its siblings. Nothing changes where it is there already.

    Raises EditError where the record is none of that class, or `before` none of the siblings.
    """
    require(tx, type_, id)
    place, wanted = index_before(siblings, id), index_before(siblings, before)
    if wanted in (place, place + 1):
        return
    others = [sibling for sibling in siblings if sibling.id != id]
    tx.set(id, order=order_before(tx, others, before))
