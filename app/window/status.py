"""The bar at the bottom: what is selected, what the next key does, when it was saved, the zoom, and work under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QStylePainter, QToolButton, QWidget

from app.window.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent


SHOWN: Final = 8000
"""Milliseconds that a sentence for the moment stays."""

PAD: Final = 6
"""Px beside the words, as in the style sheet."""

SAVED_AT: Final = 3
"""Where in the row stands when the map was saved."""


class StatusBar(QStatusBar):
    """Sentences for the moment come on the left and go by themselves."""

    gaps_asked = Signal()
    """The list of what the map lacks is to be shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._selection = _Words("selection", self)
        self._hint = _Words("hint", self, is_modest=True)
        self._saved = QLabel(self)
        self._gaps: QToolButton | None = None
        for label in (self._selection, self._hint, self._saved):
            label.setProperty("textFormat", "PlainText")  # titles of cards are no markup
        self.progress = ProgressStrip(self)
        self.messageChanged.connect(self._make_room)
        self.addWidget(self._selection)
        self.addWidget(self._hint, 1)
        self.addPermanentWidget(self.progress)
        self.addPermanentWidget(self._saved)

    def show_selection(self, text: str, hint: str) -> None:
        self._selection.show_words(text)
        self._hint.show_words(hint)
        self._make_room()

    def show_saved(self, text: str) -> None:
        self._saved.setText(text)

    def show_gaps(self, count: int | None) -> None:
        """Shows how many gaps the map has; None: there is no map."""
        if self._gaps is None:
            self._gaps = QToolButton(self)
            self._gaps.setObjectName("gaps")
            self._gaps.setToolTip(self.tr("What the map doctor finds missing"))
            self._gaps.clicked.connect(self.gaps_asked)
            self.insertPermanentWidget(SAVED_AT, self._gaps)
            self._make_room()
        self._gaps.setVisible(count is not None)
        one, many = self.tr("1 gap"), self.tr("{n} gaps")
        self._gaps.setText(self.tr("No gaps") if not count else one if count == 1 else many.format(n=count))

    def say(self, sentence: str) -> None:
        """Shows a sentence for a while."""
        self.showMessage(sentence, SHOWN)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A sentence for the moment stands where selection and hint do; Qt forgets that when anything else changes."""
        is_free = not self.currentMessage()
        self._hint.setVisible(is_free)
        self._selection.setVisible(is_free and bool(self._selection.text()))  # an empty one would push the hint aside


class _Words(QLabel):
    """Words that give way to the zoom, and to the way out of what is under way: they are cut where there is no room.

    `is_modest`: they take the room that others leave.
    """

    def __init__(self, name: str, parent: QWidget, *, is_modest: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMinimumWidth(1)
        self._is_modest = is_modest

    def show_words(self, text: str) -> None:
        self.setText(text)
        self._explain()

    def sizeHint(self) -> QSize:
        return QSize(1 if self._is_modest else super().sizeHint().width(), self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """As high as a line in the bar's own script, whatever is said: in a taller one, the map would jump."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut:
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt

        room = self.rect().adjusted(PAD, 0, -PAD, 0)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        middle = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        painter = QStylePainter(self)  # it knows the style, whose many names Python need not know so early
        with painter:
            painter.drawItemText(room, middle, self.palette(), True, words, QPalette.ColorRole.WindowText)

    @property
    def _is_cut(self) -> bool:
        return self.width() < super().sizeHint().width() and bool(self.text())

    def _explain(self) -> None:
        """All of the words, beside the mouse."""
        self.setToolTip(plain_tip(self.text()) if self._is_cut else "")


class ProgressStrip(QWidget):
    """A word, a bar and Cancel, while something is under way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QHBoxLayout

        self._cancel: Callable[[], None] | None = None
        self._text = QLabel(self)
        self._text.setProperty("textFormat", "PlainText")  # nor are names of files
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self.button = QToolButton(self)
        self.button.setText(self.tr("Cancel"))
        self.button.clicked.connect(self._on_cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        for widget in (self._text, self._bar, self.button):
            row.addWidget(widget)
        self.hide()

    def begin(self, text: str, cancel: Callable[[], None], *, is_measured: bool = True) -> None:
        """Shows that something has begun; what is not measured only shows that it goes on."""
        self._bar.setRange(0, 1000 if is_measured else 0)
        self._text.setText(text)
        self._cancel = cancel
        self._bar.setValue(0)
        self.show()

    def reach(self, part: float) -> None:
        """Shows the part done, 0 … 1."""
        self._bar.setValue(round(1000 * part))

    def end(self) -> None:
        self._cancel = None
        self.hide()

    def _on_cancel(self) -> None:
        if self._cancel is not None:
            self._cancel()
