"""What the windows of the program share: the list of them, the settings, and the maps of late."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.window.glance import Glance, Remembered, glance

if TYPE_CHECKING:
    from app.window.recent import RecentFiles
    from app.window.restoring import Restoring
    from app.window.settings import Settings, SettingsFile


MOST_IGNORED = 100


class Window(Protocol):
    """What the program asks of a window."""

    @property
    def path(self) -> Path | None:
        """Where the map of the window is kept."""

    def come_forward(self) -> None: ...

    def settings_changed(self) -> None:
        """What the windows share is another now: the maps of late, the appearance."""


class Program:
    """Settings are read at a glance for the first picture, and whole when somebody needs them."""

    def __init__(self) -> None:
        self.windows: list[Window] = []
        self.glance: Glance = glance()
        self._settings: SettingsFile | None = None
        self._recent: RecentFiles | None = None
        self.restoring: Restoring | None = None
        """What programs that crashed have left, once somebody has looked for it."""

    @property
    def is_first_start(self) -> bool:
        return not self.glance.first_start_done

    @property
    def settings(self) -> Settings:
        return self._file.settings

    def remember(self, **changes: Any) -> None:
        """Changes the settings on disk."""
        self._file.change(**changes)
        self.glance = glance()

    # Who works here

    @property
    def author(self) -> str:
        """Whose name stands beside new comments; empty: nobody has said."""
        return self.settings.author

    @author.setter
    def author(self, name: str) -> None:
        self.remember(author=name)

    # The maps of late

    @property
    def files(self) -> Sequence[Remembered]:
        """The maps of late, newest first."""
        return self.glance.recent

    def add_recent(self, path: Path, title: str) -> None:
        self._files.add(path, title)
        self._recent_changed()

    def remove(self, path: Path | str) -> None:
        """Forgets a map of late."""
        self._files.remove(path)
        self._recent_changed()

    def clear_recent(self) -> None:
        self._files.clear()
        self._recent_changed()

    # Copies beside maps

    def ignore_copy(self, rev: str) -> None:
        """One need not hear again of a copy in this state."""
        self.remember(copies_ignored=(rev, *self.settings.copies_ignored)[:MOST_IGNORED])

    # The windows

    def window_of(self, path: Path) -> Window | None:
        """The window that shows the map of a file."""
        from app.files.saving import same_place

        return next((each for each in self.windows if each.path is not None and same_place(each.path, path)), None)

    def tell_windows(self) -> None:
        for window in self.windows:
            window.settings_changed()

    @property
    def _file(self) -> SettingsFile:
        if self._settings is None:
            from app.window.settings import SettingsFile

            self._settings = SettingsFile()
        return self._settings

    @property
    def _files(self) -> RecentFiles:
        if self._recent is None:
            from app.window.recent import RecentFiles

            self._recent = RecentFiles(self._file)
        return self._recent

    def _recent_changed(self) -> None:
        self.glance = glance()
        self.tell_windows()
