"""The list of gaps: rules with ticks, under each its gaps."""

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
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.model.analysis.doctor import RULES, Gap
from app.window.grouped import SPACE, WORDS, GroupedDelegate, GroupedModel, GroupedView
from app.window.panels.keys import keeps_del
from app.window.rows import END, SIDE, Index, mirrored, paint_words, smaller
from app.window.ticks import BOX, paint_tick
from app.window.tones import Tones
from app.window.words import model_word

MOST_UNFOLDED = 5
"""Gaps of a rule that are seen at once when a map is opened."""

TEXT: Final = WORDS + BOX + SPACE
"""Where the words begin, px from the start of a row."""

Role = Qt.ItemDataRole


def sentence_of(gap: Gap) -> str:
    """The gap in the user's language."""
    return model_word(RULES[gap.rule].wording).format(name=gap.name)


class GapModel(GroupedModel[Gap]):
    """All rules, each with its gaps."""

    switched = Signal(str, bool)
    """A rule is to apply, or not to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rules = list(RULES.values())
        self.groups = [[] for _ in self.rules]
        self._off: frozenset[str] = frozenset()

    def show_gaps(self, gaps: Iterable[Gap], off: Iterable[str]) -> None:
        by_rule = {rule: list(found) for rule, found in groupby(gaps, key=lambda gap: gap.rule)}
        self.beginResetModel()
        self._off = frozenset(off)
        self.groups = [by_rule.get(rule.id, []) if rule.id not in self._off else [] for rule in self.rules]
        self.endResetModel()

    def is_on(self, rule: int) -> bool:
        return self.rules[rule].id not in self._off

    def place_of(self, gap: Gap) -> QModelIndex:
        """Where a gap stands; invalid where it is no longer there."""
        rule = next((at for at, rule in enumerate(self.rules) if rule.id == gap.rule), None)
        if rule is None or gap not in self.groups[rule]:
            return QModelIndex()
        return self.place(rule, self.groups[rule].index(gap))

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain if index.internalId() else plain | Qt.ItemFlag.ItemIsUserCheckable

    def of_group(self, group: int, role: int) -> Any:
        title = model_word(self.rules[group].title)
        match role:
            case Role.DisplayRole:
                return title
            case Role.CheckStateRole:
                return Qt.CheckState.Checked if self.is_on(group) else Qt.CheckState.Unchecked
            case Role.AccessibleTextRole:
                return f"{title}: {len(self.groups[group])}"
            case Role.ToolTipRole:
                return _tr("Untick it to look for this no more on this map.") if self.is_on(group) else title
            case _:
                return None

    def of_item(self, item: Gap, role: int) -> Any:
        match role:
            case Role.DisplayRole:
                return item.name or sentence_of(item)
            case Role.ToolTipRole | Role.AccessibleTextRole:
                return sentence_of(item)
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or index.internalId():
            return False
        self.switched.emit(self.rules[index.row()].id, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


class GapView(GroupedView[Gap]):
    """The list. Enter and a click go where the gap is, Space ticks a rule."""

    def __init__(self, model: GapModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self._gaps = model
        self.setItemDelegate(_GapDelegate(self))
        self._was_at: tuple[int, int] | None = None
        self._is_new = True
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
        current, stood = self.currentIndex(), self.item
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
            near = self._gaps.place(rule, min(row, left - 1)) if left else group
            self.setCurrentIndex(same if same.isValid() else near)
        self.verticalScrollBar().setValue(top)
        self.stood_on.emit(self.item)

    def go_to_first(self) -> None:
        """Stands on the first rule that has found something, where the keyboard is nowhere yet."""
        if self.currentIndex().isValid():
            return
        groups = [self._gaps.index(at, 0) for at in range(self._gaps.rowCount())]
        self.setCurrentIndex(next((group for group in groups if self._gaps.rowCount(group)), groups[0]))

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
            self.act(index)

    def _is_tick(self, index: QModelIndex, at: QPoint) -> bool:
        return not index.internalId() and box_of(self.visualRect(index), self.layoutDirection()).contains(at)


def box_of(row: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Where a rule has its tick."""
    box = QRect(row.left() + WORDS, row.center().y() - BOX // 2 + 1, BOX, BOX)
    return (
        box
        if direction == Qt.LayoutDirection.LeftToRight
        else box.translated(row.left() + row.right() - box.left() - box.right(), 0)
    )


class _GapDelegate(GroupedDelegate):
    """Rules with a chevron, a tick and their number of gaps; gaps by name under them."""

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

    def paint_item(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        room = option.rect.adjusted(TEXT, 0, -SIDE, 0)
        paint_words(painter, mirrored(option, room), index.data(), worn.text, option.font)

    def paint_group(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        count = option.widget.model().rowCount(index)
        is_on = index.data(Role.CheckStateRole) == Qt.CheckState.Checked
        if count:
            self.paint_chevron(painter, option, index, worn)
        paint_tick(painter, QRectF(box_of(option.rect, option.direction)), is_on, worn)
        aside = str(count) if count else "" if is_on else _tr("off")
        font = option.font if is_on else smaller(option.font)
        color = worn.text if count else worn.secondary
        width = painter.fontMetrics().horizontalAdvance(aside)
        room = option.rect.adjusted(TEXT, 0, -(SIDE + width + 4), 0)
        paint_words(painter, mirrored(option, room), index.data(), color, option.font)
        paint_words(painter, mirrored(option, option.rect.adjusted(TEXT, 0, -SIDE, 0)), aside, color, font, END)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)
