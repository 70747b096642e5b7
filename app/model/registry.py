"""From plain JSON values, or from lines of JSON, to records: which class validates which type and kind."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from app.model.beside import ActionItem, Backdrop, Comment, Feedback, OwnChannel, Source
from app.model.bulk import collector_paused
from app.model.kinds import card_kinds
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step, UnknownRecord

RECORD_TYPES: dict[str, type[Record]] = {
    "map": MapRecord,
    "persona": Persona,
    "stage": Stage,
    "step": Step,
    "lane": Lane,
    "card": Card,
    "emotion_point": EmotionPoint,
    "link": Link,
    "source": Source,
    "feedback": Feedback,
    "action_item": ActionItem,
    "comment": Comment,
    "channel": OwnChannel,
    "backdrop": Backdrop,
}


class RecordError(ValueError):
    """One of many values makes no record: its place in the list, from 0, and what pydantic says of it."""

    def __init__(self, index: int, error: ValidationError) -> None:
        super().__init__(f"value {index} makes no record: {error}")
        self.index = index
        self.error = error


@cache
def _card_classes() -> dict[str, type[Record]]:
    return {kind.id: kind.record for kind in card_kinds().values()}


def record_class(values: dict[str, Any]) -> type[Record]:
    """The class for a record's plain values; a type or kind of a newer version gets a class that keeps it."""
    name, kind = values.get("type"), values.get("kind")
    if name == "card":
        return _card_classes().get(kind, Card) if isinstance(kind, str) else Card
    return RECORD_TYPES.get(name, UnknownRecord) if isinstance(name, str) else UnknownRecord


def record_from_json(values: dict[str, Any]) -> Record:
    """A validated record. Raises pydantic.ValidationError."""
    return record_class(values).model_validate(values)


def records_from_lines(lines: Iterable[bytes]) -> list[Record]:
    """A record from each line of JSON: the fast way into the program, in half the time of parsing and validating apart.

    A line holds exactly one JSON object. The parser refuses NaN and Infinity in known fields, lone surrogates, nesting
    beyond 200 levels and what is not UTF-8. It does not notice that a key comes twice (the last one counts), and fields
    that the model does not know can hold anything, infinite numbers included: whoever reads a strange file looks
    after those. Raises RecordError, which names the first line that is wrong, though not as nicely as
    `record_from_json` does: pydantic speaks of all the types that it tried.
    """
    records: list[Record] = []
    try:
        with collector_paused():
            records.extend(map(_any_record().validate_json, lines))
    except ValidationError as error:
        raise RecordError(len(records), error) from None  # what came before it is in the list already
    return records


@cache
def _any_record() -> SchemaValidator:
    """The validator that picks the class as `record_class` does, but inside pydantic, while it parses."""
    cards = _tagged("kind", {kind: _schema(cls) for kind, cls in _card_classes().items()}, Card)
    types = {name: _schema(cls) for name, cls in RECORD_TYPES.items()} | {"card": cards}
    return SchemaValidator(_tagged("type", types, UnknownRecord), {"cache_strings": "keys"})


def _schema(record_class: type[Record]) -> CoreSchema:
    schema: CoreSchema = record_class.__pydantic_core_schema__
    return schema


def _tagged(tag: str, choices: dict[str, CoreSchema], otherwise: type[Record]) -> CoreSchema:
    """Picks by a field; a value of it that is none of the choices gets a class that keeps it."""

    def refuse_known(record: Record) -> Record:
        if getattr(record, tag) in choices:
            raise ValueError(f"is a bad {getattr(record, tag)}")
        return record

    fallback = core_schema.no_info_after_validator_function(refuse_known, _schema(otherwise))
    known = core_schema.tagged_union_schema(dict(choices), tag)
    return core_schema.union_schema([known, fallback], mode="left_to_right")
