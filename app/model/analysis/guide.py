"""The guide: the steps in which practitioners make a map, and which of them a map has taken.

What belongs to a step is read off the map; nobody ticks anything by hand. What a template brought along and nobody has
touched is a proposal, and does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

from app.model.analysis.doctor import pain_point_without_opportunity
from app.model.analysis.given import Given, OwnWork
from app.model.kinds.metric import Metric
from app.model.kinds.opportunity import Opportunity
from app.model.kinds.touchpoint import Touchpoint
from app.model.queries import action_items, personas, sources, stages
from app.model.store import RecordGraph

State = Literal["open", "partly", "done"]


class Check(NamedTuple):
    """One thing that belongs to a step, and whether the map has it."""

    text: str
    is_done: bool


class GuideStep(NamedTuple):
    """A step of the guide: its title, two sentences that explain it, and what the map has of it."""

    id: str
    title: str
    explanation: str
    checks: tuple[Check, ...]

    @property
    def state(self) -> State:
        done = [check.is_done for check in self.checks]
        return "done" if all(done) else "partly" if any(done) else "open"


def guide(store: RecordGraph, today: date, given: Given | None = None) -> list[GuideStep]:
    """The six steps for a map on a day. `given`: what it was begun with."""
    seen = OwnWork(store, today, given or Given())
    return [
        GuideStep(id, title, explanation, tuple(Check(text, is_true) for text, is_true in find(seen)))
        for id, title, explanation, find in _STEPS
    ]


Found = Iterable[tuple[str, bool]]
_TELLING = ("goals", "quote", "summary", "motivations")


def _objective(seen: OwnWork) -> Found:
    has = partial(seen.given.is_written, seen.map)
    return [
        ("The map has a title", has("title")),
        ("The objective says what the map is to decide", has("objective")),
        ("Scope or scenario says where the journey begins and ends", has("scope") or has("scenario")),
    ]


def _research(seen: OwnWork) -> Found:
    people = [person for person in personas(seen.store) if seen.given.is_written(person, "name")]
    told = [person for person in people if any(seen.given.is_written(person, field) for field in _TELLING)]
    return [
        ("There is a persona", bool(people)),
        ("Every persona says who that is or what they want", bool(people) and len(told) == len(people)),
        ("There is a source", bool(sources(seen.store))),
    ]


def _stages(seen: OwnWork) -> Found:
    bands = stages(seen.store)
    titles = [*(band.title for band in bands), *(step.title for step in seen.steps)]
    stage_of = {step.id: step.stage for step in seen.steps}
    met = {stage_of[card.step] for card in seen.cards if isinstance(card, Touchpoint)}
    return [
        ("There are two stages or more", seen.is_divided and len(bands) > 1),
        ("Every stage and step has a name", seen.is_divided and bool(titles) and all(map(seen.given.is_named, titles))),
        ("Every stage has a touchpoint", bool(bands) and met >= {band.id for band in bands}),
    ]


def _journey(seen: OwnWork) -> Found:
    steps = {step.id for step in seen.steps}
    kinds = {card.kind for card in seen.cards}
    return [
        ("Every step has a card", bool(steps) and {card.step for card in seen.cards} >= steps),
        ("There are actions or thoughts", not kinds.isdisjoint({"action", "thought"})),
        ("Every step has a point of an emotion curve", bool(steps) and seen.steps_with("emotion") >= steps),
    ]


def _findings(seen: OwnWork) -> Found:
    kinds = {card.kind for card in seen.cards}
    is_answered = "pain_point" in kinds and next(iter(pain_point_without_opportunity(seen)), None) is None
    return [
        ("There are pain points", "pain_point" in kinds),
        ("There are opportunities", "opportunity" in kinds),
        ("Every pain point has an opportunity", is_answered),
    ]


def _refining(seen: OwnWork) -> Found:
    opportunities = [card for card in seen.cards if isinstance(card, Opportunity)]
    is_planned = bool(action_items(seen.store)) or any(card.owner.strip() for card in opportunities)
    is_measured = any(isinstance(card, Metric) and card.target is not None for card in seen.cards)
    review = seen.map.review_date
    return [
        ("An action is planned, or an opportunity has an owner", is_planned),
        ("A metric has a target", is_measured),
        ("A review date lies ahead", review is not None and review >= seen.today),
    ]


_STEPS: tuple[tuple[str, str, str, Callable[[OwnWork], Found]], ...] = (
    (
        "objective",
        "Objective",
        (
            "Say what the map is to help decide, and where the journey begins and ends. "
            "A map with a clear question stays small enough to be read."
        ),
        _objective,
    ),
    (
        "research",
        "Research and personas",
        (
            "Find out from real people what they do and want, and note each source. "
            "Then describe the persona or the few whose journey this is."
        ),
        _research,
    ),
    (
        "stages",
        "Stages and touchpoints",
        (
            "Divide the journey into stages and steps as the customer sees them, not as the organisation does. "
            "Then put down where the two meet, and through which channel."
        ),
        _stages,
    ),
    (
        "journey",
        "The journey and its emotions",
        (
            "Fill each step with what the persona does and thinks. "
            "Draw how it feels: the highest, the lowest and the last point are what people remember."
        ),
        _journey,
    ),
    (
        "findings",
        "Pain points and opportunities",
        (
            "Mark what goes wrong, how badly and how often. "
            "Answer each pain point with an opportunity, and compare impact and effort."
        ),
        _findings,
    ),
    (
        "refining",
        "Share, measure, refine",
        (
            "Show the map to those who can change something, and give each action an owner. "
            "Measure what changes, and set a date to look at the map again."
        ),
        _refining,
    ),
)
