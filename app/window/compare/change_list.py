"""The list of differences: stages with their counts, under each what differs there. There may be ten thousand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from app.layout.difference_signs import COLORS, SIGNS, Sign, glyph
from app.layout.difference_words import change_title, changes_by_stage, group_title
from app.model.comparison import Change, Comparison
from app.window.icons import paint_icon
from app.window.rows import CENTER, END, SIDE, Index, RowDelegate, heavier, mirrored, paint_ground, paint_words, smaller
from app.window.tones import Tones
from app.window.words import model_word

ROW: Final = 30
CHEVRON, SPACE, CHIP = 14, 6, 16
Role = Qt.ItemDataRole
CHANGE: Final = Qt.ItemDataRole.UserRole


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


def sign_words(sign: Sign) -> str:
    """What a sign means."""
    return {
        "added": _tr("Added"), "removed": _tr("Removed"), "changed": _tr("Changed"), "moved": _tr("Moved")
    }[sign]  # fmt: skip


class ChangeModel(QAbstractItemModel):
    """Stages, each with its changes of the kinds that are looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._groups: list[tuple[str, list[Change]]] = []

    def show_changes(self, comparison: Comparison | None, kinds: Collection[Sign]) -> None:
        """Shows those of some kinds."""
        self.beginResetModel()
        self._comparison = comparison
        self._groups = []
        if comparison is not None:
            for stage, changes in changes_by_stage(comparison).items():
                seen = [change for change in changes if not set(kinds).isdisjoint(change.kinds)]
                if seen:
                    self._groups.append((group_title(comparison, stage, model_word), seen))
        self.endResetModel()

    @property
    def changes(self) -> list[Change]:
        """All that are listed, from top to bottom."""
        return [change for _, changes in self._groups for change in changes]

    def place_of(self, id: str) -> QModelIndex:
        """Where the change of a record stands; invalid where it is not listed."""
        for at, (_, changes) in enumerate(self._groups):
            for row, change in enumerate(changes):
                if change.id == id:
                    return self.index(row, 0, self.index(at, 0))
        return QModelIndex()

    def change_at(self, index: Index) -> Change | None:
        """None for a stage."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1][1][index.row()]

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
            return len(self._groups)
        return 0 if parent.internalId() else len(self._groups[parent.row()][1])

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        change = self.change_at(index)
        if change is None:
            title, changes = self._groups[index.row()]
            spoken = f"{title}: {len(changes)}"
            return {Role.DisplayRole: title, Role.AccessibleTextRole: spoken}.get(Role(role))
        assert self._comparison is not None
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return change_title(self._comparison, change, model_word)
            case Role.AccessibleTextRole:
                signs = ", ".join(sign_words(sign) for sign in change.kinds)
                return f"{signs}. {change_title(self._comparison, change, model_word)}"
            case _:
                return change if role == CHANGE else None

    def counts(self, group: int) -> list[tuple[Sign, int]]:
        """How often each sign stands in a stage, without those that do not."""
        found = [sign for change in self._groups[group][1] for sign in change.kinds]
        return [(sign, found.count(sign)) for sign in SIGNS if sign in found]


class ChangeView(QTreeView):
    """The list. Up and down choose; what is chosen is shown on the map."""

    chosen = Signal(object)
    """The change that one stands on; None: a stage."""

    def __init__(self, model: ChangeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._changes = model
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_tr("Differences"))
        self.clicked.connect(self._fold)

    def stand_on(self, id: str) -> bool:
        """Goes to the change of a record; False where it is not listed."""
        place = self._changes.place_of(id)
        if place.isValid():
            self.setExpanded(place.parent(), True)
            self.setCurrentIndex(place)
            self.scrollTo(place)
        return place.isValid()

    def go_along(self, by: int) -> None:
        """Goes to the next change, or the one before; round at the ends."""
        changes = self._changes.changes
        if not changes:
            return
        current = self._changes.change_at(self.currentIndex())
        at = next((place for place, one in enumerate(changes) if one is current), None)
        if at is None:
            at = self._nearest(by)
        else:
            at += by
        self.stand_on(changes[at % len(changes)].id)

    def _nearest(self, by: int) -> int:
        """The first change of the stage that one stands on, or the last of the stage before."""
        group = max(0, self.currentIndex().row())
        before = sum(self._changes.rowCount(self._changes.index(at, 0)) for at in range(group))
        return before if by > 0 else before - 1

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self._changes.change_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and index.isValid():
            self._fold(index)
        elif event.key() == Qt.Key.Key_Left and index.parent().isValid():
            self.setCurrentIndex(index.parent())
        else:
            super().keyPressEvent(event)

    def _fold(self, index: QModelIndex) -> None:
        """A stage shows what is under it, or no more; a change is shown again."""
        change = self._changes.change_at(index)
        if change is not None:
            self.chosen.emit(change)
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))


class _Delegate(RowDelegate):
    """Stages with a chevron and their counts; changes with their signs."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)

    def paint_row(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        view = option.widget
        paint_ground(painter, option.rect, option.state, worn, focused=view is not None and view.hasFocus())
        change = index.data(CHANGE)
        if change is not None:
            self._paint_change(painter, option, index, change, worn)
            return
        name = "chevron-down" if view.isExpanded(index) else "chevron-right"
        place = QRect(option.rect.left() + SIDE, option.rect.center().y() - CHEVRON // 2 + 1, CHEVRON, CHEVRON)
        paint_icon(painter, name, mirrored(option, place), worn.secondary)
        said = "  ".join(f"{glyph(sign, rtl=False)}{count}" for sign, count in view.model().counts(index.row()))
        font = smaller(option.font)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(said)
        start = SIDE + CHEVRON + SPACE
        room = option.rect.adjusted(start, 0, -(SIDE + width + SPACE), 0)
        paint_words(painter, mirrored(option, room), index.data(), worn.text, heavier(option.font))
        paint_words(
            painter, mirrored(option, option.rect.adjusted(start, 0, -SIDE, 0)), said, worn.secondary, font, END
        )

    def _paint_change(self, painter: QPainter, option: Any, index: Index, change: Change, worn: Tones) -> None:
        start = SIDE + CHEVRON + SPACE
        for place, sign in enumerate(change.kinds):
            x = option.rect.left() + start + place * (CHIP + 2)
            box = mirrored(option, QRect(x, option.rect.center().y() - CHIP // 2 + 1, CHIP, CHIP))
            paint_sign(painter, sign, box, option.font)
        room = option.rect.adjusted(start + 2 * (CHIP + 2) + SPACE, 0, -SIDE, 0)
        paint_words(painter, mirrored(option, room), index.data(), worn.text, option.font)


def paint_sign(painter: QPainter, sign: Sign, box: QRect, font: QFont) -> None:
    """A sign as on the map."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLORS[sign]))
    painter.drawRoundedRect(QRectF(box), 4, 4)
    paint_words(painter, box, glyph(sign, rtl=False), "#FFFFFF", heavier(font), CENTER)
