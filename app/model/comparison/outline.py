"""A map as lines of text, one for each record: what `git diff` can show of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.model.comparison.comparing import place_in_reading
from app.model.comparison.sentences import value_words
from app.model.comparison.side import Side, words_of
from app.model.meaning import PLACED_BY, meaning_of
from app.model.records import Card, EmotionPoint, Link, Record, Step, record_to_json

SEPARATOR = " | "
NAMING = frozenset({"title", "name", "label", "origin", "insight", "strategy", "text"})
"""The fields of which one names a record."""


def outline(records: Iterable[Record]) -> Iterator[str]:
    """A line for each record in reading order: where it lies, what it is, what it is called, and all else it says.

    Ids and order keys are left out: a line differs where a reader sees a difference.
    """
    side = Side(records)
    for record in sorted(side.records.values(), key=lambda record: place_in_reading(record, side)):
        yield SEPARATOR.join(part for part in (*_head(record, side), *_rest(record, side)) if part)


def _head(record: Record, side: Side) -> Iterator[str]:
    """Place, kind and name."""
    if isinstance(record, Card):
        end = side.end_of(record)
        until = f" … {side.place_of(end)}" if end != record.step else ""
        yield side.place_of(record.step) + until
        yield _title(side, record.lane)
        yield record.kind
    elif isinstance(record, EmotionPoint):
        yield side.place_of(record.step)
        yield _title(side, record.lane)
        yield _title(side, record.persona)
    else:
        yield record.type
        if isinstance(record, Link):
            yield f"{side.name(record.source)} → {side.name(record.target)}"
    yield side.place_of(record.id) if isinstance(record, Step) else words_of(record)


def _title(side: Side, id: str) -> str:
    record = side.records.get(id)
    return side.title(record) if record is not None else "?"


def _rest(record: Record, side: Side) -> Iterator[str]:
    """What else a record says, as "field: value"; what is at its default is left out."""
    shown = {"id", "type", "order", *PLACED_BY.get(record.type, frozenset())} - {"at", "x", "y"}
    shown |= {"kind"} if isinstance(record, Card) else set()
    shown |= {"lane", "step", "persona"} if isinstance(record, EmotionPoint) else set()
    shown |= {"source", "target"} if isinstance(record, Link) else set()
    cls = type(record)
    for field, value in sorted(record_to_json(record).items()):
        if field in shown or (field in NAMING and " ".join(value.split()) == words_of(record)):
            continue
        entries = [_words(cls, field, entry, side) for entry in (value if isinstance(value, list) else [value])]
        yield f"{field}: {', '.join(sorted(entries) if meaning_of(cls, field) == 'set' else entries)}"


def _words(cls: type[Record], field: str, value: Any, side: Side) -> str:
    """A value; a text as a whole, for a difference may be at its end."""
    if isinstance(value, str) and field not in cls.REFERENCES and value not in side.records:
        return one_line(value)
    if field not in cls.model_fields:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value_words(cls, field, value, side)


def one_line(text: str) -> str:
    """A text with its line breaks as ⏎."""
    return " ⏎ ".join(text.splitlines())
