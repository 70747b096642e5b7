"""Many chosen out of many: records that another speaks of, and the channels that a persona prefers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.layout.channel_names import map_channels
from app.model.document import Document
from app.model.kinds import card_kind
from app.model.queries import channels, personas, sources
from app.model.records import Card, Persona, Record, Reference
from app.model.store import RecordGraph
from app.window.icons import icon
from app.window.panels.fields.base import FieldEditor
from app.window.panels.fields.changes import Membership
from app.window.panels.fields.chips import Chips
from app.window.panels.fields.choices import Option, dot
from app.window.panels.fields.picker import Picker
from app.window.tones import seen
from app.window.words import model_word, untitled


class ManyEditor(FieldEditor):
    """Chips for what is chosen, and a list that drops down to choose more. Of several records each keeps its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[tuple[str, ...]] = []
        self._document: Document | None = None
        self.picker: Picker | None = None
        self.chips = Chips(QCoreApplication.translate("Fields", "Add…"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.chips)
        self.setFocusProxy(self.chips)
        self.chips.asked.connect(self.open_picker)
        self.chips.removed.connect(lambda value: self.picked.emit(Membership(removed=(value,))))

    def show_values(self, values: Sequence[Any]) -> None:
        self._values = list(values)
        self._refresh()

    def show_value(self, value: Any) -> None:
        self.show_values([value])

    def show_mixed(self) -> None:
        """Never asked for: what only some have is shown on its own chip."""

    def follow(self, document: Document) -> None:
        self._document = document
        self._refresh()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.chips.add.setAccessibleName(f"{name}: {self.chips.add.text()}")

    # What subclasses say

    def option(self, store: RecordGraph, value: str) -> Option:
        """What a chosen value is called."""
        raise NotImplementedError

    def options(self, store: RecordGraph) -> list[Option]:
        """All that there is to choose from."""
        raise NotImplementedError

    def offer(self) -> str:
        """The label of the row that makes a new one, with {0} for its title; empty: none is made."""
        return ""

    def make(self, title: str) -> None:
        """Something new was asked for."""

    # Choosing

    def open_picker(self) -> None:
        if self._document is None:
            return
        options = self.options(self._document.store)
        self.picker = Picker(self.accessibleName(), options, new=self.offer(), parent=self)
        self.picker.toggled.connect(self._toggle)
        self.picker.created.connect(self.make)
        self.picker.destroyed.connect(self._forget_picker)
        self.picker.open_at(self.chips, self._common())

    def _forget_picker(self) -> None:
        self.picker = None

    def _toggle(self, value: str, is_chosen: bool) -> None:
        self.picked.emit(Membership(added=(value,)) if is_chosen else Membership(removed=(value,)))

    def _common(self) -> list[str]:
        """What all of the selected records have."""
        return [value for value in self._values[0] if all(value in held for held in self._values)]

    def _refresh(self) -> None:
        if self._document is None or not self._values:
            return
        store, common = self._document.store, set(self._common())
        held = dict.fromkeys(value for values in self._values for value in values)
        self.chips.show_options([(self.option(store, value), value not in common) for value in held])


class ReferencesEditor(ManyEditor):
    """The records that others speak of. A click on a chip goes there; a new source can be written down at once."""

    def __init__(self, reference: Reference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reference = reference
        self.chips.clicked.connect(self.requested)

    def option(self, store: RecordGraph, value: str) -> Option:
        record = store.get(value)
        return _option(store, record) if record is not None else Option(value, value)

    def options(self, store: RecordGraph) -> list[Option]:
        if self._reference.target == "persona":
            return [_option(store, persona) for persona in personas(store)]
        if self._reference.target == "source":
            return [_option(store, source) for source in sources(store)]
        kind = self._reference.kind
        found = (card for card in store.of_type(self._reference.target) if isinstance(card, Card))
        cards = [_option(store, card) for card in found if kind in {None, card.kind}]
        return sorted(cards, key=lambda option: option.label.casefold())

    def offer(self) -> str:
        is_source = self._reference.target == "source"
        return QCoreApplication.translate("Fields", "Add the source “{0}”") if is_source else ""

    def make(self, title: str) -> None:
        self.picked.emit(Membership(new=title))


class ChannelsEditor(ManyEditor):
    """Channels, known ones and the map's own; any other words can be added."""

    def option(self, store: RecordGraph, value: str) -> Option:
        known = map_channels(store).get(value)
        return Option(value, model_word(known.label), icon(known.icon)) if known is not None else Option(value, value)

    def options(self, store: RecordGraph) -> list[Option]:
        known = [Option(each.id, model_word(each.label), icon(each.icon)) for each in map_channels(store).values()]
        ids = {option.value for option in known}
        own = dict.fromkeys(value for values in self._values for value in values if value not in ids)
        return known + [Option(value, value) for value in own]

    def offer(self) -> str:
        return QCoreApplication.translate("Fields", "Add “{0}”")

    def make(self, title: str) -> None:
        self.picked.emit(Membership(added=(title,)))


def _option(store: RecordGraph, record: Record) -> Option:
    """A record to be chosen."""
    if isinstance(record, Persona):
        return Option(record.id, record.name or untitled(), dot(record.color))
    title = str(getattr(record, "title", "")) or untitled()
    if isinstance(record, Card):
        kind = card_kind(record.kind)
        return Option(record.id, title, icon(record.icon(channels(store)) or kind.icon, seen(kind.accent)))
    return Option(record.id, title, icon("file-text"))
