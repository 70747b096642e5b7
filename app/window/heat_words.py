"""The evidence heat map in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.model.analysis.coverage import is_claim
from app.model.records import Card, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.canvas.selection import Cell
    from app.layout.grid import BlockKey
    from app.model.analysis.coverage import Tally
    from app.model.store import RecordGraph


def _tr(text: str) -> str:
    return QCoreApplication.translate("HeatWords", text)


def total_words(tally: Tally) -> str:
    """How well the whole map is known."""
    if tally.percent is None:
        return _tr("Nothing on this map needs evidence yet: no actions, touchpoints, thoughts or emotions.")
    return _tr("{share} of {claims} are evidenced at least partly. Dark: little is known · light: well known").format(
        share=f"{round(tally.percent)} %", claims=_claims(tally.claims)
    )


def block_words(tally: Tally) -> str:
    """How well a block is known, with how its claims stand."""
    if tally.percent is None:
        return _tr("Evidence: nothing here needs any")
    counts = (
        (tally.evidenced, _tr("{n} evidenced")),
        (tally.partly, _tr("{n} partly")),
        (tally.assumption, _tr("{n} assumed")),
        (tally.unsaid, _tr("{n} not said")),
    )
    parts = ", ".join(words.format(n=count) for count, words in counts if count)
    return _tr("Evidence here: {share} of {claims} ({parts})").format(
        share=f"{round(tally.percent)} %", claims=_claims(tally.claims), parts=parts
    )


def _claims(count: int) -> str:
    return _tr("1 claim") if count == 1 else _tr("{n} claims").format(n=f"{count:,}")


def block_of(store: RecordGraph, selected: Sequence[str], cell: Cell | None) -> BlockKey | None:
    """The block (lane id, stage id) of the one thing that is selected, or of the cell that the keyboard is in."""
    record = store.get(selected[0]) if len(selected) == 1 else None
    if isinstance(record, Card) or is_claim(record):
        lane, step = record.lane, store.of(Step, record.step)
    elif cell is not None and not selected:
        lane, step = cell.lane, store.of(Step, cell.step)
    else:
        return None
    return (lane, step.stage) if step is not None else None
