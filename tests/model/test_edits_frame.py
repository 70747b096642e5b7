"""Edits of stages, steps, lanes and personas; what all edits have in common."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from app.model import edits
from app.model.document import Document, EditError, Transaction
from app.model.queries import columns, lanes, personas, points_on, stages, steps_of
from app.model.records import Lane, Persona
from tests.model.builders import Values, bytes_of, card, small_map


def order_of(document: Document) -> dict[str, list[str]]:
    store = document.store
    return {
        "stages": [stage.id for stage in stages(store)],
        "steps": [step.id for step in columns(store)],
        "lanes": [lane.id for lane in lanes(store)],
        "personas": [persona.id for persona in personas(store)],
    }


def touched(document: Document, act: Callable[[Transaction], object]) -> set[str]:
    """The ids that an edit changes."""
    with document.edit("Edit") as tx:
        act(tx)
        return set(tx.diff)


Act = Callable[[Transaction], object]

GONE: dict[str, Act] = {
    "move_stage": lambda tx: edits.move_stage(tx, "c1", None),
    "move_stage before": lambda tx: edits.move_stage(tx, "g1", "s1"),
    "add_stage before": lambda tx: edits.add_stage(tx, before="x"),
    "add_step": lambda tx: edits.add_step(tx, "x"),
    "add_step before one of another stage": lambda tx: edits.add_step(tx, "g1", before="s3"),
    "move_step": lambda tx: edits.move_step(tx, "x", "g1"),
    "move_step to": lambda tx: edits.move_step(tx, "s1", "s2"),
    "move_step before": lambda tx: edits.move_step(tx, "s1", "g1", "s3"),
    "move_step to another stage before itself": lambda tx: edits.move_step(tx, "s1", "g2", "s1"),
    "add_lane before": lambda tx: edits.add_lane(tx, "notes", before="g1"),
    "move_lane": lambda tx: edits.move_lane(tx, "x", None),
    "move_lane before": lambda tx: edits.move_lane(tx, "l1", "x"),
    "move_persona": lambda tx: edits.move_persona(tx, "l1", None),
    "move_persona before": lambda tx: edits.move_persona(tx, "p1", "x"),
    "add_card to lane": lambda tx: edits.add_card(tx, "note", "s1", "s1"),
    "add_card to step": lambda tx: edits.add_card(tx, "note", "l1", "g1"),
    "add_card spanning to": lambda tx: edits.add_card(tx, "note", "l1", "s1", to_step="x"),
    "move_cards": lambda tx: edits.move_cards(tx, ["c1", "k1"], "l3", "s1"),
    "move_cards to": lambda tx: edits.move_cards(tx, ["c1"], "l3", "x"),
    "shift_cards": lambda tx: edits.shift_cards(tx, ["c1", "x"], 1, 0),
    "shift_cards by nothing": lambda tx: edits.shift_cards(tx, ["x"], 0, 0),
    "span_card": lambda tx: edits.span_card(tx, "x", None),
    "span_card to": lambda tx: edits.span_card(tx, "c1", "c2"),
    "duplicate_cards": lambda tx: edits.duplicate_cards(tx, ["c1", "l1"]),
    "add_point lane": lambda tx: edits.add_point(tx, "x", "p1", "s1"),
    "add_point persona": lambda tx: edits.add_point(tx, "l2", "c1", "s1"),
    "add_point step": lambda tx: edits.add_point(tx, "l2", "p1", "g1"),
    "move_point": lambda tx: edits.move_point(tx, "c1", "s1", 0.5, 0.0),
    "move_point to": lambda tx: edits.move_point(tx, "e1", "x", 0.5, 0.0),
    "add_link from": lambda tx: edits.add_link(tx, "s1", "c1"),
    "add_link to": lambda tx: edits.add_link(tx, "c1", "u1"),
    "reverse_link": lambda tx: edits.reverse_link(tx, "c1"),
    "set_fields": lambda tx: edits.set_fields(tx, ["c1", "x"], title="T"),
    "set_fields of an unknown record": lambda tx: edits.set_fields(tx, ["c1", "u1"], title="T"),
}


@pytest.mark.parametrize("act", GONE.values(), ids=GONE.keys())
def test_edits_on_what_is_not_there(act: Act) -> None:
    """E1, R6, T8: one sentence for the user, and nothing changed although the transaction stays open."""
    document = small_map()
    before = bytes_of(document.store)
    tx = document.begin("Edit")
    with pytest.raises(EditError) as caught:
        act(tx)
    assert bytes_of(document.store) == before
    assert tx.diff == {}
    tx.commit()
    sentence = str(caught.value)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert ". " not in sentence


def test_sentences_name_things_as_people_do() -> None:
    """E1: an emotion point, not an EmotionPoint."""
    document = small_map()
    for act, expected in (
        (GONE["move_point"], "There is no emotion point c1 in this map."),
        (GONE["add_step"], "There is no stage x in this map."),
        (GONE["add_stage before"], "Nothing can be placed before x, which is not there."),
        (GONE["set_fields"], "There is nothing to change at x."),
    ):
        with pytest.raises(EditError) as caught, document.edit("Edit") as tx:
            act(tx)
        assert str(caught.value) == expected


SAME_PLACE: dict[str, Act] = {
    "stage before itself": lambda tx: edits.move_stage(tx, "g1", "g1"),
    "stage before the next": lambda tx: edits.move_stage(tx, "g1", "g2"),
    "last stage to the end": lambda tx: edits.move_stage(tx, "g2", None),
    "step before itself": lambda tx: edits.move_step(tx, "s2", "g1", "s2"),
    "only step of its stage": lambda tx: edits.move_step(tx, "s3", "g2"),
    "lane before the next": lambda tx: edits.move_lane(tx, "l1", "l2"),
    "persona to the end": lambda tx: edits.move_persona(tx, "p2", None),
    "cards to their cell": lambda tx: edits.move_cards(tx, ["c1", "c2"], "l1", "s1"),
    "card to its index": lambda tx: edits.move_cards(tx, ["c1"], "l1", "s1", 0),
    "no cards": lambda tx: edits.move_cards(tx, [], "l1", "s2"),
    "cards by nothing": lambda tx: edits.shift_cards(tx, ["c1", "c3"], 0, 0),
    "span as it is": lambda tx: edits.span_card(tx, "c3", "s3"),
    "point to its place": lambda tx: edits.move_point(tx, "e1", "s1", 0.25, -1.5),
    "title as it is": lambda tx: edits.set_map(tx, title="Switching provider"),
    "nothing deleted": lambda tx: edits.delete(tx, []),
    "nothing duplicated": lambda tx: edits.duplicate_cards(tx, []),
}


@pytest.mark.parametrize("act", SAME_PLACE.values(), ids=SAME_PLACE.keys())
def test_edits_that_leave_all_as_it_is(act: Act) -> None:
    """E2: and so make no step in the history."""
    document = small_map()
    assert touched(document, act) == set()
    assert document.history.undo_label is None


def test_bad_values_leave_nothing() -> None:
    """T8: a stage whose first step cannot be called that is not added either."""
    document = small_map()
    before = bytes_of(document.store)
    tx = document.begin("Edit")
    for act in (
        lambda: edits.add_stage(tx, "Good", step_title="t" * 501),
        lambda: edits.add_card(tx, "note", "l1", "s1", title=7),
        lambda: edits.add_card(tx, "No Kind", "l1", "s1"),
        lambda: edits.add_lane(tx, "No Kind"),
        lambda: edits.add_persona(tx, color="red"),
        lambda: edits.add_point(tx, "l2", "p1", "s1", label="t" * 501),
        lambda: edits.add_link(tx, "c1", "c2", "t" * 501),
        lambda: edits.set_fields(tx, ["s1", "s2"], width=1.0),
    ):
        with pytest.raises(ValidationError):
            act()
        assert bytes_of(document.store) == before
    tx.commit()


def test_adding_a_stage() -> None:
    """S1, S2: with a step, at the end or before another."""
    document = Document()
    with document.edit("Add") as tx:
        last = edits.add_stage(tx, "Last", step_title="Only")
        first = edits.add_stage(tx, "First", before=last)
        middle = edits.add_stage(tx, before=last)
    assert order_of(document)["stages"] == [first, middle, last]
    assert [stage.title for stage in stages(document.store)] == ["First", "", "Last"]
    [step] = steps_of(document.store, last)
    assert step.title == "Only"


def test_adding_steps_lanes_and_personas() -> None:
    """S2, S5: at the end or before another, called as their kind or as given, in free colours."""
    document = small_map()
    with document.edit("Add") as tx:
        steps = [edits.add_step(tx, "g1", "Step"), edits.add_step(tx, "g1", before="s2"), edits.add_step(tx, "g2")]
        rows = [
            edits.add_lane(tx, "support"),
            edits.add_lane(tx, "notes", "", before="l1"),
            edits.add_lane(tx, "orbit"),
        ]
        people = [edits.add_persona(tx, "Cem"), edits.add_persona(tx, color="#0E7490"), edits.add_persona(tx)]
    assert order_of(document) == {
        "stages": ["g1", "g2"],
        "steps": ["s1", steps[1], "s2", steps[0], "s3", steps[2]],
        "lanes": [rows[1], "l1", "l2", "l3", rows[0], rows[2]],
        "personas": ["p1", "p2", *people],
    }
    found = [document.store.of(Lane, row) for row in rows]
    assert [lane and lane.title for lane in found] == ["Support processes", "", "Notes"]
    colors = [persona.color for persona in personas(document.store)]
    assert colors == ["#9D174D", "#0E7490", "#1D4ED8", "#0E7490", "#B45309"]


def test_colours_when_all_are_taken() -> None:
    """S5: the one that fewest have, after deletions too."""
    document = Document()
    with document.edit("Add") as tx:
        people = [edits.add_persona(tx) for _ in range(8)]
    colors = [persona.color for persona in personas(document.store)]
    assert len(set(colors)) == 6
    assert colors[6:] == colors[:2]
    with document.edit("Again") as tx:
        edits.delete(tx, people[3:4])
        again = edits.add_persona(tx)
    persona = document.store.of(Persona, again)
    assert persona is not None
    assert persona.color == colors[3]


@pytest.mark.parametrize(
    ("act", "name", "expected"),
    [
        (lambda tx: edits.move_stage(tx, "g2", "g1"), "stages", ["g2", "g1"]),
        (lambda tx: edits.move_stage(tx, "g1", None), "stages", ["g2", "g1"]),
        (lambda tx: edits.move_step(tx, "s2", "g1", "s1"), "steps", ["s2", "s1", "s3"]),
        (lambda tx: edits.move_step(tx, "s1", "g1"), "steps", ["s2", "s1", "s3"]),
        (lambda tx: edits.move_lane(tx, "l3", "l1"), "lanes", ["l3", "l1", "l2"]),
        (lambda tx: edits.move_lane(tx, "l1", "l3"), "lanes", ["l2", "l1", "l3"]),
        (lambda tx: edits.move_lane(tx, "l1", None), "lanes", ["l2", "l3", "l1"]),
        (lambda tx: edits.move_persona(tx, "p2", "p1"), "personas", ["p2", "p1"]),
    ],
)
def test_moving_among_siblings(act: Act, name: str, expected: list[str]) -> None:
    """S3: one record changes."""
    document = small_map()
    assert len(touched(document, act)) == 1
    assert order_of(document)[name] == expected
    document.undo()
    assert order_of(document) == order_of(small_map())


def test_moving_a_stage_takes_its_steps_along() -> None:
    """S3, Q1: the columns follow."""
    document = small_map()
    with document.edit("Move") as tx:
        edits.move_stage(tx, "g2", "g1")
    assert order_of(document)["steps"] == ["s3", "s1", "s2"]


def test_moving_a_step_to_another_stage() -> None:
    """S4: with what lies in it; before another or to the end."""
    document = small_map()
    with document.edit("Move") as tx:
        edits.move_step(tx, "s1", "g2", "s3")
        edits.add_stage(tx)
    assert [step.id for step in steps_of(document.store, "g2")] == ["s1", "s3"]
    assert {record.id for record in document.store.referrers("s1", "at_step")} == {"c1", "c2", "e1"}
    with document.edit("Move") as tx:
        edits.move_step(tx, "s1", "g1")
    assert order_of(document)["steps"][:3] == ["s2", "s1", "s3"]


def test_the_only_step_of_a_stage_stays() -> None:
    """S4, V3: because a stage without steps cannot be."""
    document = small_map()
    with pytest.raises(EditError, match="at least one step"), document.edit("Move") as tx:
        edits.move_step(tx, "s3", "g1")
    assert order_of(document)["steps"] == ["s1", "s2", "s3"]


def test_moving_where_keys_are_equal() -> None:
    """O5, S3: as a merge can leave them."""
    lane: Values = {"type": "lane", "order": "a0"}
    document = small_map({**lane, "id": "l3"}, {**lane, "id": "l2", "kind": "emotion"})
    assert order_of(document)["lanes"] == ["l1", "l2", "l3"]
    with document.edit("Move") as tx:
        edits.move_lane(tx, "l3", "l2")
    assert order_of(document)["lanes"] == ["l1", "l3", "l2"]


def test_points_of_a_lane() -> None:
    """Q2: those of a curve lane; none of another."""
    store = small_map(card("c9")).store
    assert {point.id for point in points_on(store, "l2")} == {"e1", "e2"}
    assert points_on(store, "l1") == points_on(store, "nothing") == []
