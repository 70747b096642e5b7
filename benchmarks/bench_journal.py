"""What an edit costs with the journal, against the same edit without, in one run in which both take turns.

Two maps of the same 10,000 cards; first one of them has a journal on the disk, then the other, for where a map lies in
memory makes a difference of its own. Whoever comes first after a pause finds the processor cold, and takes twice as
long as who comes second: each is first as often as the other, and a figure is the mean of the medians of both places.
The edits are those of `bench_edit_model`, and a drag of 500 cards. What the journal's thread does in the meantime
counts too, as far as it holds the edits up. The last column is what the thread needs for itself, for each edit, away
from the user.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from app.files import open_map, save
from app.files.journal.keeping import Journal
from app.model.edits import move_cards
from app.window.session import Session
from benchmarks.bench_edit_model import Bench

ROUNDS = 600
DRAGGED = 500
PAUSE = 0.002
"""Seconds between two edits: faster than anybody types."""

EDITS = ("set title", "add card", "move card between cells", "delete card", "undo", "redo", "drag 500")


class Times:
    """What was measured of one kind of edit: seconds by whether there was a journal, whose map, and which place."""

    def __init__(self) -> None:
        self.edits: defaultdict[bool, defaultdict[tuple[int, int], list[float]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self.thread = 0.0

    def typical(self, *, kept: bool) -> float:
        return statistics.mean(statistics.median(found) for found in self.edits[kept].values())

    def count(self, *, kept: bool) -> int:
        return sum(map(len, self.edits[kept].values()))


def main() -> None:
    maps = [Bench(10_000, 100, 20) for _ in range(2)]
    times = {name: Times() for name in EDITS}
    for which in range(2):
        with tempfile.TemporaryDirectory() as folder:
            _compare(maps, which, Path(folder), times)
    print(f"{'':24}{'without':>12}{'with':>12}{'ratio':>8}{'thread':>12}")
    for name, found in times.items():
        without, with_journal = found.typical(kept=False), found.typical(kept=True)
        thread = found.thread / found.count(kept=True)
        print(
            f"{name:24}{without * 1e6:9.1f} µs{with_journal * 1e6:9.1f} µs{with_journal / without:8.2f}"
            f"{thread * 1e6:9.1f} µs"
        )


def _compare(maps: list[Bench], which: int, folder: Path, times: dict[str, Times]) -> None:
    """Every edit on both maps, of which that one has a journal."""
    kept = maps[which]
    path = folder / "map.jmap"
    save(kept.document.records, path)
    journal = Journal(Session(open_map(path).file, kept.document, path), folder / "journal", print)
    kept.set_title(kept.cards[0])
    journal.flush(wait=True)
    for _ in range(ROUNDS):  # until both maps are as warm as they get
        for bench in maps:
            bench.time("set title")
    for name in EDITS:
        _take_turns(name, maps, which, times[name], journal)
    journal.close()


def _take_turns(name: str, maps: list[Bench], which: int, times: Times, journal: Journal) -> None:
    gc.collect()
    gc.disable()
    process, thread = time.process_time(), time.thread_time()
    for number in range(ROUNDS if name != "drag 500" else ROUNDS // 20):
        for place in range(2):
            owner = (number + place) % 2
            bench = maps[owner]
            seconds = _drag(bench) if name == "drag 500" else bench.time(name)
            times.edits[owner == which][owner, place].append(seconds)
        time.sleep(PAUSE)
    journal.flush(wait=True)
    times.thread += (time.process_time() - process) - (time.thread_time() - thread)
    gc.enable()


def _drag(bench: Bench) -> float:
    """Seconds that it takes to let go of so many cards somewhere else."""
    cards = list(bench.document.store.ids_of_type("card"))[:DRAGGED]
    start = time.perf_counter()
    with bench.document.edit("Move cards") as tx:
        move_cards(tx, cards, bench.chance.choice(bench.lanes), bench.chance.choice(bench.steps), 0)
    seconds = time.perf_counter() - start
    bench.document.undo()
    return seconds


if __name__ == "__main__":
    main()
