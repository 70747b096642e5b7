"""Cards that are copied and pasted, in the same map or another one; without a window and without a clipboard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.beside import Source
from app.model.clipboard import CopiedCards, excerpt
from app.model.document import Document, EditError
from app.model.edits import Pasted, delete, paste_cards
from app.model.queries import cards_in, columns
from app.model.records import Card, Link, Persona, Record, Stage, record_to_json
from app.model.registry import record_from_json
from app.model.rules import problems
from tests.model.builders import BESIDE, SMALL, Values, small_map

OTHER: list[Values] = [
    {"type": "map", "id": "map", "title": "Another one"},
    {"type": "stage", "id": "G1", "order": "a0"},
    *({"type": "step", "id": f"S{n}", "stage": "G1", "order": f"a{n}"} for n in range(1, 6)),
    {"type": "lane", "id": "L1", "order": "a0", "kind": "notes", "title": "Ideas"},
    {"type": "lane", "id": "L2", "order": "a1", "kind": "emotion"},
    {"type": "lane", "id": "L3", "order": "a2", "kind": "touchpoints", "title": "Where"},
    {"type": "lane", "id": "L4", "order": "a3", "kind": "pain_points", "title": "What hurts"},
    {"type": "persona", "id": "p1", "name": "Somebody else"},
    {"type": "persona", "id": "P2", "order": "a1", "name": " ben "},
    {"type": "source", "id": "O1", "title": "Interviews"},
    {"type": "card", "id": "x1", "kind": "note", "step": "S1", "lane": "L1", "order": "a0", "title": "There before"},
]


def here(*more: Values) -> Document:
    return small_map(*BESIDE, *more)


def other(*more: Values) -> Document:
    return Document([record_from_json(values) for values in [*OTHER, *more]])


def copied(document: Document, *ids: str) -> CopiedCards:
    return CopiedCards(excerpt(document.store, ids))


def paste(document: Document, cards: CopiedCards, lane: str, step: str, index: int | None = None, **is_: Any) -> Pasted:
    with document.edit("Paste cards") as tx:
        made = paste_cards(tx, cards, lane, step, index, **is_)
    assert problems(document.store) == []
    return made


def places(document: Document, made: Pasted) -> list[tuple[str, str]]:
    return [(card.lane, card.step) for card in cards_of(document, made)]


def cards_of(document: Document, made: Pasted) -> list[Card]:
    found = [document.store.of(Card, id) for id in made.ids]
    return [card for card in found if card is not None]


def links(document: Document) -> set[tuple[str, str, str]]:
    found = (record for record in document.store.of_type("link") if isinstance(record, Link))
    return {(link.source, link.target, link.label) for link in found}


def test_no_more_of_a_map_is_copied_than_its_cards_need() -> None:
    """K1: cards whole, of what they stand on and speak of only places and names."""
    document = here({"type": "stage", "id": "g1", "order": "a0", "title": "Secret", "key_insights": "very"})
    found = {record.id: record for record in excerpt(document.store, ["d3", "e1", "p2", "gone"])}
    assert found["d3"] == document.store["d3"]
    assert found.keys() == {"d3", "g1", "s2", "l4", "p1", "p3", "o1", "o2"}
    assert found["g1"] == Stage(id="g1", order="a0")
    assert found["p3"] == Persona(id="p3", name="Cem"), "and not what she wants and where she goes"
    assert found["o2"] == Source(id="o2", title="Survey")
    assert excerpt(document.store, ["e1", "l1", "gone"]) == []


def test_pasted_elsewhere_a_card_has_all_its_fields() -> None:
    """K2: and its span, at the place in the cell that was wanted."""
    there = other()
    given_ = copied(here(), "c3")
    made = paste(there, given_, "L1", "S1", 0)
    [card] = cards_of(there, made)
    assert record_to_json(card) == {
        **record_to_json(here().store["c3"]),
        "id": card.id, "lane": "L1", "step": "S1", "to_step": "S2", "order": card.order,
    }  # fmt: skip
    assert [each.id for each in cards_in(there.store, "L1", "S1")] == [card.id, "x1"]
    strange = cards_of(there, paste(there, copied(here(), "c4"), "L1", "S5"))[0]
    assert (strange.kind, strange.__pydantic_extra__) == ("hologram", {"depth": 3}), "a kind of a newer version"


def test_cards_of_one_lane_keep_their_order_and_steps_in_the_lane_that_one_chose() -> None:
    """K2: also a lane of another kind."""
    there = other()
    made = paste(there, copied(here(), "d3", "d2", "d1", "d4"), "L4", "S2")
    assert places(there, made) == [("L4", "S2"), ("L4", "S2"), ("L4", "S3"), ("L4", "S4")]
    assert [card.kind for card in cards_of(there, made)] == ["pain_point", "touchpoint", "opportunity", "insight"]
    assert [card.id for card in cards_in(there.store, "L4", "S2")] == made.ids[:2]


def test_cards_of_several_lanes_go_into_lanes_like_theirs() -> None:
    """K2: by kind, then by what a lane is for, else into the one that was chosen."""
    there = other({"type": "lane", "id": "L5", "order": "a4", "kind": "notes", "title": " everything"})
    made = paste(there, copied(here(), "c1", "c3", "d1"), "L1", "S3")
    assert places(there, made) == [("L1", "S3"), ("L3", "S4"), ("L5", "S3")], "no lane for actions; one of that name"
    without = other()
    with without.edit("x") as tx:
        delete(tx, ["L1"])
    made = paste(without, copied(here(), "c3", "d1"), "L3", "S1")
    assert places(without, made) == [("L3", "S2"), ("L4", "S1")], "no lane of notes, but one for pain points"


def test_where_all_lanes_are_there_cards_keep_their_distances() -> None:
    """K2: the topmost in the lane that was chosen; where the lanes do not reach, each in its own."""
    document = here()
    assert places(document, paste(document, copied(document, "c1", "c3"), "l3", "s1")) == [("l3", "s1"), ("l4", "s2")]
    assert places(document, paste(document, copied(document, "c1", "c3"), "l4", "s1")) == [("l1", "s1"), ("l3", "s2")]


def test_what_has_no_step_left_goes_into_the_last() -> None:
    """K2: and the answer says how many; spans end with the map."""
    there = other()
    made = paste(there, copied(here(), "c1", "c3", "d4"), "L1", "S4")
    assert [step for _, step in places(there, made)] == ["S4", "S5", "S5"]
    assert made.crowded == 1
    assert all(card.to_step is None for card in cards_of(there, made))


def test_links_and_references_among_the_pasted_lead_to_the_pasted() -> None:
    """K3: those to cards that were not copied are left out in another map."""
    there, source = other(), here({"type": "link", "id": "k2", "source": "d1", "target": "c4"})
    made = paste(there, copied(source, "c1", "c3", "d1", "d3"), "L1", "S1")
    c1, c3, d1, d3 = (next(id for id, card in zip(made.ids, cards_of(there, made), strict=True) if card.kind == kind)
                      for kind in ("action", "touchpoint", "pain_point", "opportunity"))  # fmt: skip
    assert links(there) == {(c1, c3, "then")}
    assert record_to_json(there.store[d3])["addresses"] == [d1]
    assert record_to_json(there.store[d3])["changes"] == [c3], "and not the touchpoint that stayed behind"
    assert made.left_out == {"card": 1, "link": 1, "persona": 2, "source": 1}


def test_in_the_same_map_references_stay_and_links_only_come_with_what_was_cut() -> None:
    """K3: a copy has no links to what was not copied; a card that is cut and pasted has them again."""
    document = here()
    was_copied = copied(document, "c3", "d3")
    made = paste(document, was_copied, "l4", "s1", is_same_map=True)
    opportunity = next(card for card in cards_of(document, made) if card.kind == "opportunity")
    touchpoint = next(card for card in cards_of(document, made) if card.kind == "touchpoint")
    values = record_to_json(opportunity)
    assert values["addresses"] == ["d1"]
    assert set(values["changes"]) == {touchpoint.id, "d2"}
    assert (values["personas"], values["sources"]) == (["p1", "p3"], ["o1", "o2"])
    assert made.left_out == {"link": 1}
    with document.edit("Cut") as tx:
        delete(tx, ["c3", "d3"])
    assert links(document) == set()
    made = paste(document, was_copied, "l4", "s1", is_same_map=True)
    assert links(document) == {("c1", made.ids[0], "then")}
    assert made.left_out == {}


def test_personas_and_sources_are_known_by_name_and_channels_keep_theirs() -> None:
    """K4: an id alone says nothing in another map, since all maps of one template share theirs."""
    there = other({"type": "channel", "id": "H9", "label": "KIOSK"})
    source = here({"type": "card", "id": "d5", "kind": "note", "step": "s1", "lane": "l4", "personas": ["p1", "p2"],
                   "sources": ["o1", "o2"]})  # fmt: skip
    made = paste(there, copied(source, "d5", "d2"), "L1", "S1")
    note = next(card for card in cards_of(there, made) if card.kind == "note")
    kiosk = next(card for card in cards_of(there, made) if card.kind == "touchpoint")
    assert (note.personas, note.sources) == (("P2",), ("O1",)), "p1 is somebody else here"
    assert made.left_out == {"persona": 1, "source": 1}
    assert record_to_json(kiosk)["channel"] == "H9"
    without = other()
    [kiosk] = cards_of(without, paste(without, copied(source, "d2"), "L1", "S1"))
    assert record_to_json(kiosk)["channel"] == "Kiosk", "in words, as where a channel is deleted"


def test_pasting_is_one_step_and_undone_whole() -> None:
    """K5: and it is refused where no cards lie, which changes nothing."""
    there = other()
    before = sorted(map(record_to_json, there.records), key=str)
    paste(there, copied(here(), "c1", "c3", "d3"), "L1", "S1")
    assert there.history.undo_label == "Paste cards"
    there.undo()
    assert sorted(map(record_to_json, there.records), key=str) == before
    with pytest.raises(EditError, match="curve lane"):
        paste(there, copied(here(), "c1"), "L2", "S1")


def test_what_is_no_copy_is_refused() -> None:
    """K5: no cards, or a card without a step or lane."""
    whole: list[Record] = excerpt(here().store, ["c1"])
    for missing in ("c1", "s1", "l1", "g1"):
        with pytest.raises(ValueError, match="there are no cards"):
            CopiedCards([record for record in whole if record.id != missing])


REFERENCE = st.sampled_from(["c1", "c2", "c3", "p1", "s1", "l1", "map", "x1", "nowhere"])
CARD = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["note", "opportunity", "pain_point", "touchpoint", "later"]),
        "step": st.sampled_from(["s1", "s2", "s3"]),
        "lane": st.sampled_from(["l1", "l2", "l3"]),
    },
    optional={
        "to_step": REFERENCE,
        "order": st.sampled_from(["a0", "a1"]),
        "personas": st.lists(REFERENCE, max_size=3),
        "sources": st.lists(REFERENCE, max_size=3),
    },
)


@given(
    st.lists(CARD, min_size=1, max_size=4), st.lists(st.tuples(REFERENCE, REFERENCE), max_size=4),
    st.lists(REFERENCE, max_size=3), st.booleans(), st.sampled_from(["S1", "S5"]),
)  # fmt: skip
def test_whatever_is_on_the_clipboard_the_map_stays_sound(
    cards: list[Values], arrows: list[tuple[str, str]], addressed: list[str], is_same_map: bool, step: str
) -> None:
    """K5: references to anything or nothing, links to themselves, cards in lanes that hold none."""
    values = [each for each in SMALL if each["type"] in {"stage", "step", "lane", "persona"}]
    for number, card in enumerate(cards, 1):
        more = {"addresses": addressed, "changes": addressed} if card["kind"] == "opportunity" else {}
        values = [*values, {"type": "card", "id": f"c{number}", **card, **more}]
    values += [{"type": "link", "id": f"k{n}", "source": a, "target": b} for n, (a, b) in enumerate(arrows)]
    there = other()
    made = paste(there, CopiedCards(map(record_from_json, values)), "L1", step, is_same_map=is_same_map)
    assert len(cards_of(there, made)) == len(cards)
    assert len(columns(there.store)) == 5
