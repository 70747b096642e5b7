"""The guide's page: the six steps to a map, which of them this one has taken, and a way to begin each."""

from __future__ import annotations

from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.model.analysis.guide import Check, GuideStep, guide
from app.model.document import Document
from app.window.icons import icon
from app.window.panels.keys import keeps_del
from app.window.side.checkup import Checkup, today
from app.window.side.given import given
from app.window.tones import tones
from app.window.words import model_word

ICON: Final = QSize(18, 18)
SMALL: Final = QSize(14, 14)


class Way(NamedTuple):
    """What the button of a step is called, and what it does: `field:NAME` of the map, `insert:ENTRY` of the palette,
    `add:source`, `page:NAME` of the side panel, `command:NAME` of the menus."""

    label: str
    does: str


def _way(step: GuideStep) -> Way:
    """The button goes with what is missing first."""
    if step.id == "research" and step.checks[0].is_done and not step.checks[-1].is_done:
        return Way(_tr("Add a source"), "add:source")
    if step.id == "stages" and step.checks[0].is_done and not step.checks[-1].is_done:
        return Way(_tr("Add a touchpoint"), "insert:card:touchpoint")
    return {
        "objective": Way(_tr("Write the objective"), "field:objective"),
        "research": Way(_tr("Add a persona"), "insert:persona"),
        "stages": Way(_tr("Add a stage"), "insert:stage"),
        "journey": Way(_tr("Draw the emotion curve"), "insert:point"),
        "findings": Way(_tr("Open the doctor"), "page:doctor"),
        "refining": Way(_tr("Export poster"), "command:export"),
    }[step.id]


class GuidePage(QWidget):
    """One step is unfolded at a time, at first the one that comes next.

    `way_chosen` asks to do what the button of a step says, see `Way`; `closed` to put the guide away.
    """

    way_chosen = Signal(str)
    closed = Signal()

    def __init__(self, checkup: Checkup, parent: QWidget) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._is_new = True
        self.steps: list[StepView] = []
        self.progress = QLabel(self)
        self.progress.setProperty("role", "strong")
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("x"))
        self.close_button.setIconSize(SMALL)
        self.close_button.setProperty("look", "bar")
        self.close_button.setToolTip(_tr("Close the guide; Help > Guide shows it again"))
        self.close_button.setAccessibleName(_tr("Close the guide"))
        self.close_button.clicked.connect(self.closed)
        self.setAccessibleName(_tr("Guide"))
        self._page = QWidget(self)
        self._page.setObjectName("page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(10, 0, 10, 12)
        self._column.setSpacing(2)
        self._lay_out()
        checkup.found.connect(self._show_found)

    def event(self, event: QEvent) -> bool:
        return keeps_del(event) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for view in self.steps:
                view.dress()

    def set_document(self, document: Document | None) -> None:
        """Another map is open, or none."""
        self._document = document
        self._is_new = True
        self._show_found()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_found()

    def take_focus(self) -> None:
        unfolded = next((view for view in self.steps if view.is_unfolded), self.steps[0])
        unfolded.header.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down lead from heading to heading."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        at = next((at for at, view in enumerate(self.steps) if view.header is watched), None)
        if by is None or at is None:
            return False
        self.steps[max(0, min(at + by, len(self.steps) - 1))].header.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 6)
        head.addWidget(self.progress, 1)
        head.addWidget(self.close_button)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _show_found(self) -> None:
        """While the page is behind another it does not follow."""
        if self._document is None or not self.isVisible():
            return
        found = guide(self._document.store, today(), given())
        if not self.steps:
            self._make_steps(found)
        for view, step in zip(self.steps, found, strict=True):
            view.show_step(step)
        if self._is_new:
            self._is_new = False
            self._unfold(next((view for view in self.steps if view.step.state != "done"), None))
        done = sum(step.state == "done" for step in found)
        self.progress.setText(_tr("{n} of {all} steps done").format(n=done, all=len(found)))

    def _make_steps(self, found: list[GuideStep]) -> None:
        for number, step in enumerate(found, 1):
            view = StepView(number, step, self._page)
            view.header.installEventFilter(self)
            view.header.clicked.connect(partial(self._toggle, view))
            view.button.clicked.connect(lambda _=False, view=view: self.way_chosen.emit(_way(view.step).does))
            self.steps.append(view)
            self._column.addWidget(view)
            view.show()  # at once, so that the keyboard can go there at once
        self._column.addStretch(1)

    def _toggle(self, view: StepView) -> None:
        self._unfold(None if view.is_unfolded else view)

    def _unfold(self, wanted: StepView | None) -> None:
        for view in self.steps:
            view.unfold(view is wanted)
        if wanted is not None:
            self._scroll.ensureWidgetVisible(wanted)


class StepView(QWidget):
    """A heading to unfold; under it what the step is about, what the map has of it, and the button."""

    def __init__(self, number: int, step: GuideStep, parent: QWidget) -> None:
        super().__init__(parent)
        self.step = step
        self.is_unfolded = False
        self._number = number
        self.header = QPushButton(self)
        self.header.setProperty("look", "quiet")
        self.header.setIconSize(ICON)
        self.header.setAutoDefault(True)  # so that Enter presses it
        self.header.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._state = QLabel(self)
        self._state.setProperty("role", "caption")
        self._body = QWidget(self)
        self._explanation = QLabel(model_word(step.explanation), self._body)
        self._explanation.setWordWrap(True)
        self._explanation.setProperty("role", "secondary")
        self.checks = [_CheckLine(self._body) for _ in step.checks]
        self.button = QPushButton(self._body)
        self.button.setAutoDefault(True)
        self._lay_out()
        self.unfold(False)

    def show_step(self, step: GuideStep) -> None:
        self.step = step
        for line, check in zip(self.checks, step.checks, strict=True):
            line.show_check(check)
        self.header.setText(f"{self._number}  {model_word(step.title)}".replace("&", "&&"))
        self._state.setText({"done": _tr("done"), "partly": _tr("partly")}.get(step.state, ""))
        self.header.setAccessibleName(f"{self._number} {model_word(step.title)} {self._state.text()}".strip())
        self.header.setAccessibleDescription(model_word(step.explanation))
        self.button.setText(_way(step).label)
        self.button.setProperty("look", "" if step.state == "done" else "primary")
        self.button.style().polish(self.button)
        self.dress()

    def dress(self) -> None:
        """The icons in the colours of the window."""
        name, color = {
            "done": ("circle-check", tones().link),
            "partly": ("circle-dashed", tones().link),
        }.get(self.step.state, ("circle-dashed", tones().secondary))
        self.header.setIcon(icon(name, color))
        for line in self.checks:
            line.dress()

    def unfold(self, is_unfolded: bool) -> None:
        self.is_unfolded = is_unfolded
        self._body.setVisible(is_unfolded)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 6, 0)
        top.addWidget(self.header, 1)
        top.addWidget(self._state)
        below = QVBoxLayout(self._body)
        below.setContentsMargins(32, 0, 6, 12)
        below.setSpacing(8)
        below.addWidget(self._explanation)
        for line in self.checks:
            below.addWidget(line)
        below.addSpacing(4)
        below.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._body)


class _CheckLine(QWidget):
    """One thing that belongs to a step, with a tick where the map has it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_done = False
        self._icon = QLabel(self)
        self._icon.setFixedWidth(SMALL.width())
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._icon.setContentsMargins(0, 2, 0, 0)  # level with the first line
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_check(self, check: Check) -> None:
        self.is_done = check.is_done
        self._text.setText(model_word(check.text))
        state = _tr("yes") if check.is_done else _tr("not yet")
        self._icon.setAccessibleName(state)
        self._text.setAccessibleName(f"{model_word(check.text)}: {state}")

    def dress(self) -> None:
        name, color = ("check", tones().link) if self.is_done else ("minus", tones().secondary)
        self._icon.setPixmap(icon(name, color).pixmap(SMALL, self.devicePixelRatioF()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Guide", text)
