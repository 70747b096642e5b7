"""JSON read strictly: every key once, every number finite, every text proper Unicode, nothing too deep or too long.

`read_line` is the strict reader. It is slow, so `read_lines` reads with pydantic's parser and gives to `read_line` only
the lines in which that parser could have swallowed something; both come to the same verdict on every line.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, NoReturn

from pydantic_core import from_json

from app.files import limits

Values = dict[str, Any]


class LineError(ValueError):
    """What is wrong with a line, as the end of a sentence: "is not valid JSON". `number` counts from 1."""

    def __init__(self, message: str, number: int = 0) -> None:
        super().__init__(message)
        self.number = number


def read_lines(lines: list[bytes]) -> list[Values]:
    """The object on each line. Raises LineError with the number of the first line that is wrong.

    What stands in a field that the model does not know has yet to go through `check_value`.
    """
    try:
        objects = [from_json(line, allow_inf_nan=False, cache_strings="keys") for line in lines]
    except ValueError:
        return _read_slowly(lines)
    if set(map(type, objects)) - {dict}:
        return _read_slowly(lines)
    if not _has_each_key_once(b"\n".join(lines), sum(map(len, objects))):
        suspects = [not _has_each_key_once(line, len(value)) for line, value in zip(lines, objects, strict=True)]
        _read_slowly(lines, suspects)
    return objects


def _has_each_key_once(text: bytes, keys: int) -> bool:
    """Whether objects with this number of different keys cannot have a key twice; False where that is uncertain.

    Each key is followed by one colon, and no other colon stands outside a text. So where there are as many colons as
    keys, no key is there twice. Where texts hold colons too, those right after a quotation mark are counted, provided
    that no white space can have come between any key and its colon: a tab or a return is never inside a text.
    """
    if text.count(b":") == keys:
        return True
    return text.count(b'":') == keys and not any(space in text for space in (b"\t", b"\r", b" :"))


def _read_slowly(lines: list[bytes], chosen: Sequence[bool] | None = None) -> list[Values]:
    values = []
    for number, line in enumerate(lines, 1):
        if chosen is None or chosen[number - 1]:
            try:
                values.append(read_line(line))
            except LineError as error:
                raise LineError(str(error), number) from None
    return values


def read_line(line: bytes) -> Values:
    """One JSON object, strictly. Raises LineError."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        raise LineError("is not UTF-8 text") from None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_unique_keys,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_finite,
        )
    except LineError:
        raise
    except RecursionError:
        raise LineError("is nested too deeply") from None
    except ValueError:
        raise LineError("is not valid JSON") from None
    if type(value) is not dict:
        raise LineError("is not a JSON object")
    check_value(value)
    return value


def check_value(value: object, depth: int = 0) -> None:
    """Holds a value that the model does not check to the limits. Raises LineError."""
    if depth > limits.DEPTH:
        raise LineError("is nested too deeply")
    match value:
        case str():
            _check_text(value, limits.TEXT_CHARS)
        case int() | float():
            _check_number(value)
        case list():
            for item in value:
                check_value(item, depth + 1)
        case dict():
            for key, item in value.items():
                _check_text(key, limits.KEY_CHARS)
                check_value(item, depth + 1)


def _check_number(value: float) -> None:
    if not (abs(value) < limits.INTEGER if isinstance(value, int) else math.isfinite(value)):
        raise LineError("has a number that is too large")


def _check_text(text: str, limit: int) -> None:
    if len(text) > limit:
        raise LineError(f"has a text or a name longer than {limit:,} characters")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise LineError("has half a character (a lone surrogate)") from None


def _unique_keys(pairs: list[tuple[str, Any]]) -> Values:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LineError(f"has the field {ascii(twice)[1:-1][:60]} twice")
    return result


def _refuse_constant(name: str) -> NoReturn:
    raise LineError(f"has {name}, which is not a number")


def _integer(digits: str) -> int:
    if len(digits) > 20:
        raise LineError("has a number that is too large")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise LineError("has a number that is too large")
    return number
