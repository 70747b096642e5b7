"""Sizes of pictures from their first bytes alone: no decoder sees a hostile picture before its size is known."""

from __future__ import annotations

import struct
from collections.abc import Callable

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
MOST_SEGMENTS = 10_000
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})


def picture_size(kind: str, data: bytes) -> tuple[int, int] | None:
    """Width and height in px of a picture that claims to be a `png`, `jpg` or `webp`; None where it is not."""
    try:
        size = _READERS[kind](data)
    except (struct.error, IndexError):
        return None
    return size if size is not None and min(size) > 0 else None


def scans(kind: str, data: bytes) -> int:
    """How often a decoder goes over all the pixels, or a little more often: the scans of a JPEG.

    Within the pixels their mark cannot be (ITU-T T.81, F.1.2.3), beside them, say in a thumbnail, it can.
    """
    return data.count(b"\xff\xda") if kind == "jpg" else 1


def _png(data: bytes) -> tuple[int, int] | None:
    """PNG specification, 11.2.2: the header chunk comes first."""
    if data[:8] != PNG_MAGIC or data[8:16] != b"\x00\x00\x00\rIHDR":
        return None
    width, height = struct.unpack_from(">2L", data, 16)
    return width, height


def _jpg(data: bytes) -> tuple[int, int] | None:
    """ITU-T T.81, annex B: the size is in the frame header, after any number of other segments."""
    if data[:3] != b"\xff\xd8\xff":
        return None
    at = 2
    for _ in range(MOST_SEGMENTS):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in _FRAME_HEADERS:
            height, width = struct.unpack_from(">2H", data, at + 5)
            return width, height
        if marker == 0xFF:
            at += 1
        elif marker in _WITHOUT_LENGTH:
            at += 2
        else:
            at += 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    """RFC 9649, sections 2.5 to 2.7: simple lossy, simple lossless and extended files."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    kind = data[12:16]
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<2H", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<L", data, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None


_READERS: dict[str, Callable[[bytes], tuple[int, int] | None]] = {"png": _png, "jpg": _jpg, "webp": _webp}
