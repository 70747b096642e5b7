"""The sheet painted to PDF by Qt: QPdfWriter, the layout's own glyph runs with drawGlyphRun, paths for the rest."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from app.export.pages import Placement
from app.export.png import paint_placed
from app.layout.sheet import Sheet
from benchmarks.poster_sheet import texts

DPI = 1200


def prepare(sheet: Sheet) -> None:
    """Have the glyph runs ready."""
    for text in texts(sheet):
        assert text.block.qt_runs


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
        paint_placed(painter, element)
    painter.end()
