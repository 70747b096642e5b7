"""What one edit costs in the model at 10,000 cards, against the same edit at 100 cards.

The small map has 10 steps and 10 lanes, the large one 100 steps and 20 lanes; cards have titles and texts of everyday
length, and there are half as many links as cards. An edit is what the user does once: transaction, rules, history, one
listener. (Moving a card in its cell adds another one there first.) Each figure is the median of many rounds in which
the maps take turns, so that a busy moment hits all.

People work on what they see, so the edits fall on a screenful of 5 steps and 10 lanes. In the last column they fall
anywhere: most of what they touch has then left the processor's cache, while the small map always fits into it.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable

from app.model.diff import Diff
from app.model.document import Document
from app.model.edits import add_card, delete, move_cards, set_fields
from app.model.ids import new_id
from app.model.kinds import card_kinds
from app.model.ordering import keys_between
from app.model.queries import cards_in, columns
from app.model.queries import lanes as lanes_of
from app.model.records import Card, Lane, Link, MapRecord, Record, Stage, Step
from app.model.registry import record_from_json

ROUNDS = 1_500
STEPS_PER_STAGE = 5
WORDS = [
    "the",
    "customer",
    "waits",
    "for",
    "an",
    "answer",
    "and",
    "asks",
    "a",
    "friend",
    "which",
    "offer",
    "to",
    "take",
]


def main() -> None:
    small = Bench(100, 10, 10)
    large = Bench(10_000, 100, 20)
    anywhere = Bench(10_000, 100, 20, everywhere=True)
    print(f"{'':24}{'100 cards':>12}{'10,000 cards':>14}{'ratio':>8}{'anywhere':>14}{'ratio':>8}")
    for name in Bench.EDITS:
        gc.collect()
        gc.disable()
        first, second, third = _medians(name, small, large, anywhere)
        gc.enable()
        print(f"{name:24}{first:9.1f} µs{second:11.1f} µs{second / first:8.2f}{third:11.1f} µs{third / first:8.2f}")


def _medians(name: str, *benches: Bench) -> list[float]:
    times: list[list[float]] = [[] for _ in benches]
    for _ in range(ROUNDS):
        for bench, found in zip(benches, times, strict=True):
            found.append(bench.time(name))
    return [statistics.median(found) * 1e6 for found in times]


class Bench:
    """A map and what is done to it; every edit is taken back outside the time that counts."""

    EDITS: dict[str, Callable[[Bench, str], None]]

    def __init__(self, cards: int, steps: int, lanes: int, *, everywhere: bool = False) -> None:
        self.document = Document(_records(cards, steps, lanes))
        self.document.subscribe(self._hear)
        store = self.document.store
        self.steps = [step.id for step in columns(store)][: None if everywhere else 5]
        self.lanes = [lane.id for lane in lanes_of(store)][: None if everywhere else 10]
        self.cards = [card.id for lane in self.lanes for step in self.steps for card in cards_in(store, lane, step)]
        self.chance = random.Random(1)
        self.heard = 0

    def time(self, name: str) -> float:
        """Seconds that the edit takes on a random card."""
        card = self.chance.choice(self.cards)
        if name in {"undo", "redo"}:
            self.set_title(card)
        if name == "redo":
            self.document.undo()
        start = time.perf_counter()
        self.EDITS[name](self, card)
        seconds = time.perf_counter() - start
        if name != "undo":
            self.document.undo()
        return seconds

    def set_title(self, card: str) -> None:
        with self.document.edit("Rename") as tx:
            set_fields(tx, [card], title=f"Called {self.chance.random()}")

    def add(self, _card: str) -> None:
        with self.document.edit("Add") as tx:
            add_card(tx, "action", self.chance.choice(self.lanes), self.chance.choice(self.steps), title="Compares")

    def move_in_cell(self, card: str) -> None:
        record = self.document.store[card]
        assert isinstance(record, Card)
        with self.document.edit("Move") as tx:
            add_card(tx, "note", record.lane, record.step)
            move_cards(tx, [card], record.lane, record.step)

    def move_between_cells(self, card: str) -> None:
        with self.document.edit("Move") as tx:
            move_cards(tx, [card], self.chance.choice(self.lanes), self.chance.choice(self.steps), 0)

    def move_spanning(self, card: str) -> None:
        with self.document.edit("Move") as tx:
            tx.set(card, to_step=self.chance.choice(self.steps))
            move_cards(tx, [card], self.chance.choice(self.lanes), self.chance.choice(self.steps), 0)

    def delete(self, card: str) -> None:
        with self.document.edit("Delete") as tx:
            delete(tx, [card])

    def undo(self, _card: str) -> None:
        self.document.undo()

    def redo(self, _card: str) -> None:
        self.document.redo()

    def _hear(self, diff: Diff) -> None:
        self.heard += len(diff)


Bench.EDITS = {
    "set title": Bench.set_title,
    "add card": Bench.add,
    "move card in cell": Bench.move_in_cell,
    "move card between cells": Bench.move_between_cells,
    "move spanning card": Bench.move_spanning,
    "delete card": Bench.delete,
    "undo": Bench.undo,
    "redo": Bench.redo,
}


def _records(cards: int, steps: int, lanes: int) -> list[Record]:
    chance = random.Random(2)
    stages = steps // STEPS_PER_STAGE
    frame: list[Record] = [MapRecord(title="Edits")]
    frame += [Stage(id=f"st_{n}", order=key) for n, key in enumerate(keys_between(None, None, stages))]
    keys = keys_between(None, None, STEPS_PER_STAGE)
    frame += [
        Step(id=f"sp_{n}", stage=f"st_{n // STEPS_PER_STAGE}", order=keys[n % STEPS_PER_STAGE]) for n in range(steps)
    ]
    frame += [Lane(id=f"ln_{n}", kind="notes", order=key) for n, key in enumerate(keys_between(None, None, lanes))]
    placed = [_card(chance, number, steps, lanes) for number in range(cards)]
    pairs = [chance.sample(placed, 2) for _ in range(cards // 2)]
    links = [Link(id=new_id("lk"), source=source.id, target=target.id) for source, target in pairs]
    return [*frame, *placed, *links]


def _card(chance: random.Random, number: int, steps: int, lanes: int) -> Record:
    values = {"type": "card", "id": new_id("c"), "kind": chance.choice(list(card_kinds()))}
    values |= {"step": f"sp_{number % steps}", "lane": f"ln_{number // steps % lanes}"}
    values |= {"order": f"a{number // (steps * lanes)}", "title": _text(chance, 6), "body": _text(chance, 20)}
    return record_from_json(values)


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


if __name__ == "__main__":
    main()
