"""Where a new thing goes, by what is selected or by its place, and what comes along with it."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from app.canvas.insertion import Entry, Here, OnCurve, Place, place_beside, put
from app.canvas.selection import Cell
from app.layout.engine import MapLayout
from app.layout.grid import CurvePlace
from app.model.diff import Diff
from app.model.document import Document
from app.model.edits import add_point, delete
from app.model.kinds import card_kinds
from app.model.lanes import LANE_KINDS
from app.model.queries import cards_in, columns, lanes, personas, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Record, Stage, Step
from tests.window.small_map import SmallMap


def insert(
    document: Document, layout: MapLayout, id: str, at: Record | Cell | None = None, place: Place | None = None
) -> str:
    entry = Entry.of(id)
    with document.edit(entry.label) as tx:
        return put(tx, entry, place or place_beside(Here(document.store, layout, at), entry))


class Bench(SmallMap):
    """The small map with its layout, which follows it."""

    def __init__(self) -> None:
        super().__init__()
        self.layout = MapLayout(self.document)
        self.document.subscribe(self._follow)

    def _follow(self, diff: Diff) -> None:
        self.layout.update(diff)

    def insert(self, entry: str, *selected: str, place: Place | None = None) -> Record:
        at = self.document.store.get(selected[-1]) if selected else None
        return self[insert(self.document, self.layout, entry, at, place)]

    def put(self, entry: str, *selected: str) -> Card:
        return cast(Card, self.insert(entry, *selected))

    def point_of_ken(self) -> str:
        with self.document.edit("Feel") as tx:
            return add_point(tx, self.curve, self.ken, self.step, 0.5, -1.0)

    def feel(self, *selected: str, place: Place | None = None) -> EmotionPoint:
        return cast(EmotionPoint, self.insert("point", *selected, place=place))


@pytest.fixture
def bench(qapp: QApplication) -> Bench:
    del qapp
    return Bench()


def test_every_entry_is_one_step_to_undo(bench: Bench) -> None:
    entries = ["stage", "step", "persona", "point", "card:"]
    entries += [f"lane:{kind}" for kind in LANE_KINDS] + [f"card:{kind}" for kind in card_kinds()]
    for entry in entries:
        bench.insert(entry)
        assert bench.steps_back == 1, entry
        label = bench.document.history.undo_label
        assert label is not None
        assert label.startswith("Add ")
        bench.document.undo()


def test_a_stage_comes_after_the_selected_one(bench: Bench) -> None:
    for selected in (bench.stage, bench.step, bench.card, bench.point):
        made = bench.insert("stage", selected)
        assert isinstance(made, Stage)
        assert [stage.id for stage in stages(bench.document.store)][1] == made.id
        bench.document.undo()
    last = bench.insert("stage")
    assert stages(bench.document.store)[-1].id == last.id


def test_a_step_comes_after_the_selected_one(bench: Bench) -> None:
    made = bench.insert("step", bench.card)
    assert isinstance(made, Step)
    assert [step.id for step in steps_of(bench.document.store, bench.stage)] == [bench.step, made.id, bench.next_step]
    last = bench.insert("step", bench.stage)
    assert steps_of(bench.document.store, bench.stage)[-1].id == last.id
    end = bench.insert("step")
    assert columns(bench.document.store)[-1].id == end.id


def test_a_lane_comes_below_the_selected_one(bench: Bench) -> None:
    made = bench.insert("lane:thoughts", bench.card)
    assert isinstance(made, Lane)
    assert made.kind == "thoughts"
    assert [lane.id for lane in lanes(bench.document.store)][:2] == [bench.lane, made.id]
    last = bench.insert("lane:notes")
    assert lanes(bench.document.store)[-1].id == last.id


def test_a_card_comes_below_the_selected_one(bench: Bench) -> None:
    below = bench.put("card:touchpoint", bench.card)
    assert [card.id for card in cards_in(bench.document.store, bench.lane, bench.step)] == [bench.card, below.id]
    between = bench.put("card:note", bench.card)
    ids = [card.id for card in cards_in(bench.document.store, bench.lane, bench.step)]
    assert ids == [bench.card, between.id, below.id]


def test_a_card_goes_to_the_lane_that_is_meant_for_it(bench: Bench) -> None:
    assert (bench.put("card:action").lane, bench.put("card:action").step) == (bench.actions, bench.step)
    assert bench.put("card:note", bench.next_step).lane == bench.empty_lane
    assert bench.put("card:note", bench.next_step).step == bench.next_step
    assert bench.put("card:touchpoint", bench.other_stage).step == steps_of(
        bench.document.store, bench.other_stage
    )[0].id  # fmt: skip
    assert bench.put("card:action", bench.point).lane == bench.actions
    assert bench.put("card:", bench.actions).kind == "action"
    assert bench.put("card:thought").lane == bench.lane, "no lane for thoughts: the first one takes it"


def test_cards_pass_over_a_lane_of_channels(bench: Bench) -> None:
    assert bench.put("card:insight", bench.insert("lane:channels").id).lane == bench.lane


def test_a_card_of_a_map_without_lanes_gets_the_lane_that_is_named_for_it(bench: Bench) -> None:
    for kind, lane_kind in (("insight", "insights"), ("touchpoint", "touchpoints"), ("note", "notes"), ("", "notes")):
        with bench.document.edit("Clear") as tx:
            delete(tx, tx.store.ids_of_type("lane"))
        lane = bench.document.store.of(Lane, bench.put(f"card:{kind}").lane)
        assert lane is not None
        assert lane.kind == lane_kind


def test_a_point_goes_to_the_curve_at_the_selected_step(bench: Bench) -> None:
    made = bench.feel(bench.other_card)
    assert (made.persona, made.lane, made.step, made.at) == (bench.mia, bench.curve, bench.next_step, 0.5)
    beside = bench.feel(bench.point_of_ken())
    assert (beside.persona, beside.value) == (bench.ken, -1.0)
    assert abs(beside.at - 0.5) > 0.1


def test_a_place_counts_more_than_the_selection(bench: Bench) -> None:
    made = cast(Card, bench.insert("card:thought", bench.card, place=Cell(bench.empty_lane, bench.next_step)))
    assert (made.lane, made.step, made.kind) == (bench.empty_lane, bench.next_step, "thought")
    point = bench.feel(bench.card, place=OnCurve(CurvePlace(bench.curve, bench.next_step, 0.25, -1.5), bench.ken))
    assert (point.step, point.at, point.value, point.persona) == (bench.next_step, 0.25, -1.5, bench.ken)


def test_a_cell_counts_as_what_is_selected(bench: Bench) -> None:
    cell = Cell(bench.actions, bench.next_step)
    made = cast(Card, bench[insert(bench.document, bench.layout, "card:note", cell)])
    assert (made.lane, made.step) == (bench.actions, bench.next_step)
    step = insert(bench.document, bench.layout, "step", cell)
    assert [each.id for each in steps_of(bench.document.store, bench.stage)][-1] == step
    lane = insert(bench.document, bench.layout, "lane:notes", cell)
    assert [each.id for each in lanes(bench.document.store)].index(lane) == 2
    above = cast(Card, bench[insert(bench.document, bench.layout, "card:", Cell(bench.lane, bench.step, 0))])
    assert [card.id for card in cards_in(bench.document.store, bench.lane, bench.step)] == [above.id, bench.card]


def test_what_an_entry_needs_comes_along(qapp: QApplication) -> None:
    del qapp
    document = Document()
    layout = MapLayout(document)
    card = insert(document, layout, "card:thought")
    made = document.store[card]
    assert isinstance(made, Card)
    lane = document.store[made.lane]
    assert isinstance(lane, Lane)
    assert lane.kind == "thoughts"
    assert len(columns(document.store)) == 1
    document.undo()
    point = insert(document, MapLayout(document), "point")
    assert isinstance(document.store[point], EmotionPoint)
    assert len(personas(document.store)) == 1
    document.undo()
    assert not document.undo()


def test_a_step_for_a_map_without_stages(bench: Bench) -> None:
    with bench.document.edit("Empty") as tx:
        delete(tx, [bench.stage, bench.other_stage])
    made = bench.insert("step")
    assert isinstance(made, Step)


def test_an_unknown_entry_is_refused(bench: Bench) -> None:
    with pytest.raises(ValueError, match="no entry"):
        bench.insert("dragon")
