"""Earlier states of a map on this machine, in the user's folder: what was in its file before and after each save.

Each file has a folder of its own there, found by where the file lies, so that an earlier version is there also when the
file cannot be read any more. The last ten states are kept, and one of each of the last thirty days on which there
was any, as far as the bytes allowed hold them. Keeping raises nothing: that there is no backup is never a reason for
a save to fail. Nor does a save wait for the disk to have it for good: a thread sees to that, for which the program
waits at its end. What a power cut left empty all the same is passed over.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from app.files import limits
from app.files.errors import CannotWrite
from app.files.mapfile import MapFile, fingerprint_of
from app.files.saving import real_place, save, sync_file, sync_folder
from app.paths import state_dir

LAST: Final = 10
DAYS: Final = 30
MAP_BYTES: Final = 256 * limits.MIB
"""So much is kept of one map; its newest state stays, however large."""

ALL_BYTES: Final = 1024 * limits.MIB
SPARE_BYTES: Final = 64 * limits.MIB
"""So much of the disk is left free beside a backup, for the save itself."""

SUFFIX: Final = ".jmap"
_NAME = re.compile(r"(?P<moment>\d{8}T\d{6}\.\d{6})-(?P<digest>[0-9a-f]{16})\.jmap", re.ASCII)
_MOMENT = "%Y%m%dT%H%M%S.%f"


class Backup(NamedTuple):
    """A state of a map. `moment`: when it was put here; `size` in bytes; `digest`: how its sha256 begins."""

    path: Path
    moment: datetime
    size: int
    digest: str


class Backups:
    """The states kept of one file."""

    def __init__(self, path: Path) -> None:
        place = real_place(path)
        words = re.sub(r"[^\w-]+", "_", place.stem, flags=re.ASCII)[:40]
        self._root = state_dir() / "backups"
        self.folder = self._root / f"{words}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:16]}"
        self._place = place

    def found(self) -> list[Backup]:
        """What is kept, newest first."""
        return sorted(_in(self.folder), key=lambda each: each.moment, reverse=True)

    def keep(self, least_age: float = 0.0) -> Backup | None:
        """Keeps the state in which the file is now; None where it could not be kept, or there is none.

        Where the newest is younger than so many seconds, that one is enough.
        """
        with suppress(OSError, ValueError):
            there = self.found()
            if there and (datetime.now(UTC) - there[0].moment).total_seconds() < least_age:
                return there[0]
            if self._place.stat().st_size <= limits.FILE_BYTES:
                return self.put(self._place.read_bytes())
        return None

    def put(self, data: bytes) -> Backup | None:
        """Keeps a state, once: where it is the newest already, that one. None where it could not be kept."""
        with suppress(OSError, ValueError):
            digest = fingerprint_of(data)[:16]
            there = self.found()
            if there and (there[0].digest, there[0].size) == (digest, len(data)):
                return there[0]
            kept = self._write(data, digest)
            if kept is not None:
                self._rotate()
            return kept
        return None

    def _write(self, data: bytes, digest: str) -> Backup | None:
        for folder in (self._root, self.folder):  # the names of the maps are nobody else's business either
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if shutil.disk_usage(self.folder).free < len(data) + SPARE_BYTES:
            return None
        now = datetime.now(UTC)
        path = self.folder / f"{now.strftime(_MOMENT)}-{digest}{SUFFIX}"
        beside = self.folder / f".~{os.urandom(6).hex()}.tmp"
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            if beside.stat().st_size != len(data):
                return None
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        with suppress(RuntimeError):  # the system gives no more threads; it lasts a little later
            threading.Thread(target=_make_last, args=(path,), name="backup sync").start()
        return Backup(path, now, len(data), digest)

    def _rotate(self) -> None:
        for gone in surplus(self.found(), MAP_BYTES):
            _remove(gone)
        newest = self.found()[:1]
        everything = [each for folder in self._root.iterdir() for each in _in(folder)]
        held = sum(each.size for each in everything)
        for each in sorted(set(everything) - set(newest), key=lambda each: each.moment):
            if held <= ALL_BYTES:
                return
            _remove(each)
            held -= each.size


def put_back(earlier: MapFile, path: Path) -> Path | None:
    """Puts an earlier version where a file is that cannot be opened; where that lies now, if it was there.

    Raises FileError; then the file is where it was.
    """
    place = real_place(path)
    aside = _free_name(place, "damaged") if place.exists() else None
    try:
        if aside is not None:
            place.rename(aside)
    except OSError as error:
        raise CannotWrite(f"“{path.name}” cannot be set aside; nothing was changed on disk.") from error
    try:
        save(earlier, place)
    except BaseException:
        if aside is not None:
            aside.rename(place)
        raise
    return aside


def _free_name(path: Path, word: str) -> Path:
    """“tour (damaged).jmap”, or “tour (damaged 2).jmap” where that is taken."""
    names = (f"{path.stem} ({word}{number}){path.suffix}" for number in ["", *(f" {each}" for each in range(2, 1000))])
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def surplus(there: Iterable[Backup], most_bytes: int) -> list[Backup]:
    """What need not be kept, of states that come newest first: neither of the last, nor a day's last, or too much."""
    kept_days: set[str] = set()
    gone: list[Backup] = []
    held = 0
    for place, each in enumerate(there):
        day = each.moment.astimezone().date().isoformat()
        is_days_last = day not in kept_days and len(kept_days) < DAYS
        kept_days.add(day)
        if place > 0 and ((place >= LAST and not is_days_last) or held + each.size > most_bytes):
            gone.append(each)
        else:
            held += each.size
    return gone


def _in(folder: Path) -> Iterator[Backup]:
    """What lies in a folder, in no particular order; other files there, and empty ones, are passed over."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = _NAME.fullmatch(entry.name)
            with suppress(OSError, ValueError):
                size = entry.stat().st_size if match is not None and entry.is_file(follow_symlinks=False) else 0
                if match is not None and size:
                    moment = datetime.strptime(match["moment"], _MOMENT).replace(tzinfo=UTC)
                    yield Backup(Path(entry.path), moment, size, match["digest"])


def _make_last(path: Path) -> None:
    """Has a backup, its name and that of its folder outlive a power cut. It may be gone again by now."""
    with suppress(OSError):
        sync_file(path)
        for folder in path.parents[:2]:
            sync_folder(folder)


def _remove(backup: Backup) -> None:
    with suppress(OSError):
        backup.path.unlink()
