"""The merge window: the merged map with what came in, and the places where both copies disagree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout

from app.canvas.difference_layer import DifferenceLayer
from app.canvas.looking_view import LookingView
from app.model.diff import between
from app.window.merge.offers import ORDER
from app.window.merge.side import MergeSide
from app.window.placing import FRAME
from app.window.tones import tones

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.layout.drawing import Rect
    from app.model.merging import Choice, Conflict, Key
    from app.model.records import Record
    from app.window.merge.work import Together

SIZE: Final = QSize(1240, 760)
SMALLEST: Final = QSize(760, 460)


class MergeWindow(QDialog):
    """It stands before its map's window until one accepts or leaves it; the map changes only when one accepts."""

    agreed = Signal(object)
    """The merged map is to be taken: its records."""

    def __init__(self, together: Together, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge with {name}").format(name=together.copy.name))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumSize(SMALLEST)
        self._together = together
        self.choices: dict[Key, Choice] = together.suggested
        self._outcome = together.outcome
        self._areas: dict[str, Rect] = {}
        self.side = MergeSide(self)
        self.view = LookingView(self)
        self.view.setAccessibleName(self.tr("The merged map"))
        self.view.setBackgroundBrush(QColor(tones().desk))
        self.buttons = QDialogButtonBox(self)
        self.accept_button = self.buttons.addButton(self.tr("&Accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.leave = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._connect()
        self.resize(SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.view.show_map(together.document, together.layout)
        scene = self.view.map_scene()
        assert scene is not None
        self._layer = DifferenceLayer(scene)
        self.side.show_merge(together, self.choices)
        self._show_marks()
        if together.conflicts:
            self.side.go_along(1)
            self.side.list.setFocus()
        else:
            self.side.list.setCurrentRow(0)
            self.accept_button.setFocus()

    @property
    def records(self) -> tuple[Record, ...]:
        """The merged map as it is decided by now."""
        return self._outcome.records

    @property
    def left(self) -> int:
        """How much is still to be decided."""
        return sum(conflict.key not in self.choices for conflict in self._together.conflicts)

    def choose(self, conflict: Conflict, choice: Choice) -> None:
        """Decides a conflict; the map shows it at once, and one goes on to the next."""
        self.choices[conflict.key] = choice
        self._show_choices()
        if self.left:
            self.side.go_along(1)
        elif self.accept_button.isEnabled():
            self.accept_button.setFocus()

    def take_suggestions(self) -> None:
        """Decides what is still open as suggested."""
        for conflict in self._together.conflicts:
            self.choices.setdefault(conflict.key, conflict.default)
        self._show_choices()
        self.accept_button.setFocus()

    def _show_choices(self) -> None:
        document = self._together.document
        self._outcome = self._together.chosen(self.choices)
        with document.edit("Choose") as tx:
            tx.apply(between(document.records, self.records))
        self.side.show_choices(self.choices, self._outcome)
        self._show_marks()

    def _show_marks(self) -> None:
        marks = self._together.marks(self._outcome, self.choices.keys())
        self._areas = dict(marks.areas)
        self._layer.show_marks(marks)
        self.accept_button.setEnabled(not self.left and self._has_news)
        self.accept_button.setToolTip(self.tr("Decide everything first") if self.left else "")

    @property
    def _has_news(self) -> bool:
        return bool(self._outcome.taken or self._together.conflicts)

    def _go_to(self, id: str) -> None:
        area = self._areas.get(id)
        scene = self.view.map_scene()
        self.view.selection.select([id] if scene is not None and scene.document.store.get(id) is not None else [])
        if area is not None:
            self.view.show_area(area)
        else:
            self.view.reveal_current()

    # The frame

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.side, 1)
        self.buttons.setContentsMargins(12, 6, 12, 12)
        beside.addWidget(self.buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.view, 1)
        whole.addLayout(beside)

    def _connect(self) -> None:
        self.side.chosen.connect(self.choose)
        self.side.stood_on.connect(self._go_to)
        self.side.rest_wanted.connect(self.take_suggestions)
        self.view.picked.connect(self.side.stand_on)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        keys: list[tuple[str, Callable[[], object]]] = [
            *((str(number), partial(self.side.choose, choice)) for number, choice in enumerate(ORDER, 1)),
            ("F3", lambda: self.side.go_along(1)),
            ("Shift+F3", lambda: self.side.go_along(-1)),
            ("Ctrl++", self.view.zoom_in),
            ("Ctrl+-", self.view.zoom_out),
            ("Ctrl+0", lambda: self.view.zoom_to(1.0)),
            ("Ctrl+1", self.view.fit_map),
            ("Ctrl+Return", self.accept_button.click),
        ]
        for key, run in keys:
            QShortcut(QKeySequence(key), self).activated.connect(run)

    def accept(self) -> None:
        """Takes the merged map, once everything is decided."""
        if not self.left and self._has_news:
            self.agreed.emit(self.records)
            super().accept()

    def done(self, result: int) -> None:
        self.view.close_map()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "view"):
            self.view.setBackgroundBrush(QColor(tones().desk))
            self.side.offers.refresh()
