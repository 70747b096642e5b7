"""The lanes of the map as items: a ground under each, its cells in blocks, and the curves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from app.canvas.items import BlockItem, DrawingsItem, Ground, GroundItem
from app.layout.drawing import Drawing, Placed, Rect
from app.model.records import Card

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.layout.grid import BlockKey, CurveLane, Row
    from app.model.store import RecordGraph

CACHED: Final = QGraphicsItem.CacheMode.DeviceCoordinateCache


class LaneItems:
    """Makes, keeps and drops the items of lanes; knows which of their cards float above, and which are dimmed."""

    def __init__(
        self, scene: QGraphicsScene, layout: MapLayout, store: RecordGraph, z_ground: float, z_block: float
    ) -> None:
        self._scene = scene
        self._layout = layout
        self._store = store
        self._z_ground = z_ground
        self._z_block = z_block
        self.blocks: dict[BlockKey, BlockItem] = {}
        self.grounds: dict[str, GroundItem] = {}
        self.curve_lanes: dict[str, CurveLane] = {}
        """As they are shown."""
        self.dimmed: frozenset[str] = frozenset()
        """The cards that are shown as not looked at."""
        self.holes: frozenset[str] = frozenset()
        """The cards that float above, and are shown as outlines here."""
        self._curves: dict[str, DrawingsItem] = {}
        self._holed: set[BlockKey] = set()

    # Cards that are shown otherwise

    def set_holes(self, ids: frozenset[str]) -> None:
        """Shows these cards as outlines only."""
        self.holes = ids
        self._show_holes()

    def dim(self, ids: frozenset[str]) -> None:
        """Shows these cards, and no others, as not looked at."""
        turned, self.dimmed = self.dimmed ^ ids, ids
        concerned = {key for id in turned if (key := self._block_of(id)) is not None}
        for key, item in self.blocks.items():
            item.set_dimmed(ids, is_concerned=key in concerned)

    def _show_holes(self) -> None:
        """Tells each block which of its cards float above; a card may have changed blocks since."""
        by_block: dict[BlockKey, set[str]] = {}
        for id in self.holes:
            key = self._block_of(id)
            if key is not None:
                by_block.setdefault(key, set()).add(id)
        for key in self._holed | by_block.keys():
            if key in self.blocks:
                self.blocks[key].set_holes(frozenset(by_block.get(key, ())))
        self._holed = set(by_block)

    def _block_of(self, card_id: str) -> BlockKey | None:
        card = self._store.of(Card, card_id)
        return (card.lane, self._layout.column_of[card.step].stage) if card is not None else None

    # Keeping up with the map

    def refresh_blocks(self, changed: frozenset[BlockKey], *, lanes_changed: bool) -> None:
        """Puts blocks and grounds where they belong, and shows the changed blocks anew."""
        layout = self._layout
        present: set[BlockKey] = set()
        other_ground = {lane for lane, _ in changed if layout.channel_rows(lane)}
        for place, row in enumerate(layout.rows):
            if row.is_curve:
                continue
            reaching = bool(layout.bars(row.lane))
            self._set_ground(row, place, lanes_changed or row.lane in other_ground)
            for band in layout.bands:
                key = (row.lane, band.stage)
                present.add(key)
                self._set_block(key, Rect(band.x, row.y, band.w, row.h), key in changed, reaching)
        for key in self.blocks.keys() - present:
            self._scene.removeItem(self.blocks.pop(key))
        for lane in self.grounds.keys() - {lane for lane, _ in present}:
            self._scene.removeItem(self.grounds.pop(lane))
        self._show_holes()

    def refresh_curves(self, changed: frozenset[str]) -> None:
        """Puts the curves where they belong, and shows the changed ones anew."""
        lanes = self._layout.curves
        places = {row.lane: place for place, row in enumerate(self._layout.rows)}
        for lane, curve in lanes.items():
            item = self._curves.get(lane)
            is_known = item is not None
            if item is None:
                item = self._curves[lane] = DrawingsItem(self._z_ground)
                self._scene.addItem(item)
            item.setZValue(self._ground_z(places[lane]))
            if is_known and lane not in changed and self.curve_lanes[lane].rect == curve.rect:
                continue
            item.set_drawings([Placed(lane, curve.rect.x, curve.rect.y, curve.drawing)])
        self.curve_lanes = dict(lanes)
        for lane in self._curves.keys() - lanes.keys():
            self._scene.removeItem(self._curves.pop(lane))

    def _set_ground(self, row: Row, place: int, is_changed: bool) -> None:
        item = self.grounds.get(row.lane)
        if item is None:
            item = self.grounds[row.lane] = GroundItem(self._z_ground)
            self._scene.addItem(item)
        bands = self._layout.bands
        shape_key = row.h, self._layout.columns, tuple((band.stage, band.x, band.w) for band in bands)
        if not is_changed and item.shape_key == shape_key:
            item.setPos(item.x(), row.y)
            item.setZValue(self._ground_z(place))
            return
        item.shape_key = shape_key
        item.setZValue(self._ground_z(place))
        left = min((band.x for band in bands), default=0.0)
        width = sum(band.w for band in bands)
        item.set_lane(
            Rect(left, row.y, width, row.h),
            [Ground(band.x - left, band.w, partial(self._background, (row.lane, band.stage))) for band in bands],
        )

    def _background(self, key: BlockKey) -> Drawing:
        return self._layout.block(key).background

    def _set_block(self, key: BlockKey, rect: Rect, is_changed: bool, reaching: bool) -> None:
        fetch = partial(self._layout.block, key)
        item = self.blocks.get(key)
        if item is None:
            item = self.blocks[key] = BlockItem(self._z_block, key, fetch)
            item.setCacheMode(CACHED)
            item.set_dimmed(self.dimmed, is_concerned=False)
            self._scene.addItem(item)
        elif not is_changed and item.size == (rect.w, rect.h):
            item.place(rect)
            return
        item.set_block(fetch, rect, reaching)

    def _ground_z(self, place: int) -> float:
        """Each lane lies a little above the next, so that the line below it is not covered."""
        return self._z_ground - place / 10_000
