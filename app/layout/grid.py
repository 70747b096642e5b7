"""The grid of a map in millimetres: stage bands, step columns, lane rows, and the places in between.

Coordinates are those of the sheet: origin at its top-left corner, x to the right, y downwards. In a right-to-left map
the columns run from right to left and the lane headers stand on the right; x is already mirrored here.
"""

from __future__ import annotations

from typing import NamedTuple

from app.layout.drawing import Drawing, Placed, Rect

BlockKey = tuple[str, str]
"""(lane id, stage id): the part of a lane that lies in one stage."""


class Column(NamedTuple):
    """A step's column. `x` is its left edge."""

    step: str
    stage: str
    x: float
    w: float


class StageBand(NamedTuple):
    """A stage over its columns."""

    stage: str
    x: float
    w: float
    color: str


class Row(NamedTuple):
    """A lane's row. `y` is its top edge.

    Into some that are no curves nothing is put either: lanes of channels, and folded ones, which show nothing.
    """

    lane: str
    y: float
    h: float
    is_curve: bool
    holds_cards: bool
    is_folded: bool = False


class Block(NamedTuple):
    """The cells of one lane in one stage.

    `cards` are placed relative to the block's top-left corner; a card that spans into the next stage belongs to the
    block in which it begins and may stick out of `rect`. `background` has the size of the block.
    """

    key: BlockKey
    rect: Rect
    background: Drawing
    cards: tuple[Placed, ...]


class PointMark(NamedTuple):
    """An emotion point as drawn: its centre on the sheet, and its radius."""

    id: str
    x: float
    y: float
    r: float


class CurveLane(NamedTuple):
    """A curve lane over all columns: `drawing` is placed at `rect`'s top-left corner; `points` are in sheet mm,
    and so are `names`: the ids of personas in the legend, and where.
    """

    lane: str
    rect: Rect
    drawing: Drawing
    points: tuple[PointMark, ...]
    names: tuple[tuple[str, Rect], ...]


class DropPlace(NamedTuple):
    """Where a card dropped at a spot would land: the cell, its slot among its cards, the insertion mark's y."""

    lane: str
    step: str
    slot: int
    cell: Rect
    mark_y: float


class CurvePlace(NamedTuple):
    """A spot in a curve lane in terms of the model: `at` 0..1 in reading direction, `value` −2..+2."""

    lane: str
    step: str
    at: float
    value: float


class ChannelDot(NamedTuple):
    """A dot in a lane of channels: the touchpoints that use the channel in a step, and its area on the sheet."""

    lane: str
    step: str
    channel: str
    touchpoints: tuple[str, ...]
    rect: Rect


class Hit(NamedTuple):
    """What lies under a spot. `kind`: card, point, link, stage, step, lane, persona, title."""

    kind: str
    id: str
    rect: Rect


class LayoutChange(NamedTuple):
    """What a painter must look at again after an edit.

    `geometry`: places or sizes of blocks, rows or columns changed (contents of blocks not listed are as before).
    """

    blocks: frozenset[BlockKey] = frozenset()
    curves: frozenset[str] = frozenset()
    geometry: bool = False
    headers: bool = False
    links: bool = False
    title: bool = False
    """The title, the panels of personas or the legend."""
