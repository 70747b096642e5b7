"""The scene: one item for each part of the laid-out map, kept up to date by the document's diffs.

Scene coordinates are those of the sheet, in millimetres.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from app.canvas import viewers
from app.canvas.backdrops import Backdrops
from app.canvas.cell_items import CellItem, cell_spot
from app.canvas.comment_marks import CommentLayer
from app.canvas.first_steps import FirstStepsItem
from app.canvas.fold_mark import FoldMark
from app.canvas.handle import LinkHandle
from app.canvas.header_item import HeaderItem
from app.canvas.idle import Idle
from app.canvas.items import (
    BlockItem,
    DrawingsItem,
    GroundItem,
    PaperEdgeItem,
    PaperItem,
    still_there,
    to_qrect,
)
from app.canvas.lane_items import LaneItems
from app.canvas.link_items import LinkItems
from app.canvas.outlines import outline_of
from app.canvas.overlay import FloatItem, Outline, OutlineItem, TargetItem
from app.canvas.painter import PX_PER_MM, Detail, Exposed, detail_at
from app.canvas.pictures import Refreshing
from app.canvas.sketch import BandItem, SketchItem
from app.layout.drawing import Placed, Rect
from app.layout.fields import PART_OF
from app.model.beside import Backdrop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.canvas.map_filter import MapFilter
    from app.canvas.selection import Cell, Selection
    from app.layout.engine import MapLayout
    from app.layout.fields import Part
    from app.layout.grid import BlockKey, CurveLane, LayoutChange
    from app.model.diff import Diff
    from app.model.document import Document

Z_PAPER, Z_TITLE, Z_GROUND, Z_TARGET, Z_BLOCK, Z_LINK, Z_MARK, Z_OUTLINE, Z_FLOAT = range(9)
Z_SIDE, Z_HEAD, Z_CORNER, Z_EDGE, Z_LIFTED = range(9, 14)

Z_BACKDROP: Final = Z_GROUND + 0.5

FRAME: Final = frozenset({"map", "stage", "step", "lane"})
"""Types of records that the ground of the map depends on."""


class MapScene(QGraphicsScene):
    """The map as items. `close` it when another takes its place."""

    relaid = Signal()
    """The map has changed, and so has what is on the scene."""

    def __init__(
        self,
        document: Document,
        layout: MapLayout,
        selection: Selection,
        map_filter: MapFilter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.layout = layout
        self.selection = selection
        self.exposed: tuple[Exposed, Exposed] | None = None
        """While the view paints: what is exposed, without and with what the headers cover; mm of the sheet."""
        self.map_filter = map_filter
        self._visible, self._prepared = QRectF(), QRectF()
        self._paper = PaperItem(Z_PAPER)
        self._edge = PaperEdgeItem(Z_EDGE)
        self._title, self._legend = (DrawingsItem(Z_TITLE, detail=Detail.TITLES) for _ in range(2))
        self.head = HeaderItem(Z_HEAD, upright=False)
        self.side = HeaderItem(Z_SIDE, upright=True)
        self.corner = HeaderItem(Z_CORNER, upright=False)
        self.outlines = OutlineItem(Z_OUTLINE)
        self.head_outlines = OutlineItem(Z_OUTLINE, self.head, on_headers=True)
        self.side_outlines = OutlineItem(Z_OUTLINE, self.side, on_headers=True)
        self._comments = CommentLayer(self, Z_OUTLINE + 0.5)
        self.fold_mark = FoldMark(Z_OUTLINE, self.side)
        self.target, self.mark = TargetItem(Z_TARGET), TargetItem(Z_MARK)
        self.floating = FloatItem(Z_FLOAT)
        self.band = BandItem(Z_FLOAT)
        self.sketch = SketchItem(Z_FLOAT)
        self.cell = CellItem(Z_OUTLINE)
        self.hover = CellItem(Z_TARGET, is_faint=True)
        self.lifted_target = TargetItem(Z_LIFTED)
        self.lifted = FloatItem(Z_LIFTED)
        self.lifted.is_on_top = self.lifted_target.is_on_top = True
        for item in (self._paper, self._edge, self._title, self._legend, self.head, self.side, self.corner):
            self.addItem(item)
        self._first_steps = FirstStepsItem(Z_PAPER)
        overlays = (self.outlines, self.target, self.mark, self.floating, self.band, self.sketch, self._first_steps)
        for overlay in (*overlays, self.lifted_target, self.lifted, self.cell, self.hover):
            self.addItem(overlay)
        self.handle = LinkHandle(self, Z_OUTLINE)
        self.backdrops = Backdrops(self, document, Z_BACKDROP, Z_PAPER - 1, Z_OUTLINE)
        self._lanes = LaneItems(self, layout, document.store, Z_GROUND, Z_BLOCK)
        self.idle = Idle(self)
        self._links = LinkItems(self, layout, self.idle, Z_LINK, self._outline_links)
        self._pictures = Refreshing(self.items, self)
        self._fill()
        self._let_go = partial(_let_go, document, document.subscribe(self._on_diff), viewers.look())
        self.destroyed.connect(self._let_go)  # where nobody closes it
        selection.changed.connect(self._show_selection)
        map_filter.changed.connect(self._show_filter)
        self._show_selection()

    def close(self) -> None:
        """Stops listening; the scene shows what it showed and is not used any more."""
        self.destroyed.disconnect(self._let_go)
        self._let_go()
        self.idle.stop()
        self._pictures.stop()
        self.selection.changed.disconnect(self._show_selection)
        self.map_filter.changed.disconnect(self._show_filter)

    # What gestures ask for

    @property
    def first_sight(self) -> tuple[float, float]:
        """From where to where across, in mm, one looks at first: at the sheet, and at the first steps beside it."""
        return self._first_steps.beside(self.layout.size[0])

    @property
    def grounds(self) -> dict[str, GroundItem]:
        return self._lanes.grounds

    @property
    def blocks(self) -> dict[BlockKey, BlockItem]:
        return self._lanes.blocks

    @property
    def curve_lanes(self) -> dict[str, CurveLane]:
        return self._lanes.curve_lanes

    def set_holes(self, ids: frozenset[str]) -> None:
        """Shows these cards as outlines only."""
        self._lanes.set_holes(ids)

    def hide_outlines(self, are_hidden: bool) -> None:
        """Takes the outlines of the selection away while what is selected floats above."""
        for item in (self.outlines, self.head_outlines, self.side_outlines):
            item.setVisible(not are_hidden)
        self.handle.hide(are_hidden)

    @contextmanager
    def undimmed(self) -> Iterator[None]:
        """For a while all cards are shown alike, whatever one looks at."""
        dimmed = self._lanes.dimmed
        self._lanes.dim(frozenset())
        yield
        self._lanes.dim(dimmed)

    def finish(self) -> None:
        """Does now what waits for its turn, such as the routing of links."""
        self.idle.finish()

    def spot(self, x: float, y: float) -> tuple[float, float] | None:
        """A place on the scene in terms of the layout: what is under a header that stays in sight is that header.

        None in the corner between the headers.
        """
        head, side = self.head, self.side
        in_head = head.strip.moved(0.0, head.y()).contains(x, y)
        in_side = side.strip.moved(side.x(), 0.0).contains(x, y)
        in_corner = self.corner.strip.moved(self.corner.x(), self.corner.y()).contains(x, y)
        if in_corner and not (head.pos().isNull() and side.pos().isNull()):
            return None
        if in_head:
            return x, y - head.y()
        return (x - side.x(), y) if in_side else (x, y)

    def covered(self) -> list[QRectF]:
        """What the headers cover, in mm of the sheet: nothing below them needs to be painted."""
        headers = (self.head, self.side, self.corner)
        return [to_qrect(header.strip).translated(header.pos()) for header in headers]

    def outline(self, id: str) -> Outline | None:
        """Where a record is on the scene."""
        return outline_of(self, id)

    def part_of(self, id: str | None) -> Part:
        """The part of the sheet in which a record lies."""
        record = self.document.store.get(id)
        return PART_OF.get(record.type, "sheet") if record is not None else "sheet"

    def header(self, part: Part) -> HeaderItem | None:
        """The strip of headers of a part of the sheet; the sheet itself is none."""
        return {"head": self.head, "side": self.side}.get(part)

    def current_area(self) -> Rect | None:
        """Where the keyboard is: the record it goes on from, or the cell."""
        current, cell = self.selection.current, self.selection.cell
        outline = self.outline(current) if current is not None else None
        spot = cell_spot(self.layout, cell) if outline is None and cell is not None else None
        return outline.rect if outline is not None else spot.area if spot is not None else None

    def point_at(self, cell: Cell | None) -> None:
        """Shows that a card can be written in the cell under the mouse; None: in none."""
        self.hover.show_at(cell_spot(self.layout, cell) if cell is not None else None)

    def fold_area(self, lane: str) -> Rect | None:
        """Where a lane's header folds the lane, beside its title as it now stands; None: the lane is not there."""
        if lane not in self.layout.row_of:
            return None
        return self.layout.fold_rect(lane).moved(0.0, self.side.title_shift(lane))

    def hover_lane(self, lane: str | None, *, is_on_sign: bool = False) -> None:
        """The mouse is over a lane's header, None: over none."""
        row = self.layout.row_of.get(lane or "")
        area = self.fold_area(row.lane) if row is not None else None
        self.fold_mark.show_at(area, is_folded=row is not None and row.is_folded, is_lit=is_on_sign)

    def link_shown(self, id: str) -> Placed | None:
        """A link as it is drawn."""
        return self._links.find(id) or self.layout.link(id)

    # Headers that stay in sight

    def stick(self, visible: QRectF) -> None:
        """Shifts the headers so that they are in the visible part of the scene."""
        if visible != self._visible:
            self._visible = visible
            self._look(visible)
        head, side = self.layout.head, self.layout.side
        width, height = self.layout.size
        dy = min(max(0.0, visible.top() - head.y), max(0.0, height - head.bottom))
        if self.layout.rtl:
            dx = max(min(0.0, visible.right() - side.right), min(0.0, -side.x))
        else:
            dx = min(max(0.0, visible.left() - side.x), max(0.0, width - side.right))
        self.head.shift(0.0, dy)
        self.side.shift(dx, 0.0)
        self.corner.shift(dx, dy)
        self._slide_titles(visible, side.moved(dx, 0.0), head.moved(0.0, dy))

    def _slide_titles(self, visible: QRectF, side: Rect, head: Rect) -> None:
        """Keeps the titles of headers in sight, beside the strips as they now lie."""
        if visible.isEmpty():
            return
        left, right = (visible.left(), side.x) if self.layout.rtl else (side.right, visible.right())
        self.head.slide(left, right)
        self.side.slide(head.bottom, visible.bottom())

    @contextmanager
    def headers_at_home(self) -> Iterator[None]:
        """For a while the headers are where they belong on the sheet."""
        seen = self._visible
        for header in (self.head, self.side, self.corner):
            header.shift(0.0, 0.0)
            header.titles_home()
        try:
            yield
        finally:
            self.stick(seen)

    def _look(self, visible: QRectF) -> None:
        """Another part of the map is in view."""
        if self._links.is_waiting:
            self._links.look(self._keys_in(visible))
        across, down = visible.width() / 2, visible.height() / 2
        if not self._prepared.contains(visible.adjusted(-across / 2, -down / 2, across / 2, down / 2)):
            self._prepared = visible.adjusted(-across, -down, across, down)
            self.idle.soon("ahead", self._prepare())

    def _keys_in(self, area: QRectF) -> list[BlockKey]:
        return [item.key for item in self.items(area) if isinstance(item, BlockItem)]

    def _prepare(self) -> Iterator[None]:
        """Makes ready to paint what is around the visible part, so that it comes in without delay."""
        detail = detail_at(self.zoom)
        if detail is Detail.COARSE:
            return
        for item in still_there(self.items(self._prepared)):
            if isinstance(item, BlockItem):
                yield from item.prepare(detail)

    @property
    def zoom(self) -> float:
        """At which it is shown, 1.0 being 100 %."""
        views = self.views()
        return views[0].transform().m11() / PX_PER_MM if views else 1.0

    # Keeping up with the map

    def _on_diff(self, diff: Diff) -> None:
        lanes_changed = any(record.type in FRAME for pair in diff.values() for record in pair if record is not None)
        self._apply(self.layout.update(diff), lanes_changed)
        if any(isinstance(record, Backdrop) for pair in diff.values() for record in pair):
            self.backdrops.refresh()
        self.selection.forget(id for id, (_, after) in diff.items() if after is None)
        self._follow_layout()

    def _follow_layout(self) -> None:
        """Lets what lies above the map follow it to where it lies now."""
        self._show_selection()
        self.hover_lane(None)
        self._first_steps.look(self.layout, self.document.store)
        self._comments.refresh()
        self.relaid.emit()

    def _fill(self) -> None:
        self._lanes.refresh_blocks(frozenset(self.layout.blocks), lanes_changed=True)
        self._lanes.refresh_curves(frozenset(self.layout.curves))
        self._set_framing()
        self._set_headers()
        self._first_steps.look(self.layout, self.document.store)
        self._links.refresh(self.blocks, self._keys_in(self._visible))
        self._comments.refresh()

    def _apply(self, change: LayoutChange, lanes_changed: bool) -> None:
        if change.geometry or change.blocks:
            self._lanes.refresh_blocks(change.blocks, lanes_changed=lanes_changed)
        if change.geometry or change.curves:
            self._lanes.refresh_curves(change.curves)
        if change.title or change.geometry:
            self._set_framing()
        if change.headers or change.geometry:
            self._set_headers()
        if change.links:
            self._links.refresh(self.blocks, self._keys_in(self._visible))

    def _set_framing(self) -> None:
        """Shows what stands above and below the grid."""
        layout = self.layout
        self._title.set_drawings([layout.title, *layout.panels])
        self._legend.set_drawings([layout.legend] if layout.legend is not None else [])

    def _show_filter(self) -> None:
        """Other personas or lanes are looked at, or a card is about others now."""
        if self.map_filter.hidden_lanes != self.layout.hidden:
            self._apply(self.layout.hide(self.map_filter.hidden_lanes), True)
            cell = self.selection.cell
            shown = [*self.selection, *((cell.lane,) if cell is not None else ())]
            self.selection.forget([id for id in shown if self.map_filter.is_hidden(id)])
            self._follow_layout()
        self._lanes.dim(self.map_filter.dimmed)

    def _set_headers(self) -> None:
        layout = self.layout
        head, side = layout.head, layout.side
        self._paper.set_size(layout.size)
        self._edge.set_size(layout.size)
        self.head.set_headers(head, [*layout.stage_headers, *layout.step_headers], layout.rtl)
        self.side.set_headers(side, layout.lane_headers, layout.rtl)
        self.corner.set_headers(Rect(side.x, head.y, side.w, head.h), (), layout.rtl)
        self.stick(self._visible)

    def _outline_links(self) -> None:
        """Links are routed later than what they join, and their outlines follow."""
        if self.selection.ids & self.document.store.ids_of_type("link"):
            self._show_selection()

    def _show_selection(self) -> None:
        groups: dict[OutlineItem, list[Outline]] = {self.outlines: [], self.head_outlines: [], self.side_outlines: []}
        places = {"stage": self.head_outlines, "step": self.head_outlines, "lane": self.side_outlines}
        for id in self.selection:
            record, outline = self.document.store.get(id), self.outline(id)
            if record is not None and outline is not None:
                groups[places.get(record.type, self.outlines)].append(outline)
        for item, outlines in groups.items():
            item.set_outlines(tuple(outlines))
        self.handle.refresh()
        cell = self.selection.cell
        self.cell.show_at(
            cell_spot(self.layout, cell) if cell is not None else None, is_lined=self.selection.current is None
        )


def _let_go(document: Document, unsubscribe: Callable[[], None], leave: Callable[[], None]) -> None:
    """Leaves the document to others: what was being dragged or written on the scene is put back."""
    unsubscribe()
    document.abandon()
    leave()
