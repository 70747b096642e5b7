"""The inspector: the fields of whatever is selected, and of the map itself where nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.layout.theme import contrast
from app.model.diff import Diff
from app.model.document import Document
from app.model.ids import MAP_ID
from app.model.queries import personas
from app.model.records import MapRecord, Persona, Record
from app.window.icons import icon
from app.window.panels.field_row import FieldRow
from app.window.panels.field_table import FieldSpec, common_fields
from app.window.panels.fields.choices import dot
from app.window.panels.keys import keeps_del
from app.window.panels.naming import Heading, heading_of
from app.window.panels.writing import write
from app.window.tones import tones
from app.window.words import untitled

ICON = QSize(18, 18)
MARGIN, SPACING = 16, 12
DRAG_INTERVAL = 100
"""Milliseconds between two looks at a drag under way."""

LEAST_CONTRAST = 3.0
"""What WCAG 2.1 asks of icons."""


class Inspector(QScrollArea):
    """The panel. It follows the document's diffs; whoever selects tells it with `set_selection`.

    `record_requested` asks to select a record, as the personas under the map's own fields do.
    """

    record_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._ids: tuple[str, ...] = ()
        self._specs: tuple[FieldSpec, ...] = ()
        self.rows: dict[str, FieldRow] = {}
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._catch_up)
        self.header = _Header(self)
        self.people = _People(self)
        self.people.requested.connect(self.record_requested)
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
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._document = document
        self._page.setVisible(document is not None)
        self._ids = ()
        if document is not None:
            self._unsubscribe = document.subscribe(self._on_diff)
            self.set_selection(())

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
        if self._document is not None:
            self._document.history.seal()

    def focus_first(self) -> None:
        """Puts the cursor into the first field."""
        for row in self.rows.values():
            row.editor.setFocus(Qt.FocusReason.TabFocusReason)
            return

    @property
    def _records(self) -> list[Record]:
        assert self._document is not None
        found = (self._document.store.get(id) for id in self._ids)
        return [record for record in found if record is not None]

    def _rebuild(self) -> None:
        """Shows other records: with the editors that are there where the fields are the same."""
        specs = common_fields([type(record) for record in self._records])
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
        self.rows = {}
        self.people.show_personas([])  # made anew after the fields, they come after them for the Tab key too
        for group in _grouped(specs):
            holder = QWidget(self._page)
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            for spec in group:
                row = FieldRow(spec, self._write, self._seal, holder)
                self.rows[spec.name] = row
                line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
            self._fields.addWidget(holder)
            holder.show()  # at once, so that the focus can go there at once

    def _refresh(self, show: Callable[[FieldRow, list[Any]], None]) -> None:
        records = self._records
        store = self._open_document.store
        self.header.show_heading(heading_of(store, records))
        for name, row in self.rows.items():
            show(row, [getattr(record, name) for record in records])
        is_map = isinstance(records[0], MapRecord)
        self.people.setVisible(is_map)
        if is_map:
            self.people.show_personas(personas(store))

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
        else:
            self._refresh(lambda row, values: row.show_records(self._open_document, values))

    def _write(self, spec: FieldSpec, value: Any, joins: bool) -> str | None:
        return write(self._open_document, self._ids, spec, value, joins=joins)

    def _seal(self) -> None:
        if self._document is not None:
            self._document.history.seal()


def _grouped(specs: tuple[FieldSpec, ...]) -> list[list[FieldSpec]]:
    """The rows: two narrow fields after each other share one."""
    rows: list[list[FieldSpec]] = []
    for spec in specs:
        if spec.narrow and rows and len(rows[-1]) == 1 and rows[-1][0].narrow:
            rows[-1].append(spec)
        else:
            rows.append([spec])
    return rows


class _Header(QWidget):
    """Icon and kind, and under them where it lies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = QLabel(self)
        self.name = QLabel(self)
        self.name.setProperty("role", "title")
        self.where = QLabel(self)
        self.where.setProperty("role", "secondary")
        self.where.setWordWrap(True)
        self._shown: Heading | None = None
        for label in (self.name, self.where):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._icon.setFixedSize(ICON)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._icon)
        top.addWidget(self.name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.where)

    def show_heading(self, heading: Heading) -> None:
        if heading == self._shown:
            return
        self._shown = heading
        self._show_icon(heading)
        self.name.setText(heading.name)
        self.where.setText(heading.where)
        self.where.setVisible(bool(heading.where))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown is not None:
            self._show_icon(self._shown)

    def _show_icon(self, heading: Heading) -> None:
        """In the kind's colour where that can be seen on the panel."""
        seen = heading.color is not None and contrast(heading.color, tones().window) >= LEAST_CONTRAST
        pixmap = icon(heading.icon, heading.color if seen else None).pixmap(ICON, self.devicePixelRatioF())
        self._icon.setPixmap(pixmap)


class _People(QWidget):
    """The map's personas, to be selected: on the sheet they show only as curves."""

    requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[Persona] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        caption = QLabel(self.tr("Personas"), self)
        caption.setProperty("role", "caption")
        self._layout.addWidget(caption)
        self.buttons: list[QPushButton] = []

    def show_personas(self, people: list[Persona]) -> None:
        if people == self._shown:
            return
        self._shown = people
        for button in self.buttons:
            button.deleteLater()
        self.buttons = [self._button(persona) for persona in people]
        for button in self.buttons:
            self._layout.addWidget(button)
            button.show()

    def _button(self, persona: Persona) -> QPushButton:
        button = QPushButton(dot(persona.color), (persona.name or untitled()).replace("&", "&&"), self)
        button.setProperty("look", "quiet")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.requested.emit(persona.id))
        return button
