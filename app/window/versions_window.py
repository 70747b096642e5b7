"""The window of versions: what the map was and when, how that looked, and the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.window.framed import paint_picture
from app.window.icons import paint_icon
from app.window.labels import plain_label
from app.window.placing import FRAME
from app.window.rows import SIDE, Index, RowDelegate, heavier, mirrored, paint_ground, paint_words, smaller
from app.window.tips import plain_tip
from app.window.tones import Tones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.files.revisions import Revision

SIZE: Final = QSize(956, 620)
LIST: Final = 416
PICTURE: Final = QSize(496, 314)
ROW: Final = 52
ICON: Final = 16
RADIUS: Final = 8.0
VERSION: Final = Qt.ItemDataRole.UserRole


class VersionRow(NamedTuple):
    """A line of the list. `revision` None: the map as it is now, which is in no file yet."""

    revision: Revision | None
    time: str
    change: str
    can_go_back: bool

    @property
    def name(self) -> str:
        return self.revision.name if self.revision is not None else ""

    @property
    def title(self) -> str:
        return self.name or self.time

    @property
    def detail(self) -> str:
        """What stands under the title: the time too, where the title is a name."""
        return " · ".join(filter(None, (self.time if self.name else "", self.change)))


class VersionsWindow(QDialog):
    """The versions on the one side, the selected one on the other. What is to be done is told by signals."""

    selected = Signal(object)
    """Another VersionRow is looked at."""
    name_wanted = Signal(object)
    unname_wanted = Signal(object)
    copy_wanted = Signal(object)
    compare_wanted = Signal(object)
    back_wanted = Signal(object)
    """What is to be done with a VersionRow."""
    history_unwanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Versions in the map"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setSizeGripEnabled(False)
        self.list = _List(self)
        self.picture = Picture(self)
        self.about = plain_label(self, "secondary")
        self.about.setText(
            self.tr(
                "The file carries these versions along, to whoever gets it. "
                "Backups that stay on this computer are under File ▸ Restore earlier version from backup."
            )
        )
        self.title = plain_label(self, "title")
        self.time = plain_label(self, "secondary")
        self.change = plain_label(self)
        self.error = plain_label(self, "error")
        self.name = QPushButton(self)
        self.unname = QPushButton(self.tr("Remove na&me"), self)
        self.copy = QPushButton(self.tr("Open as a &copy"), self)
        self.compare = QPushButton(self.tr("Com&pare with now"), self)
        self.back = QPushButton(self.tr("&Go back to this version"), self)
        self.remove = QPushButton(self.tr("&Remove history…"), self)
        self.leave = QPushButton(self.tr("Close"), self)
        self._lay_out()
        self._connect()

    @property
    def row(self) -> VersionRow | None:
        """The version that is looked at."""
        return self.list.row_at(self.list.currentRow())

    def show_rows(self, rows: Sequence[VersionRow], at: int = 0, *, has_past: bool) -> None:
        """Shows these versions, the newest first, and one of them in full. `has_past`: there is a history to remove."""
        self.list.show_rows(rows)
        self.remove.setEnabled(has_past)
        self.list.setCurrentRow(min(at, len(rows) - 1))
        self.list.setFocus()

    def show_picture(self, picture: QImage | None, error: str = "") -> None:
        """How the version looks that is looked at; None with an error: it cannot be read."""
        self.picture.show_image(picture)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        row = self.row
        is_there = picture is not None and row is not None
        self.copy.setEnabled(is_there and row is not None and row.revision is not None)
        for button in (self.compare, self.back):
            button.setEnabled(is_there and row is not None and row.can_go_back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and self.name.isEnabled():
            self.name.click()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        row = self.row
        if row is None:
            return
        self.title.setText(row.title)
        self.time.setText(row.time if row.name else "")
        self.change.setText(row.change)
        for label in (self.time, self.change):
            label.setVisible(bool(label.text()))
        self.name.setText(self.tr("Re&name…") if row.name else self.tr("&Name…"))
        self.unname.setVisible(bool(row.name))
        self.show_picture(None)
        self.selected.emit(row)

    def _lay_out(self) -> None:
        self.list.setFixedWidth(LIST)
        for button in (self.name, self.unname, self.compare, self.copy, self.back, self.remove, self.leave):
            button.setAutoDefault(False)
        self.back.setProperty("look", "primary")
        self.remove.setProperty("look", "link")
        names, ways = QHBoxLayout(), QHBoxLayout()
        ways.addStretch(1)
        for layout, buttons in ((names, (self.name, self.unname)), (ways, (self.compare, self.copy, self.back))):
            layout.setSpacing(8)
            for button in buttons:
                layout.addWidget(button)
        names.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        side = QVBoxLayout()
        side.setContentsMargins(24, 20, 20, 16)
        side.setSpacing(8)
        side.addWidget(self.about)
        side.addSpacing(4)
        side.addWidget(self.picture)
        side.addSpacing(8)
        for label in (self.title, self.time, self.change, self.error):
            side.addWidget(label)
        side.addSpacing(4)
        side.addLayout(names)
        side.addStretch(1)
        side.addLayout(ways)
        side.addSpacing(12)
        side.addLayout(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.list)
        whole.addLayout(side, 1)
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._show())
        for button, signal in (
            (self.name, self.name_wanted),
            (self.unname, self.unname_wanted),
            (self.copy, self.copy_wanted),
            (self.compare, self.compare_wanted),
            (self.back, self.back_wanted),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.row))
        self.remove.clicked.connect(self.history_unwanted)
        self.leave.clicked.connect(self.reject)


class _List(QListWidget):
    """Versions, the newest on top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[VersionRow] = []
        self.setObjectName("side")
        self.setViewportMargins(8, 8, 8, 8)
        self.setAccessibleName(self.tr("Versions"))
        self.setItemDelegate(_Rows(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def row_at(self, place: int) -> VersionRow | None:
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def show_rows(self, rows: Sequence[VersionRow]) -> None:
        self.clear()
        self._rows = list(rows)
        for row in rows:
            item = QListWidgetItem(row.title, self)
            item.setData(VERSION, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.title}, {row.detail}")
            item.setToolTip(plain_tip(f"{row.title}\n{row.detail}" if row.detail else row.title))


class _Rows(RowDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, ROW)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, worn: Tones) -> None:
        row: VersionRow = index.data(VERSION)
        rect = QRect(option.rect)
        widget = self.parent()
        focused = isinstance(widget, QWidget) and widget.hasFocus()
        paint_ground(painter, rect, option.state, worn, focused=focused)
        mark = mirrored(option, QRect(rect.topLeft() + QPoint(SIDE + 4, (ROW - ICON) // 2), QSize(ICON, ICON)))
        symbol, color = _sign(row, worn)
        paint_icon(painter, symbol, QRectF(mark), color)
        words = rect.adjusted(2 * SIDE + ICON + 8, 7, -SIDE, 0)
        font = heavier(option.font) if row.name or row.revision is None else option.font
        title = mirrored(option, QRect(words.topLeft(), QSize(words.width(), 20)))
        detail = mirrored(option, QRect(words.topLeft() + QPoint(0, 20), QSize(words.width(), 18)))
        paint_words(painter, title, row.title, worn.text, font)
        paint_words(painter, detail, row.detail, worn.secondary, smaller(option.font))


def _sign(row: VersionRow, worn: Tones) -> tuple[str, str]:
    if row.revision is None:
        return "circle-dashed", worn.secondary
    return ("tag", worn.link) if row.name else ("clock", worn.secondary)


class Picture(QWidget):
    """A version in miniature."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setMinimumHeight(140)
        self.setMaximumHeight(PICTURE.height())

    def sizeHint(self) -> QSize:
        return PICTURE

    @property
    def image(self) -> QImage | None:
        return self._image

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_picture(painter, self._frame(), self._image, RADIUS)

    def _frame(self) -> QRectF:
        """The shape of a picture, as large as there is room, at the start."""
        size = PICTURE.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = self.width() - size.width() if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
        return QRectF(left, 0, size.width(), size.height())
