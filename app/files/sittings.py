"""How much of its past a map keeps: all states of the newest sittings, the last of older ones, and what has a name.

A copy may be sent away in the middle of a sitting, and whoever brings it together with the map again needs the very
state in which they parted. Of states that go, the revision is remembered: the copy may still have them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise

from app.files import limits
from app.files.states import State, joined, write_states


def bounded(states: Sequence[State], most_bytes: int) -> tuple[State, ...]:
    """The states that are kept, the newest first; that of the records always is. Raises HistoryError.

    `most_bytes`: how large the part may become. The oldest states without a name go first.
    """
    kept = _only(states, _chosen(states))
    while len(kept) > 1 and _is_too_large(kept, most_bytes):
        oldest = max((at for at in range(1, len(kept)) if not kept[at].name), default=len(kept) - 1)
        kept = _only(kept, set(range(len(kept))) - {oldest})
    return kept


def _is_too_large(states: Sequence[State], most_bytes: int) -> bool:
    lines = sum(1 + len(state.lines) for state in states)
    return lines >= limits.HISTORY_LINES or len(write_states(states)) > most_bytes


def _chosen(states: Sequence[State]) -> set[int]:
    """The places of those to be kept, whatever their size."""
    named = [at for at, state in enumerate(states) if state.name and at > 0]
    numbers = _sittings_ago(states)
    seen = {states[0].rev}
    last, others = [], []
    for at in range(1, len(states)):
        if states[at].name or states[at].rev in seen:
            continue  # what was gone back to is there twice, and once is enough
        seen.add(states[at].rev)
        if numbers[at] > numbers[at - 1] and numbers[at] < limits.SITTINGS:
            last.append(at)
        elif numbers[at] < limits.WHOLE_SITTINGS:
            others.append(at)
    return {0, *named[: limits.NAMED_STATES], *last, *_thinned(others, max(0, limits.UNNAMED_STATES - len(last)))}


def _thinned(places: list[int], most: int) -> list[int]:
    """At most so many: where there are more, every second of the older half goes.

    So a map that saves itself all day long keeps something of the morning, and the last half hour whole.
    """
    while len(places) > most:
        half = most // 2
        places = places[:half] + places[half + 1 :: 2]
    return places


def _sittings_ago(states: Sequence[State]) -> list[int]:
    """For each state, how many sittings came after its own."""
    changes = (one.sitting != other.sitting for one, other in pairwise(states))
    return list(accumulate(changes, initial=0))


def _only(states: Sequence[State], places: Collection[int]) -> tuple[State, ...]:
    """The states at these places, each with what leads to it from the one before it that is kept."""
    kept: list[State] = []
    gone: list[str] = []
    lines: tuple[bytes, ...] = ()
    for at, state in enumerate(states):
        lines = joined(lines, state.lines) if lines else state.lines
        if at in places:
            _remember(kept, gone)
            kept.append(state._replace(lines=lines))
            gone, lines = [], ()
        else:
            gone += state.ancestors
    _remember(kept, gone)
    return _with_few_gone(kept)


def _remember(kept: list[State], gone: Sequence[str]) -> None:
    if gone:
        kept[-1] = kept[-1]._replace(gone=tuple(dict.fromkeys((*kept[-1].gone, *gone))))


def _with_few_gone(states: Sequence[State]) -> tuple[State, ...]:
    """Bounds the number of revisions that are only remembered; the oldest are forgotten."""
    room = limits.GONE_REVISIONS
    result = []
    for state in states:
        result.append(state._replace(gone=state.gone[:room]))
        room -= len(result[-1].gone)
    return tuple(result)
