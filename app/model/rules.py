"""What must hold in every map (the numbered rules are in SPEC.md), and what is wrong with one in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

from app.model.beside import Comment
from app.model.diff import Diff
from app.model.ids import MAP_ID
from app.model.lanes import LaneKind, lane_kind
from app.model.records import ANY, Card, EmotionPoint, Lane, Link, MapRecord, Record, Reference, Stage, Step
from app.model.soundness import is_sound
from app.model.store import RecordGraph

MOST_PROBLEMS = 1000
"""So many are listed; a hostile file could have a hundred thousand."""


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
    """What is wrong with a map, the first `MOST_PROBLEMS`; empty for a sound one."""
    if is_sound(store):
        return []
    found = (problem for record in store for problem in _problems_of(store, record))
    return list(islice(chain(_missing_map(store), found), MOST_PROBLEMS))


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


def _role(record: Record) -> tuple[str, str]:
    """What those who refer to a record rely on."""
    if isinstance(record, Lane):
        return record.type, lane_kind(record.kind).holds
    return record.type, record.kind if isinstance(record, Card) else ""


def _problems_of(store: RecordGraph, record: Record) -> Iterator[Problem]:
    for field, reference in record.REFERENCES.items():
        for target_id in record.targets(field):
            wrong = _wrong_target(store, field, reference, target_id)
            if wrong:
                yield Problem(record.id, wrong)
    check = _CHECKS.get(record.type)
    if check is not None:
        yield from check(store, record)


def _wrong_target(store: RecordGraph, field: str, reference: Reference, id: str) -> str:
    """What is wrong with an id that a field leads to; empty: nothing."""
    target = store.get(id)
    if target is None:
        return f"refers to the {reference.target} {_shown(id)}, which does not exist"
    if reference.target not in {ANY, target.type}:
        return f"its {field} {id} is a {_shown(target.type)}, not a {reference.target}"
    if reference.kind not in {None, target.__dict__.get("kind")}:
        return f"its {field} {id} is no {reference.kind}"
    return ""


def _shown(word: str) -> str:
    """An id that leads nowhere and a type that nobody knows can be anything; a sentence takes what is printable."""
    return word if word.isprintable() and len(word) <= 64 else ascii(word)[1:-1][:64]


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
    if lane is not None and not lane_kind(lane.kind).holds_cards:
        return [Problem(record.id, f"is a card in {_described(lane_kind(lane.kind))} {lane.id}")]
    return ()


def _described(kind: LaneKind) -> str:
    return "the curve lane" if kind.is_curve else "the lane of channels"


def _check_point(store: RecordGraph, record: Record) -> Iterable[Problem]:
    lane = store.of(Lane, record.lane) if isinstance(record, EmotionPoint) else None
    if lane is not None and not lane_kind(lane.kind).is_curve:
        return [Problem(record.id, f"is an emotion point in {lane.id}, which is no curve lane")]
    return ()


def _check_link(_store: RecordGraph, record: Record) -> Iterable[Problem]:
    if isinstance(record, Link) and record.source == record.target:
        return [Problem(record.id, "is a link from a card to itself")]
    return ()


def _check_comment(store: RecordGraph, record: Record) -> Iterable[Problem]:
    if isinstance(record, Comment) and store.of(Comment, record.about) is not None:
        return [Problem(record.id, f"is a comment on the comment {record.about}")]
    return ()


_CHECKS: dict[str, Callable[[RecordGraph, Record], Iterable[Problem]]] = {
    "map": _check_map,
    "stage": _check_stage,
    "card": _check_card,
    "emotion_point": _check_point,
    "link": _check_link,
    "comment": _check_comment,
}
