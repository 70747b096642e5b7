"""Two rows of words or lines that come from a common one, brought together where nobody is in the other's way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from app.model.comparison.texts import matching, words


class Hunk(NamedTuple):
    """A stretch of the common row, from `start` up to `end`, and what one side put there."""

    start: int
    end: int
    put: list[Any]


def merged_rows(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], *, lines: bool) -> list[Any] | None:
    """Both rows in one; None where they change the same stretch differently.

    What both put at the same spot is no clash among `lines`: one stands below the other then. The result does not
    depend on which is called mine.
    """
    changes = sorted([*_hunks(base, mine), *_hunks(base, theirs)])
    merged: list[Any] = []
    at = 0
    last: Hunk | None = None
    for hunk in changes:
        if hunk == last:
            continue
        if last is not None and _clash(last, hunk, lines=lines):
            return None
        twice = last.put if last is not None and (last.start, last.end) == (hunk.start, hunk.end) else []
        merged += [*base[at : hunk.start], *(entry for entry in hunk.put if entry not in twice)]
        at, last = max(at, hunk.end), hunk
    return [*merged, *base[at:]]


def _hunks(base: Sequence[Any], row: Sequence[Any]) -> list[Hunk]:
    hunks = []
    one = other = 0
    for start, other_start, size in matching(base, row):
        if start > one or other_start > other:
            hunks.append(Hunk(one, start, list(row[other:other_start])))
        one, other = start + size, other_start + size
    return hunks


def _clash(first: Hunk, second: Hunk, *, lines: bool) -> bool:
    if first.start == first.end == second.start == second.end:
        return not lines
    return second.start < first.end


def both_texts(base: str, mine: str, theirs: str, glue: str) -> tuple[str, bool]:
    """A text that holds what both wrote, and whether it is in order: where not, one text stands after the other."""
    one, other = sorted((words(mine), words(theirs)), key=len)
    if any(other[at : at + len(one)] == one for at in range(len(other) - len(one) + 1)):
        return max(mine, theirs, key=len), True
    merged = merged_rows(words(base), words(mine), words(theirs), lines=False) if base else None
    if merged is not None:
        return "".join(merged), True
    return glue.join(sorted((mine, theirs))), False


def both_lines(mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    """All entries of two lists, each once, where they cannot be merged line by line."""
    first, second = sorted((list(mine), list(theirs)))
    return [*first, *(entry for entry in second if entry not in first)]


def merged_sets(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """What was added on either side, and of the rest what was taken out on neither."""
    one, first, second = set(base), set(mine), set(theirs)
    return sorted((one & first & second) | (first - one) | (second - one))


def merged_readings(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any] | None:
    """Dated figures of both sides; None where both give new figures of the same day, and not the same."""
    old, first, second = (Counter(tuple(reading) for reading in many) for many in (base, mine, theirs))
    added, also = first - old, second - old
    if any(_of_day(added, day) != _of_day(also, day) for day in {day for day, _ in added} & {day for day, _ in also}):
        return None
    counts = {reading: _count(old[reading], first[reading], second[reading]) for reading in {*old, *first, *second}}
    return [list(reading) for reading in sorted(Counter(counts).elements())]


def _count(base: int, mine: int, theirs: int) -> int:
    """How often an entry is there after both sides added or took out some."""
    if (mine > base) == (theirs > base):
        return max(mine, theirs) if mine > base else min(mine, theirs)
    return mine + theirs - base


def _of_day(readings: Counter[Any], day: Any) -> dict[Any, int]:
    return {value: count for (date, value), count in readings.items() if date == day}
