"""What the fields of records may hold, each with its limit: a hostile file must not blow up whatever comes after.

Lists are tuples, read from JSON arrays. Those of ids and of names are sets: sorted, each once, so that two people who
add to the same one do not get in each other's way.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.model.ids import ReferenceId

SAID = "said"
"""The type of the errors raised here; their message is the end of a sentence: "is not an address that …"."""

MOST_REFERENCES = 500
MOST_LINES = 30
MOST_READINGS = 500

Title = Annotated[str, StringConstraints(max_length=500)]
LongText = Annotated[str, StringConstraints(max_length=10_000)]
Line = Annotated[str, StringConstraints(max_length=300)]
Label = Annotated[str, StringConstraints(max_length=80)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
MediaName = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}\.(png|jpg|webp)$")]
Millimetres = Annotated[float, Field(ge=20.0, le=400.0)]
LaneHeight = Annotated[float, Field(ge=10.0, le=400.0)]
SheetMillimetres = Annotated[float, Field(ge=-20_000.0, le=20_000.0)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Minutes = Annotated[float, Field(ge=0.0, le=10 * 366 * 24 * 60)]
Rating = Annotated[int, Field(ge=1, le=5)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Amount = Annotated[float, Field(ge=-1e15, le=1e15)]

Standing = Literal["assumption", "partly", "evidenced"]
Measure = Literal["emotion", "expectation", "importance", "effort"]
MEASURES: tuple[Measure, ...] = ("emotion", "expectation", "importance", "effort")


def _iso_date(value: object) -> object:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value


IsoDate = Annotated[date, BeforeValidator(_iso_date)]


def _iso_time(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise _not_utc() from None


def _in_utc(value: datetime) -> datetime:
    if value.utcoffset() != timedelta(0):
        raise _not_utc()
    return value.astimezone(UTC).replace(microsecond=0)


def _not_utc() -> PydanticCustomError:
    return PydanticCustomError(SAID, "is not a time in UTC such as 2026-03-31T09:30:00Z")


UtcTime = Annotated[datetime, BeforeValidator(_iso_time), AfterValidator(_in_utc)]


def _address(value: str) -> str:
    scheme, colon, rest = value.partition(":")
    is_web = scheme.lower() in {"http", "https"} and rest.startswith("//") and len(rest) > len("//")
    is_mail = scheme.lower() == "mailto" and bool(rest)
    if value and not (colon and (is_web or is_mail) and value.isprintable() and " " not in value):
        raise PydanticCustomError(SAID, "is not an address that begins with http://, https:// or mailto:")
    return value


Address = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_address)]


def _as_set(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


AS_SET = AfterValidator(_as_set)
"""Marks the lists that are sets."""

# Strict about all but the tuple itself: Python's own JSON makes lists of arrays.

References = Annotated[tuple[ReferenceId, ...], Field(strict=False, max_length=MOST_REFERENCES), AS_SET]
Names = Annotated[tuple[Name, ...], Field(strict=False, max_length=MOST_LINES), AS_SET]
Lines = Annotated[tuple[Line, ...], Field(strict=False, max_length=MOST_LINES)]
Pair = Annotated[tuple[Label, Line], Field(strict=False)]
Pairs = Annotated[tuple[Pair, ...], Field(strict=False, max_length=MOST_LINES)]
Reading = Annotated[tuple[IsoDate, Amount], Field(strict=False)]


def _by_date(readings: tuple[tuple[date, float], ...]) -> tuple[tuple[date, float], ...]:
    return tuple(sorted(readings))


BY_DATE = AfterValidator(_by_date)
"""Marks the lists of dated figures."""

Readings = Annotated[tuple[Reading, ...], Field(strict=False, max_length=MOST_READINGS), BY_DATE]


def plain(value: object) -> Any:
    """A field's value as JSON knows it: dates and times as text, tuples as lists."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value
