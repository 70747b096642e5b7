"""Stages, steps, lanes and personas: the frame of the map.

`before` names the sibling that the newcomer is placed before; None: at the end.
"""

from __future__ import annotations

from app.model.document import EditError, Transaction
from app.model.edits.placing import move_among, order_before, require, undivided
from app.model.ids import new_id
from app.model.lanes import lane_kind
from app.model.names import lane_name, names_kind
from app.model.queries import lanes, personas, stages, steps_of
from app.model.records import Lane, Persona, Stage, Step

PERSONA_COLORS = ("#9D174D", "#0E7490", "#1D4ED8", "#B45309", "#5B21B6", "#166534")


@undivided
def add_stage(tx: Transaction, title: str = "", *, before: str | None = None, step_title: str = "") -> str:
    """Adds a stage with its first step; returns the stage's id."""
    stage = Stage(id=new_id("st"), title=title, order=order_before(tx, stages(tx.store), before))
    tx.put(stage)
    add_step(tx, stage.id, step_title)
    return stage.id


@undivided
def move_stage(tx: Transaction, stage: str, before: str | None) -> None:
    """Moves a stage with its steps to another place in the journey."""
    move_among(tx, Stage, stage, stages(tx.store), before)


@undivided
def add_step(tx: Transaction, stage: str, title: str = "", *, before: str | None = None) -> str:
    """Adds a step to a stage; returns its id."""
    require(tx, Stage, stage)
    order = order_before(tx, steps_of(tx.store, stage), before)
    step = Step(id=new_id("sp"), stage=stage, title=title, order=order)
    tx.put(step)
    return step.id


@undivided
def move_step(tx: Transaction, step: str, stage: str, before: str | None = None) -> None:
    """Moves a step, with its cards, within its stage or to another. Raises EditError for a stage's only step."""
    moved = require(tx, Step, step)
    require(tx, Stage, stage)
    siblings = steps_of(tx.store, stage)
    if stage == moved.stage:
        move_among(tx, Step, step, siblings, before)
        return
    if len(steps_of(tx.store, moved.stage)) == 1:
        raise EditError("A stage needs at least one step, so its only step cannot leave it.")
    tx.set(step, stage=stage, order=order_before(tx, siblings, before))


@undivided
def add_lane(tx: Transaction, kind: str, title: str | None = None, *, before: str | None = None) -> str:
    """Adds a lane of a kind, called as the kind is in the map's language unless a title is given; returns its id."""
    order = order_before(tx, lanes(tx.store), before)
    name = lane_name(kind, tx.document.map.language) if title is None else title
    lane = Lane(id=new_id("ln"), kind=kind, title=name, order=order)
    tx.put(lane)
    return lane.id


@undivided
def move_lane(tx: Transaction, lane: str, before: str | None) -> None:
    """Moves a lane up or down."""
    move_among(tx, Lane, lane, lanes(tx.store), before)


def set_lane_kind(tx: Transaction, lane: str, kind: str) -> None:
    """Makes a lane one of another kind; a title that only named the old kind follows.

    Raises EditError where what lies in the lane does not fit: cards in lanes for cards, emotion points in curve lanes.
    """
    changed = require(tx, Lane, lane)
    old, new = lane_kind(changed.kind), lane_kind(kind)
    relation = {"cards": "in_lane", "points": "on_lane"}.get(old.holds)
    if relation is not None and old.holds != new.holds and next(tx.store.referrers(lane, relation), None) is not None:
        what = "emotion points" if old.is_curve else "cards"
        raise EditError(f"The lane holds {what}, which do not belong in a lane of that kind.")
    is_named = not names_kind(changed.title, changed.kind)
    title = changed.title if is_named else lane_name(kind, tx.document.map.language)
    tx.set(lane, kind=kind, title=title)


@undivided
def add_persona(tx: Transaction, name: str = "", *, color: str | None = None) -> str:
    """Adds a persona, in the colour that fewest of the others have unless one is given; returns the id."""
    siblings = personas(tx.store)
    order = order_before(tx, siblings, None)
    taken = [persona.color for persona in siblings]
    free = min(PERSONA_COLORS, key=taken.count)
    persona = Persona(id=new_id("pe"), name=name, color=color or free, order=order)
    tx.put(persona)
    return persona.id


@undivided
def move_persona(tx: Transaction, persona: str, before: str | None) -> None:
    """Changes the order of the personas, which is the order of legends."""
    move_among(tx, Persona, persona, personas(tx.store), before)
