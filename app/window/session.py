"""The map that is open: its document, the file it came from, and what has to be said before it is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.files import MapFile
    from app.model.document import Document

SUFFIX = ".jmap"


class Session:
    """An open map. `path` None: it has no file of its own yet, as a sample has not. `is_new`: begun from a template."""

    def __init__(self, file: MapFile, document: Document, path: Path | None, *, is_new: bool = False) -> None:
        self.file = file
        self.document = document
        self.path = path
        self.is_new = is_new
        self._sitting = 0

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

    def save_copy(self, path: Path, thumbnail: bytes | None) -> None:
        """Writes the map to another place and stays with its own file. Raises FileError."""
        from app.files import save

        written = save(self._content(thumbnail), path)
        before = self.file
        self.file = replace(
            written, path=before.path, fingerprint=before.fingerprint, read_only=before.read_only
        )  # the map comes from the copy's state, too: brought together again, the two find that they parted there

    def save(self, path: Path, thumbnail: bytes | None, *, force: bool = False) -> None:
        """Writes the map. Raises FileError; then the file is as it was, and the map still unsaved."""
        from app.files import save

        self.file = save(self._content(thumbnail), path, force=force)
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
