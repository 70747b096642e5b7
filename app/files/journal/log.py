"""The log of a journal: a line per event, each with its number and its checksum, so that what is whole can be told.

A line is the crc32 of the rest in eight hex digits, a space, one JSON object with its number under "n", and an LF.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.files import limits
from app.files.jsontext import LineError, check_value
from app.files.migrations import is_old, migrate
from app.model.diff import Diff
from app.model.records import Record, record_to_json
from app.model.registry import record_from_json

FORMAT: Final = 1
LOG_BYTES: Final = 256 * limits.MIB
"""The most that is read of a log; one that is written begins anew long before."""

VALUES: Final = 2 * limits.VALUES
"""The most values of a line: an edit says of each record what it was and what it became."""

CRC_DIGITS: Final = 8
Values = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Ending(Enum):
    """How a log ends: as it was written, in the middle of its last line, or at a line that is not as it was written."""

    WHOLE = "whole"
    TORN = "torn"
    BROKEN = "broken"


class Log(NamedTuple):
    """The lines of a log up to the first that is not whole."""

    lines: list[Values]
    ending: Ending


class BadLine(ValueError):  # noqa: N818 (it says what the line is)
    """A line that is whole and makes no sense all the same."""


def line(number: int, values: Mapping[str, Any]) -> bytes:
    """One line. Raises ValueError for what JSON cannot hold. Names of files may hold what UTF-8 cannot."""
    text = _encode({"n": number, **values}).encode("utf-8", "surrogatepass")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def read_log(path: Path) -> Log:
    """What is whole of a log. Raises OSError."""
    with path.open("rb") as stream:
        data = stream.read(LOG_BYTES)
    *whole, rest = data.split(b"\n")
    lines: list[Values] = []
    for text in whole:
        values = _read(text, len(lines))
        if values is None:
            break
        lines.append(values)
    if len(lines) == len(whole):
        return Log(lines, Ending.TORN if rest else Ending.WHOLE)
    return Log(lines, Ending.BROKEN)


def _read(text: bytes, number: int) -> Values | None:
    digits, _, body = text.partition(b" ")
    if len(digits) != CRC_DIGITS or digits != b"%08x" % zlib.crc32(body):
        return None
    if len(body) > limits.UNCOUNTED_BYTES and sum(map(body.count, (b",", b"[", b"{"))) > VALUES:
        return None
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) and values.get("n") == number else None


def diff_to_json(diff: Diff) -> Values:
    """The change as plain values: by id what the record was, and what it became."""
    return {id: [_plain(before), _plain(after)] for id, (before, after) in diff.items()}


def diff_from_json(values: object, schemas: Mapping[str, int]) -> Diff:
    """The change, with every record valid. `schemas`: those of the program that wrote it. Raises BadLine."""
    if not isinstance(values, dict):
        raise BadLine("a change is missing")
    diff: Diff = {}
    for id, pair in values.items():
        if not isinstance(pair, list) or len(pair) != 2:
            raise BadLine("a change makes no sense")
        before, after = (_record(id, each, schemas) for each in pair)
        diff[id] = (before, after)
    return diff


def _plain(record: Record | None) -> Values | None:
    return None if record is None else record_to_json(record)


def _record(id: str, values: object, schemas: Mapping[str, int]) -> Record | None:
    if values is None:
        return None
    if not isinstance(values, dict) or values.get("id") != id:
        raise BadLine("a record has another id")
    try:
        check_value(values)
        today: Iterable[Values] = migrate([values], schemas) if is_old(schemas) else [values]
        [record] = map(record_from_json, today)
    except (LineError, ValueError) as error:  # pydantic's errors are ValueErrors
        raise BadLine("a record is not valid") from error
    return record
