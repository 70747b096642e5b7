"""Fractional indices: strings that sort siblings, so that an insertion touches one record only.

A key is an integer part and a fraction in base 62. The first character of the integer part tells its length: `a` to `z`
for 1 to 26 digits counted up from zero, `Z` down to `A` for 1 to 26 digits below it; so appending and prepending keep
keys short. A fraction never ends in `0`, which leaves room between any two keys. The scheme is David Greenspan's
"Implementing Fractional Indexing" (2020).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import StringConstraints

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
FIRST_KEY = "a0"

LONGEST_KEY = 200

OrderKey = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_KEY)]


class OrderError(ValueError):
    """Keys between which no key fits: equal, out of order, long or not of this scheme. The siblings need new ones."""


def key_between(before: str | None, after: str | None) -> str:
    """A key that sorts after `before` and before `after`; None is the open end.

    Raises OrderError where there is no such key of at most 200 characters, which a thousand insertions, each right
    before the last, use up.
    """
    for key in (before, after):
        if key is not None:
            _check(key)
    key = _any_between(before, after)
    if len(key) > LONGEST_KEY:
        raise OrderError(f"a key between {before!r} and {after!r} would be too long")
    return key


def keys_between(before: str | None, after: str | None, count: int) -> list[str]:
    """`count` ascending keys between the two. Raises OrderError where they do not all fit."""
    if after is None:
        return _row(before, count, lambda last: key_between(last, None))
    if before is None:
        return _row(after, count, lambda last: key_between(None, last))[::-1]
    if count == 0:
        return []
    middle = key_between(before, after)
    return [*keys_between(before, middle, count // 2), middle, *keys_between(middle, after, (count - 1) // 2)]


def _row(start: str | None, count: int, following: Callable[[str | None], str]) -> list[str]:
    keys: list[str] = []
    for _ in range(count):
        start = following(start)
        keys.append(start)
    return keys


def _any_between(before: str | None, after: str | None) -> str:
    if before is None:
        return FIRST_KEY if after is None else _before(after)
    if after is None:
        return _after(before)
    if before >= after:
        raise OrderError(f"{before!r} does not sort before {after!r}")
    return _between(before, after)


def _integer_length(head: str) -> int:
    if "a" <= head <= "z":
        return ord(head) - ord("a") + 2
    if "A" <= head <= "Z":
        return ord("Z") - ord(head) + 2
    raise OrderError(f"{head!r} is no first character of an order key")


def _split(key: str) -> tuple[str, str]:
    length = _integer_length(key[:1])
    return key[:length], key[length:]


def _check(key: str) -> None:
    integer, fraction = _split(key)
    if len(integer) < _integer_length(key[0]) or fraction.endswith("0") or not set(key) <= set(DIGITS):
        raise OrderError(f"{key!r} is no order key")


def _between(before: str, after: str) -> str:
    integer, fraction = _split(before)
    after_integer, after_fraction = _split(after)
    if integer == after_integer:
        return integer + _midpoint(fraction, after_fraction)
    following = _increment(integer)
    if following is not None and following < after:
        return following
    return integer + _midpoint(fraction, None)


def _after(key: str) -> str:
    integer, fraction = _split(key)
    return _increment(integer) or integer + _midpoint(fraction, None)


def _before(key: str) -> str:
    integer, fraction = _split(key)
    if fraction:
        return integer
    preceding = _decrement(integer)
    if preceding is None:
        raise OrderError(f"there is no order key before {key!r}")
    return preceding


def _midpoint(low: str, high: str | None) -> str:
    """A fraction strictly between `low` and `high` (None: 1), not ending in `0`."""
    if high is not None:
        shared = 0
        while shared < len(high) and (low[shared : shared + 1] or "0") == high[shared]:
            shared += 1
        if shared:
            return high[:shared] + _midpoint(low[shared:], high[shared:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high is not None else len(DIGITS)
    if last - first > 1:
        return DIGITS[(first + last + 1) // 2]
    if high is not None and len(high) > 1:
        return high[0]
    return DIGITS[first] + _midpoint(low[1:], None)


def _step(integer: str, carry_digit: str, wrap_digit: str, by: int) -> tuple[str, bool]:
    """Counts the digits of an integer part up or down by one; True where it ran over."""
    digits = list(integer[1:])
    for place in range(len(digits) - 1, -1, -1):
        if digits[place] != carry_digit:
            digits[place] = DIGITS[DIGITS.index(digits[place]) + by]
            return integer[0] + "".join(digits), False
        digits[place] = wrap_digit
    return "".join(digits), True


def _increment(integer: str) -> str | None:
    counted, ran_over = _step(integer, DIGITS[-1], DIGITS[0], 1)
    if not ran_over:
        return counted
    head = integer[0]
    if head == "Z":
        return FIRST_KEY
    if head == "z":
        return None
    following = chr(ord(head) + 1)
    return following + DIGITS[0] * (_integer_length(following) - 1)


def _decrement(integer: str) -> str | None:
    counted, ran_over = _step(integer, DIGITS[0], DIGITS[-1], -1)
    if not ran_over:
        return counted
    head = integer[0]
    if head == "a":
        return "Z" + DIGITS[-1]
    if head == "A":
        return None
    preceding = chr(ord(head) - 1)
    return preceding + DIGITS[-1] * (_integer_length(preceding) - 1)
