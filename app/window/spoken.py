"""What a screen reader says of what lies on the map: how a thing is called, and where it is among the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.model.queries import cards_in, columns, lanes, personas, points_on, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Link, Persona, Stage, Step
from app.window.sentences import listed, name_of
from app.window.words import model_word, untitled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.canvas.selection import Cell
    from app.model.records import Record
    from app.model.store import RecordGraph


class Spoken(NamedTuple):
    """A name, and what is said after it."""

    name: str
    about: str


def spoken(store: RecordGraph, record: Record) -> Spoken:
    """Touchpoint “Check availability” — stage Consideration, step Compare, lane Touchpoints, 2 of 3."""
    return Spoken(name_of(store, record), _about(store, record))


def _about(store: RecordGraph, record: Record) -> str:
    about = ""
    match record:
        case Card():
            among = _among(record, cards_in(store, record.lane, record.step))
            about = _sentences(f"{_place(store, record.step, record.lane)}, {among}", record.body)
        case EmotionPoint():
            about = _sentences(_place(store, record.step, record.lane), _persona(store, record), record.label)
        case Stage():
            about = _among(record, stages(store))
        case Step():
            about = f"{_stage_of(store, record)}, {_among(record, steps_of(store, record.stage))}"
        case Lane():
            folded = [_tr("folded")] if record.collapsed else []
            about = ", ".join([_among(record, lanes(store)), *folded])
        case Persona():
            about = _sentences(_among(record, personas(store)), record.summary)
        case Link():
            about = record.label
    return about


def spoken_cell(store: RecordGraph, cell: Cell) -> Spoken:
    """The place where typing makes a card: Cell — stage Use, step Pay, lane Actions, 3 cards."""
    held = len(cards_in(store, cell.lane, cell.step))
    what = listed({"card": held}) if held else _tr("empty")
    return Spoken(_tr("Cell"), f"{_place(store, cell.step, cell.lane)}, {what}")


def spoken_map(store: RecordGraph) -> str:
    """How much there is: 5 stages, 14 steps, 11 lanes and 113 cards."""
    return listed(Counter({type_: len(store.ids_of_type(type_)) for type_ in ("stage", "step", "lane", "card")}))


def in_reading_order(store: RecordGraph) -> list[str]:
    """Personas, stages, steps and lanes; what lies in the cells, lane by lane; links."""
    steps = columns(store)
    found: list[Record] = [*personas(store), *stages(store), *steps, *lanes(store)]
    place = {step.id: number for number, step in enumerate(steps)}
    for lane in lanes(store):
        for step in steps:
            found += cards_in(store, lane.id, step.id)
        found += _along(points_on(store, lane.id), place)
    return [record.id for record in found] + sorted(store.ids_of_type("link"))


def _along(points: list[EmotionPoint], place: Mapping[str, int]) -> list[EmotionPoint]:
    return sorted(points, key=lambda point: (place[point.step], point.at, point.id))


def _place(store: RecordGraph, step_id: str, lane_id: str) -> str:
    step, lane = store.of(Step, step_id), store.of(Lane, lane_id)
    stage = [_stage_of(store, step)] if step is not None else []
    here = [_tr("step {name}").format(name=step.title or untitled())] if step is not None else []
    row = [_tr("lane {name}").format(name=lane.title or model_word(lane.kind))] if lane is not None else []
    return ", ".join([*stage, *here, *row])


def _persona(store: RecordGraph, point: EmotionPoint) -> str:
    persona = store.of(Persona, point.persona)
    return persona.name if persona is not None else ""


def _stage_of(store: RecordGraph, step: Step) -> str:
    stage = store.of(Stage, step.stage)
    return _tr("stage {name}").format(name=(stage.title if stage is not None else "") or untitled())


def _among(record: Record, siblings: Sequence[Record]) -> str:
    ids = [other.id for other in siblings]
    return _tr("{n} of {all}").format(n=ids.index(record.id) + 1, all=len(ids))


def _sentences(*parts: str) -> str:
    return ". ".join(filter(None, parts))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Spoken", text)
