"""How the inspector calls what is selected: icon, kind, and where it lies. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.model.kinds import card_kind
from app.model.lanes import lane_kind
from app.model.queries import channels, steps_of
from app.model.records import (
    Card,
    EmotionPoint,
    Lane,
    Link,
    Record,
    Stage,
    Step,
    UnknownRecord,
)
from app.model.store import RecordGraph
from app.window.panels.field_table import common_fields
from app.window.words import model_word, name_of_type, untitled

_ICONS = {
    "map": "map",
    "persona": "user",
    "stage": "columns-3",
    "step": "rectangle-vertical",
    "emotion_point": "smile",
    "link": "link",
    "source": "file-text",
    "feedback": "megaphone",
    "action_item": "clipboard-list",
    "comment": "message-square",
    "channel": "radio-tower",
    "backdrop": "image",
}


class Heading(NamedTuple):
    """What stands above the fields. `color` of the icon, None: that of the text."""

    icon: str
    name: str
    where: str = ""
    color: str | None = None


def heading_of(store: RecordGraph, records: Sequence[Record]) -> Heading:
    """The heading for one record or several."""
    if len(records) == 1:
        return _of_one(store, records[0])
    names = {_name(record) for record in records}
    if len(names) == 1:
        first = _of_one(store, records[0])
        return Heading(first.icon, names.pop(), _count(len(records)), first.color)
    all_cards = all(isinstance(record, Card) for record in records)
    translate = QCoreApplication.translate
    name = translate("Inspector", "Cards") if all_cards else translate("Inspector", "Several things")
    where = _count(len(records))
    if not common_fields([type(record) for record in records]):  # what stands there instead of fields
        where += "\n" + translate("Inspector", "They have no field in common. Del deletes them.")
    return Heading("layers", name, where)


def _of_one(store: RecordGraph, record: Record) -> Heading:
    name = _name(record)
    if isinstance(record, Card):
        kind = card_kind(record.kind)
        return Heading(record.icon(channels(store)) or kind.icon, name, _place(store, record.step), kind.accent)
    return Heading(_icon(record), name, _where(store, record))


def _icon(record: Record) -> str:
    if isinstance(record, Lane):
        return lane_kind(record.kind).icon
    return _ICONS.get(record.type, "circle-question-mark")


def _where(store: RecordGraph, record: Record) -> str:
    """Where it lies, as far as that helps to tell it from others."""
    match record:
        case Stage():
            text = _steps(len(steps_of(store, record.id)))
        case Step():
            text = _title(store, record.stage)
        case Lane():
            text = model_word(lane_kind(record.kind).label)
        case EmotionPoint():
            text = _place(store, record.step)
        case Link():
            text = f"{_title(store, record.source)} → {_title(store, record.target)}"
        case UnknownRecord():
            text = QCoreApplication.translate("Inspector", "It is kept as it is.")
        case _:
            text = ""
    return text


def _name(record: Record) -> str:
    return model_word(card_kind(record.kind).label) if isinstance(record, Card) else name_of_type(type(record))


def _place(store: RecordGraph, step: str) -> str:
    """Stage and step; a stage's only step may well have no title of its own."""
    record = store.of(Step, step)
    names = [_title(store, record.stage), record.title] if record is not None else []
    return " › ".join(name for name in names if name)


def _title(store: RecordGraph, id: str) -> str:
    record = store.get(id)
    return str(getattr(record, "title", "") or untitled())


def _steps(count: int) -> str:
    return QCoreApplication.translate("Inspector", "Steps: %n", None, count)


def _count(count: int) -> str:
    return QCoreApplication.translate("Inspector", "Selected: %n", None, count)
