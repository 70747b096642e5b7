"""Edits of points, links and fields, and deletion."""

from __future__ import annotations

from datetime import date
from itertools import islice, permutations
from types import MappingProxyType

import pytest
from pydantic import ValidationError

from app.model import edits
from app.model.document import Document, EditError
from app.model.kinds.metric import Metric
from app.model.kinds.note import Note
from app.model.records import Card, EmotionPoint, Link, Reference, record_to_json
from tests.model.builders import SMALL, Values, assert_true_to_records, bytes_of, card, records, small_map

ALL = {value["id"] for value in SMALL}


def left(document: Document) -> set[str]:
    return {record.id for record in document.store}


@pytest.mark.parametrize(
    ("at", "value", "expected"),
    [
        (0.5, 1, (0.5, 1.0)),
        (-1, -9, (0.0, -2.0)),
        (7, 9, (1.0, 2.0)),
        (float("inf"), float("-inf"), (1.0, -2.0)),
        (-0.0, -0.0, (0.0, 0.0)),
    ],
)
def test_points_are_clamped(at: float, value: float, expected: tuple[float, float]) -> None:
    """P1, P2: added or moved."""
    document = small_map()
    with document.edit("Point") as tx:
        added = edits.add_point(tx, "l2", "p2", "s2", at, value, "Relief")
        edits.move_point(tx, "e1", "s2", at, value)
    for id in (added, "e1"):
        point = document.store.of(EmotionPoint, id)
        assert point is not None
        assert (point.at, point.value) == expected
        assert "-0.0" not in f"{point.at} {point.value}"
        assert point.step == "s2"
    assert record_to_json(document.store[added])["label"] == "Relief"


def test_points_only_where_there_is_a_curve() -> None:
    """P1: and only of numbers."""
    document = small_map()
    nan = float("nan")
    for act in (
        lambda tx: edits.add_point(tx, "l1", "p1", "s1"),
        lambda tx: edits.add_point(tx, "l2", "p1", "s1", nan),
        lambda tx: edits.move_point(tx, "e1", "s1", 0.5, nan),
    ):
        with pytest.raises(EditError), document.edit("Point") as tx:
            act(tx)
    assert bytes_of(document.store) == bytes_of(records())


def test_links() -> None:
    """L1, L2: one each way, none to itself."""
    document = small_map()
    with document.edit("Link") as tx:
        back = edits.add_link(tx, "c3", "c1", "back")
        edits.add_link(tx, "c1", "c2")
    for act in (
        lambda tx: edits.add_link(tx, "c1", "c3"),
        lambda tx: edits.add_link(tx, "c1", "c1"),
        lambda tx: edits.reverse_link(tx, "k1"),
    ):
        with pytest.raises(EditError), document.edit("Link") as tx:
            act(tx)
    with document.edit("Turn") as tx:
        edits.delete(tx, ["k1"])
        edits.reverse_link(tx, back)
    link = document.store.of(Link, back)
    assert link is not None
    assert (link.source, link.target, link.label) == ("c1", "c3", "back")


def test_setting_fields_of_many() -> None:
    """F1: the same values to all, kinds of newer versions included, unknown fields kept."""
    document = small_map()
    with document.edit("Set") as tx:
        edits.set_fields(tx, iter(["c1", "c2", "c4", "s1"]), title="Same")
        edits.set_map(tx, title="Map", objective="Find out")
    assert [document.store[id].__dict__["title"] for id in ("c1", "c2", "c4", "s1")] == ["Same"] * 4
    assert record_to_json(document.store["c4"])["depth"] == 3
    assert document.map.objective == "Find out"


@pytest.mark.parametrize(
    ("id", "field"),
    [
        *(("c1", field) for field in ("id", "type", "kind", "order", "lane", "step", "to_step", "channel", "titel")),
        *(("k1", field) for field in ("source", "target", "title")),
        *(("e1", field) for field in ("lane", "persona", "step")),
        *(("c4", field) for field in ("depth", "kind")),
        *(("s1", field) for field in ("stage", "order")),
        ("l1", "kind"),
        ("map", "id"),
    ],
)
def test_fields_that_are_not_free(id: str, field: str) -> None:
    """F1: refused whatever the value."""
    document = small_map()
    with pytest.raises(EditError, match=f"The field “{field}” of this "), document.edit("Set") as tx:
        edits.set_fields(tx, [id], **{field: "s2"})
    assert bytes_of(document.store) == bytes_of(records())


def test_bad_values_of_fields() -> None:
    """F1, T8: one bad value and none is set."""
    document = small_map()
    with pytest.raises(ValidationError), document.edit("Set") as tx:
        edits.set_fields(tx, ["c1", "c2"], title="Good", body=5)
    assert bytes_of(document.store) == bytes_of(records())


Reading = tuple[date, float]
MARCH, MAY, JUNE = (date(2026, 3, 1), 12.0), (date(2026, 5, 1), 18.5), (date(2026, 6, 1), 20.0)


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        ((None, [MARCH, MAY]), [MARCH, MAY, JUNE], None),
        ((18.5, [MARCH, MAY]), [JUNE, MAY, MARCH], 20.0),
        ((18.5, [MARCH, MAY]), [MARCH, (MAY[0], 19.0)], 19.0),
        ((18.5, [MARCH, MAY]), [MARCH], 12.0),
        ((None, []), [MARCH], None),
        ((17.0, [MARCH, MAY]), [MARCH, MAY, JUNE], 17.0),
        ((18.5, [MAY]), [MARCH, MAY], 18.5),
        ((7.0, []), [MARCH], 7.0),
        ((12.0, [MARCH]), [], 12.0),
    ],
)
def test_a_metric_stands_at_its_newest_reading(
    before: tuple[float | None, list[Reading]], after: list[Reading], stands: float | None
) -> None:
    """F2, R13: unless somebody has set it to something else, and in one step."""
    document = small_map()
    with document.edit("Add") as tx:
        metric = edits.add_card(tx, "metric", "l1", "s1", current=before[0], history=before[1])
    with document.edit("Read") as tx:
        edits.set_fields(tx, [metric], history=after)
    record = document.store.of(Metric, metric)
    assert record is not None
    assert record.current == stands
    assert record.value == (after[-1][1] if before[0] is None else stands)
    assert list(record.history) == sorted(after)
    document.undo()
    assert document.store[metric].__dict__["current"] == before[0]


def test_what_is_set_or_computed_follows_no_reading() -> None:
    """F2: whoever sets both means both, and a figure that is computed hides what it was set to."""
    document = small_map()
    counts = {"promoters": 5, "passives": 3, "detractors": 2}
    with document.edit("Add") as tx:
        metric = edits.add_card(tx, "metric", "l1", "s1", history=[MARCH], current=12.0)
        computed = edits.add_card(tx, "metric", "l1", "s1", history=[MARCH], current=12.0, measure="nps", **counts)
    with document.edit("Read") as tx:
        edits.set_fields(tx, [metric], history=[MAY], current=3.0)
        edits.set_fields(tx, [computed], history=[MAY])
    assert document.store[metric].__dict__["current"] == 3.0
    assert document.store[computed].__dict__["current"] == 12.0


@pytest.mark.parametrize(
    ("ids", "gone"),
    [
        (["c1"], {"c1", "k1"}),
        (["k1"], {"k1"}),
        (["e1"], {"e1"}),
        (["u1"], {"u1"}),
        (["s1"], {"s1", "c1", "c2", "e1", "k1"}),
        (["l1"], {"l1", "c1", "c2", "c4", "k1"}),
        (["l2"], {"l2", "e1", "e2"}),
        (["p1"], {"p1", "e1", "e2"}),
        (["p2"], {"p2"}),
        (["g1"], {"g1", "s1", "s2", "c1", "c2", "e1", "k1"}),
        (["s3"], {"s3", "g2", "c4", "e2"}),
        (["g2"], {"s3", "g2", "c4", "e2"}),
        (["s1", "s2"], {"g1", "s1", "s2", "c1", "c2", "e1", "k1"}),
        (["g1", "s2", "c1", "k1", "l1", "e1"], {"g1", "s1", "s2", "c1", "c2", "c4", "e1", "k1", "l1"}),
        (["g1", "g2"], ALL - {"map", "l1", "l2", "l3", "p1", "p2", "u1"}),
        (["nothing", "c1", "c1"], {"c1", "k1"}),
        (["nothing"], set()),
        (sorted(ALL - {"map"}), ALL - {"map"}),
    ],
)
def test_what_goes_with_what(ids: list[str], gone: set[str]) -> None:
    """X1, X2, X4: in whatever order it is named, and undo brings all of it back."""
    for order in [ids, ids[::-1], *islice(permutations(ids), 6)]:
        document = small_map()
        with document.edit("Delete") as tx:
            deleted = edits.delete(tx, order)
        assert left(document) == ALL - gone
        assert deleted.ids == gone
        assert sum(deleted.counts.values()) == len(gone)
        assert list(deleted.counts) == sorted({value["type"] for value in SMALL if value["id"] in gone})
        assert_true_to_records(document.store)
        document.undo()
        assert bytes_of(document.store) == bytes_of(records())


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (["s2"], ("s3", "s4")),
        (["s3"], ("s2", "s4")),
        (["s4"], ("s2", "s3")),
        (["s2", "s3"], ("s4", None)),
        (["s3", "s4"], ("s2", None)),
        (["g2"], ("s2", None)),
        (["s2", "s3", "s4"], None),
        (["g1", "g2"], None),
        (["g1"], ("s3", "s4")),
        (["s2", "x"], None),
        (["s2", "l3"], None),
        (["s1"], ("s2", "s4")),
    ],
)
def test_spans_shrink(ids: list[str], expected: tuple[str, str | None] | None) -> None:
    """X3: from either end or in the middle, and go with the last step."""
    spare: Values = {"type": "stage", "id": "g9", "order": "a9"}
    last: Values = {"type": "step", "id": "s9", "stage": "g9"}
    fourth: Values = {"type": "step", "id": "s4", "stage": "g2", "order": "a1"}
    document = small_map(card("x", step="s2", to_step="s4", lane="l3"), spare, last, fourth)
    with document.edit("Delete") as tx:
        deleted = edits.delete(tx, ids)
    found = document.store.of(Card, "x")
    assert (None if found is None else (found.step, found.to_step)) == expected
    assert ("x" in deleted.ids) == (found is None)
    assert_true_to_records(document.store)


@pytest.mark.parametrize(("doomed", "expected"), [("s1", ("s3", None)), ("s3", None)])
def test_an_end_that_is_not_later(doomed: str, expected: tuple[str, str | None] | None) -> None:
    """X3, X6, C6: such a card lies in its own step only; losing the end does it no harm."""
    spare: Values = {"type": "step", "id": "s9", "stage": "g2", "order": "a9"}
    document = small_map(card("x", step="s3", to_step="s1"), spare)
    with document.edit("Delete") as tx:
        edits.delete(tx, [doomed])
    found = document.store.of(Card, "x")
    assert (None if found is None else (found.step, found.to_step)) == expected


class Owned(Note):
    """A note that may be of a persona and of a lane, and that minds only the lane's going."""

    REFERENCES = MappingProxyType(
        {
            **Note.REFERENCES,
            "owner": Reference("of_persona", "persona", "clear"),
            "home": Reference("of_lane", "lane", "clear"),
        }
    )
    owner: str | None = None
    home: str | None = None


def test_fields_that_may_be_empty_are_emptied() -> None:
    """X6: of any record, by what its class says of the reference; also those that refer to the same thing twice."""
    document = small_map()
    with document.edit("Add") as tx:
        tx.put(Owned.model_validate({**card("x"), "owner": "p1", "home": "l3"}))
        tx.put(Owned.model_validate({**card("y"), "owner": "p2", "home": "l1"}))
    with document.edit("Delete") as tx:
        assert edits.delete(tx, ["p1", "l3"]).ids == {"p1", "e1", "e2", "l3", "c3", "k1"}
    found = document.store.of(Owned, "x")
    assert found is not None
    assert (found.lane, found.owner, found.home) == ("l1", None, None)
    with document.edit("Delete") as tx:
        assert "y" in edits.delete(tx, ["l1"]).ids
    assert_true_to_records(document.store)


def test_the_map_itself_stays() -> None:
    """X5: also when named among others, which stay too."""
    document = small_map()
    with pytest.raises(EditError, match="cannot be deleted"), document.edit("Delete") as tx:
        edits.delete(tx, ["c1", "map"])
    assert left(document) == ALL
