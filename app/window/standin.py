"""What stands where the map will be until it is there: its thumbnail."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

THUMBNAIL: Final = "thumbnail.png"
MOST_BYTES: Final = 2_000_000
MOST_PIXELS: Final = 4_000_000


class StandIn(QWidget):
    """A picture of the map, as it will be seen at first. `painted` says that it is on the screen."""

    painted = Signal()

    def __init__(self, picture: QPixmap, desk: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(desk))
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            if not self._picture.isNull():
                height = self.width() * self._picture.height() / max(1, self._picture.width())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(QRectF(0, 0, self.width(), height), self._picture, QRectF(self._picture.rect()))
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # the toolbar may be painted after it


def thumbnail_of(path: Path) -> QPixmap:
    """The thumbnail in a file, read without trust; null where there is none or anything is odd."""
    from zipfile import ZipFile

    try:
        with ZipFile(path) as archive:
            is_small = archive.getinfo(THUMBNAIL).file_size <= MOST_BYTES
            return _picture(archive.read(THUMBNAIL)) if is_small else QPixmap()
    except Exception:  # noqa: BLE001 (a strange file has many ways to fail, and opening it will find words for them)
        return QPixmap()


def _picture(data: bytes) -> QPixmap:
    """A PNG, decoded only where its header says that it is small."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageReader

    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    size = reader.size()
    is_small = size.isValid() and size.width() * size.height() <= MOST_PIXELS
    return QPixmap.fromImageReader(reader) if is_small else QPixmap()
