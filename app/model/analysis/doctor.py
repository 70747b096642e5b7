"""The map doctor: gaps in plain words, each with the records to go to. Gaps are advice; a map with gaps is sound.

A rule is a function that yields the gaps it finds. To add one, mark it with `@rule`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.model.analysis.coverage import claims
from app.model.fields import Measure
from app.model.ids import MAP_ID
from app.model.kinds import card_kind
from app.model.kinds.opportunity import Opportunity
from app.model.kinds.pain_point import PainPoint
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import lane_kind
from app.model.queries import columns, curves_of, in_order, lanes, sources
from app.model.records import Card, EmotionPoint, Lane, Link, MapRecord, Step
from app.model.store import RecordGraph


class Gap(NamedTuple):
    """Something that a map lacks: by which rule, what it is called there, and where to go to mend it.

    What the whole map lacks has no name.
    """

    rule: str
    name: str
    ids: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The gap in plain English; translated, it is `RULES[gap.rule].wording.format(name=gap.name)`."""
        return RULES[self.rule].wording.format(name=self.name)


class Finding(NamedTuple):
    """What a rule's function yields: the name to put into the sentence, and the records it is about."""

    name: str
    ids: tuple[str, ...]


class Rule(NamedTuple):
    """A rule: what a list of rules calls it, how a gap reads, and the function that finds the gaps."""

    id: str
    title: str
    wording: str
    find: Callable[[Examination], Iterable[Finding]]


class Examination:
    """A map under examination. What several rules ask of it is worked out once."""

    def __init__(self, store: RecordGraph, today: date) -> None:
        self.store = store
        self.today = today

    @cached_property
    def map(self) -> MapRecord:
        record = self.store[MAP_ID]
        assert isinstance(record, MapRecord)
        return record

    @cached_property
    def steps(self) -> list[Step]:
        return columns(self.store)

    @cached_property
    def lanes(self) -> list[Lane]:
        return lanes(self.store)

    @cached_property
    def column_of(self) -> dict[str, int]:
        """The place of each step in the journey."""
        return {step.id: number for number, step in enumerate(self.steps)}

    @cached_property
    def cards(self) -> list[Card]:
        """All cards in reading order: column by column, from top to bottom."""
        column, row = self.column_of, {lane.id: number for number, lane in enumerate(self.lanes)}
        found = [record for record in self.store.of_type("card") if isinstance(record, Card)]
        return sorted(in_order(found), key=lambda card: (column[card.step], row[card.lane]))

    @cached_property
    def claims(self) -> list[Card]:
        """The cards that say how something is, in reading order."""
        ids = {claim.id for claim in claims(self.store)}
        return [card for card in self.cards if card.id in ids]

    @cached_property
    def is_researched(self) -> bool:
        """Whether there is a source, or a card that rests on one. Before that the whole map is assumed."""
        return bool(sources(self.store)) or any(card.standing in {"partly", "evidenced"} for card in self.cards)

    @cached_property
    def felt(self) -> set[str]:
        """The steps of which a curve says how they feel."""
        return self.steps_with("emotion")

    @cached_property
    def links(self) -> list[Link]:
        return [record for record in self.store.of_type("link") if isinstance(record, Link)]

    def steps_with(self, measure: Measure) -> set[str]:
        """The steps at which some curve of that measure has a point."""
        return {point.step for point in self.points_of(measure)}

    def points_of(self, measure: Measure) -> list[EmotionPoint]:
        """The points of all curves of that measure."""
        curves = (curves_of(self.store, lane.id) for lane in self.lanes if lane_kind(lane.kind).is_curve)
        found = (points for lane in curves for (_, shown), points in lane.items() if shown == measure)
        return [point for points in found for point in points]


RULES: dict[str, Rule] = {}
QUOTES = frozenset("“„«‹‘「『\"'")


def examine(store: RecordGraph, today: date, off: Iterable[str] | None = None) -> list[Gap]:
    """The gaps of a map on a day, rule by rule, in reading order.

    `off`: rules that are not asked, None: those that the map itself has switched off.
    """
    seen = Examination(store, today)
    silent = set(seen.map.doctor_off if off is None else off)
    return [gap for rule in RULES if rule not in silent for gap in gaps_by(rule, seen)]


def gaps_by(rule: str, seen: Examination) -> list[Gap]:
    """The gaps that one rule finds, in reading order."""
    return [Gap(rule, *finding) for finding in RULES[rule].find(seen)]


Find = Callable[[Examination], Iterator[Finding]]


def rule(title: str, wording: str) -> Callable[[Find], Find]:
    """Registers a rule under its function's name."""

    def register(find: Find) -> Find:
        RULES[find.__name__] = Rule(find.__name__, title, wording, find)
        return find

    return register


@rule("No emotion curve at all", "Nobody has drawn yet how the journey feels.")
def map_without_emotion(seen: Examination) -> Iterator[Finding]:
    """As long as there is no curve at all, this is said once and not of every step."""
    if seen.cards and not seen.felt:
        drawn = next((lane.id for lane in seen.lanes if lane.kind == "emotion"), MAP_ID)
        yield Finding("", (drawn,))


@rule("Steps without an emotion", "Nobody has said how it feels at the step {name}.")
def step_without_emotion(seen: Examination) -> Iterator[Finding]:
    for number, step in enumerate(seen.steps, 1):
        if seen.felt and step.id not in seen.felt:
            yield Finding(_named(step.title, str(number)), (step.id,))


@rule("No source at all", "The whole map is assumed so far: no source is named.")
def map_without_evidence(seen: Examination) -> Iterator[Finding]:
    """As long as there is no evidence at all, this is said once and not of every card."""
    if seen.claims and not seen.is_researched:
        yield Finding("", (MAP_ID,))


@rule("Cards without evidence", "{name} has no evidence yet.")
def card_without_evidence(seen: Examination) -> Iterator[Finding]:
    for card in seen.claims:
        if seen.is_researched and card.standing in {None, "assumption"}:
            yield _about(card)


@rule("Evidence without a source", "{name} is said to be evidenced, but cites no source.")
def evidence_without_source(seen: Examination) -> Iterator[Finding]:
    for card in seen.cards:
        if card.standing in {"partly", "evidenced"} and not card.sources:
            yield _about(card)


@rule("Pain points without opportunity", "No opportunity addresses {name}.")
def pain_point_without_opportunity(seen: Examination) -> Iterator[Finding]:
    opportunities = [card for card in seen.cards if isinstance(card, Opportunity)]
    answered = {pain for opportunity in opportunities for pain in opportunity.addresses}
    ids = {opportunity.id for opportunity in opportunities}
    for link in seen.links:
        if not ids.isdisjoint((link.source, link.target)):
            answered |= {link.source, link.target}
    for card in seen.cards:
        if isinstance(card, PainPoint) and card.id not in answered:
            yield _about(card)


@rule("Opportunities without owner", "{name} has no owner.")
def opportunity_without_owner(seen: Examination) -> Iterator[Finding]:
    for card in seen.cards:
        if isinstance(card, Opportunity) and card.status not in {"done", "dropped"} and not card.owner.strip():
            yield _about(card)


@rule("Dead ends", "Nothing leads on from {name}, though the journey goes on after it.")
def dead_end(seen: Examination) -> Iterator[Finding]:
    """A card of the way to which an earlier step leads and from which nothing does, while arrows go on elsewhere.

    Where no arrow begins at that step or later, the way as it is drawn has its end there.
    """
    on_the_way = {card.id: card for card in seen.cards if card.kind in {"action", "touchpoint"}}
    way = [link for link in seen.links if link.source in on_the_way and link.target in on_the_way]
    column = {id: seen.column_of[card.step] for id, card in on_the_way.items()}
    onward = [link for link in way if column[link.source] < column[link.target]]
    furthest = max((column[link.source] for link in onward), default=-1)
    ends = {link.target for link in onward} - {link.source for link in way}
    for id, card in on_the_way.items():
        if id in ends and seen.column_of[card.to_step or card.step] <= furthest:
            yield _about(card)


@rule("Reviews that are due", "The map was to be reviewed on {name}.")
def stale_review_date(seen: Examination) -> Iterator[Finding]:
    due = seen.map.review_date
    if due is not None and due < seen.today:
        yield Finding(due.isoformat(), (MAP_ID,))


@rule("Empty lanes", "The lane {name} is empty.")
def empty_lane(seen: Examination) -> Iterator[Finding]:
    """In a map that has begun; in a new one they all are."""
    if not seen.cards:
        return
    uses_channels = any(isinstance(card, Touchpoint) and card.channel for card in seen.cards)
    for number, lane in enumerate(seen.lanes, 1):
        relation = {"cards": "in_lane", "points": "on_lane"}.get(lane_kind(lane.kind).holds)
        is_used = uses_channels if relation is None else any(True for _ in seen.store.referrers(lane.id, relation))
        if not is_used:
            yield Finding(_named(lane.title, str(number)), (lane.id,))


def _about(card: Card) -> Finding:
    return Finding(_named(card.title, card_kind(card.kind).label.lower()), (card.id,))


def _named(title: str, otherwise: str) -> str:
    """A title as it stands in a sentence; without one, what else to call it."""
    words = " ".join(title.split())
    if not words:
        return f"({otherwise})"
    return words if words[0] in QUOTES else f"“{words}”"
