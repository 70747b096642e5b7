"""One of two maps that are compared: its records, where they lie, and what a sentence calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from app.model.beside import ActionItem, Comment, Feedback, OwnChannel, Source
from app.model.comparison.siblings import in_sequence
from app.model.kinds import card_kind
from app.model.meaning import group_of
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step
from app.model.sentence import shortened

QUOTES = frozenset({"“", "„", "«", "‹", "‘", "「", "『", '"', "'"})
ARROW = " › "


class Side:
    """A map by id. Only what is asked of it is worked out, and once."""

    def __init__(self, records: Iterable[Record] | Mapping[str, Record]) -> None:
        many = records.values() if isinstance(records, Mapping) else records
        self.records: dict[str, Record] = {record.id: record for record in many}

    @cached_property
    def stages(self) -> list[Stage]:
        """In reading order."""
        found = [record for record in self.records.values() if isinstance(record, Stage)]
        return sorted(found, key=lambda stage: (stage.order, stage.id))

    @cached_property
    def steps(self) -> list[Step]:
        """In reading order."""
        rank = {stage.id: place for place, stage in enumerate(self.stages)}
        found = [record for record in self.records.values() if isinstance(record, Step)]
        return sorted(found, key=lambda step: (rank.get(step.stage, len(rank)), step.order, step.id))

    @cached_property
    def lanes(self) -> list[Lane]:
        """From top to bottom."""
        found = [record for record in self.records.values() if isinstance(record, Lane)]
        return sorted(found, key=lambda lane: (lane.order, lane.id))

    @cached_property
    def column_of(self) -> dict[str, int]:
        """The place of each step in the journey, from 0."""
        return {step.id: place for place, step in enumerate(self.steps)}

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The place of each lane, from 0."""
        return {lane.id: place for place, lane in enumerate(self.lanes)}

    @cached_property
    def stage_row(self) -> dict[str, int]:
        """The place of each stage, from 0."""
        return {stage.id: place for place, stage in enumerate(self.stages)}

    @cached_property
    def groups(self) -> dict[tuple[str, ...], list[str]]:
        """The ids of all siblings in their order, by what `group_of` says of them."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for record in self.records.values():
            if (group := group_of(record)) is not None:
                groups.setdefault(group, []).append(record.id)
        return {group: in_sequence(self.records, ids) for group, ids in groups.items()}

    def neighbour_before(self, record: Record) -> str | None:
        """The sibling that a record comes after; None where it is the first."""
        siblings = self.groups[group_of(record) or ()]
        place = siblings.index(record.id)
        return siblings[place - 1] if place else None

    def step_of(self, record: Record | None) -> str | None:
        """The step of a record: itself, that of a card or point, a link's source, or of what a comment is on."""
        match record:
            case Step():
                return record.id
            case Card() | EmotionPoint():
                return record.step
            case Link():
                return self.step_of(self.records.get(record.source))
            case Comment():
                about = self.records.get(record.about)
                return None if isinstance(about, Comment) else self.step_of(about)
        return None

    def stage_of(self, record: Record | None) -> str | None:
        """The stage to which a record counts; None: the whole map."""
        if isinstance(record, Stage):
            return record.id
        if isinstance(record, Comment) and isinstance(about := self.records.get(record.about), Stage):
            return about.id
        step = self.records.get(self.step_of(record) or "")
        return step.stage if isinstance(step, Step) else None

    def end_of(self, card: Card) -> str:
        """The last step that a card lies over: `to_step` where that comes later than its own step, else that."""
        column = self.column_of
        end = card.to_step
        return end if end is not None and column.get(end, -1) > column.get(card.step, -1) else card.step

    def place_of(self, step: str | None) -> str:
        """A step with its stage, as "Consideration › Compare"; a stage's only step without a name goes by the stage."""
        found = self.records.get(step or "")
        if not isinstance(found, Step):
            return "(nowhere)"
        stage = self.records.get(found.stage)
        name = self.title(stage) if stage is not None else "(no stage)"
        if not found.title.strip() and sum(other.stage == found.stage for other in self.steps) == 1:
            return name
        return name + ARROW + self.title(found)

    def title(self, record: Record) -> str:
        """What a record is called without quotes; one without a name by what it is, as "(step 3)"."""
        words = words_of(record)
        return shortened(words) if words else f"({self._otherwise(record)})"

    def name(self, id: str | None) -> str:
        """What a sentence calls a record: “Check availability”, or (step 3)."""
        record = self.records.get(id or "")
        if record is None:
            return "(nothing)"
        words = words_of(record)
        return quoted(words) if words else f"({self._otherwise(record)})"

    def _otherwise(self, record: Record) -> str:
        if isinstance(record, Link):
            return f"from {self.name(record.source)} to {self.name(record.target)}"
        if isinstance(record, EmotionPoint):
            who = self.records.get(record.persona)
            return f"{self.title(who) if who else '?'}, {self.place_of(record.step)}"
        ranks = {"stage": self.stage_row, "step": self.column_of, "lane": self.row_of}.get(record.type)
        return f"{record.type} {ranks[record.id] + 1}" if ranks is not None else noun_of(record)


def quoted(text: str) -> str:
    """A text as it stands in a sentence: in one line, not too long, in quotes unless it has some."""
    words = shortened(text)
    return words if words[:1] in QUOTES else f"“{words}”"


def noun_of(record: Record) -> str:
    """What a record is, in English: "pain point", "emotion point", "action"."""
    match record:
        case Card():
            return card_kind(record.kind).label.lower()
        case OwnChannel():
            return "channel"
        case ActionItem():
            return "line of the action plan"
        case Feedback():
            return "line of feedback"
        case MapRecord():
            return "map"
    return record.type.replace("_", " ")


def words_of(record: Record) -> str:
    """The text that names a record, in one line; empty where there is none."""
    match record:
        case MapRecord() | Stage() | Step() | Lane() | Card() | Source():
            words = record.title
        case Persona():
            words = record.name
        case EmotionPoint() | OwnChannel() | Link():
            words = record.label
        case Feedback():
            words = record.origin or record.insight
        case ActionItem():
            words = record.strategy
        case Comment():
            words = record.text
        case _:
            words = ""
    return " ".join(words.split())
