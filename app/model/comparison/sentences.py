"""What people read of each difference, in one place for window, poster and command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from app.model.comparison.changes import Change, FieldChange
from app.model.comparison.side import Side, noun_of, quoted
from app.model.durations import duration_text
from app.model.fields import plain
from app.model.meaning import is_choice, meaning_of, word_for
from app.model.records import Card, EmotionPoint, Record
from app.model.sentence import Sentence

WORDINGS: dict[str, str] = {
    "added": "The {noun} {name} was added.",
    "added_at": "The {noun} {name} was added at {place}.",
    "removed": "The {noun} {name} was removed.",
    "removed_at": "The {noun} {name} was removed from {place}.",
    "moved": "{name} moved from {before} to {after}.",
    "moved_lane": "{name} moved from the lane {before} to the lane {after}.",
    "moved_both": "{name} moved from {before}, lane {before_lane}, to {after}, lane {after_lane}.",
    "moved_after": "{name} moved among its neighbours: it now comes after {neighbour}.",
    "moved_first": "{name} moved among its neighbours: it now comes first.",
    "moved_within": "{name} moved within {place}.",
    "moved_stage": "The step {name} moved from the stage {before} to the stage {after}.",
    "moved_picture": "{name} moved behind the map.",
    "spans": "{name} now reaches to {after}; before, it ended at {before}.",
    "named": "The {noun} {before} is called {after} now.",
    "text_emptied": "{name}: {field} was emptied; it said {before}.",
    "value_set": "{name}: {field} is now {after}.",
    "value_emptied": "{name}: {field} is no longer {before}.",
    "value_changed": "{name}: {field} changed from {before} to {after}.",
    "list_gained": "{name}: {field} gained {gained}.",
    "list_lost": "{name}: {field} lost {lost}.",
    "list_changed": "{name}: {field} gained {gained} and lost {lost}.",
    "list_reordered": "{name}: {field} stand in another order.",
    "unknown_changed": "{name}: {field} changed.",
}
"""The templates: see `Sentence`."""

MOST_NAMED = 3

FIGURES, MOST_FIGURES = 2, 6
"""Places behind the point of what is said of a figure, and at most where two would look the same."""


def _said(key: str, values: dict[str, str], labels: frozenset[str] = frozenset()) -> Sentence:
    return Sentence(WORDINGS[key], values, labels)


def sentences_of(change: Change, before: Side, after: Side) -> Iterator[Sentence]:
    """What to say of a change: one sentence for each thing that differs."""
    if change.before is None or change.after is None:
        yield _came_or_went(change, after if change.before is None else before)
        return
    if change.moved:
        yield from _moved(change.before, change.after, change.moved, before, after)
    for field in change.fields:
        yield _changed(change.after, field, before, after)


def _came_or_went(change: Change, side: Side) -> Sentence:
    record = change.record
    key = "added" if change.before is None else "removed"
    values = {"noun": noun_of(record), "name": side.name(record.id)}
    labels = frozenset({"noun"})
    if isinstance(record, Card):
        return _said(f"{key}_at", values | {"place": side.place_of(record.step)}, labels)
    return _said(key, values, labels)


def _moved(was: Record, record: Record, moved: frozenset[str], before: Side, after: Side) -> Iterator[Sentence]:
    name = {"name": after.name(record.id)}
    if moved & {"step", "lane"} and isinstance(was, Card | EmotionPoint) and isinstance(record, Card | EmotionPoint):
        places = {"before": before.place_of(was.step), "after": after.place_of(record.step)}
        lanes = {"before": before.name(was.lane), "after": after.name(record.lane)}
        if "lane" not in moved:
            yield _said("moved", name | places)
        elif "step" not in moved:
            yield _said("moved_lane", name | lanes)
        else:
            both = {"before_lane": lanes["before"], "after_lane": lanes["after"]}
            yield _said("moved_both", name | places | both)
    elif "stage" in moved:
        stages = {"before": before.name(was.__dict__["stage"]), "after": after.name(record.__dict__["stage"])}
        yield _said("moved_stage", name | stages)
    elif "order" in moved:
        neighbour = after.neighbour_before(record)
        if neighbour is None:
            yield _said("moved_first", name)
        else:
            yield _said("moved_after", name | {"neighbour": after.name(neighbour)})
    elif "at" in moved and isinstance(record, EmotionPoint):
        yield _said("moved_within", name | {"place": after.place_of(record.step)})
    elif moved & {"x", "y"}:
        yield _said("moved_picture", name)
    if "to_step" in moved and isinstance(was, Card) and isinstance(record, Card):
        ends = {"before": before.place_of(before.end_of(was)), "after": after.place_of(after.end_of(record))}
        yield _said("spans", name | ends)


def _changed(record: Record, change: FieldChange, before: Side, after: Side) -> Sentence:
    if change.field in _NAMING.get(record.type, ()) and change.before and change.after:
        values = {"noun": noun_of(record), "before": quoted(change.before), "after": quoted(change.after)}
        return _said("named", values, frozenset({"noun"}))
    head = {"name": after.name(record.id), "field": change.label}
    cls = type(record)
    if meaning_of(cls, change.field) in {"set", "lines", "readings"}:
        return _list_changed(head, cls, change, before, after)
    if change.field not in cls.model_fields:
        return _said("unknown_changed", head, frozenset({"field"}))
    return _value_changed(head, cls, change, before, after)


def _value_changed(head: dict[str, str], cls: type[Record], change: FieldChange, before: Side, after: Side) -> Sentence:
    labels = frozenset({"field"})
    one, other = _told_apart(
        lambda places: (
            value_words(cls, change.field, change.before, before, places),
            value_words(cls, change.field, change.after, after, places),
        )
    )
    if is_choice(cls, change.field):
        labels |= {"before", "after"}
    if change.after in {None, ""}:
        return _said("text_emptied" if change.is_text else "value_emptied", head | {"before": one}, labels - {"after"})
    if change.before in {None, ""}:
        return _said("value_set", head | {"after": other}, labels - {"before"})
    if one == other:
        return _said("unknown_changed", head, frozenset({"field"}))
    return _said("value_changed", head | {"before": one, "after": other}, labels)


def _list_changed(head: dict[str, str], cls: type[Record], change: FieldChange, before: Side, after: Side) -> Sentence:
    old, new = list(change.before or ()), list(change.after or ())
    lost, gained = _told_apart(
        lambda places: (
            _listed([value_words(cls, change.field, entry, before, places) for entry in old if entry not in new]),
            _listed([value_words(cls, change.field, entry, after, places) for entry in new if entry not in old]),
        )
    )
    values = head | ({"lost": lost} if lost else {}) | ({"gained": gained} if gained else {})
    key = {(True, True): "list_changed", (True, False): "list_gained", (False, True): "list_lost"}.get(
        (bool(gained), bool(lost)), "list_reordered"
    )
    return _said(key, values, frozenset({"field"}))


def _listed(words: list[str]) -> str:
    shown = ", ".join(words[:MOST_NAMED])
    return f"{shown} (+{len(words) - MOST_NAMED})" if len(words) > MOST_NAMED else shown


def _told_apart(say: Callable[[int], tuple[str, str]]) -> tuple[str, str]:
    """What is said of both sides, figures with as few places as tell them apart: never “from 0.33 to 0.33”."""
    for places in range(FIGURES, MOST_FIGURES):
        one, other = say(places)
        if one != other:
            return one, other
    return say(MOST_FIGURES)


def value_words(cls: type[Record], field: str, value: Any, side: Side, places: int = FIGURES) -> str:
    """A value, or an entry of a list, as it stands in a sentence. Records that it refers to are named.

    `places`: how many a figure has behind its point at most.
    """
    if is_choice(cls, field):
        return word_for(cls, field, value)
    if value is None or value == "":
        return "nothing"
    if field in cls.REFERENCES or (field in {"channel", "channels"} and value in side.records):
        return side.name(value)
    if field == "duration" and isinstance(value, float):
        return duration_text(value)
    return _plain_words(value, places)


def _plain_words(value: Any, places: int) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{round(value, places):,.10g}".replace("-", "−")
        case date() | datetime():
            return str(plain(value))
        case str():
            return quoted(value)
        case tuple() | list():
            return ": ".join(_plain_words(part, places) for part in value)
    return quoted(str(value))


_NAMING = {
    **dict.fromkeys(("map", "stage", "step", "lane", "card", "source"), frozenset({"title"})),
    "persona": frozenset({"name"}),
    "channel": frozenset({"label"}),
}
"""The fields by which records of a type are called."""
