"""The picture of what is dragged: made once, with a soft shade, and only of what can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from app.canvas.items import PAPER, to_qrect
from app.canvas.overlay import CARD_RADIUS, soft_shadow
from app.canvas.painter import ANTIALIASING, PX_PER_MM, Batches, Detail, Display, brush, detail_at, union
from app.layout.drawing import Placed, Rect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.canvas.gestures.base import Surface

SHADE: Final = 2.5
"""mm that the shade reaches beyond what it belongs to."""

FEW: Final = 40
"""So many get a shade each."""


def picture_of(
    placed: Sequence[Placed], surface: Surface, held: str = "", *, on_paper: bool = False
) -> tuple[QPixmap, Rect]:
    """The drawings as a picture, and the rectangle of the sheet (mm) that it shows.

    `on_paper`: they lie on one piece of paper, as headers do, rather than each on its own. What is far out of view is
    left out, so that the picture is never much larger than the view.
    """
    near = surface.visible.grown(SHADE)
    seen = [one for one in placed if one.rect.overlaps(near) or one.id == held]
    around = union(*(one.rect for one in seen)).grown(SHADE)
    left, top = max(around.x, near.x - near.w), max(around.y, near.y - near.h)
    rect = Rect(
        left, top, min(around.right, near.right + near.w) - left, min(around.bottom, near.bottom + near.h) - top
    )
    scale = surface.scale * surface.ratio
    pixmap = QPixmap(max(1, round(rect.w * scale)), max(1, round(rect.h * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(surface.ratio)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(ANTIALIASING)
        painter.scale(surface.scale, surface.scale)
        painter.translate(-rect.x, -rect.y)
        if on_paper:
            sheet = to_qrect(around.grown(-SHADE))
            soft_shadow(painter, sheet, CARD_RADIUS, SHADE)
            painter.setBrush(brush(PAPER))
            painter.drawRoundedRect(sheet, CARD_RADIUS, CARD_RADIUS)
        elif len(seen) <= FEW:
            for one in seen:
                soft_shadow(painter, to_qrect(one.rect), CARD_RADIUS, SHADE)
        _paint(painter, seen, surface)
    return pixmap, rect


def _paint(painter: QPainter, placed: Sequence[Placed], surface: Surface) -> None:
    zoom = surface.scale / PX_PER_MM
    detail = detail_at(zoom)
    batches = Batches()
    for one in placed:
        if detail is Detail.COARSE:
            batches.add(one.drawing.items, one.x, one.y)
            continue
        painter.save()
        painter.translate(one.x, one.y)
        Display(one.drawing).paint(painter, detail, surface.scale * surface.ratio)
        painter.restore()
    batches.paint(painter, zoom)
