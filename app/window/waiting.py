"""Letting time pass without standing still."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer


def wait(seconds: float) -> None:
    """Lets the time pass; the window goes on painting, keys and mouse wait until afterwards."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
