"""Tiles: a picture with a name under it, to be chosen by mouse or keyboard, in rows that follow the width."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QToolButton, QWidget

from app.window.icons import icon, paint_icon
from app.window.rows import heavier, paint_words, smaller
from app.window.tones import tones

PICTURE = QSize(208, 132)
LARGEST_PICTURE = QSize(312, 198)
PAD = 8
WORDS = 48
"""Room for the two lines under the picture, px."""

GAP = 8
NARROWEST, WIDEST = PICTURE.width() + 2 * PAD, LARGEST_PICTURE.width() + 2 * PAD
RADIUS = 8.0
ICON = 28
ARROWS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}


class Tile(QAbstractButton):
    """One thing to choose. `removed` is asked for with Del or from the menu, where the tile can be removed."""

    removed = Signal()

    def __init__(self, name: str, about: str, parent: QWidget | None = None, *, removable: bool = False) -> None:
        super().__init__(parent)
        self.about = about
        self.is_missing = False
        self._picture: QImage | None = None
        self._symbol = "map"
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setToolTip(f"{name}\n{about}" if about else name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cross = self._make_cross() if removable else None
        self.fit(NARROWEST)

    def fit(self, width: int) -> None:
        """Makes the tile so many px wide; its height follows the shape of pictures."""
        picture = (width - 2 * PAD) * PICTURE.height() // PICTURE.width()
        self.setFixedSize(width, picture + 2 * PAD + WORDS)
        if self.cross is not None:
            self.cross.setGeometry(width - PAD - 30, PAD + 6, 24, 24)

    def set_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    def set_symbol(self, symbol: str) -> None:
        """What stands for the picture where there is none."""
        self._symbol = symbol
        self.update()

    def set_missing(self) -> None:
        """Greys the tile: its file is not there any more, so it can only be removed."""
        self.is_missing = True
        self.about = self.tr("The file is not there")
        self.setAccessibleDescription(self.about)
        self._symbol = "unlink"
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._show_cross()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() == Qt.Key.Key_Delete and self.cross is not None:
            self.removed.emit()
        elif event.key() in ARROWS:
            event.ignore()  # a button would take them for itself; they are the grid's
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.cross is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.cross.defaultAction())
            menu.popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_cross()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_cross()
        self.update()

    def _show_cross(self) -> None:
        if self.cross is not None:
            self.cross.setVisible(self.underMouse() or self.is_missing)

    def _make_cross(self) -> QToolButton:
        remove = QAction(icon("x"), self.tr("Remove from the list"), self)
        remove.triggered.connect(self.removed)
        cross = QToolButton(self)
        cross.setProperty("look", "round")
        cross.setDefaultAction(remove)
        cross.setIconSize(QSize(12, 12))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.setCursor(Qt.CursorShape.ArrowCursor)
        cross.hide()
        return cross

    def paintEvent(self, _event: QPaintEvent) -> None:
        worn = tones()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(worn.soft if self.isDown() else worn.hover))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS + 2, RADIUS + 2)
        self._paint_picture(painter)
        left, width, top = PAD + 2, self.width() - 2 * PAD - 4, self.height() - PAD - WORDS + 8
        color = worn.secondary if self.is_missing else worn.text
        paint_words(painter, QRect(left, top, width, 20), self.text(), color, heavier(self.font()))
        paint_words(painter, QRect(left, top + 20, width, 18), self.about, worn.secondary, smaller(self.font()))
        if self.hasFocus():
            painter.setPen(QPen(QColor(worn.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS + 2, RADIUS + 2)
        painter.end()

    def _paint_picture(self, painter: QPainter) -> None:
        worn = tones()
        frame = QRectF(self.rect()).adjusted(PAD, PAD, -PAD, -PAD - WORDS)
        clip = QPainterPath()
        clip.addRoundedRect(frame, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(frame, QColor(worn.surface if self._picture is None else "#FFFFFF"))
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, self._picture)
        else:
            middle = QRectF(0, 0, ICON, ICON)
            middle.moveCenter(frame.center())
            paint_icon(painter, self._symbol, middle, worn.disabled)
        painter.restore()
        painter.setPen(QPen(QColor(worn.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class TileGrid(QWidget):
    """Tiles in as many columns as fit. Arrow keys go between them; Tab leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Shows these instead of those that are there."""
        for old in self.tiles:
            old.hide()
            old.deleteLater()
        self.tiles = list(tiles)
        for place, tile in enumerate(self.tiles):
            tile.setParent(self)
            tile.show()
            self._let_in(tile, place == 0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {
            Qt.Key.Key_Right: ahead,
            Qt.Key.Key_Left: -ahead,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or at is None or not 0 <= at + step < len(self.tiles):
            super().keyPressEvent(event)
            return
        self.go_to(at + step)

    def go_to(self, place: int) -> None:
        """Puts the keyboard on a tile."""
        for other, tile in enumerate(self.tiles):
            self._let_in(tile, other == place)
        self.tiles[place].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _columns(self) -> int:
        return max(1, (self.width() + GAP) // (NARROWEST + GAP))

    def _arrange(self) -> None:
        columns = self._columns
        width = max(NARROWEST, min(WIDEST, (self.width() + GAP) // columns - GAP))
        bottom = 0
        for place, tile in enumerate(self.tiles):
            tile.fit(width)
            row, column = divmod(place, columns)
            left = column * (width + GAP)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = self.width() - width - left
            tile.move(left, row * (tile.height() + GAP))
            bottom = tile.geometry().bottom() + 1
        self.setFixedHeight(bottom)

    @staticmethod
    def _let_in(tile: Tile, is_entry: bool) -> None:
        tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_entry else Qt.FocusPolicy.ClickFocus)
