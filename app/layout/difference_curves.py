"""Curves as they were, on a sheet that shows them as they are: thin, grey and dashed. Positions are mm of the sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from typing import Final

from app.layout import theme
from app.layout.drawing import Drawing, Placed, Segment, Shape
from app.layout.engine import MapLayout
from app.layout.monotone import MonotoneCurve
from app.layout.overlaid import Overlaid
from app.layout.scale import value_y
from app.model.records import EmotionPoint

INK: Final = "#6B7280"
WIDTH: Final = 0.5
DASH: Final = (1.2, 1.0)
NEAR: Final = 0.01

Curve = tuple[str, str, str | None]
"""Lane, persona and what is measured."""

Spot = tuple[float, float, bool]
"""How far along in the direction of reading, how far down, and whether nothing is known from there on."""


def point_spot(layout: MapLayout, point: EmotionPoint) -> tuple[float, float] | None:
    """Where a point lies that the layout need not know; None where there is no such lane or step to be seen."""
    column, row = layout.column_of.get(point.step), layout.row_of.get(point.lane)
    if column is None or row is None or not row.is_curve:
        return None
    at = 1 - point.at if layout.rtl else point.at
    x = column.x + theme.POINT_INSET + at * (column.w - 2 * theme.POINT_INSET)
    return x, value_y(point.value, layout.plot_top(point.lane))


def old_curves(overlaid: Overlaid, layout: MapLayout, differing: Container[str]) -> Iterator[Placed]:
    """The older lines of those curves of which a point differs."""
    before = [point for point in overlaid.before.of_type("emotion_point") if isinstance(point, EmotionPoint)]
    after = [point for point in overlaid.document.store.of_type("emotion_point") if isinstance(point, EmotionPoint)]
    touched = {_curve(point) for point in (*before, *after) if point.id in differing}
    curves: defaultdict[Curve, list[Spot]] = defaultdict(list)
    for point in before:
        spot = point_spot(layout, point) if _curve(point) in touched else None
        if spot is not None:
            along = -spot[0] if layout.rtl else spot[0]
            curves[_curve(point)].append((along, spot[1], point.unknown_after))
    width, height = layout.size
    for (lane, persona, _), spots in curves.items():
        for line in _lines(spots, 0.0 if layout.rtl else None):
            yield Placed(f"{lane}-{persona}", 0.0, 0.0, Drawing(width, height, (Shape(line, None, INK, WIDTH, DASH),)))


def _curve(point: EmotionPoint) -> Curve:
    return point.lane, point.persona, point.measure


def _lines(spots: list[Spot], mirror: float | None) -> Iterator[tuple[Segment, ...]]:
    """Through the spots in the direction of reading, with the gaps there were; spots at one place are set apart."""
    stretch: list[tuple[float, float]] = []
    for x, y, is_gap_after in sorted(spots):
        stretch.append((max(x, stretch[-1][0] + NEAR) if stretch else x, y))
        if is_gap_after:
            yield from _line(stretch, mirror)
            stretch = []
    yield from _line(stretch, mirror)


def _line(stretch: list[tuple[float, float]], mirror: float | None) -> Iterator[tuple[Segment, ...]]:
    if len(stretch) > 1:
        yield MonotoneCurve(stretch).segments(0.0, mirror)
