"""Is there anything at a place of the sheet that a label must not cover?"""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from app.layout import theme
from app.layout.drawing import Rect
from app.layout.grid import Row
from app.layout.rows import Rows

RULE_ROOM = 0.4
_top = attrgetter("y")


def is_free(rows: Rows, area: Rect) -> bool:
    """True where no card, no line of a service blueprint and nothing of a curve lies in an area (sheet mm)."""
    first = max(0, bisect_right(rows.rows, area.y, key=_top) - 1)
    for row in rows.rows[first:]:
        if row.y >= area.bottom:
            break
        if _meets_rule(rows, row, area) or (_meets_curve if row.is_curve else _meets_card)(rows, row, area):
            return False
    return True


def _meets_rule(rows: Rows, row: Row, area: Rect) -> bool:
    y = row.y + row.h - theme.RULE_HEIGHT / 2
    return area.y - RULE_ROOM < y < area.bottom + RULE_ROOM and rows.has_rule(row.lane)


def _meets_card(rows: Rows, row: Row, area: Rect) -> bool:
    for column in rows.frame.columns_over(area.x, area.right):
        for stacked in rows.stack(row.lane, column.step):
            size = stacked.drawing
            if Rect(column.x + theme.PAD, row.y + stacked.y, size.w, size.h).overlaps(area):
                return True
    return any(
        Rect(rows.card_x(bar), row.y + bar.y, bar.drawing.w, bar.drawing.h).overlaps(area)
        for bar in rows.lane_bars(row.lane)
    )


def _meets_curve(rows: Rows, row: Row, area: Rect) -> bool:
    return not rows.curves[row.lane].is_free(area.moved(-rows.frame.grid[0], -row.y))
