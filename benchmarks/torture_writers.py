"""Two programs that save one map again and again: ``python -m benchmarks.torture_writers [saves]``.

Each is a process of its own, knows nothing of the other, and edits cards of its own, one per save. Where the file was
changed meanwhile it reads what is there, merges, and saves again. In the end every edit must be in the file.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.files import ChangedOnDisk, MapFile, load, save
from app.model.kinds import card_kinds
from app.model.merging import merge
from app.model.records import Lane, MapRecord, Record, Stage, Step

SAVES = 200
WRITERS = ("a", "b")
BEFORE, AFTER = "as it was", "edited by {writer}"


def main(saves: int = SAVES) -> int:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.jmap"
        kept, merges = torture(path, saves)
        left = sorted(entry.name for entry in Path(folder).iterdir())
    edits = saves * len(WRITERS)
    print(
        f"{len(WRITERS)} writers, {saves} saves each, {merges} of them after a merge: {kept} of {edits} edits kept, "
        f"left beside the map: {left[1:]} ({time.perf_counter() - start:.0f} s)"
    )
    return 0 if kept == edits and left == ["map.jmap"] else 1


def torture(path: Path, saves: int) -> tuple[int, int]:
    """How many edits are in the file in the end, and how many saves had to merge."""
    save(_records(saves), path)
    command = [sys.executable, "-m", "benchmarks.torture_writers", str(saves), str(path)]
    root = Path(__file__).parents[1]
    running = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, cwd=root) for name in WRITERS]
    merges = sum(int(each.communicate()[0]) for each in running)
    titles = {record.id: getattr(record, "title", "") for record in load(path).records}
    wanted = {_id(name, number): AFTER.format(writer=name) for name in WRITERS for number in range(saves)}
    return sum(titles.get(id) == title for id, title in wanted.items()), merges


def write(path: Path, writer: str, saves: int) -> int:
    """Saves so many times; how many of the saves came after a merge."""
    file, merges = load(path), 0
    for number in range(saves):
        base = file
        file = base.holding(_edited(base.records, _id(writer, number), AFTER.format(writer=writer)))
        while True:
            try:
                file = save(file)
            except ChangedOnDisk:
                theirs = load(path)
                records = merge(*(_by_id(each) for each in (base, file, theirs))).records
                base, file = theirs, theirs.holding(records)
                merges += 1
            else:
                break
    return merges


def _by_id(file: MapFile) -> dict[str, Record]:
    return {record.id: record for record in file.records}


def _edited(records: tuple[Record, ...], id: str, title: str) -> list[Record]:
    return [record.changed(title=title) if record.id == id else record for record in records]


def _id(writer: str, number: int) -> str:
    return f"c_{writer}{number}"


def _records(saves: int) -> list[Record]:
    note = card_kinds()["note"].record
    ids = [_id(name, number) for name in WRITERS for number in range(saves)]
    cards = [note(id=id, kind="note", step="s", lane="l", title=BEFORE) for id in ids]
    return [MapRecord(title="Shared"), Stage(id="g"), Step(id="s", stage="g"), Lane(id="l"), *cards]


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(write(Path(sys.argv[2]), sys.argv[3], int(sys.argv[1])))
    else:
        sys.exit(main(*map(int, sys.argv[1:2])))
