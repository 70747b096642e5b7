"""Where windows lie on the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME: Final = QSize(8, 40)
"""What a window's frame takes of the screen, so that the status bar of the first window is on it."""

CASCADE: Final = 32
"""Pixels by which the next window lies below and beside the one before."""


def place_beside(made: QWidget, window: QWidget) -> None:
    """Puts a new window as far beside another as the screen has room."""
    room = window.screen().availableGeometry()
    size = window.normalGeometry().size().boundedTo(room.size() - FRAME)
    made.resize(size)
    x = min(window.pos().x() + CASCADE, room.right() - size.width() - FRAME.width())
    y = min(window.pos().y() + CASCADE, room.bottom() - size.height() - FRAME.height())
    made.move(max(room.left(), x), max(room.top(), y))


def bring_forward(window: QWidget) -> None:
    """Puts a window before the others."""
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
