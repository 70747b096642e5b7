"""The maps that were open when the program ended, each with its picture and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.files.journal.recovery import LostMap
from app.paths import journal_dir
from app.window.framed import paint_picture
from app.window.labels import plain_label
from app.window.moments import seconds_words
from app.window.places import from_home
from app.window.rows import paint_words
from app.window.tips import plain_tip

PICTURE = QSize(126, 80)
NARROWEST, WIDTH, HIGHEST = 620, 760, 520
RADIUS = 6.0


class Offer(NamedTuple):
    """A map to restore, with a picture of it. `is_copy`: its file is another now, or gone."""

    lost: LostMap
    picture: QImage
    is_copy: bool


class LostMaps(QFrame):
    """A card with a row for each map. It decides nothing: what is wanted goes out as a signal with the offer."""

    restore_asked = Signal(object)
    save_asked = Signal(object)
    discard_asked = Signal(object)
    all_asked = Signal()
    emptied = Signal()
    """Everything was decided on."""

    def __init__(self, offers: Callable[[], Sequence[Offer]], unreadable: int, parent: QWidget | None = None) -> None:
        """`unreadable`: so many journals more could not be read."""
        super().__init__(parent)
        self._offers = offers
        self._unreadable = unreadable
        self.setObjectName("floating")
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDTH)
        self.heading = QLabel(self)
        self.heading.setProperty("role", "title")
        self.note = plain_label(self, "secondary")
        self.all_button = QPushButton(self.tr("Restore all"), self)
        self.all_button.clicked.connect(self.all_asked)
        self.rows: list[LostRow] = []
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.all_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(12)
        self._column.addLayout(top)
        self._column.addWidget(self.note)
        self._fill(self._offers())

    def refresh(self) -> None:
        """Shows what is offered now; nothing where that is nothing."""
        offers = self._offers()
        self._fill(offers)
        self.setVisible(bool(offers) or self._unreadable > 0)
        if not offers:
            self.emptied.emit()

    def _fill(self, offers: Sequence[Offer]) -> None:
        self.heading.setText(self._heading(len(offers)))
        self.note.setText(" ".join(self._notes(bool(offers))))
        self.all_button.setVisible(len(offers) > 1)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [self._row(offer) for offer in offers]

    def _heading(self, count: int) -> str:
        if not count:
            return self.tr("Unsaved changes cannot be read")
        if count == 1:
            return self.tr("A map was open when the program ended")
        return self.tr("{n} maps were open when the program ended").format(n=count)

    def _notes(self, has_offers: bool) -> Iterator[str]:
        if has_offers:
            yield self.tr("Nothing is written to your files before you save.")
        if self._unreadable:
            one, many = (
                self.tr("A damaged journal is kept for 30 days"),
                self.tr("{n} damaged journals are kept for 30 days"),
            )
            words = one if self._unreadable == 1 else many.format(n=self._unreadable)
            yield self.tr("{journals} in {folder}.").format(journals=words, folder=from_home(journal_dir()))

    def _row(self, offer: Offer) -> LostRow:
        row = LostRow(offer, self)
        row.restore.clicked.connect(lambda: self.restore_asked.emit(offer))
        row.save.clicked.connect(lambda: self.save_asked.emit(offer))
        row.discard.clicked.connect(lambda: self.discard_asked.emit(offer))
        self._column.addWidget(row)
        return row


class LostRow(QWidget):
    """One map: picture, title, when, where, and the buttons."""

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        name = offer.lost.title or self.tr("Untitled")
        self.restore = self._button(self.tr("Restore"), name, "primary")
        self.save = self._button(self.tr("Save as…"), name)
        self.discard = self._button(self.tr("Discard"), name)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        for text, role in ((name, "title"), (_changes(offer.lost), "secondary"), (_place(offer), "secondary")):
            words.addWidget(_Line(text, role, self))
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(_Picture(offer.picture, self))
        row.addLayout(words, 1)
        for button in (self.restore, self.save, self.discard):
            row.addWidget(button)

    def _button(self, text: str, name: str, look: str = "even") -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleDescription(name)
        button.setAutoDefault(True)
        button.setProperty("look", look)
        return button


class LostMapsDialog(QDialog):
    """The same beside a map that is open; it waits for nobody."""

    def __init__(self, maps: LostMaps, parent: QWidget) -> None:
        super().__init__(parent)
        self.maps = maps
        self.setWindowTitle(self.tr("Restore maps"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        maps.setObjectName("")
        maps.emptied.connect(self.close)
        later = QPushButton(self.tr("Later"), self)
        later.setToolTip(self.tr("The start page offers them until then"))
        later.setAutoDefault(False)
        later.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(later)
        foot.setContentsMargins(0, 0, 17, 0)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(maps)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 16)
        column.addWidget(area)
        column.addLayout(foot)
        self.resize(WIDTH + 16, min(HIGHEST, maps.sizeHint().height() + 2 * later.sizeHint().height()))
        if maps.rows:
            maps.rows[0].restore.setFocus()


class _Line(QLabel):
    """One line; what does not fit is in its tip."""

    def __init__(self, text: str, role: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setToolTip(plain_tip(text))
        self.setMinimumWidth(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            color = self.palette().color(self.foregroundRole()).name()
            paint_words(painter, self.rect(), self.text(), color, self.font())


class _Picture(QWidget):
    """A picture with a hairline around it."""

    def __init__(self, picture: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setFixedSize(PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_picture(painter, self.rect().toRectF(), self._picture, RADIUS)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LostMaps", text)


def _changes(lost: LostMap) -> str:
    one, many = _tr("1 unsaved change"), _tr("{n} unsaved changes")
    words = [one if lost.unsaved == 1 else many.format(n=lost.unsaved)]
    if lost.edited:
        words.append(_tr("last edited {time}").format(time=seconds_words(lost.edited)))
    if lost.is_partial:
        words.append(_tr("later ones are damaged"))
    return ", ".join(words)


def _place(offer: Offer) -> str:
    path = offer.lost.path
    if path is None:
        return _tr("Never saved to a file")
    shown = from_home(path)
    return _tr("Opens as a copy, for its file changed or moved: {file}").format(file=shown) if offer.is_copy else shown
