"""Who has a map open: a small file beside it, `.~lock.NAME#`, that says so to others who share the folder.

It is advice and keeps nobody from saving; that two do so one after the other is seen to by `app.files.saving`. Nothing
here raises: where the folder takes no files, or the disk fails, there is no lock, and no fuss about it.
"""

from __future__ import annotations

import json
import math
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from app.files.gate import Held, patiently
from app.files.machine import host, is_running, user
from app.files.saving import real_place

REFRESH: Final = 600.0
"""Seconds after which an owner should `keep` the lock, so that it is seen to be in use."""

STALE: Final = 3 * 3600.0
"""Seconds without that after which a lock is taken for left behind."""

MOST_BYTES: Final = 4096
MOST_CHARS: Final = 120


@dataclass(frozen=True)
class Owner:
    """Who has a map open. `since` and `refreshed`: seconds since 1970; `token` tells one opening from another."""

    user: str
    host: str
    pid: int
    since: float
    refreshed: float
    token: str

    @property
    def is_gone(self) -> bool:
        """Whether the lock was left behind: its process is gone, or it was not refreshed for hours."""
        if self.host == host() and not is_running(self.pid):
            return True
        return time.time() - self.refreshed > STALE


class MapLock:
    """The lock of one map, as one who works on it sees it. `name` is what others are told."""

    def __init__(self, path: Path, name: str = "") -> None:
        place = real_place(path)
        self._path = place.with_name(f".~lock.{place.name}#")
        self._name = (name or user())[:MOST_CHARS]
        self._own: Owner | None = None

    @property
    def is_held(self) -> bool:
        """Whether others see that the map is open here."""
        return self._own is not None

    def other(self) -> Owner | None:
        """Who else has the map open; locks that were left behind do not count."""
        owner = _read(self._path)
        if owner is None or owner.is_gone or (self._own is not None and owner.token == self._own.token):
            return None
        return owner

    def take(self) -> Owner | None:
        """Takes the lock where it is free or was left behind; else who has it."""
        if self._own is not None:
            return self.other()
        now = time.time()
        own = Owner(self._name, host(), os.getpid(), now, now, secrets.token_hex(8))
        for _ in range(2):
            if self._make(own):
                self._own = own
                return None
            other = self.other()
            if other is not None:
                return other
            self._remove_left_behind()
        return None

    def keep(self) -> Owner | None:
        """Says that the map is still open; takes the lock where it has become free. Who has it, if somebody else."""
        owner = _read(self._path)
        if self._own is not None and owner is not None and owner.token == self._own.token:
            self._own = Owner(**{**asdict(self._own), "refreshed": time.time()})
            self._replace(self._own)
            return None
        self._own = None
        return self.take()

    def release(self) -> None:
        """The map is closed."""
        own, self._own = self._own, None
        found = _read(self._path)
        if own is not None and found is not None and found.token == own.token:
            with suppress(OSError, Held):  # Windows removes nothing that somebody looks into
                patiently(self._path.unlink, time.sleep)

    def _make(self, owner: Owner) -> bool:
        try:
            with self._path.open("xb") as stream:
                stream.write(_written(owner))
        except FileExistsError:
            return False
        except (OSError, ValueError):
            return False
        return True

    def _replace(self, owner: Owner) -> None:
        beside = self._path.with_name(f".~{secrets.token_hex(8)}.tmp")  # a name that nobody has put a link at
        with suppress(OSError, ValueError):
            try:
                with beside.open("xb") as stream:
                    stream.write(_written(owner))
                beside.replace(self._path)
            finally:
                beside.unlink(missing_ok=True)

    def _remove_left_behind(self) -> None:
        """Takes a lock away that counts for nothing; should another have come in its place, that one is put back."""
        aside = self._path.with_name(f".~{secrets.token_hex(8)}.tmp")
        with suppress(OSError, ValueError):
            self._path.rename(aside)
            owner = _read(aside)
            if owner is not None and not owner.is_gone:
                _quietly(lambda: os.link(aside, self._path))
            aside.unlink()


def _written(owner: Owner) -> bytes:
    return (json.dumps(asdict(owner), sort_keys=True) + "\n").encode()


def _read(path: Path) -> Owner | None:
    """The owner in a lock, or None. A lock that makes no sense is somebody's, and as old as its file."""
    try:
        if not path.is_file():
            return None  # a pipe would keep whoever opens it waiting
        with path.open("rb") as stream:
            text, made = stream.read(MOST_BYTES), os.fstat(stream.fileno()).st_mtime
    except (OSError, ValueError):
        return None
    try:
        words = json.loads(text)
        name, machine, token = (_printable(str(words[key])[:MOST_CHARS]) for key in ("user", "host", "token"))
        since, refreshed = float(words["since"]), float(words["refreshed"])
        if not (math.isfinite(since) and math.isfinite(refreshed)):
            raise ValueError("is no moment")
        return Owner(name, machine, int(words["pid"]), since, refreshed, token)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Owner("", "", 0, made, made, "")


def _printable(words: str) -> str:
    """Without what would break the line in a sentence, or turn it round."""
    return "".join(char if char.isprintable() else "_" for char in words)


def _quietly(action: Callable[[], object]) -> None:
    with suppress(OSError):
        action()
