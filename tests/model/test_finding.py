"""Finding words in a map: which records hold them, and in which order one goes through those."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import pytest

from app.model.document import Document
from app.model.edits import add_channel, add_comment, set_fields
from app.model.finding import SLICE, Finder, Hit, excerpt, following, texts_of
from app.model.queries import channels
from app.model.reading import ReadingOrder
from app.model.spelling import bare
from tests.model.builders import card, rich_map, small_map


def search(document: Document, words: str, finder: Finder | None = None) -> list[Hit]:
    """All hits, in as many turns as it takes."""
    under_way = (finder or Finder(document.store)).search(words, channels(document.store))
    while True:
        try:
            next(under_way)
        except StopIteration as end:
            found: list[Hit] = end.value
            return found


def ids(hits: Iterable[Hit]) -> list[str]:
    return [hit.id for hit in hits]


ALIKE = [
    ("café", "CAFE\u0301"),
    ("strasse", "Straße"),
    ("lodz", "Łódź"),
    ("istanbul", "İSTANBUL"),
    ("ΟΔΟΣ", "οδός"),
    ("ёлка", "Елка"),
    ("محمد", "مُحَمَّـــد"),
    ("احمد", "أحمد"),
    ("کتاب", "كتاب"),
    ("שלום", "שָׁלוֹם"),
    ("ガイド", "ｶﾞｲﾄﾞ"),
    ("office 1", "oﬃce\u00a0１"),
    ("don't", "don’t"),
    ('"yes" - no...', "“yes” – no…"),
    ("cooperate", "co\u00adoperate"),
    ("one two", "one\n\n  two"),
]
APART = [("か", "が"), ("क्ष", "कष"), ("कि", "की"), ("하", "한"), ("o", "0"), ("ä", "e"), ("กา", "ก่า")]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_reads_the_same_is_the_same(one: str, other: str) -> None:
    """N2: in many scripts."""
    assert bare(one) == bare(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_letters_are_other_letters(one: str, other: str) -> None:
    """N2: a mark that makes one is not left out."""
    assert bare(one) != bare(other)


def test_a_bare_text_cannot_be_barer() -> None:
    """N2: for every character that there is."""
    every = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert [char for char in every if bare(bare(char)) != bare(char)] == []


def test_all_that_people_write_is_found() -> None:
    """N1: also in kinds that this version does not know; not what they only choose."""
    document = small_map(
        card("d1", title="Bill", body="Comes by post"),
        card("d2", kind="touchpoint", lane="l3", channel="email", owner="Ana Berg"),
        card("d3", kind="hologram", body="post"),
        {"type": "persona", "id": "p9", "name": "Zoe", "goals": ["Less paper"], "demographics": [["City", "Graz"]]},
        {"type": "emotion_point", "id": "e9", "lane": "l2", "persona": "p1", "step": "s1", "quote": "At last"},
    )
    found = {
        words: ids(search(document, words))
        for words in ("POST", "berg", "e-mail", "paper", "graz", "at last", "then", "hologram", "s1", "#0e7490")
    }
    assert found == {
        "POST": ["d1", "d3"],
        "berg": ["d2"],
        "e-mail": ["c3", "d2"][::-1],
        "paper": ["p9"],
        "graz": ["p9"],
        "at last": ["e9"],
        "then": ["k1"],
        "hologram": [],
        "s1": [],
        "#0e7490": [],
    }
    assert dict(texts_of(document.store["d1"])) == {"title": "Bill", "body": "Comes by post"}


def test_words_are_sought_as_they_stand() -> None:
    """N1: with their blanks, where a text begins and ends as well; blanks alone find nothing."""
    document = small_map(card("d1", title="The qi rises"), card("d2", title="Of qi"), card("d3", title="Qis"))
    assert ids(search(document, "qi")) == ["d1", "d2", "d3"]
    assert ids(search(document, " qi ")) == ["d1", "d2"]
    assert ids(search(document, "qi rises")) == ["d1"]
    assert ids(search(document, "rises qi")) == []
    assert search(document, "  ") == search(document, "") == []


def test_a_channel_is_found_by_its_name_of_now() -> None:
    """N1: the map's own too, when it is called otherwise."""
    document = small_map()
    with document.edit("Add") as tx:
        own = add_channel(tx, "Fax machine")
        set_fields(tx, ["c3"], channel=own)
    finder = Finder(document.store)
    assert ids(search(document, "fax", finder)) == ["c3", own]
    with document.edit("Rename") as tx:
        set_fields(tx, [own], label="Telex")
    assert ids(search(document, "fax", finder)) == []
    assert ids(search(document, "telex", finder)) == ["c3", own]


def test_a_finder_keeps_up_with_the_map() -> None:
    """N1: what it has read before is read anew where it has changed."""
    document = small_map()
    finder = Finder(document.store)
    assert ids(search(document, "compares", finder)) == ["c1"]
    with document.edit("Write") as tx:
        set_fields(tx, ["c1"], title="Waits")
        set_fields(tx, ["c2"], title="Compares")
    assert ids(search(document, "compares", finder)) == ["c2"]
    document.undo()
    assert ids(search(document, "compares", finder)) == ["c1"]


def test_a_thing_is_found_once_and_by_its_comments() -> None:
    """N3: its comments lead to it; those on what is nowhere lead nowhere."""
    document = small_map({"type": "comment", "id": "m6", "about": "u1", "text": "fibre"})
    with document.edit("Say") as tx:
        comments = {add_comment(tx, "c2", text) for text in ("Is there fibre?", "No fibre.")}
        add_comment(tx, "map", "Fibre")
    found = search(document, "fibre")
    assert ids(found) == ["map", "c2"]
    assert found[1].holder in comments
    with document.edit("Write") as tx:
        set_fields(tx, ["c2"], body="About fibre")
    [_, hit] = search(document, "fibre")
    assert (hit.id, hit.holder, hit.field, hit.text) == ("c2", "c2", "body", "About fibre")


def test_hits_come_as_one_reads() -> None:
    """N4: the whole map in its order."""
    document = rich_map()
    with document.edit("Write") as tx:
        for type_, field in [
            *(("map", "title"), ("persona", "name"), ("lane", "title"), ("stage", "title"), ("step", "title")),
            *(("card", "title"), ("emotion_point", "label"), ("link", "label"), ("source", "title")),
            *(("feedback", "origin"), ("action_item", "strategy"), ("channel", "label")),
        ]:
            set_fields(tx, sorted(document.store.ids_of_type(type_)), **{field: "Xylophone"})
    found = ids(search(document, "xylo"))
    types = list(dict.fromkeys(document.store[id].type for id in found))
    assert types[:3] == ["map", "persona", "lane"]
    assert types[-4:] == ["action_item", "feedback", "source", "channel"]
    grid = [id for id in found if document.store[id].type in {"stage", "step", "card", "emotion_point", "link"}]
    assert grid[:6] == ["g1", "s1", "c1", "k1", "c2", "e1"]
    assert grid.index("s2") < grid.index("c3") < grid.index("g2") < grid.index("s3") < grid.index("c4")
    assert grid.index("c4") < grid.index("e2"), "lane after lane"


def test_one_goes_on_from_where_one_is_and_round_the_ends() -> None:
    """N4: forwards, backwards, from something that is no hit, from nowhere."""
    document = small_map(
        card("d1", title="Bill", order="a1", step="s2"), card("d2", title="Bill", step="s3"), card("d3", step="s3")
    )
    order = ReadingOrder(document.store)
    hits = search(document, "bill")
    assert ids(hits) == ["d1", "d2"]
    for id, on, back, here in (("c1", 0, 1, 0), ("d1", 1, 1, 0), ("s3", 1, 0, 1), ("d2", 0, 0, 1), ("d3", 0, 1, 0)):
        place = order.of(document.store[id])
        assert (following(hits, place, 1), following(hits, place, -1)) == (on, back), id
        assert following(hits, place, 1, from_there=True) == here, id
    assert (following(hits, None, 1), following(hits, None, -1)) == (0, 1)
    assert order.of(document.store["u1"]) is None, "a record of a newer version is nowhere"


def test_one_goes_on_from_a_cell() -> None:
    """N4: from the place between its cards."""
    document = small_map(
        card("d1", title="Bill", order="a1", step="s2"),
        card("d2", title="Bill", order="a2", step="s2"),
        card("d3", title="Bill", step="s3"),
    )
    order, hits = ReadingOrder(document.store), search(document, "bill")
    ways = {
        (step, at): following(hits, order.of_gap("l1", step, at), 1) for step in ("s1", "s2") for at in (0, 1, None)
    }
    assert ways == {("s1", 0): 0, ("s1", 1): 0, ("s1", None): 0, ("s2", 0): 0, ("s2", 1): 1, ("s2", None): 2}


def test_a_large_map_is_searched_in_slices() -> None:
    """N1: and all of it."""
    document = small_map(*(card(f"d{number}", title="Bill") for number in range(2 * SLICE)))
    under_way = Finder(document.store).search("bill")
    next(under_way)
    next(under_way)
    with pytest.raises(StopIteration) as end:
        next(under_way)
    assert len(end.value.value) == 2 * SLICE


def test_an_excerpt_begins_shortly_before_the_words() -> None:
    """N1: with whole words, whatever makes no difference."""
    assert excerpt("Short and\nSWEET", "sweet") == "Short and SWEET"
    long = "The customer waits for a letter, which says that the Straße is  closed until May."
    assert excerpt(long, "strasse is closed") == "…which says that the Straße is closed until May."
    assert excerpt("x" * 200 + " end", "end") == "…end"
    assert excerpt("مُحَمَّد " * 10 + "أحمد هنا", "احمد").endswith("أحمد هنا")
    assert len(excerpt("مُحَمَّد " * 10 + "أحمد هنا", "احمد")) < 45
