"""How fast a map of 10,000 cards is opened and saved, against reading the same records as JSON.

The map: 50 stages of 10 steps, 20 lanes, 10,000 cards (each with a title of 6 words, three in ten with a text of 25
words), 10,000 links. Opening is from the file on disk to the validated document with its graph and every rule checked.
The references are `json.loads` of the lines of records.jsonl, one call a line as in any reader of that format, and one
single call on all lines joined to one array, which is as fast as Python's reader gets. All with the collector paused.
"""

from __future__ import annotations

import gc
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.files import MapFile, dumps, open_map, save
from app.files.container import Container
from app.model.kinds import card_kinds
from app.model.records import Lane, Link, MapRecord, Record, Stage, Step
from app.model.registry import record_from_json

STAGES, STEPS_PER_STAGE, LANES, CARDS, LINKS = 50, 10, 20, 10_000, 10_000
ROUNDS = 9
SENTENCE = (
    "availability check the customer waits for an answer and does not know whether it will come: who calls back when "
    "the line was cut, Größe, 5 € more, and nobody says why"
)
WORDS = SENTENCE.split()


def main() -> None:
    records = list(big_map())
    gc.collect()
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.jmap"
        file = save(records, path)
        _report(file, path)


def _report(file: MapFile, path: Path) -> None:
    lines = Container(path.read_bytes()).read("records.jsonl").decode().splitlines()
    joined = f"[{','.join(lines)}]"
    times = _best(
        {
            "json.loads, line by line": lambda: [json.loads(line) for line in lines],
            "json.loads, one array": lambda: json.loads(joined),
            "open": lambda: open_map(path),
            "serialise": lambda: dumps(file),
            "save": lambda: save(file, path, force=True),
        }
    )
    by_line, at_once = times["json.loads, line by line"], times["json.loads, one array"]
    print(f"{len(file.records):,} records, {CARDS:,} of them cards, {path.stat().st_size / 1e6:.1f} MB")
    for name, seconds in times.items():
        ratios = f"{seconds / by_line:5.2f} × line by line {seconds / at_once:6.2f} × one array"
        print(f"{name:26} {seconds * 1000:7.1f} ms  {ratios}")


def _best(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest of several rounds each, in turns, so that a busy moment hits all alike. Seconds."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            gc.collect()
            start = time.perf_counter()
            result = task()
            best[name] = min(best[name], time.perf_counter() - start)
            del result
    return best


def big_map(seed: int = 1) -> Iterator[Record]:
    chance = random.Random(seed)
    steps = [f"s_{chance.getrandbits(64):016x}" for _ in range(STAGES * STEPS_PER_STAGE)]
    lanes = [f"l_{chance.getrandbits(64):016x}" for _ in range(LANES)]
    cards = [f"c_{chance.getrandbits(64):016x}" for _ in range(CARDS)]
    yield MapRecord(title="A large map")
    for number in range(STAGES):
        yield Stage(id=f"g_{number:03}", order=f"a{number:03}x", title=_text(chance, 2))
    for number, id in enumerate(steps):
        yield Step(id=id, stage=f"g_{number // STEPS_PER_STAGE:03}", order=f"a{number:03}x", title=_text(chance, 3))
    for id in lanes:
        yield Lane(id=id, title=_text(chance, 2))
    for id in cards:
        yield _card(chance, id, chance.choice(steps), chance.choice(lanes))
    for _ in range(LINKS):
        source, target = chance.sample(cards, 2)
        yield Link(id=f"k_{chance.getrandbits(64):016x}", source=source, target=target)


def _card(chance: random.Random, id: str, step: str, lane: str) -> Record:
    values = {"id": id, "type": "card", "kind": chance.choice(list(card_kinds())), "step": step, "lane": lane}
    values |= {"order": f"a{chance.randrange(1, 10)}", "title": _text(chance, 6)}
    if chance.random() < 0.3:
        values["body"] = _text(chance, 25)
    if values["kind"] == "touchpoint":
        values["channel"] = "website"
    return record_from_json(values)


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


if __name__ == "__main__":
    main()
