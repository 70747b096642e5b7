"""The palette: everything that can be put on a map, to be dragged there or inserted with Enter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QKeyEvent, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from app.canvas.drops import ENTRY_MIME
from app.window.icons import paint_icon
from app.window.panels.entries import LANES, Entry, Section, sections
from app.window.panels.keys import keeps_del
from app.window.panels.search_field import SearchField
from app.window.rows import SIDE, Index, RowDelegate, heavier, mirrored, paint_ground, paint_words, smaller
from app.window.tones import Tones

ID, ICON = (Qt.ItemDataRole.UserRole + place for place in range(2))
ROW, HEADING = 28, 34
ICON_SIZE, INDENT, GAP = 16, 18, 10
CHIP = QSize(180, 32)


class Palette(QWidget):
    """The panel: a search field above the list.

    `activated` asks to insert an entry at the selected place; a drag carries its id as `ENTRY_MIME`.
    """

    activated = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(self.tr("Search the palette"), self)
        self.list = _EntryView(self)
        self._nothing = QLabel(self.tr("Nothing has this name."), self)
        self._nothing.setProperty("role", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for part in (self.search, self._nothing, self.list):
            layout.addWidget(part)
        layout.setStretchFactor(self.list, 1)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.list.chosen.connect(self.activated)
        self.list.typed.connect(self._go_on_typing)
        self.reload()

    def event(self, event: QEvent) -> bool:
        return keeps_del(event) or super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(200, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 200)

    def reload(self) -> None:
        """Fills the list anew, say after the language has changed."""
        self.list.fill(sections())
        self._filter(self.search.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search field into the list, Enter takes the first that was found."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._search_key(event)
        return super().eventFilter(watched, event)

    def _search_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.go_to_first()
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.search.text().strip():
            self.list.choose_first()
            self.search.clear()
            return True
        return False

    def _filter(self, text: str) -> None:
        found = self.list.filter(text)
        self._nothing.setVisible(not found)

    def _go_on_typing(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + text)


class _EntryModel(QStandardItemModel):
    """The entries as a tree: sections, entries, kinds of lanes."""

    def mimeTypes(self) -> list[str]:
        return [ENTRY_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = [index.data(ID) for index in indexes if index.data(ID)]
        if ids:
            data.setData(ENTRY_MIME, ids[0].encode())
        return data


class _EntryFilter(QSortFilterProxyModel):
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        # The proxy's own way through Qt loses the Python model's data.
        source = self.sourceModel()
        assert isinstance(source, _EntryModel)
        return source.mimeData([self.mapToSource(index) for index in indexes])


class _EntryView(QTreeView):
    """The list. Headings and the group of lanes cannot be dragged."""

    chosen = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = _EntryModel(self)
        self._filter = _EntryFilter(self)
        self._filter.setSourceModel(self._entries)
        self._filter.setRecursiveFilteringEnabled(True)
        self._filter.setAutoAcceptChildRows(False)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._filter)
        self.setItemDelegate(_EntryDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setAccessibleName(self.tr("Palette"))
        self.clicked.connect(self._toggle_group)
        self.doubleClicked.connect(self._choose)

    def fill(self, content: list[Section]) -> None:
        self._entries.clear()
        for section in content:
            heading = QStandardItem(section.label)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.appendRows([_item(entry) for entry in section.entries])
            self._entries.appendRow(heading)

    def filter(self, text: str) -> bool:
        """Shows what has the words in its name; True where there is anything."""
        self._filter.setFilterFixedString(text.strip())
        for row in range(self._filter.rowCount()):
            self.expand(self._filter.index(row, 0))
        for group in self._groups():
            self.setExpanded(group, bool(text.strip()))
        return self._filter.rowCount() > 0

    def go_to_first(self) -> None:
        first = self._first()
        if first.isValid():
            self.setCurrentIndex(first)

    def choose_first(self) -> None:
        """Inserts the first that was found; a kind of lane only where nothing else has the name."""
        found = [index for index in self._found() if index.flags() & Qt.ItemFlag.ItemIsDragEnabled]
        for index in sorted(found, key=lambda index: index.parent().data(ID) == LANES)[:1]:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._toggle_group(self.currentIndex())
            self._choose(self.currentIndex())
        elif key == Qt.Key.Key_Up and self.currentIndex() == self._first():
            self.typed.emit("")
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & _COMMANDS:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads: over headings, which are nothing to stand on."""
        index = QModelIndex(super().moveCursor(action, modifiers))
        moves = QAbstractItemView.CursorAction
        back = action in {moves.MoveUp, moves.MovePageUp, moves.MoveEnd, moves.MovePrevious}
        while index.isValid() and not index.data(ID):
            index = self.indexAbove(index) if back else self.indexBelow(index)
        return index if index.isValid() else self.currentIndex()

    def startDrag(self, _actions: Qt.DropAction) -> None:
        index = self.currentIndex()
        drag = self.drag_of(index)
        if drag is not None:
            drag.exec(Qt.DropAction.CopyAction)

    def drag_of(self, index: QModelIndex) -> QDrag | None:
        """The drag of an entry, with a chip under the mouse; None for what cannot be dragged."""
        if not index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            return None
        drag = QDrag(self)
        drag.setMimeData(self._filter.mimeData([index]))
        drag.setPixmap(self._chip(index))
        drag.setHotSpot(QPoint(SIDE + ICON_SIZE // 2, CHIP.height() // 2))
        return drag

    def _chip(self, index: QModelIndex) -> QPixmap:
        scale = self.devicePixelRatioF()
        pixmap = QPixmap(CHIP * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = QRect(QPoint(0, 0), CHIP)
            option.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected
            self.itemDelegate().paint(painter, option, index)
        return pixmap

    def _choose(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsDragEnabled:
            self.chosen.emit(index.data(ID))

    def _toggle_group(self, index: QModelIndex) -> None:
        if index.data(ID) == LANES:
            self.setExpanded(index, not self.isExpanded(index))

    def _groups(self) -> list[QModelIndex]:
        sections = [self._filter.index(row, 0) for row in range(self._filter.rowCount())]
        entries = [self._filter.index(row, 0, top) for top in sections for row in range(self._filter.rowCount(top))]
        return [entry for entry in entries if entry.data(ID) == LANES]

    def _first(self) -> QModelIndex:
        return next(self._found(), QModelIndex())

    def _found(self) -> Iterator[QModelIndex]:
        """The rows that are entries and match by themselves, not for the sake of their children."""
        words = self._filter.filterRegularExpression()
        index = self._filter.index(0, 0)
        while index.isValid():
            if index.data(ID) and words.match(index.data(Qt.ItemDataRole.DisplayRole)).hasMatch():
                yield index
            index = self.indexBelow(index)


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class _EntryDelegate(RowDelegate):
    """Headings in bold, entries with their icons, the group with a chevron."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW if index.data(ID) else HEADING)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        label = index.data(Qt.ItemDataRole.DisplayRole)
        if not index.data(ID):
            rect = option.rect.adjusted(SIDE - 4, 8, -SIDE, 0)
            paint_words(painter, mirrored(option, rect), label, worn.secondary, heavier(smaller(option.font)))
            return
        view = option.widget
        paint_ground(painter, option.rect, option.state, worn, focused=view is not None and view.hasFocus())
        depth = int(index.parent().parent().isValid())
        left, mid = option.rect.left() + SIDE + depth * INDENT, option.rect.center().y() + 1
        icon = QRect(left, mid - ICON_SIZE // 2, ICON_SIZE, ICON_SIZE)
        paint_icon(painter, index.data(ICON), mirrored(option, icon), worn.secondary)
        room_at_end = SIDE + ICON_SIZE if index.data(ID) == LANES else SIDE
        words = option.rect.adjusted(icon.right() + GAP - option.rect.left(), 0, -room_at_end, 0)
        paint_words(painter, mirrored(option, words), label, worn.text, option.font)
        if index.data(ID) == LANES and isinstance(view, QTreeView):
            chevron = "chevron-down" if view.isExpanded(index) else "chevron-right"
            place = QRect(option.rect.right() - SIDE - 14, mid - 7, 14, 14)
            paint_icon(painter, chevron, mirrored(option, place), worn.secondary)


def _item(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.label)
    item.setData(entry.id, ID)
    item.setData(entry.icon, ICON)
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(flags if entry.children else flags | Qt.ItemFlag.ItemIsDragEnabled)
    item.setToolTip(entry.tip or entry.label)
    for child in entry.children:
        item.appendRow(_item(child))
    return item
