"""Somebody who edits a map at random: whatever the program offers, and what only other versions of it would write."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from unittest.mock import patch

from pydantic import ValidationError

from app.model import edits
from app.model.document import Document, EditError, Transaction
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.meaning import group_of
from app.model.ordering import keys_between
from app.model.records import Record
from app.model.registry import record_from_json
from app.model.rules import RuleError

Act = Callable[["Hand", Transaction], None]

WORDS = (
    "the customer waits for an answer and calls back twice because nobody says why it takes so long 待つ รอ 😀".split()  # noqa: SIM905
)
TITLED = ("card", "stage", "step", "lane", "source")
LISTED = ("source", "feedback", "action_item", "channel")
DELETED = (
    *("card", "card", "card", "emotion_point", "link", "step", "stage", "lane", "persona", "sticker"),
    *(*LISTED, "comment", "backdrop"),
)
LEADS = (
    *(("card", "personas", "persona"), ("card", "sources", "source"), ("card", "addresses", "card")),
    *(("card", "changes", "card"), ("feedback", "sources", "source"), ("feedback", "cards", "card")),
)


def edited(
    records: Iterable[Record], chance: random.Random, most: int = 12, acts: Sequence[Act] = ()
) -> tuple[Record, ...]:
    """The records after up to so many edits, out of `acts` or all. The same generator gives the same map."""
    document = Document(records)
    with patch("os.urandom", chance.randbytes):
        for _ in range(chance.randint(0, most)):
            Hand(document, chance).edit(chance.choice(acts or ACTS))
    return tuple(sorted(document.records, key=lambda record: (record.type, record.id)))


class Hand:
    """One edit on a document. Edits that make no sense where they fall change nothing."""

    def __init__(self, document: Document, chance: random.Random) -> None:
        self.document = document
        self.chance = chance

    def edit(self, act: Act) -> None:
        try:
            with self.document.edit("Edit") as tx:
                act(self, tx)
        except (EditError, ValidationError, RuleError, IndexError):
            return

    def one(self, type_name: str) -> str:
        """An id; every other time one of the first two, so that two people meet."""
        ids = sorted(self.document.store.ids_of_type(type_name))
        return self.chance.choice(ids if self.chance.random() < 0.5 else ids[:2])

    def some(self, type_name: str) -> list[str]:
        return [self.one(type_name) for _ in range(self.chance.randint(1, 3))]

    def sibling(self, type_name: str) -> str | None:
        return None if self.chance.random() < 0.3 else self.one(type_name)

    def text(self, before: str = "") -> str:
        """Some words; where there were some, often those with one word more, less or other."""
        words = before.split()
        new = self.chance.choices(WORDS, k=self.chance.randint(0, 4))
        if not words or self.chance.random() < 0.3:
            return " ".join(new)
        at = self.chance.randrange(len(words) + 1)
        return " ".join([*words[:at], *new[:1], *words[at + self.chance.randint(0, 1) :]])

    # the frame

    def add_stage(self, tx: Transaction) -> None:
        edits.add_stage(tx, self.text(), before=self.sibling("stage"))

    def add_step(self, tx: Transaction) -> None:
        edits.add_step(tx, self.one("stage"), self.text())

    def add_lane(self, tx: Transaction) -> None:
        edits.add_lane(tx, self.chance.choice([*LANE_KINDS, "orbit"]), before=self.sibling("lane"))

    def change_lane(self, tx: Transaction) -> None:
        edits.set_lane_kind(tx, self.one("lane"), self.chance.choice(list(LANE_KINDS)))

    def add_persona(self, tx: Transaction) -> None:
        edits.add_persona(tx, self.text())

    def move_in_frame(self, tx: Transaction) -> None:
        name, move = self.chance.choice(
            [("stage", edits.move_stage), ("lane", edits.move_lane), ("persona", edits.move_persona)]
        )
        move(tx, self.one(name), self.sibling(name))

    def move_step(self, tx: Transaction) -> None:
        edits.move_step(tx, self.one("step"), self.one("stage"), self.sibling("step"))

    # cards

    def add_card(self, tx: Transaction) -> None:
        kind = self.chance.choice([*card_kinds(), "hologram"])
        index = self.chance.choice([None, 0, 1])
        edits.add_card(tx, kind, self.one("lane"), self.one("step"), index=index, title=self.text())

    def move_cards(self, tx: Transaction) -> None:
        edits.move_cards(tx, self.some("card"), self.one("lane"), self.one("step"), self.chance.choice([None, 0, 1]))

    def reorder_cards(self, tx: Transaction) -> None:
        card = self.document.store[self.one("card")].__dict__
        edits.move_cards(tx, [card["id"]], card["lane"], card["step"], self.chance.choice([None, 0, 1]))

    def shift_cards(self, tx: Transaction) -> None:
        edits.shift_cards(tx, self.some("card"), self.chance.randint(-1, 1), self.chance.randint(-1, 1))

    def span_card(self, tx: Transaction) -> None:
        edits.span_card(tx, self.one("card"), self.one("step"))

    def duplicate_cards(self, tx: Transaction) -> None:
        edits.duplicate_cards(tx, self.some("card"))

    def use_channel(self, tx: Transaction) -> None:
        edits.set_fields(tx, [self.one("card")], channel=self.one("channel"))

    # fields

    def write_title(self, tx: Transaction) -> None:
        id = self.one(self.chance.choice(TITLED))
        edits.set_fields(tx, [id], title=self.text(self.document.store[id].__dict__["title"]))

    def write_body(self, tx: Transaction) -> None:
        id = self.one("card")
        edits.set_fields(tx, [id], body=self.text(self.document.store[id].__dict__["body"]))

    def write_goals(self, tx: Transaction) -> None:
        id = self.one("persona")
        goals = list(self.document.store[id].__dict__["goals"])
        at = self.chance.randrange(len(goals) + 1)
        goals[at : at + self.chance.randint(0, 1)] = [self.text()]
        edits.set_fields(tx, [id], goals=tuple(goals))

    def measure(self, tx: Transaction) -> None:
        metrics = [id for id in sorted(tx.store.ids_of_type("card")) if tx.store[id].__dict__["kind"] == "metric"]
        readings = [(f"2026-0{self.chance.randint(1, 3)}-01", float(self.chance.randint(0, 9)))]
        edits.set_fields(tx, [self.chance.choice(metrics)], history=readings, current=readings[0][1])

    def rate(self, tx: Transaction) -> None:
        field = self.chance.choice(["severity", "impact", "importance", "standing", "votes"])
        value = self.chance.choice(["assumption", "evidenced"]) if field == "standing" else self.chance.randint(1, 5)
        edits.set_fields(tx, [self.one("card")], **{field: value})

    def set_map(self, tx: Transaction) -> None:
        field = self.chance.choice(["title", "objective", "owner"])
        edits.set_map(tx, **{field: self.text(self.document.map.__dict__[field])})

    def speak_of(self, tx: Transaction) -> None:
        name, field, target = self.chance.choice(LEADS)
        change = self.chance.choice([edits.add_reference, edits.add_reference, edits.remove_reference])
        change(tx, [self.one(name)], field, self.one(target))

    # points and links

    def add_point(self, tx: Transaction) -> None:
        place = self.one("lane"), self.one("persona"), self.one("step")
        edits.add_point(tx, *place, self.chance.random(), self.chance.uniform(-2, 2), self.text())

    def move_point(self, tx: Transaction) -> None:
        edits.move_point(tx, self.one("emotion_point"), self.one("step"), 0.5, self.chance.uniform(-2, 2))

    def add_link(self, tx: Transaction) -> None:
        edits.add_link(tx, self.one("card"), self.one("card"), self.text())

    def reverse_link(self, tx: Transaction) -> None:
        edits.reverse_link(tx, self.one("link"))

    def bend_link(self, tx: Transaction) -> None:
        tx.set(self.one("link"), **{self.chance.choice(["source", "target"]): self.one("card")})

    # beside the grid

    def add_beside(self, tx: Transaction) -> None:
        add = {
            "source": edits.add_source,
            "feedback": edits.add_feedback,
            "action_item": edits.add_action_item,
            "channel": edits.add_channel,
        }
        name = self.chance.choice(LISTED)
        add[name](tx, self.text(), before=self.sibling(name))

    def add_comment(self, tx: Transaction) -> None:
        edits.add_comment(tx, self.one(self.chance.choice(DELETED)), self.text())

    def add_backdrop(self, tx: Transaction) -> None:
        edits.add_backdrop(tx, f"{self.chance.choice(['cd', 'ab']) * 32}.png")

    def move_backdrop(self, tx: Transaction) -> None:
        tx.set(self.one("backdrop"), x=float(self.chance.randint(-9, 9)), y=float(self.chance.randint(-9, 9)))

    def delete(self, tx: Transaction) -> None:
        edits.delete(tx, [self.one(self.chance.choice(DELETED)) for _ in range(self.chance.randint(1, 2))])

    # what only other versions, other programs and mishaps would write

    def set_unknown_field(self, tx: Transaction) -> None:
        id = self.one(self.chance.choice(["card", "stage", "sticker", "map"]))
        value = self.chance.choice([1, 1.0, True, None, "x", ["a"], {"of": [1, None]}])
        tx.put(tx.store[id].changed(**{self.chance.choice(["x_mood", "x_depth"]): value}))

    def add_written_id(self, tx: Transaction) -> None:
        """An id that others may give to something else."""
        id = f"w{self.chance.randint(1, 3)}"
        if id in tx.store:
            return
        step, lane = self.one("step"), self.one("lane")
        note = {"type": "card", "kind": "note", "step": step, "lane": lane, "title": self.text()}
        sticker = {"type": "sticker", "where": step}
        tx.put(record_from_json({"id": id, **self.chance.choice([note, note, sticker])}))

    def change_kind(self, tx: Transaction) -> None:
        card = tx.store[self.one("card")]
        fields = {
            name: value for name, value in card.__dict__.items() if name in card_kinds()["note"].record.model_fields
        }
        tx.put(
            record_from_json({**fields, "kind": self.chance.choice(["note", "pain_point", "touchpoint", "hologram"])})
        )

    def rekey(self, tx: Transaction) -> None:
        """Gives siblings new keys and leaves their order as it is."""
        anybody = tx.store[self.one(self.chance.choice(["card", "stage", "step", "lane", "persona"]))]
        siblings = sorted(
            (record for record in tx.store if group_of(record) == group_of(anybody)),
            key=lambda record: (record.__dict__["order"], record.id),
        )
        for record, key in zip(siblings, keys_between(None, None, len(siblings)), strict=True):
            tx.set(record.id, order=key)

    def equal_keys(self, tx: Transaction) -> None:
        """As a careless merge leaves them."""
        card = tx.store[self.one("card")]
        others = [record for record in tx.store if record.id != card.id and group_of(record) == group_of(card)]
        other = self.chance.choice(others)
        tx.set(card.id, order=other.__dict__["order"])


ACTS: list[Act] = [
    act
    for name, act in vars(Hand).items()
    if not name.startswith("_") and name not in {"edit", "one", "some", "sibling", "text"}
]
ACTS += [
    Hand.write_title,
    Hand.write_title,
    Hand.write_body,
    Hand.reorder_cards,
    Hand.move_cards,
    Hand.delete,
    Hand.delete,
]
