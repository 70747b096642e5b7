"""Every edit in any order, with undo, redo, rollback, drags, typing, saving and loading, against a plain oracle."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pydantic import ValidationError

from app.files import dumps, loads
from app.model import edits
from app.model.clipboard import CopiedCards, excerpt
from app.model.diff import Diff
from app.model.document import Document, EditError, Transaction
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.records import Card
from app.model.rules import RuleError, problems
from tests.model.builders import Replica, assert_true_to_records, bytes_of, rich_map, small_map

Act = Callable[[Transaction], object]

texts = st.text(st.characters(codec="utf-8"), max_size=8)
small_numbers = st.integers(-3, 3)
anything = st.integers(0, 10**6)
LISTED = ["source", "feedback", "action_item", "channel"]
DELETABLE = [
    *("card", "emotion_point", "link", "step", "stage", "lane", "persona", "sticker", "map"),
    *(*LISTED, "comment", "backdrop"),
]
ADD: dict[str, Callable[..., str]] = {
    "source": edits.add_source,
    "feedback": edits.add_feedback,
    "action_item": edits.add_action_item,
    "channel": edits.add_channel,
}
MOVE: dict[str, Callable[[Transaction, str, str | None], None]] = {
    "source": edits.move_source,
    "feedback": edits.move_feedback,
    "action_item": edits.move_action_item,
    "channel": edits.move_channel,
}
LEADS = [
    *(("card", "personas", "persona"), ("card", "sources", "source"), ("card", "addresses", "card")),
    *(("card", "changes", "card"), ("feedback", "sources", "source"), ("feedback", "cards", "card")),
    *(("action_item", "cards", "card"), ("card", "step", "step"), ("comment", "about", "card")),
]
numbers = st.floats(-3, 3) | st.just(float("nan"))


class History:
    """The oracle of undo and redo: all the states, and which of them is now."""

    def __init__(self, first: bytes) -> None:
        self.states, self.at, self.saved = [first], 0, 0
        self.open_key: Hashable | None = None

    def record(self, state: bytes, key: Hashable | None) -> None:
        if state == self.states[self.at]:
            return
        if self.saved > self.at:
            self.saved = -1
        del self.states[self.at + 1 :]
        if key is not None and key == self.open_key:
            del self.states[self.at :]
            self.at -= 1
        self.open_key = None
        if not self.states or state != self.states[self.at]:
            self.states.append(state)
            self.at += 1
            self.open_key = key

    def step(self, by: int) -> None:
        self.at += by
        self.open_key = None

    def save(self) -> None:
        self.saved = self.at
        self.open_key = None


class Machine(RuleBasedStateMachine):
    """E3, G2, H1, H3, H5, T6, T7, T8."""

    tx: Transaction | None = None
    copied: CopiedCards | None = None
    cut: Diff | None = None

    @initialize(make=st.sampled_from([Document, small_map, rich_map, rich_map]))
    def start(self, make: Callable[[], Document]) -> None:
        self._begin_with(make())

    def _begin_with(self, document: Document) -> None:
        self.document = document
        self.tx = self.copied = self.cut = None
        self.replica = Replica(document)
        self.oracle = History(self.state)

    @property
    def state(self) -> bytes:
        return bytes_of(self.document.store)

    def _do(self, act: Act, key: Hashable | None = None) -> None:
        """The edit, in the open transaction or in one of its own; if it fails, nothing must have changed."""
        before = self.state
        try:
            if self.tx is not None:
                act(self.tx)
                return
            with self.document.edit("Edit", key) as tx:
                act(tx)
        except (EditError, ValidationError):
            assert self.state == before
        else:
            self.oracle.record(self.state, key)

    def _one(self, type_name: str, pick: int) -> str:
        """An id of the type, and now and then one that is something else or nothing."""
        if pick % 17 == 0:
            others = ["nothing", *sorted(record.id for record in self.document.store)]
            return others[pick % len(others)]
        ids = sorted(self.document.store.ids_of_type(type_name))
        return ids[pick % len(ids)] if ids else "nothing"

    def _some(self, type_name: str, picks: list[int]) -> list[str]:
        return [self._one(type_name, pick) for pick in picks]

    # the frame

    @rule(title=texts, before=st.none() | anything)
    def add_stage(self, title: str, before: int | None) -> None:
        self._do(lambda tx: edits.add_stage(tx, title, before=self._sibling("stage", before), step_title=title[::-1]))

    @rule(stage=anything, title=texts, before=st.none() | anything)
    def add_step(self, stage: int, title: str, before: int | None) -> None:
        self._do(lambda tx: edits.add_step(tx, self._one("stage", stage), title, before=self._sibling("step", before)))

    @rule(kind=st.sampled_from([*LANE_KINDS, "orbit", "No Name"]), before=st.none() | anything)
    def add_lane(self, kind: str, before: int | None) -> None:
        self._do(lambda tx: edits.add_lane(tx, kind, before=self._sibling("lane", before)))

    @rule(name=texts)
    def add_persona(self, name: str) -> None:
        self._do(lambda tx: edits.add_persona(tx, name))

    @rule(name=st.sampled_from(["stage", "lane", "persona"]), pick=anything, before=st.none() | anything)
    def move_sibling(self, name: str, pick: int, before: int | None) -> None:
        move = {"stage": edits.move_stage, "lane": edits.move_lane, "persona": edits.move_persona}[name]
        self._do(lambda tx: move(tx, self._one(name, pick), self._sibling(name, before)))

    @rule(step=anything, stage=anything, before=st.none() | anything)
    def move_step(self, step: int, stage: int, before: int | None) -> None:
        target = self._one("stage", stage)
        self._do(lambda tx: edits.move_step(tx, self._one("step", step), target, self._sibling("step", before)))

    def _sibling(self, type_name: str, pick: int | None) -> str | None:
        return None if pick is None else self._one(type_name, pick)

    # cards

    @rule(
        kind=st.sampled_from([*card_kinds(), "hologram", "No Name"]),
        lane=anything,
        step=anything,
        index=st.none() | small_numbers,
        title=texts,
        to_step=st.none() | anything,
    )
    def add_card(self, kind: str, lane: int, step: int, index: int | None, title: str, to_step: int | None) -> None:
        fields: dict[str, Any] = {"title": title} if to_step is None else {"to_step": self._one("step", to_step)}
        cell = self._one("lane", lane), self._one("step", step)
        self._do(lambda tx: edits.add_card(tx, kind, *cell, index=index, **fields))

    @rule(picks=st.lists(anything, max_size=4), lane=anything, step=anything, index=st.none() | small_numbers)
    def move_cards(self, picks: list[int], lane: int, step: int, index: int | None) -> None:
        cell = self._one("lane", lane), self._one("step", step)
        self._do(lambda tx: edits.move_cards(tx, self._some("card", picks), *cell, index))

    @rule(picks=st.lists(anything, max_size=4), columns_by=small_numbers, lanes_by=small_numbers)
    def shift_cards(self, picks: list[int], columns_by: int, lanes_by: int) -> None:
        self._do(lambda tx: edits.shift_cards(tx, self._some("card", picks), columns_by, lanes_by))

    @rule(card=anything, to_step=st.none() | anything)
    def span_card(self, card: int, to_step: int | None) -> None:
        end = None if to_step is None else self._one("step", to_step)
        self._do(lambda tx: edits.span_card(tx, self._one("card", card), end))

    @rule(picks=st.lists(anything, max_size=4))
    def duplicate_cards(self, picks: list[int]) -> None:
        self._do(lambda tx: edits.duplicate_cards(tx, self._some("card", picks)))

    @rule(
        picks=st.lists(anything, max_size=4), kind=st.sampled_from(["pain_point", "touchpoint", "opportunity", "note"])
    )
    def change_kind(self, picks: list[int], kind: str) -> None:
        self._do(lambda tx: edits.change_kind(tx, self._some("card", picks), kind))

    # points, links, fields, deleting

    @rule(lane=anything, persona=anything, step=anything, at=numbers, value=numbers)
    def add_point(self, lane: int, persona: int, step: int, at: float, value: float) -> None:
        place = self._one("lane", lane), self._one("persona", persona), self._one("step", step)
        self._do(lambda tx: edits.add_point(tx, *place, at, value))

    @rule(point=anything, step=anything, at=numbers, value=numbers)
    def move_point(self, point: int, step: int, at: float, value: float) -> None:
        self._do(lambda tx: edits.move_point(tx, self._one("emotion_point", point), self._one("step", step), at, value))

    @rule(start=anything, end=anything, label=texts)
    def add_link(self, start: int, end: int, label: str) -> None:
        self._do(lambda tx: edits.add_link(tx, self._one("card", start), self._one("card", end), label))

    @rule(link=anything)
    def reverse_link(self, link: int) -> None:
        self._do(lambda tx: edits.reverse_link(tx, self._one("link", link)))

    @rule(
        name=st.sampled_from(["card", "stage", "step", "lane", "link", "sticker"]),
        picks=st.lists(anything, min_size=1, max_size=3),
        title=texts | st.just("long" * 200) | st.integers(),
    )
    def set_fields(self, name: str, picks: list[int], title: str | int) -> None:
        field = "label" if name == "link" else "title"
        self._do(lambda tx: edits.set_fields(tx, self._some(name, picks), **{field: title}))

    @rule(pick=st.integers(0, 2), letter=st.sampled_from(["", "a", "b"]))
    def type_into_a_card(self, pick: int, letter: str) -> None:
        card = self._one("card", pick + 1)
        self._do(lambda tx: edits.set_fields(tx, [card], title=letter), (card, "title"))

    @rule(title=texts, state=st.sampled_from(["current", "future", "past"]))
    def set_map(self, title: str, state: str) -> None:
        self._do(lambda tx: edits.set_map(tx, title=title, state=state))

    # beside the grid

    @rule(name=st.sampled_from(LISTED), text=texts | st.just("long" * 3000), before=st.none() | anything)
    def add_beside(self, name: str, text: str, before: int | None) -> None:
        self._do(lambda tx: ADD[name](tx, text, before=self._sibling(name, before)))

    @rule(name=st.sampled_from(LISTED), pick=anything, before=st.none() | anything)
    def move_beside(self, name: str, pick: int, before: int | None) -> None:
        self._do(lambda tx: MOVE[name](tx, self._one(name, pick), self._sibling(name, before)))

    @rule(lead=st.sampled_from(LEADS), picks=st.lists(anything, max_size=3), others=st.lists(anything, max_size=3))
    def set_references(self, lead: tuple[str, str, str], picks: list[int], others: list[int]) -> None:
        name, field, target = lead
        found = self._some(target, others)
        self._do(lambda tx: edits.set_references(tx, self._some(name, picks), field, found))

    @rule(lead=st.sampled_from(LEADS), pick=anything, to=anything, gone=st.booleans())
    def change_references(self, lead: tuple[str, str, str], pick: int, to: int, gone: bool) -> None:
        name, field, other = lead
        change = edits.remove_reference if gone else edits.add_reference
        self._do(lambda tx: change(tx, [self._one(name, pick)], field, self._one(other, to)))

    @rule(name=st.sampled_from(DELETABLE), about=anything, text=texts)
    def add_comment(self, name: str, about: int, text: str) -> None:
        self._do(lambda tx: edits.add_comment(tx, self._one(name, about), text))

    @rule(comment=anything, resolved=st.booleans())
    def resolve_comment(self, comment: int, resolved: bool) -> None:
        self._do(lambda tx: edits.set_fields(tx, [self._one("comment", comment)], resolved=resolved))

    @rule(picture=st.sampled_from([f"{'cd' * 32}.png", "no picture"]))
    def add_backdrop(self, picture: str) -> None:
        self._do(lambda tx: edits.add_backdrop(tx, picture))

    @rule(backdrop=anything, x=numbers)
    def move_backdrop(self, backdrop: int, x: float) -> None:
        self._do(lambda tx: edits.move_backdrop(tx, self._one("backdrop", backdrop), x, -x))

    @rule(card=anything, channel=anything)
    def use_channel(self, card: int, channel: int) -> None:
        use = self._one("channel", channel)
        self._do(lambda tx: edits.set_fields(tx, [self._one("card", card)], channel=use))

    @rule(picks=st.lists(st.tuples(st.sampled_from(DELETABLE), anything), max_size=3))
    def delete(self, picks: list[tuple[str, int]]) -> None:
        self._do(lambda tx: edits.delete(tx, [self._one(name, pick) for name, pick in picks]))

    @precondition(lambda self: self.tx is None)
    @rule(picks=st.lists(anything, min_size=1, max_size=4))
    def cut_cards(self, picks: list[int]) -> None:
        cards = [id for id in self._some("card", picks) if self.document.store.of(Card, id) is not None]
        if cards:
            self.copied = CopiedCards(excerpt(self.document.store, cards))
            with self.document.edit("Cut") as tx:
                edits.delete(tx, cards)
                self.cut = tx.diff
            self.oracle.record(self.state, None)

    @precondition(lambda self: self.copied is not None)
    @rule(lane=anything, step=anything, index=st.none() | small_numbers)
    def paste_cards(self, lane: int, step: int, index: int | None) -> None:
        assert self.copied is not None
        cards, cell = self.copied, (self._one("lane", lane), self._one("step", step))
        self._do(lambda tx: edits.paste_cards(tx, cards, *cell, index, is_same_map=True, cut=self.cut))

    # transactions

    @precondition(lambda self: self.tx is None)
    @rule()
    def press(self) -> None:
        self.tx = self.document.begin("Drag")

    @precondition(lambda self: self.tx is not None)
    @rule()
    def drag(self) -> None:
        assert self.tx is not None
        self.tx.flush()
        assert self.replica.bytes == self.state

    @precondition(lambda self: self.tx is not None)
    @rule()
    def drag_back(self) -> None:
        assert self.tx is not None
        self.tx.restart()
        assert self.state == self.oracle.states[self.oracle.at]

    @precondition(lambda self: self.tx is not None)
    @rule()
    def release(self) -> None:
        assert self.tx is not None
        self.tx.commit()
        self.tx = None
        self.oracle.record(self.state, None)

    @precondition(lambda self: self.tx is not None)
    @rule()
    def escape(self) -> None:
        assert self.tx is not None
        self.tx.rollback()
        self.tx = None
        assert self.state == self.oracle.states[self.oracle.at]

    @precondition(lambda self: self.tx is None)
    @rule()
    def fail_halfway(self) -> None:
        with pytest.raises(ZeroDivisionError), self.document.edit("Fail") as tx:  # noqa: PT012
            edits.add_stage(tx)
            tx.flush()
            raise ZeroDivisionError
        assert self.state == self.oracle.states[self.oracle.at]

    @precondition(lambda self: self.tx is None)
    @rule(pick=anything)
    def break_a_rule(self, pick: int) -> None:
        step = self._one("step", pick)
        if list(self.document.store.referrers(step)):
            with pytest.raises(RuleError), self.document.edit("Break") as tx:
                tx.remove(step)
        assert self.state == self.oracle.states[self.oracle.at]

    # history

    @precondition(lambda self: self.tx is None)
    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            assert self.document.undo() == (self.oracle.at > 0)
            if self.oracle.at:
                self.oracle.step(-1)

    @precondition(lambda self: self.tx is None)
    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            follows = self.oracle.at + 1 < len(self.oracle.states)
            assert self.document.redo() == follows
            if follows:
                self.oracle.step(1)

    @precondition(lambda self: self.tx is None)
    @rule()
    def save(self) -> None:
        data = dumps(self.document.records)
        assert bytes_of(loads(data).records) == self.state
        self.document.history.mark_saved()
        self.oracle.save()

    @precondition(lambda self: self.tx is None)
    @rule()
    def load(self) -> None:
        data = dumps(self.document.records)
        self._begin_with(Document(loads(data).records))
        assert dumps(self.document.records) == data

    # what always holds

    @invariant()
    def graph_follows_from_the_records(self) -> None:
        assert_true_to_records(self.document.store)

    @invariant()
    def nothing_is_wrong_between_edits(self) -> None:
        assert problems(self.document.store) == []

    @invariant()
    def state_is_the_oracles(self) -> None:
        if self.tx is None:
            assert self.state == self.replica.bytes == self.oracle.states[self.oracle.at]
            assert self.document.history.is_clean == (self.oracle.at == self.oracle.saved)

    def teardown(self) -> None:
        if not hasattr(self, "document"):
            return
        if self.tx is not None:
            self.escape()
        self.redo(len(self.oracle.states))
        assert self.state == self.oracle.states[-1]
        self.undo(len(self.oracle.states))
        assert self.state == self.oracle.states[0]
        self.redo(len(self.oracle.states))
        self.state_is_the_oracles()


def test_any_row_of_edits() -> None:
    """E3, G2, H1, H3, H5, T6, T7, T8: what the machine above does, against its oracle."""
    run_state_machine_as_test(Machine, settings=settings(max_examples=60, stateful_step_count=40))
