"""The links of the map as items, two per block: lines and labels.

Routing takes time, so it waits its turn, what is in view first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene

from app.canvas.items import DrawingsItem
from app.canvas.painter import FULL_FROM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.canvas.idle import Idle
    from app.layout.drawing import Placed
    from app.layout.engine import MapLayout
    from app.layout.grid import BlockKey

LEAST_ZOOM: Final = 0.2
"""Below this zoom links are not painted: they would be a grey haze."""

ABOVE: Final = 0.5
"""So much the labels lie above the lines, all of them above all lines."""


class LinkItems(QObject):
    """Makes, keeps and drops the items of links. `rerouted` is called when some take another way."""

    def __init__(
        self, scene: QGraphicsScene, layout: MapLayout, idle: Idle, z: float, rerouted: Callable[[], None]
    ) -> None:
        super().__init__(scene)
        self._rerouted = rerouted
        self._scene = scene
        self._layout = layout
        self._idle = idle
        self._z = z
        self._lines: dict[BlockKey, DrawingsItem] = {}
        self._labels: dict[BlockKey, DrawingsItem] = {}
        self._waiting: dict[BlockKey, None] = {}

    @property
    def is_waiting(self) -> bool:
        """True while some links are still to be looked at."""
        return bool(self._waiting)

    def refresh(self, blocks: Mapping[BlockKey, QGraphicsItem], seen: list[BlockKey]) -> None:
        """All links have to be looked at again; the old ones stay until they are."""
        for items in (self._lines, self._labels):
            for key in items.keys() - blocks.keys():
                self._scene.removeItem(items.pop(key))
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
        shown = (one.placed for item in self._lines.values() for one in item.showing)
        return next((placed for placed in shown if placed.id == id), None)

    def _route_all(self, keys: list[BlockKey]) -> Iterator[None]:
        for key in keys:
            if key in self._waiting:
                del self._waiting[key]
                self._route(key)
                yield

    def _route(self, key: BlockKey) -> None:
        self._show(key, self._lines, self._layout.block_links(key), self._z, LEAST_ZOOM)
        self._show(key, self._labels, self._layout.block_link_labels(key), self._z + ABOVE, FULL_FROM)

    def _show(
        self, key: BlockKey, items: dict[BlockKey, DrawingsItem], drawn: tuple[Placed, ...], z: float, least: float
    ) -> None:
        """Shows drawings from a zoom on: labels only where they can be read, for their paper interrupts the lines."""
        item = items.get(key)
        if item is None and drawn:
            item = items[key] = DrawingsItem(z, least)
            self._scene.addItem(item)
        if item is not None and [one.placed for one in item.showing] != list(drawn):
            item.set_drawings(drawn)
            self._rerouted()
