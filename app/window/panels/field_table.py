"""Which fields the inspector shows for a record, and with which editor: derived from the record's own class.

A text becomes a line or a text box by its greatest length, a choice of few words buttons, a yes or no a tick, a whole
number within narrow bounds a scale, any other a number field, a date a date. A record says more with pydantic's
`Field`: `title` for the label and, in `json_schema_extra`, `editor` (one of `EDITORS`), `place` (numbers sort fields,
50 unless given), `group` (the section it stands in; those of none come first), `narrow` (shares a row), `unit`,
`palette`, `words` (labels of choices by `str(value).lower()`), `only_for` (other fields with the values that give this
one a meaning) and `hidden`. An editor that is not there yet gives way to that of the type; a list or a picture is then
not shown. So a new kind of card stays one file. What the records of the frame need beyond that stands in `_HINTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from app.model.edits.placing import STRUCTURAL
from app.model.records import (
    Card,
    EmotionPoint,
    Lane,
    Link,
    MapRecord,
    Persona,
    Record,
    Reference,
    Stage,
    Step,
    UnknownRecord,
)

Kind = Literal[
    "line", "text", "number", "whole", "tick", "choice", "color", "date", "channel", "language", "persona", "lane_kind",
    "card_kind", "value", "place", "share", "rating", "standing", "votes", "minutes", "texts", "pairs", "references",
    "channels", "readings", "icon", "picture", "end_step",
]  # fmt: skip
EDITORS: tuple[str, ...] = get_args(Kind)

LONG = 1000
"""Texts that may be longer than this get a box of several lines."""

COLOR_PATTERN = "#[0-9A-Fa-f]{6}"
MEDIA_PATTERN = "(png|jpg|webp)"


class Choice(NamedTuple):
    """A value among few, and what it is called. None: none of them."""

    value: Any
    label: str


class FieldSpec(NamedTuple):
    """One field: its name in the record, its label, and the editor with what that needs to know.

    `limit`: so many characters fit into a text.
    """

    name: str
    label: str
    editor: str
    place: int = 50
    narrow: bool = False
    optional: bool = False
    low: float | None = None
    high: float | None = None
    unit: str = ""
    limit: int | None = None
    """So many characters fit into a text, or so many entries into a list."""

    cell_limits: tuple[int | None, ...] = ()
    """So many characters fit into each part of an entry of a list."""

    blank: str = ""
    """What an empty number says."""

    choices: tuple[Choice, ...] = ()
    palette: str = ""
    group: str = ""
    refers: Reference | None = None
    only_for: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def matters_to(self, record: Record) -> bool:
        """Whether it has a meaning for a record with these values."""
        return all(getattr(record, name) in values for name, values in self.only_for)


_WORDS = {"none": "Automatic", "true": "Yes", "false": "No"}

# Places and references are for other edits; these few are shown all the same and have edits of their own.
_SHOWN_ALL_THE_SAME = {(Lane, "kind"), (EmotionPoint, "persona"), (Card, "kind"), (Card, "to_step")}

_HINTS: dict[tuple[type[Record], str], dict[str, Any]] = {
    (MapRecord, "title"): {"place": 10},
    (MapRecord, "subtitle"): {"place": 11},
    (MapRecord, "state"): {
        "place": 20,
        "title": "Shows",
        "words": {"current": "Current state", "future": "Future state"},
    },
    (MapRecord, "owner"): {"place": 21},
    (MapRecord, "review_date"): {"place": 22, "title": "Review on", "narrow": True},
    (MapRecord, "language"): {"place": 23, "editor": "language", "narrow": True},
    (MapRecord, "objective"): {"place": 50, "group": "Objective and scope"},
    (MapRecord, "scope"): {"place": 51, "group": "Objective and scope"},
    (MapRecord, "scenario"): {"place": 52, "group": "Objective and scope"},
    (Persona, "name"): {"place": 10},
    (Persona, "summary"): {"place": 11},
    (Persona, "color"): {"palette": "persona", "title": "Colour"},
    **{
        (Persona, name): {"group": "Profile"}
        for name in ("demographics", "goals", "motivations", "pain_points", "channels")
    },
    (Stage, "title"): {"place": 10},
    (Stage, "color"): {"palette": "stage", "title": "Colour"},
    (Stage, "key_insights"): {"group": "Analysis"},
    (Stage, "behaviours"): {"group": "Analysis"},
    (Step, "title"): {"place": 10},
    (Step, "width"): {"unit": "mm", "words": {"none": "Automatic"}},
    (Lane, "title"): {"place": 10},
    (Lane, "kind"): {"place": 20, "editor": "lane_kind"},
    (Lane, "line_below"): {
        "place": 30,
        "words": {
            "none": "None",
            "interaction": "Line of interaction",
            "visibility": "Line of visibility",
            "internal": "Line of internal interaction",
        },
    },
    (Lane, "height"): {"place": 35, "unit": "mm", "title": "Minimum height"},
    (Card, "kind"): {"place": 1, "editor": "card_kind"},
    (Card, "title"): {"place": 10},
    (Card, "body"): {"place": 60},
    (Card, "to_step"): {"place": 61, "editor": "end_step", "title": "Reaches to"},
    (Card, "standing"): {"group": "Research"},
    (Card, "sources"): {"group": "Research"},
    (EmotionPoint, "value"): {"place": 10, "editor": "value", "title": "Feeling"},
    (EmotionPoint, "at"): {"place": 11, "editor": "place", "title": "Place in the step"},
    (EmotionPoint, "persona"): {"place": 12, "editor": "persona"},
    (EmotionPoint, "label"): {"place": 13},
    (Link, "label"): {"place": 10},
}


@cache
def fields_of(record_class: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of a class of records, in the order in which they are shown. A newer version's record has none."""
    if record_class is UnknownRecord:
        return ()
    specs = [
        _spec(record_class, name, info, hints)
        for name, info in record_class.model_fields.items()
        if not (hints := _hints(record_class, name, info)).get("hidden") and _is_free(record_class, name)
    ]
    shown = [spec for spec in specs if spec.editor]
    first = {group: min(spec.place for spec in shown if spec.group == group) for group in {s.group for s in shown}}
    return tuple(sorted(shown, key=lambda spec: (spec.group != "", first[spec.group], spec.group, spec.place)))


def common_fields(classes: list[type[Record]]) -> tuple[FieldSpec, ...]:
    """The fields that all of them have, with the same editor."""
    if not classes:
        return ()
    others = [set(fields_of(record_class)) for record_class in classes[1:]]
    return tuple(spec for spec in fields_of(classes[0]) if all(spec in fields for fields in others))


def _is_free(record_class: type[Record], name: str) -> bool:
    if any(issubclass(record_class, owner) and name == field for owner, field in _SHOWN_ALL_THE_SAME):
        return True
    reference = record_class.REFERENCES.get(name)
    return name not in STRUCTURAL and (reference is None or reference.many)


def _hints(record_class: type[Record], name: str, info: FieldInfo) -> Mapping[str, Any]:
    """What the table says for the class or one that it comes from, and over that what the field says of itself."""
    hints: dict[str, Any] = {}
    for owner in reversed(record_class.__mro__):
        hints.update(_HINTS.get((owner, name), {}))
    if info.title:
        hints["title"] = info.title
    if isinstance(info.json_schema_extra, dict):
        hints.update(info.json_schema_extra)
    return hints


def _spec(record_class: type[Record], name: str, info: FieldInfo, hints: Mapping[str, Any]) -> FieldSpec:
    base, optional, bounds = _unwrapped(info.annotation, list(info.metadata))
    choices = _choices(base, optional, hints.get("words", {}))
    reference = record_class.REFERENCES.get(name)
    return FieldSpec(
        name=name,
        label=hints.get("title") or name.replace("_", " ").capitalize(),
        editor=hints["editor"] if hints.get("editor") in EDITORS else _editor(base, choices, bounds),
        place=hints.get("place", 50),
        narrow=bool(hints.get("narrow", False)),
        optional=optional,
        low=bounds.get("ge"),
        high=bounds.get("le"),
        unit=hints.get("unit", ""),
        limit=bounds.get("max_length"),
        cell_limits=_cell_limits(base),
        blank=hints.get("words", {}).get("none", "") if optional and not choices else "",
        choices=choices,
        palette=hints.get("palette", ""),
        group=hints.get("group", ""),
        refers=reference if reference is not None and reference.many else None,
        only_for=tuple((field, tuple(values)) for field, values in hints.get("only_for", {}).items()),
    )


def _unwrapped(annotation: Any, metadata: list[Any]) -> tuple[Any, bool, dict[str, Any]]:
    """The bare type, whether it may be None, and the bounds that pydantic holds its values to."""
    optional = False
    while True:
        origin, parts = get_origin(annotation), get_args(annotation)
        if hasattr(annotation, "__metadata__"):
            metadata = [*metadata, *annotation.__metadata__]
            annotation = parts[0]
        elif origin in {Union, UnionType} and type(None) in parts:
            optional = True
            annotation = next(part for part in parts if part is not type(None))
        else:
            return annotation, optional, _bounds(metadata)


def _cell_limits(base: Any) -> tuple[int | None, ...]:
    if get_origin(base) is not tuple:
        return ()
    entry, _, bounds = _unwrapped(get_args(base)[0], [])
    if get_origin(entry) is not tuple:
        return (bounds.get("max_length"),)
    return tuple(_unwrapped(part, [])[2].get("max_length") for part in get_args(entry))


def _bounds(metadata: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in metadata:
        found.update(_bounds(entry.metadata) if isinstance(entry, FieldInfo) else {})
        for name in ("ge", "le", "max_length", "pattern"):
            if getattr(entry, name, None) is not None:
                found[name] = getattr(entry, name)
    return found


def _choices(base: Any, optional: bool, words: Mapping[str, str]) -> tuple[Choice, ...]:
    if get_origin(base) is Literal and len(get_args(base)) > 1:  # a kind's own name leaves no choice
        values = list(get_args(base))
    elif base is bool and optional:
        values = [True, False]
    else:
        return ()
    if optional:
        values.insert(0, None)
    return tuple(Choice(value, _word(value, words)) for value in values)


def _word(value: object, words: Mapping[str, str]) -> str:
    key = str(value).lower()
    return words.get(key) or _WORDS.get(key) or key.replace("_", " ").capitalize()


def _editor(base: Any, choices: tuple[Choice, ...], bounds: Mapping[str, Any]) -> str:
    """The editor that follows from a field's type; empty: a list or a picture, which need one of their own."""
    if choices:
        return "choice"
    if base is str:
        if COLOR_PATTERN in str(bounds.get("pattern", "")):
            return "color"
        if MEDIA_PATTERN in str(bounds.get("pattern", "")):
            return ""
        return "text" if bounds.get("max_length", 0) > LONG else "line"
    if get_origin(base) is tuple:
        return ""
    return {bool: "tick", int: "whole", float: "number", date: "date"}.get(base, "line")
