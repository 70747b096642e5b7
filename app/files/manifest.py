"""The manifest: which version the file is of, who may read it, and what it must contain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from app.files import limits
from app.files.errors import Damaged, NotAMap, TooNew
from app.files.jsontext import LineError, Values, read_line

T = TypeVar("T")

FORMAT = "journeymapper"
VERSION = 1
READER = 1

_KNOWN = frozenset({"format", "version", "minReader", "appVersion", "mapId", "rev", "parents", "schemas", "parts"})
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_MAP_ID = re.compile(r"[0-9A-Za-z_\-]{1,64}", re.ASCII)
_MAP_ID_CHARS = 32
_APP_VERSION = re.compile(r"[0-9A-Za-z.+\-]{1,40}", re.ASCII)
_HIGHEST = 1_000_000


class Manifest(NamedTuple):
    """What manifest.json says. `rev` is the sha256 of the records, `parts` has that of every other part.

    `map_id` is that of all copies of a map, "": not said.
    """

    app_version: str
    rev: str
    parts: Mapping[str, str]
    schemas: Mapping[str, int]
    version: int = VERSION
    min_reader: int = READER
    parents: tuple[str, ...] = ()
    extras: Mapping[str, Any] | None = None
    map_id: str = ""

    def to_bytes(self) -> bytes:
        values = {
            **(self.extras or {}),
            "format": FORMAT,
            "version": self.version,
            "minReader": self.min_reader,
            "appVersion": self.app_version,
            "rev": self.rev,
            "parents": list(self.parents),
            "schemas": dict(self.schemas),
            "parts": dict(self.parts),
        }
        if self.map_id and self.map_id != usual_map_id(self.rev):
            values["mapId"] = self.map_id
        return (json.dumps(values, ensure_ascii=False, allow_nan=False, sort_keys=True, indent=1) + "\n").encode()


def read_manifest(data: bytes) -> Manifest:
    """Raises NotAMap, TooNew or Damaged."""
    try:
        values = read_line(data)
    except LineError as error:
        raise Damaged(f"The file is damaged: its manifest {error}.") from None
    if values.get("format") != FORMAT:
        raise NotAMap("The file is not a journey map.")
    _refuse_too_new(values)
    rev = _sha256(values.get("rev"), "rev")
    return Manifest(
        app_version=_app_version(values),
        rev=rev,
        map_id=_map_id(values, rev),
        parts=_table(values, "parts", _sha256),
        schemas=_table(values, "schemas", _number),
        version=_number(values.get("version"), "version"),
        min_reader=_number(values.get("minReader"), "minReader"),
        parents=_parents(values),
        extras={key: value for key, value in values.items() if key not in _KNOWN},
    )


def usual_map_id(rev: str) -> str:
    """The id of a map whose file names none, so that copies of it agree on one."""
    return rev[:_MAP_ID_CHARS]


def _map_id(values: Values, rev: str) -> str:
    map_id = values.get("mapId", usual_map_id(rev))
    if not isinstance(map_id, str) or not _MAP_ID.fullmatch(map_id):
        raise _wrong("mapId")
    return map_id


def _refuse_too_new(values: Values) -> None:
    needed = _number(values.get("minReader"), "minReader")
    if needed > READER:
        maker = _app_version(values)
        example = f", such as {maker} which wrote it" if maker else ""
        needs = f"a Journey Mapper that reads file format {needed}{example}"
        raise TooNew(f"This map needs {needs}; this one reads file format {READER}.", needed)


def _app_version(values: Values) -> str:
    version = values.get("appVersion")
    return version if isinstance(version, str) and _APP_VERSION.fullmatch(version) else ""


def _parents(values: Values) -> tuple[str, ...]:
    parents = values.get("parents", [])
    if not isinstance(parents, list) or len(parents) > limits.PARTS:
        raise _wrong("parents")
    return tuple(_sha256(parent, "parents") for parent in parents)


def _table(values: Values, name: str, check: Callable[[object, str], T]) -> dict[str, T]:
    table = values.get(name)
    if not isinstance(table, dict):
        raise _wrong(name)
    return {key: check(value, name) for key, value in table.items()}


def _sha256(value: object, name: str) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise _wrong(name)
    return value


def _number(value: object, name: str) -> int:
    if type(value) is not int or not 1 <= value <= _HIGHEST:
        raise _wrong(name)
    return value


def _wrong(name: str) -> Damaged:
    return Damaged(f"The file is damaged: “{name}” in its manifest is not what it should be.")
