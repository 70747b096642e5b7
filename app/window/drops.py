"""Files that are dropped on a window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIX = ".jmap"


def dropped_maps(data: QMimeData) -> list[Path]:
    """The maps among what is dropped."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return [path for path in paths if path.suffix.lower() == SUFFIX]
