"""The map that is open: its document, the file it came from, and what has to be said before it is left."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.files import MapFile, OpenMap
    from app.files.journal.keeping import Journal
    from app.model.diff import Diff
    from app.model.document import Document

SUFFIX = ".jmap"

LONGEST_NAME: Final = 60
"""Letters of a title that go into the name of a file; some take three bytes, and a name has at most 255."""

DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""What is no name of a file on Windows, whatever comes behind a dot."""

QUIET_BACKUPS: Final = 600.0
"""Seconds between the states that are kept where the map is saved by itself."""


class Session:
    """An open map. `path` None: it has no file of its own yet, as a sample has not. `is_new`: begun from a template.

    `is_read_only`: it is not to be saved into its file, which cannot be written, or which somebody else has open.
    `rewrite` is what the next save does to the file beside writing the map, say to its history.
    """

    def __init__(self, file: MapFile, document: Document, path: Path | None, *, is_new: bool = False) -> None:
        self.file = file
        self.document = document
        self.path = path
        self.is_new = is_new
        self.is_read_only = path is not None and file.read_only
        self._sitting = 0
        self.rewrite: Callable[[MapFile], MapFile] | None = None
        self.proposal: Path | None = None
        """Where to save it first, if there is a place that suggests itself."""
        self.edited: float | None = None
        """When a restored map was changed last, in seconds since 1970."""
        self.journal: Journal | None = None
        self.cut: Diff | None = None
        """What the last cut of cards changed, until others are copied: put down again they are the same cards."""

    def let_go(self) -> None:
        """The map is closed: what was not saved is not wanted."""
        if self.journal is not None:
            self.journal.close()
            self.journal = None

    @property
    def name(self) -> str:
        """What to call the map: its file's name, or its title while it has no file."""
        if self.path is not None:
            return self.path.name
        return self.document.map.title or "Untitled"

    @property
    def title(self) -> str:
        """What stands over the window."""
        if not self.is_read_only:
            return self.name
        return QCoreApplication.translate("Session", "{name} (read-only)").format(name=self.name)

    @property
    def is_modified(self) -> bool:
        return not self.document.history.is_clean

    def suggestion(self, suffix: str = SUFFIX) -> Path:
        """Where to save, as far as one can guess."""
        if self.path is not None:
            return self.path.with_suffix(suffix)
        if self.proposal is not None:
            return self.proposal.with_suffix(suffix)
        return suggested_path(self.name, suffix)

    @property
    def changes(self) -> list[str]:
        """What was done since the map was saved, the newest first, as the undo menu names it."""
        return self.document.history.unsaved_labels

    @property
    def has_past(self) -> bool:
        """Whether a copy would tell more than what the map is now."""
        from app.files.revisions import has_history

        return has_history(self.file) or (self.is_modified and bool(self.file.rev))

    def copy_suggestion(self) -> Path:
        """Where to put a copy."""
        path = self.suggestion()
        return path.with_name(f"{path.stem} copy{path.suffix}")

    def save_copy(self, path: Path, thumbnail: bytes | None, *, with_history: bool = True) -> None:
        """Writes the map to another place and stays with its own file. Raises FileError.

        The state of the copy is in the history of this map from now on: that is where the two part.
        """
        from app.files import save
        from app.files.mapfile import as_written
        from app.files.revisions import without_history

        noted = as_written(self._content(thumbnail))
        save(noted if with_history else without_history(noted), path)
        self.file = noted

    def save(self, path: Path, thumbnail: bytes | None, *, force: bool = False, is_quiet: bool = False) -> None:
        """Writes the map. Raises FileError; then the file is as it was, and the map still unsaved.

        What the file held, and what it holds now, is kept among its earlier versions; of maps that are saved by
        themselves (`is_quiet`) only now and then.
        """
        from app.files import save
        from app.files.backups import Backups
        from app.window.waiting import wait

        content, before = self._content(thumbnail), self.document.records
        backups = Backups(path)
        backups.keep(QUIET_BACKUPS if is_quiet else 0.0)
        written = self.rewrite(content) if self.rewrite is not None else content
        self.file = save(written, path, force=force, wait=wait)
        backups.keep(QUIET_BACKUPS if is_quiet else 0.0)
        self.rewrite = None
        self.path = path
        self.is_read_only = False
        if self.document.records == before:
            self.document.history.mark_saved()
        else:  # while the file was waited for something came, say pictures that were being read: it is not in it
            self.document.history.mark_unsaved()

    def rescue(self, thumbnail: bytes | None, *, beside: bool) -> Path | None:
        """Puts what could not be saved somewhere else: beside the file, or else among its earlier versions."""
        from app.files import FileError, dumps, save
        from app.files.backups import Backups

        if self.path is None:
            return None
        content = self._content(thumbnail)
        if beside:
            copy = self.path.with_name(f"{self.path.stem} (not saved {time.strftime('%Y-%m-%d %H-%M-%S')}){SUFFIX}")
            with suppress(FileError):
                return save(content, copy).path
        with suppress(FileError):
            kept = Backups(self.path).put(dumps(content))
            return kept.path if kept is not None else None
        return None

    def detach(self) -> None:
        """Goes on without the file: a map of one's own that is not saved yet."""
        self.path = None
        self.is_read_only = False
        self.document.history.mark_unsaved()

    def become(self, other: OpenMap, label: str) -> None:
        """Makes the map what another state of it says, in one step that can be undone."""
        from app.model.diff import between

        self.document.media.take_from(other.document.media, other.document.media)
        with self.document.edit(label) as tx:
            tx.apply(between(self.document.records, other.file.records))

    def _content(self, thumbnail: bytes | None) -> MapFile:
        """What is to be written now."""
        from app.files.history import moment_of
        from app.files.revisions import next_sitting

        if not self._sitting:
            self._sitting = next_sitting(self.file)
        held = self.file.holding(self.document.records, thumbnail, self.document.media)
        return replace(held, moment=moment_of(self._sitting))


def suggested_path(title: str, suffix: str = SUFFIX) -> Path:
    """Where to save a map of that title that was never saved."""
    words = " ".join("".join(char if char.isalnum() or char in " -_" else " " for char in title).split())
    name = words[:LONGEST_NAME].strip() or "Untitled"
    return Path.home() / f"{name}{' map' if name.casefold() in DEVICES else ''}{suffix}"
