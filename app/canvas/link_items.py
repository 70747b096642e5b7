"""The links of the map as items, one per block. Routing takes time, so it waits its turn, what is in view first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from app.canvas.items import DrawingsItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.canvas.idle import Idle
    from app.layout.drawing import Placed
    from app.layout.engine import MapLayout
    from app.layout.grid import BlockKey

LEAST_ZOOM: Final = 0.2
"""Below this zoom links are not painted: they would be a grey haze."""


class LinkItems(QObject):
    """Makes, keeps and drops the items of links."""

    rerouted = Signal()
    """Some links take another way now."""

    def __init__(self, scene: QGraphicsScene, layout: MapLayout, idle: Idle, z: float) -> None:
        super().__init__(scene)
        self._scene = scene
        self._layout = layout
        self._idle = idle
        self._z = z
        self._items: dict[BlockKey, DrawingsItem] = {}
        self._waiting: dict[BlockKey, None] = {}

    @property
    def is_waiting(self) -> bool:
        """True while some links are still to be looked at."""
        return bool(self._waiting)

    def refresh(self, blocks: Mapping[BlockKey, QGraphicsItem], seen: list[BlockKey]) -> None:
        """All links have to be looked at again; the old ones stay until they are."""
        for key in self._items.keys() - blocks.keys():
            self._scene.removeItem(self._items.pop(key))
        self._waiting = dict.fromkeys(blocks)
        self.look(seen)
        self._idle.later("links", self._route_all(list(blocks)))

    def look(self, seen: list[BlockKey]) -> None:
        """These blocks are in view."""
        near = [key for key in seen if key in self._waiting]
        if near:
            self._idle.soon("links", self._route_all(near))

    def find(self, id: str) -> Placed | None:
        """A link by its id."""
        shown = (one.placed for item in self._items.values() for one in item.showing)
        return next((placed for placed in shown if placed.id == id), None)

    def _route_all(self, keys: list[BlockKey]) -> Iterator[None]:
        for key in keys:
            if key in self._waiting:
                del self._waiting[key]
                self._route(key)
                yield

    def _route(self, key: BlockKey) -> None:
        links = self._layout.block_links(key)
        item = self._items.get(key)
        if item is None and links:
            item = self._items[key] = DrawingsItem(self._z, LEAST_ZOOM)
            self._scene.addItem(item)
        if item is not None and [one.placed for one in item.showing] != list(links):
            item.set_drawings(links)
            self.rerouted.emit()
