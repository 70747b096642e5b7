"""The curve lanes of the map as painters take them: made when asked for, kept while they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from app.layout import theme
from app.layout.blocks import ground
from app.layout.curves import CurveDrawing
from app.layout.drawing import Drawing, Line, Rect
from app.layout.frame import Frame
from app.layout.grid import CurveLane, PointMark, Row
from app.layout.rows import Rows


class _Kept(NamedTuple):
    laid: CurveDrawing
    ruled: bool
    lane: CurveLane


class CurveLanes(Mapping[str, CurveLane]):
    """The curve lanes by id, from the top. One that is as it was stays the same object."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._kept: dict[str, _Kept] = {}

    def __getitem__(self, lane: str) -> CurveLane:
        row, laid = self._rows.row_of[lane], self._rows.curves[lane].laid
        left, width = self._rows.frame.grid
        rect, ruled = Rect(left, row.y, width, row.h), self._rows.has_rule(lane)
        kept = self._kept.get(lane)
        if kept is None or kept.laid is not laid or kept.ruled != ruled or kept.lane.rect != rect:
            alike = kept is not None and kept.laid is laid and kept.ruled == ruled and kept.lane.rect.h == rect.h
            drawing = kept.lane.drawing if kept is not None and alike else self._drawing(laid, row, ruled)
            made = CurveLane(lane, rect, drawing, self._marks(rect, lane), self._names(rect, lane))
            kept = self._kept[lane] = _Kept(laid, ruled, made)
        return kept.lane

    def __iter__(self) -> Iterator[str]:
        return (row.lane for row in self._rows.rows if row.is_curve)

    def __len__(self) -> int:
        return len(self._rows.curves)

    def forget_absent(self) -> None:
        """Lanes went."""
        self._kept = {lane: kept for lane, kept in self._kept.items() if lane in self._rows.curves}

    def _marks(self, rect: Rect, lane: str) -> tuple[PointMark, ...]:
        dots = self._rows.curves[lane].dots()
        return tuple(PointMark(id, rect.x + x, rect.y + y, theme.FACE_RADIUS) for id, x, y in dots)

    def _names(self, rect: Rect, lane: str) -> tuple[tuple[str, Rect], ...]:
        return tuple((id, area.moved(rect.x, rect.y)) for id, area in self._rows.curves[lane].names())

    def _drawing(self, laid: CurveDrawing, row: Row, ruled: bool) -> Drawing:
        frame = self._rows.frame
        paper = ground(frame.grid[1], row.h, _column_lines(frame, row.h), ruled)
        return Drawing(paper.w, paper.h, (*paper.items, *laid.drawing.items))


def _column_lines(frame: Frame, height: float) -> list[Line]:
    """The edges at which reading enters the columns, stronger where a stage begins."""
    width = frame.grid[1]
    stages = [None, *(column.stage for column in frame.columns)]
    lines: list[Line] = []
    for (before, stage), (start, _) in zip(pairwise(stages), frame.starts.values(), strict=True):
        x = frame.script.x(start, 0.0, width)
        lines.append(Line(x, 0, x, height, theme.STEP_LINE if stage == before else theme.STAGE_LINE, theme.HAIR))
    return lines
