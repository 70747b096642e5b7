"""The list of differences: stages with their counts, under each what differs there. There may be ten thousand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.layout.difference_signs import COLORS, SIGNS, Sign, glyph
from app.layout.difference_words import change_title, changes_by_stage, group_title
from app.model.comparison import Change, Comparison
from app.window.grouped import SPACE, WORDS, GroupedDelegate, GroupedModel, GroupedView
from app.window.rows import CENTER, END, SIDE, Index, heavier, mirrored, paint_words, smaller
from app.window.tones import Tones
from app.window.words import model_word

CHIP: Final = 16
Role = Qt.ItemDataRole


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


def sign_words(sign: Sign) -> str:
    """What a sign means."""
    return {
        "added": _tr("Added"), "removed": _tr("Removed"), "changed": _tr("Changed"), "moved": _tr("Moved")
    }[sign]  # fmt: skip


class ChangeModel(GroupedModel[Change]):
    """Stages, each with its changes of the kinds that are looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._titles: list[str] = []

    def show_changes(self, comparison: Comparison | None, kinds: Collection[Sign]) -> None:
        """Shows those of some kinds."""
        self.beginResetModel()
        self._comparison = comparison
        self._titles, self.groups = [], []
        if comparison is not None:
            for stage, changes in changes_by_stage(comparison).items():
                seen = [change for change in changes if not set(kinds).isdisjoint(change.kinds)]
                if seen:
                    self._titles.append(group_title(comparison, stage, model_word))
                    self.groups.append(seen)
        self.endResetModel()

    @property
    def changes(self) -> list[Change]:
        """All that are listed, from top to bottom."""
        return [change for changes in self.groups for change in changes]

    def place_of(self, id: str) -> QModelIndex:
        """Where the change of a record stands; invalid where it is not listed."""
        for group, changes in enumerate(self.groups):
            for row, change in enumerate(changes):
                if change.id == id:
                    return self.place(group, row)
        return QModelIndex()

    def of_group(self, group: int, role: int) -> Any:
        match role:
            case Role.DisplayRole:
                return self._titles[group]
            case Role.AccessibleTextRole:
                return f"{self._titles[group]}: {len(self.groups[group])}"
            case _:
                return None

    def of_item(self, item: Change, role: int) -> Any:
        assert self._comparison is not None
        match role:
            case Role.DisplayRole | Role.ToolTipRole:
                return change_title(self._comparison, item, model_word)
            case Role.AccessibleTextRole:
                signs = ", ".join(sign_words(sign) for sign in item.kinds)
                return f"{signs}. {change_title(self._comparison, item, model_word)}"
            case _:
                return None

    def counts(self, group: int) -> list[tuple[Sign, int]]:
        """How often each sign stands in a stage, without those that do not."""
        found = [sign for change in self.groups[group] for sign in change.kinds]
        return [(sign, found.count(sign)) for sign in SIGNS if sign in found]


class ChangeView(GroupedView[Change]):
    """The list. What one stands on is shown on the map; F3 goes along."""

    def __init__(self, model: ChangeModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self._changes = model
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(_tr("Differences"))
        self.clicked.connect(self.act)

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
        current = self.item
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.act(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Delegate(GroupedDelegate):
    """Stages with a chevron and their counts; changes with their signs."""

    def paint_group(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        self.paint_chevron(painter, option, index, worn)
        counts = option.widget.model().counts(index.row())
        said = "  ".join(f"{glyph(sign, rtl=False)}{count}" for sign, count in counts)
        font = smaller(option.font)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(said)
        room = option.rect.adjusted(WORDS, 0, -(SIDE + width + SPACE), 0)
        paint_words(painter, mirrored(option, room), index.data(), worn.text, heavier(option.font))
        paint_words(
            painter, mirrored(option, option.rect.adjusted(WORDS, 0, -SIDE, 0)), said, worn.secondary, font, END
        )

    def paint_item(self, painter: QPainter, option: Any, index: Index, worn: Tones) -> None:
        change: Change = option.widget.model().item_at(index)
        for place, sign in enumerate(change.kinds):
            x = option.rect.left() + WORDS + place * (CHIP + 2)
            box = mirrored(option, QRect(x, option.rect.center().y() - CHIP // 2 + 1, CHIP, CHIP))
            paint_sign(painter, sign, box, option.font)
        room = option.rect.adjusted(WORDS + 2 * (CHIP + 2) + SPACE, 0, -SIDE, 0)
        paint_words(painter, mirrored(option, room), index.data(), worn.text, option.font)


def paint_sign(painter: QPainter, sign: Sign, box: QRect, font: QFont) -> None:
    """A sign as on the map."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLORS[sign]))
    painter.drawRoundedRect(QRectF(box), 4, 4)
    paint_words(painter, box, glyph(sign, rtl=False), "#FFFFFF", heavier(font), CENTER)
