"""One writer at a time, and patience with whoever holds a file for a moment.

Between comparing a file with what was last read and replacing it nobody else may replace it. A small file beside it,
made with O_EXCL, is the gate: who has made it may pass. Programs that know nothing of it pass anyway; they are noticed
by the state of the file, which is looked at once more before it is replaced.
"""

from __future__ import annotations

import errno
import json
import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from app.files.machine import host, is_running

T = TypeVar("T")
Wait = Callable[[float], object]
"""Lets so many seconds pass; a window goes on painting meanwhile."""

PAUSES: Final = (0.02, 0.05, 0.1, 0.2, 0.4, 0.5, 0.7)
"""Seconds between tries while somebody holds a file: two in all."""

HELD: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})
"""What a system says where a scanner or a program that syncs holds a file. Windows' sharing violation is EACCES."""

USER_MAPPED_FILE: Final = 1224
"""What Windows says where a scanner has a file in its memory; no errno tells of it."""

LEFT_BEHIND: Final = 6.0
"""Seconds after which a gate at which nothing happens is taken for left behind by a machine that is gone."""

LONGEST: Final = 20.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.002, 0.05
MOST_BYTES: Final = 1024


class Held(Exception):  # noqa: N818 (it says what happened to the file)
    """Somebody held the file for longer than one waits; `error` is what the system said at last."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def patiently(action: Callable[[], T], wait: Wait) -> T:
    """Does it, and again after a while where somebody holds the file. Raises Held in the end; other errors at once."""
    for pause in PAUSES:
        try:
            return action()
        except OSError as error:
            if not _is_held(error):
                raise
        wait(pause)
    try:
        return action()
    except OSError as error:
        if _is_held(error):
            raise Held(error) from error
        raise


def _is_held(error: OSError) -> bool:
    return error.errno in HELD or getattr(error, "winerror", None) == USER_MAPPED_FILE


class Gate:
    """The right to replace a file: `with Gate(path, wait) as gate`.

    Entering waits for whoever has it. A gate whose process is gone, or at which nothing happens for some seconds, is
    removed. Raises OSError where the folder takes no file, and Held where others keep it for too long.
    """

    def __init__(self, path: Path, wait: Wait) -> None:
        self._path = path
        self._wait = wait
        words = {"host": host(), "pid": os.getpid(), "token": secrets.token_hex(8)}
        self._own = json.dumps(words).encode()

    def __enter__(self) -> Self:
        began = since = time.monotonic()
        pause, seen = SHORTEST_PAUSE, b""
        while not self._make():
            held, now = _read(self._path), time.monotonic()
            if held != seen:
                seen, since = held, now
            if now - began > LONGEST:
                raise Held(OSError(errno.EBUSY, os.strerror(errno.EBUSY)))
            is_left_behind = _is_of_the_dead(held) or now - since > LEFT_BEHIND
            if not (is_left_behind and self._remove(held)):
                self._wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.is_own:
            with suppress(OSError, Held):
                patiently(self._path.unlink, self._wait)

    @property
    def is_own(self) -> bool:
        """False where others took it for left behind, say because this machine slept: then nothing may be replaced."""
        return _read(self._path) == self._own

    def _make(self) -> bool:
        try:
            stream = self._path.open("xb")
        except FileExistsError:
            return False
        except PermissionError:
            if sys.platform == "win32" or self._path.exists():  # Windows says so of a file that is on its way out
                return False
            raise
        try:
            with stream:
                stream.write(self._own)
        except OSError:
            with suppress(OSError):
                self._path.unlink()
            raise
        return True

    def _remove(self, held: bytes) -> bool:
        """Takes away the gate that was seen; should it be another by now, it is put back.

        False where it may not be taken away: it is another user's, or somebody looks into it.
        """
        aside = self._path.with_name(f"{self._path.name}-{secrets.token_hex(4)}")
        with suppress(OSError):
            self._path.rename(aside)
            if _read(aside) != held:
                with suppress(OSError):
                    os.link(aside, self._path)
            aside.unlink()
            return True
        return False


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES)
    except OSError:
        return b""


def _is_of_the_dead(held: bytes) -> bool:
    """Whether a gate is of a process of this machine that is gone."""
    try:
        words = json.loads(held)
        return bool(words["host"] == host() and not is_running(int(words["pid"])))
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
