"""How long something takes, as people write it: "2 h 30 min"."""

from __future__ import annotations

import re

_UNITS = {"d": 24 * 60.0, "h": 60.0, "min": 1.0, "s": 1 / 60}
_WORDS = {
    **dict.fromkeys(("d", "day", "days"), "d"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("", "m", "min", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "s"),
}
_PART = re.compile(r"\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*([a-z]*)\.?", re.IGNORECASE | re.ASCII)


def duration_text(minutes: float) -> str:
    """Minutes in days, hours, minutes and, below an hour, seconds: "2 h 30 min", "45 s". Whole seconds only."""
    seconds = round(minutes * 60)
    if seconds >= 3600:
        seconds = round(seconds / 60) * 60
    words = []
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        count, seconds = divmod(seconds, length)
        if count:
            words.append(f"{count:,} {unit}")
    return " ".join(words) or "0 min"


def minutes_in(text: str) -> float | None:
    """The minutes in what somebody typed, such as "2 h 30 min", "1.5h", "45"; None where it says no duration."""
    total, at = 0.0, 0
    text = text.strip()
    while at < len(text):
        part = _PART.match(text, at)
        unit = _WORDS.get(part[2].lower()) if part else None
        if part is None or unit is None:
            return None
        total += float(part[1].replace(",", ".")) * _UNITS[unit]
        at = part.end()
    return round(total, 6) if text else None
