"""Plain fields of any record: what inspectors and text editors write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.model.document import EditError, Transaction
from app.model.edits.placing import name_of, refuse_misplaced, require_target, undivided
from app.model.ids import MAP_ID
from app.model.records import UnknownRecord


@undivided
def set_fields(tx: Transaction, ids: Iterable[str], **fields: Any) -> None:
    """Gives the same values to one record or many. Raises EditError or pydantic.ValidationError.

    Places (lane, step, order) and references are for the other edits: `set_references` and those that move things.
    """
    for id in ids:
        record = tx.store.get(id)
        if record is None or isinstance(record, UnknownRecord):
            raise EditError(f"There is nothing to change at {id}.")
        refuse_misplaced(type(record), fields)
        tx.put(record.edited(**fields))


@undivided
def set_map(tx: Transaction, **fields: Any) -> None:
    """Changes what the map says of itself: title, objective, scope, language, …"""
    set_fields(tx, [MAP_ID], **fields)


@undivided
def switch_rule(tx: Transaction, rule: str, *, on: bool) -> None:
    """Lets a rule of the map doctor apply to this map, or not. Raises EditError where there is no such rule."""
    from app.model.analysis.doctor import RULES  # opening a map needs no doctor

    if rule not in RULES:
        raise EditError(f"The map doctor has no rule {rule}.")
    off = set(tx.document.map.doctor_off)
    set_map(tx, doctor_off=tuple(off - {rule} if on else off | {rule}))


@undivided
def set_references(tx: Transaction, ids: Iterable[str], field: str, targets: Iterable[str]) -> None:
    """Lets records speak of these others and no more: `personas`, `sources`, `cards`, `addresses`, `changes`.

    Raises EditError where a target is gone or something else, pydantic.ValidationError beyond 500 of them.
    """
    wanted = tuple(targets)
    for id in ids:
        record = tx.store.get(id)
        reference = record.REFERENCES.get(field) if record is not None else None
        if record is None or reference is None or not reference.many:
            what = name_of(type(record)) if record is not None else "map"
            raise EditError(f"The field “{field}” of this {what} does not lead to others.")
        for target in wanted:
            require_target(tx, reference, target)
        tx.set(id, **{field: wanted})


@undivided
def add_reference(tx: Transaction, ids: Iterable[str], field: str, target: str) -> None:
    """Lets records speak of one more. Raises what `set_references` does."""
    for id in ids:
        set_references(tx, [id], field, [*_targets(tx, id, field), target])


@undivided
def remove_reference(tx: Transaction, ids: Iterable[str], field: str, target: str) -> None:
    """Lets records no longer speak of this one. Raises what `set_references` does."""
    for id in ids:
        set_references(tx, [id], field, [kept for kept in _targets(tx, id, field) if kept != target])


def _targets(tx: Transaction, id: str, field: str) -> tuple[str, ...]:
    record = tx.store.get(id)
    return record.targets(field) if record is not None and field in record.REFERENCES else ()
