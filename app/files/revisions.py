"""The versions of a map: those in its file, their names, and where two copies parted."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from app.files import limits
from app.files.errors import Damaged, FileError, NoSuchVersion
from app.files.history import MEDIA_FOLDER, pictures_in
from app.files.lines import read_records
from app.files.mapfile import MapFile, as_written, past_of
from app.files.states import (
    HISTORY_FOLDER,
    HISTORY_PART,
    HistoryError,
    Lines,
    NewerHistoryError,
    State,
    id_and_type,
    write_states,
)
from app.model.diff import between
from app.model.media import pictures_of
from app.model.records import Record

_log = logging.getLogger(__name__)

NOT_THERE = "This version is no longer in the file; the map is as it was."


class Revision(NamedTuple):
    """A state of the map that can be had again. `time` in UTC, None: nobody knows. `name` "": it has none.

    `parents` are the revisions it comes from, two where copies were brought together. `sitting` counts the times that
    the map was opened and saved.
    """

    rev: str
    time: datetime | None
    name: str
    parents: tuple[str, ...]
    sitting: int


@dataclass(frozen=True)
class Change:
    """How many records of each type were added, changed and removed."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)


def revisions_of(file: MapFile) -> list[Revision]:
    """The states in the file, the newest first: that of its records as they were last read or written.

    Empty for a map that was never in a file. Older ones are not checked before they are asked for.
    """
    return [_revision(state) for state in _states(file)]


def records_at(file: MapFile, rev: str) -> tuple[Record, ...]:
    """The records of a revision. Raises NoSuchVersion, and what `loads` raises where it cannot be read."""
    states = _states(file)
    at = _place(states, rev)
    return tuple(read_records(_lines_at(file, states, at), states[at].schemas))


def file_at(file: MapFile, rev: str) -> MapFile:
    """The file as it was at a revision, with the past it had then, and no place on disk. Raises as `records_at`."""
    states = _states(file)
    at = _place(states, rev)
    written, state = _lines_at(file, states, at), states[at]
    parts = {HISTORY_PART: write_states([state._replace(lines=()), *states[at + 1 :]])} if at else {}
    return replace(
        file,
        records=tuple(read_records(written, state.schemas)),
        parts={**file.parts, **parts},
        parents=state.parents,
        schemas={**dict.fromkeys(file.schemas, 1), **state.schemas},
        rev=state.rev,
        written=written,
        path=None,
        fingerprint=None,
        read_only=False,
    )


def steps_of(file: MapFile) -> list[Change]:
    """What each version of `revisions_of` has changed in the one before it; the oldest has changed nothing.

    Where the history is damaged nothing is said of what lies behind.
    """
    states = _states(file)
    changes = [Change() for _ in states]
    try:
        lines = Lines(file.written)
        for at, state in enumerate(states[1:]):
            changes[at] = _change(lines, state.lines)
            lines.go_back(state.lines)
    except HistoryError as error:
        _log.warning("The history of a map can be read in part only: it %s.", error)
    return changes


def change_between(before: Iterable[Record], after: Iterable[Record]) -> Change:
    """What leads from the one set of records to the other, counted."""
    change = Change()
    for was, record in between(before, after).values():
        if record is None:
            change.removed.update([was.type] if was is not None else [])
        else:
            (change.added if was is None else change.changed)[record.type] += 1
    return change


def _change(now: Lines, back: Iterable[bytes]) -> Change:
    """Raises HistoryError."""
    change = Change()
    for id, type in map(id_and_type, back):
        found = now.type_of(id)
        if type is None:
            change.added.update([found] if found else [])
        elif found is None:
            change.removed[type] += 1
        else:
            change.changed[type] += 1
    return change


def next_sitting(file: MapFile) -> int:
    """The number of the sitting that begins now."""
    return max((state.sitting for state in _states(file)), default=0) + 1


def named(file: MapFile, version: Revision, name: str) -> MapFile:
    """The file with another name for a version, "" for none. Raises NoSuchVersion, and FileError where only a newer
    program can give names."""
    states = _own_states(file)
    places = [at for at, state in enumerate(states) if _revision(state) == version]
    if not places:
        raise NoSuchVersion(NOT_THERE)
    return _with_name(file, states, places[0], name)


def named_now(file: MapFile, name: str) -> MapFile:
    """The file as it will be written, with a name for what it holds now. Raises FileError as `named` does."""
    file = as_written(file)
    return _with_name(file, _own_states(file), 0, name)


def _own_states(file: MapFile) -> list[State]:
    """The states, to be written again. Raises FileError."""
    try:
        return list(past_of(file).states())
    except NewerHistoryError:
        raise FileError(
            "A newer Journey Mapper keeps the history of this map; only that can name versions. Nothing was changed."
        ) from None


def _with_name(file: MapFile, states: list[State], at: int, name: str) -> MapFile:
    states[at] = states[at]._replace(name=" ".join(name.split())[: limits.VERSION_NAME_CHARS])
    return replace(file, parts={**file.parts, HISTORY_PART: write_states(states)})


def begun_from(template: MapFile) -> MapFile:
    """A map of its own with the records and pictures of another, whose past and identity are none of its business."""
    return replace(without_history(template), map_id=os.urandom(16).hex(), path=None, fingerprint=None, read_only=False)


def without_history(file: MapFile) -> MapFile:
    """The file as if its records had never been others: no older state, no parents, no picture of the past."""
    once = pictures_in(file.written) | pictures_in(file.parts.get(HISTORY_PART, b""))
    gone = {MEDIA_FOLDER + name for name in once - pictures_of(file.records)}
    parts = {
        name: content
        for name, content in file.parts.items()
        if name not in gone and not name.startswith(HISTORY_FOLDER)
    }
    return replace(file, parts=parts, parents=(), rev="", written=b"", merged=())


def has_history(file: MapFile) -> bool:
    """Whether the file tells more than what the map is now and when it was saved."""
    try:
        states = past_of(file).states()
    except NewerHistoryError:
        return True
    others = any(name.startswith(HISTORY_FOLDER) and name != HISTORY_PART for name in file.parts)
    return bool(others or file.parents or len(states) > 1 or any(state.name for state in states))


def find_base(mine: MapFile, theirs: MapFile) -> tuple[Record, ...] | None:
    """The records from which both copies come, as late as possible; None where no common state is within reach."""
    for rev in _common(_ancestors(mine), _ancestors(theirs)):
        for file in (mine, theirs):
            try:
                return records_at(file, rev)
            except FileError:
                continue  # the other copy may still have it, and an older state is better than none
    return None


def _ancestors(file: MapFile) -> list[tuple[str, str]]:
    """The revisions that a copy is known to come from, its own first, each with its time as far as that is known.

    What was taken in from another copy is as old as the state that took it in.
    """
    states = _states(file)
    own = {rev for state in states for rev in (state.rev, *state.gone)}
    found = []
    for state in states:
        taken_in = [parent for parent in state.parents if parent not in own]
        found += [(state.rev, state.time), *((rev, "") for rev in (*taken_in, *state.gone))]
    return found


def _common(mine: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]) -> list[str]:
    """The revisions that are in both lists, the latest first.

    A map that somebody brought back to what it was before is of the same revision again, but not the state from which
    an older copy comes: the times tell the two apart.
    """
    ages: dict[str, list[tuple[int, str]]] = {}
    for age, (rev, time) in enumerate(theirs):
        ages.setdefault(rev, []).append((age, time))
    met = [
        (age + their_age, rev)
        for age, (rev, time) in enumerate(mine)
        for their_age, their_time in ages.get(rev, [])
        if time == their_time or not (time and their_time)
    ]
    return list(dict.fromkeys(rev for _, rev in sorted(met)))


def _states(file: MapFile) -> tuple[State, ...]:
    """Of a history that only a newer version reads, nothing but the newest state is seen."""
    past = past_of(file)
    try:
        return past.states()
    except NewerHistoryError:
        return replace(past, parts={}).states()


def _place(states: Sequence[State], rev: str) -> int:
    for at, state in enumerate(states):
        if state.rev == rev:
            return at
    raise NoSuchVersion(NOT_THERE)


def _lines_at(file: MapFile, states: Sequence[State], at: int) -> bytes:
    """The records.jsonl of a state."""
    try:
        lines = Lines(file.written)
        for state in states[1 : at + 1]:
            lines.go_back(state.lines)
        return lines.to_bytes(states[at].rev)
    except HistoryError as error:
        raise Damaged(f"This version cannot be read: its history {error}; the map is as it was.") from None


def _revision(state: State) -> Revision:
    time = datetime.fromisoformat(state.time) if state.time else None
    return Revision(state.rev, time, state.name, state.parents, state.sitting)
