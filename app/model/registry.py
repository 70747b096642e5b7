"""From plain JSON values to records: which class validates which type and kind."""

from __future__ import annotations

from functools import cache
from typing import Any

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
}


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
