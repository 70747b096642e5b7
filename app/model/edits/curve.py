"""Emotion points: the persona's curve on a curve lane."""

from __future__ import annotations

from math import isnan

from app.model.document import EditError, Transaction
from app.model.edits.placing import require, undivided
from app.model.ids import new_id
from app.model.lanes import lane_kind
from app.model.records import EmotionPoint, Lane, Persona, Step

LOWEST, HIGHEST = -2.0, 2.0


@undivided
def add_point(
    tx: Transaction, lane: str, persona: str, step: str, at: float = 0.5, value: float = 0.0, label: str = ""
) -> str:
    """Adds a point at `at` 0..1 across a step with a value −2..+2, both clamped; returns its id.

    Raises EditError outside a curve lane.
    """
    if not lane_kind(require(tx, Lane, lane).kind).is_curve:
        raise EditError("Emotion points lie in a curve lane only.")
    require(tx, Persona, persona)
    require(tx, Step, step)
    point = EmotionPoint(
        id=new_id("ep"),
        lane=lane,
        persona=persona,
        step=step,
        at=_clamp(at, 0.0, 1.0),
        value=_clamp(value, LOWEST, HIGHEST),
        label=label,
    )
    tx.put(point)
    return point.id


@undivided
def move_point(tx: Transaction, point: str, step: str, at: float, value: float) -> None:
    """Moves a point along and up or down its lane; out of range is clamped."""
    require(tx, EmotionPoint, point)
    require(tx, Step, step)
    tx.set(point, step=step, at=_clamp(at, 0.0, 1.0), value=_clamp(value, LOWEST, HIGHEST))


def give_point(tx: Transaction, point: str, persona: str) -> None:
    """Makes a point one of another persona's curve."""
    require(tx, EmotionPoint, point)
    require(tx, Persona, persona)
    tx.set(point, persona=persona)


def _clamp(value: float, low: float, high: float) -> float:
    if isnan(value):
        raise EditError("An emotion point needs a number for its place and its value.")
    return max(low, min(high, value)) + 0.0  # −0.0 would be a second way to write 0.0
