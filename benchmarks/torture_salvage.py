"""Damages the samples in many ways and counts what comes back: ``python -m benchmarks.torture_salvage [files]``.

Files are cut off, have bits flipped, stretches wiped out, overwritten, moved or left out, and lose their beginning; one
in three was packed anew by another program first. Every result must be a sound map that survives being written and
read; the median of the cards that come back must be at least 95 %.
"""

from __future__ import annotations

import io
import random
import statistics
import sys
import time
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from app.files import dumps, loads
from app.files.salvage import NothingToSalvage, salvage_bytes
from app.model.records import Card
from app.paths import sample_dir

FILES = 1500
ENOUGH = 0.95

Damage = Callable[[bytearray, random.Random], bytearray]


class Result(NamedTuple):
    """`median` and `mean` are shares of cards; `failed` files raised something or gave a map that is not sound."""

    files: int
    median: float
    mean: float
    unsalvaged: int
    failed: int
    slowest: float


def main(files: int = FILES) -> int:
    start = time.perf_counter()
    result = torture(files)
    print(
        f"{result.files} damaged files: {result.median:.1%} of the cards salvaged in the median, {result.mean:.1%} in "
        f"the mean; nothing readable in {result.unsalvaged}, {result.failed} failed "
        f"(slowest {result.slowest:.2f} s, all {time.perf_counter() - start:.0f} s)"
    )
    return 1 if result.failed or result.median < ENOUGH else 0


def torture(files: int, seed: int = 1) -> Result:
    chance = random.Random(seed)
    wholes = [path.read_bytes() for path in sorted(sample_dir().glob("*.jmap"))]
    samples = [(data, _cards(data)) for data in wholes]
    shares: list[float] = []
    failed = unsalvaged = 0
    slowest = 0.0
    for number in range(files):
        data, cards = samples[number % len(samples)]
        if chance.random() < 1 / 3:
            data = packed_anew(data)
        damage = DAMAGES[number % len(DAMAGES)]
        spoilt = bytes(damage(bytearray(data), chance))
        start = time.perf_counter()
        try:
            shares.append(_salvaged(spoilt) / cards)
        except NothingToSalvage:
            shares.append(0.0)
            unsalvaged += 1
        except Exception as error:  # noqa: BLE001 (anything else is what is looked for)
            print(f"file {number} ({damage.__name__}): {type(error).__name__}: {error}", file=sys.stderr)
            failed += 1
        slowest = max(slowest, time.perf_counter() - start)
    return Result(files, statistics.median(shares), statistics.fmean(shares), unsalvaged, failed, slowest)


def _salvaged(data: bytes) -> int:
    """How many cards come back. What comes back must be what a file can hold."""
    opened, report = salvage_bytes(data)
    again = loads(dumps(opened.file))
    assert {record.id: record for record in again.records} == {record.id: record for record in opened.document.records}
    assert report.sentences()
    return report.cards


def _cards(data: bytes) -> int:
    return sum(isinstance(record, Card) for record in loads(data).records)


def packed_anew(data: bytes) -> bytes:
    """The same parts, deflated as other programs do it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return stream.getvalue()


def cut_off(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data) // 10, len(data))]


def beginning_lost(data: bytearray, chance: random.Random) -> bytearray:
    return data[chance.randrange(1, 3000) :]


def bits_flipped(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def wiped_out(data: bytearray, chance: random.Random) -> bytearray:
    start, length = _stretch(data, chance)
    data[start : start + length] = bytes(length)
    return data


def overwritten(data: bytearray, chance: random.Random) -> bytearray:
    start, length = _stretch(data, chance)
    data[start : start + length] = chance.randbytes(length)
    return data


def left_out(data: bytearray, chance: random.Random) -> bytearray:
    start, length = _stretch(data, chance)
    del data[start : start + length]
    return data


def doubled(data: bytearray, chance: random.Random) -> bytearray:
    start, length = _stretch(data, chance)
    data[start:start] = data[start : start + length]
    return data


def turned_to_text(data: bytearray, _chance: random.Random) -> bytearray:
    """What a mail program or FTP makes of a file that it takes for text."""
    return bytearray(bytes(data).replace(b"\n", b"\r\n"))


def _stretch(data: bytearray, chance: random.Random) -> tuple[int, int]:
    length = chance.choice([16, 100, 512, 512, 4096])
    start = chance.randrange(max(1, len(data) - length))
    return start, min(length, len(data) - start)


DAMAGES: tuple[Damage, ...] = (
    *(cut_off, bits_flipped, wiped_out, cut_off, bits_flipped, wiped_out),
    *(beginning_lost, overwritten, left_out, doubled, turned_to_text),
)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
