"""The records as lines of JSON, and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from app.files import limits
from app.files.errors import MOST_PROBLEMS, Damaged, InvalidMap, TooLarge
from app.files.jsontext import LineError, Values, check_value, has_each_key_once, read_line
from app.files.migrations import SCHEMAS, is_old, migrate
from app.files.wording import place, validation_messages
from app.model.records import Record, record_to_json
from app.model.registry import RecordError, record_from_json, records_from_lines
from app.model.rules import Problem

NOT_OPENED = "; it was not opened"
NOT_SAVED = "; nothing was saved"

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def write_records(records: Iterable[Record]) -> bytes:
    """One record a line, sorted by type and id. Raises InvalidMap for what JSON or UTF-8 cannot hold."""
    ordered = sorted(records, key=lambda record: (record.type, record.id))
    try:
        return "".join([_encode(record_to_json(record)) + "\n" for record in ordered]).encode()
    except (TypeError, ValueError):
        raise InvalidMap([problem for record in ordered for problem in _unwritable(record)], NOT_SAVED) from None


def _unwritable(record: Record) -> list[Problem]:
    try:
        _encode(record_to_json(record)).encode()
    except (TypeError, ValueError):
        message = f"the {record.type} {record.id} has a value that a file cannot hold"
        return [Problem(record.id, message)]
    return []


def read_records(data: bytes, schemas: Mapping[str, int] = SCHEMAS) -> list[Record]:
    """The validated records, in the order of the lines. `schemas`: the version of each record type in this file.

    Raises Damaged, TooLarge or InvalidMap. References are not looked at.
    """
    lines = _split(data)
    records = None if is_old(schemas) else _read_quickly(lines)
    if records is None:
        records = _read_strictly(lines, schemas)
    if len({record.id for record in records}) < len(records):
        raise InvalidMap(_doubles(records), NOT_OPENED)
    return records


def _read_quickly(lines: list[bytes]) -> list[Record] | None:
    """The records as pydantic parses them; None where anything is wrong that the strict reader has words for."""
    try:
        records = records_from_lines(lines)
        for record in records:
            if record.__pydantic_extra__:
                check_value(record.__pydantic_extra__)
        for line in _suspects(lines, records):
            read_line(line)
    except (RecordError, LineError):
        return None
    return records


def _suspects(lines: list[bytes], records: list[Record]) -> list[bytes]:
    """The lines in which a key may come twice."""
    keys = [len(record.__pydantic_fields_set__) for record in records]
    if has_each_key_once(b"\n".join(lines), sum(keys)):
        return []
    return [line for line, count in zip(lines, keys, strict=True) if not has_each_key_once(line, count)]


def _read_strictly(lines: list[bytes], schemas: Mapping[str, int]) -> list[Record]:
    """The records read by the book, which takes longer and finds words for whatever is wrong."""
    values = []
    for number, line in enumerate(lines, 1):
        try:
            values.append(read_line(line))
        except LineError as error:
            raise InvalidMap([Problem("", f"record {number} {error}")], NOT_OPENED) from None
    try:
        return [record_from_json(value) for value in migrate(values, schemas)]
    except ValidationError:
        raise InvalidMap(_invalid(migrate(values, schemas)), NOT_OPENED) from None


def _split(data: bytes) -> list[bytes]:
    if data and not data.endswith(b"\n"):
        raise Damaged("The file is damaged: its records are cut off.")
    lines = data.split(b"\n")[:-1]
    if len(lines) > limits.RECORDS:
        raise TooLarge(f"The file has more than {limits.RECORDS:,} records, the most this program reads.")
    if max(map(len, lines), default=0) > limits.LINE_BYTES:
        number = next(number for number, line in enumerate(lines, 1) if len(line) > limits.LINE_BYTES)
        raise TooLarge(f"Record {number} is longer than {limits.LINE_BYTES // 1024} kB, the most this program reads.")
    if len(data) > limits.UNCOUNTED_BYTES and sum(map(data.count, (b",", b"[", b"{"))) > limits.VALUES:
        raise TooLarge(f"The file has more than {limits.VALUES:,} values, the most this program reads.")
    return lines


def _invalid(values: Sequence[Values]) -> list[Problem]:
    found: list[Problem] = []
    for number, value in enumerate(values, 1):
        try:
            record_from_json(value)
        except ValidationError as error:
            where = place(number, value)
            found += [Problem(_id_of(value), f"{where}: {message}") for message in validation_messages(error)]
        if len(found) >= MOST_PROBLEMS:
            break
    return found


def _doubles(records: Sequence[Record]) -> list[Problem]:
    counted = Counter(record.id for record in records)
    return [Problem(id, f"{number} records have the id {id}") for id, number in counted.items() if number > 1]


def _id_of(value: Mapping[str, Any]) -> str:
    id = value.get("id")
    return id if isinstance(id, str) else ""
