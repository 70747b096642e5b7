"""A layout kept up to date edit by edit is the layout that one makes afresh, and reports what changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.engine import MapLayout
from app.layout.grid import LayoutChange
from app.model import edits
from app.model.document import Document, Transaction
from app.model.records import Card, Lane, MapRecord, Persona, Record, Stage, Step
from app.model.rules import RuleError
from tests.layout.maps import EDITS, SAMPLES, TODAY, Numbers, Painter, is_tried, one_of, picture, random_map, sample

pytestmark = pytest.mark.usefixtures("qapp")


class Act(NamedTuple):
    """Something a user does: an edit, or a turn of the history or of a drag, with what decides it."""

    name: str
    by: Numbers


def _is_for_personas(record: Record) -> bool:
    """Such a card shows marks of theirs, so that it can look otherwise though it is the same."""
    return isinstance(record, Card) and bool(record.personas)


HISTORY = ("undo", "redo", "begin", "flush", "commit", "rollback", "remove raw", "hide lanes", "hide lanes")
HIDDEN = ("emotion", "channels", "actions", "touchpoints", "notes", "importance")
ACTS = st.builds(
    Act,
    st.sampled_from([*EDITS, *EDITS, *HISTORY]),
    st.builds(Numbers, *[st.integers(0, 60)] * 3, st.floats(0, 1)),
)


class Session:
    """A document with a layout and a painter that follow it, and perhaps an open transaction."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.layout = MapLayout(document, TODAY)
        self.painter = Painter(self.layout)
        self.known = self.drawings()
        self.tx: Transaction | None = None
        document.subscribe(self.hear)

    def hear(self, diff: object) -> None:
        """Lets layout and painter follow, and compares them with what one makes afresh."""
        before, self.known = self.known, {}
        self.painter.take(diff)
        self.compare()
        self.known = self.drawings()
        for key, (record, drawing) in self.known.items():
            is_same = key in before and before[key][0] is record
            assert not is_same or before[key][1] is drawing or _is_for_personas(record)

    def compare(self) -> None:
        """The layout, and what a painter sees of it, are those that one makes afresh of the lanes that are shown."""
        made = MapLayout(self.document, TODAY)
        made.hide(self.layout.hidden)
        fresh = picture(made)
        assert picture(self.layout) == fresh
        assert self.painter.seen == fresh

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
            "hide lanes": partial(self.hide, act.by),
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

    def hide(self, by: Numbers) -> None:
        """Hides the lanes of a kind, or no longer; it is no edit, and may come in the middle of one."""
        self.flush()
        self.painter.look_at(self.layout.hide(self.layout.hidden ^ {HIDDEN[by.a % len(HIDDEN)]}))
        self.compare()
        self.known = self.drawings()

    def remove_raw(self, by: Numbers) -> None:
        """Removes one record and nothing that hangs on it, as no edit does: until it is back the map is not sound."""
        self.end()
        types = ("lane", "step", "stage", "persona", "card")
        if self.document.store.ids_of_type(types[by.b % 5]):
            tx = self.document.begin("remove raw")
            tx.remove(one_of(tx, types[by.b % 5], by.a))
            tx.flush()
            tx.rollback()


@settings(max_examples=150)
@given(st.integers(0, 200), st.sampled_from(["en", "ar"]), st.lists(ACTS, max_size=12))
def test_small_maps_follow_every_edit(seed: int, language: str, acts: list[Act]) -> None:
    session = Session(random_map(seed, language=language, folds=0.2))
    for act in acts:
        session.act(act)
    session.end()


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@settings(max_examples=6)
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


# What random edits seldom meet


def heard(document: Document, layout: MapLayout, act: Callable[[Transaction], object]) -> LayoutChange:
    """What the layout reports of an edit."""
    changes: list[LayoutChange] = []
    unsubscribe = document.subscribe(lambda diff: changes.append(layout.update(diff)))
    with document.edit("act") as tx:
        act(tx)
    unsubscribe()
    [change] = changes
    return change


def grid(*cards: Card, steps: int = 4) -> Document:
    return Document([
        MapRecord(),
        *(Stage(id=f"st{number}", order=f"a{number}x") for number in range(steps)),
        *(Step(id=f"sp{number}", stage=f"st{number}") for number in range(steps)),
        Lane(id="ln", order="a0"),
        Lane(id="curve", kind="emotion", order="b0"),
        Persona(id="pe", name="Mia"),
        *cards,
    ])  # fmt: skip


def note(id: str, step: int, to: int | None = None, body: str = "", order: str = "a0") -> Card:
    to_step = f"sp{to}" if to is not None else None
    return Card(id=id, kind="note", lane="ln", step=f"sp{step}", to_step=to_step, title=id, body=body, order=order)


def test_a_scale_that_moves_in_its_header_is_reported() -> None:
    document = grid()
    with document.edit("point") as tx:
        point = edits.add_point(tx, "curve", "pe", "sp1", 0.5, 2.0, "two\nlines")
    layout = MapLayout(document)
    height, plot_top = layout.row_of["curve"].h, layout.plot_top("curve")
    change = heard(document, layout, lambda tx: edits.move_point(tx, point, "sp1", 0.5, -2.0))
    assert layout.row_of["curve"].h == height
    assert layout.plot_top("curve") != plot_top
    assert change == LayoutChange(curves=frozenset(["curve"]), headers=True)
    assert picture(layout) == picture(MapLayout(document))


def test_links_make_way_for_a_card_that_comes_to_span_their_gutter() -> None:
    tall = note("tall", 3, body="word " * 200)
    document = grid(note("a", 0), note("b", 1, order="a1"), note("wide", 0, order="a2"), tall)
    with document.edit("link") as tx:
        link = edits.add_link(tx, "tall", "a")
    layout = MapLayout(document)
    before = layout.link(link)
    change = heard(document, layout, lambda tx: edits.span_card(tx, "wide", "sp2"))
    assert not change.geometry
    assert change.links
    assert layout.link(link) != before
    assert picture(layout) == picture(MapLayout(document))


def test_one_card_may_come_to_span_where_another_ceases_to() -> None:
    document = grid(note("a", 0, 1), note("b", 0, 2))
    with document.edit("order") as tx:
        edits.move_stage(tx, "st2", "st0")
    layout = MapLayout(document)
    assert [bar.id for bar in layout.bars("ln")] == ["a"]

    def turn(tx: Transaction) -> None:
        edits.move_stage(tx, "st2", None)
        edits.move_stage(tx, "st1", "st0")

    heard(document, layout, turn)
    assert [bar.id for bar in layout.bars("ln")] == ["b"]
    assert picture(layout) == picture(MapLayout(document))


def test_what_went_is_not_kept() -> None:
    document = grid(note("a", 0), note("b", 1))
    layout = MapLayout(document)
    picture(layout)
    heard(document, layout, lambda tx: edits.delete(tx, ["st1", "ln", "curve"]))
    assert layout._blocks._kept == {}
    assert layout._curves._kept == {}


def test_changes_that_show_nowhere_are_no_changes() -> None:
    document = grid(note("a", 0))
    layout = MapLayout(document)
    assert heard(document, layout, lambda tx: edits.set_map(tx, doctor_off=("empty_lane",))) == LayoutChange()
    title = heard(document, layout, lambda tx: edits.set_map(tx, subtitle="Beside the title"))
    assert title == LayoutChange(title=True)
    card = heard(document, layout, lambda tx: edits.set_fields(tx, ["a"], title="b"))
    assert card == LayoutChange(blocks=frozenset([("ln", "st0")]))
    stage = heard(document, layout, lambda tx: edits.set_fields(tx, ["st0"], color="#0F766E"))
    assert stage == LayoutChange(headers=True)
    lane = heard(document, layout, lambda tx: edits.set_fields(tx, ["ln"], title="Another name"))
    assert lane == LayoutChange(headers=True)
    moved = heard(document, layout, lambda tx: edits.move_lane(tx, "curve", "ln"))
    assert moved == LayoutChange(geometry=True, headers=True, links=True)


SPOTS = st.tuples(st.integers(0, 6), st.sampled_from([0.0, 0.3, 0.5, 1.0]), st.integers(-2, 2), st.integers(0, 1))
LABEL_TEXTS = st.sampled_from([None, "", "another", "a label of more words than before, which takes more lines"])


@settings(max_examples=200)
@given(
    st.lists(SPOTS, min_size=10, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), SPOTS, LABEL_TEXTS), min_size=1, max_size=12),
)
def test_crowded_curve_lanes_follow_every_point(
    spots: list[tuple[int, float, int, int]], turns: list[tuple[int, tuple[int, float, int, int], str | None]]
) -> None:
    """Labels give way to each other in chains; what is placed again must be what is placed afresh."""
    document = grid(steps=7)
    with document.edit("points") as tx:
        edits.add_persona(tx, "Ken")
        people = sorted(tx.store.ids_of_type("persona"))
        points = [
            edits.add_point(tx, "curve", people[who], f"sp{step}", at, float(value), f"a label of some words {number}")
            for number, (step, at, value, who) in enumerate(spots)
        ]
    layout = MapLayout(document)
    for number, (step, at, value, _), label in turns:
        point = points[number % len(points)]
        with document.edit("turn") as tx:
            if label is None:
                edits.move_point(tx, point, f"sp{step}", at, float(value))
            else:
                edits.set_fields(tx, [point], label=label)
            diff = tx.diff
        layout.update(diff)
        assert layout.curves["curve"] == MapLayout(document).curves["curve"]
