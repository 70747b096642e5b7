"""Where to point: mostly at something that is there, for empty pixels are many and things are few."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtWidgets import QWidget

from app.canvas.items import to_qrect
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from app.canvas.scene import MapScene
    from app.window.window import MainWindow

THINGS: Final = (
    ("card",) * 6 + ("emotion_point",) * 3 + ("link", "stage", "step", "step", "lane", "edge", "handle", "title")
)
STRIPS: Final = {"stage": "head", "step": "head", "edge": "head", "lane": "side"}


def aim(window: MainWindow, chance: Random) -> tuple[str, QPoint]:
    """What is aimed at, and where that is in the window."""
    dice = chance.random()
    if window.session is not None and dice < 0.8:
        return _on_map(window, chance)
    if dice < 0.95:
        return _at_widget(window, chance)
    return "pixel", _somewhere(QRect(QPoint(), window.size()), chance)


def on_map(window: MainWindow, chance: Random) -> tuple[str, QPoint]:
    """A spot on the canvas; somewhere in the window where there is none."""
    return _on_map(window, chance) if window.session is not None else aim(window, chance)


def _on_map(window: MainWindow, chance: Random) -> tuple[str, QPoint]:
    view = window.view
    scene, viewport = view.map_scene(), view.viewport()
    found = _thing(scene, chance) if scene is not None and chance.random() < 0.75 else None
    if scene is None or found is None:
        return "ground", viewport.mapTo(window, _somewhere(viewport.rect(), chance))
    name, area = found
    strip = {"head": scene.head, "side": scene.side}.get(STRIPS.get(name, ""))
    rect = to_qrect(area).translated(strip.pos()) if strip is not None else to_qrect(area)
    spot = view.viewportTransform().map(_in_rect(rect.topLeft(), rect.width(), rect.height(), chance)).toPoint()
    if not viewport.rect().contains(spot) and chance.random() < 0.7:
        view.reveal(area)
        spot = view.viewportTransform().map(_in_rect(rect.topLeft(), rect.width(), rect.height(), chance)).toPoint()
    inside = viewport.rect()
    spot = QPoint(min(max(spot.x(), 0), inside.right()), min(max(spot.y(), 0), inside.bottom()))
    return name, viewport.mapTo(window, spot)


def _in_rect(corner: QPointF, w: float, h: float, chance: Random) -> QPointF:
    """The middle, or anywhere."""
    across, down = (0.5, 0.5) if chance.random() < 0.6 else (chance.random(), chance.random())
    return QPointF(corner.x() + w * across, corner.y() + h * down)


def _thing(scene: MapScene, chance: Random) -> tuple[str, Rect] | None:
    """Something on the map: what it is, and its rectangle (mm)."""
    name = chance.choice(THINGS)
    layout = scene.layout
    if name == "title":
        return name, layout.title.rect
    if name == "handle":
        at = scene.handle.at
        return (name, Rect(at[0], at[1], 0.0, 0.0)) if at is not None else None
    if name == "edge":
        columns = layout.columns
        column = chance.choice(columns) if columns else None
        return (name, Rect(column.x + column.w, layout.head.bottom - 4.0, 0.0, 0.0)) if column is not None else None
    ids = sorted(scene.document.store.ids_of_type(name))
    outline = scene.outline(chance.choice(ids)) if ids else None
    return (name, outline.rect) if outline is not None else None


def _at_widget(window: MainWindow, chance: Random) -> tuple[str, QPoint]:
    """A widget that is in sight, wherever it is in the window."""
    frame = QRect(QPoint(), window.size())
    seen = [
        (child, area)
        for child in window.findChildren(QWidget)
        if child.isVisible() and not child.isWindow()
        for area in [QRect(child.mapTo(window, QPoint()), child.size()).intersected(frame)]
        if not area.isEmpty()
    ]
    if not seen:
        return "nothing", QPoint(1, 1)
    child, area = chance.choice(seen)
    return type(child).__name__, _somewhere(area, chance) if chance.random() < 0.4 else area.center()


def _somewhere(area: QRect, chance: Random) -> QPoint:
    return QPoint(chance.randint(area.left(), area.right()), chance.randint(area.top(), area.bottom()))
