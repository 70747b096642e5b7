"""Two maps side by side."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import pairwise
from string import Formatter
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.model import edits
from app.model.comparison import WORDINGS, Comparison, Counts, as_json, compare, outline
from app.model.comparison.figure_sentences import FIGURE_WORDINGS
from app.model.comparison.siblings import heaviest_ascent
from app.model.document import Document, Transaction
from app.model.ordering import keys_between
from app.model.queries import cards_in, columns, in_order
from app.model.records import Card, Record
from benchmarks.random_edits import edited
from tests.model.builders import BESIDE, Values, card, records, rich_map, small_map

Act = Callable[[Transaction], object]


def after(act: Act, before: Document | None = None) -> Comparison:
    """What an edit of the rich map changed."""
    document = before or rich_map()
    old = document.records
    with document.edit("Edit") as tx:
        act(tx)
    return compare(old, document.records)


def said(comparison: Comparison) -> list[str]:
    return [sentence.text for change in comparison.changes for sentence in comparison.sentences[change.id]]


def test_equal_maps_have_no_difference() -> None:
    """B1: even where the records come from two files, in another order."""
    found = compare(rich_map().records, rich_map().records[::-1])
    assert found.is_same
    assert (found.changes, found.by_stage, found.figures) == ((), {}, ())
    assert found.counts == Counts()


def test_what_was_added_removed_and_changed() -> None:
    """B1, B4, B7: by record, with both values."""

    def act(tx: Transaction) -> None:
        edits.add_card(tx, "pain_point", "l1", "s3", title="No seats left")
        edits.delete(tx, ["k1"])
        edits.set_fields(tx, ["c1"], title="Compares twice", body="On the phone")

    found = after(act)
    assert [(change.kind, change.type) for change in found.changes] == [
        ("changed", "card"),
        ("added", "card"),
        ("removed", "link"),
    ]
    changed = found.by_id["c1"]
    assert [(field.field, field.label, field.before, field.after) for field in changed.fields] == [
        ("title", "Title", "Compares", "Compares twice"),
        ("body", "Text", "", "On the phone"),
    ]
    assert found.counts == Counts(added=1, removed=1, changed=1)
    assert dict(found.by_stage) == {"g1": Counts(removed=1, changed=1), "g2": Counts(added=1)}
    assert said(found) == [
        "The action “Compares” is called “Compares twice” now.",
        "“Compares twice”: Text is now “On the phone”.",
        "The pain point “No seats left” was added at Purchase.",
        "The link “then” was removed.",
    ]


def test_changes_stand_in_reading_order() -> None:
    """B1: stages and lanes first, cards column by column, each record once."""

    def act(tx: Transaction) -> None:
        for id in ("c4", "c1", "l1", "g2", "d1", "s3"):
            edits.set_fields(tx, [id], title="New")
        edits.set_map(tx, title="New")

    assert [change.id for change in after(act).changes] == ["map", "g2", "s3", "l1", "c1", "d1", "c4"]


@pytest.mark.parametrize(
    ("act", "id", "moved", "sentence"),
    [
        (
            lambda tx: edits.move_cards(tx, ["c1"], "l1", "s3"),
            "c1",
            {"step"},
            "“Compares” moved from Awareness › (step 1) to Purchase.",
        ),
        (
            lambda tx: edits.move_cards(tx, ["c1"], "l4", "s1"),
            "c1",
            {"lane"},
            "“Compares” moved from the lane “Actions” to the lane “Everything”.",
        ),
        (
            lambda tx: edits.move_cards(tx, ["c1"], "l4", "s2"),
            "c1",
            {"step", "lane"},
            "“Compares” moved from Awareness › (step 1), lane “Actions”, to Awareness › (step 2), lane “Everything”.",
        ),
        (
            lambda tx: edits.move_cards(tx, ["c1"], "l1", "s1", 1),
            "c1",
            {"order"},
            "“Compares” moved among its neighbours: it now comes after (note).",
        ),
        (
            lambda tx: edits.move_lane(tx, "l3", "l1"),
            "l3",
            {"order"},
            "“Touchpoints” moved among its neighbours: it now comes first.",
        ),
        (
            lambda tx: edits.move_step(tx, "s1", "g2"),
            "s1",
            {"stage"},
            "The step (step 3) moved from the stage “Awareness” to the stage “Purchase”.",
        ),
        (
            lambda tx: edits.span_card(tx, "c3", None),
            "c3",
            {"to_step"},
            "(touchpoint) now reaches to Awareness › (step 2); before, it ended at Purchase.",
        ),
        (
            lambda tx: edits.move_point(tx, "e1", "s1", 0.75, -1.5),
            "e1",
            {"at"},
            "(Ana, Awareness › (step 1)) moved within Awareness › (step 1).",
        ),
        (
            lambda tx: tx.set("b1", x=30.0),
            "b1",
            {"x"},
            "(backdrop) moved behind the map.",
        ),
    ],
)
def test_a_move_is_no_change_of_a_field(act: Act, id: str, moved: set[str], sentence: str) -> None:
    """B2, B7: it is told by where the record was and is."""
    found = after(act)
    assert [change.id for change in found.changes] == [id]
    assert found.changes[0].moved == moved
    assert (found.changes[0].fields, found.changes[0].kind) == ((), "moved")
    assert found.counts == Counts(moved=1)
    assert said(found) == [sentence]


def test_moved_and_changed() -> None:
    """B2, B4: such a record counts in both, and has a sentence for each."""

    def act(tx: Transaction) -> None:
        edits.move_cards(tx, ["c1"], "l1", "s3")
        edits.set_fields(tx, ["c1"], title="Decides")

    found = after(act)
    assert found.changes[0].kinds == ("changed", "moved")
    assert found.counts == Counts(changed=1, moved=1)
    assert said(found) == [
        "“Decides” moved from Awareness › (step 1) to Purchase.",
        "The action “Compares” is called “Decides” now.",
    ]


def test_a_card_that_moves_with_its_span_has_no_other_end() -> None:
    """B2: one sentence, unless it spans another number of steps."""
    found = after(lambda tx: edits.move_cards(tx, ["c3"], "l3", "s1"))
    assert found.changes[0].moved == {"step"}


def many_cards(*order: int) -> list[Record]:
    """Cards in a cell, named by their number, in some order."""
    keys = keys_between(None, None, len(order))
    return records(*(card(f"n{at}", order=key, lane="l3") for at, key in zip(order, keys, strict=True)))


def test_the_fewest_have_moved() -> None:
    """B3: one that was dragged past nine is one move, though nine have other neighbours."""
    found = compare(many_cards(*range(10)), many_cards(*range(1, 10), 0))
    assert [change.id for change in found.changes] == ["n0"]
    swapped = compare(many_cards(0, 1, 2, 3), many_cards(3, 1, 2, 0))
    assert {change.id for change in swapped.changes} == {"n0", "n3"}


def test_of_two_that_changed_places_the_one_with_another_key_moved() -> None:
    """B3: which is the one that somebody took."""
    document = small_map()
    found = after(lambda tx: edits.move_stage(tx, "g2", "g1"), document)
    assert [change.id for change in found.changes] == ["g2"]
    back = after(lambda tx: edits.move_stage(tx, "g2", None), document)
    assert [change.id for change in back.changes] == ["g2"]


@given(st.permutations(range(7)))
def test_the_rest_kept_its_order(order: list[int]) -> None:
    """B3: an oracle that tries all selections finds no larger one that stayed."""
    moved = {change.id for change in compare(many_cards(*range(7)), many_cards(*order)).changes}
    most = max(
        (selection for selection in range(1 << 7) if _ascends([at for at in order if selection >> at & 1])),
        key=int.bit_count,
    )
    assert len(moved) == 7 - most.bit_count()
    assert _ascends([at for at in order if f"n{at}" not in moved])


def _ascends(values: list[int]) -> bool:
    return values == sorted(values)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 9)), max_size=8))
def test_the_heaviest_ascent(pairs: list[tuple[int, int]]) -> None:
    """B3: against all selections."""
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    found = heaviest_ascent(values, weights)
    best = 0
    for selection in range(1 << len(pairs)):
        chosen = [place for place in range(len(pairs)) if selection >> place & 1]
        picked = [values[place] for place in chosen]
        if all(one < other for one, other in pairwise(picked)):
            best = max(best, sum(weights[place] for place in chosen))
    assert sum(weights[place] for place in found) == best
    assert [values[place] for place in found] == sorted({values[place] for place in found})


def test_what_nobody_can_see_is_no_difference() -> None:
    """B3: other keys in the same order, and an end that is not later."""
    document = small_map()

    def act(tx: Transaction) -> None:
        for record, key in zip(columns(tx.store), ("b00", "b01", "c000"), strict=True):
            tx.set(record.id, order=key)
        for one, key in zip(cards_in(tx.store, "l1", "s1"), ("Zz", "b00"), strict=True):
            tx.set(one.id, order=key)
        tx.set("c4", to_step="s1")

    assert after(act, document).is_same


@settings(max_examples=40)
@given(st.integers(0, 10**6))
@example(28130)
def test_a_comparison_accounts_for_every_difference(seed: int) -> None:
    """B1, B2, B3: whatever is not listed is the same field by field, and every listed field differs."""
    chance = random.Random(seed)
    before = edited([*rich_map().records], chance)
    now = edited(before, chance)
    found = compare(before, now)
    old, new = ({record.id: record for record in side} for side in (before, now))
    for id in old.keys() | new.keys():
        change = found.by_id.get(id)
        if id not in old or id not in new:
            assert change is not None
            assert change.kind == ("added" if id in new else "removed")
            continue
        listed = {field.field for field in change.fields} if change else set()
        differing = {name for name in _all(old[id]) | _all(new[id]) if _value(old[id], name) != _value(new[id], name)}
        moved = change.moved if change else frozenset()
        assert listed == differing - {"order", "stage", "step", "lane", "at", "x", "y", "to_step"} - moved
        spans = {"to_step"} if "step" in differing else set()  # to the same end from another step is another length
        assert moved <= differing | {"order"} | spans
    assert compare(now, before).counts == Counts(
        found.counts.removed, found.counts.added, found.counts.changed, found.counts.moved
    )
    json.dumps(as_json(found), allow_nan=False)
    assert all(said(found))


def _all(record: Record) -> set[str]:
    return {*record.__dict__, *(record.__pydantic_extra__ or {})}


def _value(record: Record, name: str) -> object:
    return {**record.__dict__, **(record.__pydantic_extra__ or {})}.get(name)


def test_fields_that_are_no_texts_have_no_pieces() -> None:
    """B5: a colour is another, and not partly the same."""
    found = after(lambda tx: edits.set_fields(tx, ["p1"], color="#000000", name="Anna"))
    fields = {field.field: field for field in found.by_id["p1"].fields}
    assert fields["color"].pieces == []
    assert [piece.kind for piece in fields["name"].pieces] == ["removed", "added"]


def test_curves() -> None:
    """B6, B7: all of it, and its parts by stage."""

    def act(tx: Transaction) -> None:
        edits.move_point(tx, "e1", "s1", 0.25, -0.5)
        edits.add_point(tx, "l2", "p1", "s2", 0.5, 2.0)
        edits.delete(tx, ["e2"])

    found = after(act)
    whole, first, second = found.curves
    assert (whole.lane, whole.persona, whole.measure) == ("l2", "p1", "emotion")
    assert (whole.stage, first.stage, second.stage) == (None, "g1", "g2")
    assert (whole.added, whole.removed, whole.moved) == (1, 1, 1)
    assert whole.before == (2, -0.25, -1.5, 1.0)
    assert whole.after == (2, 0.75, -0.5, 2.0)
    assert first.before == (1, -1.5, -1.5, -1.5)
    assert second.after is None
    assert [sentence.text for sentence in found.figures] == [
        "Emotion of “Ana” on the way: on average 0.8, before −0.2; lowest −0.5, highest 2.",
        "Emotion of “Ana” in “Awareness”: on average 0.8, before −1.5; lowest −0.5, highest 2.",
        "Emotion of “Ana” in “Purchase”: no point any more; before, 1 on average.",
    ]


def test_a_point_that_is_only_called_otherwise_leaves_its_curve() -> None:
    """B6: figures tell of figures."""
    assert after(lambda tx: edits.set_fields(tx, ["e1"], label="Waits")).curves == ()


def test_metrics() -> None:
    """B6, B7: where they stand, their target and what is missing."""
    metric: Values = card("n1", kind="metric", measure="csat", title="CSAT", current=60.0, target=80.0, lane="l4")
    document = small_map(*BESIDE, metric)
    found = after(lambda tx: edits.set_fields(tx, ["n1"], current=70.0), document)
    [difference] = found.metrics
    assert (difference.before, difference.after) == ((60.0, 80.0, 20.0, "%"), (70.0, 80.0, 10.0, "%"))
    assert [sentence.text for sentence in found.figures] == ["“CSAT”: 70 %, before 60 %; 10 % to go."]
    reached = after(lambda tx: edits.set_fields(tx, ["n1"], target=65.0), document)
    assert reached.figures[0].text == "“CSAT”: 70 % as before; the target is 65 %, before 80 %."
    reached = after(lambda tx: edits.set_fields(tx, ["n1"], current=71.0), document)
    assert reached.figures[0].text == "“CSAT”: 71 %, before 70 %; the target is reached."
    assert after(lambda tx: edits.set_fields(tx, ["n1"], title="Other"), document).metrics == ()


def test_times() -> None:
    """B6, B7: the sum of a stage and of the whole way; a card that moves takes its time along."""
    document = rich_map()
    with document.edit("Begin") as tx:
        edits.set_fields(tx, ["d2"], duration=30.0)
        edits.set_fields(tx, ["c3"], duration=15.0)
    longer = after(lambda tx: edits.set_fields(tx, ["d2"], duration=90.0), document)
    assert [tuple(time) for time in longer.times] == [(None, 45.0, 105.0), ("g1", 45.0, 105.0)]
    assert [sentence.text for sentence in longer.figures] == [
        "The whole way takes 1 h 45 min, 1 h longer than before.",
        "“Awareness” takes 1 h 45 min, 1 h longer than before.",
    ]
    moved = after(lambda tx: edits.move_cards(tx, ["d2"], "l4", "s3"), document)
    assert [tuple(time) for time in moved.times] == [("g1", 105.0, 15.0), ("g2", 0.0, 90.0)]


def test_what_is_said_of_fields() -> None:
    """B7: names instead of ids, words instead of values, lists by what they gained and lost."""

    def act(tx: Transaction) -> None:
        edits.set_fields(tx, ["d3"], standing=None, impact=4)
        edits.set_references(tx, ["d3"], "sources", ["o2"])
        edits.set_fields(tx, ["p3"], channels=("app", "phone", "email"))
        edits.set_fields(tx, ["c3"], channel="h1", duration=90.0)
        tx.put(tx.store["c2"].changed(mood="calm"))
        edits.set_fields(tx, ["d4"], title="Old {name}")

    found = after(act)
    assert said(found) == [
        "“Cem”: Preferred channels gained “app”, “phone” and lost “Kiosk”.",
        "(note): Mood changed.",
        "(touchpoint): Channel changed from “email” to “Kiosk”.",
        "(touchpoint): Duration is now 1 h 30 min.",
        "(opportunity): Evidence is no longer evidenced.",
        "(opportunity): Sources lost “Interviews”.",
        "(opportunity): Impact is now 4.",
        "“Old {name}”: Title is now “Old {name}”.",
    ]


def test_every_template_can_be_translated() -> None:
    """B7: a translation brings its own template, and the labels of the program in its language."""
    found = after(lambda tx: edits.set_fields(tx, ["c1"], body="On the phone"))
    [sentence] = found.sentences["c1"]
    german = {sentence.wording: "{field} von {name} ist jetzt {after}.", "Text": "Inhalt"}
    assert sentence.worded(lambda text: german.get(text, text)) == "Inhalt von “Compares” ist jetzt “On the phone”."
    for wording in (*WORDINGS.values(), *FIGURE_WORDINGS.values()):
        assert wording.endswith(".")
        assert all(name != "" for _, name, _, _ in Formatter().parse(wording))


def test_a_map_as_lines() -> None:
    """B8: place, kind, title, and the rest by name; texts in one line."""
    document = small_map(*BESIDE, card("n1", title="Two\nlines", body="First\nsecond", to_step="s3"))
    lines = list(outline(document.records))
    assert len(lines) == len(document.records)
    assert lines[0] == "map | Switching provider"
    assert "Awareness › (step 1) … Purchase | Actions | note | Two lines | body: First ⏎ second" in lines
    assert "link | “Compares” → (touchpoint) | then" in lines
    expected = "Awareness › (step 2) | Everything | opportunity | (opportunity) | addresses: (pain point) | "
    assert [line for line in lines if line.startswith(expected[:50])] != []
    assert not any("a0" in line or "d1" in line.split() for line in lines)


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_lines_differ_where_a_reader_sees_a_difference(seed: int) -> None:
    """B8: and not where only keys and ids are others."""
    chance = random.Random(seed)
    before = edited(rich_map().records, chance, most=3)
    now = edited(before, chance, most=3)
    if list(outline(before)) != list(outline(now)):
        assert not compare(before, now).is_same
    rekeyed = [_with_other_key(record, before) for record in before]
    assert list(outline(rekeyed)) == list(outline(before))


def _with_other_key(record: Record, everything: tuple[Record, ...]) -> Record:
    """All cards with new keys, in the order that they have."""
    if not isinstance(record, Card):
        return record
    siblings = in_order(one for one in everything if isinstance(one, Card) and _cell(one) == _cell(record))
    keys = keys_between("b00", None, len(siblings))
    return record.changed(order=keys[[one.id for one in siblings].index(record.id)])


def _cell(one: Card) -> tuple[str, str]:
    return one.lane, one.step


def test_as_json() -> None:
    """B1, B6: what scripts get is plain, and has it all."""
    found: dict[str, Any] = as_json(after(lambda tx: edits.move_point(tx, "e1", "s2", 0.25, 1.0)))
    assert found["same"] is False
    assert found["counts"] == {"added": 0, "removed": 0, "changed": 1, "moved": 1}
    [change] = found["changes"]
    assert change["kinds"] == ["changed", "moved"]
    assert change["fields"] == [{"field": "value", "before": -1.5, "after": 1.0}]
    assert change["moved"] == ["step"]
    assert found["curves"][0]["before"] == {"points": 2, "mean": -0.25, "lowest": -1.5, "highest": 1.0}
    assert json.loads(json.dumps(found)) == found
