"""Records in their graph, and the algebra of diffs."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.diff import Diff, between, inverse, squash
from app.model.document import Document
from app.model.records import Card, Link, Record, Stage, Step
from app.model.registry import record_from_json
from app.model.rules import RuleError
from app.model.store import DuplicateIdError, RecordGraph
from tests.model.builders import SMALL, assert_true_to_records, bytes_of, card, records

IDS = ["a", "b", "c", "d", "e"]
ids = st.sampled_from(IDS)
loose_records = st.one_of(
    st.builds(
        lambda key, step, lane, end: record_from_json(card(key, step=step, lane=lane, to_step=end)), ids, ids, ids, ids
    ),
    st.builds(Link, id=ids, source=ids, target=ids, label=st.just("")),
    st.builds(Step, id=ids, stage=ids, order=st.just("a0"), title=st.just(""), width=st.none()),
    st.builds(Stage, id=ids, title=st.sampled_from("xy"), order=st.just("a0"), color=st.none()),
    st.builds(
        lambda key, name: record_from_json({"type": name, "id": key}), ids, st.sampled_from(["sticker", "stamp"])
    ),
)
"""Records that refer to anything, to themselves and twice to the same, as may be halfway through an edit."""

loose_states = st.lists(loose_records, max_size=5, unique_by=lambda record: record.id)


def state(all_records: list[Record]) -> dict[str, Record]:
    return {record.id: record for record in all_records}


def after(store: RecordGraph) -> dict[str, Record]:
    return {record.id: record for record in store}


def test_nodes_and_edges() -> None:
    """G1: a node with the record on it, an edge per reference, keyed by relation."""
    store = RecordGraph(records())
    assert store.graph.nodes["c3"]["record"] is store["c3"]
    edges = sorted((target, relation) for _, target, relation in store.graph.out_edges("c3", keys=True))
    assert edges == [("l3", "in_lane"), ("s2", "at_step"), ("s3", "to_step")]
    assert sorted(store.graph.predecessors("s3")) == ["c3", "c4", "e2"]
    assert nx.has_path(store.graph, "k1", "g2")
    assert_true_to_records(store)


def test_two_relations_between_the_same_two() -> None:
    """G1, G2: two keys on one pair, whose going leaves other edges of those relations alone."""
    both = record_from_json(card("c9", step="s1", to_step="s1"))
    store = RecordGraph([*records(), both])
    assert set(store.graph["c9"]["s1"]) == {"at_step", "to_step"}
    assert_true_to_records(store)
    store.apply({"c9": (both, both.changed(to_step=None))})
    assert set(store.graph["c9"]["s1"]) == {"at_step"}
    assert_true_to_records(store)
    store.apply({"c9": (both, both)})
    assert_true_to_records(store)


@given(loose_states, st.lists(loose_states, max_size=5))
def test_kept_by_diffs_or_built_anew(first: list[Record], others: list[list[Record]]) -> None:
    """G2, G3, D1, D3: through any states, sound or not, forth and back again."""
    store = RecordGraph(first)
    assert_true_to_records(store)
    path = [state(first)]
    for other in others:
        diff = between(store, other)
        store.apply(diff)
        assert after(store) == state(other)
        assert_true_to_records(store)
        path.append(state(other))
    for now, before in zip(reversed(path), list(reversed(path))[1:], strict=False):
        store.apply(inverse(between(before.values(), now.values())))
        assert after(store) == before
        assert_true_to_records(store)


def test_a_reference_that_leads_nowhere() -> None:
    """G3: its target is a bare node, until the last who refers to it goes."""
    store = RecordGraph([Step(id="s1", stage="g"), Step(id="s2", stage="g")])
    assert store.graph.nodes["g"] == {}
    assert "g" not in store
    assert [step.id for step in store.referrers("g", "in_stage")] == ["s1", "s2"]
    store.apply({"s1": (store["s1"], None)})
    assert "g" in store.graph
    store.apply({"s2": (store["s2"], store["s2"].changed(stage="h"))})
    assert sorted(store.graph) == ["h", "s2"]


def test_taking_away_what_is_referred_to() -> None:
    """G3: and putting it back."""
    store = RecordGraph(records())
    stage = store["g1"]
    store.apply({"g1": (stage, None)})
    assert store.graph.nodes["g1"] == {}
    assert store.get("g1") is None
    assert_true_to_records(store)
    store.apply({"g1": (None, stage)})
    assert store.graph.nodes["g1"] == {"record": stage}
    store.apply({"nothing": (None, None)})
    assert_true_to_records(store)


def test_the_graph_is_for_reading() -> None:
    """G4: all that networkx has for changing it is closed."""
    store = RecordGraph(records())
    for change in (store.graph.clear, lambda: store.graph.add_edge("c1", "c2"), lambda: store.graph.remove_node("c1")):
        with pytest.raises(nx.NetworkXError):
            change()
    assert nx.Graph(store.graph).number_of_nodes() == len(SMALL)


def test_finding_records() -> None:
    """G5: by id, class, type and reference."""
    store = RecordGraph(records())
    assert "c1" in store
    assert len(store) == len(SMALL) == len(list(store))
    assert store["c1"].id == "c1"
    assert store.get(None) is None
    assert store.of(Card, "c1") is store["c1"]
    assert store.of(Card, "s1") is store.of(Card, "nothing") is store.of(Card, None) is None
    assert {record.id for record in store.of_type("stage")} == store.ids_of_type("stage") == {"g1", "g2"}
    assert store.of_type("nothing") == []
    assert not store.ids_of_type("nothing")
    assert {record.id for record in store.referrers("s3")} == {"c3", "c4", "e2"}
    assert [record.id for record in store.referrers("s3", "to_step")] == ["c3"]
    assert list(store.referrers("nothing")) == []
    with pytest.raises(KeyError):
        store["nothing"]


def test_finding_what_refers_to_two() -> None:
    """G5: through the relations that were asked for only."""
    store = RecordGraph(records(card("c9", step="s3", lane="l3")))
    assert {r.id for r in store.referrers_to_both(("s1", "at_step"), ("l1", "in_lane"))} == {"c1", "c2"}
    assert [r.id for r in store.referrers_to_both(("s3", "at_step"), ("l3", "in_lane"))] == ["c9"]
    assert [r.id for r in store.referrers_to_both(("s3", "to_step"), ("l3", "in_lane"))] == ["c3"]
    assert store.referrers_to_both(("nothing", "at_step"), ("l3", "in_lane")) == []


def test_writing_while_looking_at_referrers() -> None:
    """G5: the loop goes on over those that there were."""
    store = RecordGraph(records())
    for record in store.referrers("s3"):
        store.apply({record.id: (record, None)})
    assert list(store.referrers("s3")) == []


@given(loose_states, loose_states, loose_states)
def test_an_answer_is_kept_only_while_it_is_true(one: list[Record], two: list[Record], three: list[Record]) -> None:
    """G7: whatever was written to records of the types it is about."""
    store = RecordGraph(one)
    for other in (two, three, one):
        store.apply(between(list(store), other))
        assert store.kept(steps_and_stages, "step", "stage") == steps_and_stages(store)


def test_an_answer_is_kept_while_other_things_are_written() -> None:
    """G7: the same object comes back."""
    store = RecordGraph(records())
    found = store.kept(steps_and_stages, "step", "stage")
    store.apply({"c1": (store["c1"], None)})
    assert store.kept(steps_and_stages, "step", "stage") is found


def steps_and_stages(store: RecordGraph) -> dict[str, Record]:
    return {record.id: record for record in store if isinstance(record, Step | Stage)}


def test_two_records_with_one_id() -> None:
    """G6: refused with all the ids that come twice."""
    twice = [*records(), Stage(id="c1"), Stage(id="g1"), Stage(id="g1")]
    with pytest.raises(DuplicateIdError) as caught:
        RecordGraph(twice)
    assert caught.value.ids == ["c1", "g1"]
    with pytest.raises(RuleError, match="c1: is the id of several records; g1: is the id"):
        Document(twice)


diffs = st.builds(between, loose_states, loose_states)


@given(loose_states, st.lists(loose_states, min_size=2, max_size=4))
def test_squashing(first: list[Record], others: list[list[Record]]) -> None:
    """D2: one diff for a whole path, whichever are squashed first, and none of them changed."""
    states = [first, *others]
    path = [between(one, other) for one, other in zip(states, others, strict=False)]
    copies = [dict(diff) for diff in path]
    whole: Diff = {}
    for diff in path:
        whole = squash(whole, diff)
    assert whole == between(first, others[-1])
    backwards: Diff = {}
    for diff in reversed(path):
        backwards = squash(diff, backwards)
    assert backwards == whole
    assert path == copies


@given(loose_states, loose_states)
def test_the_inverse(first: list[Record], second: list[Record]) -> None:
    """D1: twice, it is the diff itself; after the diff, it leaves nothing."""
    diff = between(first, second)
    assert inverse(inverse(diff)) == diff
    assert squash(diff, inverse(diff)) == {}
    assert inverse(diff) == between(second, first)


def test_order_of_records_does_not_matter() -> None:
    """G2: neither to the graph nor to what is written."""
    shuffled = records()
    random.Random(3).shuffle(shuffled)
    one, other = RecordGraph(records()), RecordGraph(shuffled)
    assert nx.utils.graphs_equal(nx.MultiDiGraph(one.graph), nx.MultiDiGraph(other.graph))
    assert bytes_of(one) == bytes_of(other)
