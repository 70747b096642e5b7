"""Which personas one looks at. That is a matter of the view: nothing of it is kept in the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model.queries import is_about
from app.model.records import Card, Persona

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.model.diff import Diff
    from app.model.document import Document
    from app.model.records import Record


class PersonaFilter(QObject):
    """The chosen personas, and the cards that are not about any of them. Choosing none shows all.

    Follows the document: a card that is marked otherwise comes or goes, a persona that is deleted is chosen no more.
    """

    changed = Signal()
    """Other cards are dimmed, or others chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._chosen: frozenset[str] = frozenset()
        self._dimmed: frozenset[str] = frozenset()

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of the personas that are shown; empty: all are."""
        return self._chosen

    @property
    def dimmed(self) -> frozenset[str]:
        """The ids of the cards that are about others only."""
        return self._dimmed

    def set_document(self, document: Document | None) -> None:
        """Another map, of which all is shown."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._document = document
        if document is not None:
            self._unsubscribe = document.subscribe(self._on_diff)
        self.choose(())

    def choose(self, personas: Iterable[str]) -> None:
        """Shows what concerns these personas; none of them: everything."""
        store = self._document.store if self._document is not None else None
        known = frozenset(id for id in personas if store is not None and store.of(Persona, id) is not None)
        found = store.of_type("card") if store is not None and known else ()
        self._take(known, frozenset(record.id for record in found if _is_beside(record, known)))

    def toggle(self, persona: str) -> None:
        """Chooses a persona too, or no longer."""
        self.choose(self._chosen ^ {persona})

    def _on_diff(self, diff: Diff) -> None:
        if not self._chosen:
            return
        gone = {id for id, (_, after) in diff.items() if after is None}
        if not self._chosen.isdisjoint(gone):
            self.choose(self._chosen - gone)
            return
        beside = {id for id, (_, after) in diff.items() if _is_beside(after, self._chosen)}
        self._take(self._chosen, (self._dimmed - diff.keys()) | beside)

    def _take(self, chosen: frozenset[str], dimmed: frozenset[str]) -> None:
        if (chosen, dimmed) != (self._chosen, self._dimmed):
            self._chosen, self._dimmed = chosen, dimmed
            self.changed.emit()


def _is_beside(record: Record | None, chosen: frozenset[str]) -> bool:
    """True for a card that is about others only."""
    return isinstance(record, Card) and not is_about(record, chosen)
