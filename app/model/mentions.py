"""Records beside others than those they come from: what they only mention may not be there."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from app.model.records import Record


def without_the_lost(record: Record, present: AbstractSet[str]) -> Record:
    """The record without what it only mentions and that is not present; what it cannot be without stays named."""
    mended: dict[str, object] = {}
    for field, reference in record.REFERENCES.items():
        targets = record.targets(field)
        there = tuple(id for id in targets if id in present)
        if reference.on_delete == "clear" and len(there) != len(targets):
            mended[field] = there if reference.many else None
    return record.changed(**mended) if mended else record
