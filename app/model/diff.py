"""The algebra of changes: `{id: (before, after)}`, where None means that the record was not there.

Inverse is a swap, squash keeps the first before and the last after. Diffs are values: every function builds a new one.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.model.records import Record

Diff = dict[str, tuple[Record | None, Record | None]]


def inverse(diff: Diff) -> Diff:
    """What takes the change back."""
    return {id: (after, before) for id, (before, after) in diff.items()}


def squash(first: Diff, second: Diff) -> Diff:
    """Both changes as one; what ends as it began is dropped."""
    result = dict(first)
    for id, (before, after) in second.items():
        first_before = result[id][0] if id in result else before
        if first_before == after:
            result.pop(id, None)
        else:
            result[id] = (first_before, after)
    return result


def between(before: Iterable[Record], after: Iterable[Record]) -> Diff:
    """What leads from the one set of records to the other."""
    old = {record.id: record for record in before}
    new = {record.id: record for record in after}
    return {id: (old.get(id), new.get(id)) for id in sorted(old.keys() | new.keys()) if old.get(id) != new.get(id)}
