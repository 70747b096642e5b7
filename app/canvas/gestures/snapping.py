"""Where an emotion point goes below the mouse: on the middle of a step or of a card near it, and for which persona."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from app.canvas.insertion import OnCurve
from app.layout import lookup
from app.model.lanes import lane_kind
from app.model.queries import personas
from app.model.records import EmotionPoint, Lane

if TYPE_CHECKING:
    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene
    from app.layout.engine import MapLayout
    from app.layout.grid import CurvePlace, PointMark
    from app.model.fields import Measure

REACH: Final = 2.0
"""mm from a middle within which a point is drawn to it."""

CLOSE: Final = 4.0
"""mm from a curve that shows something else than the rest of its lane, within which a new point joins it."""


def snapped(layout: MapLayout, x: float, modifiers: Qt.KeyboardModifier) -> tuple[float, bool]:
    """The x of the middle of a step or spanning card that is near, and True; else x itself. Alt lets it be."""
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return x, False
    column = lookup.column_at(layout, x)
    middles = [column.x + column.w / 2] if column is not None else []
    middles += [bar.x + bar.rect.w / 2 for row in layout.rows if not row.is_curve for bar in layout.bars(row.lane)]
    near = min(middles, key=lambda middle: abs(middle - x), default=None)
    return (near, True) if near is not None and abs(near - x) <= REACH else (x, False)


def rounded(place: CurvePlace) -> CurvePlace:
    return place._replace(at=round(place.at, 3), value=round(place.value, 2))


def point_place(scene: MapScene, spot: Spot) -> CurvePlace | None:
    """Where a new point would go; None outside the curve lanes."""
    if spot.on_map is None:
        return None
    x, _ = snapped(scene.layout, spot.on_map[0], spot.modifiers)
    place = lookup.curve_place(scene.layout, x, spot.on_map[1])
    return rounded(place) if place is not None else None


def on_curve(scene: MapScene, spot: Spot, without: str | None = None) -> OnCurve | None:
    """Where a new point would go, on the curve that is near; None outside the curve lanes.

    `without`: a point that is left out of account, because it is the one that is being placed.
    """
    place = point_place(scene, spot)
    if place is None or spot.on_map is None:
        return None
    return OnCurve(place, *near_curve(scene, place.lane, *spot.on_map, without))


def near_curve(
    scene: MapScene, lane: str, x: float, y: float, without: str | None = None
) -> tuple[str | None, Measure | None]:
    """The persona, and the measure where a point must name it, of the curve that a new point at a spot would join.

    That is the nearest one of those that show what the lane is for, or of all where one runs close by; without any the
    first persona's. None: there is none.
    """
    tracks: dict[tuple[str, Measure | None], list[PointMark]] = {}
    record = scene.document.store.of(Lane, lane)
    usual = lane_kind(record.kind).measure if record is not None else None
    for mark in scene.layout.curves[lane].points:
        point = scene.document.store.of(EmotionPoint, mark.id)
        if point is not None and mark.id != without:
            measure = None if point.measure == usual else point.measure
            tracks.setdefault((point.persona, measure), []).append(mark)
    away = {curve: abs(_height(marks, x) - y) for curve, marks in tracks.items()}
    near = {curve: by for curve, by in away.items() if curve[1] is None or by <= CLOSE}
    if near:
        return min(near, key=lambda curve: near[curve])
    return next((persona.id for persona in personas(scene.document.store)), None), None


def _height(marks: list[PointMark], x: float) -> float:
    """About how high a curve runs at x."""
    along = sorted(marks, key=lambda mark: mark.x)
    for one, other in pairwise(along):
        if one.x <= x <= other.x:
            part = (x - one.x) / (other.x - one.x) if other.x > one.x else 0.0
            return one.y + part * (other.y - one.y)
    return along[0].y if x < along[0].x else along[-1].y
