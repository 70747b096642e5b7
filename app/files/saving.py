"""Loading from disk, and saving so that at every moment either the old file or the new one is there, whole.

Serialise, read back and compare, compare the file on disk with what was last read or written, write a temporary beside
it, check its length, fsync, compare once more and replace while no other writer may, fsync the folder. Who holds the
file for a moment is waited for.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.files import limits
from app.files.errors import CannotRead, CannotWrite, ChangedOnDisk, FileError, HeldByAnother, InvalidMap
from app.files.gate import Gate, Held, Wait, patiently
from app.files.lines import NOT_SAVED
from app.files.mapfile import (
    Fingerprint,
    MapFile,
    OpenMap,
    as_written,
    dumps,
    fingerprint_of,
    packed,
    read_map,
    too_large,
)
from app.model.bulk import collector_paused
from app.model.records import Record

TEMPORARY_PREFIX = ".~"
LEFTOVER_SECONDS = 3600
WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

INVALID_NAME = 123
"""What Windows says of “CON” and “What?”; the errno that goes with it tells nothing."""

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
    errno.EBUSY: "it is in use",
    errno.ETXTBSY: "it is in use",
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
    wait: Wait = time.sleep,
) -> MapFile:
    """Writes a map and returns it as it now is on disk.

    `path` None: where it came from. `expected` is the state in which the file on disk must be, by default the one in
    which `content` was last read from or written to the same path; the file may also be gone. A map that was never
    at that path replaces whatever is there, and so does one with `force`: ask the user first. `wait` lets seconds pass
    while another program holds the file, about two in all.

    Raises InvalidMap where what was written could not be opened again, ChangedOnDisk, HeldByAnother, and CannotWrite
    for anything else the disk objects to. After any of them the file on disk is as it was.
    """
    file = content if isinstance(content, MapFile) else MapFile(tuple(content))
    if path is None and file.path is None:
        raise ValueError("a new map needs a path")
    target = Path(path if path is not None else file.path or "")
    if expected is None and file.path is not None and same_place(target, file.path):
        expected = file.fingerprint
    with collector_paused():
        file = as_written(file)
        data = packed(file)
        written = _read_back(file, data)
    _write(target, data, None if force else expected, wait)
    return replace(written, path=target, fingerprint=fingerprint_of(data), read_only=False)


def fingerprint_at(path: Path) -> Fingerprint | None:
    """The state of the file on disk; None where it is not there. Raises CannotRead where nobody can tell."""
    try:
        with real_place(path).open("rb") as stream:
            return Fingerprint(hashlib.file_digest(stream, "sha256").hexdigest())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CannotRead(f"{_quoted(path)} cannot be read: {reason(error)}.") from error


def is_read_only(path: Path) -> bool:
    """Whether saving to this path is bound to fail: the file or its folder takes no changes."""
    target = real_place(path)
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
    """What is in a file. Raises CannotRead, and TooLarge for more than a map can hold."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise CannotRead(f"{_quoted(path)} is not a file that can be read.")
        if state.st_size > limits.FILE_BYTES:
            raise too_large()
        with path.open("rb") as stream:
            return stream.read(limits.FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CannotRead(f"{_quoted(path)} cannot be read: {reason(error)}.") from error


def _write(path: Path, data: bytes, expected: Fingerprint | None, wait: Wait) -> None:
    try:
        target = real_place(path)
        before = patiently(lambda: _check_on_disk(target, expected), wait)
        _replace(target, data, before, expected, wait)
    except Held as held:
        raise HeldByAnother(
            f"{_quoted(path)} cannot be saved: {reason(held.error)}, perhaps because another program holds it; "
            "nothing was changed on disk."
        ) from held.error
    except (OSError, ValueError) as error:
        raise CannotWrite(f"{_quoted(path)} cannot be saved: {reason(error)}; nothing was changed on disk.") from error
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


def _replace(
    target: Path, data: bytes, before: os.stat_result | None, expected: Fingerprint | None, wait: Wait
) -> None:
    temporary = target.with_name(f"{_temporary_stem(target)}{os.urandom(6).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # Nobody else may look into a copy of a confidential file before it has the file's own mode.
    handle = os.open(temporary, flags, 0o666 if before is None else 0o600)
    try:
        try:
            _fill(handle, data, before)
        finally:
            os.close(handle)
        with Gate(target.with_name(f"{_temporary_stem(target)}gate"), wait) as gate:
            patiently(lambda: _swap(temporary, target, gate, before, expected), wait)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def _swap(
    temporary: Path, target: Path, gate: Gate, before: os.stat_result | None, expected: Fingerprint | None
) -> None:
    """Puts the new file in place of the one that was compared. Touched since then it is compared again."""
    if expected is not None and _identity(_state(target)) != _identity(before):
        _check_on_disk(target, expected)
    if not gate.is_own:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
    temporary.replace(target)


def _fill(handle: int, data: bytes, before: os.stat_result | None) -> None:
    if before is not None and sys.platform != "win32":
        for owner, group in ((-1, before.st_gid), (before.st_uid, -1)):
            with suppress(OSError):
                os.fchown(handle, owner, group)
        os.fchmod(handle, stat.S_IMODE(before.st_mode))
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    sync(handle)
    if os.fstat(handle).st_size != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def sync_file(path: Path) -> None:
    """Makes what is in a file last through a power cut. Raises OSError."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))  # Windows syncs what may be written to alone
    try:
        sync(handle)
    finally:
        os.close(handle)


def sync(handle: int) -> None:
    """Has what was written put on the disk. Raises OSError."""
    if sys.platform == "darwin":  # there the drive may keep it in its own memory unless it is told not to
        import fcntl

        with suppress(OSError):  # not every file system can
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Makes the new name last through a power cut. Some file systems cannot, and Windows has no such call."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            sync(handle)
        finally:
            os.close(handle)


def _tidy_up(target: Path) -> None:
    """Removes what earlier saves of this file left behind when they were killed, but nothing that may be in use."""
    with suppress(OSError):
        for leftover in target.parent.glob(f"{_temporary_stem(target)}*.tmp"):
            if time.time() - leftover.stat().st_mtime > LEFTOVER_SECONDS:
                leftover.unlink()


def _temporary_stem(target: Path) -> str:
    """Short, so that no name is too long with it; programs that sync folders pass over the prefix.

    All who save the file have the same, also where a file system takes “Tour” and “tour” for one name.
    """
    return f"{TEMPORARY_PREFIX}{hashlib.sha256(os.fsencode(_plain_name(target))).hexdigest()[:8]}-"


def _plain_name(path: Path) -> str:
    """What the coarsest file system goes by: it tells apart neither large and small letters nor ways to write “ü”."""
    return unicodedata.normalize("NFC", path.name).casefold()


def real_place(path: Path) -> Path:
    """The file itself, through all links."""
    return Path(os.path.realpath(path))


def same_place(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, through links, or in letters that the file system does not tell apart.

    Hard links of other names are files of their own: saving one leaves the other as it is.
    """
    with suppress(OSError, ValueError):
        one, other = real_place(one), real_place(other)
        return one == other or (_plain_name(one) == _plain_name(other) and one.samefile(other))
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


def reason(error: OSError | ValueError) -> str:
    """What the disk objects to, in words that end a sentence."""
    if isinstance(error, OSError) and error.errno is not None and getattr(error, "winerror", None) != INVALID_NAME:
        return _REASONS.get(error.errno) or os.strerror(error.errno).lower()
    return "its name is not one a file can have"


def _quoted(path: Path) -> str:
    """A name for a sentence; what would break the line or turn it round is left out."""
    return f"“{''.join(char if char.isprintable() else '_' for char in path.name or str(path))}”"
