"""What was just inserted and is good without a name: an emotion point, a persona.

It is there at once and the keyboard goes on from it. A name given before anything else is selected or done joins the
step that made it, and Esc takes it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.model.history import field_key

if TYPE_CHECKING:
    from app.canvas.selection import Selected
    from app.model.document import Document

NAME_OF: Final = {"emotion_point": "label", "persona": "name"}
"""The field that is the name, by type of record."""


class Fresh:
    """The record that was inserted last, as long as naming it is part of that."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._id = ""
        self._back: Selected | None = None

    def keep(self, document: Document, id: str, back: Selected) -> None:
        """After the step that made it; `back`: what was selected before."""
        self._document, self._id, self._back = document, id, back
        document.history.leave_open(field_key([id], NAME_OF[document.store[id].type]))

    def forget(self) -> None:
        """Something else is selected now."""
        if self._document is not None and self._is_open:
            self._document.history.seal()
        self._document = self._back = None

    def back_of(self, document: Document, id: str) -> Selected | None:
        """What was selected before the record was made, while its name still joins that step; else None."""
        return self._back if document is self._document and id == self._id and self._is_open else None

    def take_back(self, document: Document) -> Selected | None:
        """Takes back the step that made it; the result is what was selected before. None where it is fresh no more."""
        back = self.back_of(document, self._id)
        if back is not None:
            self._document = self._back = None
            document.undo()
        return back

    @property
    def _is_open(self) -> bool:
        record = self._document.store.get(self._id) if self._document is not None else None
        if self._document is None or record is None:
            return False
        return self._document.history.is_open(field_key([self._id], NAME_OF[record.type]))
