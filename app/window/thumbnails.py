"""Pictures of maps, read and drawn away from the GUI thread."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from app.files import FileError, open_map
from app.files.preview import read_thumbnail
from app.window.miniature import miniature
from app.window.worker import Crew

LARGEST_DRAWN = 4 * 1024 * 1024
"""Files above so many bytes are not opened for the sake of a picture."""


class Thumbnails(Crew):
    """Answers every request with `loaded`: the key it was asked with, and the picture or None; `missing` where there
    is no such file.
    """

    loaded = Signal(str, object)
    missing = Signal(str)

    def __init__(self, size: QSize, parent: QObject | None = None) -> None:
        super().__init__(2, "thumbnails", parent)
        self._size = size

    def request(self, key: str, path: Path) -> None:
        """Looks for a picture of the map in a file."""
        if not self._is_closed:
            self._pool.submit(self._work, key, path)

    def _work(self, key: str, path: Path) -> None:
        try:
            there = path.is_file()
            picture = picture_of(path, self._size) if there else None
        except Exception:  # noqa: BLE001 (a picture is never worth an error; the tile stays without one)
            there, picture = True, None
        if self._is_closed:
            return
        with suppress(RuntimeError):  # the C++ side may be gone while the program ends
            if there:
                self.loaded.emit(key, picture)
            else:
                self.missing.emit(key)


def picture_of(path: Path, size: QSize) -> QImage | None:
    """The thumbnail in the file, cut to the size; else the map in miniature; None for what is no map."""
    held = read_thumbnail(path)
    if held is not None:
        image = QImage.fromData(held, "PNG")  # type: ignore[arg-type]
        if not image.isNull():
            return _fitted(image, size)
    if path.stat().st_size > LARGEST_DRAWN:
        return None
    try:
        document = open_map(path).document
    except FileError:
        return None
    return miniature(document, size)


def _fitted(image: QImage, size: QSize) -> QImage:
    """Fills the size; what is too much goes at the right and at the bottom, where maps end."""
    cover = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    return image.scaled(size, cover, Qt.TransformationMode.SmoothTransformation).copy(0, 0, size.width(), size.height())
