"""The sheet painted to PDF by Qt: QPdfWriter, the layout's own glyph runs with drawGlyphRun, paths for the rest."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen

from app.export.pages import Placement
from app.layout.drawing import Box, Icon, Line, Primitive, Segment, Shape, Text
from app.layout.icons import BOX, STROKE_WIDTH, icon_path
from app.layout.sheet import Sheet
from app.layout.text import paint_text

DPI = 1200


def prepare(sheet: Sheet) -> None:
    """Have the glyph runs ready."""
    for element in sheet.placed:
        for item in element.drawing.items:
            if isinstance(item, Text):
                assert item.block.qt_runs


def write(sheet: Sheet, placement: Placement, path: Path) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    size = QSizeF(placement.page_w, placement.page_h)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    painter.scale(DPI / 25.4, DPI / 25.4)
    painter.translate(placement.x, placement.y)
    painter.scale(placement.scale, placement.scale)
    for element in sheet.placed:
        painter.translate(element.x, element.y)
        for item in element.drawing.items:
            _paint(painter, item)
        painter.translate(-element.x, -element.y)
    painter.end()


def _paint(painter: QPainter, item: Primitive) -> None:
    if isinstance(item, Text):
        paint_text(painter, item.x, item.y, item.block, item.color)
    elif isinstance(item, Box):
        painter.setPen(_pen(item.stroke, item.stroke_width, item.dash))
        painter.setBrush(_brush(item.fill))
        painter.drawRoundedRect(QRectF(item.x, item.y, item.w, item.h), item.radius, item.radius)
    elif isinstance(item, Line):
        painter.setPen(_pen(item.stroke, item.stroke_width, item.dash))
        painter.drawLine(QPointF(item.x1, item.y1), QPointF(item.x2, item.y2))
    elif isinstance(item, Icon):
        painter.save()
        painter.translate(item.x, item.y)
        painter.scale(item.size / BOX, item.size / BOX)
        painter.setPen(_pen(item.color, STROKE_WIDTH, ()))
        painter.setBrush(_brush(None))
        painter.drawPath(_icon(item.name))
        painter.restore()
    else:
        _paint_shape(painter, item)


def _paint_shape(painter: QPainter, item: Shape) -> None:
    painter.setPen(_pen(item.stroke, item.stroke_width, item.dash))
    painter.setBrush(_brush(item.fill))
    painter.drawPath(_path(item.segments))


@cache
def _pen(color: str | None, width: float, dash: tuple[float, ...]) -> QPen:
    if color is None:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


@cache
def _brush(color: str | None) -> QBrush:
    return QBrush(QColor(color)) if color else QBrush(Qt.BrushStyle.NoBrush)


@cache
def _icon(name: str) -> QPainterPath:
    return _path(icon_path(name))


def _path(segments: tuple[Segment, ...]) -> QPainterPath:
    path = QPainterPath()
    for segment in segments:
        if segment[0] == "M":
            path.moveTo(segment[1], segment[2])
        elif segment[0] == "L":
            path.lineTo(segment[1], segment[2])
        elif segment[0] == "C":
            path.cubicTo(*segment[1:])
        else:
            path.closeSubpath()
    return path
