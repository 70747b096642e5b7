"""What one edit costs in a large map and in a small one: the edit itself and the layout that follows it.

Small: 10 steps × 10 lanes, 100 cards, 100 links. Large: 100 steps × 20 lanes, 10,000 cards, 10,000 links. Both have a
curve lane with a point in every step. The same edits are done in turns in both maps, and undone again; the figures are
medians of an edit with the `MapLayout.update` that follows it. "with painters' questions" adds what a screen asks for
then: the blocks, curves and headers that the layout reports, and the links of those blocks; a block of the large map
holds five times as many cards.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from app.layout.engine import MapLayout
from app.layout.grid import LayoutChange
from app.model.document import Document, Transaction
from app.model.edits import add_card, move_cards, move_point, set_fields
from app.model.kinds import card_kind
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Persona, Record, Stage, Step

ROUNDS = 200
STEPS_PER_STAGE = 5
SENTENCE = "the customer waits for an answer and does not know whether it will come nor who calls back and when"
WORDS = SENTENCE.split()
LONG = "a much longer title that certainly takes more lines than any other card of this row has, so that the row grows"


class Size(NamedTuple):
    """How large a map is."""

    steps: int
    lanes: int
    cards: int
    links: int


SMALL, LARGE = Size(10, 10, 100, 100), Size(100, 20, 10_000, 10_000)


class Bench:
    """A map with its layout, and what an edit is done to."""

    def __init__(self, size: Size) -> None:
        self.document = Document(_records(size))
        self.layout = MapLayout(self.document)
        for key in self.layout.blocks:
            self.layout.block_links(key)
        self.changes: list[LayoutChange] = []
        self.document.subscribe(lambda diff: self.changes.append(self.layout.update(diff)))
        self.step, self.lane = size.steps // 2, size.lanes // 2
        self.card = f"c_{self.step}_{self.lane}_0"

    def edit(self, act: Callable[[Bench, Transaction], object]) -> None:
        with self.document.edit("edit") as tx:
            act(self, tx)

    def answer(self) -> None:
        """What a screen asks for after an edit."""
        layout = self.layout
        for change in self.changes:
            for key in change.blocks:
                assert layout.block(key).cards is not None
                assert layout.block_links(key) is not None
            for lane in change.curves:
                assert layout.curves[lane].points is not None
            assert not change.headers or layout.lane_headers
        self.changes.clear()


EDITS: dict[str, Callable[[Bench, Transaction], object]] = {
    "change a title": lambda bench, tx: set_fields(tx, [bench.card], title="Another title"),
    "change a title, row grows": lambda bench, tx: set_fields(tx, [bench.card], title=LONG, body=LONG * 5),
    "add a card": lambda bench, tx: add_card(tx, "action", f"l_{bench.lane}", f"s_{bench.step}", title="A new card"),
    "move a card": lambda bench, tx: move_cards(tx, [bench.card], f"l_{bench.lane + 1}", f"s_{bench.step + 1}", 0),
    "move a point": lambda bench, tx: move_point(tx, f"p_{bench.step}", f"s_{bench.step}", 0.6, 0.4),
}


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication.instance() or QGuiApplication([])
    benches = {"small": Bench(SMALL), "large": Bench(LARGE)}
    gc.collect()
    gc.freeze()
    for asked in (False, True):
        print("with painters' questions" if asked else "edit and layout")
        print(f"{'':28}{'100 cards':>12}{'10,000':>12}{'ratio':>8}{'undo: ':>16}{'100':>8}{'10,000':>12}{'ratio':>8}")
        for name, act in EDITS.items():
            _report(name, _times(benches, act, asked=asked))
    del app


def _report(name: str, times: dict[str, tuple[float, float]]) -> None:
    (small, small_undo), (large, large_undo) = times["small"], times["large"]
    done = f"{small * 1e6:9.0f} µs{large * 1e6:9.0f} µs{large / small:8.2f}"
    undone = f"{small_undo * 1e6:21.0f} µs{large_undo * 1e6:9.0f} µs{large_undo / small_undo:8.2f}"
    print(f"{name:28}{done}{undone}")


def _times(
    benches: dict[str, Bench], act: Callable[[Bench, Transaction], object], *, asked: bool
) -> dict[str, tuple[float, float]]:
    """Median seconds of doing and of undoing an edit, in turns, so that a busy moment hits all alike."""
    done: dict[str, list[float]] = {name: [] for name in benches}
    undone: dict[str, list[float]] = {name: [] for name in benches}
    for _ in range(ROUNDS):
        for name, bench in benches.items():
            done[name].append(_timed(bench, partial(bench.edit, act), asked))
            undone[name].append(_timed(bench, bench.document.undo, asked))
    return {name: (statistics.median(done[name]), statistics.median(undone[name])) for name in benches}


def _timed(bench: Bench, act: Callable[[], object], asked: bool) -> float:
    start = time.perf_counter()
    act()
    if asked:
        bench.answer()
    seconds = time.perf_counter() - start
    bench.answer()
    return seconds


def _records(size: Size) -> Iterator[Record]:
    chance = random.Random(1)
    yield MapRecord(title="A map")
    yield Persona(id="p", name="Mia")
    yield Lane(id="curve", kind="emotion", title="Emotion", order="a0")
    for number in range(size.steps // STEPS_PER_STAGE):
        yield Stage(id=f"g_{number}", title=_text(chance, 2), order=f"a{number:03}x")
    for number in range(size.steps):
        stage = f"g_{number // STEPS_PER_STAGE}"
        yield Step(id=f"s_{number}", stage=stage, title=_text(chance, 3), order=f"a{number:03}x")
        value = chance.uniform(-2, 2)
        label = _text(chance, 2) if number % 3 == 0 else ""
        yield EmotionPoint(id=f"p_{number}", lane="curve", persona="p", step=f"s_{number}", value=value, label=label)
    for number in range(size.lanes):
        yield Lane(id=f"l_{number}", title=_text(chance, 2), order=f"b{number:03}x")
    cards = list(_cards(chance, size))
    yield from cards
    for number in range(size.links):
        source, target = chance.sample(cards, 2)
        yield Link(id=f"k_{number}", source=source.id, target=target.id)


def _cards(chance: random.Random, size: Size) -> Iterator[Card]:
    for number in range(size.cards):
        step, rest = number % size.steps, number // size.steps
        lane, order = rest % size.lanes, rest // size.lanes
        values = {"id": f"c_{step}_{lane}_{order}", "type": "card", "kind": "action", "title": _text(chance, 5)}
        values |= {"step": f"s_{step}", "lane": f"l_{lane}", "order": f"a{order}"}
        yield card_kind("action").record.model_validate(values)


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


if __name__ == "__main__":
    main()
