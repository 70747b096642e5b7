"""One record that both sides changed, field by field."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.model.fields import plain
from app.model.meaning import Meaning, longest, meaning_of
from app.model.merging.canonical import canonical, same
from app.model.merging.outcome import Clash
from app.model.merging.rows import both_lines, both_texts, merged_readings, merged_rows, merged_sets
from app.model.records import Record, record_to_json
from app.model.registry import record_class

Values = dict[str, Any]

ABSENT: Any = object()
"""Stands for a field that a record does not have; a field of ours then has its default."""

PARAGRAPHS = 1_000
"""Texts that may be longer than this have paragraphs; two of them stand below each other, shorter ones in a line."""


class Meeting(NamedTuple):
    """A record that both sides changed: the fields that are settled, and those that are not. See `meet`."""

    values: Values
    clashes: list[Clash]
    mine_is_default: bool


def meet(base: Record | None, mine: Record, theirs: Record) -> Meeting:
    """Brings two states of a record together, which have the same type.

    `mine_is_default`: whose values are taken where nobody chooses, for all fields of the record the same. Which one
    that is depends on what they hold alone.
    """
    old = record_to_json(base) if base is not None else {"id": mine.id, "type": mine.type}
    first, second = record_to_json(mine), record_to_json(theirs)
    mine_is_default = canonical(first) > canonical(second)
    values: Values = {}
    clashes: list[Clash] = []
    cls = record_class(_kind_first(old, first, second, mine_is_default))
    for field in sorted({*old, *first, *second}, key=lambda name: (name not in {"type", "kind"}, name)):
        was, one, other = (side.get(field, ABSENT) for side in (old, first, second))
        met = _settled(was, one, other)
        if met is None and field == "order":
            met = (one if mine_is_default else other,)
        found = None if met is not None else _met(cls, field, was, one, other)
        if isinstance(found, Clash):
            clashes.append(found)
        elif (value := met[0] if met is not None else found) is not ABSENT:
            values[field] = value
    return Meeting(values, clashes, mine_is_default)


def _kind_first(base: Values, mine: Values, theirs: Values, mine_is_default: bool) -> Values:
    """Type and kind of the merged record, which say what the other fields mean."""
    values: Values = {"type": mine["type"]}
    was, one, other = (side.get("kind", ABSENT) for side in (base, mine, theirs))
    kind = (_settled(was, one, other) or (one if mine_is_default else other,))[0]
    return values if kind is ABSENT else values | {"kind": kind}


def _settled(base: Any, mine: Any, theirs: Any) -> tuple[Any] | None:
    """The value where at most one side changed it, or both alike."""
    if same(mine, theirs) or same(base, theirs):
        return (mine,)
    return (theirs,) if same(base, mine) else None


def _met(cls: type[Record], field: str, base: Any, mine: Any, theirs: Any) -> Any:
    """The value that does justice to both sides, or a Clash."""
    if field not in cls.model_fields and ABSENT in (mine, theirs):
        return theirs if mine is ABSENT else mine  # taken out on one side and changed on the other
    base, mine, theirs = (_filled(cls, field, value) for value in (base, mine, theirs))
    meaning = meaning_of(cls, field)
    merged = _merged(meaning, base, mine, theirs)
    if merged is not None and len(merged) <= (longest(cls, field) or len(merged)):
        return merged
    both, is_clean = _both(cls, field, meaning, (base, mine, theirs))
    return Clash(field, meaning, base, mine, theirs, both, is_clean)


def _merged(meaning: Meaning, base: Any, mine: Any, theirs: Any) -> list[Any] | None:
    """A list that does justice to both sides; None where there is none, as for all that is no list."""
    match meaning:
        case "set":
            return merged_sets(base, mine, theirs)
        case "readings":
            return merged_readings(base, mine, theirs)
        case "lines":
            return merged_rows(base, mine, theirs, lines=True)
    return None


def _both(cls: type[Record], field: str, meaning: Meaning, sides: tuple[Any, Any, Any]) -> tuple[Any, bool]:
    """What holds both values and whether it is in order; None where there is no such thing, or no room for it."""
    base, mine, theirs = sides
    limit = longest(cls, field)
    both: Any = None
    is_clean = False
    if meaning == "text":
        glue = "\n\n" if limit is not None and limit > PARAGRAPHS else " / "
        both, is_clean = both_texts(base or "", mine, theirs, glue)
    elif meaning == "lines":
        both = both_lines(mine, theirs)
    elif meaning == "readings":
        both = sorted(both_lines(mine, theirs))
    return (both, is_clean) if both is not None and len(both) <= (limit or len(both)) else (None, False)


def _filled(cls: type[Record], field: str, value: Any) -> Any:
    """A value with its default where it is absent; a field that is not ours is then None."""
    if value is not ABSENT:
        return value
    info = cls.model_fields.get(field)
    return plain(info.default) if info is not None and not info.is_required() else None
