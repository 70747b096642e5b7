"""Putting something new onto the map, from wherever it is asked for: palette, menus, keys, the mouse, typing.

An `Entry` says what, a `Place` where. `place_beside` finds the place by what is selected, gestures find theirs by the
mouse; `put` writes it. The open transaction is then handed to `Cells.hand_over`, so that a name joins the same step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.canvas.selection import Cell
from app.layout.engine import MapLayout
from app.layout.grid import CurvePlace
from app.model.document import Transaction
from app.model.edits import add_card, add_lane, add_persona, add_point, add_stage, add_step, set_fields
from app.model.fields import Measure
from app.model.kinds import card_kind, card_kinds
from app.model.lanes import GENERIC_LANE_KIND, LANE_KINDS, lane_kind
from app.model.names import Unnamed, new_name, new_names
from app.model.queries import cards_in, columns, lanes, personas, points_on, stages, steps_of
from app.model.records import Card, EmotionPoint, Lane, Record, Stage, Step
from app.model.store import RecordGraph

MIDDLE, NEAR = 0.5, 0.1
"""Where across a step a point goes, and how near to another point it does not go."""


class Entry(NamedTuple):
    """What is to be inserted, and of which kind where there are several: `("card", "touchpoint")`, `("stage", "")`.

    A card without a kind is of the one that belongs in its lane.
    """

    what: str
    kind: str = ""

    @classmethod
    def of(cls, id: str) -> Entry:
        """The entry with an id as palettes have it: `stage`, `step`, `persona`, `point`, `lane:KIND`, `card:KIND`,
        `card:`. Raises ValueError for one that there is not.
        """
        what, _, kind = id.partition(":")
        kinds = {"card": {"", *card_kinds()}, "lane": set(LANE_KINDS)}.get(what, {""})
        if what not in _WRITERS or kind not in kinds:
            raise ValueError(f"there is no entry {id}")
        return cls(what, kind)

    @property
    def label(self) -> str:
        """What the undo menu calls inserting it."""
        return {
            "stage": _tr("Add stage"),
            "step": _tr("Add step"),
            "lane": _tr("Add lane"),
            "persona": _tr("Add persona"),
            "point": _tr("Add emotion point"),
            "card": _tr("Add {kind}").format(kind=card_kind(self.kind).label.lower() if self.kind else _tr("card")),
        }[self.what]


class Among(NamedTuple):
    """Before a sibling, None: at the end; for a step in the stage `parent`, empty: a new one."""

    parent: str
    before: str | None


END: Final = Among("", None)


class OnCurve(NamedTuple):
    """A point of a curve lane, and whose; None, or an empty lane or step: one that is made for it.

    `measure` None: what the lane is there to show.
    """

    place: CurvePlace
    persona: str | None
    measure: Measure | None = None


Place = Among | Cell | OnCurve
"""A cell without a lane or a step gets one that is made for it."""


def put(tx: Transaction, entry: Entry, place: Place, text: str = "") -> str:
    """Adds what the entry names, a card or point with this text; returns its id.

    What it cannot be without is made too. Raises EditError where it cannot be.
    """
    return _WRITERS[entry.what](tx, entry.kind, place, text)


def put_pictures(tx: Transaction, place: Place, names: list[str]) -> list[str]:
    """Adds a card for each picture of the shelf, one below the other; returns their ids. Raises EditError."""
    made: list[str] = []
    for name in names:
        card = put(tx, Entry("card", "image"), place)
        set_fields(tx, [card], picture=name)
        made.append(card)
        record = tx.store.of(Card, card)
        assert record is not None
        place = below(tx.store, record)
    return made


def is_placeholder(text: str) -> bool:
    """Whether a text is what a stage, a step or a map is called until somebody names it."""
    return text in placeholders()


def placeholders() -> frozenset[str]:
    """What things are called until somebody names them."""
    blank = {_tr("Untitled map"), _tr("Stage 1"), _tr("Step 1")}  # as the blank template has them
    return frozenset(blank | new_names())


def _put_stage(tx: Transaction, _kind: str, place: Place, _text: str) -> str:
    before = place.before if isinstance(place, Among) else None
    return add_stage(tx, _new(tx, "stage"), before=before, step_title=_new(tx, "step"))


def _put_step(tx: Transaction, _kind: str, place: Place, _text: str) -> str:
    assert isinstance(place, Among)
    if not place.parent:
        return _first_step(tx)
    return add_step(tx, place.parent, _new(tx, "step"), before=place.before)


def _put_lane(tx: Transaction, kind: str, place: Place, _text: str) -> str:
    assert isinstance(place, Among)
    return add_lane(tx, kind, before=place.before)


def _put_persona(tx: Transaction, _kind: str, _place: Place, _text: str) -> str:
    return _new_persona(tx)


def _put_card(tx: Transaction, kind: str, place: Place, text: str) -> str:
    assert isinstance(place, Cell)
    lane = place.lane or add_lane(tx, _lane_for(kind or GENERIC_LANE_KIND.card))
    record = tx.store.of(Lane, lane)
    kind = kind or lane_kind(record.kind if record is not None else "notes").card
    return add_card(tx, kind, lane, place.step or _first_step(tx), index=place.at, title=text)


def _put_point(tx: Transaction, _kind: str, place: Place, text: str) -> str:
    assert isinstance(place, OnCurve)
    lane, step, at, value = place.place
    persona = place.persona if place.persona in tx.store else None
    lane = lane or add_lane(tx, "emotion")
    made = add_point(tx, lane, persona or _new_persona(tx), step or _first_step(tx), at, value, text)
    if place.measure is not None:
        set_fields(tx, [made], measure=place.measure)
    return made


_WRITERS: Final[dict[str, Callable[[Transaction, str, Place, str], str]]] = {
    "stage": _put_stage,
    "step": _put_step,
    "lane": _put_lane,
    "persona": _put_persona,
    "card": _put_card,
    "point": _put_point,
}


def _first_step(tx: Transaction) -> str:
    """For a map that has lost all its stages."""
    return steps_of(tx.store, _put_stage(tx, "", END, ""))[0].id


def _new_persona(tx: Transaction) -> str:
    return add_persona(tx, _new(tx, "persona"))


def _new(tx: Transaction, what: Unnamed) -> str:
    """What something new is called: these names are printed, so they are in the language of the map."""
    return new_name(what, tx.document.map.language)


def _lane_for(card: str) -> str:
    """The kind of lane that is meant for a kind of card."""
    kinds = [each.id for each in LANE_KINDS.values() if each.holds_cards and each.card == card]
    return kinds[0] if kinds and card != GENERIC_LANE_KIND.card else GENERIC_LANE_KIND.id


# Where it goes by what is selected


class Here(NamedTuple):
    """Where the user is: the record or the cell that the keyboard goes on from, and the map as it is shown."""

    store: RecordGraph
    layout: MapLayout
    at: Record | Cell | None

    @property
    def step(self) -> str:
        """The step where the user is; else the first one, empty: there is none."""
        match self.at:
            case Step(id=id):
                return id
            case Card(step=step) | EmotionPoint(step=step) | Cell(step=step):
                return step
            case Stage(id=stage):
                return steps_of(self.store, stage)[0].id
        return self.layout.columns[0].step if self.layout.columns else ""

    @property
    def stage(self) -> str | None:
        """The stage where the user is."""
        match self.at:
            case Stage(id=id):
                return id
            case Step(stage=stage):
                return stage
            case Card(step=step) | EmotionPoint(step=step) | Cell(step=step):
                return self.layout.column_of[step].stage
        return None

    @property
    def lane(self) -> str | None:
        """The lane where the user is."""
        match self.at:
            case Lane(id=id):
                return id
            case Card(lane=lane) | EmotionPoint(lane=lane) | Cell(lane=lane):
                return lane
        return None


def place_beside(here: Here, entry: Entry) -> Place:
    """Where an entry goes: a stage or step after that of the user, a lane below, a card below or into the cell."""
    find: dict[str, Callable[[Here, str], Place]] = {
        "stage": _beside_stage,
        "step": _beside_step,
        "lane": _beside_lane,
        "card": _beside_card,
        "point": _beside_point,
    }
    return find[entry.what](here, entry.kind) if entry.what in find else END


def after(store: RecordGraph, id: str) -> Among:
    """The place right after a stage, a step or a lane."""
    match store[id]:
        case Step(stage=stage):
            return Among(stage, _next([step.id for step in steps_of(store, stage)], id))
        case Lane():
            return Among("", _next([lane.id for lane in lanes(store)], id))
    return Among("", _next([stage.id for stage in stages(store)], id))


def _beside_stage(here: Here, _kind: str) -> Place:
    return after(here.store, here.stage) if here.stage is not None else END


def _beside_step(here: Here, _kind: str) -> Place:
    if here.stage is not None and not isinstance(here.at, Stage):
        return after(here.store, here.step)
    all_stages = stages(here.store)
    return Among(here.stage or (all_stages[-1].id if all_stages else ""), None)


def _beside_lane(here: Here, _kind: str) -> Place:
    return after(here.store, here.lane) if here.lane is not None else END


def _beside_card(here: Here, kind: str) -> Place:
    lane = _card_lane(here, kind)
    if isinstance(here.at, Cell) and here.at.lane == lane:
        return here.at
    if isinstance(here.at, Card) and here.at.lane == lane:
        return below(here.store, here.at)
    return Cell(lane, here.step)


def below(store: RecordGraph, card: Card) -> Cell:
    """The place below a card."""
    ids = [other.id for other in cards_in(store, card.lane, card.step)]
    return Cell(card.lane, card.step, ids.index(card.id) + 1)


def below_all(store: RecordGraph, ids: Iterable[str]) -> Cell | None:
    """The place below the cards among these: in the topmost of their lanes, in the first of their steps."""
    cards = {card.id: card for id in ids if (card := store.of(Card, id)) is not None}
    if not cards:
        return None
    lane = next(lane.id for lane in lanes(store) if lane.id in {card.lane for card in cards.values()})
    step = next(step.id for step in columns(store) if step.id in {card.step for card in cards.values()})
    ours = [place for place, card in enumerate(cards_in(store, lane, step)) if card.id in cards]
    return Cell(lane, step, ours[-1] + 1 if ours else None)


def _card_lane(here: Here, kind: str) -> str:
    """The lane where one is; on a curve or nowhere in particular, the first that is meant for such cards."""
    rows = [row.lane for row in here.layout.rows if row.holds_cards]
    if here.lane in rows:
        return here.lane
    records = [lane for lane in lanes(here.store) if lane.id in rows]
    fitting = [lane.id for lane in records if not kind or lane_kind(lane.kind).card == kind]
    return next(iter(fitting or rows), "")


def _beside_point(here: Here, _kind: str) -> Place:
    chosen = here.at if isinstance(here.at, EmotionPoint) else None
    people = personas(here.store)
    persona = chosen.persona if chosen else people[0].id if people else None
    curves = [row.lane for row in here.layout.rows if row.is_curve]
    lane = here.lane if here.lane in curves else next(iter(curves), "")
    measure = chosen.measure if chosen else None
    points = points_on(here.store, lane) if lane else []
    own = persona, here.step, measure
    taken = [point.at for point in points if (point.persona, point.step, point.measure) == own]
    return OnCurve(CurvePlace(lane, here.step, _free(taken), chosen.value if chosen else 0.0), persona, measure)


def _free(taken: list[float]) -> float:
    """The middle of the step, or of the widest gap where a point is there already."""
    if all(abs(at - MIDDLE) > NEAR for at in taken):
        return MIDDLE
    edges = [0.0, *sorted(taken), 1.0]
    _, start, end = max((end - start, start, end) for start, end in pairwise(edges))
    return (start + end) / 2


def _next(ids: list[str], id: str) -> str | None:
    """What comes after; None: the end."""
    return dict(pairwise(ids)).get(id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Insertion", text)
