"""What stands above the fields in the inspector: whose they are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.window.icons import icon
from app.window.panels.naming import Heading
from app.window.tones import seen

ICON = QSize(18, 18)


class Header(QWidget):
    """Icon and kind, and under them where it lies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self.name = QLabel(self)
        self.name.setProperty("role", "title")
        self.where = QLabel(self)
        self.where.setProperty("role", "secondary")
        self.where.setWordWrap(True)
        self._shown: Heading | None = None
        for label in (self.name, self.where):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._icon.setFixedSize(ICON)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._icon)
        top.addWidget(self.name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.where)

    def show_heading(self, heading: Heading) -> None:
        if heading == self._shown:
            return
        self._shown = heading
        self._show_icon(heading)
        self.name.setText(heading.name)
        self.where.setText(heading.where)
        self.where.setVisible(bool(heading.where))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._show_icon(self._shown)

    def _show_icon(self, heading: Heading) -> None:
        pixmap = icon(heading.icon, seen(heading.color)).pixmap(ICON, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)
