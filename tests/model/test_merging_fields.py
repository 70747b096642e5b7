"""One record that two people changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import edits
from app.model.document import Transaction
from app.model.merging.rows import both_texts, merged_readings, merged_rows, merged_sets
from app.model.records import Card
from app.model.registry import record_from_json
from tests.model.builders import BESIDE, Values, card, records, rich_map
from tests.model.two_sides import by_id, changed, conflict, merged, put


def test_a_conflict_names_everything() -> None:
    """M4: record, field, the three values, and a sentence."""
    found = conflict(merged(put(title="Asks"), put(title="Decides")))
    assert found.key == ("c1", "title")
    assert (found.type, found.label, found.meaning) == ("card", "Title", "text")
    assert (found.base, found.mine, found.theirs) == ("Compares", "Asks", "Decides")
    assert found.sentence.text == "“Asks”, Title: “Asks” here, “Decides” there."


def test_choosing() -> None:
    """M4: each way; what nobody chose has its default."""
    found = merged(put(title="Asks", standing="partly"), put(title="Decides", standing="evidenced"))
    assert {conflict.field for conflict in found.conflicts} == {"title", "standing"}
    for choice, title in (("mine", "Asks"), ("theirs", "Decides"), ("both", "Asks / Decides")):
        one = {record.id: record for record in found.resolved({("c1", "title"): choice})}["c1"]  # type: ignore[dict-item]
        assert one.__dict__["title"] == title
        assert one.__dict__["standing"] == by_id(found)["c1"].__dict__["standing"]


def test_what_is_not_offered_cannot_be_chosen() -> None:
    """M4: there is no value that is both of two ratings."""
    found = merged(put(standing="partly"), put(standing="evidenced"))
    assert conflict(found).offers == ("mine", "theirs")
    with pytest.raises(ValueError, match="no choice"):
        found.resolve({("c1", "standing"): "both"})


def test_the_defaults_of_a_record_are_of_one_side() -> None:
    """M4: a card that both moved lies where one of them put it, and not in a cell that neither chose."""
    found = merged(
        lambda tx: edits.move_cards(tx, ["c1"], "l4", "s2"), lambda tx: edits.move_cards(tx, ["c1"], "l3", "s3")
    )
    one = by_id(found)["c1"]
    assert isinstance(one, Card)
    assert (one.lane, one.step) in {("l4", "s2"), ("l3", "s3")}
    assert {conflict.field for conflict in found.conflicts} == {"lane", "step"}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both", "is_clean"),
    [
        ("Calls the hotline", "Calls the hotline twice", "Ana calls the hotline", "Ana calls the hotline twice", True),
        ("calls the hotline", "calls the hotline twice", "Ana calls the hotline", "Ana calls the hotline twice", True),
        ("the old line", "the new line", "the old phone line", "the new phone line", True),
        ("客が待つ", "客が長く待つ", "お客が待つ", "お客が長く待つ", True),
        ("calls", "calls once", "calls twice", "calls once / calls twice", False),
        ("", "Asks", "Decides", "Asks / Decides", False),
        ("", "Asks", "Asks again", "Asks again", True),
        ("order", "no", "nothing", "no / nothing", False),
        ("Asks", "Decides", "", "Decides", True),
    ],
)
def test_both_texts(base: str, mine: str, theirs: str, both: str, is_clean: bool) -> None:
    """M5: word by word where nobody is in the other's way."""
    found = merged(put(title=mine), put(title=theirs), records(*BESIDE, card("c1", title=base)))
    assert (conflict(found).both, conflict(found).is_clean) == (both, is_clean)
    assert (conflict(found).default == "both") == is_clean


def test_long_texts_stand_below_each_other() -> None:
    """M5: where they cannot be one; texts that are too long together are no offer."""
    assert conflict(merged(put(body="One"), put(body="Two"))).both == "One\n\nTwo"
    assert conflict(merged(put(body="a" * 9_000), put(body="b" * 9_000))).both is None
    assert conflict(merged(put(title="a" * 300), put(title="b" * 300))).offers == ("mine", "theirs")


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_texts_meet_the_same_both_ways(base: str, mine: str, theirs: str) -> None:
    """M2, M5: and what one side left alone is the other's."""
    assert both_texts(base, mine, theirs, " / ") == both_texts(base, theirs, mine, " / ")
    if base not in mine and mine not in base:
        assert both_texts(base, base, mine, " / ") == (mine, True)


lines = st.lists(st.sampled_from("abcdef"), max_size=6)


@given(lines, lines, lines)
def test_lists_meet_the_same_both_ways(base: list[str], mine: list[str], theirs: list[str]) -> None:
    """M1, M2, M6: what a side added is there; a side that did nothing leaves the other as it is."""
    found = merged_rows(base, mine, theirs, lines=True)
    assert found == merged_rows(base, theirs, mine, lines=True)
    assert merged_rows(base, mine, base, lines=True) == mine
    assert merged_rows(base, mine, mine, lines=True) == mine
    if found is not None:
        assert {*mine, *theirs} - {*base} <= {*found}


@given(lines, lines, lines)
def test_sets(base: list[str], mine: list[str], theirs: list[str]) -> None:
    """M6: against a rule for each entry."""
    found = merged_sets(base, mine, theirs)
    for entry in "abcdef":
        sides = (entry in mine, entry in theirs)
        wanted = any(sides) if entry not in base else all(sides)
        assert (entry in found) == wanted


def test_sets_and_lists_of_records() -> None:
    """M6: two who cite other sources, and two who add goals, are both right."""

    def mine(tx: Transaction) -> None:
        edits.set_references(tx, ["d4"], "sources", ["o1", "o2"])
        edits.set_fields(tx, ["p1"], goals=("Films", "Peace"))

    def theirs(tx: Transaction) -> None:
        edits.set_references(tx, ["d4"], "sources", [])
        edits.set_fields(tx, ["p1"], goals=("Films", "A fair price"))

    base = changed(rich_map().records, lambda tx: edits.set_fields(tx, ["p1"], goals=("Films",)))
    found = merged(mine, theirs, base)
    assert by_id(found)["d4"].__dict__["sources"] == ("o1",)
    assert by_id(found)["p1"].__dict__["goals"] == ("Films", "A fair price", "Peace")
    assert found.conflicts == ()


def test_lists_that_cannot_be_one() -> None:
    """M4, M5, M6: the same line, written anew by both."""
    base = changed(rich_map().records, lambda tx: edits.set_fields(tx, ["p1"], goals=("Films", "Peace")))
    found = merged(
        lambda tx: edits.set_fields(tx, ["p1"], goals=("Films in 4K", "Peace")),
        lambda tx: edits.set_fields(tx, ["p1"], goals=("Music", "Peace")),
        base,
    )
    assert conflict(found).both == ["Films in 4K", "Peace", "Music"]
    assert conflict(found).sentence.text == "“Ana”, Goals: “Films in 4K”, “Peace” here, “Music”, “Peace” there."


def test_a_list_that_would_be_too_long() -> None:
    """M5, M6: is a conflict, and there is no offer of both."""
    many = [tuple(f"{name} {number}" for number in range(20)) for name in ("mine", "theirs")]
    found = merged(
        lambda tx: edits.set_fields(tx, ["p1"], goals=many[0]), lambda tx: edits.set_fields(tx, ["p1"], goals=many[1])
    )
    assert conflict(found).offers == ("mine", "theirs")


def test_readings() -> None:
    """M6: of other days they are both there; two figures of one day are a conflict."""
    base = [["2026-01-01", 1.0]]
    assert merged_readings(base, [*base, ["2026-02-01", 2.0]], [["2026-03-01", 3.0]]) == [
        ["2026-02-01", 2.0],
        ["2026-03-01", 3.0],
    ]
    assert merged_readings(base, [["2026-01-01", 2.0]], [["2026-01-01", 2.0]]) == [["2026-01-01", 2.0]]
    assert merged_readings(base, [["2026-01-01", 2.0]], [["2026-01-01", 3.0]]) is None
    metric: Values = card("n1", kind="metric", lane="l4", history=base)
    found = merged(
        lambda tx: edits.set_fields(tx, ["n1"], history=[("2026-01-01", 2.0)]),
        lambda tx: edits.set_fields(tx, ["n1"], history=[("2026-01-01", 3.0)]),
        records(*BESIDE, metric),
    )
    assert conflict(found).both == [["2026-01-01", 2.0], ["2026-01-01", 3.0]]
    both = {record.id: record for record in found.resolved({("n1", "history"): "both"})}["n1"]
    assert len(both.__dict__["history"]) == 2


def test_unknown_fields_and_types() -> None:
    """M10: merged by field; two values of one field are a conflict, whatever they are."""

    def mine(tx: Transaction) -> None:
        tx.put(tx.store["u1"].changed(size=3, mood="calm"))
        tx.put(tx.store["c2"].changed(mood={"of": [2]}))

    def theirs(tx: Transaction) -> None:
        tx.put(tx.store["u1"].changed(color="red", mood="wild"))
        tx.put(tx.store["c2"].changed(depth=1))

    found = merged(mine, theirs)
    sticker = by_id(found)["u1"].__pydantic_extra__ or {}
    assert (sticker["size"], sticker["color"], sticker["where"]) == (3, "red", "s1")
    assert by_id(found)["c2"].__pydantic_extra__ == {"mood": {"of": [2]}, "depth": 1}
    assert (conflict(found).key, conflict(found).meaning) == (("u1", "mood"), "value")


def test_one_and_true_are_not_the_same() -> None:
    """M10: nor are 1 and 1.0, in a field that nobody here knows."""
    base = records({**card("n1"), "x": 0})
    found = merged(
        lambda tx: tx.put(tx.store["n1"].changed(x=1)), lambda tx: tx.put(tx.store["n1"].changed(x=True)), base
    )
    assert {conflict(found).mine, str(conflict(found).theirs)} == {1, "True"}


def test_the_same_id_for_two_new_records() -> None:
    """M11: of one type they are one; what only one of them says is kept."""
    found = merged(
        lambda tx: tx.put(record_from_json(card("n1", title="Asks", body="Mine"))),
        lambda tx: tx.put(record_from_json(card("n1", title="Decides", standing="partly"))),
    )
    one = by_id(found)["n1"].__dict__
    assert (one["body"], one["standing"]) == ("Mine", "partly")
    assert conflict(found).key == ("n1", "title")


def test_the_same_id_for_records_of_two_types() -> None:
    """M11: both are there, and what spoke of one still does."""

    def mine(tx: Transaction) -> None:
        tx.put(record_from_json({"type": "source", "id": "n1", "title": "Calls"}))
        edits.set_references(tx, ["c1"], "sources", ["n1"])

    found = merged(mine, lambda tx: tx.put(record_from_json({"type": "persona", "id": "n1", "name": "Dana"})))
    [source] = [record for record in found.records if record.__dict__.get("title") == "Calls"]
    assert [record.type for record in found.records if record.__dict__.get("name") == "Dana"] == ["persona"]
    assert by_id(found)["c1"].__dict__["sources"] == (source.id,)


def test_an_id_that_was_given_to_something_else() -> None:
    """M7, M11: is a deletion and something new."""

    def mine(tx: Transaction) -> None:
        edits.delete(tx, ["o2"])
        tx.put(record_from_json({"type": "persona", "id": "o2", "name": "Dana"}))

    found = merged(mine)
    assert by_id(found)["o2"].type == "persona"
    cited = merged(mine, lambda tx: edits.set_references(tx, ["c1"], "sources", ["o2"]))
    assert by_id(cited)["o2"].type == "source"
    assert [record.id for record in cited.records if record.__dict__.get("name") == "Dana"] != ["o2"]
