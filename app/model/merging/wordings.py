"""What people read of a merge."""

from __future__ import annotations

from app.model.comparison.sentences import value_words
from app.model.comparison.side import Side, noun_of
from app.model.meaning import is_choice, label_of
from app.model.merging.outcome import Clash
from app.model.records import Record
from app.model.sentence import Sentence

WORDINGS: dict[str, str] = {
    "conflict": "{name}, {field}: {mine} here, {theirs} there.",
    "kept": "The {noun} {name} was deleted on one side and changed on the other; it stays.",
    "needed": "The {noun} {name} was deleted on one side; it stays because {other} needs it.",
    "step_back": "The stage {name} had lost all its steps; {step} is back.",
    "step_new": "The stage {name} had lost all its steps; it got an empty one.",
    "lane_kind": "The lane {name} stays as it was, because what was put into it does not fit its new kind.",
    "lane_new": "The lane {name} held cards and emotion points; the {what} are now in a lane of their own below it.",
    "link_loop": "The link {name} would have led from a card to itself; it leads as on one of the sides.",
    "link_twice": "The link {name} was drawn on both sides; it is there once.",
    "wrong_kind": "{name} no longer speaks of {other}, which became something else.",
    "wrong_value": "{name}: {field} could not be kept together with its new kind; it was {value}.",
}


def conflict_sentence(record: Record, clash: Clash, mine: Side, theirs: Side) -> Sentence:
    """“Order”, Title: “A” here, “B” there."""
    cls = type(record)
    values = {
        "name": mine.name(record.id),
        "field": label_of(cls, clash.field),
        "mine": _value(cls, clash, clash.mine, mine),
        "theirs": _value(cls, clash, clash.theirs, theirs),
    }
    labels = {"field", "mine", "theirs"} if is_choice(cls, clash.field) else {"field"}
    return Sentence(WORDINGS["conflict"], values, frozenset(labels))


def _value(cls: type[Record], clash: Clash, value: object, side: Side) -> str:
    if isinstance(value, list):
        return ", ".join(value_words(cls, clash.field, entry, side) for entry in value) or "empty"
    return value_words(cls, clash.field, value, side)


def about(key: str, record: Record, side: Side, **values: str) -> Sentence:
    """A sentence on a record; the values are names."""
    return Sentence(
        WORDINGS[key], {"noun": noun_of(record), "name": side.name(record.id), **values}, frozenset({"noun"})
    )
