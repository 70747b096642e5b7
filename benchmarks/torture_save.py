"""Kills a saving process at random moments and looks at what it left: ``python -m benchmarks.torture_save [kills]``.

A child saves one revision after the other and tells the number of each through a pipe after `save` has returned. It is
killed with SIGKILL at a random moment of the first few saves. Then the file must open, with every check of a stranger's
file, and hold the last revision told or a later one. The child is forked, not started, so that a kill takes
milliseconds; it never returns into the parent's code.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple, NoReturn

from app.files import FileError, load, save
from app.model.kinds import card_kinds
from app.model.records import Lane, MapRecord, Record, Stage, Step

KILLS = 1000
CARDS = 150
SAVES_BEFORE_A_KILL = 10
NUMBER_BYTES = 8


class Result(NamedTuple):
    """`in_mid_save`: kills that left a temporary behind. `unreadable` and `lost` must be 0."""

    kills: int
    acknowledged: int
    in_mid_save: int
    unreadable: int
    lost: int


def main(kills: int = KILLS) -> int:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        result = torture(Path(folder) / "map.jmap", kills)
    print(
        f"{result.kills} kills, {result.in_mid_save} of them while a file was being written, "
        f"{result.acknowledged} saves acknowledged: {result.unreadable} files unreadable, "
        f"{result.lost} acknowledged saves lost ({time.perf_counter() - start:.0f} s)"
    )
    return 1 if result.unreadable or result.lost else 0


def torture(path: Path, kills: int, seed: int = 1) -> Result:
    chance = random.Random(seed)
    records = _records()
    seconds = _seconds_of_a_save(records, path)
    counted: Counter[str] = Counter()
    told = 0
    for _ in range(kills):
        last = _killed(records, path, told, chance.uniform(0, SAVES_BEFORE_A_KILL * seconds))
        counted["acknowledged"] += last - told
        counted["in_mid_save"] += _remove_leftovers(path)
        found = _revision(path)
        counted["unreadable"] += found is None
        counted["lost"] += found is not None and found < last
        told = max(last, found or 0)
    names = Result._fields[1:]
    return Result(kills, **{name: counted[name] for name in names})


def _killed(records: list[Record], path: Path, revision: int, after: float) -> int:
    """Lets a child save from the next revision on and kills it so many seconds later. The last revision it told."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _save_for_ever(records, path, revision, writer)
    os.close(writer)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as stream:
        told = stream.read()
    whole = len(told) // NUMBER_BYTES * NUMBER_BYTES
    return int.from_bytes(told[whole - NUMBER_BYTES : whole]) if whole else revision


def _save_for_ever(records: list[Record], path: Path, revision: int, writer: int) -> NoReturn:
    try:
        file = load(path)
        while True:
            revision += 1
            file = save(file.holding([MapRecord(title=str(revision)), *records]))
            os.write(writer, revision.to_bytes(NUMBER_BYTES))
    finally:
        os._exit(1)


def _revision(path: Path) -> int | None:
    try:
        file = load(path)
    except FileError as error:
        print(error, file=sys.stderr)
        return None
    return next(int(record.title) for record in file.records if isinstance(record, MapRecord))


def _remove_leftovers(path: Path) -> int:
    leftovers = list(path.parent.glob(".~*"))
    for leftover in leftovers:
        leftover.unlink()
    return len(leftovers)


def _seconds_of_a_save(records: list[Record], path: Path) -> float:
    save([MapRecord(title="0"), *records], path)
    start = time.perf_counter()
    for _ in range(5):
        save([MapRecord(title="0"), *records], path)
    return (time.perf_counter() - start) / 5


def _records() -> list[Record]:
    note = card_kinds()["note"].record
    cards = [note(id=f"c_{number}", kind="note", step="s", lane="l", title="Card " * 20) for number in range(CARDS)]
    return [Stage(id="g"), Step(id="s", stage="g"), Lane(id="l"), *cards]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
