"""The tab of the opportunities: their matrix follows the document and writes to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.model.diff import Diff
from app.model.document import Document, EditError, Following
from app.model.edits import set_fields
from app.model.kinds.opportunity import Opportunity
from app.model.queries import columns, lanes
from app.model.store import RecordGraph
from app.window.tables.matrix import Dot, Matrix
from app.window.tables.page import Empty, Page
from app.window.words import untitled


def opportunities(store: RecordGraph) -> list[Opportunity]:
    """The opportunities in reading order: column by column, from top to bottom."""
    column_of = {step.id: place for place, step in enumerate(columns(store))}
    row_of = {lane.id: place for place, lane in enumerate(lanes(store))}
    found = [card for card in store.of_type("card") if isinstance(card, Opportunity)]
    return sorted(found, key=lambda card: (column_of[card.step], row_of[card.lane], card.order, card.id))


class OpportunityPage(Page):
    """The matrix, or while there is no opportunity what it is for. `insert_asked` asks for a new card."""

    insert_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_tr("Opportunities"), parent)
        self._document: Document | None = None
        self._following = Following()
        self._is_watched = True
        self.matrix = Matrix(self)
        sentence = _tr("Opportunities stand here by impact and effort, so that one sees what to do first.")
        self.empty = Empty(sentence, _tr("Add an opportunity"), self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.matrix)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.empty.button.clicked.connect(lambda: self.insert_asked.emit("card:opportunity"))
        self.matrix.rated.connect(self._rate)
        self.matrix.chosen.connect(lambda card: self.led.emit([card]))
        self.matrix.escaped.connect(self.escaped)

    def follow(self, document: Document | None) -> None:
        if document is self._document:
            return
        self._following.follow(document, self._on_diff)
        self.matrix.cancel()
        self._document = document
        self._refresh()

    def watch(self, is_watched: bool) -> None:
        self._is_watched = is_watched
        if is_watched:
            self._refresh()

    def set_selection(self, ids: Sequence[str], picked: Sequence[str]) -> None:
        del picked
        self.matrix.mark(frozenset(ids))

    def commit(self) -> None:
        self.matrix.cancel()

    def take_focus(self) -> None:
        is_empty = self.stack.currentWidget() is self.empty
        (self.empty.button if is_empty else self.matrix).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_diff(self, diff: Diff) -> None:
        touched = {record.type for pair in diff.values() for record in pair if record is not None}
        if self._is_watched and not touched.isdisjoint({"card", "step", "stage", "lane"}):
            self._refresh()

    def _refresh(self) -> None:
        found = opportunities(self._document.store) if self._document is not None else []
        self.matrix.show_dots(
            [
                Dot(card.id, place + 1, card.title or untitled(), card.impact, card.effort)
                for place, card in enumerate(found)
            ]
        )
        self.stack.setCurrentWidget(self.matrix if found else self.empty)

    def _rate(self, id: str, impact: int | None, effort: int | None, joins: bool) -> None:
        if self._document is None:
            return
        if self._document.is_editing:
            self.said.emit(_tr("Something is being moved right now; try again after that."))
            return
        try:
            with self._document.edit(_tr("Rate opportunity"), ("matrix", id) if joins else None) as tx:
                set_fields(tx, [id], impact=impact, effort=effort)
        except EditError as error:
            self.said.emit(str(error))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Matrix", text)
