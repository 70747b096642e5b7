"""Ctrl+K: every command by name. It floats over the window, stops nothing, and goes when the focus leaves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.window.actions_found import Found, found_actions
from app.window.fuzzy import score
from app.window.panels.search_field import SearchField
from app.window.rows import CENTER, SIDE, Index, RowDelegate, mirrored, paint_ground, paint_words, smaller
from app.window.tones import Tones

WIDTH, ROWS, ROW = 560, 10, 36
TOP = 72
MOST_RECENT = 12
ICON = 16
LEAST_FOR_MENUS = 3
"""So many letters find what lies in a menu of that name; fewer would find whole menus by accident."""

SWITCH = 3
"""What switches something on and off counts so much less than what does something: there is a switch for each kind of
lane and card, and it is called as what one wants to insert.
"""


class CommandPalette(QFrame):
    """The palette of a window. `open` shows it; `recent_changed` carries the ids of what was used lately, to be kept.

    Commands that are switched off right now are shown grey, so that one sees that they exist.
    """

    recent_changed = Signal(object)

    def __init__(self, window: QWidget, recent: Iterable[str] = ()) -> None:
        super().__init__(window)
        self._window = window
        self._recent = list(recent)
        self._all: list[Found] = []
        self._shown: list[Found] = []
        self._focus_before: QWidget | None = None
        self.setObjectName("floating")
        self.search = SearchField(self.tr("Search for a command"), self)
        self.search.setPlaceholderText(self.tr("Search for a command"))
        self.list = QListView(self)
        self._model = QStringListModel(self)
        self._nothing = QLabel(self.tr("No command has this name."), self)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index.row()))
        window.installEventFilter(self)
        self.hide()

    @property
    def names(self) -> list[str]:
        """What is shown, best first."""
        return [found.name for found in self._shown]

    def open(self) -> None:
        """Shows the palette, empty, with the commands as they now are."""
        self._focus_before = QApplication.focusWidget()
        self._all = found_actions(self._window)
        self.search.clear()
        self._filter("")
        self._place()
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self) -> None:
        """There are other commands now; what has gone must not be shown any more."""
        if self.isVisible():
            self._all = found_actions(self._window)
            self._filter(self.search.text())

    def dismiss(self) -> None:
        """Hides the palette and gives the focus back."""
        if not self.isVisible():
            return
        before, self._focus_before = self._focus_before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():  # it may have gone with another window
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self._window.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self.search and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        row = self.list.currentIndex().row()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(row)
        elif key in steps:
            self._go_to(max(0, min(len(self._shown) - 1, row + steps[key])))
        else:
            return key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        return True

    def _run(self, row: int) -> None:
        if not 0 <= row < len(self._shown):
            return
        found = self._shown[row]
        if not (found.is_there and found.action.isEnabled()):
            return
        self.dismiss()
        self._recent = [found.id, *(id for id in self._recent if id != found.id)][:MOST_RECENT]
        self.recent_changed.emit(list(self._recent))
        found.action.trigger()

    def _filter(self, text: str) -> None:
        self._all = [found for found in self._all if found.is_there]
        self._shown = ranked(self._all, text, self._recent)
        self._model.setStringList(self.names)
        self._nothing.setVisible(not self._shown)
        self.list.setVisible(bool(self._shown))
        self._go_to(0)
        self._place()

    def _go_to(self, row: int) -> None:
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _lay_out(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(_CommandDelegate(self._shown_at, self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Commands"))
        self._nothing.setProperty("role", "secondary")
        self._nothing.setAlignment(CENTER)
        self._nothing.setMinimumHeight(ROW)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        for part in (self.search, self.list, self._nothing):
            layout.addWidget(part)

    def _place(self) -> None:
        width = min(WIDTH, self._window.width() - 32)
        rows = max(1, min(ROWS, len(self._shown)))
        self.list.setFixedHeight(rows * ROW)
        height = 24 + 8 + self.search.sizeHint().height() + rows * ROW + 2
        height = min(height, self._window.height() - TOP - 16)
        self.setGeometry((self._window.width() - width) // 2, TOP, width, height)

    def _shown_at(self, row: int) -> Found | None:
        return self._shown[row] if row < len(self._shown) and self._shown[row].is_there else None


def ranked(all_found: Iterable[Found], text: str, recent: list[str]) -> list[Found]:
    """What fits the text, best first; without a text, what was used lately, then the order of the menus."""
    places = {id: place for place, id in enumerate(recent)}
    fitting: list[tuple[Any, int, Found]] = []
    for order, found in enumerate(all_found):
        points = score(text, found.name) if text.strip() else 0
        if points is None and len(text.strip()) >= LEAST_FOR_MENUS:
            in_path = score(text, " ".join((*found.path, found.name)))
            points = in_path - 100 if in_path is not None else None  # after everything that is called so itself
        if points is not None:
            points -= SWITCH if text.strip() and found.action.isCheckable() else 0
            place = places.get(found.id, len(places))
            fitting.append(((not found.action.isEnabled(), -points, place), order, found))
    return [found for *_, found in sorted(fitting, key=lambda entry: entry[:2])]


class _CommandDelegate(RowDelegate):
    """Icon, name, the menu it lies in, and its keys as caps at the end."""

    def __init__(self, found_at: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._found_at = found_at

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, ROW)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        found = self._found_at(index.row())
        if found is None:
            return
        paint_ground(painter, option.rect, option.state, worn, focused=False)
        rect = option.rect.adjusted(SIDE, 0, -SIDE, 0)
        color = worn.text if found.action.isEnabled() else worn.disabled
        icon = QRect(rect.left() + 2, rect.center().y() - ICON // 2 + 1, ICON, ICON)
        self._paint_icon(painter, mirrored(option, icon), found)
        end = self._paint_keys(painter, rect, found.keys, option, worn)
        words = rect.adjusted(ICON + 14, 0, 0, 0)
        words.setRight(end - SIDE)
        paint_words(painter, mirrored(option, words), found.name, color, option.font)
        after = words.adjusted(QFontMetrics(option.font).horizontalAdvance(found.name) + 12, 0, 0, 0)
        if after.width() > 40:
            path = " › ".join(found.path)
            paint_words(painter, mirrored(option, after), path, worn.secondary, smaller(option.font))

    @staticmethod
    def _paint_icon(painter: QPainter, place: QRect, found: Found) -> None:
        mode = QIcon.Mode.Normal if found.action.isEnabled() else QIcon.Mode.Disabled
        found.action.icon().paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)

    def _paint_keys(self, painter: QPainter, rect: QRect, keys: tuple[str, ...], option: Any, worn: Tones) -> int:
        """Paints the first keys in a cap at the end; the result is where they begin."""
        if not keys:
            return rect.right()
        font = smaller(option.font)
        width = QFontMetrics(font).horizontalAdvance(keys[0]) + 14
        cap = QRect(rect.right() - width, rect.center().y() - 10, width, 21)
        painter.setPen(QPen(QColor(worn.edge), 1))
        painter.setBrush(QColor(worn.surface))
        painter.drawRoundedRect(mirrored(option, cap), 4, 4)
        paint_words(painter, mirrored(option, cap), keys[0], worn.secondary, font, CENTER)
        return cap.left()
