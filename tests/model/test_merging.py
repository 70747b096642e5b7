"""Two copies of a map in one: what is kept, what comes back, and in which order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import edits
from app.model.diff import between
from app.model.document import Document, Transaction
from app.model.merging import merge
from app.model.merging.wordings import WORDINGS
from app.model.queries import cards_in, columns, in_order, stages
from app.model.records import Card
from app.model.registry import record_from_json
from benchmarks.merge_oracle import judge
from benchmarks.random_edits import edited
from benchmarks.torture_merge import first_maps, two_sides
from tests.model.builders import bytes_of, card, records, rich_map, small_map
from tests.model.two_sides import Act, add_cards, by_id, changed, does_nothing, merged, notes, put, titles


@pytest.mark.slow
@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_whatever_two_people_do(seed: int) -> None:
    """M1, M2, M3, M4, M6, M7, M8, M9, M10, M11: against an oracle that knows plain JSON only."""
    chance = random.Random(seed)
    base = edited(chance.choice(first_maps()[:3]), chance)
    mine, theirs = two_sides(base, chance)
    _, verdict = judge(base if chance.random() < 0.9 else (), mine, theirs)
    assert verdict.lost == []
    assert verdict.wrong == []


def test_both_sides_are_in_the_result() -> None:
    """M1: other records, and other fields of the same record."""

    def mine(tx: Transaction) -> None:
        edits.set_fields(tx, ["c1"], title="Compares at home")
        edits.add_card(tx, "note", "l1", "s3", title="Mine")

    def theirs(tx: Transaction) -> None:
        edits.set_fields(tx, ["c1"], body="At night")
        edits.move_cards(tx, ["c1"], "l1", "s2")
        edits.delete(tx, ["k1"])

    found = merged(mine, theirs)
    one = by_id(found)["c1"]
    assert isinstance(one, Card)
    assert (one.title, one.body, one.step) == ("Compares at home", "At night", "s2")
    assert "Mine" in titles(found, "l1", "s3")
    assert "k1" not in by_id(found)
    assert (found.conflicts, found.notes) == ((), ())


def test_both_alike() -> None:
    """M1: no conflict, and nothing twice."""
    found = merged(put(title="Same"), put(title="Same"))
    assert found.conflicts == ()
    assert by_id(found)["c1"].__dict__["title"] == "Same"


def test_a_side_that_did_nothing() -> None:
    """M1: the result is the other side, to the last key."""
    base = rich_map().records
    mine = changed(base, lambda tx: (edits.delete(tx, ["g1"]), edits.add_stage(tx, "New")))
    assert bytes_of(merge(base, mine, base).records) == bytes_of(mine)
    assert bytes_of(merge(base, base, mine).records) == bytes_of(mine)
    assert bytes_of(merge(base, mine, mine).records) == bytes_of(mine)


def test_a_change_beats_a_deletion() -> None:
    """M7: the card comes back with its step, its stage and its lane, and that is said."""
    found = merged(lambda tx: edits.delete(tx, ["g1", "l1"]), put(body="On the phone"))
    back = by_id(found)
    assert back["c1"].__dict__["body"] == "On the phone"
    assert {"s1", "g1", "l1"} <= back.keys()
    assert {"s2", "c2", "d2"} & back.keys() == set()
    assert notes(found) == [("kept", "c1"), ("needed", "s1"), ("needed", "l1"), ("needed", "g1")]
    assert found.notes[0].sentence.text == (
        "The action “Compares” was deleted on one side and changed on the other; it stays."
    )
    assert found.notes[1].sentence.text == (
        "The step (step 1) was deleted on one side; it stays because “Compares” needs it."
    )


def test_what_somebody_speaks_of_comes_back() -> None:
    """M7: sources that are cited anew, channels that are used anew, pictures of a comment's card."""

    def mine(tx: Transaction) -> None:
        edits.delete(tx, ["o1", "h1", "c2"])

    def theirs(tx: Transaction) -> None:
        edits.set_references(tx, ["c1"], "sources", ["o1"])
        edits.set_fields(tx, ["c3"], channel="h1")
        edits.add_comment(tx, "c2", "Why?")

    found = merged(mine, theirs)
    assert {"o1", "h1", "c2"} <= by_id(found).keys()
    assert sorted(notes(found)) == [("needed", "c2"), ("needed", "h1"), ("needed", "o1")]


def test_what_a_deletion_did_to_others_is_no_change() -> None:
    """M7: a card that lost a source with it, and siblings that only got new keys, stay deleted."""

    def mine(tx: Transaction) -> None:
        edits.delete(tx, ["o2"])
        for record, key in zip(columns(tx.store), ("b00", "b01", "c00"), strict=True):
            tx.set(record.id, order=key)

    found = merged(mine, lambda tx: edits.delete(tx, ["d4", "s2"]))
    assert {"d4", "s2"} & by_id(found).keys() == set()
    assert found.notes == ()


def test_a_deletion_on_both_sides() -> None:
    """M1, M7: is one."""
    found = merged(lambda tx: edits.delete(tx, ["g1"]), lambda tx: edits.delete(tx, ["g1"]))
    assert "g1" not in by_id(found)
    assert found.notes == ()


def test_a_map_that_was_emptied() -> None:
    """M3, M7: one deletes everything, the other goes on."""
    everything = [record.id for record in rich_map().records if record.id not in {"map", "u1"}]
    found = merged(lambda tx: edits.delete(tx, everything), lambda tx: edits.add_card(tx, "note", "l1", "s3"))
    assert {"l1", "s3", "g2"} <= by_id(found).keys()


def test_cards_that_both_add_to_a_cell() -> None:
    """M8: what one wrote stays together, and no two have the same key."""
    found = merged(add_cards("m1", "m2", "m3"), add_cards("t1", "t2", "t3"))
    names = titles(found, "l1", "s3")
    assert names[0] == ""  # it was there before
    assert names[1:] in (["m1", "m2", "m3", "t1", "t2", "t3"], ["t1", "t2", "t3", "m1", "m2", "m3"])
    keys = [one.order for one in cards_in(Document(found.records).store, "l1", "s3")]
    assert len(set(keys)) == len(keys)


def test_both_put_siblings_in_another_order() -> None:
    """M8: one moved the first to the end, the other the last to the second place."""
    base = changed(rich_map().records, add_cards("a", "b", "c", "d"))
    ids = {record.__dict__.get("title"): record.id for record in base}
    found = merged(
        lambda tx: edits.move_cards(tx, [ids["a"]], "l1", "s3", 4),
        lambda tx: edits.move_cards(tx, [ids["d"]], "l1", "s3", 2),
        base,
    )
    assert titles(found, "l1", "s3") == ["", "d", "b", "c", "a"]
    assert found.conflicts == ()


def test_one_renews_all_keys_while_the_other_inserts() -> None:
    """M8: the newcomer stands between the same two, though their keys are others now."""
    base = changed(rich_map().records, add_cards("a", "b", "c"))

    def mine(tx: Transaction) -> None:
        for number, one in enumerate(cards_in(tx.store, "l1", "s3")):
            tx.set(one.id, order=f"c{number:03}V")

    found = merged(mine, add_cards("between", index=2), base)
    assert titles(found, "l1", "s3") == ["", "a", "between", "b", "c"]


def test_without_a_base_common_siblings_are_a_frame() -> None:
    """M8, M11: where nothing is known of what they come from, as in git when both sides added the file."""
    base = changed(rich_map().records, add_cards("a", "b"))
    mine, theirs = changed(base, add_cards("mine", index=1)), changed(base, add_cards("theirs", index=3))
    found = merge((), mine, theirs)
    assert titles(found, "l1", "s3") == ["", "mine", "a", "b", "theirs"]
    assert found.conflicts == ()
    assert found.records == merge((), theirs, mine).records


def test_keys_between_which_none_fits() -> None:
    """M8: all siblings get new ones."""

    def put_there(id: str) -> Act:
        return lambda tx: tx.put(record_from_json(card(id, lane="l3", order="?", title=id)))

    found = merged(put_there("n1"), put_there("n2"))
    assert titles(found, "l3", "s1") == ["n1", "n2"]
    keys = [one.order for one in cards_in(Document(found.records).store, "l3", "s1")]
    assert keys[0] < keys[1]


def test_pictures_to_take_over() -> None:
    """M12: those that only the result and theirs name."""
    pictures = [f"{letters * 32}.png" for letters in ("cd", "ef")]
    found = merged(lambda tx: edits.add_backdrop(tx, pictures[0]), lambda tx: edits.add_backdrop(tx, pictures[1]))
    assert found.media_of_theirs() == {pictures[1]}
    assert merged(does_nothing).media_of_theirs() == set()


def test_a_merge_is_one_step() -> None:
    """M1, M3: the diff to the result can be applied, and undone."""
    found = merged(add_cards("mine"), lambda tx: edits.delete(tx, ["g1"]))
    document = Document(found.mine.values())
    before = bytes_of(document.store)
    with document.edit("Merge") as tx:
        for id, (_, after) in between(document.records, found.records).items():
            tx.put(after) if after is not None else tx.remove(id)
    assert bytes_of(document.store) == bytes_of(found.records)
    document.undo()
    assert bytes_of(document.store) == before


def test_two_stages_at_one_spot() -> None:
    """M8: frames are ordered like cards."""
    found = merged(
        lambda tx: edits.add_stage(tx, "Mine", before="g2"), lambda tx: edits.add_stage(tx, "Theirs", before="g2")
    )
    order = [stage.title for stage in stages(Document(found.records).store)]
    assert (order[0], order[-1]) == ("Awareness", "Purchase")
    assert set(order[1:3]) == {"Mine", "Theirs"}


def test_templates_are_whole_sentences() -> None:
    """M4, M9: with a name in each."""
    assert all(wording.endswith(".") and "{name}" in wording for wording in WORDINGS.values())


def test_order_of_equal_keys_is_kept() -> None:
    """M1, M8: what a careless program wrote is left alone where nobody touches it."""
    base = records(card("n1", lane="l3", order="a5"), card("n2", lane="l3", order="a5"))
    found = merged(put(title="Other"), base=base)
    assert [one.id for one in in_order(record for record in found.records if isinstance(record, Card))] == [
        one.id for one in in_order(record for record in base if isinstance(record, Card))
    ]


def test_small_maps_too() -> None:
    """M3: a map that says nothing yet."""
    document = small_map()
    assert (
        merge((), document.records, document.records).records
        == merge(document.records, document.records, document.records).records
    )
