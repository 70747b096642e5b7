"""What the rest of the program asks of a map: its columns, its rows, what lies in a cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from app.model.records import Card, EmotionPoint, Lane, Link, Persona, Stage, Step
from app.model.store import RecordGraph

Sibling = TypeVar("Sibling", Stage, Step, Lane, Card, Persona)


def in_order(records: Iterable[Sibling]) -> list[Sibling]:
    """Siblings as they stand on the map; equal order keys, which a merge can bring, fall back on the id."""
    return sorted(records, key=lambda record: (record.order, record.id))


def stages(store: RecordGraph) -> list[Stage]:
    """The stages in reading order."""
    return in_order(record for record in store.of_type("stage") if isinstance(record, Stage))


def steps_of(store: RecordGraph, stage: str) -> list[Step]:
    """The steps of a stage in reading order."""
    return in_order(record for record in store.referrers(stage, "in_stage") if isinstance(record, Step))


def columns(store: RecordGraph) -> list[Step]:
    """All steps in reading order."""
    return [step for stage in stages(store) for step in steps_of(store, stage.id)]


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
