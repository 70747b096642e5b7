"""What stands above the maps in the compare window: which states, how they are shown, and what to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.window.compare.states import told_apart
from app.window.icons import icon
from app.window.panels.fields.choices import Choices
from app.window.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.window.compare.states import Choice

WIDEST: Final = 300


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


class CompareBar(QFrame):
    """Says what is wanted through signals."""

    chosen = Signal()
    """Another state is to be compared."""

    file_wanted = Signal(int)
    """A file is to be chosen as the state before (0) or after (1)."""

    side_by_side = Signal(bool)
    export_wanted = Signal()

    def __init__(self, choices: Sequence[Choice], before: int, after: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self._choices = list(choices)
        self._at = [before, after]
        self.boxes = self._box(_tr("State before")), self._box(_tr("State after"))
        self.swap = self._tool("arrow-right-left", _tr("Turn round: what was before comes after (Ctrl+T)"))
        self.overlaid = self._segment(_tr("On one sheet"), "first")
        self.beside = self._segment(_tr("Side by side"), "last")
        self.farther = self._tool("zoom-out", _tr("Zoom out (Ctrl+−)"))
        self.nearer = self._tool("zoom-in", _tr("Zoom in (Ctrl++)"))
        self.whole = self._tool("maximize", _tr("Fit map (Ctrl+1)"))
        self.zoom = QLabel(self)
        self.export = QPushButton(_tr("&Export poster…"), self)
        self._group = QButtonGroup(self)
        self._lay_out()
        self._fill()
        self._connect()

    @property
    def before(self) -> Choice | None:
        return self._choice(0)

    @property
    def after(self) -> Choice | None:
        return self._choice(1)

    def add(self, choice: Choice, place: int) -> None:
        """Offers another state, and takes it as the one before (0) or after (1)."""
        self._choices = told_apart([*self._choices, choice])
        self._at[place] = len(self._choices) - 1
        self._fill()
        self.chosen.emit()

    def renew(self, choice: Choice) -> None:
        """The first state that is offered, the open map, is another now."""
        self._choices[0] = choice
        self._fill()
        self.chosen.emit()

    def turn_round(self) -> None:
        """What was before comes after."""
        self._at.reverse()
        self._fill()
        self.chosen.emit()

    def show_zoom(self, zoom: float) -> None:
        self.zoom.setText(f"{round(zoom * 100)} %")

    def _choice(self, place: int) -> Choice | None:
        at = self._at[place]
        return self._choices[at] if 0 <= at < len(self._choices) else None

    def _fill(self) -> None:
        for box, at in zip(self.boxes, self._at, strict=True):
            with QSignalBlocker(box):
                box.clear()
                for choice in self._choices:
                    box.addItem(choice.name)
                box.insertSeparator(box.count())
                box.addItem(icon("folder-open"), _tr("Another file…"))
                box.setCurrentIndex(at)
                box.setToolTip(plain_tip(box.currentText()))

    def _pick(self, place: int, at: int) -> None:
        if at >= len(self._choices):
            self._fill()  # it stays as it was until a file is chosen
            self.file_wanted.emit(place)
        elif at != self._at[place]:
            self._at[place] = at
            self._fill()
            self.chosen.emit()

    def _connect(self) -> None:
        for place, box in enumerate(self.boxes):
            box.activated.connect(lambda at, place=place: self._pick(place, at))
        self.swap.clicked.connect(self.turn_round)
        self.beside.toggled.connect(self.side_by_side)
        self.export.clicked.connect(self.export_wanted)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        row.addWidget(self.boxes[0], 1)
        row.addWidget(self.swap)
        row.addWidget(self.boxes[1], 1)
        row.addStretch(0)  # what the names of the states leave
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for button in (self.overlaid, self.beside):
            self._group.addButton(button)
            segments.addWidget(button)
        row.addLayout(segments)
        row.addSpacing(6)
        self.zoom.setMinimumWidth(46)
        self.zoom.setProperty("role", "secondary")
        for widget in (self.farther, self.zoom, self.nearer, self.whole):
            row.addWidget(widget)
        row.addSpacing(6)
        self.export.setProperty("look", "primary")
        row.addWidget(self.export)
        self.overlaid.setChecked(True)

    def _box(self, name: str) -> Choices:
        box = Choices(self)
        box.setAccessibleName(name)
        box.setPlaceholderText(_tr("Choose a state…"))
        box.setMinimumWidth(150)
        box.setMaximumWidth(WIDEST)
        return box

    def _tool(self, name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "tool")
        button.setIcon(icon(name))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _segment(self, text: str, place: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "segment")
        button.setProperty("place", place)
        button.setText(f"  {text}  ")
        button.setAccessibleName(text)
        button.setCheckable(True)
        return button
