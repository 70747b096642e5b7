"""One field of the inspector: its label, its editor, and the sentence under it when a value is not taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from app.model.document import Document
from app.window.labels import plain_label
from app.window.panels.field_table import FieldSpec
from app.window.panels.fields.changes import Change
from app.window.panels.fields.making import make_editor
from app.window.panels.fields.parsed import VotesEditor
from app.window.panels.fields.scales import RatingEditor
from app.window.panels.fields.tick import TickEditor
from app.window.words import model_word

Writer = Callable[[FieldSpec, Any, bool], str | None]
"""Writes a value, as part of the step before or not; the result is the sentence why not."""


class FieldRow(QWidget):
    """Keeps editor and records together: shows what the records hold, and hands on what is typed."""

    def __init__(self, spec: FieldSpec, write: Writer, seal: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.spec = spec
        self._write = write
        self._seal = seal
        self._held: list[Any] = []
        self._is_refused = False
        self.editor = make_editor(spec, self)
        self.error = plain_label(self, "error")
        self.error.hide()
        self.room = plain_label(self, "secondary")
        self.room.hide()
        self._lay_out()
        self.editor.set_name(model_word(spec.label))
        self.editor.typed.connect(lambda value: self._try(value, joins=True))
        self.editor.picked.connect(lambda value: self._try(value, joins=False))
        self.editor.left.connect(self._leave)
        self.editor.refused.connect(self._refuse)
        self.editor.crowded.connect(self._show_room)

    def show_records(self, document: Document, values: Sequence[Any]) -> None:
        """Shows what the records hold. What is just being typed stays, with the cursor in it."""
        self.editor.follow(document)
        if list(values) != self._held:
            self._show(values)
            self._show_room("")
            self._refuse("")

    def bind(self, document: Document, values: Sequence[Any]) -> None:
        """Shows other records."""
        self.editor.restart()
        self.editor.follow(document)
        self._show(values)
        self._show_room("")
        self._refuse("")

    @property
    def is_filled(self) -> bool:
        """Whether one of the records says something here."""
        return any(value not in {None, "", ()} and value is not False for value in self._held)

    def flush(self) -> None:
        self.editor.flush()

    def _lay_out(self) -> None:
        """The label above the editor, or beside one that leaves room for it."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        is_beside = isinstance(self.editor, RatingEditor | VotesEditor)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom)
        line.setSpacing(8 if is_beside else 4)
        if not isinstance(self.editor, TickEditor):
            line.addWidget(self._label(), 2 if is_beside else 0)
        line.addWidget(self.editor, 3 if is_beside else 0)
        layout.addLayout(line)
        layout.addWidget(self.error)
        layout.addWidget(self.room)

    def _show_room(self, words: str) -> None:
        self.room.setText(words)
        self.room.setVisible(bool(words))

    def _label(self) -> QLabel:
        label = QLabel(model_word(self.spec.label), self)
        label.setProperty("role", "caption")
        label.setBuddy(self.editor)
        return label

    def _show(self, values: Sequence[Any]) -> None:
        self._held = list(values)
        self.editor.show_values(self._held)

    def _try(self, value: Any, *, joins: bool) -> None:
        # The document tells everybody of the change before `_write` returns; it must not come back to the editor,
        # unless each record makes something else of it.
        before = self._held
        if not isinstance(value, Change):
            self._held = [value] * len(before)
        problem = self._write(self.spec, value, joins)
        if problem:
            self._held = before
        elif not joins:
            self._show(self._held)
        self._refuse(problem or "")

    def _refuse(self, sentence: str) -> None:
        self._is_refused = bool(sentence)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.editor.set_invalid(bool(sentence))

    def _leave(self) -> None:
        """The old value comes back where the new one was not taken; the sentence stays, to be read."""
        if self._is_refused:
            self._show(self._held)
            self.editor.set_invalid(False)
        self._seal()
