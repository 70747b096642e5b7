"""What lies where: from a spot on the sheet to cards, cells, gaps and values, and back to rectangles."""

from __future__ import annotations

from operator import attrgetter

from app.layout import theme
from app.layout.channel_rows import dot_rect
from app.layout.drawing import Placed, Rect
from app.layout.engine import MapLayout
from app.layout.grid import ChannelDot, Column, CurvePlace, DropPlace, Hit, PointMark, Row
from app.layout.scale import y_value

POINT_REACH = 0.6
LINK_REACH = 1.2


def hit(layout: MapLayout, x: float, y: float) -> Hit | None:
    """The topmost thing at a spot: point, card, link, header, title or persona; None on empty ground. Millimetres."""
    lying = _point_at(layout, x, y) or _card_at(layout, x, y) or _link_at(layout, x, y)
    return lying or _name_at(layout, x, y) or _header_at(layout, x, y)


def rect_of(layout: MapLayout, id: str) -> Rect | None:
    """Where a card, emotion point, link, stage, step, lane or the title lies on the sheet; None: it is not shown."""
    card = layout.card(id)
    if card is not None:
        return card.rect
    for placed in (layout.title, *layout.panels, *layout.stage_headers, *layout.step_headers, *layout.lane_headers):
        if placed.id == id:
            return placed.rect
    mark = next((mark for curve in layout.curves.values() for mark in curve.points if mark.id == id), None)
    if mark is not None:
        return _around(mark)
    link = layout.link(id)
    return link.rect if link is not None else layout.folded_rect(id)


def channel_dot(layout: MapLayout, x: float, y: float) -> ChannelDot | None:
    """The dot of a lane of channels at a spot."""
    row, column = row_at(layout, y), column_at(layout, x)
    if row is None or column is None:
        return None
    for channel in layout.channel_rows(row.lane):
        rect = dot_rect(channel, column.x, column.w).moved(0.0, row.y)
        if rect.contains(x, y):
            ids = tuple(layout.channel_use.touchpoints(channel.channel, column.step))
            return ChannelDot(row.lane, column.step, channel.channel, ids, rect) if ids else None
    return None


def row_at(layout: MapLayout, y: float) -> Row | None:
    """The lane at a height."""
    return next((row for row in layout.rows if row.y <= y < row.y + row.h), None)


def column_at(layout: MapLayout, x: float) -> Column | None:
    """The step at a place across."""
    if not layout.head.x <= x < layout.head.right:
        return None
    # Not the first that holds x: sums of widths are rounded, so that there can be a gap between two columns.
    return max((column for column in layout.columns if column.x <= x), key=attrgetter("x"), default=None)


def cards_in(layout: MapLayout, area: Rect) -> list[str]:
    """The ids of the cards that a rectangle touches, row by row in reading order."""
    found: list[str] = []
    for row in layout.rows:
        if row.is_curve or row.y >= area.bottom or row.y + row.h <= area.y:
            continue
        found += [bar.id for bar in layout.bars(row.lane) if bar.rect.overlaps(area)]
        for column in layout.columns:
            if column.x < area.right and area.x < column.x + column.w:
                placed = _stack_on_sheet(layout, row, column)
                found += [card.id for card in placed if card.rect.overlaps(area)]
    return found


def drop_place(layout: MapLayout, x: float, y: float, moving: frozenset[str] = frozenset()) -> DropPlace | None:
    """Where a card let go at a spot would land, the moving cards left out of account; None outside the card lanes."""
    row, column = row_at(layout, y), column_at(layout, x)
    if row is None or column is None or not row.holds_cards:
        return None
    others = [card for card in _stack_on_sheet(layout, row, column) if card.id not in moving]
    below = [card for card in others if card.rect.y + card.rect.h / 2 >= y]
    if below:
        mark = below[0].y
    else:
        mark = others[-1].rect.bottom + theme.PAD if others else row.y + layout.stack_top(row.lane, column.step)
    slot = _slot(layout, row, column, below[0].id if below else None, moving)
    return DropPlace(row.lane, column.step, slot, Rect(column.x, row.y, column.w, row.h), mark - theme.PAD / 2)


def _slot(layout: MapLayout, row: Row, column: Column, before: str | None, moving: frozenset[str]) -> int:
    """The place before a card, None: after all, among all cards that begin in a cell, spanning ones too."""
    ids = [id for id in layout.cards_of_cell(row.lane, column.step) if id not in moving]
    return ids.index(before) if before is not None else len(ids)


def stage_gap(layout: MapLayout, x: float, moving: str) -> tuple[str | None, float]:
    """Where a stage let go at x would go: the stage it comes before (None: the end), and the x of the gap in mm."""
    others = [band for band in layout.bands if band.stage != moving]
    for band in others:
        middle = band.x + band.w / 2
        if (x > middle) if layout.rtl else (x < middle):
            return band.stage, band.x + (band.w if layout.rtl else 0.0)
    last = layout.bands[-1]
    return None, last.x + (0.0 if layout.rtl else last.w)


def step_gap(layout: MapLayout, x: float, moving: str) -> tuple[str, str | None, float] | None:
    """Where a step let go at x would go: the stage, the step it comes before (None: the end of the stage), and the gap.

    The gap is that at the nearer edge of the step under x, in mm. None: there is no step yet.
    """
    if not layout.columns:
        return None
    nearest = min(layout.columns, key=lambda column: abs(column.x + column.w / 2 - x) - column.w / 2)
    is_ahead = (x < nearest.x + nearest.w / 2) is not layout.rtl
    siblings = [column for column in layout.columns if column.stage == nearest.stage]
    at = siblings.index(nearest) + (0 if is_ahead else 1)
    if at < len(siblings) and siblings[at].step == moving:
        at += 1
    edge = siblings[at] if at < len(siblings) else siblings[-1]
    is_left = (at < len(siblings)) is not layout.rtl
    return nearest.stage, edge.step if at < len(siblings) else None, edge.x if is_left else edge.x + edge.w


def lane_gap(layout: MapLayout, y: float, moving: str) -> tuple[str | None, float]:
    """Where a lane let go at y would go: the lane it comes before (None: the end), and the y of the gap in mm."""
    for row in layout.rows:
        if row.lane != moving and y < row.y + row.h / 2:
            return row.lane, row.y
    return None, layout.rows[-1].y + layout.rows[-1].h if layout.rows else layout.head.bottom


def points_in(layout: MapLayout, area: Rect) -> list[str]:
    """The ids of the emotion points that a rectangle touches."""
    return [
        mark.id
        for curve in layout.curves.values()
        if curve.rect.overlaps(area)
        for mark in curve.points
        if _around(mark).overlaps(area)
    ]


def curve_place(layout: MapLayout, x: float, y: float, lane: str | None = None) -> CurvePlace | None:
    """A spot of a curve lane in the model's terms; with `lane` given the spot is pulled into that lane."""
    row = layout.row_of.get(lane) if lane is not None else row_at(layout, y)
    if row is None or not row.is_curve or not layout.columns:
        return None
    column = column_at(layout, x)
    if column is None:
        if lane is None:
            return None
        column = min(layout.columns, key=lambda each: abs(each.x + each.w / 2 - x))
    inset = theme.POINT_INSET
    at = max(0.0, min(1.0, (x - column.x - inset) / (column.w - 2 * inset)))
    value = y_value(y - row.y, layout.plot_top(row.lane) - row.y)
    return CurvePlace(row.lane, column.step, 1 - at if layout.rtl else at, value)


def _stack_on_sheet(layout: MapLayout, row: Row, column: Column) -> list[Placed]:
    return [
        Placed(stacked.card.id, column.x + theme.PAD, row.y + stacked.y, stacked.drawing)
        for stacked in layout.stack(row.lane, column.step)
    ]


def _point_at(layout: MapLayout, x: float, y: float) -> Hit | None:
    row = row_at(layout, y)
    if row is None or not row.is_curve:
        return None
    for mark in reversed(layout.curves[row.lane].points):
        reach = mark.r + POINT_REACH
        if (mark.x - x) ** 2 + (mark.y - y) ** 2 <= reach * reach:
            return Hit("point", mark.id, _around(mark))
    return None


def _around(mark: PointMark) -> Rect:
    return Rect(mark.x - mark.r, mark.y - mark.r, 2 * mark.r, 2 * mark.r)


def _card_at(layout: MapLayout, x: float, y: float) -> Hit | None:
    row, column = row_at(layout, y), column_at(layout, x)
    if row is None or column is None or row.is_curve:
        return None
    for placed in (*layout.bars(row.lane), *_stack_on_sheet(layout, row, column)):
        if placed.rect.contains(x, y):
            return Hit("card", placed.id, placed.rect)
    return None


def _link_at(layout: MapLayout, x: float, y: float) -> Hit | None:
    link = layout.link_at(x, y, LINK_REACH)
    return Hit("link", link.id, link.rect) if link is not None else None


def _name_at(layout: MapLayout, x: float, y: float) -> Hit | None:
    """The persona whom the legend of a curve lane names at a spot."""
    row = row_at(layout, y)
    names = layout.curves[row.lane].names if row is not None and row.is_curve else ()
    return next((Hit("persona", id, area) for id, area in names if area.contains(x, y)), None)


def _header_at(layout: MapLayout, x: float, y: float) -> Hit | None:
    headers = (
        ("stage", layout.stage_headers),
        ("step", layout.step_headers),
        ("lane", layout.lane_headers),
        ("persona", layout.panels),
    )
    for kind, placed_headers in headers:
        for placed in placed_headers:
            if placed.rect.contains(x, y):
                return Hit(kind, placed.id, placed.rect)
    return Hit("title", "map", layout.title.rect) if layout.title.rect.contains(x, y) else None
