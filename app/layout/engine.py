"""The layout of a whole map: where everything lies on the sheet, kept up to date edit by edit.

What a diff does not touch keeps its drawing: records are immutable, so identity is the cache key. All lengths are
millimetres from the sheet's top-left corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.layout import theme
from app.layout.cards import card_drawing
from app.layout.cells import LaneCells, Stacked
from app.layout.curves import CurveDrawing, curve_drawing
from app.layout.drawing import Box, Drawing, Line, Placed, Primitive, Rect
from app.layout.frame import Frame, frame_of
from app.layout.grid import Block, BlockKey, Column, CurveLane, LayoutChange, PointMark, Row, StageBand
from app.layout.headers import lane_drawing, lane_min_height, rule_line
from app.layout.links import Gutters, placed_link
from app.model.diff import Diff
from app.model.document import Document
from app.model.lanes import lane_kind
from app.model.queries import lanes, links_of, personas, points_on
from app.model.records import Card, EmotionPoint, Lane, Link, Persona, Record


class _CachedCard(NamedTuple):
    card: Card
    width: float
    drawing: Drawing


class MapLayout:
    """Lays a document out and answers where things are.

    The document's diffs must be passed to `update`; between them nothing changes.
    """

    rows: tuple[Row, ...]
    row_of: dict[str, Row]
    column_of: dict[str, Column]
    _gutters: Gutters | None
    _lane_headers: tuple[Placed, ...] | None

    def __init__(self, document: Document) -> None:
        self._document = document
        self._store = document.store
        self._build()

    # What painters ask for

    @property
    def rtl(self) -> bool:
        return self._frame.script.rtl

    @property
    def language(self) -> str:
        return self._frame.script.language

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet in mm."""
        bottom = self.rows[-1].y + self.rows[-1].h if self.rows else self._frame.head.bottom
        return self._frame.width, bottom + theme.SHEET_PAD

    @property
    def title(self) -> Placed:
        return self._frame.title

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._frame.columns

    @property
    def bands(self) -> tuple[StageBand, ...]:
        return self._frame.bands

    @property
    def head(self) -> Rect:
        """The strip with stage and step headers."""
        return self._frame.head

    @property
    def side(self) -> Rect:
        """The strip with the lane headers."""
        top = self._frame.head.bottom
        return Rect(self._frame.side_x, top, theme.SIDE_WIDTH, self.size[1] - theme.SHEET_PAD - top)

    @property
    def stage_headers(self) -> tuple[Placed, ...]:
        return self._frame.stage_headers

    @property
    def step_headers(self) -> tuple[Placed, ...]:
        return self._frame.step_headers

    @property
    def lane_headers(self) -> tuple[Placed, ...]:
        if self._lane_headers is None:
            self._lane_headers = tuple(self._lane_header(row) for row in self.rows)
        return self._lane_headers

    @property
    def blocks(self) -> Mapping[BlockKey, Block]:
        return _Blocks(self)

    @property
    def curves(self) -> Mapping[str, CurveLane]:
        return {row.lane: self._curve_lane(row) for row in self.rows if row.is_curve}

    @property
    def gutters(self) -> Gutters:
        """Where links may run."""
        if self._gutters is None:
            edges = {edge for column in self.columns for edge in (column.x, column.x + column.w)}
            ys = (*(row.y for row in self.rows), *(row.y + row.h for row in self.rows[-1:]))
            self._gutters = Gutters(tuple(sorted(edges)), ys, tuple(self._bar_rects()))
        return self._gutters

    def block_links(self, key: BlockKey) -> tuple[Placed, ...]:
        """The links that begin at a card of the block, on the sheet; routed when first asked for."""
        found = self._links.get(key)
        if found is None:
            cards = [placed.id for placed in self.block(key).cards]
            links = [link for card in cards for link in links_of(self._store, card) if link.source == card]
            found = self._links[key] = tuple(self._placed_link(link) for link in links)
        return found

    def card(self, id: str) -> Placed | None:
        """A card on the sheet."""
        card = self._store.of(Card, id)
        cells = self._cells.get(card.lane) if card is not None else None
        if card is None or cells is None:
            return None
        row = self.row_of[card.lane]
        for bar in cells.bars:
            if bar.card.id == id:
                left, _ = self._span(bar.first, bar.last)
                return Placed(id, left + theme.PAD, row.y + bar.y, bar.drawing)
        for stacked in cells.stacks.get(card.step, ()):
            if stacked.card.id == id:
                return Placed(id, self.column_of[card.step].x + theme.PAD, row.y + stacked.y, stacked.drawing)
        return None

    def stack(self, lane: str, step: str) -> tuple[Stacked, ...]:
        """The cards of a cell from top to bottom, without those that span; y from the lane's top edge."""
        cells = self._cells.get(lane)
        return cells.stacks.get(step, ()) if cells is not None else ()

    def bars(self, lane: str) -> tuple[Placed, ...]:
        """The cards of a lane that span several steps, on the sheet."""
        cells = self._cells.get(lane)
        if cells is None:
            return ()
        y = self.row_of[lane].y
        return tuple(
            Placed(bar.card.id, self._span(bar.first, bar.last)[0] + theme.PAD, y + bar.y, bar.drawing)
            for bar in cells.bars
        )

    def plot_top(self, lane: str) -> float:
        """Where value +2 of a curve lane lies, in mm below the sheet's top edge."""
        return self.row_of[lane].y + self._curves[lane].plot_top

    def block(self, key: BlockKey) -> Block:
        """One block. Raises KeyError for a curve lane or an unknown key."""
        found = self._blocks.get(key)
        if found is None:
            found = self._blocks[key] = self._make_block(key)
        return found

    # Keeping up with the document

    def update(self, diff: Diff) -> LayoutChange:
        """Brings the layout up to a diff that is already in the document."""
        records = [record for pair in diff.values() for record in pair if record is not None]
        types = {record.type for record in records}
        if "map" in types and self._document.map.language != self.language:
            return self._rebuilt()
        old_frame, old_rows = self._frame, self.rows
        dirty: set[BlockKey] = set()
        if types & {"map", "stage", "step", "persona"}:
            dirty |= self._update_frame(old_frame)
        if "lane" in types:
            self._update_lanes()
        if "card" in types:
            dirty |= self._update_cards(diff)
        curves = self._curves_to_redo(records, types, self._frame.columns != old_frame.columns)
        for lane in curves:
            self._curves[lane] = self._lay_out_curve(lane)
        self._set_rows()
        return self._change(old_frame, old_rows, dirty, curves, records, types)

    def _rebuilt(self) -> LayoutChange:
        self._build()
        return LayoutChange(frozenset(self.blocks), frozenset(self._curves), True, True, True, True)

    def _build(self) -> None:
        self._frame = frame_of(self._document)
        self._drawings: dict[str, _CachedCard] = {}
        self._cells: dict[str, LaneCells] = {}
        self._curves: dict[str, CurveDrawing] = {}
        self._blocks: dict[BlockKey, Block] = {}
        self._links: dict[BlockKey, tuple[Placed, ...]] = {}
        self._gutters = None
        self._lane_headers = None
        self.rows = ()
        self._index_columns()
        self._update_lanes()
        for record in self._store.of_type("card"):
            if isinstance(record, Card):
                self._cells[record.lane].replace(None, record)
        for cells in self._cells.values():
            cells.lay_out_all()
        self._set_rows()

    def _index_columns(self) -> None:
        self.column_of = {column.step: column for column in self.columns}

    def _update_frame(self, old: Frame) -> set[BlockKey]:
        """Takes a new frame; answers the blocks whose cells are no longer what they were."""
        self._frame = frame_of(self._document)
        self._index_columns()
        if self._frame.columns == old.columns:
            return set()
        columns = self._frame.for_cells()
        for cells in self._cells.values():
            cells.set_columns(columns)
        before, after = _stage_shapes(old), _stage_shapes(self._frame)
        changed = {stage for stage, shape in after.items() if before.get(stage) != shape}
        return {
            (lane, band.stage)
            for lane, cells in self._cells.items()
            for band in self.bands
            if band.stage in changed or cells.bars
        }

    def _update_lanes(self) -> None:
        """Makes and drops what belongs to lanes that came, went or became curves."""
        present = {lane.id: lane_kind(lane.kind).is_curve for lane in lanes(self._store)}
        for lane in [lane for lane in self._cells if present.get(lane, True)]:
            del self._cells[lane]
        for lane in [lane for lane in self._curves if not present.get(lane, False)]:
            del self._curves[lane]
        columns = self._frame.for_cells()
        for lane, is_curve in present.items():
            if is_curve and lane not in self._curves:
                self._curves[lane] = self._lay_out_curve(lane)
            elif not is_curve and lane not in self._cells:
                self._cells[lane] = LaneCells(columns, self._draw)

    def _update_cards(self, diff: Diff) -> set[BlockKey]:
        touched: dict[str, set[str]] = {}
        spanning: set[str] = set()
        for before, after in diff.values():
            for old, new in self._per_lane(before, after):
                card = new or old
                assert card is not None
                if card.lane in self._cells:
                    touched.setdefault(card.lane, set()).update(self._cells[card.lane].replace(old, new))
                    if (old and old.to_step) or (new and new.to_step):
                        spanning.add(card.lane)
            if isinstance(before, Card) and after is None:
                self._drawings.pop(before.id, None)
        return {
            (lane, self.column_of[step].stage)
            for lane, steps in touched.items()
            for step in self._cells[lane].lay_out(steps, lane in spanning)
            if step in self.column_of
        }

    @staticmethod
    def _per_lane(before: Record | None, after: Record | None) -> Iterator[tuple[Card | None, Card | None]]:
        """A card's change as seen by each lane it touches."""
        old, new = (record if isinstance(record, Card) else None for record in (before, after))
        if old is not None and new is not None and old.lane != new.lane:
            yield old, None
            yield None, new
        elif old is not None or new is not None:
            yield old, new

    def _curves_to_redo(self, records: list[Record], types: set[str], columns_changed: bool) -> set[str]:
        if columns_changed or "persona" in types or "lane" in types:
            return set(self._curves)
        return {record.lane for record in records if isinstance(record, EmotionPoint)} & self._curves.keys()

    def _change(
        self,
        old: Frame,
        old_rows: tuple[Row, ...],
        dirty: set[BlockKey],
        curves: set[str],
        records: list[Record],
        types: set[str],
    ) -> LayoutChange:
        """Works out what painters must look at again, and forgets what is cached of it."""
        geometry = self.rows != old_rows or self._frame.columns != old.columns or self._frame.head != old.head
        headers = geometry or bool(types & {"stage", "step", "lane"})
        links = geometry or "link" in types or bool(dirty and self._store.ids_of_type("link"))
        if geometry:
            self._blocks.clear()
            self._gutters = None
        for key in dirty:
            self._blocks.pop(key, None)
        if headers or "lane" in types:
            self._lane_headers = None
        if links:
            self._links.clear()
            self._gutters = None
        if "lane" in types:
            lanes_touched = {record.id for record in records if isinstance(record, Lane)}
            dirty |= {(lane, band.stage) for lane in lanes_touched & self._cells.keys() for band in self.bands}
            for key in dirty:
                self._blocks.pop(key, None)
        title = self._frame.title.drawing != old.title.drawing
        return LayoutChange(frozenset(dirty), frozenset(curves), geometry, headers, links, title)

    # Making the parts

    def _draw(self, card: Card, width: float) -> Drawing:
        cached = self._drawings.get(card.id)
        if cached is not None and cached.card is card and cached.width == width:
            return cached.drawing
        drawing = card_drawing(card, width, self._frame.script)
        self._drawings[card.id] = _CachedCard(card, width, drawing)
        return drawing

    def _set_rows(self) -> None:
        rows: list[Row] = []
        y = self._frame.head.bottom
        for lane in lanes(self._store):
            height = self._row_height(lane)
            rows.append(Row(lane.id, y, height, lane.id in self._curves))
            y += height
        self.rows = tuple(rows)
        self.row_of = {row.lane: row for row in rows}

    def _row_height(self, lane: Lane) -> float:
        needed = lane_min_height(lane, self._frame.script)
        if lane.id in self._curves:
            return max(needed, self._curves[lane.id].drawing.h)
        rule = theme.RULE_HEIGHT if lane.line_below else 0.0
        content = self._cells[lane.id].height
        return max(needed, max(content, theme.ROW_MIN_HEIGHT if content else theme.EMPTY_ROW_HEIGHT) + rule)

    def _lay_out_curve(self, lane: str) -> CurveDrawing:
        left, width = self._frame.grid
        people: list[Persona] = personas(self._store)
        return curve_drawing(self.columns, left, width, people, points_on(self._store, lane), self._frame.script)

    def _lane_header(self, row: Row) -> Placed:
        lane = self._store.of(Lane, row.lane)
        assert lane is not None
        plot_top = self._curves[row.lane].plot_top if row.is_curve else None
        drawing = lane_drawing(lane, row.h, plot_top, self._frame.script)
        return Placed(row.lane, self._frame.side_x, row.y, drawing)

    def _make_block(self, key: BlockKey) -> Block:
        lane, stage = key
        cells, row = self._cells[lane], self.row_of[lane]
        band = next(band for band in self.bands if band.stage == stage)
        columns = [column for column in self.columns if column.stage == stage]
        cards = [
            Placed(stacked.card.id, column.x + theme.PAD - band.x, stacked.y, stacked.drawing)
            for column in columns
            for stacked in cells.stacks.get(column.step, ())
        ]
        for bar in cells.bars:
            if self.columns[bar.first].stage == stage:
                left, _ = self._span(bar.first, bar.last)
                cards.append(Placed(bar.card.id, left + theme.PAD - band.x, bar.y, bar.drawing))
        record = self._store.of(Lane, lane)
        ruled = record is not None and record.line_below is not None
        background = self._background(band.x, band.w, row.h, columns, ruled)
        return Block(key, Rect(band.x, row.y, band.w, row.h), background, tuple(cards))

    def _background(self, left: float, width: float, height: float, columns: list[Column], ruled: bool) -> Drawing:
        items: list[Primitive] = [Box(0, 0, width, height, theme.CELL)]
        items += [
            Line(column.x - left, 0, column.x - left, height, theme.STEP_LINE, theme.HAIR)
            for column in columns
            if 0.01 < column.x - left < width - 0.01
        ]
        edge = width if self.rtl else 0.0
        items.append(Line(edge, 0, edge, height, theme.STAGE_LINE, theme.HAIR))
        items.append(Line(0, height, width, height, theme.ROW_LINE, theme.HAIR))
        if ruled:
            items.append(rule_line(width, height))
        return Drawing(width, height, tuple(items))

    def _curve_lane(self, row: Row) -> CurveLane:
        left, width = self._frame.grid
        laid = self._curves[row.lane]
        items: list[Primitive] = [Box(0, 0, width, row.h, theme.CELL)]
        for column in self.columns:
            is_first = any(abs(column.x - band.x) < 0.01 for band in self.bands) and not self.rtl
            x = column.x - left
            items.append(Line(x, 0, x, row.h, theme.STAGE_LINE if is_first else theme.STEP_LINE, theme.HAIR))
        items.append(Line(0, row.h, width, row.h, theme.ROW_LINE, theme.HAIR))
        drawing = Drawing(width, row.h, (*items, *laid.drawing.items))
        marks = [PointMark(dot.point.id, left + dot.x, row.y + dot.y, theme.FACE_RADIUS) for dot in laid.dots]
        return CurveLane(row.lane, Rect(left, row.y, width, row.h), drawing, tuple(marks))

    def _placed_link(self, link: Link) -> Placed:
        source, target = self.card(link.source), self.card(link.target)
        assert source is not None
        assert target is not None
        return placed_link(link, source.rect, target.rect, self.gutters, self._frame.script)

    def _span(self, first: int, last: int) -> tuple[float, float]:
        return self._frame.for_cells().span(first, last)

    def _bar_rects(self) -> Iterator[Rect]:
        for lane in self._cells:
            for bar in self.bars(lane):
                yield bar.rect


class _Blocks(Mapping[BlockKey, Block]):
    """The blocks by key, made when asked for."""

    def __init__(self, layout: MapLayout) -> None:
        self._layout = layout

    def __getitem__(self, key: BlockKey) -> Block:
        return self._layout.block(key)

    def __iter__(self) -> Iterator[BlockKey]:
        for row in self._layout.rows:
            if not row.is_curve:
                for band in self._layout.bands:
                    yield row.lane, band.stage

    def __len__(self) -> int:
        return sum(not row.is_curve for row in self._layout.rows) * len(self._layout.bands)


def _stage_shapes(frame: Frame) -> dict[str, tuple[tuple[str, float], ...]]:
    """Each stage's steps with their widths: what the look of its blocks depends on."""
    return {
        band.stage: tuple((column.step, column.w) for column in frame.columns if column.stage == band.stage)
        for band in frame.bands
    }
