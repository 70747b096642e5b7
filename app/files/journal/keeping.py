"""The journal of an open map: each edit in a file of the program's own within a quarter of a second.

It listens to the history of the document and passes on what it hears; an edit is a tuple in a queue, and that is all it
costs. The first edit begins the journal: a map that is only looked at has none.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.files import limits
from app.files.journal.snapshot import Snapshot, Subject, draft_event, saved_event
from app.files.journal.writer import Writer
from app.model.document import Draft
from app.model.history import Move

LARGE_AT_SAVE: Final = limits.MIB
"""A log of so many bytes begins anew after a save, for then a short beginning is enough."""

RETRY: Final = 10.0
"""Seconds after which a disk that would not take the journal is tried again."""

PATIENCE: Final = 5.0
"""Seconds that anybody waits for the disk, and no longer."""

FILE_MOVES: Final = frozenset({"saved", "unsaved"})


class Journal:
    """Keeps a record of what is done to one map until `close`. All of its methods return at once, unless they wait.

    `tell` gets a reason, in words that end a sentence, when the journal cannot be written; it is called in a thread.
    """

    def __init__(self, subject: Subject, root: Path, tell: Callable[[str], None]) -> None:
        self._subject = subject
        self._root = root
        self._tell = tell
        self._writer: Writer | None = None
        self._edited = 0.0
        self._draft: Draft | None = None
        self._stop_listening = subject.document.history.subscribe(self._hear)

    @property
    def place(self) -> Path | None:
        """Where it is written; None as long as there is nothing to write."""
        folder = self._writer.folder if self._writer is not None else None
        return folder.path if folder is not None else None

    def begin(self, edited: float | None = None) -> None:
        """Writes the map as it is with its history. `edited`: when it was changed last, if that is not now."""
        self._edited = time.time() if edited is None else edited
        self._draft = None
        if self._writer is None:
            self._writer = Writer(self._root, self._tell)
            self._writer.start()
        self._writer.renew(Snapshot.of(self._subject, self._edited))

    @property
    def has_draft(self) -> bool:
        """Whether one is noted. Every step that is done takes its place."""
        return self._draft is not None

    def note_draft(self, draft: Draft | None) -> None:
        """A text as it is typed by now, which is no step yet: its label and change; None: none is."""
        if draft == self._draft:
            return
        if self._writer is None or self._must_begin(self._writer):
            self.begin()
        assert self._writer is not None
        self._draft, self._edited = draft, time.time()
        self._writer.give({**draft_event(draft), "at": self._edited})

    def flush(self, *, wait: bool = False) -> bool:
        """Has everything put on the disk now. With `wait`, whether it is there in the end."""
        writer = self._writer
        if writer is None:
            return True
        if self._must_retry(writer):
            self.begin(self._edited)
        done = threading.Event()
        writer.hurry(done)
        return wait and done.wait(PATIENCE) and writer.failed_at is None

    def close(self, *, keep: bool = False) -> None:
        """Ends, and removes what was written; with `keep` the next start of the program offers it."""
        self._stop_listening()
        writer, self._writer = self._writer, None
        if writer is None:
            return
        writer.end()
        writer.join(PATIENCE)
        if writer.folder is not None and not writer.is_alive():
            if keep:
                writer.folder.release()
            else:
                writer.folder.remove()

    def _hear(self, move: Move) -> None:
        """On the way of every edit: it does as little as can be."""
        self._draft = None
        writer = self._writer
        if move.kind in FILE_MOVES:
            self._hear_of_file(move)
        elif writer is None or (not writer.is_at_ease and self._must_begin(writer)):
            self.begin()
        else:
            self._edited = at = time.time()
            writer.give((at, move))

    def _hear_of_file(self, move: Move) -> None:
        writer = self._writer
        if writer is None:
            return
        if writer.wants_renewal(LARGE_AT_SAVE) or self._must_retry(writer):
            self.begin(self._edited)
        else:
            writer.give({**saved_event(self._subject.file, self._subject.path), "do": move.kind})

    def _must_begin(self, writer: Writer) -> bool:
        return writer.wants_renewal() or self._must_retry(writer)

    @staticmethod
    def _must_retry(writer: Writer) -> bool:
        return writer.failed_at is not None and time.monotonic() - writer.failed_at > RETRY
