"""What an input method asks about the text that is being edited. Positions are UTF-16 units, places pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from app.canvas.textbuffer import to_units

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.canvas.editing import TextEditing
    from app.layout.drawing import Rect
    from app.layout.fields import Part

Query = Qt.InputMethodQuery


def input_answer(editing: TextEditing, query: Query, in_view: Callable[[Rect, Part], QRectF]) -> object:
    """The answer; None where there is none."""
    if query == Query.ImEnabled:
        return True  # also where no text is edited yet: typing begins one
    if not editing.is_active:
        return None
    buffer, caret = editing.buffer, editing.caret_rect()
    if query in {Query.ImCursorRectangle, Query.ImAnchorRectangle}:
        return in_view(caret, editing.part()) if caret is not None else None
    answers: dict[Query, object] = {
        Query.ImCursorPosition: to_units(buffer.text, buffer.caret),
        Query.ImAnchorPosition: to_units(buffer.text, buffer.anchor),
        Query.ImSurroundingText: buffer.text,
        Query.ImCurrentSelection: buffer.selected_text,
        Query.ImMaximumTextLength: buffer.limit,
        Query.ImHints: int(Qt.InputMethodHint.ImhMultiLine.value),
    }
    return answers.get(query)
