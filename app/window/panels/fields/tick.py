"""Yes or no."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.window.panels.fields.base import FieldEditor
from app.window.ticks import TickBox


class TickEditor(FieldEditor):
    """A tick with its label beside it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = TickBox(label, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tick)
        self.setFocusProxy(self.tick)
        self.tick.clicked.connect(self._pick)

    def show_value(self, value: Any) -> None:
        self.tick.setTristate(False)
        self.tick.setChecked(bool(value))

    def show_mixed(self) -> None:
        self.tick.setCheckState(Qt.CheckState.PartiallyChecked)

    def _pick(self) -> None:
        self.tick.setTristate(False)
        self.picked.emit(self.tick.isChecked())
