"""What an edit costs with the journal, against the same edit without: medians of one run in which both take turns.

Two windows' worth of the same map of 10,000 cards, one with a journal on the disk and one without. The edits are those
of `bench_edit_model`, and a drag of 500 cards. What the journal's thread does in the meantime counts too, as far as it
holds the edits up. The last column is what the thread needs for itself, for each edit, away from the user.
"""

from __future__ import annotations

import gc
import statistics
import tempfile
import time
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


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain, kept = (Bench(10_000, 100, 20) for _ in range(2))
        path = Path(folder) / "map.jmap"
        save(plain.document.records, path)
        session = Session(open_map(path).file, kept.document, path)
        journal = Journal(session, Path(folder) / "journal", print)
        kept.set_title(kept.cards[0])
        journal.flush(wait=True)
        for _ in range(ROUNDS):  # until both maps are as warm as they get
            plain.time("set title"), kept.time("set title")
        print(f"{'':24}{'without':>12}{'with':>12}{'ratio':>8}{'thread':>12}")
        for name in ("set title", "add card", "move card between cells", "delete card", "undo", "redo", "drag 500"):
            _compare(name, plain, kept, journal)
        journal.close()


def _compare(name: str, plain: Bench, kept: Bench, journal: Journal) -> None:
    times: tuple[list[float], list[float]] = ([], [])
    rounds = ROUNDS if name != "drag 500" else ROUNDS // 20
    gc.collect()
    gc.disable()
    process, thread = time.process_time(), time.thread_time()
    for number in range(rounds):
        for bench, found in ((plain, times[0]), (kept, times[1]))[:: 1 if number % 2 else -1]:
            found.append(_drag(bench) if name == "drag 500" else bench.time(name))
        time.sleep(PAUSE)
    journal.flush(wait=True)
    others = (time.process_time() - process) - (time.thread_time() - thread)
    gc.enable()
    first, second = (statistics.median(found) * 1e6 for found in times)
    print(f"{name:24}{first:9.1f} µs{second:9.1f} µs{second / first:8.2f}{others / rounds * 1e6:9.1f} µs")


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
