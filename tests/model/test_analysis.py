"""What a map says about itself: how well it is known, what it lacks, and how far along it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from app.model import edits
from app.model.analysis.coverage import CoverageCount, Need, Tally, needs_research
from app.model.analysis.doctor import RULES, Gap, examine
from app.model.analysis.given import Given
from app.model.analysis.guide import guide
from app.model.diff import Diff
from app.model.document import Document, EditError
from app.model.lanes import lane_kind
from app.model.queries import columns, lanes, steps_of
from app.model.rules import problems
from tests.known import coverage
from tests.model.builders import Values, rich_map, small_map

TODAY = date(2026, 11, 22)


def gaps(document: Document, rule: str) -> list[tuple[str, tuple[str, ...]]]:
    """The sentences of a rule's gaps, and where each leads."""
    return [(gap.sentence, gap.ids) for gap in examine(document.store, TODAY) if gap.rule == rule]


def test_coverage_by_stage_and_lane() -> None:
    """A1: claims only; pictures, ideas and remarks say nothing of how it is."""
    document = rich_map()
    with document.edit("Know") as tx:
        edits.set_fields(tx, ["d1", "e1"], standing="evidenced")
        edits.set_fields(tx, ["d2"], standing="partly")
        edits.set_fields(tx, ["d4"], standing="assumption")
    found = coverage(document.store)
    assert found.cells == {
        ("g1", "l1"): Tally(unsaid=1),
        ("g1", "l2"): Tally(evidenced=1),
        ("g2", "l2"): Tally(unsaid=1),
        ("g1", "l3"): Tally(unsaid=1),
        ("g1", "l4"): Tally(evidenced=1, partly=1),
        ("g2", "l4"): Tally(assumption=1),
    }
    assert found.stages == {"g1": Tally(2, 1, 0, 2), "g2": Tally(0, 0, 1, 1)}
    assert found.lanes["l4"] == Tally(1, 1, 1, 0)
    assert found.total == Tally(2, 1, 1, 3)
    assert found.stages["g1"].percent == 60.0
    assert Tally().percent is None


def test_what_needs_research() -> None:
    """A1: the most urgent first, among equals as one reads."""
    document = rich_map()
    with document.edit("Know") as tx:
        edits.set_fields(tx, ["d1", "e1", "e2"], standing="evidenced")
        edits.set_fields(tx, ["c1"], standing="partly")
        edits.set_fields(tx, ["d4", "d2"], standing="assumption")
    assert needs_research(document.store) == [
        Need("c3", None),
        Need("d2", "assumption"),
        Need("d4", "assumption"),
        Need("c1", "partly"),
    ]


def test_a_step_without_an_emotion() -> None:
    """A2, A3: a point of another measure does not say how it feels."""
    document = small_map({"type": "step", "id": "s2", "stage": "g1", "order": "a1", "title": "Compares"})
    sentence = "Nobody has said how it feels at the step “Compares”."
    assert gaps(document, "step_without_emotion") == [(sentence, ("s2",))]
    with document.edit("Expect") as tx:
        point = edits.add_point(tx, "l2", "p1", "s2")
        edits.set_fields(tx, [point], measure="expectation")
    assert gaps(document, "step_without_emotion") == [(sentence, ("s2",))]
    with document.edit("Feel") as tx:
        edits.set_fields(tx, [point], measure="emotion")
    assert gaps(document, "step_without_emotion") == []


def test_a_map_without_a_curve_says_so_once() -> None:
    """A2: and not of every step; a map without cards lacks nothing yet."""
    document = small_map()
    with document.edit("Wipe") as tx:
        edits.delete(tx, [point.id for point in document.store.of_type("emotion_point")])
    assert gaps(document, "step_without_emotion") == []
    assert [sentence for sentence, _ in gaps(document, "map_without_emotion")] == [
        "Nobody has drawn yet how the journey feels."
    ]
    with document.edit("Clear") as tx:
        edits.delete(tx, list(tx.store.ids_of_type("card")))
    assert examine(document.store, TODAY) == []


def test_cards_without_evidence() -> None:
    """A2: what is assumed, or what nobody has said anything of; and evidence that comes from nowhere."""
    document = small_map()
    assert gaps(document, "map_without_evidence") == [
        ("The whole map is assumed so far: no source is named.", ("map",))
    ]
    assert gaps(document, "card_without_evidence") == [], "of a map without any it is said once"
    with document.edit("Research") as tx:
        edits.add_source(tx, "Interviews")
    assert gaps(document, "map_without_evidence") == []
    assert gaps(document, "card_without_evidence") == [
        ("“Compares” has no evidence yet.", ("c1",)),
        ("(touchpoint) has no evidence yet.", ("c3",)),
    ]
    with document.edit("Know") as tx:
        edits.set_fields(tx, ["c1"], standing="evidenced")
        edits.set_fields(tx, ["c3"], standing="assumption", title="“Hello?”")
    assert gaps(document, "card_without_evidence") == [("“Hello?” has no evidence yet.", ("c3",))]
    expected = [("“Compares” is said to be evidenced, but cites no source.", ("c1",))]
    assert gaps(document, "evidence_without_source") == expected
    with document.edit("Cite") as tx:
        edits.set_references(tx, ["c1"], "sources", [edits.add_source(tx, "Interviews")])
    assert gaps(document, "evidence_without_source") == []


@pytest.mark.parametrize(("lane", "is_claim"), [("backstage", False), ("frontstage", False), ("actions", True)])
def test_what_the_organisation_does_needs_no_research(lane: str, is_claim: bool) -> None:
    """A1, A2: of its own work nobody has to be asked."""
    document = small_map()
    with document.edit("Draw") as tx:
        edits.add_source(tx, "Interviews")
        card = edits.add_card(tx, "action", edits.add_lane(tx, lane), "s1", title="Prints the letter")
    assert ([card] in [list(ids) for _, ids in gaps(document, "card_without_evidence")]) == is_claim
    assert (card in [need.id for need in needs_research(document.store)]) == is_claim


@pytest.mark.parametrize("how", ["named", "linked to", "linked from"])
def test_a_pain_point_is_answered(how: str) -> None:
    """A2: by an opportunity that names it, or by an arrow either way."""
    document = small_map()
    with document.edit("Draw") as tx:
        pain = edits.add_card(tx, "pain_point", "l1", "s1", title="Forms")
        idea = edits.add_card(tx, "opportunity", "l1", "s1")
    assert gaps(document, "pain_point_without_opportunity") == [("No opportunity addresses “Forms”.", (pain,))]
    with document.edit("Answer") as tx:
        if how == "named":
            edits.set_references(tx, [idea], "addresses", [pain])
        else:
            source, target = (pain, idea) if how == "linked to" else (idea, pain)
            edits.add_link(tx, source, target)
    assert gaps(document, "pain_point_without_opportunity") == []


@pytest.mark.parametrize(
    ("fields", "is_gap"), [({}, True), ({"owner": " "}, True), ({"owner": "Ana"}, False), ({"status": "done"}, False)]
)
def test_an_opportunity_needs_an_owner(fields: dict[str, Any], is_gap: bool) -> None:
    """A2: unless it is done or dropped."""
    document = small_map()
    with document.edit("Draw") as tx:
        edits.add_card(tx, "opportunity", "l1", "s1", title="Fewer forms", **fields)
    assert bool(gaps(document, "opportunity_without_owner")) == is_gap


def test_dead_ends() -> None:
    """A2: something leads there and nothing on, though the journey goes on."""
    document = small_map()
    assert gaps(document, "dead_end") == [], "a touchpoint that reaches into the last column is no dead end"
    with document.edit("Shorten") as tx:
        edits.span_card(tx, "c3", None)
        edits.set_fields(tx, ["c3"], title="Calls")
        pain = edits.add_card(tx, "pain_point", "l1", "s2")
        edits.add_link(tx, "c3", pain)
    assert gaps(document, "dead_end") == [], "where no arrow goes on, the way has its end there"
    with document.edit("Go on elsewhere") as tx:
        around = [edits.add_card(tx, "action", "l1", step) for step in ("s2", "s3")]
        edits.add_link(tx, *around)
    sentence = "Nothing leads on from “Calls”, though the journey goes on after it."
    assert gaps(document, "dead_end") == [(sentence, ("c3",))]
    with document.edit("Lead on") as tx:
        edits.add_link(tx, "c3", edits.add_card(tx, "action", "l1", "s3"))
    assert gaps(document, "dead_end") == []


@pytest.mark.parametrize(("review", "is_gap"), [(None, False), (TODAY, False), (date(2026, 11, 21), True)])
def test_the_review_date(review: date | None, is_gap: bool) -> None:
    """A2: has passed on the day after it."""
    document = small_map()
    with document.edit("Set") as tx:
        edits.set_map(tx, review_date=review)
    assert gaps(document, "stale_review_date") == (
        [("The map was to be reviewed on 2026-11-21.", ("map",))] if is_gap else []
    )


def test_empty_lanes() -> None:
    """A2: comments do not fill a lane; a lane of channels is filled by the touchpoints."""
    document = rich_map()
    assert gaps(document, "empty_lane") == []
    with document.edit("Empty") as tx:
        edits.add_comment(tx, "l3", "Nothing here?")
        edits.delete(tx, ["c3", "e1", "e2"])
        edits.set_fields(tx, ["d2"], channel="")
    assert [ids[0] for _, ids in gaps(document, "empty_lane")] == ["l2", "l3", "l5"]
    assert gaps(document, "empty_lane")[0][0] == "The lane “Emotion” is empty."


def test_rules_can_be_switched_off() -> None:
    """A3, E1, E2: and on again; one that is not there cannot."""
    document = small_map()
    with document.edit("Research") as tx:
        edits.add_source(tx, "Interviews")
    assert gaps(document, "card_without_evidence")
    with document.edit("Off") as tx:
        edits.switch_rule(tx, "card_without_evidence", on=False)
        edits.switch_rule(tx, "dead_end", on=False)
    assert list(document.map.doctor_off) == ["card_without_evidence", "dead_end"]
    assert not gaps(document, "card_without_evidence")
    assert any(gap.rule == "card_without_evidence" for gap in examine(document.store, TODAY, off=()))
    with document.edit("On") as tx:
        edits.switch_rule(tx, "card_without_evidence", on=True)
        edits.switch_rule(tx, "card_without_evidence", on=True)
    assert list(document.map.doctor_off) == ["dead_end"]
    with pytest.raises(EditError, match="no rule flu"), document.edit("Off") as tx:
        edits.switch_rule(tx, "flu", on=False)


def test_gaps_are_sentences_that_lead_somewhere() -> None:
    """A3: of rules that are known, in a map that is sound."""
    document = rich_map()
    found = examine(document.store, TODAY)
    assert problems(document.store) == []
    assert found
    for gap in found:
        assert gap.rule in RULES
        assert re.fullmatch(r"[^.{}]+\.", gap.sentence)
        assert gap.ids
        assert all(id in document.store for id in gap.ids)
    for rule in RULES.values():
        assert Gap(rule.id, "“X”", ()).sentence == rule.wording.format(name="“X”")
        assert not rule.title.endswith(".")


def states(document: Document) -> list[str]:
    return [step.state for step in guide(document.store, TODAY)]


def test_the_guide_begins_with_nothing() -> None:
    """A4: six steps, each explained in two sentences."""
    steps = guide(Document().store, TODAY)
    assert [step.id for step in steps] == ["objective", "research", "stages", "journey", "findings", "refining"]
    assert {step.state for step in steps} == {"open"}
    for step in steps:
        assert len(re.findall(r"\.(?= |$)", step.explanation)) == 2
        assert len(step.checks) == 3


def test_the_guide_ticks_what_the_map_has() -> None:
    """A4: partly on the way, done when all is there, and open again when it goes."""
    document = Document()
    with document.edit("Begin") as tx:
        edits.set_map(tx, title="Broadband")
        first = edits.add_stage(tx, "Awareness", step_title="Notices")
        person = edits.add_persona(tx, "Mia")
    assert states(document) == ["partly", "partly", "partly", "open", "open", "open"]
    with document.edit("Go on") as tx:
        edits.set_map(tx, objective="Fewer calls", scope="Until the first bill", review_date=TODAY)
        edits.set_fields(tx, [person], goals=("Stay online",))
        edits.add_source(tx, "Interviews")
        second = edits.add_stage(tx, "Purchase", step_title="Orders")
        steps = [steps_of(tx.store, stage)[0].id for stage in (first, second)]
        lane, curve = edits.add_lane(tx, "notes"), edits.add_lane(tx, "emotion")
        for step in steps:
            edits.add_card(tx, "touchpoint", lane, step)
            edits.add_point(tx, curve, person, step)
        edits.add_card(tx, "thought", lane, steps[0])
        pain = edits.add_card(tx, "pain_point", lane, steps[0])
        idea = edits.add_card(tx, "opportunity", lane, steps[0], owner="Ana")
        edits.add_card(tx, "metric", lane, steps[0], target=40.0)
    assert states(document) == ["done", "done", "done", "done", "partly", "done"]
    with document.edit("Answer") as tx:
        edits.set_references(tx, [idea], "addresses", [pain])
    assert states(document)[4] == "done"
    assert [step.state for step in guide(document.store, date(2027, 1, 1))][5] == "partly"


def ticked(document: Document, given: Given) -> set[str]:
    return {check.text for step in guide(document.store, TODAY, given) for check in step.checks if check.is_done}


def test_the_guide_does_not_count_what_nobody_touched() -> None:
    """A5: neither words of the template nor names that nobody gave; moved elsewhere they still are not the user's."""
    document = Document()
    with document.edit("Begin") as tx:
        edits.set_map(tx, title="Untitled", objective="Which decision?", scope="Which customers?")
        stage = edits.add_stage(tx, "Awareness", step_title="Notices")
        edits.add_stage(tx, "Purchase", step_title="Orders")
        person = edits.add_persona(tx, "Your persona")
        edits.set_fields(tx, [person], summary="who they are")
        lane, curve = edits.add_lane(tx, "notes"), edits.add_lane(tx, "emotion")
        one, other = (step.id for step in columns(tx.store))
        card = edits.add_card(tx, "touchpoint", lane, one, title="First contact")
        edits.add_card(tx, "thought", lane, one, title="Their words")
        point = edits.add_point(tx, curve, person, one)
    given = Given(document.records, {"New step"})
    assert len(ticked(document, Given())) > 6
    assert ticked(document, given) == set()
    with document.edit("Move") as tx:
        edits.move_cards(tx, [card], lane, other)
        edits.set_fields(tx, [one], width=80.0)
    assert ticked(document, given) == set()
    with document.edit("Write") as tx:
        edits.set_fields(tx, [card], body="The advert on the bus")
    assert ticked(document, given) == {"There are two stages or more", "Every stage and step has a name"}
    with document.edit("Feel") as tx:
        edits.move_point(tx, point, one, 0.5, -1.0)
        edits.add_point(tx, curve, person, other)
        edits.set_fields(tx, [person], name="Mia")
        edits.set_map(tx, objective="Fewer calls")
    assert ticked(document, given) == {
        "There are two stages or more",
        "Every stage and step has a name",
        "Every step has a point of an emotion curve",
        "There is a persona",
        "The objective says what the map is to decide",
    }
    with document.edit("Add") as tx:
        edits.add_step(tx, stage, "New step")
    assert "Every stage and step has a name" not in ticked(document, given)


def test_unknown_kinds_are_no_claims() -> None:
    """A1, R6: nothing is known of them."""
    values: Values = {"type": "card", "id": "x", "kind": "hologram", "step": "s2", "lane": "l1"}
    document = small_map(values)
    assert "x" not in {need.id for need in needs_research(document.store)}
    assert ("g1", "l1") in coverage(document.store).cells


def test_the_count_that_follows_agrees_with_counting_anew() -> None:
    """A1: also where a lane turns into one of the organisation's own work, and back."""
    document = rich_map()
    count = CoverageCount(document.store)

    def follow(diff: Diff) -> None:
        count.take(diff)

    document.subscribe(follow)
    stage_of = {step.id: step.stage for step in columns(document.store)}

    def counted() -> dict[tuple[str, str], Tally]:
        found: dict[tuple[str, str], Tally] = {}
        for step, stage in stage_of.items():
            for lane in lanes(document.store):
                tally = count.cell(lane.id, step)
                if tally.claims:
                    found[stage, lane.id] = found.get((stage, lane.id), Tally()).plus(tally)
        return found

    assert counted() == coverage(document.store).cells
    for lane in [lane for lane in lanes(document.store) if lane_kind(lane.kind).holds_cards]:
        for kind in ("backstage", "actions", "notes"):
            with document.edit("Turn") as tx:
                edits.set_lane_kind(tx, lane.id, kind)
            assert counted() == coverage(document.store).cells
    while document.undo():
        assert counted() == coverage(document.store).cells
