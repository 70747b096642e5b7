"""Values and records in a form of their own, by which two sides can be told apart whichever is called mine."""

from __future__ import annotations

import json
from collections.abc import Collection
from hashlib import sha256
from typing import Any

from app.model.records import Record, record_to_json

canonical = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode
"""A JSON value as text: equal values give equal texts."""


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; 1 is not true, and not 1.0."""
    if one is other:
        return True
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return bool(one == other) and canonical(one) == canonical(other)


def same_record(one: Record | None, other: Record | None) -> bool:
    """Whether two records are equal, and what this version does not know of them is the very same JSON."""
    if one is other:
        return True
    if one is None or other is None or one != other:
        return False
    extras = one.__pydantic_extra__, other.__pydantic_extra__
    return not any(extras) or canonical(extras[0]) == canonical(extras[1])


def canonical_record(record: Record) -> str:
    return canonical(record_to_json(record))


def derived_id(record: Record, why: str, taken: Collection[str]) -> str:
    """An id out of a record that anybody who merges the same comes to as well, and that none of the taken is."""
    text = f"{why} {canonical_record(record)}"
    while True:
        text = sha256(text.encode()).hexdigest()
        id = f"{record.id[:40]}_{text[:16]}"
        if id not in taken:
            return id
