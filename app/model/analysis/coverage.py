"""How well a map is known: by cell of stage and lane, and what still needs research."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple, TypeGuard

from app.model.diff import Diff
from app.model.fields import Standing
from app.model.queries import columns, lanes
from app.model.records import Card, EmotionPoint, Lane, Record
from app.model.store import RecordGraph

CLAIMS = frozenset({"action", "touchpoint", "thought", "pain_point", "insight", "metric"})
"""The kinds of cards that say how something is. The others are ideas, questions, pictures and remarks."""

OWN_WORK = frozenset({"frontstage", "backstage", "support"})
"""The kinds of lanes that say what the organisation itself does. It need not find that out from customers."""

Claim = Card | EmotionPoint


def is_claim(record: Record | None) -> TypeGuard[Claim]:
    """Whether a record says how something is; an action does so only where it is not the organisation's own work."""
    return isinstance(record, EmotionPoint) or (isinstance(record, Card) and record.kind in CLAIMS)


def is_action(claim: Claim) -> bool:
    return isinstance(claim, Card) and claim.kind == "action"


def lane_is_own_work(store: RecordGraph, lane: str) -> bool:
    """Whether a lane says what the organisation itself does."""
    found = store.of(Lane, lane)
    return found is not None and found.kind in OWN_WORK


class Tally(NamedTuple):
    """How many claims there are, cards and emotion points, by their standing. `unsaid`: nobody has said."""

    evidenced: int = 0
    partly: int = 0
    assumption: int = 0
    unsaid: int = 0

    @property
    def claims(self) -> int:
        return sum(self)

    @property
    def percent(self) -> float | None:
        """The share of claims that are evidenced at least partly, 0 to 100; None where there is no claim."""
        return 100.0 * (self.evidenced + self.partly) / self.claims if self.claims else None

    def plus(self, other: Tally) -> Tally:
        return Tally(*(one + more for one, more in zip(self, other, strict=True)))


class CoverageCount:
    """The tallies by cell, kept up to date change by change: a large map is read once only."""

    def __init__(self, store: RecordGraph) -> None:
        self._store = store
        self._cells: dict[tuple[str, str], _Cell] = {}
        for record in chain(store.of_type("card"), store.of_type("emotion_point")):
            if is_claim(record):
                self._add(record, 1)

    def cell(self, lane: str, step: str) -> Tally:
        """How well a cell is known."""
        found = self._cells.get((lane, step), _Cell())
        return found.others if lane_is_own_work(self._store, lane) else found.others.plus(found.actions)

    def take(self, diff: Diff) -> set[tuple[str, str]]:
        """Follows a change; answers the cells (lane id, step id) whose claims it touches."""
        touched = set()
        for pair in diff.values():
            for record, by in zip(pair, (-1, 1), strict=True):
                if is_claim(record):
                    self._add(record, by)
                    touched.add((record.lane, record.step))
        changed = {id for id, pair in diff.items() if isinstance(pair[0] or pair[1], Lane)}
        return touched | {key for key in self._cells if key[0] in changed} if changed else touched

    def _add(self, claim: Claim, by: int) -> None:
        key = claim.lane, claim.step
        cell = self._cells.get(key, _Cell())
        part = "actions" if is_action(claim) else "others"
        tally: Tally = getattr(cell, part)
        standing = claim.standing or "unsaid"
        counted = tally._replace(**{standing: getattr(tally, standing) + by})
        self._cells[key] = cell._replace(**{part: counted})


class _Cell(NamedTuple):
    """The claims of a cell. Actions are apart: whether they count depends on the lane, whose kind may change."""

    others: Tally = Tally()
    actions: Tally = Tally()


class Need(NamedTuple):
    """Something that still needs research: a card or an emotion point, and how well it is known so far."""

    id: str
    standing: Standing | None


_URGENCY: dict[Standing | None, int] = {None: 0, "assumption": 1, "partly": 2}


def needs_research(store: RecordGraph) -> list[Need]:
    """What is not fully evidenced: first what nobody has said anything of, then assumptions, then what is so partly.

    Among equals in reading order: column by column, from top to bottom.
    """
    column_of = {step.id: number for number, step in enumerate(columns(store))}
    row_of = {lane.id: number for number, lane in enumerate(lanes(store))}

    def place(claim: Claim) -> tuple[int, int, int, str, str]:
        order = claim.order if isinstance(claim, Card) else f"{claim.at:.6f}"
        return _URGENCY[claim.standing], column_of[claim.step], row_of[claim.lane], order, claim.id

    open_claims: Iterable[Claim] = (claim for claim in claims(store) if claim.standing != "evidenced")
    return [Need(claim.id, claim.standing) for claim in sorted(open_claims, key=place)]


def claims(store: RecordGraph) -> Iterator[Claim]:
    """What says how something is for the customer: cards, but not actions of the organisation, and emotion points."""
    own = {lane.id for lane in lanes(store) if lane.kind in OWN_WORK}
    for record in chain(store.of_type("card"), store.of_type("emotion_point")):
        if is_claim(record) and not (is_action(record) and record.lane in own):
            yield record
