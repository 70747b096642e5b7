"""Headers as an item: a strip that stays in sight, with titles that do too."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.canvas.items import (
    OVERHANG,
    PAPER,
    SheetItem,
    Showing,
    paint_showing,
    shown,
    snapped,
    surface_scale,
    to_qrect,
    zoom_of,
)
from app.canvas.painter import ANTIALIASING, NO_PEN, Detail, Exposed, detail_at, fill
from app.canvas.sliding import SlidingParts, Track, tracks
from app.layout.drawing import Placed, Rect

if TYPE_CHECKING:
    from collections.abc import Sequence


class HeaderItem(SheetItem):
    """Headers that stay in sight: a strip of paper with drawings, which the view shifts over the sheet.

    Titles slide within their headers, so that those of a header that is in view in part are in sight.
    """

    SHADE: Final = 1.6

    def __init__(self, z: float, upright: bool) -> None:
        super().__init__(z)
        self.is_on_top = True
        self._upright = upright
        self._strip = Rect(0, 0, 0, 0)
        self._leading = 1.0
        self.showing: list[Showing] = []
        self._tracks: list[Track] = []
        self._slid: dict[int, float] = {}
        self._parts: dict[int, SlidingParts] = {}

    @property
    def strip(self) -> Rect:
        """Where the strip lies on the sheet, without the shift."""
        return self._strip

    def set_headers(self, strip: Rect, placed: Sequence[Placed], rtl: bool) -> None:
        self._strip = strip
        self._leading = -1.0 if rtl else 1.0
        self.showing = shown(placed, self.showing)
        self._tracks = list(tracks([one.placed for one in self.showing], upright=self._upright))
        self._slid, self._parts = {}, {}
        self.set_rect(strip.grown(self.SHADE + OVERHANG))
        self.update()

    def shown_now(self) -> Sequence[Showing]:
        return self.showing

    def shift(self, dx: float, dy: float) -> None:
        """Moves the strip away from its place on the sheet by so many mm."""
        self.setPos(dx, dy)

    def slide(self, low: float, high: float) -> None:
        """Lets titles slide into what is in view from `low` to `high` along the strip, in mm of the sheet.

        While one of them is being written, which is done where they belong, all stay at home.
        """
        is_written = any(isinstance(child, SheetItem) and child.is_caret for child in self.childItems())
        slid: dict[int, float] = {}
        for track in self._tracks if not is_written else ():
            for number, placed in track.cut_by(low, high):
                by = self._sliding(number).shift(placed, low, high)
                if by:
                    slid[number] = by
        changed = [number for number in slid.keys() | self._slid.keys() if slid.get(number) != self._slid.get(number)]
        self._slid = slid
        for number in changed:
            self.update(to_qrect(self.showing[number].area))

    def titles_home(self) -> None:
        """Puts all titles where they belong."""
        self.slide(-inf, inf)

    def title_shift(self, id: str) -> float:
        """By how many mm a header's title is away from its place."""
        return next((by for number, by in self._slid.items() if self.showing[number].placed.id == id), 0.0)

    def draw(self, painter: QPainter, exposed: Exposed) -> None:
        painter.setRenderHint(ANTIALIASING, False)
        painter.setPen(NO_PEN)
        if not self.pos().isNull():
            self._draw_shade(painter)
        fill(painter, to_qrect(self._strip), PAPER)
        painter.setRenderHint(ANTIALIASING, True)
        detail = max(detail_at(zoom_of(painter)), Detail.TITLES)
        at_home = [one for number, one in enumerate(self.showing) if number not in self._slid]
        paint_showing(painter, at_home if self._slid else self.showing, exposed, detail)
        for number, by in self._slid.items():
            self._draw_slid(painter, self.showing[number].placed, self._sliding(number), by, detail)

    def _sliding(self, number: int) -> SlidingParts:
        parts = self._parts.get(number)
        if parts is None:
            parts = self._parts[number] = SlidingParts(self.showing[number].placed.drawing, upright=self._upright)
        return parts

    def _draw_slid(self, painter: QPainter, placed: Placed, parts: SlidingParts, by: float, detail: Detail) -> None:
        base, scale = painter.worldTransform(), surface_scale(painter)
        dx, dy = (0.0, by) if self._upright else (by, 0.0)
        painter.setWorldTransform(snapped(base, placed.x, placed.y))
        parts.still.paint(painter, detail, scale)
        painter.setWorldTransform(snapped(base, placed.x + dx, placed.y + dy))
        parts.title.paint(painter, detail, scale)
        painter.setWorldTransform(base)

    def _draw_shade(self, painter: QPainter) -> None:
        """A soft edge, so that one sees that the sheet passes below."""
        strip = to_qrect(self._strip)
        scale = surface_scale(painter)
        for step, alpha in enumerate((34, 20, 11, 5)):
            by = step / scale
            band = QRectF(strip)
            if self._upright:
                x = strip.right() + by if self._leading > 0 else strip.left() - by - 1 / scale
                band.setRect(x, strip.top(), 1 / scale, strip.height())
            else:
                band.setRect(strip.left(), strip.bottom() + by, strip.width(), 1 / scale)
            painter.fillRect(band, QColor(15, 23, 42, alpha))
