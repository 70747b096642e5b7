"""What lies beside the grid, and what speaks of what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from app.model import edits, queries
from app.model.beside import Backdrop, Comment, OwnChannel
from app.model.channels import CHANNELS
from app.model.document import Document, EditError, Transaction
from app.model.kinds.touchpoint import Touchpoint
from app.model.records import Card, Lane, Persona, Record
from tests.model.builders import BESIDE, assert_true_to_records, bytes_of, rich_map, small_map

Listing = Callable[[Any], list[Any]]
LISTS: list[tuple[Callable[..., str], Callable[..., None], Listing, str]] = [
    (edits.add_source, edits.move_source, queries.sources, "title"),
    (edits.add_feedback, edits.move_feedback, queries.feedback, "origin"),
    (edits.add_action_item, edits.move_action_item, queries.action_items, "strategy"),
    (edits.add_channel, edits.move_channel, queries.own_channels, "label"),
]


@pytest.fixture
def document() -> Document:
    return rich_map()


def value(document: Document, id: str, field: str) -> Any:
    return document.store[id].__dict__[field]


@pytest.mark.parametrize(("add", "move", "listed", "field"), LISTS, ids=lambda each: getattr(each, "__name__", each))
def test_lists_keep_their_order(
    add: Callable[..., str], move: Callable[..., None], listed: Listing, field: str
) -> None:
    """W1, E1, E2: last, or before the one that is named."""
    document = small_map()
    with document.edit("Add") as tx:
        last = add(tx, "last")
        first, middle = add(tx, "first", before=last), add(tx, "middle", before=last)
    assert [record.__dict__[field] for record in listed(document.store)] == ["first", "middle", "last"]
    with document.edit("Move") as tx:
        move(tx, last, first)
        assert set(tx.diff) == {last}
    assert [record.id for record in listed(document.store)] == [last, first, middle]
    before = bytes_of(document.store)
    with document.edit("Stay") as tx:
        move(tx, first, middle)
    assert bytes_of(document.store) == before
    for wrong in (
        lambda tx: move(tx, "nothing", None),
        lambda tx: add(tx, "", before="c1"),
        lambda tx: add(tx, id="x"),
    ):
        with pytest.raises(EditError), document.edit("Wrong") as tx:
            wrong(tx)
    assert bytes_of(document.store) == before


def test_a_newcomer_brings_its_fields_and_whom_it_speaks_of() -> None:
    """W1, W2: or is not added at all."""
    document = small_map()
    with document.edit("Add") as tx:
        source = edits.add_source(tx, "Interviews", method="interview", sample_size=8)
        line = edits.add_feedback(tx, "Hotline", insight="Too slow", cards=["c3", "c1"], sources=[source])
    assert value(document, line, "cards") == ("c1", "c3")
    assert value(document, line, "insight") == "Too slow"
    before = bytes_of(document.store)
    with pytest.raises(EditError, match="There is no card s1"), document.edit("Add") as tx:
        edits.add_feedback(tx, "Hotline", cards=["s1"])
    with pytest.raises(ValidationError), document.edit("Add") as tx:
        edits.add_source(tx, "Shady", address="javascript:alert(1)")
    assert bytes_of(document.store) == before


@pytest.mark.parametrize(
    ("id", "field", "targets", "expected"),
    [
        ("c1", "personas", ["p2", "p1", "p2"], ("p1", "p2")),
        ("d3", "personas", [], ()),
        ("d3", "addresses", ["d1"], ("d1",)),
        ("d3", "changes", ["d2"], ("d2",)),
        ("i1", "cards", ["c2", "c1"], ("c1", "c2")),
    ],
)
def test_setting_whom_a_record_speaks_of(
    document: Document, id: str, field: str, targets: list[str], expected: tuple[str, ...]
) -> None:
    """W2, R12, G2: a set of ids, each an edge."""
    with document.edit("Set") as tx:
        edits.set_references(tx, [id], field, targets)
    assert value(document, id, field) == expected
    assert_true_to_records(document.store)


@pytest.mark.parametrize(
    ("id", "field", "target", "sentence"),
    [
        ("c1", "personas", "c2", "There is no persona c2 in this map."),
        ("d3", "addresses", "c1", "There is no pain point c1 in this map."),
        ("d3", "changes", "d1", "There is no touchpoint d1 in this map."),
        ("f1", "sources", "gone", "There is no source gone in this map."),
        ("c1", "step", "s2", "The field “step” of this action does not lead to others."),
        ("c1", "title", "s2", "The field “title” of this action does not lead to others."),
        ("m1", "about", "c1", "The field “about” of this comment does not lead to others."),
        ("gone", "cards", "c1", "The field “cards” of this map does not lead to others."),
    ],
)
def test_what_records_cannot_speak_of(document: Document, id: str, field: str, target: str, sentence: str) -> None:
    """W2, E1, F1: one sentence, and nothing is changed."""
    before = bytes_of(document.store)
    with pytest.raises(EditError) as caught, document.edit("Set") as tx:
        edits.set_references(tx, [id], field, [target])
    assert str(caught.value) == sentence
    with pytest.raises(EditError) as caught, document.edit("Set") as tx:
        edits.add_reference(tx, [id], field, target)
    assert str(caught.value) == sentence
    assert bytes_of(document.store) == before


def test_one_more_and_one_less(document: Document) -> None:
    """W2, E2: what is there already, or is not, changes nothing."""
    with document.edit("Mark") as tx:
        edits.add_reference(tx, ["c1", "d3"], "personas", "p1")
    assert (value(document, "c1", "personas"), value(document, "d3", "personas")) == (("p1",), ("p1", "p3"))
    with document.edit("Unmark") as tx:
        edits.remove_reference(tx, ["c1", "d3"], "personas", "p1")
        edits.remove_reference(tx, ["c1"], "personas", "p2")
    assert (value(document, "c1", "personas"), value(document, "d3", "personas")) == ((), ("p3",))


def test_lists_have_an_end(document: Document) -> None:
    """W2, R3: 500 are enough."""
    with document.edit("Add") as tx:
        many = [edits.add_source(tx, str(number)) for number in range(501)]
    with pytest.raises(ValidationError), document.edit("Cite") as tx:
        edits.set_references(tx, ["c1"], "sources", many)
    with document.edit("Cite") as tx:
        edits.set_references(tx, ["c1"], "sources", many[:500])
    assert len(value(document, "c1", "sources")) == 500


@pytest.mark.parametrize(
    ("doomed", "gone", "left"),
    [
        ("p1", {"p1", "e1", "e2"}, {("d3", "personas"): ("p3",)}),
        ("p3", {"p3"}, {("d3", "personas"): ("p1",), ("d4", "personas"): ()}),
        ("o1", {"o1"}, {("d3", "sources"): ("o2",), ("f1", "sources"): ()}),
        ("d1", {"d1"}, {("d3", "addresses"): ()}),
        ("c3", {"c3", "k1", "m1"}, {("d3", "changes"): ("d2",), ("f1", "cards"): ("c1",)}),
        ("l4", {"l4", "d1", "d2", "d3", "d4"}, {("f1", "cards"): ("c1", "c3")}),
        ("f1", {"f1"}, {}),
        ("b1", {"b1"}, {}),
        ("m2", {"m2"}, {}),
    ],
)
def test_a_list_loses_what_goes(
    document: Document, doomed: str, gone: set[str], left: dict[tuple[str, str], tuple[str, ...]]
) -> None:
    """X1, X6: and keeps the others; comments go with what they are about. Undo brings all of it back."""
    before = bytes_of(document.store)
    with document.edit("Delete") as tx:
        assert edits.delete(tx, [doomed]).ids == gone
    assert {place: value(document, *place) for place in left} == left
    assert_true_to_records(document.store)
    document.undo()
    assert bytes_of(document.store) == before


def test_several_of_one_list_go_at_once(document: Document) -> None:
    """X6: with their personas and sources."""
    with document.edit("Delete") as tx:
        edits.delete(tx, ["p1", "p3", "o1", "o2"])
    assert (value(document, "d3", "personas"), value(document, "d3", "sources")) == ((), ())


def test_comments(document: Document) -> None:
    """W3, Q5: on the map and on anything on it."""
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with document.edit("Comment") as tx:
        new = edits.add_comment(tx, "c3", "No", "Ana", nine)
        undated = edits.add_comment(tx, "l1", "Rename?")
        edits.set_fields(tx, ["m1"], resolved=True)
    assert {comment.id for comment in queries.comments(document.store)} == {"m1", "m2", new, undated}
    assert [comment.id for comment in queries.comments(document.store)][2:] == ["m1", new]
    assert value(document, "m1", "resolved") is True
    with document.edit("Open again") as tx:
        edits.set_fields(tx, ["m1"], resolved=False)
    assert value(document, "m1", "resolved") is False
    assert document.store.of(Comment, new) == Comment(id=new, about="c3", text="No", author="Ana", created=nine)
    for about in ("m1", "nothing"):
        with pytest.raises(EditError, match="nothing to comment on"), document.edit("Comment") as tx:
            edits.add_comment(tx, about, "What?")


def test_own_channels(document: Document) -> None:
    """W4, Q4, R11: renaming follows, deleting leaves the words; undo gives the channel back."""
    assert list(queries.channels(document.store)) == [*CHANNELS, "h1"]
    assert queries.channels(small_map().store) == CHANNELS
    touchpoint = document.store.of(Touchpoint, "d2")
    assert touchpoint is not None
    assert touchpoint.details(queries.channels(document.store)) == "Kiosk · offline"
    with document.edit("Rename") as tx:
        edits.set_fields(tx, ["h1"], label="Terminal", icon="printer", online=True)
        assert set(tx.diff) == {"h1"}
    found = queries.channels(document.store)
    assert (touchpoint.details(found), touchpoint.icon(found)) == ("Terminal · online", "printer")
    before = bytes_of(document.store)
    with document.edit("Delete") as tx:
        edits.delete(tx, ["h1", "l1"])
    assert value(document, "d2", "channel") == "Terminal"
    assert value(document, "p3", "channels") == ("Terminal", "email")
    assert value(document, "c3", "channel") == "email"
    document.undo()
    assert bytes_of(document.store) == before
    assert isinstance(document.store["h1"], OwnChannel)


def test_backdrops(document: Document) -> None:
    """W5: one that is locked stays where it is."""
    with document.edit("Move") as tx:
        edits.move_backdrop(tx, "b1", 12.0, -3.5)
        new = edits.add_backdrop(tx, f"{'cd' * 32}.png", width=300.0)
    assert document.store.of(Backdrop, "b1") == document.store["b1"].changed(x=12.0, y=-3.5)
    assert [backdrop.id for backdrop in queries.backdrops(document.store)] == sorted(["b1", new])
    with pytest.raises(EditError, match="The backdrop is locked"), document.edit("Move") as tx:
        edits.move_backdrop(tx, new, 1.0, 1.0)
    with pytest.raises(EditError), document.edit("Add") as tx:
        edits.add_backdrop(tx, f"{'cd' * 32}.png", order="a0")


def test_curves_of_a_lane(document: Document) -> None:
    """Q3: by persona and measure, from left to right."""
    with document.edit("Draw") as tx:
        late = edits.add_point(tx, "l2", "p1", "s2", 0.9)
        early = edits.add_point(tx, "l2", "p1", "s2", 0.1)
        hoped = [edits.add_point(tx, "l2", "p1", "s3"), edits.add_point(tx, "l2", "p2", "s1")]
        edits.set_fields(tx, hoped, measure="expectation")
        named = edits.add_point(tx, "l2", "p2", "s2")
        edits.set_fields(tx, [named], measure="emotion")
    curves = queries.curves_of(document.store, "l2")
    assert {key: [point.id for point in points] for key, points in curves.items()} == {
        ("p1", "emotion"): ["e1", early, late, "e2"],
        ("p1", "expectation"): [hoped[0]],
        ("p2", "emotion"): [named],
        ("p2", "expectation"): [hoped[1]],
    }
    assert list(curves) == sorted(curves)
    with document.edit("Change") as tx:
        edits.set_lane_kind(tx, "l2", "effort")
    assert ("p1", "effort") in queries.curves_of(document.store, "l2")


def test_nothing_is_put_into_a_lane_of_channels(document: Document) -> None:
    """C3, S6, P1: it shows what the touchpoints use; comments do not keep a lane what it is."""

    def refused(act: Callable[[Transaction], object], sentence: str) -> None:
        with pytest.raises(EditError, match=sentence), document.edit("Put") as tx:
            act(tx)

    refused(lambda tx: edits.add_card(tx, "note", "l5", "s1"), "A lane of channels shows what")
    refused(lambda tx: edits.move_cards(tx, ["c1"], "l5", "s1"), "A lane of channels shows what")
    refused(lambda tx: edits.add_point(tx, "l5", "p1", "s1"), "curve lane only")
    refused(lambda tx: edits.set_lane_kind(tx, "l4", "channels"), "holds cards")
    refused(lambda tx: edits.shift_cards(tx, ["d1"], 0, 1), "would leave the map")
    with document.edit("Change") as tx:
        edits.add_comment(tx, "l5", "Which ones?")
        edits.set_lane_kind(tx, "l5", "notes")
        edits.set_lane_kind(tx, "l5", "emotion")
    lane = document.store.of(Lane, "l5")
    assert lane is not None
    assert (lane.kind, lane.title) == ("emotion", "Emotion")


def test_whom_a_card_is_about(document: Document) -> None:
    """Q5: all of them, unless it is marked."""
    marked, unmarked = document.store.of(Card, "d3"), document.store.of(Card, "c1")
    assert marked is not None
    assert unmarked is not None
    assert [queries.is_about(marked, shown) for shown in (["p1"], ["p2"], [], ["p2", "p3"])] == [
        True,
        False,
        False,
        True,
    ]
    assert queries.is_about(unmarked, ["p2"])
    assert [card.id for card in queries.cards_citing(document.store, "o2")] == ["d3", "d4"]


def test_the_list_covers_every_type() -> None:
    """W1: nothing that can lie beside the grid is left out of these tests."""
    assert {"source", "feedback", "action_item", "comment", "channel", "backdrop"} <= {each["type"] for each in BESIDE}
    assert isinstance(rich_map().store["p3"], Persona)
    assert isinstance(rich_map().store["d4"], Record)
