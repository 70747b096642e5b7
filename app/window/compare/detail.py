"""What differs at one place, in words: sentences, and texts word by word."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.layout.difference_words import figure_lines, listed
from app.window.tones import DARK, tones
from app.window.words import model_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.comparison import Change, Comparison, Piece

MOST = 20_000
"""Characters of a text that are shown."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)


def marked_words(pieces: Iterable[Piece]) -> str:
    """A text with what is gone struck out and what is new underlined, as rich text in the colours of the window."""
    gone, new = tones().error, "#7CD992" if tones() is DARK else "#15803D"
    words = {
        "same": "{}",
        "removed": f'<s style="color:{gone}">{{}}</s>',
        "added": f'<u style="color:{new}">{{}}</u>',
    }
    return "".join(words[kind].format(escape(text[:MOST]).replace("\n", "<br>")) for kind, text in pieces)


class Detail(QScrollArea):
    """The place under the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[Comparison, Change | None] | None = None
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAccessibleName(_tr("What differs here"))
        held = QWidget(self)
        held.setObjectName("page")
        layout = QVBoxLayout(held)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self.label)
        layout.addStretch(1)
        self.setWidget(held)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_change(self, comparison: Comparison | None, change: Change | None) -> None:
        """Shows a change; None: the figures that differ."""
        self._shown = (comparison, change) if comparison is not None else None
        self.refresh()

    def refresh(self) -> None:
        """Shows it in the colours of the window."""
        if self._shown is None:
            self.label.setText("")
            return
        comparison, change = self._shown
        self.label.setText(self._figures(comparison) if change is None else self._of(comparison, change))
        self.verticalScrollBar().setValue(0)

    def _of(self, comparison: Comparison, change: Change) -> str:
        said = listed(comparison, change, model_word)
        parts = [f"<p><b>{escape(said.title)}</b></p>"]
        for detail in said.details:
            label = f"{escape(detail.label)}: " if detail.label else ""
            parts.append(f"<p>{label}{marked_words(detail.pieces)}</p>")
        return "".join(parts)

    @staticmethod
    def _figures(comparison: Comparison) -> str:
        lines = figure_lines(comparison, model_word)
        heading = _tr("Emotion, metrics and time")
        if not lines:
            return f"<p><b>{heading}</b></p><p>{_tr('They do not differ.')}</p>"
        return f"<p><b>{heading}</b></p>" + "".join(f"<p>{escape(line)}</p>" for line in lines)
