"""Where an emotion point lies: how it feels, with the face that says so, and where in the step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.layout.drawing import Shape
from app.layout.faces import face
from app.layout.paths import to_path
from app.window.panels.fields.base import FieldEditor, mixed_words

FACE = 24


class Slider(QSlider):
    """A slider that leaves the wheel to the panel."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SliderEditor(FieldEditor):
    """A slider over a range in so many steps, with the value in words. One pull is one undo step."""

    def __init__(self, low: float, high: float, steps: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._width = low, (high - low) / steps
        self.slider = Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, steps)
        self.slider.setPageStep(max(1, steps // 8))
        self.words = QLabel(self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.words.setMinimumWidth(44)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.slider, 1)
        self._layout.addWidget(self.words)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._slide)
        self.slider.sliderReleased.connect(self.left)
        self._is_showing = False

    def show_value(self, value: Any) -> None:
        self.describe(value)
        self._is_showing = True
        self.slider.setValue(round((value - self._low) / self._width))
        self._is_showing = False

    def show_mixed(self) -> None:
        self.words.setText(mixed_words())

    def describe(self, value: float) -> None:
        """Says in words where the slider stands."""
        self.words.setText(QLocale().toString(value, "f", 1))

    def _slide(self, step: int) -> None:
        if self._is_showing:
            return
        value = round(self._low + step * self._width, 6)
        self.describe(value)
        self.typed.emit(value)


class FeelingEditor(SliderEditor):
    """From −2 to +2 in steps of a tenth."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(-2.0, 2.0, 40, parent)
        self._face = _Face(self)
        self._layout.insertWidget(0, self._face)

    def describe(self, value: float) -> None:
        sign = "+" if value > 0 else "−" if value < 0 else ""
        self.words.setText(sign + QLocale().toString(abs(value), "f", 1))
        self._face.show_value(value)

    def show_mixed(self) -> None:
        super().show_mixed()
        self._face.show_value(None)


class ShareEditor(SliderEditor):
    """From nothing to all, or from the beginning of a step to its end, in hundredths."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0.0, 1.0, 100, parent)

    def describe(self, value: float) -> None:
        self.words.setText(QCoreApplication.translate("Fields", "{0} %").format(round(value * 100)))


class _Face(QWidget):
    """The face that the map shows for a value."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._value: float | None = 0.0
        self.setFixedSize(QSize(FACE, FACE))

    def show_value(self, value: float | None) -> None:
        self._value = value
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._value is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            edge = self.palette().color(self.foregroundRole()).name()
            for shape in face(FACE / 2, FACE / 2, FACE / 2 - 1.5, self._value, edge):
                if isinstance(shape, Shape):
                    painter.setPen(QPen(QColor(shape.stroke), 1.5) if shape.stroke else Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
                    painter.drawPath(to_path(shape.segments))
