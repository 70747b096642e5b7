"""How far the view can go: the zoom at which something fits, and where one can scroll to."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize

from app.canvas.painter import PX_PER_MM

MARGIN: Final = 24.0
"""So many pixels of the desk around the sheet one can scroll to; so many of the sheet stay in sight at any zoom."""

FIT_MARGIN: Final = 16
"""Pixels of the view that are left beside what is made to fit."""


def fitting_zoom(room: QSize, width: float, height: float) -> float:
    """The zoom, 1.0 being 100 %, at which so many mm have room in so many pixels."""
    across, down = max(1, room.width() - FIT_MARGIN), max(1, room.height() - FIT_MARGIN)
    return min(across / width, down / height) / PX_PER_MM


def scroll_bounds(sheet: QRectF, seen: QRectF, scale: float) -> QRectF:
    """Where one can scroll: the sheet with a margin, and what is in view, so that zooming can keep any place in place.

    All in mm of the sheet; `scale` is pixels per mm.
    """
    margin = MARGIN / scale
    left = max(sheet.left() + margin - seen.width(), min(seen.left(), sheet.right() - margin))
    top = max(sheet.top() + margin - seen.height(), min(seen.top(), sheet.bottom() - margin))
    around = sheet.adjusted(-margin, -margin, margin, margin)
    return around.united(QRectF(left, top, seen.width(), seen.height()))


def way_back(sheet: QRectF, view: QRectF) -> QPointF:
    """By what the sheet must be moved so that the margin of it is in the view, all in pixels."""
    right = max(0.0, view.left() + MARGIN - sheet.right())
    left = min(0.0, view.right() - MARGIN - sheet.left())
    down = max(0.0, view.top() + MARGIN - sheet.bottom())
    up = min(0.0, view.bottom() - MARGIN - sheet.top())
    return QPointF(right or left, down or up)
