"""What every editor of the inspector has in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.canvas.textbuffer import NEARLY_FULL
from app.model.document import Document
from app.model.records import Record


class FieldEditor(QWidget):
    """Shows one value and says what the user makes of it. It never writes to the document.

    `typed` carries a value in the making, which joins the undo step of the one before; `picked` a value that is a step
    of its own; either may be a `Change`, which means something else to each record. `left` ends the typing, `refused`
    says in a sentence why something was not understood, `requested` asks to select a record. Subclasses override
    `show_value` and `show_mixed`, and set a focus proxy.
    """

    typed = Signal(object)
    picked = Signal(object)
    left = Signal()
    refused = Signal(str)
    requested = Signal(str)
    begun = Signal(object)
    """What is written by now and was not handed on yet; None: nothing, or nothing that is a value."""

    crowded = Signal(str)
    """How much room is left for a text, where that is little; empty: enough."""

    def show_value(self, value: Any) -> None:
        """Shows what the record holds, without a signal and, where it is shown already, without moving the cursor."""
        raise NotImplementedError

    def show_mixed(self) -> None:
        """Shows that the selected records differ."""
        raise NotImplementedError

    def show_values(self, values: Sequence[Any]) -> None:
        """Shows what the selected records hold, one value for each."""
        if values and all(value == values[0] for value in values):
            self.show_value(values[0])
        else:
            self.show_mixed()

    def concern(self, records: Sequence[Record]) -> None:
        """Is told whose field it is, before `follow`: what there is to choose from may hang on where a record lies."""

    def follow(self, document: Document) -> None:
        """Takes from the document what there is to choose from."""

    def restart(self) -> None:
        """Forgets what was begun for other records and is no value yet."""

    def flush(self) -> None:
        """Hands on what was typed and not handed on yet."""

    def set_name(self, name: str) -> None:
        """What screen readers call it."""
        self.setAccessibleName(name)
        if (proxy := self.focusProxy()) is not None:
            proxy.setAccessibleName(name)

    def set_invalid(self, invalid: bool) -> None:
        """Marks a value that the record does not take."""
        mark(self.focusProxy() or self, "invalid", invalid)


def mark(widget: QWidget, name: str, is_on: bool) -> None:
    """Sets a property that the style sheet looks at."""
    if bool(widget.property(name)) != is_on:
        widget.setProperty(name, is_on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def mixed_words() -> str:
    return QCoreApplication.translate("Fields", "Mixed")


def room_words(left: int, lost: int, limit: int) -> str:
    """What to say of a text with room for so many more characters, of which so many were just left out."""
    translate, most = QCoreApplication.translate, f"{limit:,}"
    if lost:
        return translate("Fields", "Only {limit} characters fit here; the last {lost} were left out.").format(
            limit=most, lost=f"{lost:,}"
        )
    if left <= NEARLY_FULL:
        return translate("Fields", "{left} of {limit} characters left").format(left=left, limit=most)
    return ""


def is_window_key(event: QEvent) -> bool:
    """Undo, redo and what editors of other times take for the end of a line belong to the window.

    Ctrl+E exports and Ctrl+K finds a command wherever the focus happens to be.
    """
    undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
    is_key = isinstance(event, QKeyEvent) and event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
    if not is_key or not isinstance(event, QKeyEvent):
        return False
    is_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    is_ours = is_ctrl and event.key() in {Qt.Key.Key_Y, Qt.Key.Key_E, Qt.Key.Key_K}
    return event.matches(undo) or event.matches(redo) or is_ours


def leaves(event: QFocusEvent) -> bool:
    """True where the focus goes for good, and not into a menu of the same field."""
    return event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
