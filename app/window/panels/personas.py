"""The list of personas: choose one to edit it, put them in order, and look at what concerns some of them only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.model.document import Document, EditError, Following
from app.model.edits import move_persona
from app.model.queries import personas
from app.model.spelling import bare
from app.window.icons import icon
from app.window.panels.keys import keeps_del
from app.window.panels.persona_list import PersonaList, PersonaView
from app.window.panels.search_field import SearchField
from app.window.words import untitled

if TYPE_CHECKING:
    from app.canvas.map_filter import MapFilter
    from app.model.diff import Diff

SEARCHED_FROM = 8
"""So many personas are searched rather than looked through."""


class PersonasPanel(QWidget):
    """The panel. It follows the document; what is chosen in it is told, and shown with `set_selection`."""

    chosen = Signal(list)
    """These personas are to be selected."""

    add_requested = Signal()
    delete_requested = Signal(list)
    edit_requested = Signal()
    """The fields of the selected persona are to be edited."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._filter: MapFilter | None = None
        self._following = Following()
        self._is_showing = False
        self.entries = PersonaList(self)
        self.view = PersonaView(self.entries, self)
        self.search = SearchField(self.tr("Search personas"), self)
        self.strip = QLabel(self)
        self.strip.setProperty("role", "secondary")
        self.strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.strip.setTextFormat(Qt.TextFormat.PlainText)
        self.show_all = QPushButton(self.tr("Show all"), self)
        self.show_all.setProperty("look", "link")
        self.nobody = QLabel(self.tr("Nobody makes this journey yet. Add a persona to say whose it is."), self)
        self.nobody.setProperty("role", "secondary")
        self.nobody.setWordWrap(True)
        self.add = self._button("plus", self.tr("Add a persona"), self.add_requested.emit)
        self.up = self._button("arrow-up", self.tr("Move up (Alt+Up)"), lambda: self._move(-1))
        self.down = self._button("arrow-down", self.tr("Move down (Alt+Down)"), lambda: self._move(1))
        self.remove = self._button("trash-2", self.tr("Delete (Del)"), self._delete)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.view)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Personas"), self)
        title.setProperty("role", "strong")
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(title, 1)
        for button in (self.up, self.down, self.remove, self.add):
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(top)
        for part in (self.search, self.nobody):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.strip, 1)
        foot.addWidget(self.show_all)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._refresh)
        self.view.selectionModel().selectionChanged.connect(self._tell)
        self.view.dropped.connect(self._drop)
        self.view.toggled.connect(self._toggle)
        self.view.edit_requested.connect(self.edit_requested)
        self.view.delete_requested.connect(self._delete)
        self.view.move_requested.connect(self._move)
        self.view.typed.connect(self._type)
        self.show_all.clicked.connect(self._show_everybody)

    def event(self, event: QEvent) -> bool:
        return keeps_del(event) or super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(192, 260)

    # What is shown

    def set_document(self, document: Document | None) -> None:
        """Shows another map's personas, or none."""
        self._document = document
        self.entries.set_media(document.media if document is not None else None)
        self._following.follow(document, self._on_diff)
        self._refresh()

    def set_filter(self, map_filter: MapFilter) -> None:
        """Whose cards one looks at."""
        self._filter = map_filter
        map_filter.changed.connect(self._show_filter)
        self._show_filter()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Shows which personas are selected."""
        wanted = set(ids)
        if wanted == set(self._ids()):
            return
        self._is_showing = True
        model = self.view.selectionModel()
        found = [row for row in range(self.entries.rowCount()) if self.entries.persona(row).id in wanted]
        ranges = QItemSelection()
        for row in found:
            ranges.append(QItemSelectionRange(self.entries.index(row)))
        model.select(ranges, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if found:
            model.setCurrentIndex(self.entries.index(found[0]), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(self.entries.index(found[0]))
        self._is_showing = False
        self._enable()

    def _on_diff(self, diff: Diff) -> None:
        if any(record.type == "persona" for pair in diff.values() for record in pair if record is not None):
            self._refresh()

    def _refresh(self) -> None:
        """Shows the personas as they are; those selected stay so."""
        people = personas(self._document.store) if self._document is not None else []
        words = bare(self.search.text()).split()
        selected = self._ids()
        self._is_showing = True
        shown = [one for one in people if all(word in bare(f"{one.name} {one.summary}") for word in words)]
        self.entries.show(shown, may_move=not words)
        self._is_showing = False
        self.set_selection(selected)
        self.nobody.setVisible(not people)
        self.search.setVisible(len(people) >= SEARCHED_FROM or bool(words))
        self._enable()
        self._show_filter()

    def _show_filter(self) -> None:
        chosen = self._filter.chosen if self._filter is not None else frozenset()
        self.entries.set_looked_at(chosen)
        store = self._document.store if self._document is not None else None
        names = [
            getattr(store[id], "name", "") or untitled() for id in sorted(chosen) if store is not None and id in store
        ]
        self.strip.setText(self.tr("Only: {0}").format(", ".join(names)))
        self.strip.setToolTip(self.strip.text())
        for part in (self.strip, self.show_all):
            part.setVisible(bool(chosen))

    def _enable(self) -> None:
        rows = self._rows()
        last = self.entries.rowCount() - 1
        self.add.setEnabled(self._document is not None)
        self.remove.setEnabled(bool(rows))
        self.up.setEnabled(len(rows) == 1 and rows[0] > 0 and self.entries.may_move)
        self.down.setEnabled(len(rows) == 1 and rows[0] < last and self.entries.may_move)

    # What the hands do

    def _rows(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedIndexes())

    def _ids(self) -> list[str]:
        return [self.entries.persona(row).id for row in self._rows()]

    def _tell(self) -> None:
        self._enable()
        if not self._is_showing and self._ids():
            self.chosen.emit(self._ids())

    def _delete(self) -> None:
        if self._ids():
            self.delete_requested.emit(self._ids())

    def _toggle(self, row: int) -> None:
        if self._filter is not None:
            self._filter.toggle(self.entries.persona(row).id)

    def _show_everybody(self) -> None:
        if self._filter is not None:
            self._filter.choose(())
        self.view.setFocus()

    def _type(self, text: str) -> None:
        """Typing in the list searches it."""
        if not self.search.isHidden():
            self.search.setFocus()
            self.search.insert(text)

    def _move(self, by: int) -> None:
        rows = self._rows()
        if len(rows) == 1 and self.entries.may_move and 0 <= rows[0] + by < self.entries.rowCount():
            self._drop(rows, rows[0] + by + (by > 0))

    def _drop(self, rows: list[int], before: int) -> None:
        """Puts personas before the one in another row, together and in their order."""
        document = self._document
        if document is None or document.is_editing:
            return
        moved = [self.entries.persona(row).id for row in sorted(rows)]
        following = (self.entries.persona(row).id for row in range(before, self.entries.rowCount()))
        target = next((id for id in following if id not in moved), None)
        try:
            with document.edit(self.tr("Move persona")) as tx:
                for id in moved:
                    move_persona(tx, id, target)
        except EditError:
            self._refresh()  # one of them has gone meanwhile

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def _button(self, sign: str, tip: str, run: Callable[[], object]) -> QToolButton:
        action = QAction(icon(sign), tip, self)
        action.triggered.connect(lambda _checked=False: run())
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setProperty("look", "cross")
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(tip)
        return button
