"""The frame of the map: title, panels of personas, columns, bands, headers.

Follows from the map, its stages, steps, personas and own channels alone.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from itertools import accumulate, groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

from app.layout import theme
from app.layout.cells import Columns
from app.layout.channel_names import map_channels
from app.layout.drawing import Placed, Rect
from app.layout.grid import Column, StageBand
from app.layout.headers import (
    STAGE_PAD,
    STEP_PAD,
    stage_block,
    stage_drawing,
    step_block,
    step_drawing,
)
from app.layout.persona_panels import persona_strip
from app.layout.script import Script
from app.layout.title import title_drawing
from app.layout.words import reads_right_to_left
from app.model.document import Document
from app.model.queries import personas, stages, steps_of
from app.model.records import Stage, Step


class Frame(NamedTuple):
    """Everything above and beside the rows, in sheet mm. `grid` is the x range of the columns (left, width).

    `cells` is what lanes know of the columns; `starts` says of each step how many mm in the direction of reading it
    begins from the grid's edge, and its width.
    """

    script: Script
    width: float
    grid: tuple[float, float]
    title: Placed
    panels: tuple[Placed, ...]
    columns: tuple[Column, ...]
    bands: tuple[StageBand, ...]
    head: Rect
    stage_headers: tuple[Placed, ...]
    step_headers: tuple[Placed, ...]
    cells: Columns
    column_of: dict[str, Column]
    columns_in: dict[str, tuple[Column, ...]]
    band_of: dict[str, StageBand]
    starts: dict[str, tuple[float, float]]

    @property
    def side_x(self) -> float:
        """The left edge of the strip with the lane headers."""
        return self.width - theme.SIDE_WIDTH if self.script.rtl else 0.0

    def columns_over(self, left: float, right: float) -> list[Column]:
        """The columns that lie between two x of the sheet, at least in part."""
        if self.script.rtl:
            first = bisect_right(self.columns, -right, key=lambda column: -column.x)
            return list(takewhile(lambda column: column.x + column.w > left, self.columns[first:]))
        first = bisect_right(self.columns, left, key=lambda column: column.x + column.w)
        return list(takewhile(lambda column: column.x < right, self.columns[first:]))

    def offsets_in(self, stage: str) -> dict[str, float]:
        """How many mm from the stage's left edge each of its columns begins, wherever the stage lies."""
        columns = self.columns_in.get(stage, ())
        starts = accumulate((column.w for column in columns), initial=0.0)
        total = sum(column.w for column in columns)
        return {
            column.step: self.script.x(start, column.w, total) for column, start in zip(columns, starts, strict=False)
        }


def frame_of(document: Document, today: dt.date | None = None) -> Frame:
    """Lays out the frame. Cheap: texts that did not change come from the text cache. `today`: see `title_drawing`."""
    store = document.store
    script = Script(reads_right_to_left(document.map.language), document.map.language)
    staged = [(stage, steps_of(store, stage.id)) for stage in stages(store)]
    grid_width = sum(_width(step) for _, steps in staged for step in steps) or theme.EMPTY_GRID_WIDTH
    width = theme.SIDE_WIDTH + grid_width
    columns, bands = _columns(staged, width, script.rtl)
    people = personas(store)
    title = Placed("map", 0.0, 0.0, title_drawing(document.map, people, width, script, today))
    strip = persona_strip(people, map_channels(store), width, title.drawing.h, script, document.media)
    above = title.drawing.h + strip.height
    titles = {step.id: step.title for _, steps in staged for step in steps}
    stage_headers, stage_height = _stage_headers(staged, bands, above, script)
    top = above + stage_height
    step_headers, step_height = _step_headers(columns, titles, top, script)
    left = 0.0 if script.rtl else theme.SIDE_WIDTH
    head = Rect(left, above, grid_width, stage_height + step_height)
    return Frame(
        script, width, (left, grid_width), title, strip.panels, columns, bands, head, stage_headers, step_headers,
        _cells(columns),
        {column.step: column for column in columns},
        {stage: tuple(group) for stage, group in groupby(columns, attrgetter("stage"))},
        {band.stage: band for band in bands},
        {column.step: (script.x(column.x - left, column.w, grid_width), column.w) for column in columns},
    )  # fmt: skip


def _cells(columns: tuple[Column, ...]) -> Columns:
    at = {column.step: index for index, column in enumerate(columns)}
    return Columns(at, tuple(column.x for column in columns), tuple(column.w for column in columns))


def _width(step: Step) -> float:
    return step.width or theme.STEP_WIDTH


def _columns(
    staged: list[tuple[Stage, list[Step]]], total: float, rtl: bool
) -> tuple[tuple[Column, ...], tuple[StageBand, ...]]:
    columns: list[Column] = []
    bands: list[StageBand] = []
    start = theme.SIDE_WIDTH
    for number, (stage, steps) in enumerate(staged):
        begin = start
        for step in steps:
            width = _width(step)
            columns.append(Column(step.id, stage.id, total - start - width if rtl else start, width))
            start += width
        color = stage.color or theme.STAGE_COLORS[number % len(theme.STAGE_COLORS)]
        # Not start − begin: what a stage looks like must not depend on how sums before it are rounded.
        width = sum(_width(step) for step in steps)
        bands.append(StageBand(stage.id, total - start if rtl else begin, width, color))
    return tuple(columns), tuple(bands)


def _stage_headers(
    staged: list[tuple[Stage, list[Step]]], bands: tuple[StageBand, ...], y: float, script: Script
) -> tuple[tuple[Placed, ...], float]:
    pairs = list(zip(staged, bands, strict=True))
    blocks = [stage_block(stage.title, band.w, script) for (stage, _), band in pairs]
    height = max((block.height for block in blocks), default=5.0) + 2 * STAGE_PAD
    placed = [
        Placed(band.stage, band.x, y, stage_drawing(block, band.w, height, band.color, script))
        for block, band in zip(blocks, bands, strict=True)
    ]
    return tuple(placed), height


def _step_headers(
    columns: tuple[Column, ...], titles: dict[str, str], y: float, script: Script
) -> tuple[tuple[Placed, ...], float]:
    blocks = [step_block(titles[column.step], column.w, script) for column in columns]
    height = max((block.height for block in blocks), default=4.0) + 2 * STEP_PAD
    placed = [
        Placed(column.step, column.x, y, step_drawing(block, column.w, height))
        for block, column in zip(blocks, columns, strict=True)
    ]
    return tuple(placed), height
