"""Files that are dropped on a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDropEvent

SUFFIX = ".jmap"


def take_maps(event: QDropEvent) -> list[Path]:
    """The maps among what is dragged over the window or dropped on it; where there are any, they are accepted as
    copies, so that nobody takes the files away.
    """
    paths = _maps(event.mimeData())
    if paths:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    return paths


def _maps(data: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return [path for path in paths if path.suffix.lower() == SUFFIX]
