"""Paths of the layout as Qt paths. Imports little, for the window's icons are painted before anything else is there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainterPath

from app.layout.icons import icon_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.layout.drawing import Segment


def to_path(segments: Iterable[Segment]) -> QPainterPath:
    """The segments as a Qt path."""
    path = QPainterPath()
    for segment in segments:
        match segment:
            case ("M", x, y):
                path.moveTo(x, y)
            case ("L", x, y):
                path.lineTo(x, y)
            case ("C", x1, y1, x2, y2, x, y):
                path.cubicTo(x1, y1, x2, y2, x, y)
            case _:
                path.closeSubpath()
    return path


@lru_cache(maxsize=256)
def qt_icon_path(name: str) -> QPainterPath:
    """An icon's path in its 24-unit box; to be shared, so not to be changed."""
    return to_path(icon_path(name))
