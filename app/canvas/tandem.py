"""Two views of two maps that are scrolled and zoomed as one, stage beside stage and lane beside lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from app.layout.alignment import Alignment

if TYPE_CHECKING:
    from app.canvas.looking_view import LookingView


class Tandem(QObject):
    """Whichever view is moved leads, and the other follows."""

    def __init__(self, first: LookingView, second: LookingView, parent: QObject) -> None:
        super().__init__(parent)
        self._is_following = False
        self._ways: dict[LookingView, tuple[LookingView, Alignment]] = {}
        self._views = first, second
        first.looked.connect(lambda: self._follow(first))
        second.looked.connect(lambda: self._follow(second))

    def align(self) -> None:
        """The views show other maps now."""
        first, second = self._views
        scenes = first.map_scene(), second.map_scene()
        self._ways = {}
        if scenes[0] is not None and scenes[1] is not None:
            here, there = scenes[0].layout, scenes[1].layout
            self._ways = {first: (second, Alignment(here, there)), second: (first, Alignment(there, here))}
            self._follow(second)

    def _follow(self, leader: LookingView) -> None:
        if self._is_following or leader not in self._ways:
            return
        follower, alignment = self._ways[leader]
        corner = leader.corner
        spot, (x, y) = leader.viewportTransform().map(corner), alignment.place(corner.x(), corner.y())
        scene = follower.map_scene()
        if scene is not None and scene.layout.rtl:
            spot.setX(spot.x() + follower.viewport().width() - leader.viewport().width())
        self._is_following = True
        try:
            follower.bring(QPointF(x, y), spot, leader.zoom)
        finally:
            self._is_following = False
