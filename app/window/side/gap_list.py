"""The list of gaps: rules with ticks, under each its gaps. A model of two levels, for there may be ten thousand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from app.model.analysis.doctor import RULES, Gap
from app.window.icons import paint_icon
from app.window.panels.keys import keeps_del
from app.window.rows import END, SIDE, Index, RowDelegate, mirrored, paint_ground, paint_words, smaller
from app.window.ticks import BOX, paint_tick
from app.window.tones import Tones
from app.window.words import model_word

ROW, CHEVRON, SPACE = 30, 14, 6
MOST_UNFOLDED = 5
"""Gaps of a rule that are seen at once when a map is opened."""

TEXT: Final = SIDE + CHEVRON + SPACE + BOX + SPACE
"""Where the words begin, px from the start of a row."""

GAP: Final = Qt.ItemDataRole.UserRole
Role = Qt.ItemDataRole


def sentence_of(gap: Gap) -> str:
    """The gap in the user's language."""
    return model_word(RULES[gap.rule].wording).format(name=gap.name)


class GapModel(QAbstractItemModel):
    """All rules, each with its gaps."""

    switched = Signal(str, bool)
    """A rule is to apply, or not to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rules = list(RULES.values())
        self._gaps: list[list[Gap]] = [[] for _ in self.rules]
        self._off: frozenset[str] = frozenset()

    def show_gaps(self, gaps: Iterable[Gap], off: Iterable[str]) -> None:
        by_rule = {rule: list(found) for rule, found in groupby(gaps, key=lambda gap: gap.rule)}
        self.beginResetModel()
        self._off = frozenset(off)
        self._gaps = [by_rule.get(rule.id, []) if rule.id not in self._off else [] for rule in self.rules]
        self.endResetModel()

    def is_on(self, rule: int) -> bool:
        return self.rules[rule].id not in self._off

    def gap_at(self, index: Index) -> Gap | None:
        """None for a rule."""
        if not index.isValid() or not index.internalId():
            return None
        return self._gaps[index.internalId() - 1][index.row()]

    def place_of(self, gap: Gap) -> QModelIndex:
        """Where a gap stands; invalid where it is no longer there."""
        rule = next((at for at, rule in enumerate(self.rules) if rule.id == gap.rule), None)
        if rule is None or gap not in self._gaps[rule]:
            return QModelIndex()
        return self.index(self._gaps[rule].index(gap), 0, self.index(rule, 0))

    # What Qt asks

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
            return len(self.rules)
        return 0 if parent.internalId() else len(self._gaps[parent.row()])

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain if index.internalId() else plain | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        gap = self.gap_at(index)
        if gap is not None:
            return self._of_gap(gap, role)
        title, count = model_word(self.rules[index.row()].title), len(self._gaps[index.row()])
        match role:
            case Role.DisplayRole:
                return title
            case Role.CheckStateRole:
                return Qt.CheckState.Checked if self.is_on(index.row()) else Qt.CheckState.Unchecked
            case Role.AccessibleTextRole:
                return f"{title}: {count}"
            case Role.ToolTipRole:
                return _tr("Untick it to look for this no more on this map.") if self.is_on(index.row()) else title
            case _:
                return None

    @staticmethod
    def _of_gap(gap: Gap, role: int) -> Any:
        match role:
            case Role.DisplayRole:
                return gap.name or sentence_of(gap)
            case Role.ToolTipRole | Role.AccessibleTextRole:
                return sentence_of(gap)
            case _:
                return gap if role == GAP else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or index.internalId():
            return False
        self.switched.emit(self.rules[index.row()].id, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class GapView(QTreeView):
    """The list. Up and down choose, Enter and a click go where the gap is, Space ticks a rule."""

    chosen = Signal(object)
    """A gap is to be shown on the map."""

    stood_on = Signal(object)
    """The gap that the keyboard is on; None: a rule."""

    def __init__(self, model: GapModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._gaps = model
        self._was_at: tuple[int, int] | None = None
        self._is_new = True
        self.setModel(model)
        self.setItemDelegate(_GapDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_tr("What the map lacks"))

    def event(self, event: QEvent) -> bool:
        return keeps_del(event) or super().event(event)

    def begin(self) -> None:
        """Another map: nothing is unfolded, the keyboard is nowhere."""
        self._gaps.show_gaps((), ())
        self._is_new = True

    def refill(self, gaps: Collection[Gap], off: Iterable[str]) -> None:
        """Shows other gaps; what was unfolded stays so, and the keyboard where it was, or at the next gap there."""
        groups = range(self._gaps.rowCount())
        unfolded = {at for at in groups if self.isExpanded(self._gaps.index(at, 0))}
        current, stood = self.currentIndex(), self._gaps.gap_at(self.currentIndex())
        rule = current.parent().row() if stood is not None else current.row()
        row, top = current.row(), self.verticalScrollBar().value()
        self._gaps.show_gaps(gaps, off)
        if self._is_new and gaps:
            self._is_new = False
            unfolded = {at for at in groups if self._gaps.rowCount(self._gaps.index(at, 0)) <= MOST_UNFOLDED}
        for at in unfolded:
            self.expand(self._gaps.index(at, 0))
        if rule >= 0:
            group = self._gaps.index(rule, 0)
            same = self._gaps.place_of(stood) if stood is not None else group
            left = self._gaps.rowCount(group)
            near = self._gaps.index(min(row, left - 1), 0, group) if left else group
            self.setCurrentIndex(same if same.isValid() else near)
        self.verticalScrollBar().setValue(top)
        self.stood_on.emit(self._gaps.gap_at(self.currentIndex()))

    def go_to_first(self) -> None:
        """Stands on the first rule that has found something, where the keyboard is nowhere yet."""
        if self.currentIndex().isValid():
            return
        groups = [self._gaps.index(at, 0) for at in range(self._gaps.rowCount())]
        self.setCurrentIndex(next((group for group in groups if self._gaps.rowCount(group)), groups[0]))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.stood_on.emit(self._gaps.gap_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._act(self.currentIndex())
        elif event.key() == Qt.Key.Key_Left and self.currentIndex().parent().isValid():
            self.setCurrentIndex(self.currentIndex().parent())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        self._was_at = (index.internalId(), index.row()) if index.isValid() else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        super().mouseReleaseEvent(event)
        is_same = index.isValid() and (index.internalId(), index.row()) == self._was_at
        if is_same and event.button() == Qt.MouseButton.LeftButton and not self._is_tick(index, at):
            self._act(index)

    def _is_tick(self, index: QModelIndex, at: QPoint) -> bool:
        return not index.internalId() and box_of(self.visualRect(index), self.layoutDirection()).contains(at)

    def _act(self, index: QModelIndex) -> None:
        gap = self._gaps.gap_at(index)
        if gap is not None:
            self.chosen.emit(gap)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))


def box_of(row: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Where a rule has its tick."""
    box = QRect(row.left() + SIDE + CHEVRON + SPACE, row.center().y() - BOX // 2 + 1, BOX, BOX)
    return (
        box
        if direction == Qt.LayoutDirection.LeftToRight
        else box.translated(row.left() + row.right() - box.left() - box.right(), 0)
    )


class _GapDelegate(RowDelegate):
    """Rules with a chevron, a tick and their number of gaps; gaps by name under them."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A click on the tick, or Space, switches the rule."""
        if index.internalId():
            return False
        kind = event.type()
        is_click = kind == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        option_: Any = option
        if is_click and not box_of(option_.rect, option_.direction).contains(event.position().toPoint()):  # type: ignore[attr-defined]
            return False
        is_space = kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not is_click and not is_space:
            return False
        was_on = index.data(Role.CheckStateRole) == Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if was_on else Qt.CheckState.Checked
        return model.setData(index, wanted, Role.CheckStateRole)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        view = option.widget
        paint_ground(painter, option.rect, option.state, worn, focused=view is not None and view.hasFocus())
        words = index.data(Role.DisplayRole)
        if index.internalId():
            room = option.rect.adjusted(TEXT, 0, -SIDE, 0)
            paint_words(painter, mirrored(option, room), words, worn.text, option.font)
            return
        count = view.model().rowCount(index)
        is_on = index.data(Role.CheckStateRole) == Qt.CheckState.Checked
        if count:
            chevron = QRect(option.rect.left() + SIDE, option.rect.center().y() - CHEVRON // 2 + 1, CHEVRON, CHEVRON)
            name = "chevron-down" if view.isExpanded(index) else "chevron-right"
            paint_icon(painter, name, mirrored(option, chevron), worn.secondary)
        paint_tick(painter, QRectF(box_of(option.rect, option.direction)), is_on, worn)
        aside = str(count) if count else "" if is_on else _tr("off")
        font = option.font if is_on else smaller(option.font)
        color = worn.text if count else worn.secondary
        width = painter.fontMetrics().horizontalAdvance(aside)
        room = option.rect.adjusted(TEXT, 0, -(SIDE + width + 4), 0)
        paint_words(painter, mirrored(option, room), words, color, option.font)
        paint_words(painter, mirrored(option, option.rect.adjusted(TEXT, 0, -SIDE, 0)), aside, color, font, END)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)
