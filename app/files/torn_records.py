"""From what is left of a record's values to a record: what cannot be kept is left out, one field at a time."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.files.jsontext import Values
from app.model.ids import MAP_ID, new_id
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.records import Record
from app.model.registry import RECORD_TYPES, record_class, record_from_json
from app.model.restoring import is_near

MOST_ROUNDS = 40
LONGEST_LIST = 10_000

_TELLING: tuple[tuple[str, frozenset[str]], ...] = (
    ("emotion_point", frozenset({"persona", "step"})),
    ("emotion_point", frozenset({"persona", "lane"})),
    ("card", frozenset({"kind", "step"})),
    ("card", frozenset({"kind", "lane"})),
    ("card", frozenset({"lane", "step"})),
    ("card", frozenset({"step", "title"})),
    ("link", frozenset({"source", "target"})),
    ("step", frozenset({"stage"})),
    ("comment", frozenset({"about"})),
)
"""The type of a record of which the type is lost, by fields that only it has."""


class Kept(NamedTuple):
    """A record, and whether it is another than it was because something in it was broken."""

    record: Record
    is_mended: bool


def record_of(values: Values) -> Kept | None:
    """A valid record of these values; None where not even its type can be told. References are not looked at."""
    mended = dict(values)
    name = _type_of(mended)
    if name is None:
        return None
    mended["type"] = name
    kinds = {"card": tuple(card_kinds()), "lane": tuple(LANE_KINDS)}.get(name)
    if kinds is not None and isinstance(mended.get("kind"), str):
        mended["kind"] = _nearest(mended["kind"], kinds)
    record = _validated(mended)
    return Kept(record, mended != values) if record is not None else None


def _type_of(values: Values) -> str | None:
    told = values.get("type")
    if isinstance(told, str):
        return _nearest(told, tuple(RECORD_TYPES))
    return next((name for name, fields in _TELLING if fields <= values.keys()), None)


@lru_cache(maxsize=1000)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    """The word, or the one that it was before one of its characters changed."""
    if word in known:
        return word
    near = [each for each in known if is_near(word, each)]
    return near[0] if len(near) == 1 else word


def _validated(values: Values) -> Record | None:
    """The record, after taking out of the values what keeps it from being one."""
    for _ in range(MOST_ROUNDS):
        try:
            return record_from_json(values)
        except ValidationError as error:
            _take_out(values, error.errors(include_url=False, include_input=False))
    return None


def _take_out(values: Values, errors: list[ErrorDetails]) -> None:
    """What is required gets something in its place, texts and lists that are too long are cut, the rest goes."""
    for details in reversed(errors):  # so that taking out an entry of a list moves none that is still to go
        field = str(details["loc"][0]) if details["loc"] else ""
        value = values.get(field)
        entry = details["loc"][1] if len(details["loc"]) > 1 else None
        if details["type"] in {"string_too_long", "too_long"} and entry is None and isinstance(value, str | list):
            values[field] = value[: details["ctx"]["max_length"]]
        elif isinstance(entry, int) and isinstance(value, list) and entry < len(value) <= LONGEST_LIST:
            values[field] = [each for at, each in enumerate(value) if at != entry]
        elif field in _required(record_class(values)):
            values[field] = _stand_in(field, values)
        else:
            values.pop(field, None)


@cache
def _required(model: type[Record]) -> frozenset[str]:
    """Fields without which there is no record."""
    return frozenset(name for name, field in model.model_fields.items() if field.is_required())


def _stand_in(field: str, values: Values) -> Any:
    """An id of its own, a plain kind, and for references one that leads nowhere, for others to mend."""
    if field == "id":
        return MAP_ID if values.get("type") == "map" else new_id("r")
    return "note" if field == "kind" else ""
