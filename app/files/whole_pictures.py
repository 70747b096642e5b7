"""Whether a picture holds all the rows that its header promises. Decoders fill up what is missing and say nothing."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES: Final = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column, first row and their distances in the passes of an interlaced PNG: PNG specification, 8.2."""

_AT_ONCE: Final = 1 << 20
_FILLING: Final = bytes(range(1, 65))
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_SCAN, _END = 0xDA, 0xD9


def is_png_whole(data: bytes) -> bool:
    """Whether there are as many bytes of pixels as the header asks for. Raises struct.error and zlib.error."""
    needed = _png_bytes(data)
    unpacking = zlib.decompressobj()
    for chunk in _png_pixels(data):
        rest = chunk
        while rest and needed > 0 and not unpacking.eof:
            needed -= len(unpacking.decompress(rest, _AT_ONCE))
            rest = unpacking.unconsumed_tail
        if needed <= 0:
            return True
    return needed <= len(unpacking.flush())


def fuller_jpeg(data: bytes) -> bytes:
    """The JPEG with some more bytes before its end.

    A decoder that has all its rows by then does not look at them. One that has not takes them for pixels, and the
    picture looks otherwise.
    """
    end = _jpeg_end(data)
    return data[:end] + _FILLING + data[end:]


def _png_bytes(data: bytes) -> int:
    width, height, depth, color, _, _, interlaced = struct.unpack_from(">2L5B", data, 16)
    bits = depth * _CHANNELS.get(color, 4)
    if not interlaced:
        return _rows_bytes(width, height, bits)
    return sum(
        _rows_bytes(-(-(width - left) // across), -(-(height - top) // down), bits)
        for left, top, across, down in _PASSES
        if width > left and height > top
    )


def _rows_bytes(width: int, height: int, bits: int) -> int:
    """Each row begins with a byte that says how it is filtered."""
    return height * (1 + (width * bits + 7) // 8)


def _png_pixels(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">L4s", data, at)
        if name == b"IDAT":
            yield data[at + 8 : at + 8 + length]
        at += 12 + length


def _jpeg_end(data: bytes) -> int:
    """Where the end of the picture is marked; others may follow, of which nobody asks."""
    at = 2
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or marker == _END:
            return at
        if marker in _WITHOUT_LENGTH or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == _SCAN:
            at = _scan_end(data, at)
    return at


def _scan_end(data: bytes, at: int) -> int:
    """The first marker after a scan that is none of those within one."""
    while (at := data.find(b"\xff", at)) >= 0:
        if at + 1 < len(data) and data[at + 1] not in {0x00, 0xFF} | _WITHOUT_LENGTH:
            return at
        at += 1
    return len(data)
