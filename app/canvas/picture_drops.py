"""Pictures from elsewhere: in files dragged onto the map, or as image data that another program gives away.

Nothing is read here but image data; what files hold is the business of whoever checks it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt

from app.canvas.selection import Cell
from app.layout import lookup
from app.layout.drawing import Rect

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene
    from app.layout.grid import DropPlace

Source = Path | bytes
"""A file, or what would be in one."""

IMAGE_LIKE: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".svg", ".heic", ".avif"}
)
"""How files end that somebody would call pictures; which of them are taken is said when they are read."""

ENCODED: Final = ("image/png", "image/jpeg", "image/webp")

Offer: TypeAlias = "Callable[[list[Source], Cell], object]"
"""Takes pictures for a place in a cell."""


def holds_pictures(data: QMimeData) -> bool:
    """True where there are pictures, as far as one can tell without reading them."""
    return bool(_files(data)) or data.hasImage() or any(map(data.hasFormat, ENCODED))


def pictures_in(data: QMimeData) -> list[Source]:
    """Files that end like pictures; where there are none, image data."""
    files = _files(data)
    if files:
        return list(files)
    image = _image_data(data)
    return [image] if image else []


def has_image_files(data: QMimeData) -> bool:
    return bool(_files(data))


def _files(data: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    return [path for path in paths if path.suffix.lower() in IMAGE_LIKE]


def _image_data(data: QMimeData) -> bytes:
    """As the other program has encoded it; else what Qt makes of it, as PNG."""
    for encoded in ENCODED:
        if data.hasFormat(encoded):
            return bytes(data.data(encoded).data())
    if not data.hasImage():
        return b""
    from PySide6.QtGui import QImage

    image, buffer = QImage(data.imageData()), QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    is_saved = not image.isNull() and image.save(buffer, "PNG")  # type: ignore[call-overload]  # it refuses bytes
    return bytes(buffer.data().data()) if is_saved else b""


class DropPictures:
    """Pictures are carried over the map; the cell below the mouse lights up, and gets them when they are let go."""

    cursor = Qt.CursorShape.DragCopyCursor
    scrolls_at_edges = True
    is_open = True

    def __init__(self, scene: MapScene, offer: Offer) -> None:
        self._scene = scene
        self._offer = offer
        self._place: DropPlace | None = None
        self.sources: list[Source] = []

    @property
    def has_place(self) -> bool:
        """True where they could be let go."""
        return self._place is not None

    def move(self, spot: Spot) -> None:
        self._place = lookup.drop_place(self._scene.layout, *spot.on_map) if spot.on_map is not None else None
        self._scene.target.show_at(self._place.cell if self._place is not None else None)
        self._scene.lifted_target.show_at(None, _mark(self._place))

    def release(self, spot: Spot) -> None:
        self.move(spot)
        self.cancel()
        if self._place is not None and self.sources:
            self._offer(self.sources, Cell(self._place.lane, self._place.step, self._place.slot))

    def cancel(self) -> None:
        self._scene.target.clear()
        self._scene.lifted_target.clear()


def _mark(place: DropPlace | None) -> tuple[float, float, float, float] | None:
    if place is None:
        return None
    inner: Rect = place.cell.grown(-2.0)
    return inner.x, place.mark_y, inner.right, place.mark_y
