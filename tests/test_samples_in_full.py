"""Each thing of a journey map is used in the first sample as practitioners use it, and much of it in the others."""

from collections import Counter
from datetime import date

import pytest

from app.files.mapfile import loads
from app.model.analysis.doctor import Gap, examine
from app.model.analysis.guide import guide
from app.model.beside import ActionItem, Backdrop, Comment, Feedback, OwnChannel, Source
from app.model.document import Document
from app.model.kinds.image import Image
from app.model.kinds.insight import Insight
from app.model.kinds.metric import Metric
from app.model.kinds.opportunity import Opportunity
from app.model.kinds.pain_point import PainPoint
from app.model.kinds.thought import Thought
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import LANE_KINDS
from app.model.queries import curves_of
from app.model.records import Card, EmotionPoint, Lane, MapRecord, Persona, Stage
from app.paths import sample_dir
from tests.known import coverage
from tests.shipped import SAMPLES, of, sample, steps_in_order

TODAY = date(2026, 12, 1)
FULL = sample("broadband")


def gaps_of(name: str) -> list[Gap]:
    return examine(Document(sample(name)).store, TODAY)


class TestTheFirstSample:
    def test_tells_who_its_personas_are(self) -> None:
        shelf = loads((sample_dir() / "broadband.jmap").read_bytes()).parts
        for persona in of(FULL, Persona):
            assert persona.on_poster
            assert all((persona.role, persona.segment, persona.quote, persona.demographics, persona.channels))
            assert all((persona.goals, persona.motivations, persona.pain_points))
            assert f"media/{persona.portrait}" in shelf
        assert {card.personas for card in of(FULL, Card)} == {(), ("pe1",), ("pe2",)}

    def test_names_its_sources_and_cites_each(self) -> None:
        sources = of(FULL, Source)
        assert len({source.method for source in sources}) >= 6
        assert all(source.title and source.date and source.sample_size for source in sources)
        assert any(source.address for source in sources)
        cited = {source for card in of(FULL, Card) for source in card.sources}
        assert cited == {source.id for source in sources}
        assert all(insight.sources for insight in of(FULL, Insight))

    def test_says_how_well_it_is_known(self) -> None:
        known = coverage(Document(FULL).store).total
        assert min(known.evidenced, known.partly, known.assumption, known.unsaid) > 0
        assert (known.percent or 0) > 80

    def test_describes_its_touchpoints(self) -> None:
        touchpoints = of(FULL, Touchpoint)
        assert [touchpoint.moment_of_truth for touchpoint in touchpoints].count(True) == 3
        for field in ("owner", "duration", "importance", "satisfaction"):
            told = [touchpoint for touchpoint in touchpoints if touchpoint.__dict__[field]]
            assert len(told) >= 0.6 * len(touchpoints), field
        own = {channel.id for channel in of(FULL, OwnChannel)}
        assert own
        assert own <= {touchpoint.channel for touchpoint in touchpoints}

    def test_weighs_pain_points_and_opportunities(self) -> None:
        assert all(pain.score and pain.votes for pain in of(FULL, PainPoint))
        opportunities = of(FULL, Opportunity)
        assert all(chance.impact and chance.effort and chance.confidence for chance in opportunities)
        assert {chance.status for chance in opportunities} == {"idea", "planned", "in_progress", "done"}
        assert {pain for chance in opportunities for pain in chance.addresses} == {
            pain.id for pain in of(FULL, PainPoint)
        }
        assert sum(bool(chance.changes) for chance in opportunities) >= 10

    def test_sets_what_is_expected_beside_what_is_felt(self) -> None:
        (lane,) = (lane for lane in of(FULL, Lane) if lane.kind == "emotion")
        curves = curves_of(Document(FULL).store, lane.id)
        assert set(curves) == {("pe1", "emotion"), ("pe2", "emotion"), ("pe2", "expectation")}
        points = of(FULL, EmotionPoint)
        assert 3 <= sum(bool(point.quote) for point in points) <= 6
        assert sum(bool(card.quoted) for card in of(FULL, Thought)) >= 5

    def test_has_a_stretch_that_is_assumed_and_a_gap(self) -> None:
        place = {step.id: number for number, step in enumerate(steps_in_order(FULL))}
        points = of(FULL, EmotionPoint)
        assumed = {(point.persona, place[point.step]) for point in points if point.standing == "assumption"}
        assert any((persona, step + 1) in assumed for persona, step in assumed)
        (last,) = (point for point in points if point.unknown_after)
        curve = curves_of(Document(FULL).store, last.lane)[last.persona, "emotion"]
        assert curve.index(last) < len(curve) - 1

    def test_measures_with_targets_and_a_history(self) -> None:
        metrics = of(FULL, Metric)
        assert {"nps", "csat", "conversion", "time"} <= {metric.measure for metric in metrics}
        assert all(metric.is_computed for metric in metrics if metric.measure in {"nps", "csat"})
        for metric in metrics:
            assert metric.missing is not None, metric.title
            assert len(metric.history) >= 2, metric.title
            assert metric.history[-1][1] == pytest.approx(metric.value, abs=0.1), metric.title

    def test_keeps_its_tables(self) -> None:
        feedback, actions = of(FULL, Feedback), of(FULL, ActionItem)
        assert 4 <= len(feedback) <= 6
        assert all(
            (line.origin, line.insight, line.action_step, line.date, line.sources, line.cards) for line in feedback
        )
        assert 4 <= len(actions) <= 6
        for item in actions:
            assert all((item.strategy, item.focus_area, item.expected_outcome, item.owner, item.due, item.cards))
        assert {item.status for item in actions} == {"planned", "in_progress", "done"}
        assert all(stage.key_insights and stage.behaviours for stage in of(FULL, Stage))

    def test_is_talked_about(self) -> None:
        comments = of(FULL, Comment)
        assert 3 <= len(comments) <= 4
        assert all(comment.author and comment.created and comment.text for comment in comments)
        assert [comment.resolved for comment in comments].count(True) == 1
        types = Counter(record.type for record in FULL if record.id in {comment.about for comment in comments})
        assert {"card", "emotion_point"} <= set(types)

    def test_leaves_a_few_gaps_for_the_doctor_to_show(self) -> None:
        gaps = gaps_of("broadband")
        assert 2 <= len(gaps) <= 4
        assert len({gap.rule for gap in gaps}) >= 2
        (about,) = of(FULL, MapRecord)
        assert not about.doctor_off

    def test_has_done_all_that_the_guide_asks_for(self) -> None:
        assert {step.id: step.state for step in guide(Document(FULL).store, TODAY)} == dict.fromkeys(
            ("objective", "research", "stages", "journey", "findings", "refining"), "done"
        )


@pytest.mark.parametrize("name", SAMPLES)
class TestEverySample:
    def test_is_researched(self, name: str) -> None:
        records = sample(name)
        assert len(of(records, Source)) >= 3
        assert (coverage(Document(records).store).total.percent or 0) >= 60
        assert len(gaps_of(name)) <= 8

    def test_holds_some_of_everything(self, name: str) -> None:
        records = sample(name)
        for persona in of(records, Persona):
            assert all((persona.role, persona.quote, persona.demographics, persona.goals, persona.channels))
        assert any(touchpoint.moment_of_truth for touchpoint in of(records, Touchpoint))
        assert all(pain.score for pain in of(records, PainPoint))
        assert all(chance.impact and chance.effort for chance in of(records, Opportunity))
        assert any(metric.missing and metric.history for metric in of(records, Metric))
        assert any(point.quote for point in of(records, EmotionPoint))
        assert any(stage.key_insights for stage in of(records, Stage))
        assert all(of(records, kind) for kind in (Feedback, ActionItem, Comment))


def test_the_clinic_measures_how_long_people_wait() -> None:
    waits = [
        metric for metric in of(sample("clinic"), Metric) if metric.measure == "time" and metric.direction == "lower"
    ]
    assert {metric.unit for metric in waits} == {"days", "min"}


def test_the_product_sample_watches_who_stays_and_plans_experiments() -> None:
    records = sample("saas-onboarding")
    assert {"retention", "churn", "conversion", "nps"} <= {metric.measure for metric in of(records, Metric)}
    assert sum(line.strategy.startswith("Experiment") for line in of(records, ActionItem)) >= 3
    assert {"channels", "effort"} <= {lane.kind for lane in of(records, Lane)}


def test_the_inn_has_a_storyboard_with_pictures() -> None:
    images = of(sample("japanese"), Image)
    shelf = loads((sample_dir() / "japanese.jmap").read_bytes()).parts
    assert len(images) >= 3
    assert all(f"media/{image.picture}" in shelf for image in images)


def test_the_samples_together_use_every_kind_of_lane_and_of_figure() -> None:
    every = [record for name in SAMPLES for record in sample(name)]
    assert {lane.kind for lane in of(every, Lane)} == set(LANE_KINDS)
    assert {metric.measure for metric in of(every, Metric)} == {
        *("csat", "nps", "ces", "retention", "conversion", "churn", "drop_off", "time", "money", "own")
    }
    assert {source.method for source in of(every, Source)} == {
        *("survey", "interview", "analytics", "support", "review", "social_media", "focus_group", "observation")
    }
    (wall,) = of(every, Backdrop)
    assert wall.locked
    assert f"media/{wall.picture}" in loads((sample_dir() / "saas-onboarding.jmap").read_bytes()).parts
    assert any(lane.collapsed for lane in of(every, Lane))
    assert any(lane.height for lane in of(every, Lane))
    assert any(about.doctor_off for about in of(every, MapRecord))
    assert {about.state for about in of(every, MapRecord)} == {"current", "future"}
