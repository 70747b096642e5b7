"""An open map with its journal, and a program that can crash."""

from __future__ import annotations

from pathlib import Path

from app.files import MapFile, open_map, save
from app.files.journal.keeping import Journal
from app.files.journal.recovery import LostMap, find_lost
from app.model.document import Document
from app.model.edits import set_map
from app.model.records import Record
from app.window.session import Session
from tests.files.builders import records


class Desk:
    """A map that is open, with its journal, as a window has it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "state" / "journal"
        self.path = folder / "map.jmap"
        save(records(), self.path)
        self.said: list[str] = []
        self.lost: list[LostMap] = []
        self.open(self.path)

    def open(self, path: Path | None, file: MapFile | None = None) -> None:
        opened = open_map(self.path)
        self.session = Session(file or opened.file, opened.document, path)
        self.document = opened.document
        self.journal = Journal(self.session, self.root, self.said.append)

    def name(self, title: str, key: str | None = None) -> None:
        with self.document.edit(f"Name {title}", merge_key=key) as tx:
            set_map(tx, title=title)

    def save(self) -> None:
        self.session.save(self.path, None)

    def crash(self) -> None:
        """The program ends after what was to be written is written, and the system lets go of what it held."""
        self.journal.close(keep=True)

    def find(self) -> list[LostMap]:
        found = find_lost(self.root)
        self.lost += found.lost
        return found.lost

    @property
    def log(self) -> Path:
        return next(self.root.glob("*/log-*"))


def state(document: Document) -> dict[str, Record]:
    return {record.id: record for record in document.store}


def assert_same(lost: LostMap, document: Document) -> None:
    """The map is as it was, with all that can be undone and redone, and knows which of it is saved."""
    assert state(lost.document) == state(document)
    found, wanted = lost.document.history.steps(), document.history.steps()
    assert [(entry.label, entry.diff) for entry in found.undo] == [(entry.label, entry.diff) for entry in wanted.undo]
    assert [(entry.label, entry.diff) for entry in found.redo] == [(entry.label, entry.diff) for entry in wanted.redo]
    assert found.saved == wanted.saved
    assert not lost.document.history.is_clean
