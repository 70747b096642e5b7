"""A layout kept up to date edit by edit is the layout that one makes afresh, and reports what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.layout.engine import MapLayout
from app.model.document import Document, Transaction
from app.model.records import Record
from app.model.rules import RuleError
from tests.layout.maps import EDITS, SAMPLES, Numbers, Painter, is_tried, one_of, picture, random_map, sample

pytestmark = pytest.mark.usefixtures("qapp")


class Act(NamedTuple):
    """Something a user does: an edit, or a turn of the history or of a drag, with what decides it."""

    name: str
    by: Numbers


HISTORY = ("undo", "redo", "begin", "flush", "commit", "rollback", "remove raw")
ACTS = st.builds(
    Act,
    st.sampled_from([*EDITS, *EDITS, *HISTORY]),
    st.builds(Numbers, *[st.integers(0, 60)] * 3, st.floats(0, 1)),
)


class Session:
    """A document with a layout and a painter that follow it, and perhaps an open transaction."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.layout = MapLayout(document)
        self.painter = Painter(self.layout)
        self.known = self.drawings()
        self.tx: Transaction | None = None
        document.subscribe(self.hear)

    def hear(self, diff: object) -> None:
        """Lets layout and painter follow, and compares them with what one makes afresh."""
        before, self.known = self.known, {}
        self.painter.take(diff)
        fresh = picture(MapLayout(self.document))
        assert picture(self.layout) == fresh
        assert self.painter.seen == fresh
        self.known = self.drawings()
        for key, (record, drawing) in self.known.items():
            assert key not in before or before[key][0] is not record or before[key][1] is drawing

    def drawings(self) -> dict[object, tuple[Record, object]]:
        """The drawing of each card by what it is made for, and the card."""
        return {
            (card.id, card.drawing.w, self.layout.language): (self.document.store[card.id], card.drawing)
            for block in self.layout.blocks.values()
            for card in block.cards
        }

    def act(self, act: Act) -> None:
        turns: dict[str, Callable[[], object]] = {
            "undo": self.undo,
            "redo": self.redo,
            "begin": self.begin,
            "flush": self.flush,
            "commit": self.end,
            "rollback": self.roll_back,
            "remove raw": partial(self.remove_raw, act.by),
        }
        turns.get(act.name, partial(self.edit, act))()

    def edit(self, act: Act) -> None:
        if self.tx is not None:
            is_tried(self.tx, act.name, act.by)
            return
        with self.document.edit(act.name) as tx:
            is_tried(tx, act.name, act.by)

    def undo(self) -> None:
        self.end()
        self.document.undo()

    def redo(self) -> None:
        self.end()
        self.document.redo()

    def begin(self) -> None:
        self.end()
        self.tx = self.document.begin("drag")

    def flush(self) -> None:
        if self.tx is not None:
            self.tx.flush()

    def end(self) -> None:
        tx, self.tx = self.tx, None
        if tx is not None:
            try:
                tx.commit()
            except RuleError:
                assert not tx.is_open

    def roll_back(self) -> None:
        tx, self.tx = self.tx, None
        if tx is not None:
            tx.rollback()

    def remove_raw(self, by: Numbers) -> None:
        """Removes one record and nothing that hangs on it, as no edit does: until it is back the map is not sound."""
        self.end()
        types = ("lane", "step", "stage", "persona", "card")
        if self.document.store.ids_of_type(types[by.b % 5]):
            tx = self.document.begin("remove raw")
            tx.remove(one_of(tx, types[by.b % 5], by.a))
            tx.flush()
            tx.rollback()


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 200), st.sampled_from(["en", "ar"]), st.lists(ACTS, max_size=12))
def test_small_maps_follow_every_edit(seed: int, language: str, acts: list[Act]) -> None:
    session = Session(random_map(seed, language=language))
    for act in acts:
        session.act(act)
    session.end()


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(acts=st.lists(ACTS, min_size=5, max_size=10))
def test_samples_follow_every_edit(path: Path, acts: list[Act]) -> None:
    session = Session(sample(path))
    for act in acts:
        session.act(act)
    session.end()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_undoing_everything_gives_the_first_picture(path: Path) -> None:
    session = Session(sample(path))
    first = picture(session.layout)
    for number, name in enumerate(EDITS):
        session.act(Act(name, Numbers(number, number + 1, number + 2, 0.3)))
    assert picture(session.layout) != first
    while session.document.undo():
        pass
    assert picture(session.layout) == first
