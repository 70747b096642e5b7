"""How long comparing and merging maps of 10,000 cards takes, against reading one of them from its file.

Both sides change every twentieth card (each another one, and some the same), add 200, delete 200 others and give a
stage another place; the maps are read from bytes apart, so that no two share a record.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable

from app.files import dumps, loads
from app.model.comparison import compare
from app.model.merging import merge
from app.model.records import Record
from benchmarks.bench_files import big_map

ROUNDS = 7
ALLOWED = 3.0
CHANGED, ADDED, DELETED = 500, 200, 200


def main() -> None:
    """Print the ratios. Fails where one is above 3."""
    base = list(big_map())
    data = [dumps(records) for records in (base, changed(base, 2), changed(base, 3))]
    old, mine, theirs = (loads(one).records for one in data)
    merged = merge(old, mine, theirs)
    comparison = compare(old, mine)
    times = _best(
        {
            "read": lambda: loads(data[0]),
            "compare": lambda: compare(old, mine),
            "compare, with all sentences": lambda: len(compare(old, mine).sentences),
            "merge": lambda: merge(old, mine, theirs).records,
            "merge with equal maps": lambda: merge(old, old, old).records,
        }
    )
    print(
        f"{len(old):,} records; {len(comparison.changes):,} changes, {len(merged.conflicts):,} conflicts, "
        f"{len(merged.notes):,} notes"
    )
    for name, seconds in times.items():
        print(f"{name:28} {seconds * 1000:7.1f} ms  {seconds / times['read']:5.2f} × reading")
    assert max(times["compare"], times["merge"]) <= ALLOWED * times["read"]


def changed(base: list[Record], seed: int) -> list[Record]:
    """The map after somebody has worked on it for a day."""
    chance = random.Random(seed)
    records = {record.id: record for record in base}
    cards = [record for record in base if record.type == "card"]
    for card in chance.sample(cards, CHANGED):
        records[card.id] = card.changed(title=f"{card.__dict__['title']} again {seed}", body="")
    for card in chance.sample(cards, ADDED):
        id = f"c_{chance.getrandbits(64):016x}"
        records[id] = card.changed(id=id, title="New")
    named = {record.__dict__[end] for record in base if record.type == "link" for end in ("source", "target")}
    free = [card.id for card in cards if card.id not in named]
    for id in chance.sample(free, DELETED):
        del records[id]
    stage = records["g_010"]
    records["g_010"] = stage.changed(order=f"a{chance.randrange(20, 40):03}z")
    return list(records.values())


def _best(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest of several rounds each, in turns, so that a busy moment hits all alike. Seconds."""
    gc.collect()
    gc.disable()
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            start = time.perf_counter()
            result = task()
            best[name] = min(best[name], time.perf_counter() - start)
            del result
            gc.collect()
    gc.enable()
    return best


if __name__ == "__main__":
    main()
