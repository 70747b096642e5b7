"""Putting a new stage, step, lane, persona, card or emotion point where the user is: after, below or into what is
selected.

Entries are named as in the palette: `stage`, `step`, `persona`, `point`, `lane:KIND` and `card:KIND`; `card:` alone is
the kind that belongs in the lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.canvas.selection import Cell
from app.layout.engine import MapLayout
from app.layout.grid import CurvePlace, DropPlace
from app.model.document import Document, Transaction
from app.model.edits import add_card, add_lane, add_persona, add_point, add_stage, add_step
from app.model.kinds import card_kind
from app.model.lanes import GENERIC_LANE_KIND, LANE_KINDS, lane_kind
from app.model.queries import cards_in, personas, points_on, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Record, Stage, Step
from app.model.store import RecordGraph

MIDDLE, NEAR = 0.5, 0.1
"""Where across a step a point goes, and how near to another point it does not go."""

Place = DropPlace | CurvePlace


class Here(NamedTuple):
    """Where the user is: what is selected last, and the map as it is shown."""

    store: RecordGraph
    layout: MapLayout
    selected: Record | None

    @property
    def step(self) -> str | None:
        """The selected step, or the one that what is selected lies at; else the first one."""
        match self.selected:
            case Step(id=id):
                return id
            case Card(step=step) | EmotionPoint(step=step):
                return step
            case Stage(id=stage):
                return steps_of(self.store, stage)[0].id
        return self.layout.columns[0].step if self.layout.columns else None

    @property
    def stage(self) -> str | None:
        """The selected stage, or the one that what is selected lies in."""
        match self.selected:
            case Stage(id=id):
                return id
            case Step(stage=stage):
                return stage
            case Card(step=step) | EmotionPoint(step=step):
                return self.layout.column_of[step].stage
        return None

    @property
    def lane(self) -> str | None:
        """The selected lane, or the one that what is selected lies in."""
        match self.selected:
            case Lane(id=id):
                return id
            case Card(lane=lane) | EmotionPoint(lane=lane):
                return lane
        return None


def insert_entry(
    document: Document, layout: MapLayout, selection_ids: Iterable[str], entry_id: str, place: Place | None = None
) -> list[str]:
    """Adds what the entry names, in one undo step; returns the ids of what is to be selected.

    With `place` a card or point goes there, whatever is selected. What an entry cannot be without is made too: a card
    brings its lane, a point its lane and persona. Raises EditError, and ValueError for an entry that there is not.
    """
    what, _, kind = entry_id.partition(":")
    if what not in _INSERTS:
        raise ValueError(f"there is no entry {entry_id}")
    known = [record for id in selection_ids if (record := document.store.get(id)) is not None]
    here = Here(document.store, layout, known[-1] if known else None)
    with document.edit(_label(what, kind)) as tx:
        return [_INSERTS[what](tx, here, kind, place)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Insertion", text)


def _label(what: str, kind: str) -> str:
    return {
        "stage": _tr("Add stage"),
        "step": _tr("Add step"),
        "lane": _tr("Add lane"),
        "persona": _tr("Add persona"),
        "point": _tr("Add emotion point"),
        "card": _tr("Add {kind}").format(kind=card_kind(kind).label.lower() if kind else _tr("card")),
    }[what]


def _stage(tx: Transaction, here: Here, _kind: str, _place: Place | None) -> str:
    ids = [stage.id for stage in stages(tx.store)]
    return add_stage(tx, _tr("New stage"), before=_next(ids, here.stage), step_title=_tr("New step"))


def _step(tx: Transaction, here: Here, _kind: str, _place: Place | None) -> str:
    all_stages = stages(tx.store)
    if not all_stages:
        return steps_of(tx.store, _stage(tx, here, "", None))[0].id
    stage = here.stage or all_stages[-1].id
    after = here.step if here.stage is not None and not isinstance(here.selected, Stage) else None
    ids = [step.id for step in steps_of(tx.store, stage)]
    return add_step(tx, stage, _tr("New step"), before=_next(ids, after))


def _lane(tx: Transaction, here: Here, kind: str, _place: Place | None) -> str:
    return add_lane(tx, kind, before=_next([row.lane for row in here.layout.rows], here.lane))


def _persona(tx: Transaction, _here: Here, _kind: str, _place: Place | None) -> str:
    return add_persona(tx, _tr("New persona"))


def insert_pictures(tx: Transaction, layout: MapLayout, selection_ids: Iterable[str], names: list[str]) -> list[str]:
    """Adds a card for each picture of the shelf, where a card would be added; returns their ids. Raises EditError."""
    known = [record for id in selection_ids if (record := tx.store.get(id)) is not None]
    cell = _cell_for(tx, Here(tx.store, layout, known[-1] if known else None), "image")
    return put_pictures(tx, cell, names)


def put_pictures(tx: Transaction, cell: Cell, names: list[str]) -> list[str]:
    """Adds a card for each picture of the shelf to a cell, one below the other; returns their ids. Raises EditError."""
    first = cell.at
    return [
        add_card(tx, "image", cell.lane, cell.step, index=first + at if first is not None else None, picture=name)
        for at, name in enumerate(names)
    ]


def _card(tx: Transaction, here: Here, kind: str, place: Place | None) -> str:
    cell = Cell(place.lane, place.step, place.slot) if isinstance(place, DropPlace) else _cell_for(tx, here, kind)
    return add_card(tx, kind or _kind_for(tx, cell.lane), cell.lane, cell.step, index=cell.at)


def _cell_for(tx: Transaction, here: Here, kind: str) -> Cell:
    """Where a card of a kind goes: below the selected card, or to the end of the cell where one is."""
    lane, step = _card_lane(tx, here, kind), here.step or _first_step(tx, here)
    index = None
    if isinstance(here.selected, Card):
        ids = [card.id for card in cards_in(tx.store, lane, step)]
        index = ids.index(here.selected.id) + 1 if here.selected.id in ids else None
    return Cell(lane, step, index)


def _card_lane(tx: Transaction, here: Here, kind: str) -> str:
    """The lane where one is; on a curve or nowhere in particular, the first that is meant for such cards."""
    rows = [row.lane for row in here.layout.rows if row.holds_cards]
    if here.lane in rows:
        return here.lane
    fitting = [lane for lane in rows if not kind or _kind_for(tx, lane) == kind]
    if fitting or rows:
        return (fitting or rows)[0]
    kinds = [each.id for each in LANE_KINDS.values() if each.holds_cards and each.card == kind]
    return add_lane(tx, kinds[0] if kinds and kind != GENERIC_LANE_KIND.card else GENERIC_LANE_KIND.id)


def _kind_for(tx: Transaction, lane: str) -> str:
    row = tx.store.of(Lane, lane)
    return lane_kind(row.kind if row is not None else "notes").card


def _point(tx: Transaction, here: Here, _kind: str, place: Place | None) -> str:
    chosen = here.selected if isinstance(here.selected, EmotionPoint) else None
    people = personas(tx.store)
    persona = chosen.persona if chosen else people[0].id if people else _persona(tx, here, "", None)
    if isinstance(place, CurvePlace):
        return add_point(tx, place.lane, persona, place.step, place.at, place.value)
    curves = [row.lane for row in here.layout.rows if row.is_curve]
    lane = here.lane if here.lane in curves else curves[0] if curves else add_lane(tx, "emotion")
    step = here.step or _first_step(tx, here)
    same = [point for point in points_on(tx.store, lane) if point.persona == persona and point.step == step]
    return add_point(tx, lane, persona, step, _free([point.at for point in same]), chosen.value if chosen else 0.0)


def _free(taken: list[float]) -> float:
    """The middle of the step, or of the widest gap where a point is there already."""
    if all(abs(at - MIDDLE) > NEAR for at in taken):
        return MIDDLE
    edges = [0.0, *sorted(taken), 1.0]
    _, start, end = max((end - start, start, end) for start, end in pairwise(edges))
    return (start + end) / 2


def _first_step(tx: Transaction, here: Here) -> str:
    """For a map that has lost all its stages."""
    return steps_of(tx.store, _stage(tx, here, "", None))[0].id


def _next(ids: list[str], id: str | None) -> str | None:
    """What comes after; None: the end."""
    return dict(pairwise(ids)).get(id) if id is not None else None


_INSERTS: dict[str, Callable[[Transaction, Here, str, Place | None], str]] = {
    "stage": _stage,
    "step": _step,
    "lane": _lane,
    "persona": _persona,
    "card": _card,
    "point": _point,
}
