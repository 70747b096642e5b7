"""The part of the view that the keyboard and input methods write through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.canvas import edit_keys
from app.canvas.input_method import input_answer
from app.canvas.items import to_qrect
from app.canvas.sheet_view import SheetView

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent

    from app.canvas.cells import Cells
    from app.canvas.editing import TextEditing
    from app.layout.drawing import Rect
    from app.layout.fields import Part


class WritingView(SheetView):
    """A view of a map in which one writes. Its heirs say what the cells are."""

    pictures_offered = Signal(object, object)
    """Pictures were dropped or pasted: a list of them, files or bytes, and the place where they go (`Cell`)."""

    cards_offered = Signal(object, object)
    """Cards were pasted: as the clipboard has them, in bytes, and the place where they go (`Cell`)."""

    _cells: Cells

    @property
    def cells(self) -> Cells:
        """The keyboard's hands."""
        return self._cells

    @property
    def editing(self) -> TextEditing:
        """The text in progress."""
        return self._cells.editing

    def event(self, event: QEvent) -> bool:
        asks = event.type() == QEvent.Type.ShortcutOverride and self.editing.is_active
        if asks and isinstance(event, QKeyEvent) and edit_keys.wants(event):
            event.accept()  # or the menu would take it
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.cells.compose(event):
            event.accept()
        else:
            event.ignore()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        return input_answer(self.editing, query, self._text_in_view)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the map in reading order; only at its ends does it leave the canvas."""
        return self.cells.tab(forward=forward) or super().focusNextPrevChild(forward)

    def _text_in_view(self, area: Rect, part: Part) -> QRectF:
        """A part of the text that is edited in pixels of the viewport."""
        scene = self.map_scene()
        header = scene.header(part) if scene is not None else None
        shift = header.pos() if header is not None else QPointF()
        return self.viewportTransform().mapRect(to_qrect(area).translated(shift))
