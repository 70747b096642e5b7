"""A picture: what it looks like, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.files.pictures import PictureError
from app.window.icons import paint_icon
from app.window.panels.fields.base import FieldEditor, mixed_words
from app.window.previews import picture_from_disk, picture_from_mime, preview
from app.window.rows import CENTER, paint_words
from app.window.tones import tones

if TYPE_CHECKING:
    from app.model.document import Document
    from app.model.media import Media

SIZE = QSize(96, 96)
RADIUS = 8.0


Chooser = Callable[[QWidget], Path | None]
"""Asks for a picture on the disk."""


class PictureEditor(FieldEditor):
    """The picture with the buttons beside it. One can be dropped or pasted on it too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chooser: Chooser | None = None
        self._media: Media | None = None
        translate = QCoreApplication.translate
        self.frame = Frame(self)
        self.choose = QPushButton(translate("Fields", "Choose…"), self)
        self.remove = QPushButton(translate("Fields", "Remove"), self)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        for button in (self.choose, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.frame, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(buttons, 1)
        self.setFocusProxy(self.choose)
        self.frame.clicked.connect(self._ask)
        self.frame.offered.connect(self._take)
        self.frame.cleared.connect(self._clear)
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(self._clear)
        self.set_chooser(None)
        self.show_value(None)

    def set_chooser(self, chooser: Chooser | None) -> None:
        """Who asks for a file; None: pictures can be dropped and pasted only."""
        self._chooser = chooser
        self.choose.setEnabled(chooser is not None)

    def follow(self, document: Document) -> None:
        if self._media is not document.media:
            self._media = document.media
            self.show_value(None)

    def show_value(self, value: Any) -> None:
        side = round(SIZE.width() * self.devicePixelRatioF())
        pixmap = preview(self._media, value, side) if self._media is not None and value else None
        missing = QCoreApplication.translate("Fields", "Not there") if value and pixmap is None else ""
        self.frame.show_picture(pixmap, missing)
        self.remove.setEnabled(value is not None)

    def show_mixed(self) -> None:
        self.frame.show_picture(None, mixed_words())
        self.remove.setEnabled(True)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.frame.setAccessibleName(name)
        for button in (self.choose, self.remove):
            button.setAccessibleName(f"{name}: {button.text()}")

    def _ask(self) -> None:
        path = self._chooser(self) if self._chooser is not None else None
        if path is not None:
            self._keep(lambda media: picture_from_disk(media, path))

    def _take(self, mime: QMimeData) -> None:
        self._keep(lambda media: picture_from_mime(media, mime))

    def _keep(self, put: Callable[[Media], str]) -> None:
        if self._media is None:
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            name = put(self._media)
        except PictureError as error:
            self.refused.emit(str(error))
        else:
            self.picked.emit(name)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _clear(self) -> None:
        if self.remove.isEnabled():
            self.picked.emit(None)


class Frame(QAbstractButton):
    """Shows the picture; `offered` is something dropped or pasted on it, `cleared` asks to remove it."""

    offered = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._words = ""
        self._is_over = False
        self.setFixedSize(SIZE)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(QCoreApplication.translate("Fields", "Choose a picture, or drop or paste one here"))

    def show_picture(self, pixmap: QPixmap | None, words: str) -> None:
        """A picture, or the words in its place."""
        self._pixmap, self._words = pixmap, words
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            data: QMimeData | None = QGuiApplication.clipboard().mimeData()
            if data is not None:  # it may be, where the program that copied is gone
                self.offered.emit(data)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._light_up(True)

    def dragLeaveEvent(self, event: Any) -> None:
        super().dragLeaveEvent(event)
        self._light_up(False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._light_up(False)
        self.offered.emit(event.mimeData())

    def _light_up(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        worn = tones()
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            is_marked = self.hasFocus() or self._is_over
            painter.setBrush(QColor(worn.soft if self._is_over else worn.hover if self.underMouse() else worn.field))
            edge = QPen(QColor(worn.focus if is_marked else worn.edge), 2 if is_marked else 1)
            if self._pixmap is None:
                edge.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(edge)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            if self._pixmap is not None:
                shown = self._pixmap.size().scaled(SIZE - QSize(8, 8), Qt.AspectRatioMode.KeepAspectRatio)
                place = QRectF(0, 0, shown.width(), shown.height())
                place.moveCenter(area.center())
                painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
            elif self._words:
                paint_words(painter, self.rect(), self._words, worn.secondary, self.font(), CENTER)
            else:
                sign = QRectF(0, 0, 28, 28)
                sign.moveCenter(area.center())
                paint_icon(painter, "image", sign, worn.secondary if self.isEnabled() else worn.disabled)
