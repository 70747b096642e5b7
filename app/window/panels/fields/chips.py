"""What has been chosen out of many, as chips: a click goes to it, the cross or Delete takes it out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QToolButton, QWidget

from app.window.icons import paint_icon
from app.window.panels.fields.choices import Option
from app.window.rows import paint_words
from app.window.tones import tones

HEIGHT, GAP, PAD = 26, 4, 8
SIGN, CROSS = 14, 10
MOST = 24
"""So many chips are shown; the others can be found in the list to choose from."""


class Chip(QAbstractButton):
    """One of those chosen. `is_partial`: only some of the selected records have it; its edge is dashed."""

    removed = Signal()

    def __init__(self, option: Option, *, is_partial: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.option = option
        self.is_partial = is_partial
        self.setText(option.label)
        partly = QCoreApplication.translate("Fields", "{0} (some of the selected)")
        self.setAccessibleName(partly.format(option.label) if is_partial else option.label)
        self.setAccessibleDescription(QCoreApplication.translate("Fields", "Delete takes it out"))
        self.setToolTip(self.accessibleName())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        sign = SIGN + GAP if self.option.icon is not None else 0
        words = self.fontMetrics().horizontalAdvance(self.option.label) + 2
        return QSize(PAD + sign + words + GAP + CROSS + 2 * PAD, HEIGHT)

    @property
    def cross(self) -> QRect:
        """Where the cross is."""
        left = 0 if self._is_mirrored else self.width() - CROSS - 2 * PAD + 4
        return QRect(left, 0, CROSS + 2 * PAD - 4, self.height())

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self.cross.contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()  # a button would take them for itself; they are the row's
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        worn = tones()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = QPen(QColor(worn.focus if self.hasFocus() else worn.edge), 2 if self.hasFocus() else 1)
            if self.is_partial:
                edge.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(edge)
            painter.setBrush(QColor(worn.soft if self.isDown() else worn.hover if self.underMouse() else worn.surface))
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
            left = PAD
            if self.option.icon is not None:
                self.option.icon.paint(painter, self._turned(QRect(left, (HEIGHT - SIGN) // 2, SIGN, SIGN)))
                left += SIGN + GAP
            words = QRect(left, 0, self.width() - left - CROSS - 2 * PAD + 4, self.height())
            color = worn.text if self.isEnabled() else worn.disabled
            paint_words(painter, self._turned(words), self.option.label, color, self.font())
            sign = QRectF(0, 0, CROSS, CROSS)
            sign.moveCenter(QRectF(self.cross).center())
            paint_icon(painter, "x", sign, worn.secondary)

    def _turned(self, rect: QRect) -> QRect:
        if self._is_mirrored:
            return QRect(self.width() - rect.right() - 1, rect.y(), rect.width(), rect.height())
        return rect


class Chips(QWidget):
    """Chips in rows that follow the width, and the button that opens the list at the end.

    Tab stops at the first chip and at that button, the arrow keys go along.
    """

    clicked = Signal(str)
    removed = Signal(str)
    asked = Signal()
    """The list to choose from is to be shown."""

    def __init__(self, add: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: list[Chip] = []
        self._shown: list[tuple[Option, bool]] = []
        self.more = QToolButton(self)
        self.add = QToolButton(self)
        self.add.setText(add)
        for button in (self.more, self.add):
            button.setProperty("look", "chip")
            button.clicked.connect(self.asked)
        self.more.hide()
        self.setFocusProxy(self.add)

    def show_options(self, options: Sequence[tuple[Option, bool]]) -> None:
        """Shows these, each with whether only some have it."""
        if list(options) == self._shown:
            return
        had_focus = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), None)
        self._shown = list(options)
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(option, is_partial) for option, is_partial in options[:MOST]]
        beyond = len(options) - len(self.chips)
        self.more.setText(QCoreApplication.translate("Fields", "and {0} more").format(beyond))
        self.more.setVisible(beyond > 0)
        stops = self._stops
        for at, (before, after) in enumerate(pairwise(stops)):
            QWidget.setTabOrder(before, after)
            before.setFocusPolicy(Qt.FocusPolicy.ClickFocus if at else Qt.FocusPolicy.StrongFocus)
        self._arrange()
        if had_focus is not None:
            (self.chips[min(had_focus, len(self.chips) - 1)] if self.chips else self.add).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ahead = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        keys = {Qt.Key.Key_Right: ahead, Qt.Key.Key_Left: -ahead, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = keys.get(Qt.Key(event.key()), 0)
        stops = self._stops
        at = next((at for at, stop in enumerate(stops) if stop.hasFocus()), None)
        if not step or at is None or not 0 <= at + step < len(stops):
            super().keyPressEvent(event)
            return
        stops[at + step].setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def _stops(self) -> list[QAbstractButton]:
        return [*self.chips, *([self.more] if not self.more.isHidden() else []), self.add]

    def _chip(self, option: Option, is_partial: bool) -> Chip:
        chip = Chip(option, is_partial=is_partial, parent=self)
        chip.clicked.connect(lambda: self.clicked.emit(option.value))
        chip.removed.connect(lambda: self.removed.emit(option.value))
        chip.show()
        return chip

    def _arrange(self) -> None:
        at = QPoint(0, 0)
        for part in self._stops:
            size = QSize(min(part.sizeHint().width(), self.width()), HEIGHT)
            if at.x() and at.x() + size.width() > self.width():
                at = QPoint(0, at.y() + HEIGHT + GAP)
            rect = QRect(at, size)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                rect.moveLeft(self.width() - rect.right() - 1)
            part.setGeometry(rect)
            at.setX(at.x() + size.width() + GAP)
        self.setFixedHeight(at.y() + HEIGHT)
