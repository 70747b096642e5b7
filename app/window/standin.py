"""What stands where the map will be until it is there: its thumbnail, or a word and a bar."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

THUMBNAIL: Final = "thumbnail.png"
MOST_BYTES: Final = 2_000_000
MOST_PIXELS: Final = 4_000_000


class StandIn(QWidget):
    """A picture of the map, as it will be seen at first. `painted` says that it is on the screen."""

    painted = Signal()

    def __init__(self, picture: QPixmap, desk: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self._desk = QColor(desk)
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._desk)
        if not self._picture.isNull():
            height = self.width() * self._picture.height() / max(1, self._picture.width())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(QRectF(0, 0, self.width(), height), self._picture, QRectF(self._picture.rect()))
        painter.end()
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()


class OpeningPage(QWidget):
    """Says that a large map is being opened, and lets one think better of it."""

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        label = QLabel(self.tr("Opening “{name}”…").format(name=name), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(320)
        button = QPushButton(self.tr("Cancel"), self)
        button.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.addStretch()
        for widget in (label, bar, button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()


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
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    size = reader.size()
    is_small = size.isValid() and size.width() * size.height() <= MOST_PIXELS
    return QPixmap.fromImageReader(reader) if is_small else QPixmap()
