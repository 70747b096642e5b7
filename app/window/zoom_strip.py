"""The zoom in the status bar: minus, a slider, plus, and a figure that leads back to 100 %."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QToolButton, QWidget

from app.window.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

LEAST, MOST = 0.1, 4.0
"""The ends of the slider; keys and wheel go further."""

NOTCHES: Final = 20
"""So many places of the slider double the zoom."""


class ZoomStrip(QWidget):
    """Asks for a zoom through `requested`, and shows the one that is told."""

    requested = Signal(float)

    def __init__(self, out: QAction, back: QAction, whole: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.slider = self._make_slider()
        self.figure = QToolButton(self)
        self.figure.setMinimumWidth(56)
        self.figure.setToolTip(whole.text().replace("&", ""))
        self.figure.clicked.connect(whole.trigger)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # a wide bar pulls it not apart
        for widget in (self._button(out, "minus"), self.slider, self._button(back, "plus"), self.figure):
            row.addWidget(widget)

    def show_zoom(self, zoom: float) -> None:
        self.figure.setText(f"{round(zoom * 100)} %")
        self.slider.blockSignals(True)  # it follows here, and does not ask
        self.slider.setValue(_notch(zoom))
        self.slider.blockSignals(False)

    def _make_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(_notch(LEAST), _notch(MOST))
        slider.setPageStep(NOTCHES // 2)
        slider.setFixedWidth(112)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName(self.tr("Zoom"))
        slider.valueChanged.connect(lambda value: self.requested.emit(2.0 ** (value / NOTCHES)))
        return slider

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
