"""Tiles: a picture with a name under it, to be chosen by mouse or keyboard, in rows that follow the width.

They are in the first picture of the start page, so names of `Qt` are asked for only when a hand comes near: see
`app.window.quickly`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import category

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app.window.framed import paint_picture, rounded
from app.window.icons import icon, line_of, paint_icon
from app.window.tips import plain_tip
from app.window.tones import tones

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QContextMenuEvent,
        QEnterEvent,
        QFontMetrics,
        QImage,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
    )
    from PySide6.QtWidgets import QToolButton

PICTURE = QSize(208, 132)
LARGEST_PICTURE = QSize(312, 198)
PAD = 8
WORDS = 48
"""Room for the two lines under the picture, px."""

GAP = 8
NARROWEST, WIDEST = PICTURE.width() + 2 * PAD, LARGEST_PICTURE.width() + 2 * PAD
RADIUS = 8.0
ELLIPSIS = "…"
ICON = 28


class Tile(QAbstractButton):
    """One thing to choose. `removed` is asked for with Del or from the menu, where the tile can be removed."""

    removed = Signal()

    def __init__(self, name: str, about: str, parent: QWidget, *, removable: bool = False) -> None:
        super().__init__(parent)
        self.about = about
        self.is_missing = False
        self._lines: tuple[_Line, _Line] | None = None
        self.is_removable = removable
        self.cross: QToolButton | None = None
        self._is_worded = False
        self._picture: QImage | None = None
        self.setText(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(about)
        self.setToolTip(plain_tip(f"{name}\n{about}" if about else name))
        self.fit(NARROWEST)

    def fit(self, width: int) -> None:
        """Makes the tile so many px wide; its height follows the shape of pictures."""
        picture = (width - 2 * PAD) * PICTURE.height() // PICTURE.width()
        self.setFixedSize(width, picture + 2 * PAD + WORDS)
        self._place_cross()
        self._is_worded = False

    def _show_words(self) -> None:
        """When the tile is seen: for words in some scripts Qt looks through all the fonts of the machine."""
        if self._lines is None:
            self._lines = _Line("strong", self), _Line("caption", self)
        self._is_worded = True
        left, width, top = PAD + 2, self.width() - 2 * PAD - 4, self.height() - PAD - WORDS + 8
        name, about = self._lines
        name.setEnabled(not self.is_missing)
        name.show_words(self.text(), QRect(left, top, width, 20))
        about.show_words(self.about, QRect(left, top + 20, width, 18))

    def set_picture(self, picture: QImage | None) -> None:
        self._picture = picture
        self.update()

    def set_missing(self) -> None:
        """Greys the tile: its file is not there any more, so it can only be removed."""
        self.is_missing = True
        self.about = self.tr("The file is not there")
        self.setAccessibleDescription(self.about)
        self._is_worded = False
        self._show_cross()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() == Qt.Key.Key_Delete and self.is_removable:
            self.removed.emit()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # a button would take them for itself; they are the grid's
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        if self.is_removable:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self._made_cross().defaultAction())
            menu.popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        from PySide6.QtCore import Qt

        super().enterEvent(event)
        self.setCursor(Qt.CursorShape.ArrowCursor if self.is_missing else Qt.CursorShape.PointingHandCursor)
        self._show_cross()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_cross()
        self.update()

    def _show_cross(self) -> None:
        is_wanted = self.is_removable and (self.underMouse() or self.is_missing)
        if is_wanted or self.cross is not None:
            self._made_cross().setVisible(is_wanted)

    def _place_cross(self) -> None:
        if self.cross is not None:
            self.cross.setGeometry(self.width() - PAD - 30, PAD + 6, 24, 24)

    def _made_cross(self) -> QToolButton:
        if self.cross is None:
            self.cross = self._make_cross()
            self._place_cross()
        return self.cross

    def _make_cross(self) -> QToolButton:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QAction
        from PySide6.QtWidgets import QToolButton

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
        if not self._is_worded:
            self._show_words()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect())
            if self.underMouse() or self.isDown():
                worn = tones()
                painter.fillPath(rounded(whole, RADIUS + 2), QColor(worn.soft if self.isDown() else worn.hover))
            self._paint_picture(painter, whole.adjusted(PAD, PAD, -PAD, -PAD - WORDS))
            if self.hasFocus():
                painter.strokePath(rounded(whole.adjusted(1, 1, -1, -1), RADIUS + 2), line_of(tones().focus, 2))

    def _paint_picture(self, painter: QPainter, frame: QRectF) -> None:
        paint_picture(painter, frame, self._picture, RADIUS)
        if self._picture is None:
            middle = QRectF(0, 0, ICON, ICON)
            middle.moveCenter(frame.center())
            paint_icon(painter, "unlink" if self.is_missing else "map", middle, tones().disabled)


class _Line(QLabel):
    """A line of words, cut with an ellipsis where it is too long. It begins with the picture, however it reads."""

    def __init__(self, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setProperty("textFormat", "PlainText")
        side = "AlignRight" if QApplication.isRightToLeft() else "AlignLeft"
        self.setProperty("alignment", f"{side}|AlignAbsolute|AlignVCenter")

    def show_words(self, text: str, room: QRect) -> None:
        """Shows as much of the text as there is room for, px."""
        self.ensurePolished()
        self.setGeometry(room)
        self.setText(_cut(text, self.fontMetrics(), room.width()))
        self.show()


def _cut(text: str, metrics: QFontMetrics, width: int) -> str:
    """As Qt's own `elidedText` does it, which asks for a name of `Qt`: an ellipsis, and no letter without its marks."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    end = bisect_right(range(len(text)), width, key=lambda at: metrics.horizontalAdvance(text[:at] + ELLIPSIS)) - 1
    while end > 0 and category(text[end]).startswith("M"):
        end -= 1
    return text[: max(0, end)] + ELLIPSIS


class TileGrid(QWidget):
    """Tiles in as many columns as fit. Arrow keys go between them; Tab leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[Tile] = []

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Shows these, which are its children, instead of those that are there."""
        for old in self.tiles:
            old.hide()
            old.deleteLater()
        self.tiles = list(tiles)
        for place, tile in enumerate(self.tiles):
            tile.show()
            self._let_in(tile, place == 0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        at = next((place for place, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        ahead = -1 if QApplication.isRightToLeft() else 1
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
        self.tiles[place].setFocus()

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
            if QApplication.isRightToLeft():
                left = self.width() - width - left
            tile.move(left, row * (tile.height() + GAP))
            bottom = tile.geometry().bottom() + 1
        self.setFixedHeight(bottom)

    @staticmethod
    def _let_in(tile: Tile, is_entry: bool) -> None:
        tile.setProperty("focusPolicy", "StrongFocus" if is_entry else "ClickFocus")
