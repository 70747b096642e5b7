"""Moments as people say them: the time where it was today, else the day too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication


def moments_words(moments: Sequence[datetime]) -> list[str]:
    """Each as `moment_words` says it; with seconds, where it takes them to tell one from another, and then a number."""
    short = [moment_words(moment) for moment in moments]
    exact = [f"{words}:{moment.astimezone():%S}" for words, moment in zip(short, moments, strict=True)]
    return brief(short, exact)


def brief(short: Sequence[str], exact: Sequence[str]) -> list[str]:
    """The short names, or the exact ones where it takes them to tell one from another, and then a number."""
    return numbered([e if short.count(s) > 1 else s for s, e in zip(short, exact, strict=True)])


def numbered(names: Sequence[str]) -> list[str]:
    """“Tour”, “Tour (2)”, “Tour (3)”: a name that is there already gets a number."""
    before = [names[:place].count(name) for place, name in enumerate(names)]
    return [f"{name} ({count + 1})" if count else name for name, count in zip(names, before, strict=True)]


def moment_words(moment: datetime, now: datetime | None = None) -> str:
    """“10:42” for a moment of today, else “yesterday 10:42” or “20.11.2026 10:42”, on the user's own clock.

    `now`, with its time zone, is this very moment if it is not given.
    """
    now = now or datetime.now().astimezone()
    here = moment.astimezone(now.tzinfo)
    time = f"{here:%H:%M}"
    if here.date() == now.date():
        return time
    if here.date() == now.date() - timedelta(days=1):
        return QCoreApplication.translate("Moments", "yesterday {time}").format(time=time)
    return f"{here:%d.%m.%Y} {time}"


def seconds_words(seconds: float) -> str:
    """The same for seconds since 1970; empty for what is no moment."""
    try:
        return moment_words(datetime.fromtimestamp(seconds).astimezone())
    except (OverflowError, OSError, ValueError):
        return ""
