"""Saves on disks of every size: ``python -m benchmarks.torture_disk [sizes]``.

Once the system lets no file grow beyond a size, once a small disk in memory holds only so much beside the map; the
second only where one may mount. Each time the save must say in a sentence what is wrong, and leave the file byte for
byte as it was and nothing beside it; with room enough it must succeed.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from app.files import CannotWrite, dumps, load, save
from app.model.kinds import card_kinds
from app.model.records import Lane, MapRecord, Record, Stage, Step

SIZES = 64
CARDS = 300
PAGE = 4096


class Result(NamedTuple):
    """How often there was too little room; how often the file was then the old one to the byte, with nothing beside
    it; how often a sentence said so."""

    tries: int
    whole: int
    said: int

    @property
    def is_good(self) -> bool:
        return self.tries > 0 and self.tries == self.whole == self.said


def main(sizes: int = SIZES) -> int:
    results = {"files that may not grow": _limited(sizes), "a small disk": _small_disk(sizes)}
    for name, result in results.items():
        if result is None:
            print(f"{name}: mounting is not allowed here")
        else:
            print(f"{name}: {result.tries} saves without room, {result.whole} files whole, {result.said} messages")
    return 0 if all(result is None or result.is_good for result in results.values()) else 1


def _limited(sizes: int) -> Result:
    """No file may be larger than a part of what is to be written."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.jmap"
        save(_records("old"), path)
        full = _size_of_save(path)
        counts = [_tried(path, files_limited_to(full * place // sizes)) for place in range(sizes)]
        save(load(path).holding(_records("new")))
    return _counted(counts)


def _small_disk(sizes: int) -> Result | None:
    """A disk in memory on which something else leaves only so many bytes free."""
    full = 2 * len(dumps(_records("new")))
    with tempfile.TemporaryDirectory() as folder:
        size = f"size={4 * full // PAGE * PAGE}"
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=False, capture_output=True
        ).returncode:
            return None
        try:
            path = Path(folder) / "maps" / "map.jmap"
            path.parent.mkdir()
            save(_records("old"), path)
            full = _size_of_save(path)
            counts = [_tried(path, _free(Path(folder), full * place // sizes)) for place in range(sizes)]
            save(load(path).holding(_records("new")))
        finally:
            subprocess.run(["umount", folder], check=True)
    return _counted(counts)


def _size_of_save(path: Path) -> int:
    """How many bytes the new file takes, with what it remembers of the old one."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / path.name
        save(load(path).holding(_records("new")), other)
        return other.stat().st_size


def _tried(path: Path, room: AbstractContextManager[None]) -> tuple[bool, bool]:
    """Whether the file is the old one with nothing beside it, and whether a sentence says what is wrong."""
    before, said = path.read_bytes(), ""
    file = load(path).holding(_records("new"))
    with room:
        try:
            save(file)
        except CannotWrite as error:
            said = str(error)
    is_whole = path.read_bytes() == before and [each.name for each in path.parent.iterdir()] == [path.name]
    return is_whole, said.startswith("“map.jmap” cannot be saved: ") and said.endswith("nothing was changed on disk.")


def _counted(counts: list[tuple[bool, bool]]) -> Result:
    return Result(len(counts), sum(whole for whole, _ in counts), sum(said for _, said in counts))


@contextmanager
def files_limited_to(size: int) -> Iterator[None]:
    """For a while no file of this process grows beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def _free(disk: Path, size: int) -> Iterator[None]:
    """Fills the disk until so many bytes are left, in whole pages."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(PAGE))
        except OSError:
            stream.truncate(max(0, filler.stat().st_size - size // PAGE * PAGE))
    try:
        yield
    finally:
        filler.unlink()


def _records(title: str) -> list[Record]:
    note = card_kinds()["note"].record
    cards = [
        note(id=f"c_{number}", kind="note", step="s", lane="l", title=f"{title} {number}") for number in range(CARDS)
    ]
    return [MapRecord(title=title), Stage(id="g"), Step(id="s", stage="g"), Lane(id="l"), *cards]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
