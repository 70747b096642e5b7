"""What two people did together and that would break a rule of the map."""

from __future__ import annotations

from app.model import edits
from app.model.document import Document, Transaction
from app.model.merging import Merge
from app.model.queries import cards_in, columns, lanes
from app.model.records import Lane, Link, Step
from app.model.registry import record_from_json
from tests.model.builders import BESIDE, card, records, rich_map
from tests.model.two_sides import Act, by_id, changed, merged, notes, titles


def test_a_stage_keeps_a_step() -> None:
    """M3, M9: each deleted another one; the first of them is back."""
    found = merged(lambda tx: edits.delete(tx, ["s1"]), lambda tx: edits.delete(tx, ["s2"]))
    assert "s1" in by_id(found)
    assert notes(found) == [("mended", "g1")]
    assert found.notes[0].sentence.text == "The stage “Awareness” had lost all its steps; (step 1) is back."


def test_a_stage_whose_steps_went_elsewhere() -> None:
    """M3, M9: gets an empty one."""
    found = merged(lambda tx: edits.move_step(tx, "s1", "g2"), lambda tx: edits.move_step(tx, "s2", "g2"))
    here = [record for record in found.records if isinstance(record, Step) and record.stage == "g1"]
    assert len(here) == 1
    assert here[0].id not in {"s1", "s2", "s3"}
    assert [kind for kind, _ in notes(found)] == ["mended"]


def empty_lane(tx: Transaction) -> None:
    edits.delete(tx, [one.id for step in columns(tx.store) for one in cards_in(tx.store, "l3", step.id)])


def test_a_lane_that_becomes_a_curve_while_somebody_puts_a_card_into_it() -> None:
    """M9: it keeps the kind that fits, and its name."""
    base = changed(rich_map().records, empty_lane)
    found = merged(
        lambda tx: edits.set_lane_kind(tx, "l3", "emotion"),
        lambda tx: edits.add_card(tx, "note", "l3", "s1", title="Here"),
        base,
    )
    lane = by_id(found)["l3"]
    assert isinstance(lane, Lane)
    assert (lane.kind, lane.title) == ("touchpoints", "Touchpoints")
    assert titles(found, "l3", "s1") == ["Here"]
    assert notes(found) == [("mended", "l3")]


def test_cards_and_points_in_one_lane_part() -> None:
    """M9: nothing is lost; the cards get a lane right below."""

    def mine(tx: Transaction) -> None:
        edits.set_lane_kind(tx, "l3", "emotion")
        edits.add_point(tx, "l3", "p1", "s1")

    base = changed(rich_map().records, empty_lane)
    found = merged(mine, lambda tx: edits.add_card(tx, "note", "l3", "s1", title="Here"), base)
    store = Document(found.records).store
    order = [lane.id for lane in lanes(store)]
    below = order[order.index("l3") + 1]
    assert below not in {record.id for record in base}
    assert len(order) == len(set(order)) == 6
    kinds = {lane.id: lane.kind for lane in lanes(store)}
    holding = {kinds["l3"], kinds[below]}
    assert holding == {"emotion", "touchpoints"}
    assert [one.title for lane in ("l3", below) for one in cards_in(store, lane, "s1")] == ["Here"]


def test_a_link_that_would_lead_to_itself() -> None:
    """M9: it leads as on one of the sides."""
    base = records(*BESIDE, {"type": "link", "id": "n1", "source": "c1", "target": "c2"})
    found = merged(lambda tx: tx.set("n1", target="c3"), lambda tx: tx.set("n1", source="c3"), base)
    link = by_id(found)["n1"]
    assert isinstance(link, Link)
    assert (link.source, link.target) in {("c1", "c3"), ("c3", "c2")}
    assert notes(found) == [("mended", "n1")]


def test_a_link_that_both_drew() -> None:
    """M9: is one; two that say different things are two, and nothing that is said of one is lost."""

    def draw(label: str) -> Act:
        return lambda tx: edits.add_link(tx, "c1", "c4", label)

    def drawn(found: Merge) -> list[str]:
        return [record.id for record in found.records if record.__dict__.get("target") == "c4"]

    def draw_and_ask(tx: Transaction) -> None:
        edits.add_comment(tx, edits.add_link(tx, "c1", "c4", "then"), "Always?")

    found = merged(draw("then"), draw("then"))
    assert len(drawn(found)) == 1
    assert [note.kind for note in found.notes] == ["mended"]
    assert len(drawn(merged(draw("then"), draw("or")))) == 2
    asked = merged(draw_and_ask, draw_and_ask)
    comments = [record for record in asked.records if record.__dict__.get("text") == "Always?"]
    assert {record.__dict__["about"] for record in comments} <= {*drawn(asked)}
    assert len(comments) == 2


def test_a_reference_to_what_became_of_another_kind() -> None:
    """M9: one addresses a pain point that the other makes a note of."""
    base = changed(rich_map().records, lambda tx: edits.set_references(tx, ["d3"], "addresses", []))

    def theirs(tx: Transaction) -> None:
        tx.put(record_from_json({**card("d1", lane="l4"), "title": "No pain"}))

    found = merged(lambda tx: edits.set_references(tx, ["d3"], "addresses", ["d1"]), theirs, base)
    assert by_id(found)["d3"].__dict__["addresses"] == ()
    assert notes(found) == [("mended", "d3")]
    assert found.notes[0].sentence.text.startswith("(opportunity) no longer speaks of")


def test_a_field_that_does_not_fit_the_other_kind() -> None:
    """M3, M9: what another kind of card keeps under the same name is told, and left out."""

    def mine(tx: Transaction) -> None:
        tx.put(record_from_json({**card("d1", lane="l4", kind="hologram"), "severity": "huge"}))

    base = changed(rich_map().records, lambda tx: edits.set_references(tx, ["d3"], "addresses", []))
    found = merged(mine, lambda tx: edits.set_fields(tx, ["d1"], severity=2), base)
    chosen = {record.id: record for record in found.resolved({("d1", "severity"): "mine"})}["d1"]
    assert chosen.__dict__["kind"] == "hologram"
    Document(found.records)


def test_a_value_that_its_kind_does_not_take() -> None:
    """M3, M9: it is left out, and the note says what it was."""
    base = records({**card("n1", kind="hologram"), "severity": "x"})
    found = merged(
        lambda tx: tx.put(record_from_json(card("n1", kind="pain_point", severity=3))),
        lambda tx: tx.put(tx.store["n1"].changed(severity="huge")),
        base,
    )
    mine, theirs = found.resolve({("n1", "severity"): "mine"}), found.resolve({("n1", "severity"): "theirs"})
    for resolved, severity in ((mine, 3), (theirs, None)):
        chosen = {record.id: record for record in resolved.records}["n1"]
        assert (chosen.__dict__["kind"], chosen.__dict__["severity"]) == ("pain_point", severity)
        Document(resolved.records)
    assert [note.sentence.text for note in theirs.notes] == [
        "(pain point): Severity could not be kept together with its new kind; it was huge."
    ]
