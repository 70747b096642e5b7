"""What stands beside the maps in the compare window: how much differs, of which kinds, the list, the detail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.layout.difference_signs import SIGNS, Sign, glyph
from app.window.compare.change_list import ChangeModel, ChangeView, sign_words
from app.window.compare.detail import Detail
from app.window.icons import icon
from app.window.labels import plain_label
from app.window.stacked import lined, stack

if TYPE_CHECKING:
    from app.model.comparison import Change, Comparison

WIDTH: Final = 330


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


class CompareSide(QFrame):
    """Tells which difference is looked at, and which kinds of them."""

    chosen = Signal(object)
    """The change that is looked at; None: none."""

    kinds_changed = Signal()

    take_over_wanted = Signal(object)
    """A change is to be made on the open map too."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._comparison: Comparison | None = None
        self.summary = plain_label(self, "strong")
        self.said = plain_label(self, "secondary")
        self.filters = {sign: self._filter(sign) for sign in SIGNS}
        self.model = ChangeModel(self)
        self.list = ChangeView(self.model, self)
        self.detail = Detail(self)
        self.previous = self._step("arrow-up", _tr("&Previous"), _tr("The difference before (Shift+F3)"))
        self.next = self._step("arrow-down", _tr("&Next"), _tr("The next difference (F3)"))
        self.previous.clicked.connect(lambda: self.list.go_along(-1))
        self.next.clicked.connect(lambda: self.list.go_along(1))
        self.take_over = QPushButton(_tr("&Take this over"), self)
        self.take_over.setToolTip(_tr("Makes it so in the open map (Ctrl+Enter)"))
        self.take_over.setVisible(False)
        self.take_over.clicked.connect(self._take_over)
        for wanted in (self.list.chosen, self.list.stood_on):
            wanted.connect(self._choose)
        self._lay_out()

    @property
    def kinds(self) -> frozenset[Sign]:
        """The kinds of differences that one looks at."""
        return frozenset(sign for sign, button in self.filters.items() if button.isChecked())

    def say(self, heading: str, sentence: str = "") -> None:
        """What is to be read above the list."""
        self.summary.setText(heading)
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Lists what differs."""
        self._comparison = comparison
        counts = comparison.counts._asdict() if comparison is not None else {}
        for sign, button in self.filters.items():
            button.setText(f"{glyph(sign, rtl=False)} {counts.get(sign, 0)}")
            button.setEnabled(bool(counts.get(sign)))
        self._refill()

    def _refill(self) -> None:
        self.model.show_changes(self._comparison, self.kinds)
        self.list.expandAll()
        has_changes = bool(self.model.rowCount())
        for button in (self.previous, self.next):
            button.setEnabled(has_changes)
        self._choose(None)

    @property
    def place(self) -> int:
        """Where in the list one stands, from 1; 0: nowhere."""
        change = self.list.item
        return next((at for at, one in enumerate(self.model.changes, 1) if one is change), 0)

    def stand_at(self, place: int) -> None:
        """Goes to a place of the list, or the last one before it."""
        changes = self.model.changes
        if changes:
            self.list.stand_on(changes[min(place, len(changes)) - 1].id)

    def offer_to_take_over(self) -> None:
        """What comes after can be brought into what was before."""
        self.take_over.setVisible(True)

    def _take_over(self) -> None:
        change = self.list.item
        if change is not None:
            self.take_over_wanted.emit(change)

    def _choose(self, change: Change | None) -> None:
        self.take_over.setEnabled(change is not None)
        self.detail.show_change(self._comparison, change)
        self.chosen.emit(change)

    def _on_filter(self) -> None:
        self._refill()
        self.kinds_changed.emit()

    def _filter(self, sign: Sign) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "step")
        button.setCheckable(True)
        button.setChecked(True)
        button.setText(glyph(sign, rtl=False))
        name = _tr("{kind}: shown or not").format(kind=sign_words(sign))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.toggled.connect(self._on_filter)
        return button

    def _step(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(icon(name), text, self)
        button.setIconSize(QSize(14, 14))
        button.setToolTip(tip)
        button.setEnabled(False)
        return button

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in self.filters.values():
            row.addWidget(button, 1)
        steps = QHBoxLayout()
        steps.setSpacing(6)
        steps.addWidget(self.previous, 1)
        steps.addWidget(self.next, 1)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 6)
        top.setSpacing(8)
        for label in (self.summary, self.said):
            top.addWidget(label)
        top.addLayout(row)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 6, 12, 12)
        foot.setSpacing(6)
        foot.addWidget(self.take_over)
        foot.addLayout(steps)
        splitter = stack(self, top, self.list, lined(self.detail, self), foot)
        splitter.setSizes([500, 200])
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
