"""The thread that writes a journal: everything that takes time is done here, away from whoever edits.

It gathers what comes for a moment and appends it in one write. What is written outlives the program as soon as it is
written, and a power cut once it has been synced; a second thread syncs, for on a slow disk that can take seconds.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from app.files import limits
from app.files.history import MEDIA_FOLDER
from app.files.journal.disk import Syncer, fill, write_whole
from app.files.journal.folders import PRIVATE, Folder, make_folder
from app.files.journal.log import line
from app.files.journal.snapshot import Snapshot, edit_event
from app.files.saving import TEMPORARY_PREFIX, reason, sync, sync_folder
from app.model.history import Move
from app.model.media import Media, pictures_of

DELAY: Final = 0.1
"""Seconds for which it gathers before it writes."""

LARGE: Final = 16 * limits.MIB
"""A log of so many bytes begins anew, from the map as it was saved and what leads from there to the present."""

Told = tuple[float, Move]
"""When, in seconds since 1970, and what: not in words yet, for that takes time."""

Work = Told | Snapshot | dict[str, Any] | threading.Event
"""What the thread is given: a move, a state to begin anew from, another event, or somebody who waits."""


class Writer(threading.Thread):
    """Writes one journal under `root`. Where the disk objects it gives up until it is given a new beginning.

    `tell` is called in this thread: with what went wrong, once until it goes well again.
    """

    def __init__(self, root: Path, tell: Callable[[str], None]) -> None:
        super().__init__(name="journal", daemon=True)
        self.failed_at: float | None = None
        """When it gave up, by the monotonic clock; None: it goes well."""
        self.is_at_ease = True
        """Nothing speaks for a new beginning; asked at every edit."""
        self.folder: Folder | None = None
        self._root = root
        self._tell = tell
        self._has_told = False
        self._work: deque[Work] = deque()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._ends = False
        self._log: int | None = None
        self._is_renewed = False
        self._number = 0
        self._lines = 0
        self._length = 0
        self._stored: set[str] = set()
        self._media: Media | None = None
        self._syncer: Syncer | None = None

    def give(self, work: Work) -> None:
        """Takes it to be written soon."""
        self._work.append(work)
        if not self._wake.is_set():
            self._wake.set()

    def renew(self, snapshot: Snapshot) -> None:
        """Begins anew from this state."""
        self._is_renewed, self.failed_at = True, None
        self.give(snapshot)

    def wants_renewal(self, size: int | None = None) -> bool:
        """Whether the log has more bytes than that, by default `LARGE`, and is not about to begin anew anyway."""
        return self._length > (LARGE if size is None else size) and not self._is_renewed

    def hurry(self, waiting: threading.Event) -> None:
        """Writes and syncs now, and says so to who waits."""
        self.give(waiting)
        self._hurry.set()

    def end(self) -> None:
        """Writes what is there, and ends."""
        self._ends = True
        self._wake.set()
        self._hurry.set()

    def run(self) -> None:
        while not (self._ends and not self._work):
            self._wake.wait()
            self._hurry.wait(DELAY)
            self._wake.clear()
            self._hurry.clear()
            self._write([self._work.popleft() for _ in range(len(self._work))])
        self._close()

    def _close(self) -> None:
        if self._syncer is not None:
            self._syncer.end()
        if self._log is not None:
            os.close(self._log)
        self._log = self._syncer = None

    def _write(self, batch: list[Work]) -> None:
        waiting = [each for each in batch if isinstance(each, threading.Event)]
        try:
            self._write_all(batch)
            if self._log is not None and waiting:
                sync(self._log)
        except Exception as error:  # noqa: BLE001 (whatever it is: the map is to be worked on, and the user is to know)
            self._give_up(error)
        for each in waiting:
            each.set()

    def _write_all(self, batch: list[Work]) -> None:
        lines: list[bytes] = []
        for work in batch:
            if isinstance(work, Snapshot):
                self._append(lines)
                lines = []
                self._begin(work)
            elif self._log is not None and not isinstance(work, threading.Event):
                lines.append(self._line_of(work))
        self._append(lines)

    def _line_of(self, work: Told | dict[str, Any]) -> bytes:
        event = work if isinstance(work, dict) else self._event_of(*work)
        self._lines += 1
        return line(self._lines - 1, event)

    def _event_of(self, at: float, move: Move) -> dict[str, Any]:
        if move.diff is None:
            return {"do": move.kind, "at": at}
        self._store_pictures(pictures_of(after for _, after in move.diff.values() if after is not None))
        return edit_event(move.label, move.diff, joins=move.joins) | {"at": at}

    def _append(self, lines: list[bytes]) -> None:
        if not lines or self._log is None or self._syncer is None:
            return
        try:
            self._length += write_whole(self._log, b"".join(lines))
        except OSError:
            with suppress(OSError):  # or what comes later would stand behind half a line
                os.ftruncate(self._log, self._length)
            raise
        self.is_at_ease = self._length <= LARGE
        self._syncer.sync()

    # Beginning anew

    def _begin(self, snapshot: Snapshot) -> None:
        """Writes base and log beside the old ones. They count from the moment in which the log gets its name."""
        try:
            folder = self.folder = self.folder or make_folder(self._root)
            self._number += 1
            self._media = snapshot.media
            fill(folder.base(self._number), snapshot.base())
            self._store_pictures(set(snapshot.media) - _pictures_in(snapshot))
            lines = [line(number, event) for number, event in enumerate(snapshot.events())]
            handle = self._open_log(folder, b"".join(lines))
        except BaseException:
            self._drop_unfinished()
            raise
        finally:
            self._is_renewed = False
        self._close()
        self._log, self._syncer, self._lines, self._length = handle, Syncer(handle), len(lines), sum(map(len, lines))
        folder.drop_all_but(self._number)
        self.failed_at, self._has_told = None, False
        self.is_at_ease = True

    def _open_log(self, folder: Folder, beginning: bytes) -> int:
        """A new log that begins so, to be written on."""
        log = folder.log(self._number)
        unfinished = log.with_name(f"{TEMPORARY_PREFIX}{log.name}")
        fill(unfinished, beginning)
        unfinished.replace(log)
        sync_folder(folder.path)
        return os.open(log, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0))

    def _drop_unfinished(self) -> None:
        if self.folder is not None:
            log = self.folder.log(self._number)
            for path in (self.folder.base(self._number), log.with_name(f"{TEMPORARY_PREFIX}{log.name}"), log):
                with suppress(OSError):
                    path.unlink()

    def _give_up(self, error: Exception) -> None:
        self.failed_at = time.monotonic()
        self.is_at_ease = False
        self._close()
        if not self._has_told:
            self._has_told = True
            self._tell(reason(error) if isinstance(error, OSError) else str(error))

    def _store_pictures(self, names: Iterable[str]) -> None:
        """Puts pictures that are not in the base beside the log, each once."""
        for name in names:
            data = self._media.get(name) if self._media is not None and name not in self._stored else None
            if data is not None and self.folder is not None:
                self.folder.media.mkdir(mode=PRIVATE, exist_ok=True)
                fill(self.folder.media / name, data)
                self._stored.add(name)


def _pictures_in(snapshot: Snapshot) -> set[str]:
    """The names of the pictures that the base holds."""
    return {name.removeprefix(MEDIA_FOLDER) for name in snapshot.file.parts if name.startswith(MEDIA_FOLDER)}
