"""What stands beside the map in the merge window: what is to be decided, and how, what was kept and what came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.model.comparison.side import Side
from app.window.icons import icon
from app.window.labels import plain_label
from app.window.merge.offers import Offers, offer_words
from app.window.stacked import lined, stack
from app.window.tones import tones
from app.window.words import model_word

if TYPE_CHECKING:
    from app.model.merging import Choice, Choices, Conflict
    from app.window.merge.work import Outcome, Together

WIDTH: Final = 380
MOST_LISTED: Final = 500
"""So many things that were kept, and that came in, are listed at most."""

ICONS: Final = {"added": "plus", "removed": "minus", "changed": "pencil", "moved": "arrow-right"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Merge", text)


class Told(NamedTuple):
    """Something that was done without a choice: of which record, in a sentence."""

    id: str
    icon: str
    text: str


def _kept(outcome: Outcome) -> list[Told]:
    return [Told(note.id, "info", note.sentence.worded(model_word)) for note in outcome.notes[:MOST_LISTED]]


def _taken(outcome: Outcome) -> list[Told]:
    return [
        Told(change.id, ICONS[change.kinds[0]], " ".join(one.worded(model_word) for one in said))
        for change in outcome.taken[:MOST_LISTED]
        if (said := outcome.comparison.sentences_of(change))
    ]


class MergeSide(QFrame):
    """Tells which conflict one stands on, and what is chosen for it."""

    stood_on = Signal(str)
    """The id of the record that is to be shown."""

    chosen = Signal(object, str)
    """For a conflict (`Conflict`): mine, theirs or both."""

    rest_wanted = Signal()
    """Whatever is still open is to be as suggested."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._together: Together | None = None
        self._sides: tuple[Side, Side] | None = None
        self._choices: Choices = {}
        self._told: list[Told] = []
        self.summary = plain_label(self, "title")
        self.kept = plain_label(self, "secondary")
        self.list = QListWidget(self)
        self.list.setAccessibleName(_tr("To decide, what was kept, and what came in"))
        self.list.setProperty("look", "choices")
        self.list.setIconSize(QSize(16, 16))
        self.list.setWordWrap(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers = Offers(self)
        self.previous = QPushButton(icon("arrow-up"), _tr("&Previous"), self)
        self.next = QPushButton(icon("arrow-down"), _tr("&Next"), self)
        self.rest = QPushButton(_tr("&Take suggestions for the rest"), self)
        self.previous.setToolTip(_tr("The decision before (Shift+F3)"))
        self.next.setToolTip(_tr("The next decision (F3)"))
        self._lay_out()
        self.list.currentRowChanged.connect(self._stand)
        self.list.itemClicked.connect(lambda item: self._stand(self.list.row(item)))
        self.offers.chosen.connect(self.choose)
        self.previous.clicked.connect(lambda: self.go_along(-1))
        self.next.clicked.connect(lambda: self.go_along(1))
        self.rest.clicked.connect(self.rest_wanted)

    @property
    def conflict(self) -> Conflict | None:
        """The one that one stands on."""
        at = self.list.currentRow()
        conflicts = self._together.conflicts if self._together is not None else ()
        return conflicts[at] if 0 <= at < len(conflicts) else None

    def show_merge(self, together: Together, choices: Choices) -> None:
        """Lists what is to be decided, and below it what was kept and what came in."""
        self._together = together
        self._sides = Side(together.merge.mine), Side(together.merge.theirs)
        self._choices = choices
        self.list.clear()
        for conflict in together.conflicts:
            self.list.addItem(QListWidgetItem(self._named(conflict)))
        has_conflicts = bool(together.conflicts)
        for widget in (self.previous, self.next, self.rest):
            widget.setVisible(has_conflicts)
        self._below.setVisible(has_conflicts)
        self._told = []
        self.show_choices(choices, together.outcome)

    def show_choices(self, choices: Choices, outcome: Outcome) -> None:
        """Shows what is decided by now, and what comes of it."""
        self._choices = choices
        if self._together is None:
            return
        for at, conflict in enumerate(self._together.conflicts):
            choice = choices.get(conflict.key)
            item = self.list.item(at)
            item.setIcon(icon("circle-alert", tones().error) if choice is None else icon("circle-check", tones().link))
            said = offer_words(choice) if choice is not None else _tr("to decide")
            item.setText(f"{self._named(conflict)} ({said})")
        left = sum(conflict.key not in choices for conflict in self._together.conflicts)
        self.rest.setEnabled(left > 0)
        self._show_told([*_kept(outcome), *_taken(outcome)])
        self._say(self._together, outcome, left)
        self._show_offers()

    def _show_told(self, told: list[Told]) -> None:
        """Lists below the decisions what was done without one; another choice may lead to other things there."""
        if told == self._told or self._together is None:
            return
        self._told, at = told, self.list.currentRow()
        with QSignalBlocker(self.list):
            while self.list.count() > len(self._together.conflicts):
                self.list.takeItem(self.list.count() - 1)
            for one in told:
                item = QListWidgetItem(icon(one.icon), one.text)
                item.setData(Qt.ItemDataRole.UserRole, one.id)
                self.list.addItem(item)
            self.list.setCurrentRow(min(at, self.list.count() - 1))

    def choose(self, choice: Choice) -> None:
        """Decides the conflict that one stands on."""
        conflict = self.conflict
        if conflict is not None and choice in conflict.offers:
            self.chosen.emit(conflict, choice)

    def go_along(self, by: int) -> None:
        """Goes to the next thing to decide, or the one before: those that are open first; round at the ends."""
        conflicts = self._together.conflicts if self._together is not None else ()
        if not conflicts:
            return
        at = self.list.currentRow()
        start = at if at < len(conflicts) else -1
        order = [(start + by * step) % len(conflicts) for step in range(1, len(conflicts) + 1)]
        open_ = [place for place in order if conflicts[place].key not in self._choices]
        self.list.setCurrentRow((open_ or order)[0])

    def stand_on(self, id: str) -> None:
        """Goes to what is said of a record, where something is."""
        conflicts = self._together.conflicts if self._together is not None else ()
        at = next((place for place, conflict in enumerate(conflicts) if conflict.id == id), None)
        if at is not None:
            self.list.setCurrentRow(at)

    def _say(self, together: Together, outcome: Outcome, left: int) -> None:
        count = len(outcome.taken)
        if not count and not together.conflicts:
            said = _tr("Nothing to take over: all that is in “{name}” is here already.")
        elif not left:
            said = _tr("{n} changes taken over, nothing is left to decide.")
        else:
            said = _tr("{n} changes taken over, {left} to be decided by you.")
        if count == 1:
            said = said.replace(_tr("{n} changes"), _tr("1 change"))
        self.summary.setText(said.format(n=f"{count:,}", left=f"{left:,}", name=together.copy.name))
        one = _tr("1 deleted thing was kept, because the other side had changed it or needs it.")
        many = _tr("{n} deleted things were kept, because the other side had changed them or needs them.")
        self.kept.setText((one if outcome.kept == 1 else many).format(n=f"{outcome.kept:,}"))
        self.kept.setVisible(bool(outcome.kept))

    def _named(self, conflict: Conflict) -> str:
        assert self._sides is not None
        record = self._sides[0].records[conflict.id]
        return f"{self._sides[0].title(record)} – {model_word(conflict.label)}"

    def _stand(self, row: int) -> None:
        self._show_offers()
        conflict = self.conflict
        if conflict is not None:
            self.stood_on.emit(conflict.id)
        elif 0 <= row < self.list.count():
            self.stood_on.emit(self.list.item(row).data(Qt.ItemDataRole.UserRole) or "")

    def _show_offers(self) -> None:
        conflict = self.conflict
        if self._sides is not None:
            self.offers.show_conflict(conflict, *self._sides)
            self.offers.show_choice(self._choices.get(conflict.key) if conflict is not None else None)

    def _lay_out(self) -> None:
        self.setFixedWidth(WIDTH)
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(6)
        top.addWidget(self.summary)
        top.addWidget(self.kept)
        steps = QHBoxLayout()
        steps.setSpacing(6)
        for button in (self.previous, self.next):
            button.setIconSize(QSize(14, 14))
            steps.addWidget(button, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 6, 12, 6)
        foot.setSpacing(6)
        foot.addLayout(steps)
        foot.addWidget(self.rest)
        self._below = lined(self.offers, self)
        stack(self, top, self.list, self._below, foot).setSizes([260, 320])
