"""The inspector: the fields of whatever is selected, and of the map itself where nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.model.diff import Diff
from app.model.document import Document, Following
from app.model.ids import MAP_ID
from app.model.queries import personas
from app.model.records import MapRecord, Record
from app.window.card_kinds import change_cards
from app.window.panels.field_row import FieldRow
from app.window.panels.field_table import FieldSpec, common_fields
from app.window.panels.fields.picture import Chooser, PictureEditor
from app.window.panels.header import Header
from app.window.panels.keys import keeps_del
from app.window.panels.naming import heading_of
from app.window.panels.people import People
from app.window.panels.section import Section
from app.window.panels.writing import rehearse, write
from app.window.words import model_word

MARGIN, SPACING = 16, 12
KIND = "card_kind"
"""The editor of what cards are, which is more than a value."""

DRAG_INTERVAL = 100
"""Milliseconds between two looks at a drag under way."""


class Inspector(QScrollArea):
    """The panel. It follows the document's diffs; whoever selects tells it with `set_selection`.

    `record_requested` asks to select a record, as the personas under the map's own fields do, `personas_requested` to
    show all of them. `folded` are the names of the sections that are folded up, whatever is selected.
    """

    record_requested = Signal(str)
    personas_requested = Signal()
    said = Signal(str)
    """What became of cards that changed their kind."""

    drafted = Signal(object, object)
    """Who holds something that is written and not handed on yet, and a call for what it would change; None: nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._following = Following()
        self._ids: tuple[str, ...] = ()
        self._specs: tuple[FieldSpec, ...] = ()
        self._chooser: Chooser | None = None
        self.folded: set[str] = set()
        self.rows: dict[str, FieldRow] = {}
        self.sections: dict[str, Section] = {}
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._catch_up)
        self.header = Header(self)
        self.people = People(self)
        self.people.requested.connect(self.record_requested)
        self.people.list_requested.connect(self.personas_requested)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Inspector"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget(self)
        self._page.setObjectName("page")
        self._layout = QVBoxLayout(self._page)
        self._layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self._layout.setSpacing(SPACING)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(SPACING)
        self._layout.addWidget(self.header)
        self._layout.addLayout(self._fields)
        self._layout.addWidget(self.people)
        self._layout.addStretch(1)
        self.setWidget(self._page)
        self._page.hide()

    def event(self, event: QEvent) -> bool:
        return keeps_del(event) or super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(300, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 120)

    @property
    def ids(self) -> tuple[str, ...]:
        """The records whose fields are shown: the selected ones, or the map."""
        return self._ids

    def set_document(self, document: Document | None) -> None:
        """Shows another document's map, or nothing."""
        self.commit()
        self._following.follow(document, self._on_diff)
        self._document = document
        self._page.setVisible(document is not None)
        self._ids = ()
        if document is not None:
            self.set_selection(())

    def set_chooser(self, chooser: Chooser | None) -> None:
        """Who asks for pictures on the disk."""
        self._chooser = chooser
        for row in self.rows.values():
            if isinstance(row.editor, PictureEditor):
                row.editor.set_chooser(chooser)

    def set_folded(self, names: Iterable[str]) -> None:
        """Which sections are folded up."""
        self.folded = set(names)
        for name, section in self.sections.items():
            section.set_open(name not in self.folded)

    def set_selection(self, ids: Iterable[str]) -> None:
        """Shows the fields of these records; of none: the map's own. What was being typed is written first."""
        if self._document is None:
            return
        wanted = tuple(id for id in dict.fromkeys(ids) if id in self._document.store) or (MAP_ID,)
        if wanted == self._ids:
            return
        self.commit()
        self._ids = wanted
        self._rebuild()

    def commit(self) -> None:
        """Writes what is typed but not written yet, and ends its undo step: before saving, undoing, selecting."""
        for row in self.rows.values():
            row.flush()
        self._seal()

    def focus_first(self) -> None:
        """Puts the cursor into the first field that says something; the kind of a card stands above those."""
        row = next((row for row in self.rows.values() if row.spec.editor != KIND), None)
        if row is not None:
            row.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def focus_field(self, name: str) -> None:
        """Puts the cursor into a field, in a section that is unfolded for it; a field that is not there is nothing."""
        row = self.rows.get(name)
        if row is None:
            return
        section = self.sections.get(row.spec.group)
        if section is not None:
            section.set_open(True)
        row.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(row)

    @property
    def _records(self) -> list[Record]:
        assert self._document is not None
        found = (self._document.store.get(id) for id in self._ids)
        return [record for record in found if record is not None]

    @property
    def _common(self) -> tuple[FieldSpec, ...]:
        return common_fields([type(record) for record in self._records])

    def _rebuild(self) -> None:
        """Shows other records: with the editors that are there where the fields are the same."""
        specs = self._common
        if specs != self._specs:
            self._specs = specs
            self._replace_rows(specs)
        self._refresh(lambda row, values: row.bind(self._open_document, values))

    @property
    def _open_document(self) -> Document:
        assert self._document is not None
        return self._document

    def _replace_rows(self, specs: tuple[FieldSpec, ...]) -> None:
        while (item := self._fields.takeAt(0)) is not None:
            holder = item.widget()
            if holder is not None:
                holder.hide()
                holder.deleteLater()
        self.rows, self.sections = {}, {}
        self.people.show_personas([])  # made anew after the fields, they come after them for the Tab key too
        for group, members in groupby(specs, key=lambda spec: spec.group):
            self._add_group(group, tuple(members))

    def _add_group(self, group: str, specs: tuple[FieldSpec, ...]) -> None:
        """The fields of no group lie open; the others have a heading that folds them up."""
        if not group:
            self._add_rows(specs, self._fields, self._page)
            return
        section = self.sections[group] = Section(model_word(group), self._page)
        section.set_open(group not in self.folded)
        section.folded.connect(lambda is_folded: self._fold(group, is_folded))
        self._add_rows(specs, section.fields, section.body)
        self._fields.addWidget(section)
        section.show()

    def _add_rows(self, specs: tuple[FieldSpec, ...], layout: QBoxLayout, parent: QWidget) -> None:
        for pair in _paired(specs):
            holder = QWidget(parent)
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            for spec in pair:
                line.addWidget(self._make_row(spec, holder), 1, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(holder)
            holder.show()  # at once, so that the focus can go there at once

    def _make_row(self, spec: FieldSpec, parent: QWidget) -> FieldRow:
        row = self.rows[spec.name] = FieldRow(spec, self._write, self._seal, parent)
        row.editor.requested.connect(self.record_requested)
        row.editor.begun.connect(lambda value: self._begin(spec, value))
        if isinstance(row.editor, PictureEditor):
            row.editor.set_chooser(self._chooser)
        return row

    def _fold(self, group: str, is_folded: bool) -> None:
        if is_folded:
            self.commit()
            self.folded.add(group)
        else:
            self.folded.discard(group)

    def _refresh(self, show: Callable[[FieldRow, list[Any]], None]) -> None:
        records = self._records
        store = self._open_document.store
        self.header.show_heading(heading_of(store, records))
        for name, row in self.rows.items():
            row.editor.concern(records)
            show(row, [getattr(record, name) for record in records])
            self._show_row(row, all(row.spec.matters_to(record) for record in records))
        for group, section in self.sections.items():
            section.show_count(sum(row.is_filled for row in self.rows.values() if row.spec.group == group))
        is_map = isinstance(records[0], MapRecord)
        self.people.setVisible(is_map)
        if is_map:
            self.people.show_personas(personas(store))

    @staticmethod
    def _show_row(row: FieldRow, matters: bool) -> None:
        """A field that means nothing for these records is not there, nor is the room that it takes."""
        row.setVisible(matters)
        holder = row.parentWidget()
        assert holder is not None
        holder.setVisible(any(not each.isHidden() for each in holder.findChildren(FieldRow)))

    def _on_diff(self, _diff: Diff) -> None:
        """At once, but for drags: those write at every move of the mouse, and nobody reads along that fast."""
        if not self._open_document.is_editing:
            self._catch_up()
        elif not self._later.isActive():
            self._later.start(DRAG_INTERVAL)

    def _catch_up(self) -> None:
        if self._document is None:
            return
        staying = tuple(id for id in self._ids if id in self._open_document.store)
        if staying != self._ids:
            self._ids = staying or (MAP_ID,)
            self._rebuild()
        elif self._common != self._specs:
            self._rebuild_for_other_kinds()
        else:
            self._refresh(lambda row, values: row.show_records(self._open_document, values))

    def _rebuild_for_other_kinds(self) -> None:
        """The same records have other fields now; the keyboard stays in the one where it is."""
        held = next((name for name, row in self.rows.items() if row.editor.hasFocus()), "")
        self._rebuild()
        if held in self.rows:
            self.rows[held].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, spec: FieldSpec, value: Any) -> None:
        document, ids = self._open_document, self._ids
        self.drafted.emit(self, (lambda: rehearse(document, ids, spec, value)) if value is not None else None)

    def _write(self, spec: FieldSpec, value: Any, joins: bool) -> str | None:
        self.drafted.emit(self, None)
        if spec.editor == KIND and not self._open_document.is_editing:
            self.said.emit(change_cards(self._open_document, self._ids, value))
            return None
        return write(self._open_document, self._ids, spec, value, joins=joins)

    def _seal(self) -> None:
        self.drafted.emit(self, None)
        if self._document is not None:
            self._document.history.seal()


def _paired(specs: tuple[FieldSpec, ...]) -> list[list[FieldSpec]]:
    """The rows: two narrow fields after each other share one."""
    rows: list[list[FieldSpec]] = []
    for spec in specs:
        if spec.narrow and rows and len(rows[-1]) == 1 and rows[-1][0].narrow:
            rows[-1].append(spec)
        else:
            rows.append([spec])
    return rows
