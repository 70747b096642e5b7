"""What the menus do to texts: edit the one that is selected, and make cards of what is pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.window.editing import Frame


def _tr(text: str) -> str:
    return QCoreApplication.translate("Writing", text)


class Writing:
    """What was being dragged or typed is settled before."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def edit_text(self) -> None:
        """Edits the text of what is selected, or the map's title."""
        self._frame.settle_edits()
        self._frame.view.cells.edit()

    def edit_title(self) -> None:
        self._frame.settle_edits()
        self._frame.view.selection.clear()
        self._frame.view.cells.edit()

    def edit_details(self) -> None:
        """Edits the text below a card's title."""
        if not self._frame.view.cells.edit_body():
            self._frame.say(_tr("Select a card to write its details."))

    def copy(self) -> None:
        """Puts the selected cards on the clipboard, to be pasted here, or as text elsewhere."""
        self._frame.settle_edits()
        if self._frame.session is not None and not self._frame.view.cells.copy():
            self._frame.say(_tr("Select cards to copy them."))

    def paste(self) -> None:
        """Copies the cards that were copied, or makes a card of each line in the clipboard, or of the picture in it."""
        self._frame.settle_edits()
        if self._frame.session is not None and not self._frame.view.cells.paste():
            self._frame.say(_tr("Select a cell or a card, and copy some text or a picture first."))
