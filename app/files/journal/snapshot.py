"""A map with its history at a moment, and the lines from which it can be made again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from app import __version__
from app.files import limits
from app.files.journal.log import FORMAT, diff_to_json
from app.files.machine import host
from app.files.mapfile import MapFile, dumps, fingerprint_of, packed
from app.files.migrations import SCHEMAS
from app.model.diff import Diff, inverse
from app.model.document import Document, Draft
from app.model.history import Entry, Steps
from app.model.media import Media
from app.model.records import Record

HISTORY_BYTES: Final = 4 * limits.MIB
"""So much of what can be undone, and of what can be redone, is taken along when a log begins anew."""

Event = Mapping[str, Any]


class Subject(Protocol):
    """The open map. `path` None: it has no file of its own yet."""

    @property
    def file(self) -> MapFile: ...

    @property
    def document(self) -> Document: ...

    @property
    def path(self) -> Path | None: ...


class Snapshot(NamedTuple):
    """Taken in an instant, for nothing of what it holds can change; what is to be made of it can wait."""

    file: MapFile
    path: Path | None
    records: tuple[Record, ...]
    media: Media
    steps: Steps
    edited: float

    @classmethod
    def of(cls, subject: Subject, edited: float) -> Snapshot:
        """`edited`: when the map was changed last, in seconds since 1970."""
        document = subject.document
        return cls(
            subject.file,
            subject.path,
            _without_what_is_under_way(document),
            document.media,
            document.history.steps(),
            edited,
        )

    def base(self) -> bytes:
        """The map as it was last opened or saved: the bytes of its file, if they are still there, else written anew.

        Raises FileError for a map that cannot be written.
        """
        return _on_disk(self.file) or (packed(self.file) if self.file.written else dumps(self.file))

    def events(self) -> Iterator[Event]:
        """What leads from there to the map as it is now, with as much of the history as is taken along."""
        undo, redo, saved = _kept(self.steps)
        jump = _between(self.file.records, self._state_before(undo))
        yield self._head(saved) | ({"jump": diff_to_json(jump)} if jump else {})
        for place, entry in enumerate([*undo, *redo]):
            if place == saved and place > 0:
                yield saved_event(self.file, self.path)
            yield edit_event(entry.label, entry.diff)
        if saved is not None and saved == len(undo) + len(redo) > 0:
            yield saved_event(self.file, self.path)
        for _ in redo:
            yield {"do": "undo"}

    def _head(self, saved: int | None) -> dict[str, Any]:
        return {
            **saved_event(self.file, self.path),
            "do": "begin",
            "at": self.edited,
            "format": FORMAT,
            "program": __version__,
            "schemas": dict(SCHEMAS),
            "host": host(),
            "pid": os.getpid(),
            "begun": not self.file.written,
            "clean": saved is not None and saved == 0,
        }

    def _state_before(self, undo: tuple[Entry, ...]) -> dict[str, Record]:
        state = {record.id: record for record in self.records}
        for entry in reversed(undo):
            for id, (_, record) in inverse(entry.diff).items():
                if record is None:
                    state.pop(id, None)
                else:
                    state[id] = record
        return state


def _without_what_is_under_way(document: Document) -> tuple[Record, ...]:
    """The records as the history knows them: a text that is typed, or a drag, is no step of it yet."""
    if document.under_way is None:
        return tuple(document.store)
    state = {record.id: record for record in document.store}
    for id, (before, _) in document.under_way[1].items():
        state.pop(id, None)
        if before is not None:
            state[id] = before
    return tuple(state.values())


def draft_event(draft: Draft | None) -> dict[str, Any]:
    """A text that is being typed, and no step yet; None: not any more. Whatever comes after it takes its place."""
    return {**(edit_event(*draft) if draft is not None else {}), "do": "draft"}


def edit_event(label: str, diff: Diff, *, joins: bool = False) -> dict[str, Any]:
    """`joins`: it is one step with the edit before."""
    event = {"do": "edit", "label": label, "diff": diff_to_json(diff)}
    return event | {"joins": True} if joins else event


def saved_event(file: MapFile, path: Path | None) -> dict[str, Any]:
    """From here the map goes on as it is in that file; `path` None: it has none of its own."""
    place = None if path is None else os.fsdecode(path.absolute())
    return {"do": "saved", "path": place, "file": file.fingerprint if path is not None else None}


def _on_disk(file: MapFile) -> bytes | None:
    if file.path is None or file.fingerprint is None:
        return None
    try:
        with file.path.open("rb") as stream:
            data = stream.read(limits.FILE_BYTES + 1)
    except (OSError, ValueError):
        return None
    return data if fingerprint_of(data) == file.fingerprint else None


def _kept(steps: Steps) -> tuple[tuple[Entry, ...], tuple[Entry, ...], int | None]:
    undo = tuple(reversed(_first(reversed(steps.undo))))
    redo = tuple(_first(iter(steps.redo)))
    saved = None if steps.saved is None else steps.saved - (len(steps.undo) - len(undo))
    is_kept = saved is not None and 0 <= saved <= len(undo) + len(redo)
    return undo, redo, saved if is_kept else None


def _first(entries: Iterator[Entry]) -> list[Entry]:
    kept, size = [], 0
    for entry in entries:
        size += entry.size
        if size > HISTORY_BYTES:
            break
        kept.append(entry)
    return kept


def _between(before: tuple[Record, ...], after: dict[str, Record]) -> Diff:
    """Like `app.model.diff.between`, and quick where most records are the same objects."""
    old = {record.id: record for record in before}
    changed = (id for id in old.keys() | after.keys() if old.get(id) is not after.get(id))
    return {id: (old.get(id), after.get(id)) for id in sorted(changed) if old.get(id) != after.get(id)}
