"""Lanes and cards that become others, and points that change hands."""

from __future__ import annotations

import pytest

from app.model.document import Document, EditError
from app.model.edits import (
    add_card,
    add_lane,
    add_persona,
    add_point,
    add_stage,
    change_kind,
    give_point,
    set_lane_kind,
)
from app.model.kinds import card_kinds
from app.model.queries import steps_of
from app.model.records import EmotionPoint, Lane, record_to_json
from tests.model.builders import rich_map, small_map


@pytest.fixture
def document() -> Document:
    return Document()


def kind_and_title(document: Document, lane: str) -> tuple[str, str]:
    record = document.store[lane]
    assert isinstance(record, Lane)
    return record.kind, record.title


def test_a_lane_takes_the_name_of_its_new_kind_unless_it_has_one_of_its_own(document: Document) -> None:
    """S6: named and unnamed."""
    with document.edit("Draw") as tx:
        plain, named = add_lane(tx, "actions"), add_lane(tx, "actions", "What Mia does")
    with document.edit("Change") as tx:
        set_lane_kind(tx, plain, "thoughts")
        set_lane_kind(tx, named, "emotion")
    assert kind_and_title(document, plain) == ("thoughts", "Thoughts")
    assert kind_and_title(document, named) == ("emotion", "What Mia does")


def test_what_lies_in_a_lane_keeps_it_what_it_is(document: Document) -> None:
    """S6, E1: cards against curve lanes, points against all others."""
    with document.edit("Draw") as tx:
        [step] = steps_of(tx.store, add_stage(tx))
        actions, curve = add_lane(tx, "actions"), add_lane(tx, "emotion")
        add_card(tx, "action", actions, step.id)
        add_point(tx, curve, add_persona(tx), step.id)
    for lane, kind, what in ((actions, "emotion", "cards"), (curve, "notes", "emotion points")):
        with pytest.raises(EditError, match=f"holds {what}"), document.edit("Change") as tx:
            set_lane_kind(tx, lane, kind)
    with pytest.raises(EditError, match="There is no lane"), document.edit("Change") as tx:
        set_lane_kind(tx, "nowhere", "notes")


def test_a_point_is_given_to_another_persona(document: Document) -> None:
    """P3, E1: to one that is there."""
    with document.edit("Draw") as tx:
        [step] = steps_of(tx.store, add_stage(tx))
        mia, ken = add_persona(tx, "Mia"), add_persona(tx, "Ken")
        point = add_point(tx, add_lane(tx, "emotion"), mia, step.id, 0.25, -1.0)
    before = document.store[point]
    with document.edit("Give") as tx:
        give_point(tx, point, ken)
    assert document.store[point] == before.changed(persona=ken)
    assert isinstance(document.store[point], EmotionPoint)
    with pytest.raises(EditError, match="There is no persona"), document.edit("Give") as tx:
        give_point(tx, point, step.id)


def test_a_card_of_another_kind_keeps_all_that_it_can() -> None:
    """C8: place, span, words, evidence, whom it is about, links and comments; and what this version does not know."""
    document = rich_map()
    before = record_to_json(document.store["c3"])
    with document.edit("Change") as tx:
        gone = change_kind(tx, ["c3", "d3", "c2"], "insight")
    after = record_to_json(document.store["c3"])
    assert after == {name: value for name, value in before.items() if name != "channel"} | {"kind": "insight"}
    insight = record_to_json(document.store["d3"])
    assert (insight["personas"], insight["sources"], insight["standing"]) == (["p1", "p3"], ["o1", "o2"], "evidenced")
    assert record_to_json(document.store["c2"])["mood"] == {"of": [1, None]}
    assert {"k1", "m1"} <= {record.id for record in document.store.referrers("c3")}
    assert [field.name for field in gone.left_out] == ["channel", "addresses", "changes"]


def test_fields_that_both_kinds_have_are_kept() -> None:
    """C8: an owner is one before and after; undo brings back the rest."""
    document = small_map()
    with document.edit("Fill") as tx:
        card = add_card(tx, "touchpoint", "l1", "s1", title="Call", owner="Web team", importance=4, duration=0.0)
    before = document.store[card]
    with document.edit("Change") as tx:
        gone = change_kind(tx, [card], "opportunity")
    assert record_to_json(document.store[card])["owner"] == "Web team"
    assert [field.name for field in gone.left_out] == ["duration", "importance"]
    document.undo()
    assert document.store[card] == before


def test_others_let_go_of_what_a_card_is_no_longer() -> None:
    """C8: an opportunity addresses pain points and changes touchpoints; sources and feedback speak of any card."""
    document = rich_map()
    with document.edit("Change") as tx:
        gone = change_kind(tx, ["d1", "c3"], "note")
    opportunity = record_to_json(document.store["d3"])
    assert "addresses" not in opportunity
    assert opportunity["changes"] == ["d2"]
    assert record_to_json(document.store["f1"])["cards"] == ["c1", "c3"]
    assert [field.name for field in gone.let_go] == ["addresses", "changes"]
    assert [field.name for field in gone.left_out] == ["severity", "frequency", "channel"]


@pytest.mark.parametrize("kind", list(card_kinds()))
def test_every_card_becomes_one_of_every_kind(kind: str) -> None:
    """C8, E2: also of a kind of a newer version; and a card of that kind stays as it is."""
    document = rich_map()
    cards = sorted(document.store.ids_of_type("card"))
    places = {id: [getattr(document.store[id], name) for name in ("lane", "step", "order")] for id in cards}
    with document.edit("Change") as tx:
        change_kind(tx, cards, kind)
    assert {type(document.store[id]) for id in cards} == {card_kinds()[kind].record}
    assert places == {id: [getattr(document.store[id], name) for name in ("lane", "step", "order")] for id in cards}
    undo = document.history.undo_label
    with document.edit("Change again") as tx:
        assert change_kind(tx, cards, kind) == ((), ())
    assert document.history.undo_label == undo == "Change"


def test_what_a_newer_version_means_by_a_name_does_not_get_in_the_way() -> None:
    """C8, R5: a field that would be a bad one of the new kind goes and is named, the others stay."""
    odd = {"type": "card", "id": "x", "kind": "hologram", "step": "s1", "lane": "l1"}
    document = small_map({**odd, "severity": "grave", "votes": 3, "addresses": ["nowhere"], "depth": 3})
    with document.edit("Change") as tx:
        gone = change_kind(tx, ["x"], "pain_point")
    kept = {"votes": 3, "depth": 3, "addresses": ["nowhere"]}
    assert record_to_json(document.store["x"]) == {**odd, **kept, "kind": "pain_point"}
    assert [field.name for field in gone.left_out] == ["severity"]
    with document.edit("Change") as tx:
        assert [field.name for field in change_kind(tx, ["x"], "opportunity").left_out] == ["votes", "addresses"]


def test_only_cards_become_cards_of_a_kind_that_there_is() -> None:
    """C8, E1: else nothing changes."""
    document = small_map()
    for ids, kind, sentence in ((["c1"], "hologram", "no such kind"), (["c1", "k1"], "note", "There is no card")):
        with pytest.raises(EditError, match=sentence), document.edit("Change") as tx:
            change_kind(tx, ids, kind)
    assert record_to_json(document.store["c1"])["kind"] == "action"
