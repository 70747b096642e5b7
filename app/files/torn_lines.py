"""Lines of records out of damaged bytes: what of a line can still be read is read, field by field.

A line that is as it was written is read strictly, like any other. Of a broken one those fields are kept that stand
there whole; a text that is broken at one place is kept too, with a sign (U+FFFD) where a character is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from app.files import limits
from app.files.jsontext import LineError, Values, check_value, read_line

MOST_FAULTS = 12
"""So many broken places in a line are stepped over."""

MOST_BYTES = limits.PART_BYTES + limits.MIB
MOST_PIECES = 2 * limits.RECORDS
MOST_TORN = 20_000
MOST_TORN_BYTES = 16 * limits.MIB
"""So much is read field by field, which takes much longer, before the rest is given up."""

_KEY = re.compile(r'"([A-Za-z_]\w{0,63})":\s{0,4}')
_KEY_BYTES = re.compile(rb'"[A-Za-z_]\w{0,63}":')
_SEAM = re.compile(rb'(?<=\})[^,\]}]{1,3}(?=\{"[A-Za-z_])|\x00{64,}')
"""Where one record ends and another begins without a line feed: it is broken, or a whole stretch was wiped out."""

_LOOKS_LIKE_RECORD = re.compile(rb'"(?:type|id|kind|order|step|lane|stage)":')
_WORDS = frozenset({"about", "id", "kind", "lane", "persona", "source", "stage", "step", "target", "to_step", "type"})
"""Fields of which a part says nothing, or something else."""

_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]+")
_LOST = "\N{REPLACEMENT CHARACTER}"


class Line(NamedTuple):
    """What a line says. `values` None: nothing that can be understood. `size` in bytes, the line feed included."""

    values: Values | None
    is_torn: bool
    size: int


def lines_in(spans: Iterable[bytes | memoryview]) -> Iterator[Line]:
    """The lines in these stretches of bytes that are records or were; at most as many as a map has."""
    reader = _Reader()
    read = (reader.read(piece) for piece in islice(_pieces_of(spans), MOST_PIECES))
    return islice((line for line in read if line is not None), limits.RECORDS)


def _pieces_of(spans: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    rest = MOST_BYTES
    for span in spans:
        yield from _pieces(bytes(span[:rest]))
        rest = max(0, rest - len(span))


def _pieces(data: bytes) -> Iterator[bytes]:
    """What may be a record: a line with a key in it, or each half of two lines whose line feed is broken."""
    at = 0
    while (match := _KEY_BYTES.search(data, at)) is not None:
        start = data.rfind(b"\n", at, match.start()) + 1 or at
        end = data.find(b"\n", match.end())
        end = len(data) if end < 0 else end
        yield from _SEAM.split(data[start:end])
        at = end + 1


class _Reader:
    def __init__(self) -> None:
        self._torn = 0
        self._torn_bytes = 0
        self._values = 0

    def read(self, piece: bytes) -> Line | None:
        """A line; None where there is no sign that it ever was a record."""
        self._values += piece.count(b",")
        if len(piece) > limits.LINE_BYTES or self._values > limits.VALUES:
            return Line(None, is_torn=True, size=len(piece)) if _is_record(piece) else None
        start = max(0, piece.find(b'{"'))
        try:
            values = read_line(piece[start:])
        except LineError:
            return self._read_torn(piece, start)
        return Line(values, is_torn=False, size=len(piece) - start + 1) if _is_record(piece) else None

    def _read_torn(self, piece: bytes, start: int) -> Line | None:
        if not _is_record(piece):
            return None
        self._torn += 1
        self._torn_bytes += len(piece)
        if self._torn > MOST_TORN or self._torn_bytes > MOST_TORN_BYTES:
            return Line(None, is_torn=True, size=len(piece) + 1)
        values = _fields(_BROKEN.sub(_LOST, piece[start:].decode("utf-8", "replace")))
        return Line(values or None, is_torn=True, size=len(piece) - start + 1)


def _is_record(piece: bytes) -> bool:
    return _LOOKS_LIKE_RECORD.search(piece) is not None


def _fields(text: str) -> Values:
    """The fields of an object that can be read; of two of a name the first."""
    values: Values = {}
    at = faults = 0
    while faults < MOST_FAULTS and (match := _KEY.search(text, at)) is not None:
        key = match.group(1)
        at, value = _value(text, match.end())
        if at < 0:
            faults += 1
            at, value = _torn_text(text, match.end())
            value = None if key in _WORDS else value
        if value is not None and key not in values and _is_fit({key: value}):
            values[key] = value
    return values


def _value(text: str, at: int) -> tuple[int, Any]:
    """Where the value that begins here ends, and what it is; -1 where it is broken."""
    try:
        value, end = _decode(text, at)
    except (ValueError, RecursionError):
        return -1, None
    follows_well = end >= len(text) or text[end] in ",}" or _KEY.match(text, end + 1) is not None
    return (end, value) if follows_well else (-1, None)


def _torn_text(text: str, at: int) -> tuple[int, str | None]:
    """A text of which a part or a quotation mark is lost, up to the next key; None for anything else."""
    following = _KEY.search(text, at)
    end = following.start() if following else len(text)
    content = text[at:end].rstrip(",}" + _LOST)
    if not content.startswith('"'):
        return end, None
    try:
        return end, json.loads(f'"{content.strip(chr(34)).rstrip(chr(92))}"', strict=False)
    except ValueError:
        return end, None


def _is_fit(values: Values) -> bool:
    try:
        check_value(values)
    except LineError:
        return False
    return True


_decode = json.JSONDecoder(strict=False).raw_decode
