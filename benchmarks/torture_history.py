"""Edits at random with undo and redo in between: ``python -m benchmarks.torture_history [edits]``.

At the end everything is undone: the map must be what it was at the beginning, to the byte. Then everything is redone:
it must be what it was before. Memory must not grow by 50 MB on the way.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from app.files import dumps, load
from app.model import edits
from app.model.document import Document, EditError, Transaction
from app.model.kinds import card_kinds
from app.paths import sample_dir

EDITS = 20_000
MOST_MEGABYTES = 50
CARDS = 300
"""From so many on more are deleted than added."""

Act = Callable[[Transaction, "Chooser"], object]


class Result(NamedTuple):
    """What was done; whether undoing and redoing all of it leads where it must; growth of memory in MB."""

    edits: int
    refused: int
    undone: int
    redone: int
    is_first_again: bool
    is_last_again: bool
    megabytes: float


class Chooser:
    """Picks records and words."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self._store = document.store
        self.chance = chance

    def one(self, type_name: str) -> str:
        ids = sorted(self._store.ids_of_type(type_name))
        return self.chance.choice(ids) if ids else "none"

    def some(self, type_name: str) -> list[str]:
        return [self.one(type_name) for _ in range(self.chance.choice([1, 1, 1, 3]))]

    def is_full(self) -> bool:
        return len(self._store.ids_of_type("card")) > CARDS

    def words(self) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randrange(6)))

    def number(self) -> float:
        return round(self.chance.uniform(-2.5, 2.5), 2)


STEPS = (1, 1, 1, 2, 5)
"""So many at a time are undone or redone. What is undone for good is less than what is done, so that history grows."""

WORDS = ("waits", "the bill", "größer", "٣", "😀", "queue", "calls again", "")


def _add(tx: Transaction, pick: Chooser) -> None:
    if pick.is_full():
        edits.delete(tx, [pick.one("card") for _ in range(3)])
        return
    kind = pick.chance.choice(list(card_kinds()))
    edits.add_card(tx, kind, pick.one("lane"), pick.one("step"), title=pick.words())


def _add_frame(tx: Transaction, pick: Chooser) -> None:
    if len(tx.store.ids_of_type("step")) > 30:
        edits.delete(tx, [pick.one("step")])
    elif pick.chance.random() < 0.5:
        edits.add_step(tx, pick.one("stage"), pick.words())
    else:
        edits.add_stage(tx, pick.words())


ACTS: tuple[Act, ...] = (
    _add,
    _add,
    _add_frame,
    lambda tx, pick: edits.set_fields(tx, pick.some("card"), title=pick.words()),
    lambda tx, pick: edits.set_fields(tx, pick.some("card"), body=pick.words() * 5),
    lambda tx, pick: edits.set_fields(tx, pick.some("card"), standing=pick.chance.choice([None, "evidenced"])),
    lambda tx, pick: edits.set_fields(tx, [pick.one("step")], title=pick.words()),
    lambda tx, pick: edits.set_map(tx, title=pick.words()),
    lambda tx, pick: edits.move_cards(tx, pick.some("card"), pick.one("lane"), pick.one("step")),
    lambda tx, pick: edits.move_cards(tx, pick.some("card"), pick.one("lane"), pick.one("step"), index=0),
    lambda tx, pick: edits.duplicate_cards(tx, pick.some("card")) if not pick.is_full() else None,
    lambda tx, pick: edits.delete(tx, pick.some("card")),
    lambda tx, pick: edits.delete(tx, [pick.one("link")]),
    lambda tx, pick: edits.add_link(tx, pick.one("card"), pick.one("card"), pick.words()),
    lambda tx, pick: edits.move_step(tx, pick.one("step"), pick.one("stage")),
    lambda tx, pick: edits.move_lane(tx, pick.one("lane"), pick.one("lane")),
    lambda tx, pick: edits.move_point(tx, pick.one("emotion_point"), pick.one("step"), 0.4, pick.number()),
    lambda tx, pick: edits.span_card(tx, pick.one("card"), pick.one("step")),
    lambda tx, pick: edits.add_comment(tx, pick.one("card"), pick.words()),
    lambda tx, pick: edits.delete(tx, [pick.one("comment")]),
)


def main(count: int = EDITS) -> int:
    start = time.perf_counter()
    result = torture(count)
    print(
        f"{result.edits:,} edits ({result.refused:,} refused), {result.undone:,} undone and {result.redone:,} redone "
        f"meanwhile: all undone is {'' if result.is_first_again else 'NOT '}the first map to the byte, all redone "
        f"{'' if result.is_last_again else 'NOT '}the last; memory grew by {result.megabytes:.0f} MB "
        f"({time.perf_counter() - start:.0f} s)"
    )
    return 0 if result.is_first_again and result.is_last_again and result.megabytes < MOST_MEGABYTES else 1


def torture(count: int, seed: int = 1) -> Result:
    chance = random.Random(seed)
    document = Document(load(sample_dir() / "broadband.jmap").records)
    pick = Chooser(document, chance)
    first = _bytes(document)
    memory = _megabytes()
    done = refused = undone = redone = 0
    while done < count:
        turn = chance.random()
        if turn < 0.1:
            undone += sum(document.undo() for _ in range(chance.choice(STEPS)))
        elif turn < 0.25:
            redone += sum(document.redo() for _ in range(chance.choice(STEPS)))
        else:
            is_done = _edit(document, pick)
            done += is_done
            refused += not is_done
    last = _bytes(document)
    grown = _megabytes() - memory
    steps = _count(document.undo)
    is_first_again = _bytes(document) == first
    is_last_again = _count(document.redo) == steps and _bytes(document) == last
    return Result(done, refused, undone, redone, is_first_again, is_last_again, grown)


def _edit(document: Document, pick: Chooser) -> bool:
    act = pick.chance.choice(ACTS)
    with suppress(EditError, ValidationError), document.edit("Edit") as tx:
        act(tx, pick)
        return True
    return False


def _count(step: Callable[[], bool]) -> int:
    count = 0
    while step():
        count += 1
    return count


def _bytes(document: Document) -> bytes:
    return dumps(document.records)


def _megabytes() -> float:
    """Memory of the process that is in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1024 / 1024


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
