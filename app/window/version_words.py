"""What the list of versions says of each: when it was, and what it changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.window.moments import brief, moment_words
from app.window.sentences import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.files.revisions import Change


def _tr(text: str) -> str:
    return QCoreApplication.translate("Versions", text)


def time_words(time: datetime | None, now: datetime) -> str:
    """When that was, on the user's own clock: "Today 14:02". `time` and `now` with their time zones."""
    if time is None:
        return _tr("At an unknown time")
    words = moment_words(time, now)
    is_today = time.astimezone(now.tzinfo).date() == now.date()
    return _tr("Today {time}").format(time=words) if is_today else words[:1].upper() + words[1:]


def times_words(times: Sequence[datetime | None], now: datetime) -> list[str]:
    """Each as `time_words` says it; with seconds, where it takes them to tell one from another, and then a number."""
    short = [time_words(time, now) for time in times]
    exact = [
        words if time is None else f"{words}:{time.astimezone(now.tzinfo):%S}"
        for words, time in zip(short, times, strict=True)
    ]
    return brief(short, exact)


def change_words(change: Change) -> str:
    """What was done: "12 cards changed, 2 cards and 1 link added"; empty where nothing was."""
    done = (
        (_tr("{what} changed"), change.changed),
        (_tr("{what} added"), change.added),
        (_tr("{what} removed"), change.removed),
    )
    said = [words.format(what=listed(counts)) for words, counts in done if counts]
    return ", ".join(said)
