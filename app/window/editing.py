"""What the menus do to the map: undo, insert, delete, move."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from app.window.frames import MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.canvas.view import MapView
    from app.model.analysis.doctor import Gap
    from app.model.diff import Diff
    from app.model.document import Document


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    @property
    def view(self) -> MapView: ...


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editing", text)


class Editing:
    """Each command is one step to undo; what was being dragged or typed is settled before."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def undo(self) -> None:
        """In the middle of a drag this takes back the drag, in the middle of a text what was typed last."""
        session = self._frame.session
        if session is None or self._frame.view.editing.undo() or self._frame.view.cancel():
            return
        self._frame.settle_edits()
        document = session.document
        self._retrace(document, document.undo, _tr("Undone: {step}"), document.history.undo_label)

    def redo(self) -> None:
        session = self._frame.session
        if session is None or self._frame.view.editing.redo() or self._frame.view.cancel():
            return
        self._frame.settle_edits()
        document = session.document
        self._retrace(document, document.redo, _tr("Redone: {step}"), document.history.redo_label)

    def _retrace(self, document: Document, go: Callable[[], bool], sentence: str, step: str | None) -> None:
        """Goes a step of the history, says which, and shows what it changed where none of that is in sight."""
        changes: list[Diff] = []
        forget = document.subscribe(changes.append)
        try:
            go()
        finally:
            forget()
        for change in changes:
            self._frame.view.reveal_change(change)
            self._frame.say(sentence.format(step=step))

    def insert(self, entry: str) -> None:
        """Inserts an entry of the palette where the selection is, goes there, and lets one write its name."""
        from app.canvas.insertion import Entry

        self._frame.settle_edits()
        self._frame.view.cells.insert(Entry.of(entry))

    def link(self) -> None:
        """Links the selected cards in their order, or begins a link at the only one, or ends it at this one."""
        linking = self._frame.view.cells.linking
        if not linking.is_active:  # to settle would give up the link in the making
            self._frame.settle_edits()
        linking.link()

    def select_all(self) -> None:
        if self._frame.session is not None:
            self._frame.settle_edits()
            self._frame.view.selection.select(self._frame.session.document.store.ids_of_type("card"))

    def deselect(self) -> None:
        self._frame.settle_edits()
        self._frame.view.selection.clear()

    def delete(self) -> None:
        """Deletes what is selected and says what went with it."""
        from app.model.edits import delete
        from app.window.sentences import deleted, listed

        self._frame.settle_edits()
        if self._frame.session is None or not len(self._frame.view.selection):
            return
        store = self._frame.session.document.store
        counts = Counter(store[id].type for id in self._frame.view.selection)
        with self._frame.session.document.edit(_tr("Delete {what}").format(what=listed(counts))) as tx:
            gone = delete(tx, list(self._frame.view.selection))
        self._frame.say(deleted(gone.counts))

    def mend(self, gap: Gap) -> None:
        """Does what mends a gap, where that is an edit; what it makes can be named on the map in the same step."""
        from app.model.document import EditError
        from app.window.side.mending import remedy_for

        self._frame.settle_edits()
        session = self._frame.session
        remedy = remedy_for(session.document, gap) if session is not None else None
        if session is None or remedy is None or remedy.edit is None:
            return
        tx = session.document.begin(remedy.label)
        try:
            made = remedy.edit(tx)
        except EditError as error:
            tx.rollback()
            self._frame.say(str(error))
            return
        if made is None:
            tx.commit()
        else:
            self._frame.view.cells.hand_over(tx, made)

    def select(self, ids: Sequence[str]) -> None:
        """Selects what was chosen in a panel."""
        self._frame.view.selection.select(ids)

    def delete_these(self, ids: Sequence[str]) -> None:
        """Deletes what was chosen in a panel."""
        self.select(ids)
        self.delete()

    def go_to(self, id: str) -> None:
        """Selects a record that was asked for elsewhere, and brings it into view."""
        self.go_to_all([id])

    def go_to_all(self, ids: Sequence[str]) -> None:
        """The same for several."""
        self.select(ids)
        self._frame.view.reveal_current()

    def duplicate(self) -> None:
        """Copies the selected cards; the copies are what is selected then."""
        from app.canvas.arrange import Arranger
        from app.model.document import EditError

        self._frame.settle_edits()
        scene = self._frame.view.map_scene()
        if scene is None:
            return
        selection = self._frame.view.selection
        try:
            made = Arranger(scene.document, scene.layout).duplicate(selection)
        except EditError as error:
            self._frame.say(str(error))
        else:
            selection.select(made.values(), made.get(selection.current or ""))
            self._frame.view.reveal_current()

    def change_kind(self, kind: str) -> None:
        """Makes the selected cards ones of another kind; they stay selected."""
        from app.window.card_kinds import change_cards

        self._frame.settle_edits()
        session = self._frame.session
        if session is not None:
            self._frame.say(change_cards(session.document, list(self._frame.view.selection), kind))

    def fold(self) -> None:
        """Folds the selected lanes, or those of what is selected, or unfolds them; they are selected then."""
        from app.canvas.shaping import fold, lanes_of
        from app.model.document import EditError

        self._frame.settle_edits()
        session, selection = self._frame.session, self._frame.view.selection
        if session is None:
            return
        lanes = lanes_of(session.document.store, selection, selection.cell)
        try:
            fold(session.document, lanes)
        except EditError as error:
            self._frame.say(str(error))
        else:
            selection.select(lanes)
            self._frame.view.reveal_current()

    def toggle_gap(self) -> None:
        """Leaves a gap in the curve after the selected points, or closes it."""
        from app.canvas.shaping import toggle_gap
        from app.model.document import EditError

        self._frame.settle_edits()
        session = self._frame.session
        if session is None:
            return
        try:
            has_gap = toggle_gap(session.document, self._frame.view.selection)
        except EditError as error:
            self._frame.say(str(error))
        else:
            self._frame.say(_tr("The curve has a gap here now.") if has_gap else _tr("The gap is closed."))

    def move_selection(self, dx: int, dy: int) -> None:
        """Moves the selection by a cell, or an emotion point by a tenth."""
        self._arrange(dx, dy, among_siblings=False)

    def reorder(self, dx: int, dy: int) -> None:
        """Moves the selected stage, step or lane among its siblings."""
        self._arrange(dx, dy, among_siblings=True)

    def _arrange(self, dx: int, dy: int, *, among_siblings: bool) -> None:
        from app.canvas.arrange import Arranger
        from app.model.document import EditError

        if not self._frame.view.hasFocus():  # else nothing is being typed elsewhere, and the step before can go on
            self._frame.settle_edits()
        self._frame.view.cancel()
        scene = self._frame.view.map_scene()
        if scene is None:
            return
        arranger = Arranger(scene.document, scene.layout)
        try:
            (arranger.reorder if among_siblings else arranger.move)(list(self._frame.view.selection), dx, dy)
        except EditError as error:
            self._frame.say(str(error))
        else:
            self._frame.say("")  # what was said of the move before is no longer true
            self._frame.view.reveal_current()
