"""The blocks of the map, each the cells of one lane in one stage: made when asked for, kept while they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.layout import theme
from app.layout.channel_rows import dot_items
from app.layout.drawing import Box, Drawing, Line, Placed, Primitive, Rect
from app.layout.grid import Block, BlockKey
from app.layout.headers import rule_line
from app.layout.rows import Rows


class Blocks(Mapping[BlockKey, Block]):
    """The blocks by key. Raises KeyError for a curve lane or what is not there."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._kept: dict[BlockKey, Block] = {}

    def __getitem__(self, key: BlockKey) -> Block:
        rect = self._rect(key)
        kept = self._kept.get(key)
        if kept is not None and kept.rect == rect:
            return kept
        if kept is None:
            kept = Block(key, rect, self._background(key, rect), self._cards(key))
        elif (kept.rect.w, kept.rect.h) == (rect.w, rect.h):
            kept = kept._replace(rect=rect)
        else:
            kept = kept._replace(rect=rect, background=self._background(key, rect))
        self._kept[key] = kept
        return kept

    def __iter__(self) -> Iterator[BlockKey]:
        for row in self._rows.rows:
            if not row.is_curve:
                for band in self._rows.frame.bands:
                    yield row.lane, band.stage

    def __len__(self) -> int:
        return sum(not row.is_curve for row in self._rows.rows) * len(self._rows.frame.bands)

    def forget(self, keys: Iterable[BlockKey]) -> None:
        """What lies in these blocks has changed."""
        for key in keys:
            self._kept.pop(key, None)

    def forget_absent(self) -> None:
        """Lanes or stages went."""
        self._kept = {key: block for key, block in self._kept.items() if key in self}

    def __contains__(self, key: object) -> bool:
        if not isinstance(key, tuple) or len(key) != 2:
            return False
        row = self._rows.row_of.get(key[0])
        return row is not None and not row.is_curve and key[1] in self._rows.frame.band_of

    def _rect(self, key: BlockKey) -> Rect:
        row, band = self._rows.row_of[key[0]], self._rows.frame.band_of[key[1]]
        if row.is_curve:
            raise KeyError(key)
        return Rect(band.x, row.y, band.w, row.h)

    def _cards(self, key: BlockKey) -> tuple[Placed, ...]:
        """The cards that begin in the block, relative to its corner: cell by cell, then those that span."""
        lane, stage = key
        rows = self._rows
        offsets = rows.frame.offsets_in(stage)
        cards = [
            Placed(stacked.card.id, x + theme.PAD, stacked.y, stacked.drawing)
            for step, x in offsets.items()
            for stacked in rows.stack(lane, step)
        ]
        for bar in rows.lane_bars(lane):
            if bar.card.step in offsets:
                x = offsets[bar.card.step]
                if rows.frame.script.rtl:
                    x += rows.frame.column_of[bar.card.step].w - (bar.drawing.w + 2 * theme.PAD)
                cards.append(Placed(bar.card.id, x + theme.PAD, bar.y, bar.drawing))
        return tuple(cards)

    def _background(self, key: BlockKey, rect: Rect) -> Drawing:
        frame = self._rows.frame
        offsets = frame.offsets_in(key[1])
        items: list[Primitive] = [
            Line(x, 0, x, rect.h, theme.STEP_LINE, theme.HAIR) for x in offsets.values() if 0.01 < x < rect.w - 0.01
        ]
        edge = rect.w if frame.script.rtl else 0.0
        items.append(Line(edge, 0, edge, rect.h, theme.STAGE_LINE, theme.HAIR))
        rows = self._rows.channel_rows(key[0])
        if rows:
            columns = {step: (x, frame.column_of[step].w) for step, x in offsets.items()}
            items += dot_items(rows, self._rows.channel_use, columns, rect.w)
        return ground(rect.w, rect.h, items, self._rows.has_rule(key[0]))


def ground(width: float, height: float, lines: Iterable[Primitive], ruled: bool) -> Drawing:
    """What lies behind cards or curves: paper, the given lines and dots, and the row's lower edge.

    The edge lies inside: half of it would be covered by the row below.
    """
    items: list[Primitive] = [Box(0, 0, width, height, theme.CELL), *lines]
    edge = height - theme.HAIR / 2
    items.append(Line(0, edge, width, edge, theme.ROW_LINE, theme.HAIR))
    if ruled:
        items.append(rule_line(width, height))
    return Drawing(width, height, tuple(items))
