"""What must hold in every map (the numbered rules are in SPEC.md), and what is wrong with one in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from app.model.diff import Diff
from app.model.ids import MAP_ID
from app.model.lanes import lane_kind
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Record, Stage, Step
from app.model.soundness import is_sound
from app.model.store import RecordGraph


class Problem(NamedTuple):
    """One thing that is wrong, at one record."""

    record_id: str
    message: str


class RuleError(ValueError):
    """An edit that would have left the map in a state that the rules forbid."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.record_id}: {problem.message}" for problem in problems[:5]))
        self.problems = problems


def problems(store: RecordGraph) -> list[Problem]:
    """Everything that is wrong with a map; empty for a sound one."""
    if is_sound(store):
        return []
    found = [problem for record in store for problem in _problems_of(store, record)]
    return found + _missing_map(store)


def problems_after(store: RecordGraph, diff: Diff) -> list[Problem]:
    """What a change broke, looking only at what it touched."""
    suspects: dict[str, Record] = {}
    for id, (before, after) in diff.items():
        for record in _affected(store, id, before, after):
            suspects[record.id] = record
    found = [problem for record in suspects.values() for problem in _problems_of(store, record)]
    return found + _missing_map(store) if MAP_ID in diff else found


def _missing_map(store: RecordGraph) -> list[Problem]:
    if store.of(MapRecord, MAP_ID) is None:
        return [Problem(MAP_ID, "the record of the map itself is missing")]
    return []


def _affected(store: RecordGraph, id: str, before: Record | None, after: Record | None) -> Iterator[Record]:
    if after is not None:
        yield after
    if before is None:
        return
    if after is None or _role(before) != _role(after):
        yield from store.referrers(id)
    if isinstance(before, Step):
        stage = store.get(before.stage)
        if stage is not None:
            yield stage


def _role(record: Record) -> tuple[str, bool]:
    """What those who refer to a record rely on."""
    return record.type, isinstance(record, Lane) and lane_kind(record.kind).is_curve


def _problems_of(store: RecordGraph, record: Record) -> Iterator[Problem]:
    for field, reference in record.REFERENCES.items():
        target_id = record.__dict__[field]
        if target_id is None:
            continue
        target = store.get(target_id)
        if target is None:
            yield Problem(record.id, f"refers to the {reference.target} {target_id}, which does not exist")
        elif target.type != reference.target:
            yield Problem(record.id, f"its {field} {target_id} is a {target.type}, not a {reference.target}")
    check = _CHECKS.get(record.type)
    if check is not None:
        yield from check(store, record)


def _check_map(_store: RecordGraph, record: Record) -> Iterable[Problem]:
    if record.id != MAP_ID:
        return [Problem(record.id, "is a second record of the map itself")]
    return ()


def _check_stage(store: RecordGraph, record: Record) -> Iterable[Problem]:
    if isinstance(record, Stage) and next(store.referrers(record.id, "in_stage"), None) is None:
        return [Problem(record.id, "is a stage without a step")]
    return ()


def _check_card(store: RecordGraph, record: Record) -> Iterable[Problem]:
    lane = store.of(Lane, record.lane) if isinstance(record, Card) else None
    if lane is not None and lane_kind(lane.kind).is_curve:
        return [Problem(record.id, f"is a card in the curve lane {lane.id}")]
    return ()


def _check_point(store: RecordGraph, record: Record) -> Iterable[Problem]:
    lane = store.of(Lane, record.lane) if isinstance(record, EmotionPoint) else None
    if lane is not None and not lane_kind(lane.kind).is_curve:
        return [Problem(record.id, f"is an emotion point in {lane.id}, which is no curve lane")]
    return ()


def _check_link(_store: RecordGraph, record: Record) -> Iterable[Problem]:
    if isinstance(record, Link) and record.source == record.target:
        return [Problem(record.id, "is a link from a card to itself")]
    return ()


_CHECKS: dict[str, Callable[[RecordGraph, Record], Iterable[Problem]]] = {
    "map": _check_map,
    "stage": _check_stage,
    "card": _check_card,
    "emotion_point": _check_point,
    "link": _check_link,
}
