"""The picture of a page: the sheet painted as exporters paint it, a little at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter

from app.export.png import OVERHANG, paint_placed
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.export.pages import Placement
    from app.layout.drawing import Placed
    from app.layout.sheet import Sheet

MOST_PIXELS: Final = 40_000_000
"""No picture is larger than that, whatever the screen."""


class PageLook(NamedTuple):
    """A page to be shown: what lies on it and where, and how many pixels of the screen a mm has at 100 %."""

    sheet: Sheet
    placement: Placement
    footer: Placed | None
    full: float


class Glimpse(NamedTuple):
    """A part of a sheet in pixels: `area` in mm of the sheet, `scale` in pixels per mm of it."""

    image: QImage
    area: Rect
    scale: float

    def covers(self, area: Rect, scale: float) -> bool:
        """Whether it shows all of an area, as sharp as that scale asks."""
        mine = self.area.grown(0.5 / scale)
        inside = mine.contains(area.x, area.y) and mine.contains(area.right, area.bottom)
        return inside and abs(self.scale - scale) < 1e-9 * scale


def part_of_sheet(look: PageLook, frame: QRect, pixels: float) -> Rect:
    """A frame of the page's pixels, so many to the mm, in mm of the sheet."""
    place, scale = look.placement, pixels * look.placement.scale
    x, y = (frame.x() - place.x * pixels) / scale, (frame.y() - place.y * pixels) / scale
    return Rect(x, y, frame.width() / scale, frame.height() / scale)


def paint_part(look: PageLook, frame: QRect, pixels: float, done: Callable[[Glimpse], None]) -> Iterator[None]:
    """Paints a frame of the page's pixels, so many to the mm, an element a step; hands it over at the end."""
    image = QImage(frame.size(), QImage.Format.Format_RGB32)
    if image.isNull() or frame.width() * frame.height() > MOST_PIXELS:
        return
    image.fill(Qt.GlobalColor.white)
    area = part_of_sheet(look, frame, pixels)
    reach = area.grown(OVERHANG)
    with _page_painter(image, look, -frame.topLeft(), pixels) as painter:  # somebody may think better of it on the way
        for element in look.sheet.placed:
            if reach.overlaps(element.rect):
                paint_placed(painter, element)
                yield
    done(Glimpse(image, area, pixels * look.placement.scale))


def _page_painter(image: QImage, look: PageLook, corner: QPoint, pixels: float) -> QPainter:
    """A painter in mm of the sheet; the page's corner lies at `corner`, in pixels of the image."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(corner)
    painter.scale(pixels, pixels)
    painter.translate(look.placement.x, look.placement.y)
    painter.scale(look.placement.scale, look.placement.scale)
    return painter
