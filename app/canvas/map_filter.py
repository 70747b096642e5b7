"""Which personas and which kinds of cards and lanes one looks at: a matter of the view, nothing of it is in the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.model.document import Document, Following
from app.model.queries import is_about
from app.model.records import Card, EmotionPoint, Lane, Link, Persona

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.diff import Diff
    from app.model.records import Record
    from app.model.store import RecordGraph


class MapFilter(QObject):
    """The chosen personas and kinds, and the cards that are not about any of them. Choosing none shows all.

    Follows the document: a card that is marked otherwise comes or goes, a persona that is deleted is chosen no more.
    Lanes of a kind are hidden altogether, until something new lies in one, or one goes to something in it.
    """

    changed = Signal()
    """Other cards are dimmed, or others chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._following = Following()
        self._chosen: frozenset[str] = frozenset()
        self._unseen: frozenset[str] = frozenset()
        self._dimmed: frozenset[str] = frozenset()
        self._hidden: frozenset[str] = frozenset()

    @property
    def chosen(self) -> frozenset[str]:
        """The ids of the personas that are shown; empty: all are."""
        return self._chosen

    @property
    def unseen_kinds(self) -> frozenset[str]:
        """The kinds of cards that one does not look at."""
        return self._unseen

    @property
    def is_on(self) -> bool:
        """True where one does not look at everything."""
        return bool(self._chosen or self._unseen or self._hidden)

    @property
    def hidden_lanes(self) -> frozenset[str]:
        """The kinds of lanes that are not there to be seen."""
        return self._hidden

    @property
    def dimmed(self) -> frozenset[str]:
        """The ids of the cards that are about others only, or of other kinds."""
        return self._dimmed

    def set_document(self, document: Document | None) -> None:
        """Another map, of which all is shown."""
        self._document = document
        self._following.follow(document, self._on_diff)
        self.show_all()

    def show_all(self) -> None:
        """Everybody, and all kinds."""
        self._look_at(frozenset(), frozenset())
        self.show_all_lanes()

    def choose(self, personas: Iterable[str]) -> None:
        """Shows what concerns these personas; none of them: everything."""
        store = self._document.store if self._document is not None else None
        known = frozenset(id for id in personas if store is not None and store.of(Persona, id) is not None)
        self._look_at(known, self._unseen)

    def toggle(self, persona: str) -> None:
        """Chooses a persona too, or no longer."""
        self.choose(self._chosen ^ {persona})

    def toggle_kind(self, kind: str) -> None:
        """Looks at a kind of cards, or no longer."""
        self._look_at(self._chosen, self._unseen ^ {kind})

    def show_all_kinds(self) -> None:
        """Looks at cards of every kind."""
        self._look_at(self._chosen, frozenset())

    def toggle_lanes(self, kind: str) -> None:
        """Hides the lanes of a kind, or no longer."""
        self._hide(self._hidden ^ {kind})

    def show_all_lanes(self) -> None:
        """Shows lanes of every kind."""
        self._hide(frozenset())

    def reveal(self, ids: Iterable[str]) -> None:
        """Shows the lanes in which these lie."""
        if self._hidden and self._document is not None:
            store = self._document.store
            self._hide(self._hidden - {kind for id in ids for kind in lane_kinds_of(store, store.get(id))})

    def is_hidden(self, id: str) -> bool:
        """Whether something lies in a hidden lane, is one, or leads to one."""
        store = self._document.store if self._document is not None else None
        return store is not None and not self._hidden.isdisjoint(lane_kinds_of(store, store.get(id)))

    def _hide(self, kinds: frozenset[str]) -> None:
        if kinds != self._hidden:
            self._hidden = kinds
            self.changed.emit()

    def _look_at(self, chosen: frozenset[str], unseen: frozenset[str]) -> None:
        store = self._document.store if self._document is not None else None
        found = store.of_type("card") if store is not None and (chosen or unseen) else ()
        dimmed = frozenset(record.id for record in found if _is_beside(record, chosen, unseen))
        self._take(chosen, unseen, dimmed)

    def _on_diff(self, diff: Diff) -> None:
        if not self.is_on:
            return
        self._show_newcomers(diff)
        gone = {id for id, (_, after) in diff.items() if after is None}
        if not self._chosen.isdisjoint(gone):
            self.choose(self._chosen - gone)
            return
        beside = {id for id, (_, after) in diff.items() if _is_beside(after, self._chosen, self._unseen)}
        self._take(self._chosen, self._unseen, (self._dimmed - diff.keys()) | beside)

    def _show_newcomers(self, diff: Diff) -> None:
        """What was put into a hidden lane is to be seen."""
        self.reveal(
            id
            for id, (before, after) in diff.items()
            if isinstance(after, Card | EmotionPoint | Lane) and (before is None or _lies_elsewhere(before, after))
        )

    def _take(self, chosen: frozenset[str], unseen: frozenset[str], dimmed: frozenset[str]) -> None:
        if (chosen, unseen, dimmed) != (self._chosen, self._unseen, self._dimmed):
            self._chosen, self._unseen, self._dimmed = chosen, unseen, dimmed
            self.changed.emit()


def lane_kinds_of(store: RecordGraph, record: Record | None) -> set[str]:
    """The kinds of the lanes that a record is, lies in, or joins."""
    match record:
        case Lane(kind=kind):
            return {kind}
        case Card(lane=id) | EmotionPoint(lane=id):
            return lane_kinds_of(store, store.get(id))
        case Link(source=source, target=target):
            return lane_kinds_of(store, store.get(source)) | lane_kinds_of(store, store.get(target))
    return set()


def _lies_elsewhere(before: Record, after: Record) -> bool:
    return any(getattr(before, name, None) != getattr(after, name, None) for name in ("lane", "kind"))


def _is_beside(record: Record | None, chosen: frozenset[str], unseen: frozenset[str]) -> bool:
    """True for a card that is about others only, or of a kind that one does not look at."""
    if not isinstance(record, Card):
        return False
    return record.kind in unseen or (bool(chosen) and not is_about(record, chosen))
