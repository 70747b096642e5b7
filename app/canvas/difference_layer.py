"""The marks of a comparison over a scene; those on headers go along with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.canvas.items import DrawingsItem
from app.canvas.painter import Detail
from app.canvas.scene import Z_LINK

if TYPE_CHECKING:
    from app.canvas.scene import MapScene
    from app.layout.difference import Marks


class DifferenceLayer:
    """What lies over a map while it is compared with another. It goes with its scene."""

    def __init__(self, scene: MapScene) -> None:
        z = Z_LINK + 0.5
        self._on_sheet = DrawingsItem(z, detail=Detail.TITLES)
        self._on_head = DrawingsItem(z, detail=Detail.TITLES, parent=scene.head)
        self._on_side = DrawingsItem(z, detail=Detail.TITLES, parent=scene.side)
        scene.addItem(self._on_sheet)

    def show_marks(self, marks: Marks) -> None:
        """Shows other marks."""
        self._on_sheet.set_drawings(marks.sheet)
        self._on_head.set_drawings(marks.head)
        self._on_side.set_drawings(marks.side)
