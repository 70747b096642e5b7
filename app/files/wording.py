"""What pydantic finds wrong with a record, said in the words of somebody who draws maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.model.fields import SAID

LONGEST_NAME = 40

_WORDINGS: dict[str, str] = {
    "missing": "is missing",
    "string_type": "is not a text",
    "string_unicode": "has half a character (a lone surrogate)",
    "string_sub_type": "is not a text",
    "float_type": "is not a number",
    "int_type": "is not a whole number",
    "bool_type": "is neither true nor false",
    "finite_number": "is not a finite number",
    "date_type": "is not a date such as 2025-03-31",
    "value_error": "is not a date such as 2025-03-31",
    "list_type": "is not a list",
    "tuple_type": "is not a list",
}

_LIMITED: dict[str, Callable[[dict[str, Any]], str]] = {
    "string_too_long": lambda limit: f"is longer than {limit['max_length']:,} characters",
    "string_too_short": lambda limit: f"is shorter than {limit['min_length']:,} characters",
    "greater_than_equal": lambda limit: f"is less than {limit['ge']:g}",
    "less_than_equal": lambda limit: f"is more than {limit['le']:g}",
    "greater_than": lambda limit: f"is not more than {limit['gt']:g}",
    "less_than": lambda limit: f"is not less than {limit['lt']:g}",
    "too_long": lambda limit: f"has more than {limit['max_length']:,} entries",
    "too_short": lambda limit: f"has fewer than {limit['min_length']:,} entries",
    "literal_error": lambda limit: f"is not {limit['expected']}",
}


def validation_messages(error: ValidationError) -> list[str]:
    """One message per field that is wrong, such as "title is longer than 500 characters"."""
    messages = [_message(details) for details in error.errors(include_url=False, include_input=False)]
    return list(dict.fromkeys(messages))


def place(number: int, values: Mapping[str, object]) -> str:
    """Where in the file: "record 17 (card c_12)"."""
    words = " ".join(_short(word) for key in ("type", "id") if isinstance(word := values.get(key), str))
    return f"record {number} ({words})" if words else f"record {number}"


def _message(details: ErrorDetails) -> str:
    field = " ".join(_short(str(part)) for part in details["loc"]) or "it"
    kind = details["type"]
    if kind in _LIMITED:
        return f"{field} {_LIMITED[kind](details['ctx'])}"
    if kind == SAID:
        return f"{field} {details['msg']}"
    return f"{field} {_WORDINGS.get(kind, 'has a value that is not allowed')}"


def _short(text: str) -> str:
    shown = ascii(text)[1:-1]
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1] + "…"
