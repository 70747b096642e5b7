"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.export.errors import ExportError

WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be too large",
    errno.EACCES: "the folder or the file may not be written to",
    errno.EPERM: "the folder or the file may not be written to",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "the folder does not exist",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "the name is too long",
}


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a new file beside `path`; it replaces `path` when the block ends well, else it is removed.

    A symbolic link stays, the file it leads to is replaced; the mode of an old file is kept. Raises ExportError where
    the file cannot be written, whatever OSError was the reason, and at once where an old file is read-only.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".~{secrets.token_hex(6)}{target.suffix}")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory")
        if _is_protected(target):
            raise ExportError(f"“{path.name}” is read-only and was not changed; export under another name.")
        try:
            yield beside
            _keep_mode(target, beside)
            beside.replace(target)
        finally:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        sentence = (
            f"“{path.name}” cannot be written: {reason(error)}. Nothing was changed there; export to another folder."
        )
        raise ExportError(sentence) from error


def _is_protected(path: Path) -> bool:
    """Root may write to anything, but a file marked read-only is meant to stay as it is."""
    return path.exists() and (not path.stat().st_mode & WRITE_BITS or not os.access(path, os.W_OK))


def _keep_mode(old: Path, new: Path) -> None:
    with contextlib.suppress(OSError):
        new.chmod(old.stat().st_mode & 0o777)


def reason(error: OSError) -> str:
    """Why a file could not be written, as the second half of a sentence."""
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


def write_new(path: Path, data: bytes) -> None:
    """Write a file and make sure it is on the disk whole. Raises OSError."""
    with path.open("xb") as file:
        file.write(data)
        finished(file)


def finished(file: BinaryIO) -> None:
    """Make sure that what was written to an open file is on the disk. Raises OSError."""
    file.flush()
    os.fsync(file.fileno())
    if os.fstat(file.fileno()).st_size != file.tell():
        raise OSError(errno.ENOSPC, "written short")
