"""From one revision of a map to the next: its parents, the states within reach, and the pictures they need."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from app.files import limits
from app.files.sittings import bounded
from app.files.states import HISTORY_PART, HistoryError, NewerHistoryError, State, lines_back, read_states, write_states
from app.model.media import MEDIA_NAME

MEDIA_FOLDER = "media/"
_SUFFIXES = (b".png", b".jpg", b".webp")
_SHA256_CHARS = 64

_log = logging.getLogger(__name__)


class Moment(NamedTuple):
    """When a state is written: `time` in UTC such as 2026-11-22T09:30:00Z, and in which sitting, counted from 1."""

    time: str
    sitting: int


def moment_of(sitting: int, at: datetime | None = None) -> Moment:
    """This very moment, or another with its time zone, in a sitting."""
    time = (at or datetime.now(UTC)).astimezone(UTC)
    return Moment(f"{time:%Y-%m-%dT%H:%M:%SZ}", sitting)


class Step(NamedTuple):
    """What a file needs to hold a revision."""

    parents: tuple[str, ...]
    parts: Mapping[str, bytes]


@dataclass(frozen=True)
class Past:
    """What a file was when it was last read or written. `written` is its records.jsonl, empty: it never was."""

    rev: str
    written: bytes
    parents: tuple[str, ...]
    schemas: Mapping[str, int]
    parts: Mapping[str, bytes]

    def states(self) -> tuple[State, ...]:
        """The states within reach, the newest first: that of the file. Raises NewerHistoryError.

        A history that is damaged, or that of other records, is none: the map is worth more.
        """
        if not self.written:
            return ()
        newest = State(self.rev, parents=self.parents, schemas=self._raised_schemas())
        if HISTORY_PART not in self.parts:
            return (newest,)
        try:
            read, *older = read_states(self.parts[HISTORY_PART])
        except NewerHistoryError:
            raise
        except HistoryError as error:
            _log.warning("The history of a map is left out: it %s.", error)
            return (newest,)
        if read.rev != self.rev:
            _log.warning("The history of a map is left out: it is that of other records.")
            return (newest,)
        return (read._replace(parents=newest.parents, schemas=newest.schemas), *older)

    def step(
        self, rev: str, written: bytes, pictures: Collection[str], moment: Moment | None, merged: Iterable[str]
    ) -> Step:
        """To the next revision, or to the same where nothing has changed. `pictures` are those that records name."""
        has_changed = bool(self.written) and rev != self.rev
        before = (self.rev,) if has_changed else self.parents
        parents = tuple(dict.fromkeys(parent for parent in (*before, *merged) if parent != rev))
        if self.written and not has_changed:
            return Step(parents, self.parts)
        rest = self._without_past(pictures)
        room = limits.FILE_BYTES - limits.PACKAGING_BYTES - len(written) - sum(map(len, rest.values()))
        try:
            states = self._states_after(_newest(rev, parents, moment), written, room)
        except NewerHistoryError:
            return Step(parents, self.parts)
        most = limits.PARTS - limits.OWN_PARTS - len(rest)
        parts = {**rest, **dict(self._pictures_kept(states, pictures, room, most))}
        if len(states) > 1 or moment is not None:
            parts[HISTORY_PART] = write_states(states)
        return Step(parents, parts)

    def _states_after(self, newest: State, written: bytes, room: int) -> tuple[State, ...]:
        """The states that are kept: in so many bytes at most, for the past must never be what makes a map too large to
        be saved. Raises NewerHistoryError.
        """
        if not self.written:
            return (newest,)
        last, *older = self.states()
        if not newest.sitting:
            newest = newest._replace(sitting=last.sitting + 1)
        try:
            last = last._replace(lines=lines_back(written, self.written))
        except HistoryError as error:  # another program may leave out the id of the map, which goes without saying
            _log.warning("The history of a map is left out: the file before %s.", error)
            return (newest,)
        most = min(max(limits.HISTORY_BYTES, limits.HISTORY_SHARE * len(written)), limits.PART_BYTES, room)
        try:
            return bounded((newest, last, *older), most)
        except HistoryError as error:
            _log.warning("The older history of a map is left out: it %s.", error)
            return bounded((newest, last), most)

    def _without_past(self, pictures: Collection[str]) -> dict[str, bytes]:
        """The parts but the history and the pictures that records named once and do not name any more."""
        past = {MEDIA_FOLDER + name for name in self._pictures_once_named - set(pictures)} | {HISTORY_PART}
        return {name: content for name, content in self.parts.items() if name not in past}

    def _pictures_kept(
        self, states: Sequence[State], named: Collection[str], room: int, most: int
    ) -> Iterator[tuple[str, bytes]]:
        """The pictures that only older states name, those of newer ones first, as many as there is room for."""
        room = min(room - len(write_states(states)), limits.HISTORY_PICTURES_BYTES)
        names = dict.fromkeys(name for state in states for name in sorted(pictures_in(b"\n".join(state.lines))))
        parts = [MEDIA_FOLDER + name for name in names if name not in named and MEDIA_FOLDER + name in self.parts]
        for part in parts[: max(0, min(most, limits.HISTORY_PICTURES))]:
            room -= len(self.parts[part])
            if room < 0:
                return
            yield part, self.parts[part]

    @cached_property
    def _pictures_once_named(self) -> set[str]:
        return pictures_in(self.written) | pictures_in(self.parts.get(HISTORY_PART, b""))

    def _raised_schemas(self) -> dict[str, int]:
        return {name: schema for name, schema in self.schemas.items() if schema > 1}


def _newest(rev: str, parents: tuple[str, ...], moment: Moment | None) -> State:
    time, sitting = moment or Moment("", 0)
    return State(rev, time, sitting, parents=parents)


def pictures_in(lines: bytes) -> set[str]:
    """Whatever looks like the name of a picture in lines of records. Faster than a search by pattern."""
    found = set()
    for suffix in _SUFFIXES:
        at = lines.find(suffix)
        while at >= 0:
            name = lines[max(0, at - _SHA256_CHARS) : at + len(suffix)].decode("ascii", "replace")
            if MEDIA_NAME.fullmatch(name):
                found.add(name)
            at = lines.find(suffix, at + 1)
    return found
