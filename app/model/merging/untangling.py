"""Ids that stand for things of different types on the sides of a merge. Random ids do not meet; written ones may."""

from __future__ import annotations

from collections.abc import Mapping

from app.model.merging.canonical import canonical_record, derived_id
from app.model.records import Record

Records = dict[str, Record]


def untangled(base: Records, mine: Records, theirs: Records) -> tuple[Records, Records, Records]:
    """The three maps with one type to an id: what is of another gets a new id on its side, references included."""
    mine, theirs = _without_replaced(base, mine, theirs), _without_replaced(base, theirs, mine)
    renamed: tuple[dict[str, str], dict[str, str]] = ({}, {})
    others: set[str] = set()
    for id in mine.keys() | theirs.keys():
        first, second, old = mine.get(id), theirs.get(id), base.get(id)
        staying: Record | None
        if first is not None and second is not None and first.type != second.type:
            side = _which_goes(old, first, second)
            going, staying = (second, first) if side else (first, second)
            renamed[side][id] = derived_id(going, "another type", mine.keys() | theirs.keys())
        else:
            staying = first or second
        if old is not None and staying is not None and old.type != staying.type:
            others.add(id)
    if not (renamed[0] or renamed[1] or others):
        return base, mine, theirs
    return (
        {id: record for id, record in base.items() if id not in others},
        _with_ids(mine, renamed[0]),
        _with_ids(theirs, renamed[1]),
    )


def _without_replaced(base: Records, side: Records, other: Records) -> Records:
    """A side without what it left alone while the other put something of another type in its place."""
    replaced = {
        id
        for id, record in other.items()
        if (old := base.get(id)) is not None and old.type != record.type and side.get(id) == old
    }
    if not replaced:
        return side
    replaced -= {id for record in side.values() for id in _targets(record) - _targets(base.get(record.id))}
    return {id: record for id, record in side.items() if id not in replaced}


def _targets(record: Record | None) -> set[str]:
    """All ids that a record refers to."""
    return {id for field in record.REFERENCES for id in record.targets(field)} if record is not None else set()


def _which_goes(old: Record | None, mine: Record, theirs: Record) -> int:
    """0: mine gets a new id, 1: theirs. What the id stood for before keeps it."""
    if old is not None and old.type in {mine.type, theirs.type}:
        return 0 if old.type == theirs.type else 1
    return 0 if canonical_record(mine) < canonical_record(theirs) else 1


def _with_ids(records: Records, new: Mapping[str, str]) -> Records:
    if not new:
        return records
    changed = (_with_targets(record, new) for record in records.values())
    return {record.id: record for record in changed}


def _with_targets(record: Record, new: Mapping[str, str]) -> Record:
    values: dict[str, object] = {"id": new[record.id]} if record.id in new else {}
    for field, reference in record.REFERENCES.items():
        targets = record.targets(field)
        if not new.keys().isdisjoint(targets):
            found = tuple(new.get(target, target) for target in targets)
            values[field] = found if reference.many else found[0]
    return record.changed(**values) if values else record
