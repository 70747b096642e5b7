"""Where an emotion point goes below the mouse: on the middle of a step or of a card near it, and for which persona."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from app.canvas.insertion import OnCurve
from app.layout import lookup
from app.layout.drawing import Rect
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

BESIDE: Final = 6.0
"""mm beside a curve lane where a point that is brought is drawn into it: its corners need no aim."""

INSIDE: Final = 0.01
"""mm from the far edges of a lane that are still in it."""

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


def on_curve(scene: MapScene, spot: Spot, without: str | None = None, reach: float = 0.0) -> OnCurve | None:
    """Where a new point would go, on the curve that is near; None farther than `reach` mm from the curve lanes.

    `without`: a point that is left out of account, because it is the one that is being placed.
    """
    at = spot.on_map
    if at != (spot.x, spot.y):  # on a header that was shifted: what lies beside it is elsewhere
        reach = 0.0
    at = _into_curve_lane(scene.layout, spot.x, spot.y, reach) if reach else at
    if at is None:
        return None
    x, _ = snapped(scene.layout, at[0], spot.modifiers)
    place = lookup.curve_place(scene.layout, x, at[1])
    return OnCurve(rounded(place), *near_curve(scene, place.lane, *at, without)) if place is not None else None


def _into_curve_lane(layout: MapLayout, x: float, y: float, reach: float) -> tuple[float, float] | None:
    """The spot of a curve lane that is nearest to one within `reach` mm of it."""
    found = []
    for row in layout.rows:
        if row.is_curve and not row.is_folded:
            area = Rect(layout.head.x, row.y, layout.head.w, row.h)
            inside = min(max(x, area.x), area.right - INSIDE), min(max(y, area.y), area.bottom - INSIDE)
            away = max(abs(inside[0] - x), abs(inside[1] - y))
            if away <= reach:
                found.append((away, inside))
    return min(found)[1] if found else None


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
