"""The merge of two maps that come from a common one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pydantic import ValidationError

from app.model.comparison.comparing import Records, reordered
from app.model.comparison.side import Side
from app.model.meaning import label_of
from app.model.media import pictures_of
from app.model.merging.canonical import canonical, same_record
from app.model.merging.fieldwise import Meeting, meet
from app.model.merging.mending import (
    Mending,
    bring_back,
    drop_wrong_kinds,
    fill_stages,
    join_links,
    open_loops,
    sort_lanes,
)
from app.model.merging.outcome import Choice, Choices, Clash, Conflict, Note, Resolved
from app.model.merging.sequences import Sides, settle_orders
from app.model.merging.untangling import untangled
from app.model.merging.wordings import about, conflict_sentence
from app.model.records import Record
from app.model.registry import record_from_json


class Settled(NamedTuple):
    """What needs no choice: records that are done, and notes on those that were kept."""

    records: dict[str, Record]
    notes: list[Note]


@dataclass(frozen=True)
class Merge:
    """What came of two maps. Until somebody chooses, each conflict has its default."""

    base: dict[str, Record]
    mine: dict[str, Record]
    theirs: dict[str, Record]
    conflicts: tuple[Conflict, ...]
    touched: frozenset[str]
    settled: Settled
    meetings: dict[str, Meeting]

    def resolve(self, choices: Choices | None = None) -> Resolved:
        """The merged map with these choices, by (id of the record, field); the others have their defaults.

        Raises ValueError for a choice that a conflict does not offer.
        """
        chosen = dict(choices or {})
        by_record: dict[str, dict[str, Conflict]] = {}
        for conflict in self.conflicts:
            by_record.setdefault(conflict.id, {})[conflict.field] = conflict
        sides = Sides(self.base, self.mine, self.theirs, self._prefers_mine)
        mending = Mending(dict(self.settled.records), sides, self.touched, list(self.settled.notes))
        for id, meeting in self.meetings.items():
            conflicts = by_record.get(id, {})
            values = {field: conflict.value(chosen.get(conflict.key)) for field, conflict in conflicts.items()}
            mending.merged[id] = _built(meeting, values, mending)
        bring_back(mending)
        drop_wrong_kinds(mending)
        open_loops(mending)
        join_links(mending)
        fill_stages(mending)
        settle_orders(mending.merged, sides, self.touched | mending.merged.keys() - self.settled.records.keys())
        sort_lanes(mending)
        records = sorted(mending.merged.values(), key=lambda record: (record.type, record.id))
        return Resolved(tuple(records), tuple(mending.notes))

    def _prefers_mine(self, id: str) -> bool | None:
        meeting = self.meetings.get(id)
        return meeting.mine_is_default if meeting is not None else None

    def resolved(self, choices: Choices | None = None) -> tuple[Record, ...]:
        """The records of `resolve`."""
        return self.resolve(choices).records

    @cached_property
    def outcome(self) -> Resolved:
        """The merged map with all defaults, and what was done so that nothing is lost."""
        return self.resolve()

    @property
    def records(self) -> tuple[Record, ...]:
        """The merged map with all defaults."""
        return self.outcome.records

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was done so that nothing is lost, with all defaults."""
        return self.outcome.notes

    def media_of_theirs(self, records: tuple[Record, ...] | None = None) -> frozenset[str]:
        """The pictures that must be taken over from their file, by name: those that mine does not name already.

        `records` are the merged ones, None: those with all defaults.
        """
        merged = self.records if records is None else records
        return frozenset(pictures_of(merged) - pictures_of(self.mine.values()))


def merge(base: Records, mine: Records, theirs: Records) -> Merge:
    """Brings two maps together that come from `base`, which may be empty where nothing is known of it.

    What one side changed is in the result; what both changed alike, too; what both changed differently is a conflict.
    `mine` and `theirs` must be sound. The result does not depend on which is called mine.
    """
    old, first, second = untangled(Side(base).records, Side(mine).records, Side(theirs).records)
    return _Merging(old, first, second).done()


class _Merging:
    """The three maps while they are looked at, record by record."""

    def __init__(self, base: dict[str, Record], mine: dict[str, Record], theirs: dict[str, Record]) -> None:
        self.base, self.mine, self.theirs = Side(base), Side(mine), Side(theirs)
        self.settled = Settled({}, [])
        self.touched: set[str] = set()
        self.meetings: dict[str, Meeting] = {}
        self._moved: dict[Side, set[str]] = {}

    def done(self) -> Merge:
        base, mine, theirs = self.base.records, self.mine.records, self.theirs.records
        for id, first in mine.items():
            old, second = base.get(id), theirs.get(id)
            if second is None:
                self._only_on_one(old, first, self.mine)
            elif same_record(first, second):
                self.settled.records[id] = first
                if not same_record(old, first):
                    self.touched.add(id)
            else:
                self._on_both(old, first, second)
        for id, second in theirs.items():
            if id not in mine:
                self._only_on_one(base.get(id), second, self.theirs)
        conflicts = [self._conflict(id, clash) for id, met in sorted(self.meetings.items()) for clash in met.clashes]
        return Merge(base, mine, theirs, tuple(conflicts), frozenset(self.touched), self.settled, self.meetings)

    def _only_on_one(self, old: Record | None, record: Record, side: Side) -> None:
        """Added there, or deleted on the other side."""
        self.touched.add(record.id)
        if old is not None and not self._is_edited(old, record, side):
            return
        self.settled.records[record.id] = record
        if old is not None:
            self.settled.notes.append(Note("kept", record.id, about("kept", record, side)))

    def _is_edited(self, old: Record, record: Record, side: Side) -> bool:
        """Whether somebody changed a record, apart from what the deletion of others did to it."""
        if same_record(old, record):
            return False
        ours = record.__dict__
        for field, value in old.__dict__.items():
            if field in ours and ours[field] == value:
                continue
            if field != "order" and not self._was_cleared(old, record, field, side):
                return True
        extras = old.__pydantic_extra__ or {}, record.__pydantic_extra__ or {}
        if canonical(extras[0]) != canonical(extras[1]) or type(old) is not type(record):
            return True
        return record.id in self._moved_on(side)

    def _moved_on(self, side: Side) -> set[str]:
        """What somebody put elsewhere among its siblings; worked out once, where it is asked for."""
        if side not in self._moved:
            base = self.base.records
            both = ((base[id], record) for id, record in side.records.items() if id in base)
            self._moved[side] = reordered(self.base, side, both, by_key=True)
        return self._moved[side]

    def _was_cleared(self, old: Record, record: Record, field: str, side: Side) -> bool:
        """Whether a field only lost what was deleted on that side."""
        reference = old.REFERENCES.get(field)
        if reference is None or reference.on_delete != "clear" or field not in record.REFERENCES:
            return False
        before, after = set(old.targets(field)), set(record.targets(field))
        return after < before and side.records.keys().isdisjoint(before - after)

    def _on_both(self, old: Record | None, mine: Record, theirs: Record) -> None:
        self.touched.add(mine.id)
        if same_record(old, mine):
            self.settled.records[mine.id] = theirs
        elif same_record(old, theirs):
            self.settled.records[mine.id] = mine
        else:
            self.meetings[mine.id] = meet(old, mine, theirs)

    def _conflict(self, id: str, clash: Clash) -> Conflict:
        record = self.mine.records[id]
        default: Choice = "mine" if self.meetings[id].mine_is_default else "theirs"
        return Conflict(
            **vars(clash),
            id=id,
            type=record.type,
            label=label_of(type(record), clash.field),
            default="both" if clash.is_clean else default,
            sentence=conflict_sentence(record, clash, self.mine, self.theirs),
        )


def _built(meeting: Meeting, chosen: dict[str, object], mending: Mending) -> Record:
    """The record of a meeting with a value for each clash."""
    values = {**meeting.values, **chosen}
    try:
        return record_from_json(values)
    except ValidationError as error:  # a field that came with another kind of card and means something else in this one
        wrong = {str(details["loc"][0]) for details in error.errors(include_url=False, include_input=False)}
    record = record_from_json({field: value for field, value in values.items() if field not in wrong})
    for field in sorted(wrong):
        label = label_of(type(record), field)
        mending.note("mended", "wrong_value", record, field=label, value=str(values[field]))
    return record
