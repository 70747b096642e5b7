"""Folding lanes up and leaving gaps in curves: each call is one step of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.model.document import EditError
from app.model.edits import set_fields
from app.model.records import Card, EmotionPoint, Lane

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.canvas.selection import Cell
    from app.model.document import Document
    from app.model.store import RecordGraph


def _tr(text: str) -> str:
    return QCoreApplication.translate("Shaping", text)


def lanes_of(store: RecordGraph, ids: Iterable[str], cell: Cell | None = None) -> list[str]:
    """The lanes among these records, or in which they or the cell lie."""
    found: dict[str, None] = {cell.lane: None} if cell is not None else {}
    for record in (store.get(id) for id in ids):
        if isinstance(record, Lane):
            found[record.id] = None
        elif isinstance(record, Card | EmotionPoint):
            found[record.lane] = None
    return list(found)


def fold(document: Document, lanes: Iterable[str]) -> None:
    """Folds lanes up; where all of them are, unfolds them. Raises EditError where there is none."""
    records = [lane for id in lanes if (lane := document.store.of(Lane, id)) is not None]
    if not records:
        raise EditError(_tr("Select a lane, or something in one, to fold that lane up."))
    is_folded = all(lane.collapsed for lane in records)
    with document.edit(_tr("Unfold lane") if is_folded else _tr("Fold lane")) as tx:
        set_fields(tx, [lane.id for lane in records], collapsed=not is_folded)


def toggle_gap(document: Document, ids: Iterable[str]) -> bool:
    """Leaves a gap after these points of curves, or closes it where all have one; answers whether there is one now.

    Raises EditError where there is no such point.
    """
    points = [point for id in ids if (point := document.store.of(EmotionPoint, id)) is not None]
    if not points:
        raise EditError(_tr("Select a point of a curve to leave a gap after it."))
    has_gap = all(point.unknown_after for point in points)
    with document.edit(_tr("Close gap in curve") if has_gap else _tr("Leave gap in curve")) as tx:
        set_fields(tx, [point.id for point in points], unknown_after=not has_gap)
    return not has_gap
