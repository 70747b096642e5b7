"""Which siblings moved among themselves: the fewest that explain the new order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from app.model.records import Record

Places = list[tuple[int, int]]


def sibling_key(record: Record) -> tuple[str, str]:
    """What siblings are sorted by: their order keys, and their ids where these are equal."""
    return record.__dict__["order"], record.id


def in_sequence(records: Mapping[str, Record], ids: Iterable[str]) -> list[str]:
    """Some siblings as they stand in a map."""
    return [id for _, id in sorted(sibling_key(records[id]) for id in ids)]


def moved_siblings(
    before: Mapping[str, Record], after: Mapping[str, Record], ids: Iterable[str], *, by_key: bool = False
) -> set[str]:
    """Those of some siblings, all of them in both maps, that moved: the fewest, and rather those with another key.

    Other order keys that leave the order as it was are no move. With `by_key` none is said to have moved whose key is
    the same, even where that takes more of the others: this is what somebody did, not what is to be seen of it.
    """
    old = in_sequence(before, ids)
    rank = {id: place for place, id in enumerate(in_sequence(after, old))}
    kept_key = {id: before[id].__dict__["order"] == after[id].__dict__["order"] for id in old}
    one = len(old) + 1
    weights = [one * (one if by_key and kept_key[id] else 1) + kept_key[id] for id in old]
    staying = heaviest_ascent([rank[id] for id in old], weights)
    return set(old) - {old[place] for place in staying}


def heaviest_ascent(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The places of a strictly ascending selection of values that weighs most. Weights are above 0.

    Takes n · log n: a Fenwick tree holds the best selection that ends below each value.
    """
    levels = sorted(set(values))
    best = [(0, -1)] * (len(levels) + 1)
    previous = [-1] * len(values)
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        level = bisect_left(levels, value)
        total, previous[place] = _best_below(best, level)
        _offer(best, level + 1, (total + weight, place))
    _, place = _best_below(best, len(levels))
    found = []
    while place >= 0:
        found.append(place)
        place = previous[place]
    return found[::-1]


def _best_below(best: Places, level: int) -> tuple[int, int]:
    found = (0, -1)
    while level > 0:
        if best[level][0] > found[0]:
            found = best[level]
        level -= level & -level
    return found


def _offer(best: Places, level: int, offered: tuple[int, int]) -> None:
    while level < len(best):
        if offered[0] > best[level][0]:
            best[level] = offered
        level += level & -level
