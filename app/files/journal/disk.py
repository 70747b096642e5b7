"""Bytes on the disk, whole and to stay."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Final

from app.files.saving import sync

SYNC_INTERVAL: Final = 1.0
"""Seconds between two syncs, at least."""


class Syncer(threading.Thread):
    """Has what was appended to a file put on the disk, at most every second, while nobody waits for it."""

    def __init__(self, handle: int) -> None:
        """Starts at once, with a handle of its own on the same file."""
        super().__init__(name="journal sync", daemon=True)
        self.error: OSError | None = None
        """Why it does not go on."""
        self._handle = os.dup(handle)
        self._wanted = threading.Event()
        self._ended = threading.Event()
        self.start()

    def sync(self) -> None:
        """What was written until now is to last. Raises the OSError that came of it the time before."""
        if self.error is not None:
            raise self.error
        self._wanted.set()

    def end(self) -> None:
        """Ends soon, without another sync. On Windows at once: there a file that is open cannot be removed."""
        self._ended.set()
        self._wanted.set()
        if sys.platform == "win32":
            self.join()

    def run(self) -> None:
        try:
            self._wanted.wait()
            while not self._ended.is_set():
                self._wanted.clear()
                sync(self._handle)
                self._ended.wait(SYNC_INTERVAL)
                self._wanted.wait()
        except OSError as error:
            self.error = error
        finally:
            os.close(self._handle)


def fill(path: Path, data: bytes) -> None:
    """Writes a file that only its owner may read. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        write_whole(handle, data)
        sync(handle)
    finally:
        os.close(handle)


def write_whole(handle: int, data: bytes) -> int:
    """Writes all of it; how much that was. Raises OSError."""
    written = 0
    while written < len(data):
        written += os.write(handle, memoryview(data)[written:])
    return written
