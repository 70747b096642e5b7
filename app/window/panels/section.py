"""A group of fields under a heading that folds it up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.window.icons import paint_icon
from app.window.rows import END, START, heavier, paint_words, smaller
from app.window.tones import tones

HEIGHT, SIGN, GAP = 30, 14, 6
SPACING = 12


class Section(QWidget):
    """The heading says how many of its fields are filled in, so that nothing is hidden by folding it."""

    folded = Signal(bool)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = Heading(title, self)
        self.body = QWidget(self)
        self.fields = QVBoxLayout(self.body)
        self.fields.setContentsMargins(0, 4, 0, 4)
        self.fields.setSpacing(SPACING)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(self.body)
        self.heading.toggled.connect(self._fold)

    def set_open(self, is_open: bool) -> None:
        self.heading.setChecked(is_open)
        self.body.setVisible(is_open)

    def show_count(self, filled: int) -> None:
        """How many of the fields say something."""
        self.heading.show_count(filled)

    def _fold(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        self.folded.emit(not is_open)


class Heading(QAbstractButton):
    """A chevron, the name, and the number of fields that are filled in. Space and Enter fold, as do the arrow keys."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = 0
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def show_count(self, filled: int) -> None:
        self._count = filled
        words = QCoreApplication.translate("Inspector", "{0}, fields filled in: {1}")
        self.setAccessibleName(words.format(self.text(), filled))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
        if Qt.Key(event.key()) in ways:
            self.setChecked(ways[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.toggle()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        worn = tones()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(worn.border), 1))
            painter.drawLine(0, 0, self.width(), 0)
            area = self.rect().adjusted(0, 2, 0, 0)
            if self.hasFocus():
                painter.setPen(QPen(QColor(worn.focus), 2))
                painter.drawRoundedRect(QRectF(area).adjusted(1, 2, -1, -1), 4, 4)
            is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            closed = "chevron-left" if is_mirrored else "chevron-right"
            sign = QRect(self.width() - SIGN - 2 if is_mirrored else 2, area.center().y() - SIGN // 2 + 1, SIGN, SIGN)
            paint_icon(painter, "chevron-down" if self.isChecked() else closed, sign, worn.secondary)
            words = area.adjusted(SIGN + GAP + 2, 0, -4, 0)
            if is_mirrored:
                words = area.adjusted(4, 0, -SIGN - GAP - 2, 0)
            color = worn.text if self.underMouse() or self.isChecked() else worn.secondary
            paint_words(painter, words, self.text(), color, heavier(smaller(self.font(), 0.5)), START)
            if self._count and not self.isChecked():
                paint_words(painter, words, str(self._count), worn.secondary, smaller(self.font()), END)
