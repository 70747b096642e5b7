"""The links of the map as items, one per block. Routing takes time, so it is done in slices, what is in view first."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from app.canvas.items import DrawingsItem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.layout.drawing import Placed
    from app.layout.engine import MapLayout
    from app.layout.grid import BlockKey

SLICE: Final = 0.006
"""Seconds of work between two turns of the event loop."""

LEAST_ZOOM: Final = 0.2
"""Below this zoom links are not painted: they would be a grey haze."""


class LinkItems(QObject):
    """Makes, keeps and drops the items of links."""

    def __init__(self, scene: QGraphicsScene, layout: MapLayout, z: float) -> None:
        super().__init__(scene)
        self._scene = scene
        self._layout = layout
        self._z = z
        self._items: dict[BlockKey, DrawingsItem] = {}
        self._waiting: dict[BlockKey, None] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._work)

    def refresh(self, blocks: Mapping[BlockKey, QGraphicsItem]) -> None:
        """All links have to be looked at again; the old ones stay until they are."""
        for key in self._items.keys() - blocks.keys():
            self._scene.removeItem(self._items.pop(key))
        seen = self._in_view()
        near = [key for key, block in blocks.items() if block.sceneBoundingRect().intersects(seen)]
        self._waiting = dict.fromkeys([*near, *blocks])
        self._timer.start()

    def finish(self) -> None:
        """Does now what is still to be done."""
        for key in list(self._waiting):
            self._route(key)
        self._timer.stop()

    def stop(self) -> None:
        self._waiting.clear()
        self._timer.stop()

    def find(self, id: str) -> Placed | None:
        """A link by its id."""
        shown = (one.placed for item in self._items.values() for one in item.showing)
        return next((placed for placed in shown if placed.id == id), None)

    def _work(self) -> None:
        end = time.perf_counter() + SLICE
        while self._waiting and time.perf_counter() < end:
            self._route(next(iter(self._waiting)))
        if not self._waiting:
            self._timer.stop()

    def _route(self, key: BlockKey) -> None:
        del self._waiting[key]
        links = self._layout.block_links(key)
        item = self._items.get(key)
        if item is None and links:
            item = self._items[key] = DrawingsItem(self._z, LEAST_ZOOM)
            self._scene.addItem(item)
        if item is not None and [one.placed for one in item.showing] != list(links):
            item.set_drawings(links)

    def _in_view(self) -> QRectF:
        views = self._scene.views()
        if not views:
            return QRectF()
        view = views[0]
        return view.mapToScene(view.viewport().rect()).boundingRect()
