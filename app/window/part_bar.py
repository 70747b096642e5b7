"""The bar that says that one looks at a part of the map only, and leads back to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QPushButton, QSizePolicy, QToolBar, QWidget

from app.model.kinds import card_kind
from app.model.lanes import LANE_KINDS, lane_kind
from app.model.records import Persona
from app.window.tips import plain_tip
from app.window.words import model_word, untitled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.canvas.map_filter import MapFilter
    from app.model.store import RecordGraph


class PartBar(QToolBar):
    """Stands below the tools while something is not looked at. `end` shows the whole map again."""

    def __init__(self, window: QMainWindow, end: Callable[[], object]) -> None:
        super().__init__(_tr("What is shown"), window)
        self.setObjectName("part")
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "secondary")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.whole = QPushButton(_tr("Show the whole map"), self)
        self.whole.setProperty("look", "link")
        self.whole.clicked.connect(lambda _checked=False: end())
        line = QWidget(self)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.whole)
        self.addWidget(line)
        window.addToolBarBreak()
        window.addToolBar(self)

    def show_part(self, store: RecordGraph | None, map_filter: MapFilter) -> None:
        """Says what of a map is shown; hides itself where that is all."""
        words = part_words(store, map_filter) if store is not None else ""
        self.words.setText(words)
        self.words.setToolTip(plain_tip(words))
        self.setVisible(bool(words))


def part_words(store: RecordGraph, map_filter: MapFilter) -> str:
    """What is not shown, in a sentence; empty: all is."""
    people = (store.of(Persona, id) for id in sorted(map_filter.chosen))
    parts = (
        (_tr("Only what concerns {0}"), [one.name or untitled() for one in people if one is not None]),
        (_tr("Hidden lanes: {0}"), _labels(lane_kind(id).label for id in LANE_KINDS if id in map_filter.hidden_lanes)),
        (_tr("Dimmed cards: {0}"), _labels(card_kind(id).label for id in sorted(map_filter.unseen_kinds))),
    )
    said = [words.format(", ".join(names)) for words, names in parts if names]
    return "  ·  ".join([*said, _tr("Posters show all of it")]) if said else ""


def _labels(labels: Iterable[str]) -> list[str]:
    return [model_word(label) for label in labels]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Part", text)
