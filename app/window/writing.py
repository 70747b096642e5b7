"""What the menus do to texts and with the clipboard: edit what is selected, cut, copy and paste cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from app.window.frames import MapFrame

if TYPE_CHECKING:
    from app.canvas.selection import Cell
    from app.canvas.view import MapView
    from app.window.editing import Editing


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    @property
    def view(self) -> MapView: ...

    editing: Editing


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
        """Puts the selected cards on the clipboard, to be pasted in a map, or as text elsewhere."""
        self._frame.settle_edits()
        if self._frame.session is not None:
            self._clip()

    def cut(self) -> None:
        """Takes the selected cards out of the map onto the clipboard; the keyboard stays where they were."""
        self._frame.settle_edits()
        if self._frame.session is None:
            return
        from app.window.clipping import cards_among, cut, place_of

        store, selection = self._frame.session.document.store, self._frame.view.selection
        cards = cards_among(store, selection)
        if not cards:
            self._frame.say(_tr("Select cards to cut them."))
        elif self._clip():
            place = place_of(store, cards)
            sentence = cut(self._frame.session, cards)
            selection.select_cell(place)
            self._frame.say(sentence)

    def _clip(self) -> bool:
        """Puts the selected cards on the clipboard. False where it could not: a sentence says why."""
        from PySide6.QtGui import QGuiApplication

        from app.files import FileError
        from app.window.clipping import clip

        session = self._frame.session
        assert session is not None
        try:
            data = clip(session, self._frame.view.selection)
        except FileError as error:
            self._frame.say(str(error))
            return False
        if data is None:
            self._frame.say(_tr("Select cards to copy them."))
            return False
        QGuiApplication.clipboard().setMimeData(data)
        session.cut = None
        return True

    def paste(self) -> None:
        """Puts copied cards here, or makes a card of each line in the clipboard, or of the picture in it."""
        self._frame.settle_edits()
        if self._frame.session is not None and not self._frame.view.cells.paste():
            self._frame.say(_tr("Select a cell or a card, and copy cards, some text or a picture first."))

    def put_cards(self, content: bytes, cell: Cell) -> None:
        """Puts cards off the clipboard into a cell, and shows them."""
        from app.window.clipping import paste

        if self._frame.session is None:
            return
        made, sentence = paste(self._frame.session, content, cell)
        if made:
            self._frame.view.selection.select(made, made[0])  # which lies where one wanted them; the last may be far
            self._frame.view.reveal_current()
        self._frame.say(sentence)
