"""Small pictures of what lies on a map's shelf, and what comes there from outside."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QMimeData,
    QObject,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPixmap

from app.files import limits
from app.files.pictures import PictureError, import_picture

if TYPE_CHECKING:
    from app.model.media import Media

MOST_KEPT: Final = 256


def preview(media: Media, name: str | None, side: int) -> QPixmap | None:
    """A picture no longer than so many px; None where it is not on the shelf or cannot be read."""
    data = media.get(name)
    if data is None:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if size.isValid():
        fitting = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
    image = reader.read()
    return QPixmap.fromImage(image) if not image.isNull() else None


def picture_from_disk(media: Media, path: Path) -> str:
    """Puts a picture of the disk on the shelf; returns its name. Raises PictureError."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.PART_BYTES + 1)
    except OSError as error:
        sentence = QCoreApplication.translate("Pictures", "{0} cannot be read; it was not added.")
        raise PictureError(sentence.format(path.name)) from error
    picture = import_picture(data, path.name)
    return media.add(picture.data, picture.suffix)


def picture_from_mime(media: Media, mime: QMimeData) -> str:
    """Puts a picture that was dropped or pasted on the shelf; returns its name. Raises PictureError."""
    files = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []
    if files:
        return picture_from_disk(media, Path(files[0]))
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        sentence = QCoreApplication.translate(
            "Pictures", "There is no picture in that; PNG, JPEG and WebP can be used."
        )
        raise PictureError(sentence)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    picture = import_picture(bytes(buffer.data().data()), QCoreApplication.translate("Pictures", "The picture"))
    return media.add(picture.data, picture.suffix)


class Previews(QObject):
    """Small pictures for long lists: one that is not there yet is made when nothing else is to be done."""

    made = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._media: Media | None = None
        self._kept: OrderedDict[tuple[str, int], QPixmap | None] = OrderedDict()
        self._wanted: dict[tuple[str, int], None] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._make)

    def set_media(self, media: Media | None) -> None:
        """Another map's shelf."""
        self._media = media
        self._kept.clear()
        self._wanted.clear()

    def get(self, name: str, side: int) -> QPixmap | None:
        """A picture no longer than so many px, as soon as it has been made."""
        key = name, side
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._wanted[key] = None
        self._timer.start()
        return None

    def _make(self) -> None:
        """The one that was asked for last is the one that is seen."""
        if self._media is None or not self._wanted:
            return
        name, side = self._wanted.popitem()[0]
        self._kept[name, side] = preview(self._media, name, side)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        if self._wanted:
            self._timer.start()
        self.made.emit()
