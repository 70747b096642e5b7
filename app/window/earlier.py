"""Earlier versions of a map: when they were saved, how they look, what has changed since; to be opened or restored."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.files import FileError, load
from app.files.backups import Backups
from app.model.comparison import compare
from app.window.labels import plain_label
from app.window.moments import moments_words
from app.window.placing import FRAME
from app.window.rows import SIDE, Index, RowDelegate, heavier, mirrored, paint_ground, paint_words, smaller
from app.window.thumbnails import Thumbnails
from app.window.tones import Tones
from app.window.worker import Crew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QResizeEvent

    from app.files.backups import Backup
    from app.model.comparison import Counts
    from app.model.records import Record

SIZE: Final = QSize(960, 600)
EMPTY: Final = QSize(480, 170)
LIST_WIDTH: Final = 288
ROW: Final = 52
MOST_SAID: Final = 4
"""So many of the differences are named."""

PICTURE: Final = QSize(1200, 760)


class EarlierWindow(QDialog):
    """The versions kept of one file. `records`: what the map holds now, to say what has changed; None: it is not open.

    Both signals carry the path of a version.
    """

    copy_wanted = Signal(Path)
    restore_wanted = Signal(Path)

    def __init__(self, path: Path, records: Iterable[Record] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Backups of “{name}” on this computer").format(name=path.name))
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.versions = Backups(path).found()
        self._pictures: dict[str, QImage | None] = {}
        self._said: dict[int, list[str]] = {}
        self._now = None if records is None else list(records)
        self.list = _VersionList(moments_words([each.moment for each in self.versions]), self)
        self.picture = _Picture(self)
        self.changes, self.facts = plain_label(self), plain_label(self, "secondary")
        self.about = plain_label(self, "secondary")
        self.about.setText(
            self.tr(
                "Backups stay on this computer and are not in the file. "
                "Versions that the file carries along are under File ▸ Versions in the map."
            )
        )
        self.buttons = QDialogButtonBox(self)
        self.restore = self.buttons.addButton(self.tr("&Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy = self.buttons.addButton(self.tr("Open as a &copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self._thumbnails = Thumbnails(PICTURE, self)
        self._thumbnails.loaded.connect(self._show_picture)
        self._differences = _Differences(self)
        self._differences.found.connect(self._show_difference)
        self._connect()
        self._load()
        self._show()

    @property
    def chosen(self) -> Backup | None:
        row = self.list.currentIndex().row()
        return self.versions[row] if 0 <= row < len(self.versions) else None

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.picture, 1)
        side.addWidget(self.changes)
        side.addWidget(self.facts)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list)
        middle.addLayout(side, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(12)
        rows.addWidget(self.about)
        rows.addLayout(middle, 1)
        rows.addWidget(self.buttons)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show())
        self.list.doubleClicked.connect(lambda _index: self._leave_with(self.copy_wanted.emit))
        self.restore.clicked.connect(lambda: self._leave_with(self.restore_wanted.emit))
        self.copy.clicked.connect(lambda: self._leave_with(self.copy_wanted.emit))
        self.buttons.rejected.connect(self.reject)

    def _load(self) -> None:
        for version in self.versions:
            self._thumbnails.request(version.path.name, version.path)
        if self._now is not None:
            self._differences.look(self.versions, self._now)
        if self.versions:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setFocus()

    def _leave_with(self, act: Callable[[Path], None]) -> None:
        version = self.chosen
        if version is not None:
            self.reject()
            act(version.path)

    def _show(self) -> None:
        version = self.chosen
        self.restore.setEnabled(version is not None)
        self.copy.setEnabled(version is not None)
        if version is None:
            self._show_nothing()
            return
        self.picture.show_picture(self._pictures.get(version.path.name))
        if self._now is not None:
            said = self.tr("Restoring is one step that can be undone; the file changes when you save.")
        else:
            said = self.tr("Restoring puts this version where the file is, and keeps that beside it as damaged.")
        self.changes.setText("\n".join(self._said.get(self.list.currentIndex().row(), [])))
        self.facts.setText(said)

    def _show_nothing(self) -> None:
        """A sentence alone, for there is nothing to choose from."""
        for widget in (self.about, self.list, self.picture, self.changes, self.restore, self.copy):
            widget.hide()
        self.resize(EMPTY)
        self.facts.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts.setText(
            self.tr("There is no backup of this map on this computer yet.\nEach time you save, one is made.")
        )

    def _show_picture(self, name: str, picture: QImage | None) -> None:
        self._pictures[name] = picture
        if self.chosen is not None and self.chosen.path.name == name:
            self.picture.show_picture(picture)

    def _show_difference(self, row: int, words: str, said: list[str]) -> None:
        self.list.say(row, words)
        self._said[row] = said
        if row == self.list.currentIndex().row():
            self._show()

    def done(self, result: int) -> None:
        self._thumbnails.close()
        self._differences.close()
        super().done(result)


class _VersionList(QListView):
    """One row per version: when, and below it what has changed since."""

    def __init__(self, moments: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.said: dict[int, str] = {}
        self.setAccessibleName(self.tr("Backups"))
        self.setFixedWidth(LIST_WIDTH)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setModel(QStringListModel([moment[:1].upper() + moment[1:] for moment in moments], self))
        self.setItemDelegate(_VersionDelegate(self.said, self))

    def say(self, row: int, words: str) -> None:
        """What has changed since that version."""
        self.said[row] = words
        self.update(self.model().index(row, 0))


class _VersionDelegate(RowDelegate):
    def __init__(self, said: dict[int, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._said = said

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(LIST_WIDTH - 16, ROW)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, worn: Tones) -> None:
        rect, font = option.rect, QApplication.font()
        view = self.parent()
        focused = isinstance(view, QWidget) and view.hasFocus()
        paint_ground(painter, rect, option.state, worn, focused=focused)
        width = rect.width() - 4 * SIDE
        first = mirrored(option, QRect(rect.x() + 2 * SIDE, rect.y() + 7, width, 20))
        second = mirrored(option, QRect(rect.x() + 2 * SIDE, rect.y() + 27, width, 18))
        paint_words(painter, first, index.data(), worn.text, heavier(font))
        paint_words(painter, second, self._said.get(index.row(), ""), worn.secondary, smaller(font))


class _Picture(QFrame):
    """A picture of the map, as large as there is room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._image: QImage | None = None
        self._label = QLabel(self)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setMinimumSize(1, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.addWidget(self._label)

    def show_picture(self, image: QImage | None) -> None:
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image is None or self._image.isNull():
            self._label.setPixmap(QPixmap())
            return
        ratio = self.devicePixelRatioF()
        room = self._label.size() * ratio
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        pixmap = QPixmap.fromImage(self._image.scaled(room, keep, smooth))
        pixmap.setDevicePixelRatio(ratio)
        self._label.setPixmap(pixmap)


class _Differences(Crew):
    """Compares versions with the map as it is, in a thread of its own."""

    found = Signal(int, str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(1, "earlier", parent)

    def look(self, versions: list[Backup], now: list[Record]) -> None:
        for row, version in enumerate(versions):
            self._pool.submit(self._compare, row, version.path, now)

    def _compare(self, row: int, path: Path, now: list[Record]) -> None:
        said: list[str] = []
        try:
            comparison = compare(load(path).records, now)
            words = difference_words(comparison.counts)
            sentences = (each for change in comparison.changes for each in comparison.sentences_of(change))
            said = [each.worded(_translated) for each in islice(sentences, MOST_SAID)]
        except FileError:
            words = QCoreApplication.translate("EarlierWindow", "Cannot be read")
        if not self._is_closed:
            with suppress(RuntimeError):  # the C++ side may be gone while the program ends
                self.found.emit(row, words, said)


def _translated(words: str) -> str:
    return QCoreApplication.translate("Comparison", words)


def difference_words(counts: Counts) -> str:
    """What has changed since, counted: “Since then 3 added, 5 changed, 1 removed”."""
    translate = QCoreApplication.translate
    said = ", ".join(
        words.format(n=count)
        for words, count in (
            (translate("EarlierWindow", "{n} added"), counts.added),
            (translate("EarlierWindow", "{n} changed"), counts.changed),
            (translate("EarlierWindow", "{n} moved"), counts.moved),
            (translate("EarlierWindow", "{n} removed"), counts.removed),
        )
        if count
    )
    if not said:
        return translate("EarlierWindow", "As the map is now")
    return translate("EarlierWindow", "Since then {changes}").format(changes=said)
