"""What drops down to choose many from many: a line to search with over a list that makes no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.model.spelling import bare
from app.window.icons import icon, paint_icon
from app.window.panels.fields.choices import Option
from app.window.panels.search_field import SearchField
from app.window.rows import SIDE, Index, RowDelegate, mirrored, paint_ground, paint_words
from app.window.tones import Tones

ROW = 28
ICON_SIZE, GAP = 16, 8
MOST_SHOWN = 9
"""So many rows are seen at once."""

NEW = object()
"""The value of the row that offers to make what is searched for."""


class PickList(QAbstractListModel):
    """Those of the options that have the words searched for, and which of them are chosen."""

    def __init__(self, options: Sequence[Option], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._options = [(option, bare(option.label)) for option in options]
        self._shown = list(options)
        self.chosen: set[Any] = set()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        option = self._shown[index.row()]
        is_chosen = option.value in self.chosen
        answers = {
            Qt.ItemDataRole.DisplayRole: option.label,
            Qt.ItemDataRole.DecorationRole: option.icon,
            Qt.ItemDataRole.ToolTipRole: option.label,
            Qt.ItemDataRole.CheckStateRole: Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked,
        }
        return answers.get(Qt.ItemDataRole(role))

    def option(self, row: int) -> Option:
        return self._shown[row]

    def search(self, text: str, offer: str = "") -> None:
        """Shows those with these words; `offer` is the label of a row that makes a new one."""
        words = bare(text).split()
        self.beginResetModel()
        self._shown = [option for option, label in self._options if all(word in label for word in words)]
        if offer and not any(option.label.casefold() == text.strip().casefold() for option, _ in self._options):
            self._shown.append(Option(NEW, offer, icon("plus")))
        self.endResetModel()

    def toggle(self, value: Any) -> bool:
        """Chooses one or lets go of it; True: it is chosen now."""
        self.chosen ^= {value}
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self._shown) - 1)))
        return value in self.chosen


class Picker(QFrame):
    """The list that drops down. It stays open until Esc is pressed or the mouse goes elsewhere: many are chosen.

    `toggled` says what was chosen or let go of, `created` the title of something new.
    """

    toggled = Signal(object, bool)
    created = Signal(str)

    def __init__(self, name: str, options: Sequence[Option], *, new: str = "", parent: QWidget) -> None:
        """`new`: the label of the row that makes one, with {0} for its title; empty: none is made."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self._new = new
        self._is_above = False
        self.search = SearchField(name, self)
        self.search.installEventFilter(self)
        self.list = _View(name, self)
        self.entries = PickList(options, self)
        self.list.setModel(self.entries)
        self.nothing = QLabel(QCoreApplication.translate("Fields", "Nothing found."), self)
        self.nothing.setProperty("role", "secondary")
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        for part in (self.search, self.list, self.nothing):
            layout.addWidget(part)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._choose_current)
        self.list.clicked.connect(self._choose)
        self.list.chosen.connect(self._choose_current)
        self._search("")

    def open_at(self, place: QWidget, chosen: Iterable[Any]) -> None:
        """Shows the list below a widget, or above where there is no room."""
        self.entries.chosen = set(chosen)
        self.resize(max(220, place.width()), self.sizeHint().height())
        below = place.mapToGlobal(QPoint(0, place.height() + 4))
        room = place.screen().availableGeometry()
        if below.y() + self.height() > room.bottom():
            self._is_above = True
            below = place.mapToGlobal(QPoint(0, -4 - self.height()))
        below.setX(max(room.left(), min(below.x(), room.right() - self.width())))
        self.move(below.x(), max(room.top(), below.y()))
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: Any) -> bool:
        """The arrow keys go through the list while one is typing."""
        keys = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            if Qt.Key(event.key()) in keys:
                self.list.keyPressEvent(event)
                return True
            if event.key() == Qt.Key.Key_Escape and not self.search.text():
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _search(self, text: str) -> None:
        self.entries.search(text, self._new.format(text.strip()) if self._new and text.strip() else "")
        count = self.entries.rowCount()
        self.list.setFixedHeight(ROW * max(1, min(MOST_SHOWN, count)))
        self.list.setVisible(count > 0)
        self.nothing.setVisible(count == 0)
        self.list.setCurrentIndex(self.entries.index(0))
        self._fit()

    def _fit(self) -> None:
        """As high as what was found; the edge at the field stays where it is."""
        bottom = self.y() + self.height()
        self._layout.activate()  # or what was found before is still the least height
        self.resize(self.width(), self.sizeHint().height())
        if self._is_above:
            self.move(self.x(), bottom - self.height())

    def _choose_current(self) -> None:
        self._choose(self.list.currentIndex())

    def _choose(self, index: Index) -> None:
        if not index.isValid():
            return
        value = self.entries.option(index.row()).value
        if value is NEW:
            text = self.search.text().strip()
            self.close()
            self.created.emit(text)
        else:
            self.toggled.emit(value, self.entries.toggle(value))


class _View(QListView):
    """The list; it is as long as it has to be without a widget per row."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Delegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(RowDelegate):
    """Icon, name, and a tick where it is chosen."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | Any) -> QSize:
        return QSize(120, ROW)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        paint_ground(painter, option.rect, option.state, worn, focused=True)
        left, middle = option.rect.left() + SIDE, option.rect.center().y() + 1
        sign = QRect(left, middle - ICON_SIZE // 2, ICON_SIZE, ICON_SIZE)
        drawn = index.data(Qt.ItemDataRole.DecorationRole)
        if drawn is not None:
            drawn.paint(painter, mirrored(option, sign))
            left = sign.right() + GAP
        words = option.rect.adjusted(left - option.rect.left(), 0, -SIDE - ICON_SIZE - GAP, 0)
        paint_words(painter, mirrored(option, words), index.data(), worn.text, option.font)
        if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
            tick = QRect(option.rect.right() - SIDE - ICON_SIZE, middle - ICON_SIZE // 2, ICON_SIZE, ICON_SIZE)
            paint_icon(painter, "check", mirrored(option, tick), worn.link)
