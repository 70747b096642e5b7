"""A map as a file: its records, and everything else the file holds and must not lose."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, NewType

from app import __version__
from app.files import limits
from app.files.container import Container, shown, write_container
from app.files.errors import Damaged, InvalidMap, NotAMap, TooLarge
from app.files.history import MEDIA_FOLDER, Moment, Past
from app.files.lines import NOT_OPENED, read_records, write_records
from app.files.manifest import VERSION, Manifest, read_manifest
from app.files.migrations import SCHEMAS
from app.files.wording import place
from app.model.bulk import collector_paused
from app.model.document import Document
from app.model.ids import MAP_ID
from app.model.media import Media, pictures_of
from app.model.picture_headers import picture_size, scans
from app.model.records import Record
from app.model.rules import Problem, RuleError

Fingerprint = NewType("Fingerprint", str)

MIMETYPE = "application/vnd.journeymapper+zip"
MIMETYPE_PART = "mimetype"
MANIFEST_PART = "manifest.json"
RECORDS_PART = "records.jsonl"
THUMBNAIL_PART = "thumbnail.png"
_OWN_PARTS = frozenset({MIMETYPE_PART, MANIFEST_PART, RECORDS_PART, THUMBNAIL_PART})
_MEDIA = re.compile(r"media/(?P<sha256>[0-9a-f]{64})\.(?P<kind>png|jpg|webp)", re.ASCII)


@dataclass(frozen=True, eq=False)
class MapFile:
    """What a file holds, and where it came from. A new map needs only records.

    `parts` are the media, the history and whatever a newer version has added, by name; they, `extras` (fields of the
    manifest), `version`, `schemas`, `map_id` (of all copies of a map, "": new) are written back as they were read.

    `rev` (the revision), `written` (its records.jsonl), `parents` (the revisions it came from), `path`, `fingerprint`
    (sha256 of the bytes on disk) and `read_only` are as of the last load or save. Where other records are written, that
    is a new revision; `moment` says when, and `merged` which revisions of other copies it takes in.
    """

    records: tuple[Record, ...]
    thumbnail: bytes | None = None
    parts: Mapping[str, bytes] = field(default_factory=dict)
    extras: Mapping[str, Any] = field(default_factory=dict)
    version: int = VERSION
    schemas: Mapping[str, int] = field(default_factory=lambda: dict(SCHEMAS))
    parents: tuple[str, ...] = ()
    app_version: str = __version__
    rev: str = ""
    path: Path | None = None
    fingerprint: Fingerprint | None = None
    read_only: bool = False
    map_id: str = ""
    written: bytes = field(default=b"", repr=False)
    moment: Moment | None = None
    merged: tuple[str, ...] = ()

    def holding(self, records: Iterable[Record], thumbnail: bytes | None = None, media: Media | None = None) -> MapFile:
        """The same file with these records, and with the pictures of the shelf that they name.

        The thumbnail stays where no other is given.
        """
        kept = tuple(records)
        named = pictures_of(kept)
        found = {MEDIA_FOLDER + name: data for name in named if media is not None and (data := media.get(name))}
        parts = {**self.parts, **found}
        return replace(
            self, records=kept, parts=parts, thumbnail=thumbnail if thumbnail is not None else self.thumbnail
        )


class OpenMap(NamedTuple):
    """A file and the document made of its records."""

    file: MapFile
    document: Document


def dumps(content: MapFile | Iterable[Record]) -> bytes:
    """The file's bytes: the same for the same content, in whatever order its records come.

    Raises InvalidMap for a value that no file can hold. Whether the map is sound is seen on reading: see `save`.
    """
    return packed(as_written(content if isinstance(content, MapFile) else MapFile(tuple(content))))


def as_written(file: MapFile) -> MapFile:
    """The file as it will be on disk: with the revision of its records, what that comes from, and the pictures needed.

    Pictures go that records named once, and neither the records nor the kept history name any more. Those that nobody
    named stay, for a newer version may know why they are there. Raises InvalidMap as `dumps` does.
    """
    written = write_records(file.records)
    rev = sha256(written)
    parents, parts = past_of(file).step(rev, written, pictures_of(file.records), file.moment, file.merged)
    return replace(file, rev=rev, written=written, parents=parents, parts=parts, moment=None, merged=())


def past_of(file: MapFile) -> Past:
    """What the file was when it was last read or written."""
    return Past(file.rev, file.written, file.parents, file.schemas, file.parts)


def packed(file: MapFile) -> bytes:
    """The bytes of a file that is as it will be written."""
    thumbnail = {} if file.thumbnail is None else {THUMBNAIL_PART: file.thumbnail}
    parts = {RECORDS_PART: file.written, **dict(sorted({**file.parts, **thumbnail}.items()))}
    manifest = Manifest(
        app_version=__version__,
        rev=file.rev,
        parts={name: sha256(content) for name, content in parts.items()},
        schemas=_schemas_written(file),
        version=max(file.version, VERSION),
        parents=file.parents,
        extras=file.extras,
        map_id=file.map_id,
    )
    head = {MIMETYPE_PART: MIMETYPE.encode(), MANIFEST_PART: manifest.to_bytes()}
    return write_container({**head, **parts}.items())


def _schemas_written(file: MapFile) -> dict[str, int]:
    """The schema of each type that the file names or that has changed; 1 goes without saying.

    So a file does not differ from what it was because the program knows more types now.
    """
    newest = {name: max(file.schemas.get(name, 1), SCHEMAS.get(name, 1)) for name in {*file.schemas, *SCHEMAS}}
    return {name: schema for name, schema in newest.items() if schema > 1 or name in file.schemas}


def loads(data: bytes) -> MapFile:
    """The content of a file's bytes, with every record valid and every rule of the model kept.

    Raises FileError: NotAMap, TooNew, TooLarge, Damaged or InvalidMap.
    """
    return read_map(data).file


def read_map(data: bytes) -> OpenMap:
    """Like `loads`, with the document that the check has made anyway."""
    with collector_paused():
        return opened(parsed(data))


def opened(file: MapFile) -> OpenMap:
    """A file with the document of its records and pictures. Raises InvalidMap where they break a rule."""
    if not file.records:  # of which Document would make a new map
        raise InvalidMap([Problem(MAP_ID, "it has no records")], NOT_OPENED)
    try:
        return OpenMap(file, Document(file.records, media_in(file.parts)))
    except RuleError as error:
        raise InvalidMap(_placed(file.records, error.problems), NOT_OPENED) from None


def media_in(parts: Mapping[str, bytes]) -> Media:
    """The pictures of a file, still encoded."""
    inside = ((name.removeprefix(MEDIA_FOLDER), content) for name, content in parts.items() if _MEDIA.fullmatch(name))
    return Media(dict(inside))


def _placed(records: Iterable[Record], problems: Iterable[Problem]) -> list[Problem]:
    """The model's problems, each with the place of its record in the file."""
    places = {
        record.id: place(number, {"type": record.type, "id": record.id}) for number, record in enumerate(records, 1)
    }
    return [Problem(id, f"{places[id]}: {message}" if id in places else message) for id, message in problems]


def parsed(data: bytes) -> MapFile:
    """The content of a file's bytes, every record valid. Whether they make a sound map is not looked at.

    Raises FileError as `loads` does.
    """
    if len(data) > limits.FILE_BYTES:
        raise too_large()
    container = Container(data)
    manifest = _manifest_of(container)
    parts = dict(container.read_all())
    digests = _check_parts(parts, manifest)
    check_pictures(parts, digests)
    return MapFile(
        records=tuple(read_records(parts[RECORDS_PART], manifest.schemas)),
        thumbnail=parts.get(THUMBNAIL_PART),
        parts=MappingProxyType({name: content for name, content in parts.items() if name not in _OWN_PARTS}),
        extras=MappingProxyType(dict(manifest.extras or {})),
        version=manifest.version,
        schemas=MappingProxyType(dict(manifest.schemas)),
        parents=manifest.parents,
        app_version=manifest.app_version,
        rev=manifest.rev,
        fingerprint=fingerprint_of(data),
        map_id=manifest.map_id,
        written=parts[RECORDS_PART],
    )


def _manifest_of(container: Container) -> Manifest:
    """Read before anything else, so that a file of a newer version is told from a damaged one."""
    if MIMETYPE_PART not in container.entries or MANIFEST_PART not in container.entries:
        raise NotAMap("The file is not a journey map.")
    if container.entries[MIMETYPE_PART].size != len(MIMETYPE) or container.read(MIMETYPE_PART) != MIMETYPE.encode():
        raise NotAMap("The file is not a journey map.")
    return read_manifest(container.read(MANIFEST_PART, limits.MANIFEST_BYTES))


def _check_parts(parts: Mapping[str, bytes], manifest: Manifest) -> dict[str, str]:
    """The sha256 of each part, after comparing it with the manifest's."""
    digests = {name: sha256(content) for name, content in parts.items() if name not in {MIMETYPE_PART, MANIFEST_PART}}
    if RECORDS_PART not in digests:
        raise Damaged("The file is damaged: its records are missing.")
    for name in sorted(digests.keys() | manifest.parts.keys()):
        if name not in digests:
            raise Damaged(f"The file is damaged: its part {shown(name)} is missing.")
        if name not in manifest.parts:
            raise Damaged(f"The file is damaged: its manifest does not know the part {shown(name)}.")
        if digests[name] != manifest.parts[name]:
            raise Damaged(f"The file is damaged: its part {shown(name)} is not the one that was written.")
    if manifest.rev != digests[RECORDS_PART]:
        raise Damaged("The file is damaged: its records are not those of its revision.")
    return digests


def check_pictures(parts: Mapping[str, bytes], digests: Mapping[str, str]) -> None:
    """Whether the pictures among these parts are what their names say. Raises Damaged and TooLarge."""
    for name, content in parts.items():
        if name == THUMBNAIL_PART:
            _check_picture(name, "png", content, limits.THUMBNAIL_PIXELS)
        elif name.startswith(MEDIA_FOLDER):
            match = _MEDIA.fullmatch(name)
            if match is None or match["sha256"] != digests[name]:
                raise Damaged(f"The file is damaged: the name {shown(name)} does not fit the picture.")
            _check_picture(name, match["kind"], content, limits.PICTURE_PIXELS)


def _check_picture(name: str, kind: str, content: bytes, most_pixels: int) -> None:
    size = picture_size(kind, content)
    if size is None:
        raise Damaged(f"The file is damaged: its part {shown(name)} is not a picture.")
    width, height = size
    if max(size) > limits.PICTURE_SIDE or width * height > most_pixels:
        raise TooLarge(f"The picture {shown(name)} has {width:,} × {height:,} pixels, more than this program reads.")
    if scans(kind, content) > limits.PICTURE_SCANS:
        raise TooLarge(f"The picture {shown(name)} consists of more layers than this program reads.")


def too_large() -> TooLarge:
    """What is said of a file beyond all measure."""
    return TooLarge(f"The file is larger than {limits.FILE_BYTES // limits.MIB} MB, the most this program reads.")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fingerprint_of(data: bytes) -> Fingerprint:
    """What tells one state of a file on disk from another."""
    return Fingerprint(sha256(data))
