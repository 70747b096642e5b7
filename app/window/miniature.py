"""A map as a small picture without its texts, for files that hold no thumbnail.

Nobody can read a card at this size, so the layout's exact measures are not needed: this runs in a few milliseconds and
in any thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from app.layout import theme
from app.layout.words import reads_right_to_left
from app.model.document import Document
from app.model.kinds import card_kind
from app.model.lanes import lane_kind
from app.model.queries import cards_in, columns, lanes, personas, points_on, stages, steps_of
from app.model.records import Lane, Persona, Step

SIDE, HEAD, BAND = 0.13, 0.16, 0.09
"""Shares of the picture that lane headers take in width, stage and step headers in height, stage bands of that."""

MOST_CARDS = 3
MOST_COLUMNS = 7.5
MOST_ROWS = 7.5
CURVE_SHARE = 2.0
PALE = 0.12


class _Grid(NamedTuple):
    """Where columns and rows lie, in px."""

    width: float
    height: float
    steps: tuple[Step, ...]
    tops: dict[str, tuple[float, float]]

    @property
    def column(self) -> float:
        """Long maps run out of the picture at their end, or nothing in them could be told from anything else."""
        return (self.width * (1 - SIDE)) / max(1, min(MOST_COLUMNS, len(self.steps)))

    def left(self, step: str) -> float:
        place = next((at for at, known in enumerate(self.steps) if known.id == step), 0)
        return self.width * SIDE + place * self.column


def miniature(document: Document, size: QSize) -> QImage:
    """The map in so many pixels."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.WHITE))
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if reads_right_to_left(document.map.language):
            painter.translate(size.width(), 0)
            painter.scale(-1, 1)
        grid = _grid(document, size)
        _paint_bands(painter, document, grid)
        for lane in lanes(document.store):
            _paint_lane(painter, document, grid, lane)
    return image


def _grid(document: Document, size: QSize) -> _Grid:
    rows = lanes(document.store)
    weights = [CURVE_SHARE if lane_kind(lane.kind).is_curve else 1.0 for lane in rows]
    unit = size.height() * (1 - HEAD) / min(max(sum(weights), 4.0), MOST_ROWS)
    tops: dict[str, tuple[float, float]] = {}
    top = size.height() * HEAD
    for lane, weight in zip(rows, weights, strict=True):
        tops[lane.id] = (top, weight * unit)
        top += weight * unit
    return _Grid(size.width(), size.height(), tuple(columns(document.store)), tops)


def _paint_bands(painter: QPainter, document: Document, grid: _Grid) -> None:
    top, height = grid.height * 0.03, grid.height * BAND
    tip = height * 0.3
    painter.setPen(Qt.PenStyle.NoPen)
    for place, stage in enumerate(stages(document.store)):
        steps = steps_of(document.store, stage.id)
        left, width = grid.left(steps[0].id), len(steps) * grid.column - tip / 2
        painter.setBrush(QColor(stage.color or theme.STAGE_COLORS[place % len(theme.STAGE_COLORS)]))
        points = [(0, 0), (width - tip, 0), (width, height / 2), (width - tip, height), (0, height), (tip, height / 2)]
        painter.drawPolygon([QPointF(left + x, top + y) for x, y in points])


def _paint_lane(painter: QPainter, document: Document, grid: _Grid, lane: Lane) -> None:
    top, height = grid.tops[lane.id]
    side = grid.width * SIDE
    kind = lane_kind(lane.kind)
    painter.fillRect(QRectF(side, top, grid.width - side, height), QColor(theme.CELL))
    painter.fillRect(QRectF(0, top, side, height), QColor(kind.tint))
    painter.fillRect(QRectF(side * 0.2, top + height / 2 - 1, side * 0.55, 2), QColor(theme.ZERO_GUIDE))
    painter.fillRect(QRectF(0, top, grid.width, 1), QColor(theme.ROW_LINE))
    for step in grid.steps:
        painter.fillRect(QRectF(grid.left(step.id), top, 1, height), QColor(theme.STEP_LINE))
    if kind.is_curve:
        _paint_curves(painter, document, grid, lane)
    else:
        for step in grid.steps:
            _paint_cell(painter, document, grid, lane, step)


def _paint_cell(painter: QPainter, document: Document, grid: _Grid, lane: Lane, step: Step) -> None:
    cards = cards_in(document.store, lane.id, step.id)[:MOST_CARDS]
    top, height = grid.tops[lane.id]
    room = (height - 3) / max(2, len(cards))
    gap = max(1.0, grid.column * 0.07)
    for place, card in enumerate(cards):
        accent = card_kind(card.kind).accent
        box = QRectF(grid.left(step.id) + gap, top + 2 + place * room, grid.column - 2 * gap, max(2.0, room - 1.5))
        bar = max(2.0, box.width() * 0.08)
        painter.fillRect(box, QColor(theme.mixed(accent, theme.WHITE, PALE)))
        painter.fillRect(QRectF(box.left(), box.top(), bar, box.height()), QColor(accent))
        words = QRectF(box.left() + 2 * bar, box.center().y() - 1, (box.width() - 3 * bar) * 0.8, 2)
        painter.fillRect(words, QColor(theme.mixed(accent, theme.WHITE, 0.5)))


def _paint_curves(painter: QPainter, document: Document, grid: _Grid, lane: Lane) -> None:
    top, height = grid.tops[lane.id]
    painter.fillRect(QRectF(grid.width * SIDE, top + height / 2, grid.width, 1), QColor(theme.GUIDE))
    for persona in personas(document.store):
        points = sorted(_spots(document, grid, lane, persona), key=lambda point: point.x())
        if not points:
            continue
        path = QPainterPath(points[0])
        for before, after in pairwise(points):
            middle = (before.x() + after.x()) / 2
            path.cubicTo(middle, before.y(), middle, after.y(), after.x(), after.y())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(persona.color), max(1.5, grid.height / 90)))
        painter.drawPath(path)


def _spots(document: Document, grid: _Grid, lane: Lane, persona: Persona) -> Iterator[QPointF]:
    top, height = grid.tops[lane.id]
    for point in points_on(document.store, lane.id):
        if point.persona == persona.id:
            x = grid.left(point.step) + point.at * grid.column
            yield QPointF(x, top + height * (0.5 - 0.42 * point.value / 2))
