"""The order of siblings after a merge: what each side put where stays there, next to the same neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import NamedTuple

from app.model.comparison.siblings import heaviest_ascent, in_sequence, moved_siblings, sibling_key
from app.model.meaning import group_of
from app.model.ordering import OrderError, keys_between
from app.model.records import Record

Records = Mapping[str, Record]
Group = tuple[str, ...]


class Sides(NamedTuple):
    """The three maps, and whose state of a record counts where both placed it; None: they have the same."""

    base: Records
    mine: Records
    theirs: Records
    prefers_mine: Callable[[str], bool | None]


def settle_orders(merged: dict[str, Record], sides: Sides, touched: Iterable[str]) -> None:
    """Gives merged siblings keys in the order that follows from both sides; most keep the key that they have.

    Where both sides put something between the same two, what one put there stays together. Only groups are looked at
    in which a side placed one of the `touched`.
    """
    found = (record for id in touched if (record := merged.get(id)) is not None)
    groups: dict[Group, list[str]] = {
        group: [] for record in found if (group := group_of(record)) is not None and _is_placed(record, group, sides)
    }
    if not groups:
        return
    for record in merged.values():
        if (group := group_of(record)) is not None and group in groups:
            groups[group].append(record.id)
    for group, ids in groups.items():
        wanted = list(_sequence(group, ids, merged, sides))
        if not all(_follows(one, other, merged, sides) for one, other in pairwise(wanted)):
            give_keys(merged, wanted)


def _follows(one: str, other: str, merged: Records, sides: Sides) -> bool:
    """Whether a sibling stands before another by its key; by its id only where a side has it like that, too."""
    first, second = merged[one].__dict__["order"], merged[other].__dict__["order"]
    if first != second:
        return bool(first < second)
    return one < other and any(
        one in side and other in side and side[one].__dict__["order"] == first == side[other].__dict__["order"]
        for side in (sides.mine, sides.theirs)
    )


def _is_placed(record: Record, group: Group, sides: Sides) -> bool:
    versions = [side.get(record.id) for side in (sides.base, sides.mine, sides.theirs)]
    orders = {version.__dict__["order"] if version is not None else None for version in versions}
    return len(orders) > 1 or any(version is None or group_of(version) != group for version in versions)


def _sequence(group: Group, ids: list[str], merged: Records, sides: Sides) -> Iterator[str]:
    """The siblings as they are to stand."""
    old, first, second = (_there(side, group, ids) for side in (sides.base, sides.mine, sides.theirs))
    by_mine, by_theirs = _placed(sides.base, sides.mine, old, first), _placed(sides.base, sides.theirs, old, second)
    in_mine, in_theirs = set(first), set(second)
    left = {id for id in old if id in in_mine and id in in_theirs} - by_mine - by_theirs
    anchors = _agreed(first, second, left, left | (by_mine & by_theirs))
    owner = dict.fromkeys(by_mine, "mine") | dict.fromkeys(by_theirs, "theirs")
    for id in (by_mine & by_theirs) - set(anchors):
        prefers_mine = sides.prefers_mine(id)
        owner[id] = "mine" if (first > second if prefers_mine is None else prefers_mine) else "theirs"
    for id in set(old) - set(anchors) - owner.keys():  # deleted on one side and back again, where it was on the other
        owner[id] = "mine" if id in in_mine else "theirs"
    runs = [_runs(first, set(anchors), owner, "mine"), _runs(second, set(anchors), owner, "theirs")]
    for anchor in (None, *anchors):
        if anchor is not None:
            yield anchor
        here = [run[anchor] for run in runs if anchor in run]
        for row in sorted(here, key=lambda row: sibling_key(merged[row[0]])):
            yield from row
    nowhere = [id for id in ids if id not in in_mine and id not in in_theirs]
    yield from in_sequence(merged, nowhere)


def _agreed(first: list[str], second: list[str], left: set[str], both: set[str]) -> list[str]:
    """Those on whose order both sides agree: all that they left where they were, and most that both placed."""
    one, other = sorted(([id for id in first if id in both], [id for id in second if id in both]))
    rank = {id: place for place, id in enumerate(other)}
    weights = [len(one) + 1 if id in left else 1 for id in one]
    return [one[place] for place in heaviest_ascent([rank[id] for id in one], weights)]


def _there(side: Records, group: Group, ids: Iterable[str]) -> list[str]:
    """Those of the siblings that lie in the same place on a side, in its order."""
    return in_sequence(side, [id for id in ids if (record := side.get(id)) is not None and group_of(record) == group])


def _placed(base: Records, side: Records, old: list[str], new: list[str]) -> set[str]:
    """Those that a side added, brought here from elsewhere, or moved among the others."""
    before = set(old)
    stayed = [id for id in new if id in before]
    has_other_keys = any(base[id].__dict__["order"] != side[id].__dict__["order"] for id in stayed)
    return set(new) - before | (moved_siblings(base, side, stayed, by_key=True) if has_other_keys else set())


def _runs(row: list[str], anchors: set[str], owner: Mapping[str, str], side: str) -> dict[str | None, list[str]]:
    """What a side put after each of those that stayed, None: before all of them."""
    runs: dict[str | None, list[str]] = {}
    last: str | None = None
    for id in row:
        if id in anchors:
            last = id
        elif owner[id] == side:
            runs.setdefault(last, []).append(id)
    return runs


def give_keys(merged: dict[str, Record], wanted: list[str]) -> None:
    """Lets keys ascend as is wanted, by changing as few as can be."""
    keys = [merged[id].__dict__["order"] for id in wanted]
    rank = {key: place for place, key in enumerate(sorted(set(keys)))}
    kept = set(heaviest_ascent([rank[key] for key in keys], [1] * len(keys)))
    try:
        fresh = dict(_keys_for_gaps(keys, kept))
    except OrderError:
        fresh = dict(enumerate(keys_between(None, None, len(keys))))
    for place, key in fresh.items():
        if key != keys[place]:
            merged[wanted[place]] = merged[wanted[place]].changed(order=key)


def _keys_for_gaps(keys: list[str], kept: set[int]) -> Iterator[tuple[int, str]]:
    """New keys for the places that are not kept. Raises OrderError where they do not fit between their neighbours."""
    last: str | None = None
    for is_kept, places in groupby(range(len(keys)), key=kept.__contains__):
        row = list(places)
        if is_kept:
            last = keys[row[-1]]
            continue
        following = keys[row[-1] + 1] if row[-1] + 1 < len(keys) else None
        yield from zip(row, keys_between(last, following, len(row)), strict=True)
