"""A damaged file is refused or read as it was written, never read as something else, and never with another error."""

import random

from app.files import FileError, MapFile, dumps, loads
from app.model.records import Record
from tests.files import builders as build

CONTENT = MapFile(
    tuple(build.records()),
    thumbnail=build.PNG,
    parts={"history/1": b"h", **build.media(build.JPG, "jpg")},
    extras={"a": 1},
)
DATA = dumps(CONTENT)


def read(data: bytes) -> MapFile | None:
    try:
        return loads(data)
    except FileError:
        return None


def content(file: MapFile) -> tuple[dict[str, Record], object, object, object]:
    return {record.id: record for record in file.records}, file.thumbnail, dict(file.parts), dict(file.extras)


WHOLE = content(loads(DATA))


def accepted_with_other_content(data: bytes) -> bool:
    file = read(data)
    return file is not None and content(file) != WHOLE


def test_cut_off_anywhere() -> None:
    assert [length for length in range(0, len(DATA), 7) if read(DATA[:length]) is not None] == []


def test_single_bits_flipped() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        spoilt = bytearray(DATA)
        spoilt[chance.randrange(len(DATA))] ^= 1 << chance.randrange(8)
        assert not accepted_with_other_content(bytes(spoilt))


def test_bytes_changed_moved_and_zeroed() -> None:
    chance = random.Random(8)
    for _ in range(1000):
        spoilt = bytearray(DATA)
        start, length = chance.randrange(len(DATA)), chance.randrange(1, 60)
        piece = bytes(spoilt[start : start + length])
        spoilt[start : start + length] = chance.choice(
            [b"", piece + piece, bytes(len(piece)), piece[::-1], chance.randbytes(len(piece))]
        )
        assert not accepted_with_other_content(bytes(spoilt))


def test_noise() -> None:
    chance = random.Random(9)
    for length in (1, 10, 100, 1000):
        noise = chance.randbytes(length)
        for head in (b"", b"PK\x03\x04", DATA[:73]):
            assert read(head + noise) is None
