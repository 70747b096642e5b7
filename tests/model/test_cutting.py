"""Cards that are cut and put down again in their map: they have moved, and nothing that hung on them is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from app.model import edits
from app.model.clipboard import CopiedCards, excerpt
from app.model.comparison import compare
from app.model.diff import Diff
from app.model.document import Document, EditError, Transaction
from app.model.edits import Pasted, delete, paste_cards
from app.model.fields import MOST_REFERENCES
from app.model.history import History
from app.model.merging import merge
from app.model.queries import cards_in
from app.model.records import Card, record_to_json
from app.model.rules import problems
from tests.model.builders import BESIDE, Values, bytes_of, card, small_map

MORE: list[Values] = [
    {"type": "link", "id": "k2", "source": "d1", "target": "c3", "label": "hurts"},
    {"type": "link", "id": "k3", "source": "d1", "target": "d2"},
    {"type": "comment", "id": "m3", "about": "k1", "text": "Why then?"},
    {"type": "comment", "id": "m4", "about": "d1", "text": "Says who?", "resolved": True},
    {"type": "action_item", "id": "i2", "order": "a1", "strategy": "Ask", "cards": ["c1", "d1"]},
    {"type": "step", "id": "s4", "stage": "g2", "order": "a1"},
    {"type": "lane", "id": "l6", "order": "a5", "kind": "notes", "title": "Elsewhere"},
]


def here(*more: Values) -> Document:
    return small_map(*BESIDE, *MORE, *more)


class Scissors:
    """What a window does: it copies cards, takes them out, and remembers what that changed."""

    def __init__(self, document: Document, *ids: str) -> None:
        self.document = document
        self.copied = CopiedCards(excerpt(document.store, ids))
        self.cut: Diff = {}
        with document.edit("Cut") as tx:
            delete(tx, ids)
            self.cut = tx.diff

    def paste(self, lane: str, step: str, index: int | None = None) -> Pasted:
        with self.document.edit("Paste cards") as tx:
            made = paste_cards(tx, self.copied, lane, step, index, is_same_map=True, cut=self.cut)
        assert problems(self.document.store) == []
        return made


def placeless(document: Document) -> dict[str, Values]:
    """All there is, but not where cards lie."""
    where = {"lane", "step", "to_step", "order"}
    return {
        record.id: {key: value for key, value in record_to_json(record).items() if key not in where}
        if isinstance(record, Card)
        else record_to_json(record)
        for record in document.records
    }


def do(document: Document, edit: Callable[[Transaction], object]) -> None:
    with document.edit("Meanwhile") as tx:
        edit(tx)


def targets(document: Document, id: str, field: str) -> tuple[str, ...]:
    return document.store[id].targets(field)


def state(document: Document) -> bytes:
    return bytes_of(document.store)


def test_cut_cards_that_are_put_down_have_moved() -> None:
    """K6: with their links, the comments on both, and all that spoke of them."""
    document = here()
    before, first = placeless(document), document.records
    scissors = Scissors(document, "c1", "c3", "d1")
    assert not any(id in document.store for id in ("k1", "k2", "k3", "m1", "m3", "m4"))
    assert targets(document, "d3", "addresses") == ()
    made = scissors.paste("l3", "s2")
    assert (made.ids, made.is_move, made.left_out) == (["c1", "c3", "d1"], True, {})
    assert placeless(document) == before
    found = compare(first, document.records).changes
    assert {(change.id, change.kind) for change in found} == {(id, "moved") for id in ("c1", "c3", "d1")}


def test_put_down_where_they_lay_nothing_differs() -> None:
    """K6: also for a comparison."""
    document = here(card("x1", lane="l3", step="s2", order="a5"))
    first = document.records
    Scissors(document, "c3").paste("l3", "s2", 0)
    assert compare(first, document.records).changes == ()


def test_back_in_their_cells_they_lie_as_they_lay() -> None:
    """K6: but in the chosen cell they lie where one wants them."""
    more = [card(f"{lane}{n}", lane=lane, order=f"a{n}") for lane in ("l3", "l6") for n in range(4)]
    document = here(*more)
    scissors = Scissors(document, "l30", "l60", "l62")
    scissors.paste("l3", "s1", 2)
    assert [each.id for each in cards_in(document.store, "l3", "s1")] == ["l31", "l32", "l30", "l33"]
    assert [each.id for each in cards_in(document.store, "l6", "s1")] == ["l60", "l61", "l62", "l63"]


def test_a_spanning_card_keeps_its_length() -> None:
    """K6: and lies in its place among the others."""
    document = here(card("x1", lane="l6", order="a0"), card("x2", lane="l6", order="a1"))
    Scissors(document, "c3").paste("l6", "s1", 1)
    assert [each.id for each in cards_in(document.store, "l6", "s1")] == ["x1", "c3", "x2"]
    assert record_to_json(document.store["c3"])["to_step"] == "s2"
    Scissors(document, "c3").paste("l6", "s4")
    assert "to_step" not in record_to_json(document.store["c3"]), "as far as the map reaches"


def test_what_was_done_meanwhile_stays() -> None:
    """K6: a reference comes back beside those that were given, and into what is still there."""
    document = here()
    scissors = Scissors(document, "c1", "d1")
    do(document, lambda tx: edits.set_references(tx, ["i2"], "cards", ["c4"]))
    do(document, lambda tx: edits.set_fields(tx, ["i2"], strategy="Ask again"))
    do(document, lambda tx: edits.change_kind(tx, ["d3"], "note"))
    do(document, lambda tx: delete(tx, ["f1"]))
    scissors.paste("l6", "s1")
    assert targets(document, "i2", "cards") == ("c1", "c4", "d1")
    assert record_to_json(document.store["i2"])["strategy"] == "Ask again"
    assert "addresses" not in record_to_json(document.store["d3"])
    assert "f1" not in document.store


def test_a_full_list_takes_no_more() -> None:
    """K6: what was done meanwhile comes first, and the limit holds."""
    many = [card(f"n{number}", lane="l6") for number in range(MOST_REFERENCES)]
    document = here(*many)
    scissors = Scissors(document, "d1")
    do(document, lambda tx: edits.set_references(tx, ["i2"], "cards", [each["id"] for each in many]))
    scissors.paste("l6", "s1")
    assert set(targets(document, "i2", "cards")) == {each["id"] for each in many}


def test_what_hangs_on_a_card_that_is_gone_is_counted() -> None:
    """K6: links, comments on them, and references; personas that are gone too."""
    document = here()
    scissors = Scissors(document, "c1", "d3")
    do(document, lambda tx: delete(tx, ["c3", "d1", "p3", "l4"]))
    made = scissors.paste("l6", "s1")
    assert made.is_move
    assert made.left_out == {"card": 3, "comment": 1, "link": 1, "persona": 1}
    assert targets(document, "d3", "personas") == ("p1",)


def test_a_channel_that_was_deleted_meanwhile_stays_in_words() -> None:
    """K6: as it does on touchpoints that were not cut."""
    document = here()
    scissors = Scissors(document, "d2")
    do(document, lambda tx: delete(tx, ["h1"]))
    scissors.paste("l6", "s1")
    assert record_to_json(document.store["d2"])["channel"] == "Kiosk"


def test_their_lane_and_steps_may_be_gone() -> None:
    """K6: they move to what there is."""
    document = here()
    before = placeless(document)
    scissors = Scissors(document, "c1", "c3", "d1")
    do(document, lambda tx: delete(tx, ["l3", "g1"]))
    made = scissors.paste("l1", "s3")
    assert (set(made.ids), made.is_move) == ({"c1", "c3", "d1"}, True)
    gone = {"l3", "g1", "s1", "s2", "e1", "c2", "d2", "d3", "k3", "i1"}
    after = placeless(document)
    assert {id for id in after if id in before and id not in gone and after[id] != before[id]} == set()
    assert {"k1", "k2", "m1", "m3", "m4"} <= after.keys()
    assert made.left_out == {"link": 1}


def test_pasted_again_they_are_copies() -> None:
    """K6: a second time, or after the cut was undone."""
    document = here()
    scissors = Scissors(document, "c1")
    assert scissors.paste("l6", "s1").is_move
    again = scissors.paste("l6", "s2")
    assert not again.is_move
    assert again.ids != ["c1"]
    undone = Scissors(document, "c3")
    document.undo()
    made = undone.paste("l6", "s1")
    assert not made.is_move
    assert targets(document, "m1", "about") == ("c3",)


def test_what_came_back_and_was_deleted_then_is_not_brought_back() -> None:
    """K6: it is gone for another reason than that it was cut."""
    document = here()
    scissors = Scissors(document, "c3")
    scissors.paste("l6", "s1")
    do(document, lambda tx: delete(tx, ["m1"]))
    do(document, lambda tx: delete(tx, ["c3"]))
    made = scissors.paste("l6", "s1")
    assert not made.is_move
    assert "m1" not in document.store


def test_undo_and_redo_in_any_order() -> None:
    """K6: a move that was undone can be made again, elsewhere."""
    document = here()
    states = [state(document)]
    scissors = Scissors(document, "c1", "c3", "d1")
    states.append(state(document))
    scissors.paste("l6", "s1")
    states.append(state(document))
    assert document.undo()
    assert state(document) == states[1]
    assert document.undo()
    assert state(document) == states[0]
    assert document.redo()
    assert document.redo()
    assert state(document) == states[2]
    document.undo()
    document.undo()
    document.redo()
    elsewhere = scissors.paste("l3", "s2")
    assert elsewhere.is_move
    assert placeless(document) == placeless(here())
    document.undo()
    document.undo()
    assert state(document) == states[0]


def test_the_history_may_have_forgotten_the_cut() -> None:
    """K6: whatever was done in between."""
    document = here()
    document.history = History(limit=2000)
    scissors = Scissors(document, "c1")
    for number in range(9):
        do(document, lambda tx, number=number: edits.set_map(tx, title="long" * 100 + str(number)))  # type: ignore[misc]
    assert "Cut" not in {step.label for step in document.history.steps().undo}
    assert scissors.paste("l6", "s1").is_move


def test_other_cards_than_those_that_were_cut_are_copies() -> None:
    """K6: the clipboard may hold anything."""
    document = here()
    others = CopiedCards(excerpt(document.store, ["c1", "c2"]))
    scissors = Scissors(document, "c1")
    scissors.copied = others
    made = scissors.paste("l6", "s1")
    assert not made.is_move
    assert not {"c1", "c2"} & set(made.ids)


def test_what_others_wrote_meanwhile_is_merged_into_moved_cards() -> None:
    """K6: for a merge they are the cards that they were."""
    mine, theirs = here(), here()
    base = mine.records
    Scissors(mine, "c1", "c3").paste("l4", "s4")
    do(theirs, lambda tx: edits.set_fields(tx, ["c3"], title="Theirs"))
    do(theirs, lambda tx: edits.add_comment(tx, "c1", "New"))
    found = merge(base, mine.records, theirs.records)
    assert not found.conflicts
    merged = Document(found.records)
    assert record_to_json(merged.store["c3"])["title"] == "Theirs"
    assert [each.id for each in cards_in(merged.store, "l4", "s4")] == ["c1"]
    assert [each.id for each in cards_in(merged.store, "l6", "s4")] == ["c3"]
    assert len([each for each in merged.store.referrers("c1") if each.type == "comment"]) == 1


def test_five_hundred_cards_move() -> None:
    """K6: with a link and a comment each, all of them in the plan."""
    ids = [f"n{number}" for number in range(500)]
    more: list[Values] = [card(id, lane="l6", order=f"a{number:03}1") for number, id in enumerate(ids)]
    more += [{"type": "link", "id": f"kn{id}", "source": id, "target": "c1"} for id in ids]
    more += [{"type": "comment", "id": f"mn{id}", "about": id, "text": "x"} for id in ids]
    document = here(*more, {"type": "action_item", "id": "i3", "cards": ids})
    before, first = placeless(document), state(document)
    made = Scissors(document, *ids).paste("l4", "s3")
    assert made.ids == ids
    assert placeless(document) == before
    document.undo()
    document.undo()
    assert state(document) == first


CARDS = ["c1", "c2", "c3", "c4", "d1", "d2", "d3", "d4"]
OTHERS = st.sampled_from(["p1", "p2", "p3", "o1", "o2", "f1", "i1", "i2", "m2", "e1", "s4", "l5", *CARDS])
MEANWHILE: list[Callable[[Transaction, str, str], object]] = [
    lambda tx, one, _: delete(tx, [one]),
    lambda tx, one, _: edits.set_fields(tx, [one], title="Meanwhile"),
    lambda tx, one, _: edits.change_kind(tx, [one], "note"),
    lambda tx, one, other: edits.add_reference(tx, [one], "cards", other),
    lambda tx, one, other: edits.add_reference(tx, [one], "addresses", other),
    lambda tx, one, other: edits.add_reference(tx, [one], "personas", other),
    lambda tx, one, other: edits.remove_reference(tx, [one], "cards", other),
    lambda tx, one, other: edits.remove_reference(tx, [one], "changes", other),
]


def attempt(document: Document, edit: Callable[[Transaction], object]) -> bool:
    """Whether it was done."""
    try:
        do(document, edit)
    except EditError:
        return False
    return True


@given(
    st.sets(st.sampled_from(CARDS), min_size=1, max_size=4),
    st.lists(st.tuples(st.sampled_from(MEANWHILE), OTHERS, OTHERS), max_size=4),
    st.sampled_from(["l1", "l3", "l4", "l6"]),
    st.sampled_from(["s1", "s2", "s3"]),
)
def test_to_cut_and_to_paste_is_to_move(
    cards: set[str], meanwhile: list[tuple[Callable[[Transaction, str, str], object], str, str]], lane: str, step: str
) -> None:
    """K6: but for where the cards lie, all is as in a map in which the same was done and nothing was cut."""
    document, uncut = here(), here()
    scissors = Scissors(document, *sorted(cards))
    for edit, one, other in meanwhile:
        if {one, other}.isdisjoint(cards) and attempt(document, partial(_on, edit, one, other)):
            do(uncut, partial(_on, edit, one, other))
    states = [state(document)]
    assert scissors.paste(lane, step).is_move
    assert placeless(document) == placeless(uncut)
    states.append(state(document))
    document.undo()
    assert state(document) == states[0]
    document.redo()
    assert state(document) == states[1]


def _on(edit: Callable[[Transaction, str, str], object], one: str, other: str, tx: Transaction) -> None:
    edit(tx, one, other)
