"""What a change means for the rows of the map: which lanes, cells and columns it touches, what is laid out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from app.layout.frame import Frame
from app.layout.grid import BlockKey
from app.model.diff import Diff
from app.model.records import Card, EmotionPoint, Record


@dataclass
class Redone:
    """What was laid out again: cells (lane, step), blocks, lanes with another height perhaps, curve lanes.

    `bars`: a spanning card lies elsewhere.
    """

    cells: set[tuple[str, str]] = field(default_factory=set)
    blocks: set[BlockKey] = field(default_factory=set)
    lanes: set[str] = field(default_factory=set)
    curves: set[str] = field(default_factory=set)
    bars: bool = False


def lanes_of(diff: Diff) -> set[str]:
    """The lanes in which cards or points came, went or changed."""
    return {record.lane for pair in diff.values() for record in pair if isinstance(record, Card | EmotionPoint)}


def per_lane(before: Record | None, after: Record | None) -> Iterator[tuple[str, Card | None, Card | None]]:
    """A card's change as seen by each lane it touches."""
    if isinstance(before, Card):
        yield before.lane, before, None
    if isinstance(after, Card):
        yield after.lane, None, after


def per_curve(
    before: Record | None, after: Record | None
) -> Iterator[tuple[str, EmotionPoint | None, EmotionPoint | None]]:
    """A point's change as seen by each curve lane it touches."""
    if isinstance(before, EmotionPoint):
        yield before.lane, before, None
    if isinstance(after, EmotionPoint):
        yield after.lane, None, after


def resized(old: Frame, new: Frame) -> set[str]:
    """The steps that came, went, or have another width."""
    before, after = old.column_of, new.column_of
    return {
        step
        for step in before.keys() | after.keys()
        if step not in before or step not in after or before[step].w != after[step].w
    }


def reshaped(old: Frame, new: Frame) -> set[str]:
    """The stages whose columns are others than before, or of another width."""
    before, after = old.columns_in, new.columns_in
    return {stage for stage in new.band_of if _shape(after.get(stage, ())) != _shape(before.get(stage, ()))}


def _shape(columns: Iterable[tuple[str, str, float, float]]) -> list[tuple[str, float]]:
    return [(step, width) for step, _, _, width in columns]
