"""The bar at the bottom: what is selected, what the next key does, when it was saved, the zoom, and work under way."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QSlider, QStatusBar, QToolButton, QWidget

from app.window.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction


SHOWN: Final = 8000
"""Milliseconds that a sentence for the moment stays."""

LEAST, MOST = 0.1, 4.0
"""The ends of the slider; keys and wheel go further."""

NOTCHES: Final = 20
"""So many places of the slider double the zoom."""


class StatusBar(QStatusBar):
    """Sentences for the moment come on the left and go by themselves."""

    zoom_requested = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._selection = QLabel(self)
        self._selection.setObjectName("selection")
        self._hint = QLabel(self)
        self._saved = QLabel(self)
        self._zoom = QToolButton(self)
        self._zoom.setMinimumWidth(56)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        for label in (self._selection, self._hint, self._saved):
            label.setTextFormat(Qt.TextFormat.PlainText)  # titles of cards are no markup
        for label in (self._selection, self._hint):
            label.setMinimumWidth(1)  # a long title gives way to the zoom, and to the way out of what is under way
        self.progress = ProgressStrip(self)
        self.addWidget(self._selection)
        self.addWidget(self._hint)
        self.addPermanentWidget(self.progress)
        self.addPermanentWidget(self._saved)

    def add_zoom(self, out: QAction, back: QAction, whole: QAction) -> None:
        """Minus, a slider, plus, and the zoom, which leads back to 100 %."""
        self.slider.setRange(_notch(LEAST), _notch(MOST))
        self.slider.setPageStep(NOTCHES // 2)
        self.slider.setFixedWidth(112)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(self.tr("Zoom"))
        self.slider.valueChanged.connect(lambda value: self.zoom_requested.emit(2.0 ** (value / NOTCHES)))
        self._zoom.setToolTip(whole.text().replace("&", ""))
        self._zoom.clicked.connect(whole.trigger)
        for widget in (self._button(out, "minus"), self.slider, self._button(back, "plus"), self._zoom):
            self.addPermanentWidget(widget)

    def show_selection(self, text: str, hint: str) -> None:
        self._selection.setText(text)
        self._hint.setText(hint)

    def show_saved(self, text: str) -> None:
        self._saved.setText(text)

    def show_zoom(self, zoom: float) -> None:
        self._zoom.setText(f"{round(zoom * 100)} %")
        self.slider.blockSignals(True)  # it follows here, and does not ask
        self.slider.setValue(_notch(zoom))
        self.slider.blockSignals(False)

    def say(self, sentence: str) -> None:
        """Shows a sentence for a while."""
        self.showMessage(sentence, SHOWN)

    def _button(self, action: QAction, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setIconSize(QSize(14, 14))
        button.setToolTip(action.text().replace("&", ""))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(action.trigger)
        return button


def _notch(zoom: float) -> int:
    return round(NOTCHES * log2(zoom))


class ProgressStrip(QWidget):
    """A word, a bar and Cancel, while something is under way."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        from PySide6.QtWidgets import QHBoxLayout

        self._cancel: Callable[[], None] | None = None
        self._text = QLabel(self)
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
