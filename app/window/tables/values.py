"""What the cells of tables say, how they sort, and what a text stands for that is pasted into one. No widgets."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from app.model.ids import MAP_ID
from app.model.kinds import card_kind
from app.model.records import Card, EmotionPoint, Link, Record, Stage, Step
from app.model.store import RecordGraph
from app.window.panels.field_table import FieldSpec, fields_of
from app.window.panels.fields.parsed import NotUnderstood, date_in, number_in
from app.window.words import model_word, name_of_type, untitled

BETWEEN_NAMES = ", "
TRUE_WORDS = frozenset({"yes", "true", "x", "1", "✓"})


@cache
def spec_of(record_class: type[Record], name: str) -> FieldSpec | None:
    """The field of that name that records of a class let one change; None: they have none."""
    return next((spec for spec in fields_of(record_class) if spec.name == name), None)


def title_of(store: RecordGraph, id: str) -> str:
    """What a record is called in a table."""
    record = store.get(id)
    if isinstance(record, Link):
        return f"{title_of(store, record.source)} → {title_of(store, record.target)}"
    if id == MAP_ID:
        return QCoreApplication.translate("Tables", "The map")
    named = (getattr(record, name, "") for name in ("title", "name", "label", "strategy", "origin"))
    title = next((str(value) for value in named if value), "")
    if not title and isinstance(record, EmotionPoint):
        return QCoreApplication.translate("Tables", "Emotion point {0}").format(feeling(record.value))
    return title or untitled()


def feeling(value: float) -> str:
    """The value of an emotion point, with its sign."""
    return f"{value:+.1f}".replace("-", "−")


def kind_of(record: Record) -> str:
    """What kind of thing a record is."""
    return model_word(card_kind(record.kind).label) if isinstance(record, Card) else name_of_type(type(record))


def place_of(store: RecordGraph, record: Record) -> str:
    """Stage and step where a card or point lies; empty where it lies in none."""
    step = store.of(Step, getattr(record, "step", None))
    stage = store.of(Stage, step.stage) if step is not None else None
    return " › ".join(part.title for part in (stage, step) if part is not None and part.title)


def shown_value(store: RecordGraph, spec: FieldSpec, value: Any) -> str:
    """What a cell says of a field's value."""
    if spec.refers is not None:
        return BETWEEN_NAMES.join(title_of(store, id) for id in value)
    if spec.choices:
        return next((model_word(choice.label) for choice in spec.choices if choice.value == value), str(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return QLocale().toString(value)
    return value if isinstance(value, str) else ""


def sorting_value(store: RecordGraph, spec: FieldSpec, value: Any) -> Any:
    """By what a cell sorts; None: it is empty and comes last."""
    if spec.choices:
        return next((place for place, choice in enumerate(spec.choices) if choice.value == value), len(spec.choices))
    if isinstance(value, date | bool | int):
        return value.toordinal() if isinstance(value, date) else value
    return shown_value(store, spec, value).casefold() or None


def value_in(store: RecordGraph, spec: FieldSpec, text: str) -> Any:
    """The value that a text stands for. Raises NotUnderstood."""
    text = text.strip() if spec.editor != "text" else text
    if spec.refers is not None:
        return _named(store, spec, text)
    if spec.choices:
        return _chosen(spec, text)
    if spec.editor == "date":
        return date_in(text) if text else None
    if spec.editor == "whole":
        return _whole(text)
    if spec.editor == "tick":
        return text.casefold() in TRUE_WORDS
    return text


def _whole(text: str) -> int | None:
    number = number_in(text) if text else None
    if number is not None and not number.is_integer():
        raise NotUnderstood(QCoreApplication.translate("Fields", "Please write a whole number."))
    return int(number) if number is not None else None


def _chosen(spec: FieldSpec, text: str) -> Any:
    wanted = text.casefold()
    for choice in spec.choices:
        if wanted in {model_word(choice.label).casefold(), choice.label.casefold(), str(choice.value).casefold()}:
            return choice.value
    raise NotUnderstood(QCoreApplication.translate("Tables", "“{0}” is none of the choices.").format(text))


def _named(store: RecordGraph, spec: FieldSpec, text: str) -> tuple[str, ...]:
    """The records with these titles; of several with the same title the first."""
    assert spec.refers is not None
    ids: dict[str, str] = {}
    for record in store.of_type(spec.refers.target):
        if spec.refers.kind in {None, getattr(record, "kind", None)}:
            ids.setdefault(title_of(store, record.id).casefold(), record.id)
    names = [name.strip().casefold() for name in text.split(BETWEEN_NAMES.strip()) if name.strip()]
    if text.strip().casefold() in ids:  # a single title with a comma in it
        names = [text.strip().casefold()]
    missing = [name for name in names if name not in ids]
    if missing:
        sentence = QCoreApplication.translate("Tables", "Nothing on the map is called “{0}”.")
        raise NotUnderstood(sentence.format(missing[0]))
    return tuple(ids[name] for name in names)
