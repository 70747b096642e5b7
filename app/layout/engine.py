"""The layout of a whole map: where everything lies on the sheet, kept up to date edit by edit.

What a diff does not touch keeps its drawing: records are immutable, so identity is the cache key. What can wait until
a painter asks for it (blocks, links, headers) does. All lengths are millimetres from the sheet's top-left corner.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.layout import theme
from app.layout.blocks import Blocks, ground
from app.layout.cells import Stacked
from app.layout.channel_rows import ChannelRow, ChannelUse
from app.layout.curve_lanes import CurveLanes
from app.layout.drawing import Placed, Rect, Text
from app.layout.frame import Frame, frame_of
from app.layout.grid import Block, BlockKey, Column, CurveLane, LayoutChange, Row, StageBand
from app.layout.gutters import Gutters
from app.layout.headers import fold_rect
from app.layout.link_cache import LinkCache
from app.layout.redone import Redone
from app.layout.rows import Rows
from app.layout.sheet_legend import ID as LEGEND_ID
from app.layout.sheet_legend import SheetLegend
from app.model.diff import Diff
from app.model.document import Document
from app.model.queries import personas
from app.model.records import Lane

FOLD_WIDTH = 8.0
"""mm of a lane's header, from where reading begins, that fold it."""

FRAME_TYPES = frozenset({"map", "stage", "step", "persona", "channel"})


class MapLayout:
    """Lays a document out and answers where things are.

    The document's diffs must be passed to `update`; between them nothing changes.
    """

    _frame: Frame
    _rows: Rows
    _blocks: Blocks
    _curves: CurveLanes
    _explained: SheetLegend
    _legend: Placed | None
    _links: LinkCache
    _lane_headers: tuple[Placed, ...] | None

    def __init__(self, document: Document, today: dt.date | None = None) -> None:
        """`today` is for the sheet to say that the map's review is overdue; None: nothing is said of that."""
        self._document = document
        self._today = today
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
        return self._frame.width, self._bottom + theme.SHEET_PAD + _height(self._legend)

    @property
    def _bottom(self) -> float:
        """Where the grid ends, in mm."""
        return self.rows[-1].y + self.rows[-1].h if self.rows else self._frame.head.bottom

    @property
    def title(self) -> Placed:
        return self._frame.title

    @property
    def panels(self) -> tuple[Placed, ...]:
        """The strip of personas under the title."""
        return self._frame.panels

    @property
    def legend(self) -> Placed | None:
        """What explains the signs, under the grid; None: there is none."""
        return self._legend

    @property
    def columns(self) -> tuple[Column, ...]:
        return self._frame.columns

    @property
    def column_of(self) -> Mapping[str, Column]:
        return self._frame.column_of

    @property
    def bands(self) -> tuple[StageBand, ...]:
        return self._frame.bands

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows.rows

    @property
    def row_of(self) -> Mapping[str, Row]:
        return self._rows.row_of

    @property
    def head(self) -> Rect:
        """The strip with stage and step headers."""
        return self._frame.head

    @property
    def side(self) -> Rect:
        """The strip with the lane headers."""
        top = self._frame.head.bottom
        return Rect(self._frame.side_x, top, theme.SIDE_WIDTH, self._bottom - top)

    @property
    def stage_headers(self) -> tuple[Placed, ...]:
        return self._frame.stage_headers

    @property
    def step_headers(self) -> tuple[Placed, ...]:
        return self._frame.step_headers

    @property
    def lane_headers(self) -> tuple[Placed, ...]:
        if self._lane_headers is None:
            self._lane_headers = tuple(self._rows.header(row) for row in self.rows)
        return self._lane_headers

    @property
    def blocks(self) -> Mapping[BlockKey, Block]:
        return self._blocks

    @property
    def curves(self) -> Mapping[str, CurveLane]:
        return self._curves

    @property
    def grounds(self) -> tuple[Placed, ...]:
        """What lies behind the card lanes of a map without stages, where there are no blocks yet."""
        left, width = self._frame.grid
        if self.bands:
            return ()
        return tuple(
            Placed(row.lane, left, row.y, ground(width, row.h, (), self._rows.has_rule(row.lane)))
            for row in self.rows
            if not row.is_curve
        )

    @property
    def gutters(self) -> Gutters:
        """Where links may run."""
        return self._links.gutters

    def block(self, key: BlockKey) -> Block:
        """One block. Raises KeyError for a curve lane or an unknown key."""
        return self._blocks[key]

    def block_links(self, key: BlockKey) -> tuple[Placed, ...]:
        """The links that begin at a card of the block, on the sheet; routed when first asked for."""
        return self._links.of(key).placed

    def block_link_labels(self, key: BlockKey) -> tuple[Placed, ...]:
        """The labels of these links; they lie above all links, and cover as little as they can."""
        return self._links.labels_of(key)

    def link_at(self, x: float, y: float, reach: float) -> Placed | None:
        """The link whose label lies at a spot, else the one painted last of those that pass within `reach` mm of it."""
        return self._links.at(x, y, reach)

    def link(self, id: str) -> Placed | None:
        """A link on the sheet, without its label."""
        return self._links.find(id)

    def link_label(self, id: str) -> Placed | None:
        """The label of a link on the sheet; None: it has none."""
        return self._links.label(id)

    def label(self, lane: str, point: str) -> Text | None:
        """The label of an emotion point in mm from its lane's top-left corner; None: it has none."""
        curves = self._rows.curves.get(lane)
        return curves.label(point) if curves is not None else None

    def card(self, id: str) -> Placed | None:
        """A card on the sheet."""
        return self._rows.card(id)

    def folded_rect(self, id: str) -> Rect | None:
        """Where on the sheet a card or emotion point of a folded lane is folded up; None: it is in no such lane."""
        return self._rows.folded_rect(id)

    def fold_rect(self, lane: str) -> Rect:
        """Where a lane's header is pressed to fold or unfold it: the margin with the icon, on the sheet."""
        row, record = self.row_of[lane], self._document.store.of(Lane, lane)
        assert record is not None
        sign = fold_rect(record, self._frame.script).grown(2.0)
        return Rect(self._frame.script.x(0.0, FOLD_WIDTH, theme.SIDE_WIDTH), sign.y, FOLD_WIDTH, sign.h).moved(
            self._frame.side_x, row.y
        )

    def channel_rows(self, lane: str) -> tuple[ChannelRow, ...]:
        """The rows of a lane of channels, from its top edge; of any other lane none."""
        return self._rows.channel_rows(lane)

    @property
    def channel_use(self) -> ChannelUse:
        """Which touchpoints use which channel where."""
        return self._rows.channel_use

    def stack(self, lane: str, step: str) -> tuple[Stacked, ...]:
        """The cards of a cell from top to bottom, without those that span; y from the lane's top edge."""
        return self._rows.stack(lane, step)

    def stack_top(self, lane: str, step: str) -> float:
        """Where the first card of a cell lies, or would lie, below those that span; mm from the lane's top edge."""
        return self._rows.stack_top(lane, step)

    def cards_of_cell(self, lane: str, step: str) -> list[str]:
        """All cards that begin in a cell in their order, spanning ones too."""
        return self._rows.cards_of_cell(lane, step)

    def bars(self, lane: str) -> tuple[Placed, ...]:
        """The cards of a lane that span several steps, on the sheet."""
        return self._rows.bars(lane)

    def plot_top(self, lane: str) -> float:
        """Where value +2 of a curve lane lies, in mm below the sheet's top edge."""
        return self.row_of[lane].y + self._rows.plot_top(lane)

    def natural_height(self, lane: str) -> float:
        """How high in mm a lane is by what lies in it, without the height that it was given."""
        return self._rows.natural_height(lane)

    # Keeping up with the document

    def update(self, diff: Diff) -> LayoutChange:
        """Brings the layout up to a diff that is already in the document."""
        types = {record.type for pair in diff.values() for record in pair if record is not None}
        if "map" in types and self._document.map.language != self.language:
            self._build(self.hidden)
            return LayoutChange(frozenset(self.blocks), frozenset(self._rows.curves), True, True, True, True)
        return self._follow(diff, types)

    @property
    def hidden(self) -> frozenset[str]:
        """The kinds of lanes that are left out."""
        return self._rows.hidden

    def hide(self, kinds: frozenset[str]) -> LayoutChange:
        """Leaves out the lanes of these kinds and of no others. The document is as it was."""
        self._rows.hidden = kinds
        return self._follow({}, {"lane"})

    def whole(self) -> MapLayout:
        """The layout of the map with all its lanes, as it is printed: this one where none is hidden."""
        return MapLayout(self._document, self._today) if self.hidden else self

    def _follow(self, diff: Diff, types: set[str]) -> LayoutChange:
        old, old_rows, old_legend = self._frame, self.rows, self._legend
        old_shown = self._rows.shown_in_headers()
        redone = Redone()
        if types & FRAME_TYPES:
            self._take_frame("persona" in types, redone)
        self._rows.take(diff, types, redone)
        geometry = self.rows is not old_rows or self.columns != old.columns or self.head != old.head
        self._explained.take(diff)
        self._legend = self._legend_placed()
        is_resized = _height(self._legend) != _height(old_legend)
        headers = geometry or is_resized or "lane" in types
        headers = headers or self._headers_differ(old) or self._rows.shown_in_headers() != old_shown
        self._forget(redone, diff, types, geometry, headers)
        return LayoutChange(
            blocks=frozenset(filter(self._blocks.__contains__, redone.blocks)),
            curves=frozenset(redone.curves & self._rows.curves.keys()),
            geometry=geometry,
            headers=headers,
            links=geometry or "link" in types or self._has_links(redone) or self._has_labels(redone),
            title=self._framing(self._frame, self._legend) != self._framing(old, old_legend),
        )

    def _build(self, hidden: frozenset[str] = frozenset()) -> None:
        store = self._document.store
        self._frame = frame_of(self._document, self._today)
        self._rows = Rows(store, self._frame, self._document.media, hidden)
        self._blocks = Blocks(self._rows)
        self._links = LinkCache(store, self._rows, self._blocks)
        self._curves = CurveLanes(self._rows)
        self._explained = SheetLegend(store)
        self._legend = self._legend_placed()
        self._lane_headers = None

    def _take_frame(self, personas_changed: bool, redone: Redone) -> None:
        old, self._frame = self._frame, frame_of(self._document, self._today)
        self._rows.take_frame(self._frame, redone)
        if personas_changed or self.columns != old.columns:
            self._rows.redo_curves(redone)

    def _legend_placed(self) -> Placed | None:
        frame, is_shown = self._frame, self._document.map.legend
        people = personas(self._document.store) if is_shown else []
        drawing = self._explained.drawing(is_shown, people, frame.width, frame.script)
        return Placed(LEGEND_ID, 0.0, self._bottom + theme.SHEET_PAD, drawing) if drawing is not None else None

    def _framing(self, frame: Frame, legend: Placed | None) -> tuple[object, ...]:
        """What stands above and below the grid."""
        return frame.title, frame.panels, legend

    def _headers_differ(self, old: Frame) -> bool:
        return self._frame is not old and (
            self.stage_headers != old.stage_headers or self.step_headers != old.step_headers
        )

    def _has_links(self, redone: Redone) -> bool:
        return bool(redone.cells) and bool(self._document.store.ids_of_type("link"))

    def _has_labels(self, redone: Redone) -> bool:
        return bool(redone.curves) and self._links.has_labels

    def _forget(self, redone: Redone, diff: Diff, types: set[str], geometry: bool, headers: bool) -> None:
        """Drops what is kept of things that changed."""
        self._blocks.forget(redone.blocks)
        self._links.cells_changed(redone.cells, redone.blocks)
        self._links.curves_changed(redone.curves)
        self._links.take(diff)
        if geometry or redone.bars:
            self._links.grid_changed()
        if types & {"lane", "stage"}:
            self._blocks.forget_absent()
            self._curves.forget_absent()
        if headers:
            self._lane_headers = None


def _height(legend: Placed | None) -> float:
    return legend.drawing.h if legend is not None else 0.0
