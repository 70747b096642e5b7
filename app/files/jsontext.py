"""JSON read strictly: every key once, every number finite, every text proper Unicode, nothing too deep or too long.

`read_line` is the strict reader. It is slow, so `app.files.lines` lets pydantic's parser read the lines, and asks here
only for what that parser swallows: keys that come twice, and unknown fields beyond all measure.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from app.files import limits

Values = dict[str, Any]


class LineError(ValueError):
    """What is wrong with a line, as the end of a sentence: "is not valid JSON"."""


def has_each_key_once(text: bytes, keys: int) -> bool:
    """Whether objects with this number of different keys cannot have a key twice; False where that is uncertain.

    Each key is followed by one colon, and no other colon stands outside a text. So where there are as many colons as
    keys, no key is there twice. Where texts hold colons too, those right after a quotation mark are counted, provided
    that no white space can have come between any key and its colon: a tab or a return is never inside a text.
    """
    if text.count(b":") == keys:
        return True
    return text.count(b'":') == keys and not any(space in text for space in (b"\t", b"\r", b" :"))


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
