"""Gives the templates and samples the pictures that the window and file managers show of them.

    python -m tools.add_thumbnails

Run it after a change of how maps look. The maps themselves stay as they are.
"""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.canvas.view import MapView
from app.files import open_map, save
from app.layout.engine import MapLayout
from app.paths import sample_dir, template_dir


def main() -> None:
    application = QApplication([])
    for path in sorted([*template_dir().glob("*.jmap"), *sample_dir().glob("*.jmap")]):
        print(path.name, len(add_thumbnail(path)), "bytes")
    application.quit()


def add_thumbnail(path: Path) -> bytes:
    """Writes the map back with a new picture; answers the picture, a PNG."""
    opened = open_map(path)
    view = MapView()
    view.show_map(opened.document, MapLayout(opened.document))
    picture = view.thumbnail()
    assert picture is not None
    view.close_map()
    save(opened.file.holding(opened.document.records, picture, opened.document.media))
    return picture


if __name__ == "__main__":
    main()
