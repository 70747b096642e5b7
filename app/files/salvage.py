"""A damaged file: whatever of it can be read is read into a new map, with a report of what is missing.

The file itself is never touched. Records are found by their lines, whatever became of the zip around them; parts whose
checksum fits are kept as they are. What comes out is a sound map, or NothingToSalvage.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import NamedTuple

from app.files import limits
from app.files.errors import FileError, TooNew
from app.files.history import MEDIA_FOLDER
from app.files.lines import write_records
from app.files.manifest import Manifest, read_manifest
from app.files.mapfile import (
    MANIFEST_PART,
    MIMETYPE_PART,
    RECORDS_PART,
    THUMBNAIL_PART,
    MapFile,
    OpenMap,
    check_pictures,
    media_in,
    sha256,
    too_large,
)
from app.files.migrations import SCHEMAS, is_old, migrate
from app.files.salvage_report import Report, Tally
from app.files.saving import read_bytes
from app.files.torn_lines import Line, lines_in
from app.files.torn_records import Kept, record_of
from app.files.wreckage import Part, ground_between, parts_in
from app.model.bulk import collector_paused
from app.model.document import Document
from app.model.records import Card, Record
from app.model.restoring import Restored, restored

_SIGNS = re.compile(
    rb'application/vnd\.journeymapper|records\.jsonl|"type": ?"(?:action_item|card|emotion_point|lane|link|step)"'
)


class NothingToSalvage(FileError):  # noqa: N818 (it says what happened to the file, like the others)
    """Not one record in the file can be read."""


class Salvaged(NamedTuple):
    """What a damaged file still held, as a map that has no file yet, and what is to be said of it."""

    opened: OpenMap
    report: Report


def salvage(path: str | os.PathLike[str]) -> Salvaged:
    """What can be read of a file. Raises CannotRead, TooLarge and NothingToSalvage."""
    return salvage_bytes(read_bytes(Path(path)))


def salvage_bytes(data: bytes) -> Salvaged:
    """What can be read of a file's bytes. Raises TooLarge and NothingToSalvage."""
    if len(data) > limits.FILE_BYTES:
        raise too_large()
    with collector_paused():
        return _Salvage(data).result()


def was_a_map(path: str | os.PathLike[str]) -> bool:
    """Whether a file bears any sign of ever having been a map; False where it cannot be read."""
    try:
        data = read_bytes(Path(path))
    except FileError:
        return False
    return _SIGNS.search(data) is not None


class _Salvage:
    """One damaged file: first its parts, then its lines, then the map."""

    def __init__(self, data: bytes) -> None:
        parts = parts_in(data)
        self._whole = {part.name: part for part in reversed(parts) if part.is_whole}
        self._manifest = self._read_manifest()
        self._known = self._parts_known(parts)
        self._size = max((part.size for part in parts if part.name == RECORDS_PART), default=0)
        self._tally = Tally()
        self._records = self._read_records(lines_in(_record_spans(data, parts)))

    def result(self) -> Salvaged:
        if not self._records:
            raise NothingToSalvage("Nothing of a journey map can be read in this file; it was left as it is.")
        map_ = restored(self._records.values())
        written = write_records(map_.records)
        is_proven = self._is_proven(sha256(written))
        file = self._file(map_, written if is_proven else b"")
        opened = OpenMap(file, Document(map_.records, media_in(file.parts)))
        return Salvaged(opened, self._report(opened, map_, is_proven=is_proven))

    def _read_manifest(self) -> Manifest | None:
        """Raises TooNew: a map that this program does not understand is not taken to pieces by it."""
        part = self._whole.get(MANIFEST_PART)
        try:
            return read_manifest(bytes(part.content)) if part is not None else None
        except TooNew:
            raise
        except FileError:
            return None

    def _parts_known(self, parts: list[Part]) -> set[str]:
        """The names of the parts beside the records: from the manifest, or else from whatever tells of them.

        No two of them differ only in case, for one is then the other with a broken letter.
        """
        names = self._manifest.parts if self._manifest else [part.name for part in parts]
        known = {name.lower(): name for name in names}
        return {name for lower, name in known.items() if lower not in _OWN}

    def _read_records(self, lines: Iterable[Line]) -> dict[str, Record]:
        """The records by id, each valid by itself."""
        schemas = self._manifest.schemas if self._manifest else SCHEMAS
        has_old = is_old(schemas)
        records: dict[str, Record] = {}
        for line in lines:
            self._tally.add_line(line.size)
            values = migrate([line.values], schemas)[0] if has_old and line.values else line.values
            kept = record_of(values) if values is not None else None
            if kept is not None:
                self._take(records, kept, is_torn=line.is_torn)
            elif line.is_torn:
                self._tally.illegible += 1
        return records

    def _take(self, records: dict[str, Record], kept: Kept, *, is_torn: bool) -> None:
        """Another card with the id of one that is there gets an id of its own; of other records the first counts."""
        record = kept.record
        before = records.get(record.id)
        if before == record:
            return
        is_mended = is_torn or kept.is_mended
        if before is not None:
            if not isinstance(record, Card):
                self._tally.repeated += 1
                return
            record, is_mended = record.changed(id=_free_id(record.id, records)), True
        records[record.id] = record
        if is_mended:
            self._tally.mended.add(record.id)

    def _file(self, map_: Restored, written: bytes) -> MapFile:
        """The file of the map. Where its records are those that were `written`, it is what it was, its past included.

        Else it is a map without a past: as a later state of the damaged one it would seem to have deleted what is lost.
        """
        thumbnail = self._whole.get(THUMBNAIL_PART)
        file = MapFile(
            map_.records,
            thumbnail=bytes(thumbnail.content) if thumbnail and _is_fit(thumbnail) else None,
            parts=self._parts(everything=bool(written)),
            rev=sha256(written) if written else "",
            written=written,
        )
        told = self._manifest
        if told is None:
            return file
        parents = told.parents if written else ()
        extras = told.extras or {}
        return replace(
            file, extras=extras, version=told.version, schemas=told.schemas, parents=parents, map_id=told.map_id
        )

    def _parts(self, *, everything: bool) -> dict[str, bytes]:
        """The pictures; with `everything` also what belongs to exactly these records, such as older versions."""
        return {
            name: bytes(part.content)
            for name, part in self._whole.items()
            if name in self._known and (_is_fit(part) if name.startswith(MEDIA_FOLDER) else everything)
        }

    def _is_proven(self, rev: str) -> bool:
        """Whether the records are those that were written, and all of them."""
        if self._manifest is not None:
            return rev == self._manifest.rev
        part = self._whole.get(RECORDS_PART)
        return part is not None and rev == sha256(bytes(part.content))

    def _report(self, opened: OpenMap, map_: Restored, *, is_proven: bool) -> Report:
        others = {name for name in self._known if not name.startswith(MEDIA_FOLDER)}
        return Report.of(
            opened.document,
            map_,
            self._tally,
            records_bytes=self._size,
            lost_parts=len(others - opened.file.parts.keys()),
            is_proven=is_proven,
        )


_OWN = frozenset({MIMETYPE_PART, MANIFEST_PART, RECORDS_PART, THUMBNAIL_PART})


def _record_spans(data: bytes, parts: list[Part]) -> Iterator[bytes | memoryview]:
    """Where records may be: in their part where it is whole, else wherever no other part is."""
    own = [part for part in parts if part.name == RECORDS_PART]
    whole = next((part for part in own if part.is_whole), None)
    if whole is not None:
        yield whole.content
        return
    yield from (part.content for part in own if part.is_packed)
    yield from ground_between(data, [part for part in parts if part.name != RECORDS_PART])


def _is_fit(part: Part) -> bool:
    content = bytes(part.content)
    try:
        check_pictures({part.name: content}, {part.name: sha256(content)})
    except FileError:
        return False
    return True


def _free_id(id: str, records: dict[str, Record]) -> str:
    """An id that no record has. Counted from their number, or a hostile file would keep us counting."""
    return next(free for n in count(len(records)) if (free := f"{id[:50]}_{n}") not in records)
