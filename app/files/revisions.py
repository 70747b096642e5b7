"""The versions of a map: those in its file, their names, and where two copies parted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from app.files import limits
from app.files.errors import Damaged, FileError, NoSuchVersion
from app.files.history import MEDIA_FOLDER, pictures_in
from app.files.lines import read_records
from app.files.mapfile import MapFile, past_of
from app.files.states import (
    HISTORY_FOLDER,
    HISTORY_PART,
    HistoryError,
    Lines,
    NewerHistoryError,
    State,
    write_states,
)
from app.model.media import pictures_of
from app.model.records import Record


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
    kept = [state._replace(lines=()), *states[at + 1 :]]
    return replace(
        file,
        records=tuple(read_records(written, state.schemas)),
        parts={**file.parts, HISTORY_PART: write_states(kept)},
        parents=state.parents,
        schemas={**dict.fromkeys(file.schemas, 1), **state.schemas},
        rev=state.rev,
        written=written,
        path=None,
        fingerprint=None,
        read_only=False,
    )


def next_sitting(file: MapFile) -> int:
    """The number of the sitting that begins now."""
    return max((state.sitting for state in _states(file)), default=0) + 1


def named(file: MapFile, rev: str, name: str) -> MapFile:
    """The file with another name for a revision, "" for none. Raises NoSuchVersion.

    Of two alike, because somebody went back to it, the one that has a name is meant, else the newest.
    """
    states = list(_states(file))
    alike = [at for at, state in enumerate(states) if state.rev == rev]
    at = next((at for at in alike if states[at].name), None)
    at = _place(states, rev) if at is None else at
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
    return replace(file, parts=parts, parents=(), rev="", written=b"", moment=None, merged=())


def has_history(file: MapFile) -> bool:
    """Whether the file tells what the map was before."""
    return bool(file.parents) or any(name.startswith(HISTORY_FOLDER) for name in file.parts)


def find_base(mine: MapFile, theirs: MapFile) -> tuple[Record, ...] | None:
    """The records from which both copies come, as late as possible; None where no common state is within reach."""
    my_ages, their_ages = _ages(mine), _ages(theirs)
    common = my_ages.keys() & their_ages.keys()
    for rev in sorted(common, key=lambda rev: (my_ages[rev] + their_ages[rev], rev)):
        for file in (mine, theirs):
            try:
                return records_at(file, rev)
            except FileError:
                continue  # the other copy may still have it, and an older state is better than none
    return None


def _ages(file: MapFile) -> dict[str, int]:
    """The revisions that a copy is known to come from, its own included, each with its place among them."""
    known = dict.fromkeys(rev for state in _states(file) for rev in state.ancestors)
    return {rev: age for age, rev in enumerate(known)}


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
    raise NoSuchVersion("This version is no longer in the file; the map is as it was.")


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
