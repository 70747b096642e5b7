"""The maps that were open lately. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from app.window.settings import RecentFile, SettingsFile

MOST = 20


class RecentFiles:
    """The list in the settings, newest first, each file once."""

    def __init__(self, settings: SettingsFile, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock

    @property
    def files(self) -> tuple[RecentFile, ...]:
        return self._settings.settings.recent

    def add(self, path: Path | str, title: str = "") -> None:
        """Puts a map that was opened or saved on top."""
        newest = RecentFile(path=str(Path(path).absolute()), title=title, opened=self._clock())
        self._settings.change(recent=(newest, *self._without(newest.path))[:MOST])

    def remove(self, path: Path | str) -> None:
        """Forgets a map; the file itself stays."""
        self._settings.change(recent=self._without(str(path)))

    def clear(self) -> None:
        self._settings.change(recent=())

    def _without(self, path: str) -> tuple[RecentFile, ...]:
        place = _place(path)
        return tuple(file for file in self.files if _place(file.path) != place)


def _place(path: str) -> str:
    """Where a path leads; two names of one file are one."""
    try:
        return str(Path(path).resolve())
    except (OSError, RuntimeError):
        return path
