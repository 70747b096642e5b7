"""What must hold in every map."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.beside import Comment
from app.model.diff import Diff
from app.model.document import Document
from app.model.ids import MAP_ID
from app.model.kinds.note import Note
from app.model.records import Lane, Link, MapRecord, Record, Reference, Stage, Step, UnknownRecord
from app.model.registry import record_from_json
from app.model.rules import MOST_PROBLEMS, RuleError, problems, problems_after
from app.model.soundness import is_sound
from app.model.store import RecordGraph
from tests.model.builders import BESIDE, SMALL, Values, bytes_of, card, records, small_map

LANE = {"type": "lane", "id": "l2", "kind": "notes"}
FEEDBACK: Values = {"type": "feedback", "id": "f1"}
POINT = {"type": "emotion_point", "id": "e1", "lane": "l1", "persona": "p1", "step": "s1"}

BROKEN: list[tuple[str, Values | None, str, str]] = [
    ("V1", None, "map", "map: the record of the map itself is missing"),
    ("V1", {"type": "map", "id": "m2"}, "m2", "m2: is a second record of the map itself"),
    ("V1", {"type": "sticker", "id": "map"}, "map", "map: the record of the map itself is missing"),
    ("V2", card("c1", step="s9"), "c1", "c1: refers to the step s9, which does not exist"),
    ("V2", card("c1", lane="s1"), "c1", "c1: its lane s1 is a step, not a lane"),
    ("V2", card("c1", to_step="g1"), "c1", "c1: its to_step g1 is a stage, not a step"),
    (
        "V2",
        {"type": "link", "id": "k1", "source": "c1", "target": "u1"},
        "k1",
        "k1: its target u1 is a sticker, not a card",
    ),
    ("V2", {**POINT, "lane": "l2", "persona": "c1"}, "e1", "e1: its persona c1 is a card, not a persona"),
    ("V2", None, "p1", "e1: refers to the persona p1, which does not exist"),
    ("V2", None, "s3", "c3: refers to the step s3, which does not exist"),
    ("V2", {"type": "stage", "id": "c1"}, "c1", "k1: its source c1 is a stage, not a card"),
    ("V3", {"type": "stage", "id": "g3"}, "g3", "g3: is a stage without a step"),
    ("V3", {"type": "step", "id": "s3", "stage": "g1"}, "s3", "g2: is a stage without a step"),
    ("V4", card("c1", lane="l2"), "c1", "c1: is a card in the curve lane l2"),
    ("V4", {"type": "lane", "id": "l1", "kind": "emotion"}, "l1", "c1: is a card in the curve lane l1"),
    ("V5", POINT, "e1", "e1: is an emotion point in l1, which is no curve lane"),
    ("V5", LANE, "l2", "e1: is an emotion point in l2, which is no curve lane"),
    ("V2", {**FEEDBACK, "cards": ["c1", "s1"]}, "f1", "f1: its cards s1 is a step, not a card"),
    ("V2", {**FEEDBACK, "sources": ["o9"]}, "f1", "f1: refers to the source o9, which does not exist"),
    ("V2", card("c9", kind="opportunity", changes=["c1"]), "c9", "c9: its changes c1 is no touchpoint"),
    ("V2", {"type": "comment", "id": "m1", "about": "c9"}, "m1", "m1: refers to the record c9, which does not exist"),
    ("V4", {"type": "lane", "id": "l1", "kind": "channels"}, "l1", "c1: is a card in the lane of channels l1"),
    ("V10", {"type": "comment", "id": "m1", "about": "m1"}, "m1", "m1: is a comment on the comment m1"),
    ("V6", {"type": "link", "id": "k1", "source": "c1", "target": "c1"}, "k1", "k1: is a link from a card to itself"),
]
BROKEN_IDS = [f"{rule} {message}" for rule, _, _, message in BROKEN]


@pytest.mark.parametrize(("_rule", "values", "id", "message"), BROKEN, ids=BROKEN_IDS)
def test_a_map_that_breaks_a_rule_is_refused(_rule: str, values: Values | None, id: str, message: str) -> None:
    """V1, V2, V3, V4, V5, V6, V7, V10: with all that is wrong."""
    broken = records(*([values] if values else []), without=[] if values else [id])
    with pytest.raises(RuleError) as caught:
        Document(broken)
    found = [f"{problem.record_id}: {problem.message}" for problem in caught.value.problems]
    assert message in found
    assert not is_sound(RecordGraph(broken))


@pytest.mark.parametrize(("_rule", "values", "id", "message"), BROKEN, ids=BROKEN_IDS)
def test_an_edit_that_breaks_a_rule_is_taken_back(_rule: str, values: Values | None, id: str, message: str) -> None:
    """V1, V2, V3, V4, V5, V6, V8, V10: nothing of it stays, and the error says what was wrong."""
    document = small_map()
    before = bytes_of(document.store)
    with pytest.raises(RuleError) as caught, document.edit("Break") as tx:  # noqa: PT012
        if values is None:
            tx.remove(id)
        else:
            tx.put(record_from_json(values))
    assert message in [f"{problem.record_id}: {problem.message}" for problem in caught.value.problems]
    assert str(caught.value).startswith(f"{caught.value.problems[0].record_id}: {caught.value.problems[0].message}")
    assert bytes_of(document.store) == before
    assert not document.undo()
    assert not document.is_editing


def test_no_records_at_all() -> None:
    """V7: a map that says nothing yet."""
    assert Document().records == [MapRecord()]
    assert Document().map == MapRecord()
    assert small_map().map.title == "Switching provider"


def test_an_end_may_be_missing() -> None:
    """V2: a card need not span."""
    assert problems(small_map(card("c1")).store) == []


def test_long_lists_of_problems_are_cut_in_the_text() -> None:
    """V8: five are enough to read; all are there to be shown."""
    with pytest.raises(RuleError) as caught:
        Document([MapRecord(), *(Stage(id=f"g{number}") for number in range(9))])
    assert len(caught.value.problems) == 9
    assert str(caught.value).count("without a step") == 5


values_of = {value["id"]: value for value in [*SMALL, *BESIDE]}
CARD_KINDS = st.sampled_from(["touchpoint", "pain_point", "note"])
IDS = sorted(values_of)


def anything_at(id: str) -> st.SearchStrategy[Record]:
    others = st.sampled_from(IDS)
    fields: dict[str, st.SearchStrategy[Any]] = {"source": others, "target": others, "stage": others, "persona": others}
    fields |= {"step": others, "lane": others, "to_step": others | st.none()}
    kinds = st.sampled_from(["emotion", "notes", "channels"])
    some = st.lists(others, max_size=2)
    return st.one_of(
        st.builds(lambda step, lane, end: record_from_json(card(id, step=step, lane=lane, to_step=end)), *[others] * 3),
        st.builds(lambda source, target: Link(id=id, source=source, target=target), others, others),
        st.builds(lambda kind, step: record_from_json(card(id, step=step, kind=kind)), CARD_KINDS, others),
        st.builds(
            lambda people, pains, points: record_from_json(
                card(id, kind="opportunity", personas=people, addresses=pains, changes=points)
            ),
            *[some] * 3,
        ),
        st.builds(lambda about: Comment(id=id, about=about), others),
        st.builds(lambda cards: record_from_json({**FEEDBACK, "id": id, "cards": cards}), some),
        st.builds(lambda stage: Step(id=id, stage=stage), others),
        st.builds(lambda kind: Lane(id=id, kind=kind), kinds),
        st.just(Stage(id=id)),
        st.just(MapRecord(id=id)),
        st.just(UnknownRecord(id=id, type="stamp")),
        st.builds(
            lambda lane, persona, step: record_from_json(
                {**POINT, "id": id, "lane": lane, "persona": persona, "step": step}
            ),
            *[others] * 3,
        ),
        st.sampled_from([record_from_json(values_of[id])] if id in values_of else [Stage(id=id)]),
    )


changes = st.lists(
    st.sampled_from([*IDS, "new1", "new2"]).flatmap(lambda key: st.tuples(st.just(key), st.none() | anything_at(key))),
    max_size=4,
)


@given(changes)
def test_all_ways_of_asking_agree(wanted: list[tuple[str, Record | None]]) -> None:
    """V9: of the whole map, of each record, of what a change touched."""
    store = RecordGraph(records(*BESIDE))
    diff: Diff = {}
    for id, record in wanted:
        if (id in diff and diff[id][0] == record) or store.get(id) == record:
            continue
        diff[id] = (diff[id][0] if id in diff else store.get(id), record)
        store.apply({id: (store.get(id), record)})
    found = problems(store)
    assert is_sound(store) == (found == [])
    assert sorted(set(found)) == sorted(set(problems_after(store, diff)))


def test_kinds_with_references_of_their_own() -> None:
    """V9: records of one type may differ in what they refer to."""

    class Owned(Note):
        """A note that belongs to a persona."""

        REFERENCES = MappingProxyType({**Note.REFERENCES, "owner": Reference("of_persona", "persona")})
        owner: str

    for owner, expected in (("p1", []), ("s1", ["c9"]), ("nobody", ["c9"])):
        owned = Owned.model_validate({**card("c9"), "owner": owner})
        store = RecordGraph([*records(), owned])
        assert [problem.record_id for problem in problems(store)] == expected
        assert is_sound(store) == (expected == [])


def test_map_id_is_fixed() -> None:
    """V1: what the map record is called."""
    assert MAP_ID == MapRecord().id == "map"


def test_a_map_with_very_many_problems_lists_the_first_of_them() -> None:
    """V7: a hostile map does not fill the memory with what is wrong with it."""
    links = [Link(id=f"k{n}", source="gone", target="lost") for n in range(MOST_PROBLEMS)]
    found = problems(RecordGraph([MapRecord(), *links]))
    assert len(found) == MOST_PROBLEMS
