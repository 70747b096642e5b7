"""Loading from disk, and saving so that at every moment either the old file or the new one is there, whole.

Serialise, read back and compare, compare the file on disk with what was last read or written, write a temporary beside
it, check its length, fsync, replace, fsync the folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.files import limits
from app.files.errors import CannotRead, CannotWrite, ChangedOnDisk, FileError, InvalidMap
from app.files.lines import NOT_SAVED
from app.files.mapfile import Fingerprint, MapFile, OpenMap, as_written, dumps, fingerprint_of, packed, read_map
from app.model.bulk import collector_paused
from app.model.records import Record

TEMPORARY_PREFIX = ".~"
LEFTOVER_SECONDS = 3600
WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

_REASONS = {
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.ENOENT: "there is no such file or folder",
    errno.ENOTDIR: "its folder is not a folder",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "it is a link that leads in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the disk does not take a file of that size",
    errno.EROFS: "the disk is read-only",
    errno.EIO: "the disk reports an error",
}


def load(path: str | os.PathLike[str]) -> MapFile:
    """The map in a file. Raises FileError; CannotRead where there is nothing to read."""
    return open_map(path).file


def open_map(path: str | os.PathLike[str]) -> OpenMap:
    """The map in a file with its document. Raises FileError; CannotRead where there is nothing to read."""
    path = Path(path)
    opened = read_map(read_bytes(path))
    return opened._replace(file=replace(opened.file, path=path, read_only=is_read_only(path)))


def save(
    content: MapFile | Iterable[Record],
    path: str | os.PathLike[str] | None = None,
    *,
    expected: Fingerprint | None = None,
    force: bool = False,
) -> MapFile:
    """Writes a map and returns it as it now is on disk.

    `path` None: where it came from. `expected` is the state in which the file on disk must be, by default the one in
    which `content` was last read from or written to the same path; the file may also be gone. A map that was never
    at that path replaces whatever is there, and so does one with `force`: ask the user first.

    Raises InvalidMap where what was written could not be opened again, ChangedOnDisk, and CannotWrite for anything
    the disk objects to. After any of them the file on disk is as it was.
    """
    file = content if isinstance(content, MapFile) else MapFile(tuple(content))
    if path is None and file.path is None:
        raise ValueError("a new map needs a path")
    target = Path(path if path is not None else file.path or "")
    if expected is None and file.path is not None and _same_place(target, file.path):
        expected = file.fingerprint
    with collector_paused():
        file = as_written(file)
        data = packed(file)
        written = _read_back(file, data)
    _write(target, data, None if force else expected)
    return replace(written, path=target, fingerprint=fingerprint_of(data), read_only=False)


def is_read_only(path: Path) -> bool:
    """Whether saving to this path is bound to fail: the file or its folder takes no changes."""
    target = _target(path)
    return _is_protected(target) or not os.access(target.parent, os.W_OK)


def _read_back(file: MapFile, data: bytes) -> MapFile:
    """What a reader will see. Raises InvalidMap where that is not what was to be written."""
    try:
        back = read_map(data).file
    except InvalidMap as error:
        raise InvalidMap(error.problems, NOT_SAVED) from None
    except FileError as error:
        raise CannotWrite(f"The map cannot be saved: {error} Nothing was changed on disk.") from error
    same_parts = back.parts == file.parts and back.thumbnail == file.thumbnail and back.extras == file.extras
    ids = {record.id: record for record in file.records}
    same_records = {record.id: record for record in back.records} == ids and len(ids) == len(back.records)
    if not (same_parts and same_records) and dumps(back) != data:
        raise CannotWrite("The map cannot be saved: read back, it would differ. Nothing was changed on disk.")
    return back


def read_bytes(path: Path) -> bytes:
    """What is in a file, or a little more of it than a map can hold. Raises CannotRead."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CannotRead(f"{_quoted(path)} is not a file that can be read.")
        with path.open("rb") as stream:
            return stream.read(limits.FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CannotRead(f"{_quoted(path)} cannot be read: {_reason(error)}.") from error


def _write(path: Path, data: bytes, expected: Fingerprint | None) -> None:
    try:
        target = _target(path)
        before = _check_on_disk(target, expected)
        _replace(target, data, before, watched=expected is not None)
    except (OSError, ValueError) as error:
        raise CannotWrite(f"{_quoted(path)} cannot be saved: {_reason(error)}; nothing was changed on disk.") from error
    _tidy_up(target)


def _check_on_disk(target: Path, expected: Fingerprint | None) -> os.stat_result | None:
    """What is there now; None: nothing. Raises CannotWrite, ChangedOnDisk and OSError."""
    before = _state(target)
    if before is None:
        return None
    if not stat.S_ISREG(before.st_mode):
        raise CannotWrite(f"{_quoted(target)} cannot be saved: there is something of that name that is not a file.")
    if _is_protected(target):
        raise CannotWrite(f"{_quoted(target)} is read-only and was not changed; save under another name.")
    if expected is not None:
        with target.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != expected:
                raise _changed(target)
    return before


def _replace(target: Path, data: bytes, before: os.stat_result | None, *, watched: bool) -> None:
    temporary = target.with_name(f"{_temporary_stem(target)}{os.urandom(6).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Nobody else may look into a copy of a confidential file before it has the file's own mode.
    handle = os.open(temporary, flags, 0o666 if before is None else 0o600)
    try:
        try:
            _fill(handle, data, before)
        finally:
            os.close(handle)
        if watched and _identity(_state(target)) != _identity(before):
            raise _changed(target)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _fill(handle: int, data: bytes, before: os.stat_result | None) -> None:
    if before is not None and sys.platform != "win32":
        for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):
            with suppress(OSError):
                os.fchown(handle, owner, group)
        os.fchmod(handle, stat.S_IMODE(before.st_mode))
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)
    if os.fstat(handle).st_size != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut. Some file systems cannot, and Windows has no such call."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _tidy_up(target: Path) -> None:
    """Removes what earlier saves of this file left behind when they were killed, but nothing that may be in use."""
    with suppress(OSError):
        for leftover in target.parent.glob(f"{_temporary_stem(target)}*.tmp"):
            if time.time() - leftover.stat().st_mtime > LEFTOVER_SECONDS:
                leftover.unlink()


def _temporary_stem(target: Path) -> str:
    """Short, so that no name is too long with it; programs that sync folders pass over the prefix."""
    return f"{TEMPORARY_PREFIX}{hashlib.sha256(os.fsencode(target.name)).hexdigest()[:8]}-"


def _target(path: Path) -> Path:
    """The file itself, through all links."""
    return Path(os.path.realpath(path))


def _same_place(one: Path, other: Path) -> bool:
    with suppress(OSError, ValueError):
        return _target(one) == _target(other)
    return False


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _identity(state: os.stat_result | None) -> tuple[int, ...] | None:
    return (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns) if state else None


def _is_protected(path: Path) -> bool:
    """Root may write to anything, but a file marked read-only is meant to stay as it is."""
    state = _state(path)
    return state is not None and (not state.st_mode & WRITE_BITS or not os.access(path, os.W_OK))


def _changed(path: Path) -> ChangedOnDisk:
    return ChangedOnDisk(
        f"{_quoted(path)} was changed by somebody else since it was last read or saved here; nothing was written: "
        "save under another name, or open the changed file first."
    )


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return _REASONS.get(error.errno) or os.strerror(error.errno).lower()
    return "its name is not one a file can have"


def _quoted(path: Path) -> str:
    return f"“{path.name or path}”"
