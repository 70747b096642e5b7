"""The page as it will be printed, on a grey desk: whole, or near enough to judge whether it can be read.

What is painted here is what exporters paint, in the same place on the page. While a sharp picture is being made, the
last one stands in for it, so that every choice shows at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.canvas.idle import Idle
from app.export.png import paint_placed
from app.window.page_picture import Glimpse, PageLook, paint_part, part_of_sheet
from app.window.tones import tones

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

PAPER: Final = "#FFFFFF"
ROOM: Final = 24
"""Pixels of desk around the page."""

RING: Final = 2
"""Pixels of the ring around the preview that the Tab key has reached."""

STEP: Final = 1.25
NEAREST: Final = 8.0
"""The largest zoom, 1.0 being the size of print."""

CLOSER: Final = 2.0
"""So much closer at least does a click look."""

CLICK: Final = 4
"""Pixels that a mouse may move in a click."""


class PagePreview(QAbstractScrollArea):
    """Shows a page. Click to look closer and back; drag or scroll; Ctrl and the wheel, +, − zoom, 0 and 1 as ever.

    All lengths are pixels of the screen (not Qt's logical ones), so that a picture falls on whole pixels.
    """

    zoomed = Signal()

    def __init__(self, idle: Idle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._idle = idle
        self._look: PageLook | None = None
        self._zoom: float | None = None
        self._whole: Glimpse | None = None
        self._near: Glimpse | None = None
        self._pressed: QPoint | None = None
        self._from = QPoint()
        self._is_dragging = False
        self._is_ringed = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(self.tr("Preview of the page"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # What is shown

    def show_page(self, look: PageLook | None) -> None:
        """Shows a page, at the zoom there is; None: there is no page like that."""
        before, self._look = self._look, look
        if look is not None and (before is None or before.sheet is not look.sheet):
            self._whole = self._near = None
        self._fit_bars()

    @property
    def has_page(self) -> bool:
        return self._look is not None

    @property
    def is_fitted(self) -> bool:
        """Whether the whole page is shown, however large the window."""
        return self._zoom is None

    @property
    def zoom(self) -> float:
        """1.0: as large as it is printed, or a pixel of the picture on one of the screen."""
        return self._pixels() / (self._look.full * self.devicePixelRatioF()) if self._look else 1.0

    @property
    def is_sharp(self) -> bool:
        """Whether all that is in sight is painted as sharp as the screen is."""
        return self._look is None or self._sharp() is not None

    def fit(self) -> None:
        """Shows the whole page."""
        self._zoom = None
        self._fit_bars()
        self.zoomed.emit()

    def zoom_to(self, zoom: float, around: QPoint | None = None) -> None:
        """Zooms, and keeps what is at a spot of the viewport (its middle if None) where it is."""
        if self._look is None:
            return
        spot = around if around is not None else self._size_in_pixels().center()
        corner, before = self._corner(), self._pixels()
        x, y = (spot.x() - corner.x()) / before, (spot.y() - corner.y()) / before
        self._zoom = min(NEAREST, max(self._fitting_zoom(), zoom))
        self._fit_bars()
        room, pixels = self._room(), self._pixels()
        self.horizontalScrollBar().setValue(round(x * pixels + room - spot.x()))
        self.verticalScrollBar().setValue(round(y * pixels + room - spot.y()))
        self.zoomed.emit()

    def nearer(self) -> None:
        self.zoom_to(self.zoom * STEP)

    def farther(self) -> None:
        if self.zoom / STEP <= self._fitting_zoom():
            self.fit()
        else:
            self.zoom_to(self.zoom / STEP)

    # Where it lies

    def page_rect(self) -> QRect:
        """The paper, in pixels of the screen from the viewport's corner."""
        if self._look is None:
            return QRect()
        pixels = self._pixels()
        width, height = self._look.placement.page_w * pixels, self._look.placement.page_h * pixels
        return QRect(self._corner().x(), self._corner().y(), max(1, round(width)), max(1, round(height)))

    def _pixels(self) -> float:
        """Pixels of the screen per mm of the page."""
        if self._look is None:
            return 1.0
        return (self._fitting_zoom() if self._zoom is None else self._zoom) * self._look.full * self.devicePixelRatioF()

    def _fitting_zoom(self) -> float:
        """The zoom that shows the whole page, which is never larger than its print."""
        if self._look is None:
            return 1.0
        size, place = self._size_in_pixels(), self._look.placement
        room = 2 * self._room()
        fits = min(max(1, size.width() - room) / place.page_w, max(1, size.height() - room) / place.page_h)
        return min(1.0, fits / (self._look.full * self.devicePixelRatioF()))

    def _room(self) -> int:
        return round(ROOM * self.devicePixelRatioF())

    def _size_in_pixels(self) -> QRect:
        ratio = self.devicePixelRatioF()
        size = self.maximumViewportSize() if self._zoom is None else self.viewport().size()
        return QRect(0, 0, round(size.width() * ratio), round(size.height() * ratio))

    def _corner(self) -> QPoint:
        """The top-left corner of the paper in the viewport: in its middle where there is room, else scrolled."""
        if self._look is None:
            return QPoint()
        size, place, pixels, room = self._size_in_pixels(), self._look.placement, self._pixels(), self._room()
        spare_x = size.width() - place.page_w * pixels
        spare_y = size.height() - place.page_h * pixels
        x = round(spare_x / 2) if spare_x >= 2 * room else room - self.horizontalScrollBar().value()
        y = round(spare_y / 2) if spare_y >= 2 * room else room - self.verticalScrollBar().value()
        return QPoint(x, y)

    def _fit_bars(self) -> None:
        """Scroll bars for what does not fit, and a sharp picture of what is in sight."""
        size, ends = self._size_in_pixels(), (0, 0)
        if self._look is not None and self._zoom is not None:
            place, pixels, room = self._look.placement, self._pixels(), 2 * self._room()
            ends = round(place.page_w * pixels + room), round(place.page_h * pixels + room)
        for bar, end, seen in (
            (self.horizontalScrollBar(), ends[0], size.width()),
            (self.verticalScrollBar(), ends[1], size.height()),
        ):
            bar.setRange(0, max(0, end - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(max(1, seen // 12))
        self._show_cursor()
        self._sharpen()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), QColor(tones().desk))
            if self._look is not None:
                ratio = self.devicePixelRatioF()
                painter.scale(1 / ratio, 1 / ratio)
                painter.save()
                self._paint_page(painter, self._look)
                painter.restore()
                painter.scale(ratio, ratio)
            if self._is_ringed:
                painter.setPen(QPen(QColor(tones().focus), RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                inset = RING // 2
                painter.drawRect(self.viewport().rect().adjusted(inset, inset, -inset, -inset))

    def _paint_page(self, painter: QPainter, look: PageLook) -> None:
        paper = self.page_rect()
        painter.setPen(QColor(tones().edge))
        painter.setBrush(QColor(PAPER))
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))
        painter.setClipRect(paper)
        sharp = self._sharp()
        for glimpse in (sharp,) if sharp is not None else (self._whole, self._near):
            if glimpse is not None:
                self._paint_glimpse(painter, look, glimpse)
        if look.footer is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(self._corner())
            painter.scale(self._pixels(), self._pixels())
            paint_placed(painter, look.footer)

    def _paint_glimpse(self, painter: QPainter, look: PageLook, glimpse: Glimpse) -> None:
        corner, pixels = self._corner(), self._pixels()
        scale = pixels * look.placement.scale
        x = corner.x() + look.placement.x * pixels + glimpse.area.x * scale
        y = corner.y() + look.placement.y * pixels + glimpse.area.y * scale
        if glimpse.covers(glimpse.area, scale):
            painter.drawImage(QPoint(round(x), round(y)), glimpse.image)
        else:
            target = QRectF(x, y, glimpse.area.w * scale, glimpse.area.h * scale)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, glimpse.image, QRectF(glimpse.image.rect()))

    def _sharp(self) -> Glimpse | None:
        """The picture that has all that is in sight, if it is there."""
        if self._look is None:
            return None
        area = part_of_sheet(self._look, self._frame(), self._pixels())
        scale = self._pixels() * self._look.placement.scale
        return next((one for one in (self._whole, self._near) if one is not None and one.covers(area, scale)), None)

    def _frame(self) -> QRect:
        """What is in sight of the page, in its pixels."""
        corner = self._corner()
        seen = self._size_in_pixels().intersected(self.page_rect())
        return seen.translated(-corner)

    def _sharpen(self) -> None:
        """Has a sharp picture made of what is in sight, if there is none."""
        self.viewport().update()
        if self._look is None or self.is_sharp or self._frame().isEmpty():
            return
        self._idle.soon("page", paint_part(self._look, self._frame(), self._pixels(), self._take))

    def _take(self, glimpse: Glimpse) -> None:
        if self.is_fitted:
            self._whole = glimpse
        else:
            self._near = glimpse
        self.viewport().update()

    # Hands

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        self._sharpen()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y() / 120
            spot = self._spot(event.position().toPoint())
            if turned < 0 and self.zoom * STEP**turned <= self._fitting_zoom():
                self.fit()
            else:
                self.zoom_to(self.zoom * STEP**turned, spot)
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._from = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
            self._is_dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        moved = event.position().toPoint() - self._pressed
        self._is_dragging = self._is_dragging or moved.manhattanLength() > CLICK
        if self._is_dragging:
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            ratio = self.devicePixelRatioF()
            self.horizontalScrollBar().setValue(round(self._from.x() - moved.x() * ratio))
            self.verticalScrollBar().setValue(round(self._from.y() - moved.y() * ratio))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = None
        self._show_cursor()
        if self._is_dragging:
            return
        if self.is_fitted:
            self.zoom_to(max(1.0, CLOSER * self.zoom), self._spot(event.position().toPoint()))
        else:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_ringed = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_ringed = False
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.text() or event.key():
            case "+" | "=":
                self.nearer()
            case "-" | "−":
                self.farther()
            case "0":
                self.zoom_to(1.0)
            case "1":
                self.fit()
            case _:
                super().keyPressEvent(event)

    def _show_cursor(self) -> None:
        """A finger where a click looks closer, a hand where the page can be moved."""
        shape = Qt.CursorShape.PointingHandCursor if self.is_fitted else Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape if self.has_page else Qt.CursorShape.ArrowCursor)

    def _spot(self, at: QPoint) -> QPoint:
        """A place of the viewport in pixels of the screen."""
        return (at.toPointF() * self.devicePixelRatioF()).toPoint()
