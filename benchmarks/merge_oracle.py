"""What must be true of every merge, said of plain JSON and without any of the program's code for merging."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from app.model.document import Document
from app.model.fields import plain
from app.model.merging import Choice, Merge, Resolved, merge
from app.model.records import Record, record_to_json
from app.model.rules import RuleError

Values = dict[str, Any]
Map = dict[str, Values]

ABSENT = "(absent)"
SETS = frozenset({"personas", "sources", "addresses", "changes", "cards", "doctor_off"})
LISTS = frozenset({"goals", "motivations", "pain_points", "channels", "demographics", "history"})
PARENTS = {"card": ("lane", "step"), "step": ("stage",)}
ORDERED = {"stage", "step", "lane", "persona", "card", "source", "feedback", "action_item", "channel"}
MAY_CLEAR = SETS | {"to_step"}


class Case(NamedTuple):
    """Three maps and what came of them, by id. `mended` and `needed`: the ids of notes of these kinds."""

    base: Map
    mine: Map
    theirs: Map
    result: Map
    conflicts: dict[tuple[str, str], Any]
    mended: frozenset[str]
    needed: frozenset[str]


class Verdict(NamedTuple):
    """What is wrong with a merge, as sentences: edits of one side that are lost, and all else."""

    lost: list[str]
    wrong: list[str]


def judge(base: Iterable[Record], mine: Iterable[Record], theirs: Iterable[Record]) -> tuple[Merge, Verdict]:
    """Merges three maps and says what is wrong with that."""
    base, mine, theirs = tuple(base), tuple(mine), tuple(theirs)
    merged = merge(base, mine, theirs)
    lost: list[str] = []
    wrong: list[str] = []
    choices: list[Choice | None] = [None, "mine", "theirs", "both"]
    for choice in choices:
        chosen = {c.key: choice for c in merged.conflicts if choice is not None and choice in c.offers}
        resolved = merged.resolve(chosen)
        wrong += [f"{choice}: {problem}" for problem in _unsound(resolved.records)]
        case = _case(base, mine, theirs, resolved)
        for conflict in merged.conflicts:
            case.conflicts[conflict.key] = conflict.value(chosen.get(conflict.key))
        lost += [f"{choice}: {sentence}" for sentence in _lost(case)]
    other = merge(base, theirs, mine)
    if other.records != merged.records or {c.key for c in other.conflicts} != {c.key for c in merged.conflicts}:
        wrong.append("merge(a, b) is not merge(b, a)")
    for ours, yours, expected in ((mine, base, mine), (base, mine, mine), (mine, mine, mine)):
        alone = merge(base, ours, yours)
        if _by_id(alone.records) != _by_id(expected) or alone.conflicts:
            wrong.append("what only one side did, or both alike, is not what came of it")
    return merged, Verdict(lost, wrong)


def _unsound(records: Iterable[Record]) -> list[str]:
    try:
        Document(records)
    except RuleError as error:
        return [f"unsound: {problem.record_id} {problem.message}" for problem in error.problems]
    return []


def _by_id(records: Iterable[Record]) -> Map:
    return {record.id: record_to_json(record) for record in records}


def _case(base: Iterable[Record], mine: Iterable[Record], theirs: Iterable[Record], resolved: Resolved) -> Case:
    notes = {kind: frozenset(note.id for note in resolved.notes if note.kind == kind) for kind in ("mended", "needed")}
    maps = (_by_id(base), _by_id(mine), _by_id(theirs), _by_id(resolved.records))
    return Case(*maps, {}, notes["mended"], notes["needed"])


def _lost(case: Case) -> Iterator[str]:
    for side, other, name in ((case.mine, case.theirs, "mine"), (case.theirs, case.mine, "theirs")):
        for id in side.keys() | case.base.keys():
            for sentence in _lost_of(case, id, side, other):
                yield f"{name}, {id}: {sentence}"
        yield from _lost_orders(case, side, other, name)


def _lost_of(case: Case, id: str, side: Map, other: Map) -> Iterator[str]:
    base, ours, others, result = case.base.get(id), side.get(id), other.get(id), case.result.get(id)
    types = {version["type"] for version in (base, ours, others) if version is not None}
    if len(types) > 1:
        if ours is not None and ours != base and not _is_somewhere(ours, case.result):
            yield "is nowhere, though its id was that of something else on the other side"
        return
    if ours is None:
        was_left = base is not None and others is not None and not _may_be_edited(base, others, case.base, other)
        if was_left and result is not None and not _may_be_back(case, id, result):
            yield "was deleted and is there"
    elif result is None:
        if _is_drawn_twice(case, ours):
            return
        if base is None or others is not None or _is_edited(base, ours, case.base, side):
            yield "is not there"
    else:
        yield from _wrong_fields(case, id, (base, ours, others if others is not None else base), result)


def _is_drawn_twice(case: Case, ours: Values) -> bool:
    """Whether there is the very same link under another id."""
    twins = [record for record in case.result.values() if record["type"] == "link"]
    return ours["type"] == "link" and any({**twin, "id": ours["id"]} == ours for twin in twins)


def _wrong_fields(
    case: Case, id: str, versions: tuple[Values | None, Values, Values | None], result: Values
) -> Iterator[str]:
    base, ours, others = versions
    for field in (ours.keys() | (base or {}).keys() | (others or {}).keys()) - {"order"}:
        wrong = _wrong_field(case, id, field, versions, result)
        if wrong:
            yield wrong


def _wrong_field(
    case: Case, id: str, field: str, versions: tuple[Values | None, Values, Values | None], result: Values
) -> str:
    """What is wrong with a field of the result, as far as one side has changed it; empty: nothing."""
    old, new, theirs = ((version or {}).get(field, ABSENT) for version in versions)
    found = result.get(field, ABSENT)
    if _same(new, old) or id in case.mended or (field == "lane" and {old, new, theirs, found} & case.mended):
        return ""
    if _same(theirs, old) or _same(theirs, new):
        is_there = _same(found, new) or _is_renamed(case, new, found)
        return "" if is_there else f"{field} was set to {new!r} and is {found!r}"
    if (id, field) in case.conflicts:
        chosen = case.conflicts[id, field]
        is_default = found == ABSENT and chosen in (None, "", [], 0, 0.0, False, "own", "interview", "idea", "emotion")
        return "" if _same(found, plain(chosen)) or is_default else f"{field} is {found!r} and not {chosen!r} as chosen"
    kinds = {(version or {}).get("kind") for version in versions[1:]}
    if ABSENT in (new, theirs) and (len(kinds) > 1 or field not in SETS | LISTS):
        return ""  # taken out on one side, as with its kind, and changed on the other: the change stays
    if field in SETS | LISTS:
        return _wrong_list(field, old, new, found)
    return f"{field} was changed on both sides and is no conflict"


def _is_renamed(case: Case, old: Any, new: Any) -> bool:
    """Whether an id is the new one of something whose id the other side gave to something else."""
    known = case.base.keys() | case.mine.keys() | case.theirs.keys()
    return isinstance(new, str) and new in case.result and new not in known and new.startswith(f"{old}_")


def _wrong_list(field: str, *versions: Any) -> str:
    old, new, found = ([] if version == ABSENT else version for version in versions)
    gone = [entry for entry in new if entry not in old and entry not in found]
    back = [entry for entry in found if entry in old and entry not in new and field in SETS]
    return f"{field}: {gone} is missing, {back} is back" if gone or back else ""


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and type(one) is type(other)


def _is_somewhere(ours: Values, result: Map) -> bool:
    """Whether the record is there, perhaps under another id and with others of those it refers to."""
    own = {field: value for field, value in ours.items() if field in {"type", "title", "where", "kind"}}
    return any(all(record.get(field) == value for field, value in own.items()) for record in result.values())


def _is_edited(base: Values, side: Values, before: Map, after: Map) -> bool:
    """Whether somebody changed a record, and not only its key, nor only that it speaks of what was deleted there."""
    for field in (base.keys() | side.keys()) - {"order"}:
        old, new = base.get(field, []), side.get(field, [])
        if _same(old, new):
            continue
        lost = set(old if isinstance(old, list) else [old]) - set(new) if field in MAY_CLEAR else set()
        if not lost or lost & after.keys() or not (isinstance(new, list) and set(new) <= set(old)):
            return True
    if base.get("order") == side.get("order"):
        return False
    siblings = _siblings(base["id"], before, after)
    fixed = [other for other in siblings if before[other].get("order") == after[other].get("order")]
    return _has_passed(base["id"], fixed, before, after)


def _may_be_edited(base: Values, side: Values, before: Map, after: Map) -> bool:
    """Whether it has another key and stands elsewhere among all its siblings, or was edited."""
    if _is_edited(base, side, before, after):
        return True
    has_other_key = base.get("order") != side.get("order")
    return has_other_key and _has_passed(base["id"], _siblings(base["id"], before, after), before, after)


def _siblings(id: str, before: Map, after: Map) -> list[str]:
    """Those that were and are in the same place."""
    if _group(before[id]) is None:
        return []
    there = (other for other, record in before.items() if _group(record) == _group(before[id]))
    return [other for other in there if other in after and _group(after[other]) == _group(before[id])]


def _has_passed(id: str, others: list[str], before: Map, after: Map) -> bool:
    """Whether it stands before some of the others that it stood after, or the other way round."""
    old, new = ([_key(side[other]) < _key(side[id]) for other in others] for side in (before, after))
    return old != new


def _may_be_back(case: Case, id: str, result: Values) -> bool:
    return id in case.needed or (result["type"] == "step" and result["stage"] in case.mended)


def _group(record: Values) -> tuple[str, ...] | None:
    if record["type"] not in ORDERED:
        return None
    return (record["type"], *(record[parent] for parent in PARENTS.get(record["type"], ())))


def _key(record: Values) -> tuple[str, str]:
    return record.get("order", "a0"), record["id"]


def _lost_orders(case: Case, side: Map, other: Map, name: str) -> Iterator[str]:
    """Siblings that the other side left where they were, or does not have, stand as on this side."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for record in case.result.values():
        if (group := _group(record)) is not None:
            groups.setdefault(group, []).append(record["id"])
    for group, ids in groups.items():
        if group[1:2] and group[1] in case.mended:
            continue
        ours = [id for id in ids if id in side and _group(side[id]) == group and _is_left(id, group, case.base, other)]
        wanted, found = (sorted(ours, key=lambda one: _key(there[one])) for there in (side, case.result))
        if wanted != found:
            yield f"{name}, {group}: stand as {found} and not as {wanted}"


def _is_left(id: str, group: tuple[str, ...], base: Map, other: Map) -> bool:
    if id not in other:
        return True
    versions = [base.get(id), other[id]]
    return all(version is not None and _group(version) == group for version in versions) and (
        base[id].get("order") == other[id].get("order")
    )
