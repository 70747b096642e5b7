"""What mends a gap, where that is obvious: one edit, or the field where the missing words belong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.model.analysis.doctor import Gap
from app.model.document import Document, Transaction
from app.model.edits import add_card, add_lane, add_reference, add_source, delete, set_map
from app.model.ids import MAP_ID
from app.model.queries import lanes
from app.model.records import Card
from app.window.side.checkup import today

MONTHS: Final = 3
"""How far ahead a review that was due is put."""


class Remedy(NamedTuple):
    """What mends a gap. `label`: of its button and its undo step.

    `edit` does it, and returns what was made, to be named on the map. `field`: where one writes on in the inspector,
    of what was made, or else of what the gap is about.
    """

    label: str
    edit: Callable[[Transaction], str | None] | None = None
    field: str = ""


def remedy_for(document: Document, gap: Gap) -> Remedy | None:
    """None where only somebody who knows the journey can mend it."""
    make = _REMEDIES.get(gap.rule)
    return make(document, gap) if make is not None and gap.ids[0] in document.store else None


def _answer(_document: Document, gap: Gap) -> Remedy:
    [pain] = gap.ids

    def edit(tx: Transaction) -> str:
        card = tx.store[pain]
        assert isinstance(card, Card)
        rows = [lane.id for lane in lanes(tx.store) if lane.kind == "opportunities"]
        made = add_card(tx, "opportunity", rows[0] if rows else add_lane(tx, "opportunities"), card.step)
        add_reference(tx, [made], "addresses", pain)
        return made

    return Remedy(_tr("Add an opportunity"), edit)


def _review_again(_document: Document, _gap: Gap) -> Remedy:
    def edit(tx: Transaction) -> None:
        set_map(tx, review_date=_months_after(today(), MONTHS))

    return Remedy(_tr("Set review date in {n} months").format(n=MONTHS), edit)


def _remove_lane(_document: Document, gap: Gap) -> Remedy:
    def edit(tx: Transaction) -> None:
        delete(tx, list(gap.ids))

    return Remedy(_tr("Remove empty lane"), edit)


def _draw(_document: Document, gap: Gap) -> Remedy | None:
    def edit(tx: Transaction) -> str:
        return add_lane(tx, "emotion")

    return Remedy(_tr("Add an emotion lane"), edit) if gap.ids == (MAP_ID,) else None


def add_a_source() -> Remedy:
    """A source is not on the map, so it is named in the inspector."""

    def edit(tx: Transaction) -> str:
        return add_source(tx)

    return Remedy(_tr("Add a source"), edit, "title")


def _name_owner(_document: Document, _gap: Gap) -> Remedy:
    return Remedy(_tr("Name an owner"), field="owner")


_REMEDIES: Final[dict[str, Callable[[Document, Gap], Remedy | None]]] = {
    "map_without_emotion": _draw,
    "map_without_evidence": lambda _document, _gap: add_a_source(),
    "pain_point_without_opportunity": _answer,
    "opportunity_without_owner": _name_owner,
    "stale_review_date": _review_again,
    "empty_lane": _remove_lane,
}


def _months_after(day: date, months: int) -> date:
    """The same day some months later; where that month is shorter, its last day."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)
