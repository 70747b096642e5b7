"""What one can choose where two copies disagree: mine, theirs, or both; word by word where they are texts."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from app.layout.difference_words import readable
from app.model.comparison import diff_words
from app.model.comparison.sentences import value_words
from app.model.comparison.side import Side
from app.window.compare.detail import marked_words
from app.window.labels import plain_label
from app.window.words import model_word

if TYPE_CHECKING:
    from app.model.merging import Choice, Conflict
    from app.model.records import Record

ORDER: Final[tuple[Choice, ...]] = ("mine", "theirs", "both")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Merge", text)


def offer_words(choice: Choice) -> str:
    """What a choice is called."""
    return {"mine": _tr("Mine"), "theirs": _tr("Theirs"), "both": _tr("Both")}[choice]


class Offer(QFrame):
    """One of them: a button, and below it what it means."""

    chosen = Signal()

    def __init__(self, choice: Choice, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        self.choice = choice
        self.button = QRadioButton(f"{offer_words(choice)}  ({number})", self)
        self.button.setAutoExclusive(False)  # the window says what is chosen, which may be none of them
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setContentsMargins(24, 0, 0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self.button)
        layout.addWidget(self.words)
        self.button.clicked.connect(self.chosen)

    def show_chosen(self, *, is_chosen: bool) -> None:
        self.button.setChecked(is_chosen)
        self.setProperty("chosen", is_chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()


class Offers(QScrollArea):
    """The choices of one conflict."""

    chosen = Signal(str)
    """mine, theirs or both."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[Conflict, Side, Side, type[Record]] | None = None
        self.title = plain_label(self, "strong")
        self.offers = {choice: Offer(choice, place, self) for place, choice in enumerate(ORDER, 1)}
        held = QWidget(self)
        held.setObjectName("page")
        layout = QVBoxLayout(held)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        for choice, offer in self.offers.items():
            layout.addWidget(offer)
            offer.chosen.connect(partial(self.chosen.emit, choice))
        layout.addStretch(1)
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.show_conflict(None, None, None)

    def show_conflict(self, conflict: Conflict | None, mine: Side | None, theirs: Side | None) -> None:
        """Shows what is to be chosen; None: nothing."""
        self._shown = None
        if conflict is not None and mine is not None and theirs is not None:
            record = mine.records[conflict.id]
            self._shown = conflict, mine, theirs, type(record)
            self.title.setText(f"{mine.title(record)} – {model_word(conflict.label)}")
        self.title.setVisible(conflict is not None)
        for choice, offer in self.offers.items():
            offer.setVisible(conflict is not None and choice in conflict.offers)
        self.refresh()

    def refresh(self) -> None:
        """Shows it in the colours of the window."""
        if self._shown is None:
            return
        conflict = self._shown[0]
        for choice in conflict.offers:
            self.offers[choice].words.setText(self._words(choice))
        self.verticalScrollBar().setValue(0)

    def show_choice(self, choice: Choice | None) -> None:
        """Shows what is chosen; None: nothing yet."""
        for each, offer in self.offers.items():
            offer.show_chosen(is_chosen=each == choice)

    def _words(self, choice: Choice) -> str:
        assert self._shown is not None
        conflict, mine, theirs, cls = self._shown
        value = conflict.value(choice)
        if conflict.meaning == "text":
            return marked_words(readable(diff_words(conflict.base or "", value or "")))
        side = theirs if choice == "theirs" else mine
        return escape(_in_words(cls, conflict.field, value, side))


def _in_words(cls: type[Record], field: str, value: Any, side: Side) -> str:
    if isinstance(value, list):
        return ", ".join(value_words(cls, field, entry, side) for entry in value) or _tr("nothing")
    return value_words(cls, field, value, side)
