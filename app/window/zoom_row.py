"""The row under the preview: closer, farther, whole page, size of print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.window.icons import icon
from app.window.rows import paint_words
from app.window.tones import tones

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.window.page_preview import PagePreview


class _Hint(QLabel):
    """A line that gives way to the buttons beside it on a small screen."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_words(painter, self.rect(), self.text(), tones().secondary, self.font())


class ZoomRow(QWidget):
    """Buttons that zoom a preview, and how far it is."""

    def __init__(self, preview: PagePreview, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview = preview
        self.farther = self._button("zoom-out", self.tr("Farther (−)"), preview.farther)
        self.nearer = self._button("zoom-in", self.tr("Closer (+)"), preview.nearer)
        self.whole = self._button("", self.tr("Whole page"), preview.fit)
        self.actual = self._button("", self.tr("Actual size"), lambda: preview.zoom_to(1.0))
        self._zoom = QLabel(self)
        self._zoom.setMinimumWidth(52)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = _Hint(self.tr("Click the page to look closer, and again to go back"), self)
        for label in (self._zoom, self._hint):
            label.setProperty("role", "caption")
        self._hint.setMinimumWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(4)
        for widget in (self.farther, self._zoom, self.nearer, self.whole, self.actual):
            row.addWidget(widget)
        row.insertSpacing(3, 8)
        row.addStretch(1)
        row.addWidget(self._hint)
        preview.zoomed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the zoom there is."""
        self._zoom.setText(f"{round(self._preview.zoom * 100)} %")
        self.whole.setChecked(self._preview.is_fitted)
        self.actual.setChecked(not self._preview.is_fitted and round(self._preview.zoom, 3) == 1.0)
        for button in (self.farther, self.nearer, self.whole, self.actual):
            button.setEnabled(self._preview.has_page)

    def _button(self, name: str, text: str, do: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "tool")
        if name:
            button.setIcon(icon(name))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(text)
        else:
            button.setText(text)
            button.setCheckable(True)
            button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(do)
        button.clicked.connect(self.refresh)
        return button
