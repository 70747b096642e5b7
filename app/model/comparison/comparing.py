"""Two maps side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.model.comparison.changes import Change, Counts, field_change
from app.model.comparison.figure_sentences import curve_sentence, metric_sentence, time_sentence
from app.model.comparison.figures import (
    CurveDifference,
    MetricDifference,
    TimeDifference,
    curve_differences,
    metric_differences,
    time_differences,
)
from app.model.comparison.sentences import sentences_of
from app.model.comparison.siblings import moved_siblings
from app.model.comparison.side import Side
from app.model.meaning import group_of, placing_fields
from app.model.records import Card, EmotionPoint, Record
from app.model.sentence import Sentence

Records = Iterable[Record] | Mapping[str, Record]

READING_ORDER = (
    "map", "persona", "stage", "step", "lane", "card", "emotion_point", "link", "source", "channel", "feedback",
    "action_item", "comment", "backdrop",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """Two maps side by side. `changes` stand in reading order, `by_stage` in that of the stages, the map (None) first.

    Curves, metrics and times are those that differ.
    """

    before: Side
    after: Side
    changes: tuple[Change, ...]
    counts: Counts
    by_stage: Mapping[str | None, Counts]
    curves: tuple[CurveDifference, ...] = ()
    metrics: tuple[MetricDifference, ...] = ()
    times: tuple[TimeDifference, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Change]:
        """The changes by the id of their record."""
        return {change.id: change for change in self.changes}

    @property
    def is_same(self) -> bool:
        """True where a reader of the map would see no difference."""
        return not self.changes

    @cached_property
    def sentences(self) -> Mapping[str, tuple[Sentence, ...]]:
        """What to say of each change, by the id of its record."""
        return {change.id: self.sentences_of(change) for change in self.changes}

    @cached_property
    def figures(self) -> tuple[Sentence, ...]:
        """What to say of curves, metrics and times: one sentence for each whose figures read differently."""
        said = (
            *(curve_sentence(curve, self.before, self.after) for curve in self.curves),
            *(metric_sentence(metric, self.before, self.after) for metric in self.metrics),
            *(time_sentence(time, self.before, self.after) for time in self.times),
        )
        return tuple(sentence for sentence in said if sentence is not None)

    def sentences_of(self, change: Change) -> tuple[Sentence, ...]:
        """What to say of a change: one sentence for each thing that differs."""
        return tuple(sentences_of(change, self.before, self.after))


def compare(before: Records, after: Records) -> Comparison:
    """How one map differs from another that it comes from. Neither need be sound.

    What a reader of the map cannot see is no difference: other order keys in the same order, or an end of a span that
    is not later than its beginning.
    """
    old, new = Side(before), Side(after)
    changes = sorted(_changes(old, new), key=lambda change: _place_of(change, old, new))
    by_id = {change.id: change for change in changes}
    counted = _counted(changes)
    stages: list[str | None] = [None, *dict.fromkeys(stage.id for stage in (*new.stages, *old.stages))]
    return Comparison(
        old,
        new,
        tuple(changes),
        _counts(changes),
        {stage: counted[stage] for stage in stages if stage in counted},
        tuple(curve_differences(old, new, by_id)),
        tuple(metric_differences(changes)),
        tuple(time_differences(old, new)),
    )


def _changes(old: Side, new: Side) -> Iterator[Change]:
    differing = []
    for id, record in new.records.items():
        was = old.records.get(id)
        if was is None:
            yield Change(id, None, record, stage=new.stage_of(record))
        elif was is not record and was != record:
            differing.append((was, record))
    for id, was in old.records.items():
        if id not in new.records:
            yield Change(id, was, None, stage=old.stage_of(was))
    shuffled = reordered(old, new, differing)
    touched = {record.id for _, record in differing}
    for was, record in differing:
        change = _change(was, record, old, new, record.id in shuffled)
        if change is not None:
            yield change
    for id in shuffled - touched:  # keys that were equal before: the ids decided
        yield Change(id, old.records[id], new.records[id], (), frozenset({"order"}), new.stage_of(new.records[id]))


def reordered(old: Side, new: Side, differing: Iterable[tuple[Record, Record]], *, by_key: bool = False) -> set[str]:
    """The records that stand elsewhere among siblings that they had before, too; `by_key` as in `moved_siblings`."""
    groups = {
        group
        for was, record in differing
        if (group := group_of(record)) is not None
        and group == group_of(was)
        and was.__dict__["order"] != record.__dict__["order"]
    }
    moved: set[str] = set()
    for group in groups:
        siblings = new.groups[group]
        stayed = [id for id in siblings if (was := old.records.get(id)) is not None and group_of(was) == group]
        moved |= moved_siblings(old.records, new.records, stayed, by_key=by_key)
    return moved


def _change(was: Record, record: Record, old: Side, new: Side, is_reordered: bool) -> Change | None:
    """None where nobody can see a difference."""
    placing = placing_fields(record)
    differing = _differing_fields(was, record)
    moved = {name for name, _, _ in differing if name in placing - {"order", "to_step"}}
    if is_reordered:
        moved.add("order")
    if isinstance(was, Card) and isinstance(record, Card) and _ends_elsewhere(was, record, old, new):
        moved.add("to_step")
    fields = tuple(
        field_change(type(record), name, before, after) for name, before, after in differing if name not in placing
    )
    if not moved and not fields:
        return None
    return Change(record.id, was, record, fields, frozenset(moved), new.stage_of(record))


def _ends_elsewhere(was: Card, card: Card, old: Side, new: Side) -> bool:
    """Whether a span ends elsewhere; where the whole card moved, whether it spans another number of steps."""
    if was.to_step == card.to_step and was.step == card.step:
        return False
    one, other = old.end_of(was), new.end_of(card)
    if was.step == card.step:
        return one != other
    return _length(was, old) != _length(card, new)


def _length(card: Card, side: Side) -> int:
    column = side.column_of
    return column.get(side.end_of(card), 0) - column.get(card.step, 0)


def _differing_fields(was: Record, record: Record) -> list[tuple[str, Any, Any]]:
    """Name, value before and value after of each field that differs; None where a side does not have it."""
    one = {**was.__dict__, **(was.__pydantic_extra__ or {})}
    other = {**record.__dict__, **(record.__pydantic_extra__ or {})}
    names = [*other, *(name for name in one if name not in other)]
    return [(name, one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)]


def _counted(changes: Iterable[Change]) -> dict[str | None, Counts]:
    grouped: dict[str | None, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.stage, []).append(change)
    return {stage: _counts(group) for stage, group in grouped.items()}


def _counts(changes: Iterable[Change]) -> Counts:
    counted = Counter(kind for change in changes for kind in change.kinds)
    return Counts(counted["added"], counted["removed"], counted["changed"], counted["moved"])


def _place_of(change: Change, old: Side, new: Side) -> tuple[int, int, int, str, str]:
    return place_in_reading(change.record, new if change.after is not None else old)


def place_in_reading(record: Record, side: Side) -> tuple[int, int, int, str, str]:
    """What records are sorted by to be read: by type, then from left to right and from top to bottom."""
    rank = READING_ORDER.index(record.type) if record.type in READING_ORDER else len(READING_ORDER)
    column = side.column_of.get(side.step_of(record) or "", -1)
    if record.type == "stage":
        column = side.stage_row[record.id]
    lane = record.lane if isinstance(record, Card | EmotionPoint) else record.id
    return rank, column, side.row_of.get(lane, -1), str(record.__dict__.get("order", "")), record.id
