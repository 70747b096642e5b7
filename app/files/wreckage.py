"""What is left of a damaged zip: its parts by whatever header still tells of them, and the ground between them.

A part has two headers, its own and one in the table of contents at the end of the file. Either may be gone or lie, so
both are asked, and the one whose checksum fits is believed. Everything is bounded: a hostile file may hold a million
headers, or two thousand that all lead to the same 30 MB.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import chain, groupby, islice
from typing import NamedTuple

from app.files import limits
from app.files.container import CENTRAL, CENTRAL_MAGIC, DEFLATED, LOCAL, LOCAL_MAGIC, PART_NAME, STORED

MOST_HEADS = 2 * limits.PARTS
MOST_MAGICS = 100_000
MOST_UNPACKED = 64 * limits.MIB
MOST_EXAMINED = limits.FILE_BYTES
CHUNK = 512
"""Bytes unpacked at a time: so much at most is lost before the place where a packed part is broken."""


class Head(NamedTuple):
    """What one of the two headers says of the part whose own header is, or was, at `offset`."""

    offset: int
    start: int
    name: str
    method: int
    crc: int
    packed: int
    size: int


class Part(NamedTuple):
    """A part as far as it is there. `is_whole`: its checksum fits. `size`: of the whole part, as its header tells."""

    name: str
    content: bytes | memoryview
    is_whole: bool
    size: int
    is_packed: bool
    start: int
    end: int


def parts_in(data: bytes) -> list[Part]:
    """Every part that a header leads to, in the order of the file. What lies inside a whole part is no part.

    Where its two headers disagree about the name of a whole part it is told under both.
    """
    heads = sorted(set(islice(chain(_local_heads(data), _central_heads(data)), MOST_HEADS)))
    examiner = _Examiner(data, sorted({head.offset for head in heads}))
    found: list[Part] = []
    reached = 0
    for offset, group in groupby(heads, key=lambda head: head.offset):
        if offset < reached:
            continue
        candidates = [examiner.part(head) for head in islice(group, 2)]
        whole = [each for each in candidates if each.is_whole]
        found += whole or candidates[:1]
        reached = max((part.end for part in whole), default=reached)
    return found


def ground_between(data: bytes, parts: list[Part]) -> list[memoryview]:
    """What of a file is in none of these parts, in which a header may have been that is lost."""
    view = memoryview(data)
    spans: list[memoryview] = []
    at = 0
    for part in sorted(parts, key=lambda part: part.start):
        if part.start > at:
            spans.append(view[at : part.start])
        at = max(at, part.end)
    return [*spans, view[at:]] if at < len(data) else spans


class _Examiner:
    """Reads parts, and stops where a file keeps it busy for longer than any map would."""

    def __init__(self, data: bytes, offsets: list[int]) -> None:
        self._view = memoryview(data)
        self._next = dict(zip(offsets, [*offsets[1:], len(data)], strict=False))
        self._examined = MOST_EXAMINED
        self._unpacked = MOST_UNPACKED

    def part(self, head: Head) -> Part:
        is_packed = head.method == DEFLATED
        told = self._view[head.start : head.start + head.packed]
        cut = self._view[head.start : max(head.start, min(head.start + head.packed, self._next[head.offset]))]
        content: bytes | memoryview = b""
        if len(told) <= min(limits.PART_BYTES, self._examined):
            self._examined -= len(told)
            content = self._inflated(told) if is_packed else told
        is_whole = len(content) == head.size and zlib.crc32(content) == head.crc
        if not is_whole and not is_packed:
            content = cut
        length = len(told if is_whole else cut)
        return Part(head.name, content, is_whole, head.size, is_packed, head.start, head.start + length)

    def _inflated(self, packed: memoryview) -> bytes:
        """What can be unpacked, up to where the stream is broken."""
        most = min(self._unpacked, limits.PART_BYTES, max(limits.SMALL_BYTES, len(packed) * limits.PACKING_RATIO))
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        pieces: list[bytes] = []
        length = 0
        try:
            for at in range(0, len(packed), CHUNK):
                piece = unpacker.decompress(packed[at : at + CHUNK], max(1, most - length))
                pieces.append(piece)
                length += len(piece)
                if length >= most or unpacker.eof:
                    break
        except zlib.error:
            pass
        self._unpacked -= length
        return b"".join(pieces)


def _local_heads(data: bytes) -> Iterator[Head]:
    for match in islice(re.finditer(re.escape(LOCAL_MAGIC), data), MOST_MAGICS):
        offset = match.start()
        if offset + LOCAL.size > len(data):
            return
        _, _, _, method, _, _, crc, packed, size, name_size, extra_size = LOCAL.unpack_from(data, offset)
        name = _name(data, offset + LOCAL.size, name_size)
        if name and method in {STORED, DEFLATED}:
            start = offset + LOCAL.size + name_size + extra_size
            yield Head(offset, start, name, method, crc, packed, size)


def _central_heads(data: bytes) -> Iterator[Head]:
    for match in islice(re.finditer(re.escape(CENTRAL_MAGIC), data), MOST_MAGICS):
        try:
            fields = CENTRAL.unpack_from(data, match.start())
        except struct.error:
            return
        _, _, _, _, method, _, _, crc, packed, size, name_size, _, _, _, _, _, offset = fields
        name = _name(data, match.start() + CENTRAL.size, name_size)
        if name and method in {STORED, DEFLATED} and offset + LOCAL.size + name_size < len(data):
            start = offset + LOCAL.size + name_size + _extra_size(data, offset, name_size)
            yield Head(offset, start, name, method, crc, packed, size)


def _extra_size(data: bytes, offset: int, name_size: int) -> int:
    """How much lies between the name and the content, as the part's own header tells; 0 where that is broken."""
    fields = LOCAL.unpack_from(data, offset)
    return int(fields[10]) if fields[0] == LOCAL_MAGIC and fields[9] == name_size else 0


def _name(data: bytes, at: int, size: int) -> str:
    """A name that a part of a map can have; empty for any other."""
    name = data[at : at + min(size, limits.PART_NAME_CHARS)].decode("ascii", "replace")
    return name if len(name) == size and PART_NAME.fullmatch(name) else ""
