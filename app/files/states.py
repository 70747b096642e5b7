"""The states a map has been in, as the file's part `history/states.jsonl` holds them: what differs, backwards.

The first state is that of the records in the file. Each older one is written as what leads back to it from the one
before: the lines of the records that were different then, and a line with nothing but an id for each record that was
not there. Lines are compared byte for byte, so that a state comes back exactly as it was, and its sha256 proves it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from app.files import limits
from app.files.jsontext import LineError, Values, read_line

HISTORY_FOLDER = "history/"
HISTORY_PART = "history/states.jsonl"
HISTORY_VERSION = 1

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


class HistoryError(ValueError):
    """What is wrong with a history, as the end of a sentence."""


class NewerHistoryError(HistoryError):
    """A history that only a newer version reads. It is not to be touched."""


class State(NamedTuple):
    """A state of the map. `time` in UTC such as 2026-11-22T09:30:00Z, "": nobody knows.

    `sitting` counts the times that the map was opened and saved. `gone` are revisions between this state and the next
    older one that are no longer kept. `schemas` are those above 1 of the records as they were. `lines` lead here from
    the state before.
    """

    rev: str
    time: str = ""
    sitting: int = 0
    name: str = ""
    parents: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    schemas: Mapping[str, int] = {}
    lines: tuple[bytes, ...] = ()

    @property
    def ancestors(self) -> tuple[str, ...]:
        """This revision and those that it is known to come from, the newest first."""
        return (self.rev, *self.parents, *self.gone)


def write_states(states: Sequence[State]) -> bytes:
    """The part. What the manifest says of the newest state is not said again."""
    newest, *older = states
    lines = [_encode({"history": HISTORY_VERSION}).encode(), _head(newest._replace(parents=(), schemas={}, lines=()))]
    for state in older:
        lines += (_head(state), *state.lines)
    return b"\n".join(lines) + b"\n"


def read_states(data: bytes) -> tuple[State, ...]:
    """The states, the newest first. The lines of records are not looked at yet. Raises HistoryError."""
    lines = _split(data)
    _check_version(_object(lines[0]))
    states: list[State] = []
    at = 1
    while at < len(lines):
        state, count = _state(_object(lines[at]))
        end = at + 1 + count
        if end > len(lines) or len(states) == limits.HISTORY_STATES:
            raise HistoryError("is not as long as it should be")
        states.append(state._replace(lines=tuple(lines[at + 1 : end])))
        at = end
    if not states or states[0].lines:
        raise HistoryError("does not begin with the newest state")
    return tuple(states)


def lines_back(new: bytes, old: bytes) -> tuple[bytes, ...]:
    """What leads from the newer records.jsonl to the older one, in the order of ids."""
    before, after = old.split(b"\n")[:-1], new.split(b"\n")[:-1]
    kept = set(before) & set(after)
    changed = {id_of(line): line for line in before if line not in kept}
    added = {id: _absent(id) for line in after if line not in kept and (id := id_of(line)) not in changed}
    return tuple(line for _, line in sorted({**added, **changed}.items()))


def joined(first: Iterable[bytes], then: Iterable[bytes]) -> tuple[bytes, ...]:
    """Two steps back as one. Raises HistoryError."""
    return tuple(line for _, line in sorted({id_of(line): line for line in (*first, *then)}.items()))


class Lines:
    """All lines of a state by id, on the way back through the states."""

    def __init__(self, records: bytes) -> None:
        self._lines = {_text(values, "id"): (_text(values, "type"), line) for line, values in _parsed(records)}

    def type_of(self, id: str) -> str | None:
        """The type of a record; None where it is not there."""
        found = self._lines.get(id)
        return found[0] if found is not None else None

    def go_back(self, lines: Iterable[bytes]) -> None:
        """Raises HistoryError."""
        for line in lines:
            id, type = id_and_type(line)
            if type is not None:
                self._lines[id] = type, line
            else:
                self._lines.pop(id, None)

    def to_bytes(self, rev: str) -> bytes:
        """The records.jsonl of the revision. Raises HistoryError where it is not the one that was written."""
        ordered = sorted((type, id, line) for id, (type, line) in self._lines.items())
        data = b"".join(line + b"\n" for _, _, line in ordered)
        if hashlib.sha256(data).hexdigest() != rev:
            raise HistoryError("leads to other records than those of the revision")
        return data


def id_and_type(line: bytes) -> tuple[str, str | None]:
    """Of the record in a line on the way back; no type where there was no such record. Raises HistoryError."""
    values = _object(line)
    return _text(values, "id"), _text(values, "type") if "type" in values else None


def id_of(line: bytes) -> str:
    """The id of the record in a line. Raises HistoryError."""
    return _text(_object(line), "id")


def _head(state: State) -> bytes:
    values = {name: value for name, value in state._asdict().items() if value}
    if state.lines:
        values["lines"] = len(state.lines)
    return _encode(values).encode()


def _absent(id: str) -> bytes:
    return _encode({"id": id}).encode()


def _parsed(records: bytes) -> Iterable[tuple[bytes, Values]]:
    """The lines of a part that has been read and found sound already."""
    return ((line, json.loads(line)) for line in records.split(b"\n")[:-1])


def _split(data: bytes) -> list[bytes]:
    if not data.endswith(b"\n"):
        raise HistoryError("is cut off")
    if data.count(b"\n") > limits.HISTORY_LINES:
        raise HistoryError("is too long")
    lines = data.split(b"\n")[:-1]
    if max(map(len, lines)) > limits.LINE_BYTES:
        raise HistoryError("has a line that is too long")
    return lines


def _check_version(header: Values) -> None:
    version = header.get("history")
    if type(version) is int and version > HISTORY_VERSION:
        raise NewerHistoryError("is of a newer version")
    if version != HISTORY_VERSION:
        raise HistoryError("is of no known version")


def _state(values: Values) -> tuple[State, int]:
    """A state without its lines, and how many follow."""
    rev, time, name = (values.get(key, "") for key in ("rev", "time", "name"))
    if not _is_rev(rev) or not _is_time(time):
        raise HistoryError("has a state without its revision or time")
    if not isinstance(name, str) or len(name) > limits.VERSION_NAME_CHARS:
        raise HistoryError("has a name that is none")
    parents, gone = (_revs(values.get(key, [])) for key in ("parents", "gone"))
    sitting, lines = (_count(values.get(key, 0)) for key in ("sitting", "lines"))
    return State(rev, time, sitting, name, parents, gone, _schemas(values.get("schemas", {}))), lines


def _revs(values: object) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) > limits.PARTS or not all(map(_is_rev, values)):
        raise HistoryError("has a revision that is none")
    return tuple(values)


def _is_rev(value: object) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or (value and not _TIME.fullmatch(value)):
        return False
    with suppress(ValueError):
        return not value or datetime.fromisoformat(value) is not None
    return False


def _schemas(values: object) -> dict[str, int]:
    if not isinstance(values, dict):
        raise HistoryError("has schemas that are none")
    return {name: _count(value) for name, value in values.items()}


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= limits.HISTORY_COUNT:
        raise HistoryError("has a number that is none")
    return value


def _object(line: bytes) -> Values:
    try:
        return read_line(line)
    except LineError as error:
        raise HistoryError(f"has a line that {error}") from None


def _text(values: Values, key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str):
        raise HistoryError("has a record without id or type")
    return value
