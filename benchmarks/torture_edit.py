"""Kills an editing process at random moments and looks at its journal: ``python -m benchmarks.torture_edit [kills]``.

A child edits a map through the document, with its journal as a window has it: cards put, renamed, moved and removed,
steps undone and redone, saves in between, a transaction left open. After each move it tells through a pipe what the map
then is (a digest of records and history) and when that was. It is killed with SIGKILL. Then the journal it left must be
readable, and hold one of the states that were told, with its history, and none older than a second before the end: the
program promises a quarter of one. Where all was saved there may be none.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import struct
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple, NoReturn

from app.files import open_map, save
from app.files.journal.keeping import Journal
from app.files.journal.recovery import find_lost
from app.model.document import Document
from app.model.edits import add_card, delete, set_map
from app.model.records import Lane, MapRecord, Stage, Step
from app.window.session import Session

KILLS = 600
LONGEST = 1.2
"""Seconds after which a child is killed, at most."""

PROMISED = 1.0
"""Seconds of work that may be lost."""

TOLD = struct.Struct("<d16s?")


class State(NamedTuple):
    """When it was reached (monotonic clock), what it is, and whether the file holds it."""

    at: float
    digest: bytes
    is_saved: bool


class Result(NamedTuple):
    """`late`: kills after which more than a second was lost; `unreadable`, `strange` and `late` must be 0."""

    kills: int
    edits: int
    restored: int
    unreadable: int
    strange: int
    late: int


def main(kills: int = KILLS) -> int:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        result, longest = torture(Path(folder), kills)
    print(
        f"{result.kills} kills, {result.edits} edits told, {result.restored} maps restored: "
        f"{result.unreadable} journals unreadable, {result.strange} restored to a state that never was, "
        f"{result.late} times more than {PROMISED:.0f} s lost; the most was {longest:.2f} s "
        f"({time.perf_counter() - start:.0f} s)"
    )
    return 1 if result.unreadable or result.strange or result.late else 0


def torture(folder: Path, kills: int, seed: int = 1) -> tuple[Result, float]:
    """Also the longest time in s whose edits were lost."""
    chance = random.Random(seed)
    counted: Counter[str] = Counter()
    longest = 0.0
    for number in range(kills):
        root = folder / "journals"
        path = _new_map(folder) if number % 2 else None
        told, end = _killed(root, path, seed + number, chance.uniform(0.02, LONGEST))
        counted["edits"] += len(told)
        found = find_lost(root)
        counted["unreadable"] += len(found.unreadable)
        states = {state.digest: state for state in told}
        kept = {digest_of(lost.document) for lost in found.lost}
        counted["restored"] += len(kept)
        counted["strange"] += len(kept - states.keys())
        reached = max((states[each].at for each in kept & states.keys()), default=_when_saved(told))
        lost = [state.at for state in told if state.at > reached]
        seconds = end - min(lost) if lost else 0.0
        counted["late"] += seconds > PROMISED
        longest = max(longest, seconds)
        shutil.rmtree(root, ignore_errors=True)
    return Result(kills, **{name: counted[name] for name in Result._fields[1:]}), longest


def digest_of(document: Document) -> bytes:
    """Records, and what can be undone and redone; `steps` says too which of it is saved."""
    undo, redo, saved = document.history.steps()
    words = [repr(sorted(map(repr, document.store)))]
    words += [repr((entry.label, sorted(entry.diff.items()))) for entry in (*undo, *redo)]
    return hashlib.sha256(repr((words, len(undo), saved)).encode()).digest()[:16]


def _when_saved(told: list[State]) -> float:
    """Without a journal the map is as in its file: as it was when that was last so."""
    return max((state.at for state in told if state.is_saved), default=0.0)


def _killed(root: Path, path: Path | None, seed: int, after: float) -> tuple[list[State], float]:
    """Lets a child edit and kills it so many seconds later: what it told, and when it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _edit_for_ever(root, path, random.Random(seed), writer)
    os.close(writer)
    told = bytearray()
    with os.fdopen(reader, "rb", buffering=0) as stream:
        os.set_blocking(stream.fileno(), False)
        end = time.monotonic() + after
        while time.monotonic() < end:
            told += stream.read(65536) or b""
            time.sleep(0.005)
        killed = time.monotonic()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while data := stream.read(65536):
            told += data
    whole = len(told) // TOLD.size * TOLD.size
    return [State(*each) for each in TOLD.iter_unpack(bytes(told[:whole]))], killed


def _edit_for_ever(root: Path, path: Path | None, chance: random.Random, writer: int) -> NoReturn:
    try:
        session = _session(path)
        session.journal = Journal(session, root, lambda reason: print(reason, file=sys.stderr))
        document = session.document
        _tell(writer, document)
        while True:
            _edit(session, chance)
            _tell(writer, document)
            if chance.random() < 0.1:
                document.begin("Drag").put(MapRecord(title="half a drag"))
                time.sleep(chance.random() * 0.02)
                document.abandon()
            time.sleep(chance.random() * 0.01)
    finally:
        os._exit(1)


def _tell(writer: int, document: Document) -> None:
    is_saved = document.history.is_clean
    os.write(writer, TOLD.pack(time.monotonic(), digest_of(document), is_saved))


def _edit(session: Session, chance: random.Random) -> None:
    document = session.document
    cards = list(document.store.ids_of_type("card"))
    match chance.randrange(8):
        case 0:
            document.undo()
        case 1:
            document.redo()
        case 2 if session.path is not None and chance.random() < 0.2:
            session.save(session.path, None)
        case 3 if cards:
            with document.edit("Delete") as tx:
                delete(tx, [chance.choice(cards)])
        case 4 | 5:
            with document.edit("Type", merge_key=chance.randrange(2)) as tx:
                set_map(tx, title=f"Title {chance.random()}")
        case _:
            with document.edit("Add") as tx:
                add_card(tx, "note", "l", "s", title=f"Card {chance.random()}")


def _session(path: Path | None) -> Session:
    if path is not None:
        opened = open_map(path)
        return Session(opened.file, opened.document, path)
    with tempfile.TemporaryDirectory() as folder:  # the file is gone, as a template may be
        opened = open_map(_new_map(Path(folder)))
    return Session(opened.file, opened.document, None)


def _new_map(folder: Path) -> Path:
    path = folder / "map.jmap"
    save([MapRecord(), Stage(id="g"), Step(id="s", stage="g"), Lane(id="l")], path, force=True)
    return path


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
