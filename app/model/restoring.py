"""Makes a sound map of records of which some are missing: what they refer to gets a stand-in, and no card is lost.

For maps out of damaged files. Nothing here knows files; what comes out keeps every rule of SPEC.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

from pydantic import ValidationError

from app.model.beside import Comment
from app.model.ids import MAP_ID
from app.model.lanes import GENERIC_LANE_KIND, LANE_KINDS, lane_kind
from app.model.ordering import FIRST_KEY, OrderError, key_between
from app.model.records import (
    ANY,
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
)
from app.model.rules import problems
from app.model.store import RecordGraph

LONG_ID = 10
"""From so many characters on, an id that differs in one character from another is that other one, misread."""

_TURN = {"persona": 0, "stage": 1, "step": 2, "lane": 3, "link": 5, "comment": 6}
"""What others refer to comes first; the rest has its turn before links, on which one can comment."""

MOST_SEARCHES = 500
"""So many lost ids are looked for among those that are nearly the same."""


class Restored(NamedTuple):
    """A sound map. `stand_ins` were made up, `mended` lead elsewhere now, `dropped` could not be kept."""

    records: tuple[Record, ...]
    stand_ins: tuple[Record, ...]
    mended: frozenset[str]
    dropped: tuple[Record, ...]


def restored(records: Iterable[Record]) -> Restored:
    """A sound map of these records, of which no two have the same id."""
    return _Restorer(records).result()


class _Restorer:
    def __init__(self, records: Iterable[Record]) -> None:
        self._records: dict[str, Record] = {}
        self._stand_ins: dict[str, Record] = {}
        self._mended: set[str] = set()
        self._dropped: list[Record] = []
        self._given = sorted(records, key=lambda record: _TURN.get(record.type, 4))
        self._by_type: dict[str, list[str]] = {}
        self._last_orders: dict[str, str] = {}
        self._stage_of_lost_steps = ""
        self._misread: dict[tuple[str, str], str | None] = {}

    def result(self) -> Restored:
        self._take_map()
        for record in self._given:
            self._records.setdefault(record.id, record)
        for record in self._records.values():
            self._by_type.setdefault(record.type, []).append(record.id)
        for record in list(self._records.values()):
            self._restore(record)
        for id in self._stages_without_steps():
            self._made(Step, f"{id[:50]}_step", stage=id)
        self._drop_what_is_still_wrong()
        return Restored(
            tuple(self._records.values()),
            tuple(self._stand_ins[id] for id in self._stand_ins if id in self._records),
            frozenset(self._mended & self._records.keys() - self._stand_ins.keys()),
            tuple(self._dropped),
        )

    def _take_map(self) -> None:
        """There is one record of the map itself, whatever its id was."""
        maps = [record for record in self._given if isinstance(record, MapRecord)]
        self._dropped += [record for record in self._given if record.id == MAP_ID and record not in maps]
        self._given = [record for record in self._given if not isinstance(record, MapRecord) and record.id != MAP_ID]
        kept = next((record for record in maps if record.id == MAP_ID), maps[0] if maps else None)
        self._dropped += [record for record in maps if record is not kept]
        if kept is None:
            self._stand_in(MapRecord(title="Recovered map"))
        elif kept.id == MAP_ID:
            self._records[MAP_ID] = kept
        else:
            self._records[MAP_ID] = kept.changed(id=MAP_ID)
            self._mended.add(MAP_ID)

    def _restore(self, record: Record) -> None:
        """Gives a record references that lead somewhere, or drops it where it is nothing without them."""
        changes = {
            field: value
            for field, reference in record.REFERENCES.items()
            if (value := self._reference(record, field, reference)) != record.__dict__[field]
        }
        if isinstance(record, Link) and (None in changes.values() or _leads_to_itself(record, changes)):
            self._drop(record)
        elif changes:
            self._records[record.id] = record.changed(**changes)
            self._mended.add(record.id)

    def _reference(self, record: Record, field: str, reference: Reference) -> Any:
        """What a field is to hold; None for a link's end that is lost."""
        if reference.many:
            found = (self._there(reference, id) for id in record.targets(field))
            return tuple(sorted({id for id in found if id is not None}))
        wanted = record.__dict__[field]
        there = self._there(reference, wanted) if wanted is not None else None
        if reference.on_delete == "clear":
            return there
        if there is not None and self._belongs(record, there):
            return there
        return self._instead(record, reference, wanted)

    def _there(self, reference: Reference, id: str) -> str | None:
        """The record that an id leads to, if need be with one character of it misread; None where it is lost."""
        if not self._fits(reference, id) and len(id) >= LONG_ID and id not in self._records:
            id = self._nearest(reference.target, id) or id
        return id if self._fits(reference, id) else None

    def _nearest(self, type_name: str, id: str) -> str | None:
        """The one record of a type of which the id differs in a single character."""
        if (type_name, id) not in self._misread:
            if len(self._misread) >= MOST_SEARCHES:
                return None
            near = [each for each in self._by_type.get(type_name, []) if is_near(id, each)]
            self._misread[type_name, id] = near[0] if len(near) == 1 else None
        return self._misread[type_name, id]

    def _fits(self, reference: Reference, id: str) -> bool:
        target = self._records.get(id)
        if target is None or reference.target not in {ANY, target.type}:
            return False
        return reference.kind in {None, target.__dict__.get("kind")}

    def _belongs(self, record: Record, id: str) -> bool:
        """Whether a record can lie in a lane, if it is one; comments are not commented on."""
        target = self._records[id]
        if isinstance(record, Comment):
            return not isinstance(target, Comment)
        if not isinstance(target, Lane):
            return True
        kind = lane_kind(target.kind)
        return kind.is_curve if isinstance(record, EmotionPoint) else kind.holds_cards

    def _instead(self, record: Record, reference: Reference, wanted: str) -> str | None:
        """A stand-in for what a record cannot do without; None: nothing can stand in for it."""
        if reference.target == ANY:
            return MAP_ID
        if reference.target == "lane":
            return self._lane_for(record, wanted)
        if reference.target == "step":
            return self._made(Step, wanted, stage=self._stage_for_steps(), title="Recovered step")
        if reference.target == "stage":
            return self._made_stage(wanted)
        if reference.target == "persona":
            return self._made(Persona, wanted, name="Recovered persona", order=self._last_order("persona"))
        return None

    def _lane_for(self, record: Record, wanted: str) -> str:
        """A lane that holds such records. One that exists but is of another kind is left to those who belong there."""
        if isinstance(record, EmotionPoint):
            kind = "emotion"
        else:
            card = record.kind if isinstance(record, Card) else ""
            fitting = (each.id for each in LANE_KINDS.values() if each.holds_cards and each.card == card)
            kind = next(fitting, GENERIC_LANE_KIND.id)
        if wanted in self._records:
            wanted = f"recovered_{kind}"
        return self._made(
            Lane, wanted, kind=kind, title=f"Recovered {LANE_KINDS[kind].label.lower()}", order=self._last_order("lane")
        )

    def _stage_for_steps(self) -> str:
        """Where steps go of which nobody knows the stage: to the one that has none, if it is only one."""
        if not self._stage_of_lost_steps:
            empty = self._stages_without_steps()
            self._stage_of_lost_steps = empty[0] if len(empty) == 1 else self._made_stage("recovered_stage")
        return self._stage_of_lost_steps

    def _made_stage(self, wanted: str) -> str:
        return self._made(Stage, wanted, title="Recovered stage", order=self._last_order("stage"))

    def _stages_without_steps(self) -> list[str]:
        with_steps = {record.stage for record in self._records.values() if isinstance(record, Step)}
        return [id for id in self._by_type.get("stage", []) if id not in with_steps]

    def _made(self, record_class: type[Record], id: str, **values: Any) -> str:
        """The stand-in with this id, made where it is not there yet; under another id where a record cannot have it."""
        name = str(record_class.model_fields["type"].default)
        for candidate in chain((id,), (f"recovered_{name}",), (f"recovered_{name}_{n}" for n in range(2, 1000))):
            there = self._records.get(candidate)
            if isinstance(there, record_class) and candidate in self._stand_ins:
                if there.__dict__.get("kind") == values.get("kind", there.__dict__.get("kind")):
                    return candidate
            elif there is None:
                try:
                    made = record_class(id=candidate, **values)
                except ValidationError:
                    continue
                return self._stand_in(made)
        raise ValueError(f"there are too many records with the id recovered_{name}")

    def _stand_in(self, record: Record) -> str:
        self._records[record.id] = self._stand_ins[record.id] = record
        self._by_type.setdefault(record.type, []).append(record.id)
        return record.id

    def _last_order(self, type_name: str) -> str:
        """After all siblings."""
        if type_name not in self._last_orders:
            orders = [str(self._records[id].__dict__["order"]) for id in self._by_type.get(type_name, [])]
            self._last_orders[type_name] = max(orders, default="")
        last = self._last_orders[type_name]
        with suppress(OrderError):
            self._last_orders[type_name] = key_between(last or None, None)
        return self._last_orders[type_name] or FIRST_KEY

    def _drop(self, record: Record) -> None:
        self._dropped.append(self._records.pop(record.id))

    def _drop_what_is_still_wrong(self) -> None:
        """A last look, by the rules themselves: whatever breaks one goes, until nothing does."""
        while found := problems(RecordGraph(self._records.values())):
            for id in {problem.record_id for problem in found} - {MAP_ID}:
                self._drop(self._records[id])


def _leads_to_itself(link: Link, changes: dict[str, Any]) -> bool:
    return changes.get("source", link.source) == changes.get("target", link.target)  # type: ignore[no-any-return]


def is_near(one: str, other: str) -> bool:
    """Whether two words differ in exactly one character."""
    return len(one) == len(other) and sum(map(str.__ne__, one, other)) == 1
