"""The zip around a map: written byte for byte the same each time, read with suspicion.

Reading follows the central directory and holds every local header to it, so that no other program can see another
content in the same file. Nothing is ever unpacked to disk. The layout is that of PKWARE's APPNOTE 6.3.3, sections 4.3
and 4.4, without zip64, encryption and multiple disks.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.files import limits
from app.files.errors import Damaged, NotAMap, TooLarge

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
LOCAL_MAGIC, CENTRAL_MAGIC, END_MAGIC = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

STORED, DEFLATED = 0, 8
ENCRYPTED = 0x0001 | 0x0040 | 0x2000
VERSION_NEEDED = 20
MADE_BY_UNIX = 3 << 8 | VERSION_NEEDED
MIDNIGHT, FIRST_OF_1980 = 0, 1 << 5 | 1
ORDINARY_FILE = 0o100644 << 16

_SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._\-]{0,99}"
PART_NAME = re.compile(rf"{_SEGMENT}(/{_SEGMENT}){{0,4}}", re.ASCII)


class Entry(NamedTuple):
    """What the central directory says of a part. It is not believed before the part has been read."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def write_container(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of the parts in their order, stored, all dated 1980-01-01."""
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, content in parts:
        encoded = name.encode()
        shared = (MIDNIGHT, FIRST_OF_1980, zlib.crc32(content), len(content), len(content), len(encoded))
        chunks += (LOCAL.pack(LOCAL_MAGIC, VERSION_NEEDED, 0, STORED, *shared, 0), encoded, content)
        head = (CENTRAL_MAGIC, MADE_BY_UNIX, VERSION_NEEDED, 0, STORED)
        directory += (CENTRAL.pack(*head, *shared, 0, 0, 0, 0, ORDINARY_FILE, offset), encoded)
        offset += LOCAL.size + len(encoded) + len(content)
    count = len(directory) // 2
    table = b"".join(directory)
    return b"".join((*chunks, table, END.pack(END_MAGIC, 0, 0, count, count, len(table), offset, 0)))


class Container:
    """A zip in memory. The directory is read at once, the parts when asked for."""

    def __init__(self, data: bytes) -> None:
        """Raises NotAMap for anything but a zip, and Damaged where its directory is out of order."""
        if not data.startswith(LOCAL_MAGIC):
            raise NotAMap("The file is not a journey map.")
        self._data = data
        self._directory_at = len(data)
        self.entries: dict[str, Entry] = {}
        for entry in self._read_directory():
            if entry.name in self.entries:
                raise Damaged(f"The file is damaged: it holds two parts named {shown(entry.name)}.")
            self.entries[entry.name] = entry

    def read(self, name: str, limit: int = limits.PART_BYTES) -> bytes:
        """The content of one part, checked against its checksum.

        Raises Damaged, and TooLarge beyond `limit` bytes; the size in the header is not believed.
        """
        entry = self.entries[name]
        if entry.flags & ENCRYPTED:
            raise Damaged(f"The part {shown(name)} is encrypted, which no map is.")
        if entry.method not in {STORED, DEFLATED}:
            raise Damaged(f"The part {shown(name)} is packed in a way that maps never are.")
        if entry.size > limit:
            raise TooLarge(f"The part {shown(name)} is larger than {_megabytes(limit)}, the most this program reads.")
        start, end = self._extent(entry)
        packed = self._data[start:end]
        content = packed if entry.method == STORED else _inflated(entry, packed)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise Damaged(f"The file is damaged: its part {shown(name)} is not as it was written.")
        return content

    def read_all(self) -> Iterator[tuple[str, bytes]]:
        """Every part. Raises what `read` raises, and refuses strange names, overlaps and too much in total."""
        self._check_names()
        self._check_overlaps()
        total = 0
        for name in self.entries:
            content = self.read(name)
            total += len(content)
            if total > limits.ALL_PARTS_BYTES:
                most = _megabytes(limits.ALL_PARTS_BYTES)
                raise TooLarge(f"The parts of the file are larger than {most} together, the most this program reads.")
            yield name, content

    def _read_directory(self) -> Iterator[Entry]:
        count, size, at = self._read_end()
        end = len(self._data) - END.size
        if at + size != end:
            raise Damaged("The file is damaged: its table of contents is not where it should be.")
        self._directory_at = at
        for _ in range(count):
            if at + CENTRAL.size > end:
                raise Damaged("The file is damaged: its table of contents is cut off.")
            entry, at = self._read_entry(at, end)
            yield entry
        if at != end:
            raise Damaged("The file is damaged: its table of contents holds more than it should.")

    def _read_end(self) -> tuple[int, int, int]:
        """Number of entries, size and place of the directory, from the last bytes of the file."""
        tail = self._data[-END.size :]
        if len(tail) < END.size or not tail.startswith(END_MAGIC):
            raise Damaged("The file is damaged: its end is missing.")
        _, disk, first_disk, count_here, count, size, at, comment = END.unpack(tail)
        if disk or first_disk or comment or count_here != count:
            raise Damaged("The file is damaged: its end is not as it was written.")
        if count > limits.PARTS:
            raise TooLarge(f"The file has more than {limits.PARTS:,} parts, the most this program reads.")
        return count, size, at

    def _read_entry(self, at: int, end: int) -> tuple[Entry, int]:
        fields = CENTRAL.unpack_from(self._data, at)
        magic, _, _, flags, method, _, _, crc, packed, size, name_size, extra_size, comment_size, disk, _, _, offset = (
            fields
        )
        name_at = at + CENTRAL.size
        following = name_at + name_size + extra_size + comment_size
        if magic != CENTRAL_MAGIC or disk or following > end:
            raise Damaged("The file is damaged: its table of contents cannot be read.")
        name = self._data[name_at : name_at + name_size].decode("utf-8", "backslashreplace")
        return Entry(name, flags, method, crc, packed, size, offset), following

    def _extent(self, entry: Entry) -> tuple[int, int]:
        """Where the packed bytes of a part begin and end. Raises Damaged where its local header tells another story."""
        if entry.offset + LOCAL.size > self._directory_at:
            raise Damaged(f"The file is damaged: its part {shown(entry.name)} is missing.")
        fields = LOCAL.unpack_from(self._data, entry.offset)
        magic, _, flags, method, _, _, _, _, _, name_size, extra_size = fields
        name_at = entry.offset + LOCAL.size
        name = self._data[name_at : name_at + name_size].decode("utf-8", "backslashreplace")
        start = name_at + name_size + extra_size
        end = start + entry.packed
        agrees = (name, method, flags & ENCRYPTED) == (entry.name, entry.method, entry.flags & ENCRYPTED)
        if magic != LOCAL_MAGIC or not agrees or end > self._directory_at:
            raise Damaged(f"The file is damaged: its part {shown(entry.name)} is not where it should be.")
        return start, end

    def _check_names(self) -> None:
        for name in self.entries:
            if len(name) > limits.PART_NAME_CHARS or not PART_NAME.fullmatch(name):
                raise Damaged(f"The file holds a part with a name that no map uses: {shown(name)}.")
        if len({name.lower() for name in self.entries}) < len(self.entries):
            raise Damaged("The file is damaged: it holds two parts whose names differ only in case.")

    def _check_overlaps(self) -> None:
        reached = 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.offset):
            if entry.offset < reached:
                raise Damaged(f"The file is damaged: its part {shown(entry.name)} lies over another part.")
            reached = self._extent(entry)[1]


def shown(name: str) -> str:
    """A name out of a hostile file, safe and short enough for a message."""
    text = ascii(name)[1:-1]
    return f"“{text if len(text) <= 60 else text[:57] + '…'}”"


def _inflated(entry: Entry, packed: bytes) -> bytes:
    """The unpacked bytes, never more than one above what the directory announced."""
    if entry.size > limits.SMALL_BYTES and entry.size > len(packed) * limits.PACKING_RATIO:
        raise TooLarge(f"The part {shown(entry.name)} is packed so tightly that it is taken for an attack.")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(packed, entry.size + 1)
    except zlib.error:
        raise Damaged(f"The file is damaged: its part {shown(entry.name)} cannot be unpacked.") from None
    if not unpacker.eof or unpacker.unused_data:
        raise Damaged(f"The file is damaged: its part {shown(entry.name)} is not as long as it should be.")
    return content


def _megabytes(size: int) -> str:
    return f"{size // limits.MIB} MB"
