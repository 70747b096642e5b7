"""The map that is open: its document, the file it came from, and what has to be said before it is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.files import MapFile
    from app.model.document import Document

SUFFIX = ".jmap"


class Session:
    """An open map. `path` None: it has no file of its own yet, as a sample has not. `is_new`: begun from a template.

    `rewrite` is what the next save does to the file beside writing the map, say to its history.
    """

    def __init__(self, file: MapFile, document: Document, path: Path | None, *, is_new: bool = False) -> None:
        self.file = file
        self.document = document
        self.path = path
        self.is_new = is_new
        self._sitting = 0
        self.rewrite: Callable[[MapFile], MapFile] | None = None

    @property
    def name(self) -> str:
        """What to call the map: its file's name, or its title while it has no file."""
        if self.path is not None:
            return self.path.name
        return self.document.map.title or "Untitled"

    @property
    def is_modified(self) -> bool:
        return not self.document.history.is_clean

    def suggestion(self, suffix: str = SUFFIX) -> Path:
        """Where to save, as far as one can guess."""
        if self.path is not None:
            return self.path.with_suffix(suffix)
        words = "".join(char if char.isalnum() or char in " -_" else " " for char in self.name)
        return Path.home() / f"{' '.join(words.split()) or 'Untitled'}{suffix}"

    @property
    def changes(self) -> list[str]:
        """What was done since the map was saved, the newest first, as the undo menu names it."""
        return self.document.history.unsaved_labels

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

    def save(self, path: Path, thumbnail: bytes | None, *, force: bool = False) -> None:
        """Writes the map. Raises FileError; then the file is as it was, and the map still unsaved."""
        from app.files import save

        content = self._content(thumbnail)
        self.file = save(self.rewrite(content) if self.rewrite is not None else content, path, force=force)
        self.rewrite = None
        self.path = path
        self.document.history.mark_saved()

    def _content(self, thumbnail: bytes | None) -> MapFile:
        """What is to be written now."""
        from app.files.history import moment_of
        from app.files.revisions import next_sitting

        if not self._sitting:
            self._sitting = next_sitting(self.file)
        held = self.file.holding(self.document.records, thumbnail, self.document.media)
        return replace(held, moment=moment_of(self._sitting))
