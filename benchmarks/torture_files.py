"""Feeds the reader what no honest program writes: ``python -m benchmarks.torture_files [files] [lines]``.

First the hostile corpus of the tests, opened, salvaged and checked by the command, each with its time and the memory of
the process. Then mutated files, and mutated lines of records in files that are otherwise in order. Whatever is accepted
must be a valid map that is the same after being written and read again; anything else must be one of our own errors, a
printable sentence. A file that keeps the reader busy for longer than `PATIENCE` counts as hanging.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from app import cli
from app.files import FileError, dumps, load, loads
from app.files.salvage import salvage, salvage_bytes
from app.model.document import Document
from app.paths import sample_dir, template_dir
from tests.files import builders, hostile, hostile_more

FILES = LINES = 20_000
PATIENCE = 10
MOST_SECONDS = 2.0
MOST_MEGABYTES = 300

Mutation = Callable[[bytes, random.Random], bytes]

PIECES = (
    *(b"NaN", b"1e999", b"-1", b"0", b"null", b"true", b'""', b"[]", b"{}", b'"\\ud800"', b'"\\u0000"', b"\x00"),
    *(b'"id"', b'"type"', b'"map"', b'"card"', b":", b",", b"\n", b"\r\n", b"\xff", b"\xc3", b"\xe2\x80\xae", b"\\"),
    *(
        b"[" * 30,
        b'{"a":' * 30,
        b"9" * 40,
        b"x" * 600,
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"../",
        b"\xed\xa0\x80",
    ),
)


class Hanging(Exception):  # noqa: N818 (it says what the reader does)
    """The reader takes too long."""


class Result(NamedTuple):
    """`crashes`, `hangs` and `wrong` (accepted, and not a valid map that comes back the same) must be 0."""

    tried: int
    accepted: int
    refused: int
    crashes: int
    hangs: int
    wrong: int


class Measured(NamedTuple):
    name: str
    seconds: float
    megabytes: int


def main(files: int = FILES, lines: int = LINES) -> int:
    logging.disable(logging.WARNING)  # what is worth a line in a log is not what is looked for
    start = time.perf_counter()
    measured = measure_corpus()
    slowest, largest = max(measured, key=lambda one: one.seconds), measured[-1].megabytes
    print(
        f"{len(measured)} hostile files opened, salvaged and checked: at most {slowest.seconds:.2f} s ({slowest.name}) "
        f"and {largest} MB"
    )
    whole = torture(mutated_files(files), files)
    print(_sentence("files", whole))
    single = torture(mutated_lines(lines), lines)
    print(f"{_sentence('record lines', single)} ({time.perf_counter() - start:.0f} s)")
    too_much = slowest.seconds > MOST_SECONDS or largest > MOST_MEGABYTES
    return int(too_much or any(result.crashes + result.hangs + result.wrong for result in (whole, single)))


def _sentence(what: str, result: Result) -> str:
    return (
        f"{result.tried:,} mutated {what}: {result.accepted:,} accepted, {result.refused:,} refused; {result.crashes} "
        f"crashes, {result.hangs} hangs, {result.wrong} wrong but accepted"
    )


# The corpus


def measure_corpus() -> list[Measured]:
    """Each hostile file with the time of the longest of the three readings, and the memory of the process by then."""
    made = {name: trick[0] for name, trick in {**hostile.TRICKS, **hostile_more.MORE}.items()}
    measured: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, make in {**made, **hostile_more.ACCEPTED}.items():
            path = Path(folder) / "hostile.jmap"
            _write_elsewhere(path, make)
            measured.append(_measured(name, path))
        for number, place in enumerate(hostile_more.PLACES):
            own = Path(folder) / str(number)
            own.mkdir()
            measured.append(_measured(place.name, place.make(own)))
    return measured


def _write_elsewhere(path: Path, make: Callable[[], bytes]) -> None:
    """In a process of its own, for making a hostile file takes more memory than reading it may."""
    import os

    child = os.fork()
    if child == 0:
        try:
            path.write_bytes(make())
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def _measured(name: str, path: Path) -> Measured:
    longest = 0.0
    for read in (load, salvage, _check):
        start = time.process_time()
        with contextlib.suppress(FileError), _patience():
            read(path)
        longest = max(longest, time.process_time() - start)
    return Measured(name, longest, _most_megabytes())


def _most_megabytes() -> int:
    """The most memory that this process ever had. (`ru_maxrss` counts that of the program which started it, too.)"""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024


def _check(path: Path) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = cli.main(["check", str(path)])
    assert code in {cli.DONE, cli.PROBLEMS, cli.WRONG_USE}, code
    assert "unexpected" not in said.getvalue(), said.getvalue()


# Mutations


def torture(files: Iterator[bytes], tried: int) -> Result:
    counted: Counter[str] = Counter()
    for number, data in enumerate(files):
        outcome = judge(data)
        counted[outcome] += 1
        if outcome not in {"accepted", "refused"}:
            kept = Path(tempfile.gettempdir()) / f"torture-{outcome}-{number}.jmap"
            kept.write_bytes(data)
            print(f"{outcome}: {kept}", file=sys.stderr)
    names = ("accepted", "refused", "crashes", "hangs", "wrong")
    return Result(tried, *(counted[name] for name in names))


def judge(data: bytes) -> str:
    """What became of a file: accepted, refused, crashes, hangs or wrong."""
    try:
        with _patience():
            outcome = _opened(data)
            return outcome if outcome != "refused" else _salvaged(data)
    except Hanging:
        return "hangs"
    except Exception as error:  # noqa: BLE001 (whatever else comes out is what is looked for)
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return "crashes"


def _opened(data: bytes) -> str:
    try:
        file = loads(data)
    except FileError as error:
        return "refused" if str(error).isprintable() and str(error).endswith(".") else "crashes"
    Document(file.records)
    again = loads(dumps(file))
    ids = {record.id: record for record in file.records}
    same = ids == {record.id: record for record in again.records} and dumps(again) == dumps(file)
    return "accepted" if same and len(ids) == len(file.records) else "wrong"


def _salvaged(data: bytes) -> str:
    """What is refused can perhaps be salvaged; what comes of that must be sound too."""
    try:
        opened, report = salvage_bytes(data)
    except FileError:
        return "refused"
    same = {record.id: record for record in loads(dumps(opened.file)).records} == {
        record.id: record for record in opened.document.records
    }
    return "refused" if same and report.sentences() else "wrong"


def mutated_files(count: int, seed: int = 1) -> Iterator[bytes]:
    chance = random.Random(seed)
    wholes = [path.read_bytes() for path in sorted(template_dir().glob("*.jmap"))]
    wholes += [builders.sealed(), (sample_dir() / "hindi.jmap").read_bytes()]
    for _ in range(count):
        data = chance.choice(wholes)
        for _ in range(chance.choice([1, 1, 2, 4])):
            data = chance.choice(MUTATIONS)(data, chance)
        yield data


def mutated_lines(count: int, seed: int = 2) -> Iterator[bytes]:
    """Files that are in order but for one or two lines of their records, so that nothing but the lines is judged."""
    chance = random.Random(seed)
    sources = [[json.dumps(value).encode() for value in builders.SMALL]]
    sources += [_lines(path) for path in sorted(sample_dir().glob("*.jmap"))]
    for _ in range(count):
        lines = list(chance.choice(sources))
        for _ in range(chance.choice([1, 1, 1, 2])):
            at = chance.randrange(len(lines))
            lines[at] = chance.choice(LINE_MUTATIONS)(lines[at], chance)
        yield builders.sealed(b"\n".join(lines) + b"\n")


def _lines(path: Path) -> list[bytes]:
    data = dumps(load(path))
    start = data.index(b"records.jsonl{") + len(b"records.jsonl")
    return data[start : data.index(b"PK\x03\x04", start)].splitlines()


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    if changed:
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice([1, 3, 20, 400]) :]


def _end(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _insert(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(PIECES) + data[start:]


def _replace(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = chance.choice(PIECES)
    return data[:start] + piece + data[start + len(piece) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice([1, 8, 50, 500])]
    return data[:start] + piece * chance.choice([2, 3, 50]) + data[start:]


def _number(data: bytes, chance: random.Random) -> bytes:
    """Another number in a header, which is where lengths and places are."""
    start = chance.randrange(max(1, len(data) - 4))
    return data[:start] + chance.choice([b"\xff\xff\xff\xff", bytes(4), b"\x00\x00\x00\x80"]) + data[start + 4 :]


def _value(line: bytes, chance: random.Random) -> bytes:
    """Another value in a field."""
    try:
        values = json.loads(line)
    except ValueError:
        return line
    if not isinstance(values, dict) or not values:
        return line
    values[chance.choice(list(values))] = chance.choice(
        [None, True, -1, 2**64, 1e308, "", "x" * 20_000, "\x00", "\u202e", [], ["x"] * 600, {}, {"a": {}}, "map", "c_1"]
    )
    return json.dumps(values).encode()


MUTATIONS: tuple[Mutation, ...] = (_flip, _flip, _cut, _end, _insert, _replace, _repeat, _number)
LINE_MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _end, _insert, _replace, _repeat, _value, _value)


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    """Raises Hanging after so many seconds of work."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise Hanging

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
