"""Lists of two levels: groups that fold, and what stands in them. There may be ten thousand items."""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from app.window.icons import paint_icon
from app.window.rows import SIDE, Index, RowDelegate, mirrored, paint_ground
from app.window.tones import Tones

T = TypeVar("T")

ROW, CHEVRON, SPACE = 30, 14, 6
WORDS: Final = SIDE + CHEVRON + SPACE
"""Where what stands behind the chevron begins, px from the start of a row."""


class GroupedModel(QAbstractItemModel, Generic[T]):
    """Groups with their items. Subclasses fill `groups` while they reset the model, and say how rows are worded."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.groups: list[list[T]] = []

    def of_group(self, group: int, role: int) -> Any:
        """What Qt asks of a group."""
        raise NotImplementedError

    def of_item(self, item: T, role: int) -> Any:
        """What Qt asks of an item."""
        raise NotImplementedError

    def item_at(self, index: Index) -> T | None:
        """None for a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[index.internalId() - 1][index.row()]

    def place(self, group: int, row: int) -> QModelIndex:
        """Where an item of a group stands."""
        return self.index(row, 0, self.index(group, 0))

    # What Qt asks. A group has the id 0, an item that of its group, from 1.

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return 0 if parent.internalId() else len(self.groups[parent.row()])

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item_at(index)
        return self.of_group(index.row(), role) if item is None else self.of_item(item, role)


class GroupedView(QTreeView, Generic[T]):
    """The list. Up and down choose; Enter folds a group or goes to an item; Left goes to the group."""

    chosen = Signal(object)
    """An item is to be shown."""

    stood_on = Signal(object)
    """The item that the keyboard is on; None: a group."""

    def __init__(self, model: GroupedModel[T], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def item(self) -> T | None:
        """What the keyboard is on; None where that is a group, or nothing."""
        return self._model.item_at(self.currentIndex())

    def act(self, index: QModelIndex) -> None:
        """A group shows what is under it, or no more; an item is shown."""
        item = self._model.item_at(index)
        if item is not None:
            self.chosen.emit(item)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.stood_on.emit(self._model.item_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.act(index)
        elif event.key() == Qt.Key.Key_Left and index.parent().isValid():
            self.setCurrentIndex(index.parent())
        else:
            super().keyPressEvent(event)


class GroupedDelegate(RowDelegate):
    """Rows of one height on their grounds; subclasses paint what lies on them."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        view = option.widget
        paint_ground(painter, option.rect, option.state, worn, focused=view is not None and view.hasFocus())
        if index.internalId():
            self.paint_item(painter, option, index, worn)
        else:
            self.paint_group(painter, option, index, worn)

    def paint_group(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        raise NotImplementedError

    def paint_item(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        raise NotImplementedError

    def paint_chevron(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        """Whether the group shows what is under it."""
        place = QRect(option.rect.left() + SIDE, option.rect.center().y() - CHEVRON // 2 + 1, CHEVRON, CHEVRON)
        name = "chevron-down" if option.widget.isExpanded(index) else "chevron-right"
        paint_icon(painter, name, mirrored(option, place), worn.secondary)
