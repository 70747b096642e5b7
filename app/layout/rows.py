"""The rows of the map: what lies in each lane, and where each row lies on the sheet.

Keeps up with changes lane by lane, and tells what it laid out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.layout import theme
from app.layout.card_drawings import CardDrawings
from app.layout.cells import Bar, LaneCells, Stacked
from app.layout.channel_rows import ChannelRow, ChannelUse, channel_rows, rows_bottom
from app.layout.curves import LaneCurves
from app.layout.drawing import Drawing, Placed, Rect
from app.layout.frame import Frame
from app.layout.grid import BlockKey, Row
from app.layout.headers import LaneContent, lane_block, lane_drawing, lane_min_height
from app.layout.redone import Redone, lanes_of, per_curve, per_lane, reshaped, resized
from app.model.diff import Diff
from app.model.kinds.touchpoint import Touchpoint
from app.model.lanes import lane_kind
from app.model.media import Media
from app.model.queries import lanes, personas, points_on
from app.model.records import Card, EmotionPoint, Lane
from app.model.store import RecordGraph


class _CachedHeader(NamedTuple):
    made_of: tuple[Lane, float, LaneContent]
    drawing: Drawing


class Rows:
    """The lanes with their cells and curves."""

    rows: tuple[Row, ...] = ()

    def __init__(self, store: RecordGraph, frame: Frame, media: Media, hidden: frozenset[str] = frozenset()) -> None:
        """`hidden`: the kinds of lanes that are left out."""
        self._store = store
        self.frame = frame
        self.hidden: frozenset[str] = hidden
        self.row_of: dict[str, Row] = {}
        self.curves: dict[str, LaneCurves] = {}
        self._cells: dict[str, LaneCells] = {}
        self._drawings = CardDrawings(store, media)
        self._headers: dict[str, _CachedHeader] = {}
        self._heights: dict[str, float] = {}
        self._lane_of: dict[str, Lane] = {}
        self._folded: dict[str, int] = {}
        self._shown_as: dict[str, object] = {}
        self._use: ChannelUse | None = None
        self._channel_rows: dict[str, tuple[ChannelRow, ...]] = {}
        self._moved = True
        redone = Redone()
        self._take_lanes(redone)
        self._set_rows(redone.lanes)

    # What lies where

    def card(self, id: str) -> Placed | None:
        """A card on the sheet."""
        card = self._store.get(id)
        cells = self._cells.get(card.lane) if isinstance(card, Card) else None
        place = cells.place(id) if cells is not None else None
        if place is None:
            return None
        return Placed(id, self.card_x(place), self.row_of[place.card.lane].y + place.y, place.drawing)

    def card_rect(self, id: str) -> Rect | None:
        """Where a card lies on the sheet."""
        card = self._store.get(id)
        cells = self._cells.get(card.lane) if isinstance(card, Card) else None
        place = cells.place(id) if cells is not None else None
        if place is None:
            return None
        y = self.row_of[place.card.lane].y + place.y
        return Rect(self.card_x(place), y, place.drawing.w, place.drawing.h)

    def card_x(self, place: Stacked | Bar) -> float:
        """The left edge of a card on the sheet in mm."""
        if isinstance(place, Bar):
            return self.frame.cells.span(place.first, place.last)[0] + theme.PAD
        return self.frame.column_of[place.card.step].x + theme.PAD

    def block_of(self, card: str) -> BlockKey | None:
        """The block in which a card lies, or would lie if it is not laid out; None: its lane is hidden."""
        record = self._store.of(Card, card)
        if record is not None and record.lane not in self._lane_of:
            return None
        column = self.frame.column_of.get(record.step) if record is not None else None
        return (record.lane, column.stage) if record is not None and column is not None else None

    def stack(self, lane: str, step: str) -> tuple[Stacked, ...]:
        """The cards of a cell from top to bottom, without those that span; y from the lane's top edge."""
        cells = self._cells.get(lane)
        return cells.stacks.get(step, ()) if cells is not None else ()

    def stack_top(self, lane: str, step: str) -> float:
        """Where the first card of a cell lies, or would lie, below those that span; mm from the lane's top edge."""
        return self._cells[lane].top_of(step)

    def cards_of_cell(self, lane: str, step: str) -> list[str]:
        """All cards that begin in a cell in their order, spanning ones too."""
        return self._cells[lane].cards_in(step)

    def lane_bars(self, lane: str) -> tuple[Bar, ...]:
        """The cards of a lane that span several steps; y from the lane's top edge."""
        cells = self._cells.get(lane)
        return cells.bars if cells is not None else ()

    def bars(self, lane: str) -> tuple[Placed, ...]:
        """The cards of a lane that span several steps, on the sheet."""
        bars = self.lane_bars(lane)
        y = self.row_of[lane].y if bars else 0.0
        return tuple(Placed(bar.card.id, self.card_x(bar), y + bar.y, bar.drawing) for bar in bars)

    def plot_top(self, lane: str) -> float:
        """Where value +2 of a curve lane lies, in mm below the row's top edge."""
        return self.curves[lane].laid.plot_top

    def natural_height(self, lane: str) -> float:
        """How high in mm a lane is by what lies in it, without the height that it was given."""
        return self._natural_height(self._lane_of[lane])

    def header(self, row: Row) -> Placed:
        """A lane's header on the sheet."""
        lane = self._store.of(Lane, row.lane)
        assert lane is not None
        made_of = lane, row.h, self._content(row)
        cached = self._headers.get(row.lane)
        if cached is None or cached.made_of != made_of:
            cached = self._headers[row.lane] = _CachedHeader(made_of, lane_drawing(*made_of, self.frame.script))
        return Placed(row.lane, self.frame.side_x, row.y, cached.drawing)

    def _content(self, row: Row) -> LaneContent:
        """What a lane's header shows beside its name."""
        if row.is_curve:
            return LaneContent(plot_top=self.plot_top(row.lane))
        return LaneContent(channels=self.channel_rows(row.lane), folded=self._folded.get(row.lane))

    def shown_in_headers(self) -> object:
        """What the headers hang on beside names and heights."""
        plot_tops = {lane: curves.laid.plot_top for lane, curves in self.curves.items()}
        return plot_tops, dict(self._folded), dict(self._channel_rows)

    def channel_rows(self, lane: str) -> tuple[ChannelRow, ...]:
        """The rows of a lane of channels; of any other lane none."""
        return self._channel_rows.get(lane, ())

    @property
    def channel_use(self) -> ChannelUse:
        """Which touchpoints use which channel where. Kept once there is a lane that shows it."""
        if self._use is None:
            self._use = ChannelUse(self.frame.cells.at, self._store.of_type("card"))
        return self._use

    def folded_rect(self, id: str) -> Rect | None:
        """The part of a folded lane in which a card or an emotion point lies, on the sheet; None: in no such lane."""
        record = self._store.get(id)
        if not isinstance(record, Card | EmotionPoint) or record.lane not in self._folded:
            return None
        row, column = self.row_of[record.lane], self.frame.column_of.get(record.step)
        return Rect(column.x, row.y, column.w, row.h) if column is not None else None

    def has_rule(self, lane: str) -> bool:
        """True where a service blueprint's line runs below the lane."""
        record = self._store.of(Lane, lane)
        return record is not None and record.line_below is not None

    # Keeping up

    def take_frame(self, frame: Frame, redone: Redone) -> None:
        """Takes a new frame."""
        old, self.frame = self.frame, frame
        self._moved |= frame.head.bottom != old.head.bottom
        if frame.columns == old.columns:
            return
        steps_resized, stages_reshaped = resized(old, frame), reshaped(old, frame)
        for lane, cells in self._cells.items():
            spanned = bool(cells.bars)
            steps = cells.set_columns(frame.cells, steps_resized)
            redone.cells.update((lane, step) for step in steps)
            stages = frame.band_of if spanned or cells.bars else stages_reshaped
            redone.blocks.update((lane, stage) for stage in stages)
        redone.lanes.update(self._cells)
        self._use = None
        self._redo_channels(redone, set(frame.band_of))

    def take(self, diff: Diff, types: set[str], redone: Redone) -> None:
        """Takes changes of lanes, cards and points, after the frame; then puts the rows where they belong."""
        if "lane" in types:
            self._take_lanes(redone)
        if "channel" in types:
            self._take_channels(diff, redone)
        if "persona" in types:
            self._take_personas(redone)
        if "card" in types:
            self._take_cards(diff, redone)
            self._take_uses(diff, redone)
        if "emotion_point" in types:
            self._take_points(diff, redone)
        if self._folded and types & {"card", "emotion_point"}:
            self._count_folded(lane for lane in lanes_of(diff) if lane in self._folded)
        self._set_rows(redone.lanes | redone.curves)

    def redo_curves(self, redone: Redone) -> None:
        """Lays out all curve lanes anew, for other columns or personas."""
        for lane in self.curves:
            self.curves[lane] = self._curves_of(lane)
        redone.curves.update(self.curves)

    def _take_lanes(self, redone: Redone) -> None:
        """Makes and drops what belongs to lanes that came, went or became curves."""
        shown = (lane for lane in lanes(self._store) if lane.kind not in self.hidden)
        known, self._lane_of = self._lane_of, {lane.id: lane for lane in shown}
        self._moved = True
        for lane in known.keys() - self._lane_of.keys():
            self._drop_lane(lane)
        for lane, record in self._lane_of.items():
            if known.get(lane) is not record:
                self._take_lane(record, redone)
                old = known.get(lane)
                if old is not None and old.line_below != record.line_below:
                    self._redo_ground(lane, redone)

    def _take_lane(self, lane: Lane, redone: Redone) -> None:
        redone.lanes.add(lane.id)
        kind = lane_kind(lane.kind)
        if self._shown_as.get(lane.id) == _shape_of(lane):
            if lane.id in self._channel_rows:
                self._redo_channels(redone, set())
            return
        self._drop_lane(lane.id)
        self._shown_as[lane.id] = _shape_of(lane)
        if lane.collapsed:
            self._cells[lane.id] = LaneCells(self.frame.cells, self._draw, ())  # nothing in it is to be seen
            self._count_folded([lane.id])
        elif kind.is_curve:
            self.curves[lane.id] = self._curves_of(lane.id)
            redone.curves.add(lane.id)
            return
        else:
            self._cells[lane.id] = LaneCells(self.frame.cells, self._draw, self._cards_of(lane.id))
            redone.bars |= bool(self._cells[lane.id].bars)
        if kind.holds == "channels" and not lane.collapsed:
            self._channel_rows[lane.id] = self._rows_of_channels(lane)
        redone.blocks.update((lane.id, stage) for stage in self.frame.band_of)

    def _redo_ground(self, lane: str, redone: Redone) -> None:
        """A line runs below the lane, or no longer, which need not make it higher."""
        if lane in self.curves:
            redone.curves.add(lane)
        else:
            redone.blocks.update((lane, stage) for stage in self.frame.band_of)

    def _cards_of(self, lane: str) -> Iterator[Card]:
        return (record for record in self._store.referrers(lane, "in_lane") if isinstance(record, Card))

    def _count_folded(self, folded: Iterable[str]) -> None:
        """How much lies in folded lanes."""
        for lane in set(folded):
            held = (*self._store.referrers(lane, "in_lane"), *self._store.referrers(lane, "on_lane"))
            self._folded[lane] = len(held)

    def _drop_lane(self, lane: str) -> None:
        self._cells.pop(lane, None)
        self.curves.pop(lane, None)
        self._headers.pop(lane, None)
        self._heights.pop(lane, None)
        self._folded.pop(lane, None)
        self._channel_rows.pop(lane, None)
        self._shown_as.pop(lane, None)

    def _take_cards(self, diff: Diff, redone: Redone) -> None:
        touched: dict[str, set[str]] = {}
        spanning: set[str] = set()
        for before, after in diff.values():
            if isinstance(before, Card) and after is None:
                self._drawings.forget(before.id)
            for lane, old, new in per_lane(before, after):
                if lane in self._cells and lane not in self._folded:
                    touched.setdefault(lane, set()).update(self._cells[lane].replace(old, new))
                    if (old is not None and old.to_step) or (new is not None and new.to_step):
                        spanning.add(lane)
        for lane, steps in touched.items():
            self._lay_out_cells(lane, steps, lane in spanning, redone)

    def _take_channels(self, diff: Diff, redone: Redone) -> None:
        """Draws the touchpoints anew that name a channel of which the map says something else now."""
        self._drawings.take_channels()
        self._redo_channels(redone, set(self.frame.band_of))
        touchpoints = (record for record in self._store.of_type("card") if isinstance(record, Touchpoint))
        self._draw_anew([card for card in touchpoints if card.channel in diff], redone)

    def _take_personas(self, redone: Redone) -> None:
        """Draws the cards anew that are marked for a persona who is marked otherwise now."""
        found = (self._store.referrers(id, "for_persona") for id in self._drawings.take_personas())
        cards = {record.id: record for records in found for record in records if isinstance(record, Card)}
        self._draw_anew(cards.values(), redone)

    def _draw_anew(self, cards: Iterable[Card], redone: Redone) -> None:
        """Draws cards anew that are as they were, but not what they show of others."""
        by_lane: dict[str, list[Card]] = {}
        for card in cards:
            self._drawings.forget(card.id)
            by_lane.setdefault(card.lane, []).append(card)
        for lane, some in by_lane.items():
            cells = self._cells.get(lane)
            if cells is not None and lane not in self._folded:
                steps = {step for card in some for step in cells.replace(card, card)}
                self._lay_out_cells(lane, steps, any(card.to_step for card in some), redone)

    def _take_uses(self, diff: Diff, redone: Redone) -> None:
        """Lets the lanes of channels follow the touchpoints."""
        if self._use is None:
            return
        steps: set[str] = set()
        for before, after in diff.values():
            if isinstance(before, Touchpoint) or isinstance(after, Touchpoint):
                old = before if isinstance(before, Card) else None
                steps |= self._use.replace(old, after if isinstance(after, Card) else None)
        column_of = self.frame.column_of
        self._redo_channels(redone, {column_of[step].stage for step in steps if step in column_of})

    def _redo_channels(self, redone: Redone, stages: set[str]) -> None:
        """Lays out the lanes of channels anew where the use of one in these stages has changed."""
        for lane, rows in self._channel_rows.items():
            made = self._rows_of_channels(self._lane_of[lane])
            if made != rows:
                self._channel_rows[lane] = made
                redone.lanes.add(lane)
            changed = stages if made == rows else self.frame.band_of
            redone.blocks.update((lane, stage) for stage in changed)

    def _rows_of_channels(self, lane: Lane) -> tuple[ChannelRow, ...]:
        top = lane_block(lane, self.frame.script).height + theme.PAD + 1.0
        known = self._drawings.channels
        return channel_rows(self.channel_use.channels(known), known, top, self.frame.script)

    def _lay_out_cells(self, lane: str, steps: set[str], spans_changed: bool, redone: Redone) -> None:
        cells, column_of = self._cells[lane], self.frame.column_of
        bars = cells.bars
        steps = cells.lay_out(steps, spans_changed)
        redone.lanes.add(lane)
        redone.cells.update((lane, step) for step in steps)
        redone.blocks.update((lane, column_of[step].stage) for step in steps if step in column_of)
        redone.bars |= spans_changed and cells.bars != bars

    def _take_points(self, diff: Diff, redone: Redone) -> None:
        touched: set[str] = set()
        for before, after in diff.values():
            for lane, old, new in per_curve(before, after):
                if lane in self.curves:
                    self.curves[lane].replace(old, new)
                    touched.add(lane)
        for lane in touched:
            self.curves[lane].lay_out()
        redone.curves |= touched

    def _draw(self, card: Card, width: float) -> Drawing:
        return self._drawings.draw(card, width, self.frame.script)

    def _curves_of(self, lane: str) -> LaneCurves:
        usual = lane_kind(self._lane_of[lane].kind).measure
        return LaneCurves(self.frame, personas(self._store), points_on(self._store, lane), self.frame.script, usual)

    # Where the rows lie

    def _set_rows(self, touched: Iterable[str]) -> None:
        """Puts the rows one below the other; those that stay where they were stay the same objects."""
        measured = {id: self._measured(self._lane_of[id]) for id in touched if id in self._lane_of}
        if all(self._heights.get(id) == height for id, height in measured.items()) and not self._moved:
            return
        self._heights.update(measured)
        self._moved = False
        rows: list[Row] = []
        y = self.frame.head.bottom + theme.GRID_TOP
        for id in self._lane_of:
            holds_cards = lane_kind(self._lane_of[id].kind).holds_cards and id not in self._folded
            row = Row(id, y, self._heights[id], id in self.curves, holds_cards, id in self._folded)
            rows.append(row if row != self.row_of.get(id) else self.row_of[id])
            y += row.h
        if tuple(rows) != self.rows:
            self.rows = tuple(rows)
            self.row_of = {row.lane: row for row in rows}

    def _measured(self, lane: Lane) -> float:
        natural = self._natural_height(lane)
        return natural if lane.collapsed else max(natural, lane.height or 0.0)

    def _natural_height(self, lane: Lane) -> float:
        needed = lane_min_height(lane, self.frame.script)
        rule = theme.RULE_HEIGHT if lane.line_below else 0.0
        if lane.collapsed:
            return needed
        if lane.id in self.curves:
            return max(needed, self.curves[lane.id].laid.drawing.h + rule)
        channel_bottom = rows_bottom(self.channel_rows(lane.id))
        if channel_bottom:
            return max(needed, channel_bottom + theme.PAD + rule)
        content = self._cells[lane.id].height
        return max(needed, max(content, theme.ROW_MIN_HEIGHT if content else theme.EMPTY_ROW_HEIGHT) + rule)


def _shape_of(lane: Lane) -> object:
    """What decides how a lane is laid out."""
    kind = lane_kind(lane.kind)
    return lane.collapsed, kind.holds, kind.measure
