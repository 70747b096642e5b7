"""Where journals lie: a folder for each open map, held by the process that writes it.

Who holds a folder has a lock on the file `owner` in it, and the system lets go of it when the process ends, however it
ends. So nobody has to guess from numbers of processes, which another program or another machine may have too.

Some file systems know no locks: shares of other machines, some that run as programs. There `owner` itself has to tell:
it names machine and process. Who is of this machine is asked of the system; who is not is believed for a week.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.files.machine import host, is_running
from app.files.saving import sync_folder

OWNER: Final = "owner"
MEDIA: Final = "media"
TOLD: Final = "told"
PRIVATE: Final = 0o700
FRESH: Final = 3600.0
"""Seconds for which a folder that says nothing yet is left alone: somebody may be about to fill it."""

KEPT: Final = 30 * 24 * 3600.0
"""Seconds for which a journal that cannot be read is kept."""

ELSEWHERE: Final = 7 * 24 * 3600.0
"""Seconds for which a program of another machine that writes nothing is taken to be there, where nobody can tell."""

MOST_BYTES: Final = 1024
_HERE: Final = secrets.token_hex(8)
"""Tells this program from an earlier one that had the same number: in a sandbox it may always be the same."""

_LOG = re.compile(r"log-(?P<number>\d{1,9})", re.ASCII)
_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


class Folder:
    """The folder of one journal, held until `release` or `remove`."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle: int | None = handle

    @property
    def media(self) -> Path:
        """Where the pictures lie that came to the map while it was open."""
        return self.path / MEDIA

    def base(self, number: int) -> Path:
        """The map from which the log of this number goes on."""
        return self.path / f"base-{number}.jmap"

    def log(self, number: int) -> Path:
        return self.path / f"log-{number}"

    def numbers(self) -> list[int]:
        """The logs there are, newest first: one, or two where the process ended while it began anew."""
        with suppress(OSError):
            matches = (_LOG.fullmatch(path.name) for path in self.path.iterdir())
            return sorted((int(match["number"]) for match in matches if match), reverse=True)
        return []

    def drop_all_but(self, number: int) -> None:
        """Removes what earlier logs and unfinished ones left."""
        keep = {self.base(number), self.log(number), self.path / OWNER, self.media}
        with suppress(OSError):
            for path in set(self.path.iterdir()) - keep:
                path.unlink()

    def mark_told(self) -> bool:
        """Notes that the user was told of it; whether that is new."""
        with suppress(OSError):
            (self.path / TOLD).touch(exist_ok=False)
            return True
        return False

    @property
    def age(self) -> float:
        """Seconds since anything was written into it, but for who holds it."""
        return _age(self.path)

    def release(self) -> None:
        """Lets go of it; what is in it stays."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def remove(self) -> None:
        """Removes it with all that is in it. The logs go first: without one there is nothing that could be offered."""
        for number in self.numbers():
            with suppress(OSError):
                self.log(number).unlink()
        self.release()
        shutil.rmtree(self.path, ignore_errors=True)


def make_folder(root: Path) -> Folder:
    """A new folder. Raises OSError."""
    root.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    path = root / f"{time.time_ns():016x}-{secrets.token_hex(4)}"  # by name they are in the order of their making
    path.mkdir(mode=PRIVATE)
    handle = _lock(path)
    if handle is None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    sync_folder(root)
    return Folder(path, handle)


def left_behind(root: Path) -> Iterator[Folder]:
    """The folders whose owner is gone, from now on held by whoever asks. They come in the order of their making."""
    with suppress(OSError):
        for path in sorted(root.iterdir()):
            folder = _take(path)
            if folder is not None:
                yield folder


def _take(path: Path) -> Folder | None:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            handle = _lock(path)
            return Folder(path, handle) if handle is not None else None
    return None


def _lock(path: Path) -> int | None:
    """The handle that holds a folder; None where another has it. Raises OSError.

    Where the file system knows no locks two who come in the same moment may both have it: better a map that is offered
    twice than one that is not.
    """
    handle = os.open(path / OWNER, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _try_lock(handle)
    except OSError as error:
        if error.errno in _BUSY or _is_claimed(path):
            os.close(handle)
            return None
    _claim(handle)
    return handle


def _claim(handle: int) -> None:
    """Says whose the folder is, to those who see no locks."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"host": host(), "pid": os.getpid(), "program": _HERE}).encode())


def _is_claimed(path: Path) -> bool:
    """Whether a folder is a program's that runs, as far as one can tell without locks."""
    try:
        with (path / OWNER).open("rb") as stream:
            words = json.loads(stream.read(MOST_BYTES))
        machine, pid = words["host"], int(words["pid"])
        if machine != host():
            return _age(path) < ELSEWHERE
        return words["program"] == _HERE if pid == os.getpid() else is_running(pid)
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return False


def _age(path: Path) -> float:
    """Seconds since anything was written into a folder, but for who holds it."""
    with suppress(OSError, ValueError):
        entries = (entry for entry in path.iterdir() if entry.name != OWNER)
        return time.time() - max(entry.stat().st_mtime for entry in [path, *entries])
    return 0.0


def _try_lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
