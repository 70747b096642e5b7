"""What the fields of a record mean to whoever compares or merges: how they are called, and how two changes meet."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from app.model.fields import AS_SET, BY_DATE
from app.model.records import Card, Record

Meaning = Literal["text", "set", "lines", "readings", "value"]
"""Words that somebody wrote; ids or names of which each is there once; entries in an order; dated figures; the rest."""

PLACED_BY = {
    "step": frozenset({"stage"}),
    "card": frozenset({"step", "lane", "to_step"}),
    "emotion_point": frozenset({"step", "lane", "at"}),
    "backdrop": frozenset({"x", "y"}),
}
"""The fields, beside `order`, that say where a record of a type lies."""

NOT_WORDS = frozenset({"channel", "address"})
"""The editors of texts that stand for something, and are no words to be mixed."""


def meaning_of(record_class: type[Record], field: str) -> Meaning:
    """How two changes of a field meet; a field that this version does not know is one value."""
    return _meanings(record_class).get(field, "value")


def label_of(record_class: type[Record], field: str) -> str:
    """What a field is called, in English: "Key insights"."""
    return _labels(record_class).get(field) or field.replace("_", " ").capitalize()


def word_for(record_class: type[Record], field: str, value: object) -> str:
    """What a choice is called, in English: "In progress"; for yes, no and nothing too."""
    info = record_class.model_fields.get(field)
    hints = info.json_schema_extra if info is not None and isinstance(info.json_schema_extra, dict) else {}
    words = hints.get("words", {})
    key = str(value).lower()
    said = words.get(key) if isinstance(words, dict) else None
    usual = {"none": "nothing", "true": "yes", "false": "no"}
    return str(said) if said else usual.get(key, key.replace("_", " "))


def is_choice(record_class: type[Record], field: str) -> bool:
    """Whether a field holds one of few words, or yes and no."""
    info = record_class.model_fields.get(field)
    return info is not None and _is_choice(info.annotation)


def longest(record_class: type[Record], field: str) -> int | None:
    """How many characters a text may have, or entries a list; None: that is not said."""
    info = record_class.model_fields.get(field)
    limits = [getattr(entry, "max_length", None) for entry in info.metadata] if info is not None else []
    return next((limit for limit in limits if limit is not None), None)


def placing_fields(record: Record) -> frozenset[str]:
    """The fields that say where a record lies, `order` included."""
    return PLACED_BY.get(record.type, frozenset()) | {"order"}


def group_of(record: Record) -> tuple[str, ...] | None:
    """Among whom a record has its place in an order: those of the same group. None: it has none."""
    values = record.__dict__
    if "order" not in values:
        return None
    if isinstance(record, Card):
        return "card", record.lane, record.step
    return ("step", values["stage"]) if record.type == "step" else (record.type,)


@cache
def _labels(record_class: type[Record]) -> dict[str, str]:
    return {name: info.title for name, info in record_class.model_fields.items() if info.title}


@cache
def _meanings(record_class: type[Record]) -> dict[str, Meaning]:
    return {name: _meaning(record_class, name, info) for name, info in record_class.model_fields.items()}


def _meaning(record_class: type[Record], name: str, info: FieldInfo) -> Meaning:
    if AS_SET in info.metadata:
        return "set"
    if BY_DATE in info.metadata:
        return "readings"
    if get_origin(info.annotation) is tuple:
        return "lines"
    is_words = info.annotation is str and name not in {"id", "type", "order"} and name not in record_class.REFERENCES
    return "text" if is_words and _is_free_text(info) else "value"


def _is_free_text(info: FieldInfo) -> bool:
    hints: Any = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    limits = [entry for entry in info.metadata if isinstance(entry, StringConstraints)]
    return hints.get("editor") not in NOT_WORDS and any(limit.max_length and not limit.pattern for limit in limits)


def _is_choice(annotation: Any) -> bool:
    if annotation is bool or get_origin(annotation) is Literal:
        return True
    return any(_is_choice(part) for part in get_args(annotation) if part is not type(None))
