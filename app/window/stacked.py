"""The side of a window that has a list, what one stands on in it below, and buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QSplitter, QVBoxLayout, QWidget


def stack(side: QWidget, top: QLayout, upper: QWidget, lower: QWidget, foot: QLayout) -> QSplitter:
    """Lays out a side from top to foot; the splitter holds the two widgets."""
    splitter = QSplitter(Qt.Orientation.Vertical, side)
    splitter.setChildrenCollapsible(False)
    splitter.addWidget(upper)
    splitter.addWidget(lower)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(top)
    column.addWidget(splitter, 1)
    column.addLayout(foot)
    return splitter


def lined(widget: QWidget, side: QWidget) -> QFrame:
    """The widget in a frame with a line above, as it lies under another."""
    frame = QFrame(side)
    frame.setObjectName("foot")
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 1, 0, 0)
    column.addWidget(widget)
    return frame
