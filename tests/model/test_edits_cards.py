"""Edits of cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import edits
from app.model.document import Document, EditError
from app.model.queries import cards_in, columns, links_of, span
from app.model.records import Card, record_to_json
from tests.model.builders import Values, card, rich_map, small_map


def cell(document: Document, lane: str, step: str) -> list[str]:
    return [card.id for card in cards_in(document.store, lane, step)]


def get(document: Document, id: str) -> Card:
    found = document.store.of(Card, id)
    assert found is not None
    return found


def wide_map(*more: Values) -> Document:
    """Six steps in three stages, three lanes for cards and a curve lane between them."""
    return small_map(
        {"type": "step", "id": "s4", "stage": "g2", "order": "a1"},
        {"type": "stage", "id": "g3", "order": "a2"},
        {"type": "step", "id": "s5", "stage": "g3", "order": "a0"},
        {"type": "step", "id": "s6", "stage": "g3", "order": "a1"},
        {"type": "lane", "id": "l4", "order": "a3", "kind": "notes"},
        *more,
        without=["k1", "c1", "c2", "c3", "c4"],
    )


def test_adding_cards() -> None:
    """C1: below the others, or at an index; with fields of its kind."""
    document = small_map()
    with document.edit("Add") as tx:
        below = edits.add_card(tx, "pain_point", "l1", "s1", title="Slow")
        above = edits.add_card(tx, "touchpoint", "l1", "s1", index=0, channel="email", online=True)
        third = edits.add_card(tx, "note", "l1", "s1", index=2)
        far = edits.add_card(tx, "note", "l1", "s1", index=99)
        beyond = edits.add_card(tx, "note", "l1", "s1", index=-5)
        strange = edits.add_card(tx, "hologram", "l3", "s1", to_step="s3")
    assert cell(document, "l1", "s1") == [beyond, above, "c1", third, "c2", below, far]
    assert get(document, above).details() == "E-mail · online"
    assert (type(get(document, strange)), get(document, strange).to_step) == (Card, "s3")


@pytest.mark.parametrize(
    "fields", [{"colour": "red"}, {"id": "c9"}, {"order": "a5"}, {"type": "stage"}, {"channel": "app"}]
)
def test_adding_a_card_with_fields_it_has_not(fields: Values) -> None:
    """C1: neither those that place it nor those of other kinds nor slips of the pen."""
    document = small_map()
    sentence = f"The field “{next(iter(fields))}” of this pain point cannot be set"
    with pytest.raises(EditError, match=sentence), document.edit("Add") as tx:
        edits.add_card(tx, "pain_point", "l1", "s1", **fields)
    assert cell(document, "l1", "s1") == ["c1", "c2"]


def test_no_card_in_a_curve_lane() -> None:
    """C3: neither added nor moved."""
    document = small_map()
    for act in (
        lambda tx: edits.add_card(tx, "note", "l2", "s1"),
        lambda tx: edits.move_cards(tx, ["c1"], "l2", "s1"),
    ):
        with pytest.raises(EditError, match="curve lane"), document.edit("Edit") as tx:
            act(tx)
    assert cell(document, "l2", "s1") == []


def test_moving_cards_to_another_cell() -> None:
    """C2: in the order given, below the others or at an index."""
    document = small_map(*(card(f"x{n}", step="s2", order=f"a{n}") for n in range(3)))
    with document.edit("Move") as tx:
        edits.move_cards(tx, ["c2", "c4", "c1", "c2"], "l1", "s2", 1)
    assert cell(document, "l1", "s2") == ["x0", "c2", "c4", "c1", "x1", "x2"]
    with document.edit("Move") as tx:
        edits.move_cards(tx, ["x1", "c2"], "l3", "s1")
        edits.move_cards(tx, ["x0"], "l3", "s1", -3)
    assert cell(document, "l3", "s1") == ["x0", "x1", "c2"]
    assert cell(document, "l1", "s2") == ["c4", "c1", "x2"]


@given(st.permutations(["x0", "x1", "x2", "x3"]), st.integers(0, 4), st.integers(-1, 5))
def test_moving_cards_in_their_cell(order: list[str], count: int, index: int) -> None:
    """C2: the index counts those that stay."""
    document = small_map(*(card(f"x{n}", step="s2", order=f"a{n}") for n in range(4)))
    with document.edit("Move") as tx:
        edits.move_cards(tx, order[:count], "l1", "s2", index)
    staying = [f"x{n}" for n in range(4) if f"x{n}" not in order[:count]]
    place = max(0, min(index, len(staying)))
    assert cell(document, "l1", "s2") == staying[:place] + order[:count] + staying[place:]


def test_moving_into_a_cell_without_room() -> None:
    """C2, O5: equal keys, as a merge can leave them."""
    document = small_map(*(card(f"x{n}", step="s2", order="a0") for n in range(3)))
    with document.edit("Move") as tx:
        edits.move_cards(tx, ["c1", "x0"], "l1", "s2", 1)
    assert cell(document, "l1", "s2") == ["x1", "c1", "x0", "x2"]


@pytest.mark.parametrize(
    ("step", "end", "to", "expected"),
    [
        ("s1", "s3", "s2", "s4"),
        ("s1", "s3", "s4", "s6"),
        ("s1", "s3", "s5", "s6"),
        ("s1", "s3", "s6", None),
        ("s4", "s6", "s1", "s3"),
        ("s2", "s1", "s3", None),
        ("s2", None, "s3", None),
        ("s2", "s4", "s2", "s4"),
        ("s4", "s2", "s4", "s2"),
    ],
)
def test_moving_a_card_that_spans(step: str, end: str | None, to: str, expected: str | None) -> None:
    """C4: as many steps, as far as the map reaches; in its own step nothing about them changes."""
    document = wide_map(card("x", step=step, to_step=end))
    with document.edit("Move") as tx:
        edits.move_cards(tx, ["x"], "l3", to)
    assert (get(document, "x").step, get(document, "x").to_step) == (to, expected)


def test_shifting_cards_together() -> None:
    """C5, C3: a cell that moves into one that moves too keeps its order; curve lanes are stepped over."""
    document = wide_map(
        *(card(f"a{n}", step="s1", order=f"a{9 - n}") for n in range(3)),
        *(card(f"b{n}", step="s2", order=f"a{n}") for n in range(3)),
    )
    for ids in (["a0", "a1", "a2", "b0", "b1"], ["b1", "b0", "a2", "a1", "a0"]):
        with document.edit("Shift") as tx:
            edits.shift_cards(tx, ids, 1, 1)
        assert cell(document, "l3", "s2") == ["a2", "a1", "a0"]
        assert cell(document, "l3", "s3") == ["b0", "b1"]
        document.undo()
        with document.edit("Shift") as tx:
            edits.shift_cards(tx, ids, 1, 0)
        assert cell(document, "l1", "s1") == []
        assert cell(document, "l1", "s2") == ["b2", "a2", "a1", "a0"]
        assert cell(document, "l1", "s3") == ["b0", "b1"]
        document.undo()


@pytest.mark.parametrize(("columns_by", "lanes_by"), [(-1, 0), (6, 0), (5, 0), (0, -1), (0, 3), (1, -1)])
def test_shifting_cards_out_of_the_map(columns_by: int, lanes_by: int) -> None:
    """C5: then none of them moves."""
    document = wide_map(card("a", step="s1"), card("b", step="s2", lane="l4"))
    tx = document.begin("Drag")
    with pytest.raises(EditError, match="would leave the map"):
        edits.shift_cards(tx, ["b", "a"], columns_by, lanes_by)
    assert tx.diff == {}
    tx.rollback()


def test_a_drag_there_and_back() -> None:
    """C4, C5, T7: with restart, it does not matter where the pointer has been."""
    document = wide_map(card("a", step="s4", to_step="s6"), card("b", step="s4", order="a1"), card("c", step="s5"))
    tx = document.begin("Drag")
    for columns_by in (1, 2, -3, 0):
        tx.restart()
        edits.shift_cards(tx, ["a", "c"], min(columns_by, 1), 0)
    assert tx.diff == {}
    tx.commit()
    assert cell(document, "l1", "s4") == ["a", "b"]
    assert get(document, "a").to_step == "s6"


@pytest.mark.parametrize(("end", "expected"), [("s3", "s3"), ("s6", "s6"), ("s2", None), ("s1", None), (None, None)])
def test_spanning(end: str | None, expected: str | None) -> None:
    """C6: to a later step only."""
    document = wide_map(card("x", step="s2", to_step="s4"))
    with document.edit("Span") as tx:
        edits.span_card(tx, "x", end)
    assert get(document, "x").to_step == expected
    order = [step.id for step in columns(document.store)]
    assert span(get(document, "x"), order) == order[1 : order.index(expected or "s2") + 1]


def test_spans_over_stages_that_were_moved() -> None:
    """C6: an end that is no longer later counts as none, and counts again when it is."""
    document = wide_map(card("x", step="s2", to_step="s3"))

    def steps() -> list[str]:
        return span(get(document, "x"), [step.id for step in columns(document.store)])

    assert steps() == ["s2", "s3"]
    with document.edit("Move") as tx:
        edits.move_stage(tx, "g2", "g1")
    assert steps() == ["s2"]
    assert get(document, "x").to_step == "s3"
    with document.edit("Move") as tx:
        edits.move_stage(tx, "g2", None)
    assert steps() == ["s2", "s5", "s6", "s3"]


def test_duplicating() -> None:
    """C7: right below, with fields known and unknown, with the links among them and no others."""
    document = small_map({"type": "link", "id": "k2", "source": "c2", "target": "c1", "label": "why", "weight": 2})
    with document.edit("Copy") as tx:
        first, spanning, second, strange = edits.duplicate_cards(tx, ["c1", "c3", "c2", "c4", "c1"])
    assert cell(document, "l1", "s1") == ["c1", first, "c2", second]
    assert cell(document, "l3", "s2") == ["c3", spanning]
    for original, copy in (("c1", first), ("c2", second), ("c3", spanning), ("c4", strange)):
        same = record_to_json(get(document, original)) | {"id": copy, "order": get(document, copy).order}
        assert record_to_json(get(document, copy)) == same
        assert type(get(document, copy)) is type(get(document, original))
    [link] = links_of(document.store, second)
    kept = {"type": "link", "label": "why", "weight": 2}
    assert record_to_json(link) == {**kept, "id": link.id, "source": second, "target": first}
    assert {(link.source, link.target) for link in links_of(document.store, first)} == {
        (first, spanning),
        (second, first),
    }
    with document.edit("Copy") as tx:
        [lonely] = edits.duplicate_cards(tx, ["c3"])
    assert links_of(document.store, lonely) == []


def test_what_is_duplicated_together_speaks_of_each_other() -> None:
    """C7: as where it is pasted; what else the originals speak of, the copies do too."""
    document = rich_map()
    with document.edit("Copy") as tx:
        pain, opportunity = edits.duplicate_cards(tx, ["d1", "d3"])
    assert get(document, opportunity).targets("addresses") == (pain,)
    assert get(document, opportunity).targets("changes") == ("c3", "d2")
    assert get(document, "d3").targets("addresses") == ("d1",)


def test_duplicating_where_there_is_no_room() -> None:
    """C7, O5: equal keys, as a merge can leave them."""
    document = small_map(*(card(f"x{n}", step="s2", order="a0", title=f"{n}") for n in range(3)))
    with document.edit("Copy") as tx:
        edits.duplicate_cards(tx, ["x0", "x2", "x1"])
    assert [card.title for card in cards_in(document.store, "l1", "s2")] == ["0", "0", "1", "1", "2", "2"]


def test_questions_about_cells() -> None:
    """Q1, Q2: a cell holds what begins in it; a map has columns and rows."""
    document = small_map()
    assert cell(document, "l1", "s1") == ["c1", "c2"]
    assert cell(document, "l3", "s2") == ["c3"]
    assert cell(document, "l3", "s3") == cell(document, "l2", "s1") == cell(document, "nothing", "s1") == []
    assert [step.id for step in columns(document.store)] == ["s1", "s2", "s3"]
    assert [link.id for link in links_of(document.store, "c3")] == ["k1"]
    assert links_of(document.store, "c2") == []
