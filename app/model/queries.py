"""What the rest of the program asks of a map: its columns, its rows, what lies in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Final, TypeVar

from app.model.beside import ActionItem, Backdrop, Comment, Feedback, OwnChannel, Source
from app.model.channels import CHANNELS, Channel
from app.model.fields import MEASURES, Measure
from app.model.lanes import lane_kind
from app.model.records import Card, EmotionPoint, Lane, Link, Persona, Record, Stage, Step
from app.model.store import RecordGraph

_PLACE: Final = attrgetter("order", "id")

Sibling = TypeVar("Sibling", Stage, Step, Lane, Card, Persona, Source, Feedback, ActionItem, OwnChannel)


def in_order(records: Iterable[Sibling]) -> list[Sibling]:
    """Siblings as they stand on the map; equal order keys, which a merge can bring, fall back on the id."""
    return sorted(records, key=_PLACE)


def stages(store: RecordGraph) -> list[Stage]:
    """The stages in reading order."""
    return in_order(record for record in store.of_type("stage") if isinstance(record, Stage))


def steps_of(store: RecordGraph, stage: str) -> list[Step]:
    """The steps of a stage in reading order."""
    return in_order(record for record in store.referrers(stage, "in_stage") if isinstance(record, Step))


def columns(store: RecordGraph) -> list[Step]:
    """All steps in reading order."""
    return list(store.kept(_columns, "stage", "step"))


def lanes(store: RecordGraph) -> list[Lane]:
    """The lanes from top to bottom."""
    return in_order(record for record in store.of_type("lane") if isinstance(record, Lane))


def personas(store: RecordGraph) -> list[Persona]:
    """The personas in their order."""
    return in_order(record for record in store.of_type("persona") if isinstance(record, Persona))


def cards_in(store: RecordGraph, lane: str, step: str) -> list[Card]:
    """The cards that begin in a cell, from top to bottom."""
    found = store.referrers_to_both((step, "at_step"), (lane, "in_lane"))
    return in_order(record for record in found if isinstance(record, Card))


def points_on(store: RecordGraph, lane: str) -> list[EmotionPoint]:
    """The emotion points of a curve lane, in no particular order."""
    return [record for record in store.referrers(lane, "on_lane") if isinstance(record, EmotionPoint)]


def curves_of(store: RecordGraph, lane: str) -> dict[tuple[str, Measure], list[EmotionPoint]]:
    """The curves of a lane by persona and measure: personas in their order, points from left to right."""
    row = store.of(Lane, lane)
    usual = lane_kind(row.kind if row is not None else "").measure
    column_of = {step.id: number for number, step in enumerate(columns(store))}
    curves: dict[tuple[str, Measure], list[EmotionPoint]] = {}
    for point in sorted(points_on(store, lane), key=lambda point: (column_of[point.step], point.at, point.id)):
        curves.setdefault((point.persona, point.measure or usual), []).append(point)
    rank = {persona.id: number for number, persona in enumerate(personas(store))}
    return dict(sorted(curves.items(), key=lambda item: (rank[item[0][0]], MEASURES.index(item[0][1]))))


def links_of(store: RecordGraph, card: str) -> list[Link]:
    """The links that begin or end at a card."""
    return [record for record in store.referrers(card) if isinstance(record, Link)]


def span(card: Card, order_of_steps: list[str]) -> list[str]:
    """The steps that a card lies over: from `step` to `to_step` where that comes later, else its own step."""
    first = order_of_steps.index(card.step)
    if card.to_step is None:
        return [card.step]
    last = order_of_steps.index(card.to_step)
    return order_of_steps[first : last + 1] if last > first else [card.step]


def sources(store: RecordGraph) -> list[Source]:
    """The sources in their order."""
    return in_order(record for record in store.of_type("source") if isinstance(record, Source))


def feedback(store: RecordGraph) -> list[Feedback]:
    """The feedback log from top to bottom."""
    return in_order(record for record in store.of_type("feedback") if isinstance(record, Feedback))


def action_items(store: RecordGraph) -> list[ActionItem]:
    """The action plan from top to bottom."""
    return in_order(record for record in store.of_type("action_item") if isinstance(record, ActionItem))


def own_channels(store: RecordGraph) -> list[OwnChannel]:
    """The map's own channels in their order."""
    return in_order(record for record in store.of_type("channel") if isinstance(record, OwnChannel))


def channels(store: RecordGraph) -> Mapping[str, Channel]:
    """Every channel that a touchpoint of this map can name, by id: first the usual ones, then the map's own."""
    own = own_channels(store)
    return {**CHANNELS, **{record.id: record.channel for record in own}} if own else CHANNELS


def users_of(store: RecordGraph, channel: str) -> list[Record]:
    """The touchpoints that use a channel, and then the personas that prefer it."""
    cards = [card for card in store.of_type("card") if getattr(card, "channel", "") == channel]
    return [*cards, *(one for one in personas(store) if channel in one.channels)]


def backdrops(store: RecordGraph) -> list[Backdrop]:
    """The pictures behind the map, by id."""
    return sorted((r for r in store.of_type("backdrop") if isinstance(r, Backdrop)), key=lambda record: record.id)


def comments(store: RecordGraph) -> list[Comment]:
    """All comments on the map and what is on it, the oldest first."""
    return sorted((record for record in store.of_type("comment") if isinstance(record, Comment)), key=_when)


def cards_citing(store: RecordGraph, source: str) -> list[Card]:
    """The cards that cite a source, by id."""
    found = (record for record in store.referrers(source, "cites") if isinstance(record, Card))
    return sorted(found, key=lambda card: card.id)


def is_about(card: Card, shown: Iterable[str]) -> bool:
    """Whether a card is to be seen where only these personas are: one that is marked for none is about all of them."""
    return not card.personas or not set(card.personas).isdisjoint(shown)


def _columns(store: RecordGraph) -> tuple[Step, ...]:
    return tuple(step for stage in stages(store) for step in steps_of(store, stage.id))


def _when(comment: Comment) -> tuple[str, str]:
    return comment.created.isoformat() if comment.created is not None else "", comment.id
