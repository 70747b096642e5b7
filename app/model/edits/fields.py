"""Plain fields of any record: what inspectors and text editors write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.model.document import EditError, Transaction
from app.model.edits.placing import refuse_misplaced, undivided
from app.model.ids import MAP_ID
from app.model.records import UnknownRecord


@undivided
def set_fields(tx: Transaction, ids: Iterable[str], **fields: Any) -> None:
    """Gives the same values to one record or many. Raises EditError or pydantic.ValidationError.

    Places (lane, step, order) and references are for the other edits.
    """
    for id in ids:
        record = tx.store.get(id)
        if record is None or isinstance(record, UnknownRecord):
            raise EditError(f"There is nothing to change at {id}.")
        refuse_misplaced(type(record), fields)
        tx.set(id, **fields)


@undivided
def set_map(tx: Transaction, **fields: Any) -> None:
    """Changes what the map says of itself: title, objective, scope, language, …"""
    set_fields(tx, [MAP_ID], **fields)
