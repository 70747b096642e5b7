"""A part of a map's file without the rest: a start page shows twenty thumbnails and must not load twenty maps, and
which map a file holds stands in its manifest.

Read with the same suspicion as the rest: bounded, checked against its checksum, and its size in pixels looked at before
any decoder sees it.
"""

from __future__ import annotations

import os
import stat
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

from app.files import limits
from app.files.container import CENTRAL, CENTRAL_MAGIC, END, END_MAGIC, LOCAL, LOCAL_MAGIC, STORED
from app.files.errors import FileError
from app.files.manifest import Manifest, read_manifest
from app.files.mapfile import MANIFEST_PART, THUMBNAIL_PART
from app.model.picture_headers import picture_size

THUMBNAIL_BYTES = 4 * limits.MIB
DIRECTORY_BYTES = 2 * limits.MIB


def read_thumbnail(path: str | os.PathLike[str]) -> bytes | None:
    """The PNG in a map's file; None where there is none, or where the file is not as a map's should be."""
    picture = _part(path, THUMBNAIL_PART, THUMBNAIL_BYTES)
    return picture if picture is not None and _is_fit(picture) else None


def manifest_in(path: str | os.PathLike[str]) -> Manifest | None:
    """The manifest of a map's file; None where it cannot be read, or is packed, as Journey Mapper never does."""
    text = _part(path, MANIFEST_PART, limits.MANIFEST_BYTES)
    if text is None:
        return None
    try:
        return read_manifest(text)
    except FileError:
        return None


def _part(path: str | os.PathLike[str], name: str, most: int) -> bytes | None:
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            return None  # a pipe would keep us waiting for ever
        with Path(path).open("rb") as stream:
            return _find(stream, name.encode(), most)
    except (OSError, ValueError, struct.error):
        return None


def _find(stream: BinaryIO, name: bytes, most: int) -> bytes | None:
    stream.seek(0, os.SEEK_END)
    end = stream.tell() - END.size
    if end < 0:
        return None
    magic, _, _, _, count, size, at, _ = END.unpack(_read(stream, end, END.size))
    if magic != END_MAGIC or at + size != end or size > DIRECTORY_BYTES or count > limits.PARTS:
        return None
    return _find_in(stream, _read(stream, at, size), name, most)


def _find_in(stream: BinaryIO, directory: bytes, name: bytes, most: int) -> bytes | None:
    at = 0
    while at < len(directory):
        fields = CENTRAL.unpack_from(directory, at)
        magic, _, _, _, method, _, _, crc, packed, size, name_size, extra_size, comment_size, *_, offset = fields
        if magic != CENTRAL_MAGIC:
            return None
        start = at + CENTRAL.size
        if directory[start : start + name_size] == name:
            is_plain = method == STORED and packed == size <= most
            return _read_part(stream, offset, size, crc) if is_plain else None
        at = start + name_size + extra_size + comment_size
    return None


def _read_part(stream: BinaryIO, offset: int, size: int, crc: int) -> bytes | None:
    magic, *_, name_size, extra_size = LOCAL.unpack(_read(stream, offset, LOCAL.size))
    content = _read(stream, offset + LOCAL.size + name_size + extra_size, size)
    return content if magic == LOCAL_MAGIC and zlib.crc32(content) == crc else None


def _read(stream: BinaryIO, at: int, size: int) -> bytes:
    """So many bytes from there. Raises ValueError where the file ends before."""
    stream.seek(at)
    data = stream.read(size)
    if len(data) < size:
        raise ValueError("the file is cut off")
    return data


def _is_fit(picture: bytes) -> bool:
    size = picture_size("png", picture)
    if size is None or max(size) > limits.PICTURE_SIDE:
        return False
    return size[0] * size[1] <= limits.THUMBNAIL_PIXELS
