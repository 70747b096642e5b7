"""What the journals of programs that ended without closing their maps give back.

A log is gone through as it was written: each edit through the document's own door, with all its checks. Where a line
is not as it was written, or does not fit, the map stays as it was before that line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from app.files.errors import FileError
from app.files.journal.folders import FRESH, KEPT, Folder, left_behind
from app.files.journal.log import FORMAT, BadLine, Ending, diff_from_json, read_log
from app.files.limits import PART_BYTES
from app.files.mapfile import MapFile, OpenMap
from app.files.revisions import without_history
from app.files.saving import open_map
from app.model.bulk import collector_paused
from app.model.diff import Diff
from app.model.document import Document
from app.model.media import MEDIA_NAME
from app.model.picture_headers import picture_size
from app.model.records import Record
from app.model.rules import RuleError

Values = dict[str, Any]


class Unreadable(Exception):  # noqa: N818 (it says what the journal is)
    """A journal that gives nothing back."""


class Found(NamedTuple):
    """What was looked for: maps to restore, oldest first, and the journals that nobody can read, each told of once."""

    lost: list[LostMap]
    unreadable: list[Path]


@dataclass(eq=False)
class LostMap:
    """A map as it was when its program ended. It is held by this process until `leave` or `discard`.

    `path`: its file, None where it had none; `edited`: when it was changed last, in seconds since 1970; `is_partial`:
    a part of the journal was damaged, so that later changes are missing.
    """

    document: Document
    path: Path | None
    edited: float
    is_partial: bool
    _base: MapFile
    _fingerprint: str | None
    _folder: Folder = field(repr=False)

    @property
    def title(self) -> str:
        return self.document.map.title

    @property
    def unsaved(self) -> int:
        """How many steps lie between the map as it was saved and as it was at the end; at least 1."""
        undo, _, saved = self.document.history.steps()
        return max(1, len(undo) if saved is None else abs(len(undo) - saved))

    def file(self) -> MapFile:
        """What to go on with: the file on disk, where it is still as it was saved last; else the copy that the journal
        kept, without a path.
        """
        if self.path is not None and self._fingerprint is not None:
            with suppress(OSError, ValueError, FileError):
                found = open_map(self.path).file
                if found.fingerprint == self._fingerprint:
                    return found
        return replace(self._base, path=None, fingerprint=None, read_only=False)

    def leave(self) -> None:
        """Lets go of it: it is offered again."""
        self._folder.release()

    def discard(self) -> None:
        """Removes it for good: it was restored, or nobody wants it."""
        self._folder.remove()


def find_lost(root: Path) -> Found:
    """Looks through the journals whose program is gone, and clears away those that hold nothing that files do not.

    Takes as long as opening the maps does. Never raises.
    """
    found = Found([], [])
    for folder in left_behind(root):
        if not folder.numbers():
            _clear_away(folder, FRESH)
            continue
        lost = _recover(folder)
        if lost is None or (lost.is_partial and lost.document.history.is_clean):
            if folder.mark_told():
                found.unreadable.append(folder.path)
            _clear_away(folder, KEPT)
        elif _is_in_file(lost):
            lost.discard()
        else:
            found.lost.append(lost)
    return found


def _clear_away(folder: Folder, after: float) -> None:
    """Removes a journal in which nothing was written for so many seconds."""
    if folder.age > after:
        folder.remove()
    else:
        folder.release()


def _is_in_file(lost: LostMap) -> bool:
    """Whether nothing would be lost without the journal."""
    if lost.document.history.is_clean:
        return True
    if lost.path is None:
        return False
    try:
        saved = {record.id: record for record in open_map(lost.path).file.records}
    except (OSError, ValueError, FileError):
        return False
    return saved == {record.id: record for record in lost.document.store}


def _recover(folder: Folder) -> LostMap | None:
    """The map of a journal; None where it gives nothing back."""
    for number in folder.numbers():
        with suppress(OSError, ValueError, FileError, RuleError, Unreadable), collector_paused():
            return _Replay(folder, number).result()
    return None


class _Replay:
    """Goes through one log."""

    def __init__(self, folder: Folder, number: int) -> None:
        """Raises OSError, FileError, RuleError, BadLine or Unreadable."""
        self._folder = folder
        lines, ending = read_log(folder.log(number))
        if not lines:
            raise Unreadable
        head, *self._events = lines
        self._check(head)
        self._schemas: Mapping[str, int] = head["schemas"]
        self._path, self._fingerprint = _place(head)
        self._opened = self._open(folder.base(number))
        self._base = without_history(self._opened.file) if head.get("begun") is True else self._opened.file
        self._document = self._begin(head)
        self._edited = _time(head, 0.0)
        self._is_partial = ending is Ending.BROKEN
        self._run = 0
        self._draft: Values | None = None

    def result(self) -> LostMap:
        for event in self._events:
            try:
                self._take(event)
            except (BadLine, RuleError):
                self._is_partial, self._draft = True, None
                break
        if self._draft is not None:
            with suppress(BadLine, RuleError):
                self._edit(self._draft)
        self._document.history.seal()
        return LostMap(
            document=self._document,
            path=self._path,
            edited=self._edited,
            is_partial=self._is_partial,
            _base=self._base,
            _fingerprint=self._fingerprint,
            _folder=self._folder,
        )

    @staticmethod
    def _check(head: Values) -> None:
        schemas = head.get("schemas")
        is_known = head.get("do") == "begin" and head.get("format") == FORMAT
        if not is_known or not isinstance(schemas, dict) or not all(type(each) is int for each in schemas.values()):
            raise Unreadable

    def _open(self, base: Path) -> OpenMap:
        """The map as the log goes on from it; where that copy is damaged, the file that it was a copy of."""
        try:
            return open_map(base)
        except FileError:
            if self._path is not None:
                opened = open_map(self._path)
                if opened.file.fingerprint == self._fingerprint:
                    return opened
            raise

    def _begin(self, head: Values) -> Document:
        """The map as the history begins."""
        document = _with_pictures(self._opened, self._folder.media)
        if "jump" in head:
            state = {record.id: record for record in self._opened.file.records}
            _apply(state, diff_from_json(head["jump"], self._schemas))
            document = Document(state.values(), document.media)
        if head.get("clean") is not True:
            document.history.mark_unsaved()
        return document

    def _take(self, event: Values) -> None:
        """Does it again. Raises BadLine and RuleError where it does not fit."""
        self._draft = None
        match event.get("do"):
            case "edit":
                self._edit(event)
            case "draft":
                self._draft = event if "diff" in event else None
            case "undo":
                _must(self._document.undo())
            case "redo":
                _must(self._document.redo())
            case "saved":
                self._path, self._fingerprint = _place(event)
                self._document.history.mark_saved()
            case "unsaved":
                self._path, self._fingerprint = _place(event)
                self._document.history.mark_unsaved()
            case _:
                raise BadLine("an event is not known")
        self._edited = _time(event, self._edited)

    def _edit(self, event: Values) -> None:
        diff = diff_from_json(event.get("diff"), self._schemas)
        label, store = event.get("label"), self._document.store
        _must(isinstance(label, str) and all(store.get(id) == before for id, (before, _) in diff.items()))
        if event.get("joins") is not True:
            self._run += 1
        with self._document.edit(str(label), merge_key=self._run) as tx:
            tx.apply(diff)


def _must(fits: bool) -> None:
    if not fits:
        raise BadLine("a change does not fit the map")


def _apply(state: dict[str, Record], diff: Diff) -> None:
    for id, (before, after) in diff.items():
        _must(state.get(id) == before)
        if after is None:
            state.pop(id, None)
        else:
            state[id] = after


def _place(event: Values) -> tuple[Path | None, str | None]:
    path, fingerprint = event.get("path"), event.get("file")
    is_path = isinstance(path, str) and "\0" not in path and Path(path).is_absolute()
    return (Path(str(path)) if is_path else None), (fingerprint if isinstance(fingerprint, str) else None)


def _time(event: Values, otherwise: float) -> float:
    at = event.get("at")
    return float(at) if isinstance(at, (int, float)) and 0 < at < 1e11 else otherwise


def _with_pictures(opened: OpenMap, media: Path) -> Document:
    """The document with the pictures beside the log on its shelf."""
    shelf = opened.document.media
    for name, data in _pictures(media):
        if name not in shelf:
            shelf.add(data, name.rpartition(".")[2])  # type: ignore[arg-type]
    return opened.document


def _pictures(media: Path) -> Iterator[tuple[str, bytes]]:
    """Those that are whole."""
    with suppress(OSError):
        for path in sorted(media.iterdir()):
            if MEDIA_NAME.fullmatch(path.name) and path.stat().st_size <= PART_BYTES:
                data = path.read_bytes()
                digest, _, kind = path.name.partition(".")
                if hashlib.sha256(data).hexdigest() == digest and picture_size(kind, data) is not None:
                    yield path.name, data
