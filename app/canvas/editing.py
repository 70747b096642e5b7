"""Writing on the sheet: one text of one record at a time, shown where it will print.

While one writes a transaction is open, and the map is laid out with every key; only the caret and what is selected are
painted over it. To keep the text is one step of the history, to cancel puts every byte back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.canvas.caret_item import CaretItem, Marks
from app.canvas.clipped import clipboard_text
from app.canvas.fresh import Fresh
from app.canvas.textbuffer import NEARLY_FULL, TextBuffer, plain
from app.layout.caret import CaretMap, CaretSpot
from app.layout.drawing import Rect
from app.layout.fields import FIRST_FIELD, SHOWN_EMPTY, FieldPlace, field_place
from app.model.edits import set_fields
from app.model.history import field_key

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent

    from app.canvas.gestures.base import Spot
    from app.canvas.scene import MapScene
    from app.canvas.selection import Selected
    from app.layout.fields import Part
    from app.model.document import Transaction

Z_CARET: Final = 7.5
"""Above the outlines of the selection, below the headers."""

LIMITS: Final = {"body": 10_000}
LIMIT: Final = 500
"""So many characters a field takes, as the records do."""

REACH: Final = 0.8
"""Millimetres around a text within which a click is on it."""


class Desk(Protocol):
    """What editing asks of the view."""

    def map_scene(self) -> MapScene | None: ...

    def reveal_text(self, area: Rect, part: Part, size: float) -> None: ...

    def updateMicroFocus(self) -> None: ...

    def setFocus(self) -> None: ...


NAMED: Final = frozenset({"stage", "step", "lane"})
"""What is new keeps the name that it was given where nobody writes another; the rest goes again."""


@dataclass
class _Session:
    """What is being edited. `back`: what was selected before the record was made; None: it was there already.

    `is_there`: it was made in a step of its own, which the text joins.
    """

    scene: MapScene
    tx: Transaction
    id: str
    field: str
    original: str
    buffer: TextBuffer
    item: CaretItem
    back: Selected | None
    is_there: bool = False
    map: CaretMap | None = None

    @property
    def default(self) -> str:
        """What stands for an empty text."""
        is_named = self.back is not None and self.scene.document.store[self.id].type in NAMED
        return self.original if is_named else ""


class TextEditing(QObject):
    """The text in progress, if there is one."""

    begun = Signal()
    """Editing is about to begin: what the mouse was at is over."""

    changed = Signal()
    """Editing began or ended."""

    said = Signal(str)
    """A sentence for the status bar."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.fresh = Fresh()
        self._session: _Session | None = None
        self._goal: float | None = None
        self._is_lit = True
        self._is_selecting = False
        self._blink = QTimer(self)
        self._blink.timeout.connect(self._turn_caret)

    # What is there

    @property
    def is_active(self) -> bool:
        return self._session is not None

    @property
    def target(self) -> tuple[str, str] | None:
        """The id and the field of what is being edited."""
        return (self._session.id, self._session.field) if self._session is not None else None

    @property
    def buffer(self) -> TextBuffer:
        """The text as it stands. Only while one is being edited."""
        assert self._session is not None
        return self._session.buffer

    @property
    def is_new(self) -> bool:
        """True where the record was made for this."""
        return self._session is not None and self._session.back is not None

    # Beginning and ending

    def begin(self, id: str, field: str | None = None) -> bool:
        """Edits a text of a record, the caret at its end. False where there is none to edit."""
        self.commit()
        scene = self._desk.map_scene()
        record = scene.document.store.get(id) if scene is not None else None
        if scene is None or record is None or record.type not in FIRST_FIELD or scene.document.is_editing:
            return False
        field = field or FIRST_FIELD[record.type]
        back = self.fresh.back_of(scene.document, id)
        key = field_key([id], field) if back is not None else None
        tx = scene.document.begin(QCoreApplication.translate("Editing", "Edit text"), key)
        self._start(scene, tx, id, field, back, is_there=True)
        return True

    def begin_new(self, tx: Transaction, id: str, back: Selected) -> None:
        """Edits what was just made in an open transaction, so that both are one step.

        It goes again, back to what was selected, where one cancels; and where nothing is written, unless it is `NAMED`.
        """
        scene = self._desk.map_scene()
        assert scene is not None
        record = scene.document.store[id]
        self._start(scene, tx, id, FIRST_FIELD[record.type], back)
        if self._session is not None and self._session.default:
            self.select_all()

    def commit(self) -> bool:
        """Keeps what was written. True where something was being edited."""
        self._settle_composing()
        session = self._end()
        if session is None:
            return False
        if not session.tx.is_open:
            return True
        is_new = not session.is_there
        text = session.buffer.text.strip() or session.default
        same = session.buffer.text == session.original and not is_new
        if same or (is_new and not text):
            session.tx.rollback()
            if is_new:
                self._go_back(session)
        else:
            set_fields(session.tx, [session.id], **{session.field: text})
            session.tx.commit()
            session.scene.document.history.seal()
        self.changed.emit()
        return True

    def cancel(self) -> bool:
        """Puts everything back as it was. True where something was being edited."""
        if self._session is not None and self.buffer.preedit:
            self.buffer.preedit = ""
            QGuiApplication.inputMethod().reset()
        session = self._end()
        if session is None:
            return False
        if session.tx.is_open:
            session.tx.rollback()
            if session.is_there:
                self.fresh.take_back(session.scene.document)
        self._go_back(session)
        self.changed.emit()
        return True

    def take_back(self) -> bool:
        """Takes back what was just inserted and has no name yet, being good without. False where there is no such."""
        scene = self._desk.map_scene()
        back = self.fresh.take_back(scene.document) if scene is not None and not scene.document.is_editing else None
        if scene is not None and back is not None:
            scene.selection.restore(back)
            step = scene.document.history.redo_label or ""
            words = QCoreApplication.translate("Editing", "Taken back: {step} · Ctrl+Y brings it again")
            self.said.emit(words.format(step=step))
        return back is not None

    def _start(
        self, scene: MapScene, tx: Transaction, id: str, field: str, back: Selected | None, *, is_there: bool = False
    ) -> None:
        self.begun.emit()
        original = str(getattr(scene.document.store[id], field))
        buffer = TextBuffer(original, LIMITS.get(field, LIMIT))
        self._session = _Session(scene, tx, id, field, original, buffer, CaretItem(Z_CARET), back, is_there)
        self._desk.setFocus()
        self._write()
        self._place_item()
        half = QGuiApplication.styleHints().cursorFlashTime() // 2
        if half > 0:
            self._blink.start(half)
        self.refresh()
        self.changed.emit()

    def _end(self) -> _Session | None:
        session, self._session = self._session, None
        self._blink.stop()
        self._is_selecting = False
        if session is not None:
            scene = session.item.scene()
            session.item.setParentItem(None)  # type: ignore[arg-type]
            if scene is not None:
                scene.removeItem(session.item)
            self._desk.updateMicroFocus()
        return session

    def _settle_composing(self) -> None:
        """What an input method was about to write is written."""
        if self._session is not None and self.buffer.preedit:
            QGuiApplication.inputMethod().commit()
        if self._session is not None and self.buffer.preedit:
            preedit, self.buffer.preedit = self.buffer.preedit, ""
            self.buffer.insert(preedit)

    def _go_back(self, session: _Session) -> None:
        """To where something was to be made that is not there after all."""
        if session.back is not None:
            session.scene.selection.restore(session.back)

    # What was written

    def insert(self, text: str, *, typed: bool = False) -> None:
        """Writes at the caret, in place of what is selected."""
        before = len(self.buffer.text)
        fits = self.buffer.insert(text, typed=typed)
        self._tell_room(fits, len(self.buffer.text) > before)
        self.update()

    def _tell_room(self, fits: bool, has_grown: bool) -> None:
        """Says that a text is full, or nearly so."""
        limit, left = self.buffer.limit, self.buffer.limit - len(self.buffer.text)
        translate = QCoreApplication.translate
        if not fits:
            full = translate("Editing", "Only {n} characters fit here; what was written after them was left out.")
            self.said.emit(full.format(n=f"{limit:,}"))
        elif has_grown and left <= NEARLY_FULL:
            nearly = translate("Editing", "{left} of {n} characters left")
            self.said.emit(nearly.format(left=left, n=f"{limit:,}"))

    def erase(self, to: int) -> None:
        self.buffer.erase(to)
        self.update()

    def undo(self) -> bool:
        """Takes back what was typed last, and then what was made for it. True where a text is being edited."""
        if self._session is None:
            return False
        if self.buffer.undo():
            self.update()
        elif self.is_new:
            self.cancel()
        return True

    def redo(self) -> bool:
        """Types again what was taken back."""
        if self._session is not None and self.buffer.redo():
            self.update()
        return self._session is not None

    def copy(self) -> None:
        if self.buffer.selected_text:
            QGuiApplication.clipboard().setText(self.buffer.selected_text)

    def cut(self) -> None:
        self.copy()
        if self.buffer.selected_text:
            self.erase(self.buffer.caret)

    def paste(self) -> None:
        """What is in the clipboard, as plain text."""
        if text := plain(clipboard_text()):
            self.insert(text)

    def compose(self, event: QInputMethodEvent) -> None:
        """What an input method has composed so far, and what it has finished."""
        buffer = self.buffer
        start = buffer.caret + event.replacementStart()
        if event.replacementLength():
            buffer.move(start)
            buffer.erase(start + event.replacementLength())
        buffer.preedit = ""
        if event.commitString():
            self.insert(plain(event.commitString()), typed=True)
        if event.preeditString() and buffer.selected_text:
            buffer.erase(buffer.caret)
        room = buffer.limit - len(buffer.text)
        buffer.preedit = plain(event.preeditString())[: max(0, room)]
        self.update()

    # Moving

    def move(self, to: int, *, keeps_anchor: bool = False) -> None:
        self.buffer.move(to, keeps_anchor=keeps_anchor)
        self._goal = None
        self.refresh()

    def move_lines(self, by: int, *, keeps_anchor: bool = False) -> None:
        """Up or down by lines, to about the same place across; beyond the text to its beginning or end."""
        found = self._caret_map()
        if found is None:
            return
        spot = found.spot(self.buffer.caret)
        goal = self._goal if self._goal is not None else spot.x
        line = spot.line + by
        if 0 <= line < len(found.block.lines):
            self.move(found.index_on(line, goal), keeps_anchor=keeps_anchor)
            self._goal = goal
        else:
            self.move(0 if by < 0 else len(self.buffer.text), keeps_anchor=keeps_anchor)

    def line_ends(self) -> tuple[int, int]:
        """The beginning and end of the line in which the caret is."""
        found = self._caret_map()
        return found.line_range(found.line_of(self.buffer.caret)) if found is not None else (0, len(self.buffer.text))

    def reads_rtl(self) -> bool:
        """True where the caret stands in a line that reads from right to left."""
        found = self._caret_map()
        return found is not None and found.is_rtl(found.line_of(self.buffer.caret))

    def select_all(self) -> None:
        self.buffer.select_all()
        self.refresh()

    # The mouse

    def press(self, spot: Spot, *, extends: bool, double: bool = False) -> bool:
        """Puts the caret where the mouse was pressed. False where that is not on the text."""
        place, found = self._place(), self._caret_map()
        if place is None or found is None or spot.on_map is None:
            return False
        x, y = spot.on_map
        if not place.rect.grown(REACH).contains(x, y):
            return False
        at = min(found.index_at(x - place.rect.x, y - place.rect.y), len(self.buffer.text))
        if double:
            self.buffer.select_word(at)
            self.refresh()
        else:
            self.move(at, keeps_anchor=extends)
            self._is_selecting = True
        return True

    def drag(self, spot: Spot) -> bool:
        """Selects up to where the mouse is. False where its button was not pressed on the text."""
        place, found = self._place(), self._caret_map()
        if not self._is_selecting or place is None or found is None:
            return False
        if spot.on_map is not None:
            x, y = spot.on_map[0] - place.rect.x, spot.on_map[1] - place.rect.y
            self.move(min(found.index_at(x, y), len(self.buffer.text)), keeps_anchor=True)
        return True

    def release(self) -> bool:
        was, self._is_selecting = self._is_selecting, False
        return was

    # Showing it

    def caret_rect(self) -> Rect | None:
        """The caret on the sheet as it is laid out, mm."""
        place, found = self._place(), self._caret_map()
        if place is None or found is None:
            return None
        return _on_sheet(place, found.spot(self.buffer.caret + len(self.buffer.preedit)))

    def part(self) -> Part:
        """The strip in which the text is."""
        place = self._place()
        return place.part if place is not None else "sheet"

    def update(self) -> None:
        """The text has changed."""
        self._goal = None
        self._write()
        self.refresh()

    def refresh(self) -> None:
        """Shows the caret where it now is."""
        if self._session is None:
            return
        self._is_lit = True
        if self._blink.isActive():
            self._blink.start()
        self._mark()
        place, caret = self._place(), self.caret_rect()
        if place is not None and caret is not None:
            self._desk.reveal_text(caret, place.part, place.text.block.style.size)
        self._desk.updateMicroFocus()

    def _write(self) -> None:
        """The record takes the text, with what is being composed. Fields that show nothing when empty hold a space."""
        session = self._session
        assert session is not None
        record = session.scene.document.store[session.id]
        shown = session.buffer.shown
        if not shown and (record.type, session.field) not in SHOWN_EMPTY:
            shown = " "
        session.map = None
        if getattr(record, session.field) != shown:
            set_fields(session.tx, [session.id], **{session.field: shown})
        session.tx.flush()

    def _place(self) -> FieldPlace | None:
        session = self._session
        if session is None:
            return None
        record = session.scene.document.store.get(session.id)
        return field_place(session.scene.layout, record, session.field) if record is not None else None

    def _caret_map(self) -> CaretMap | None:
        place = self._place()
        if self._session is None or place is None:
            return None
        if self._session.map is None or self._session.map.block is not place.text.block:
            self._session.map = CaretMap(place.text.block)
        return self._session.map

    def _place_item(self) -> None:
        """The marks lie on the strip in which the text is, and move with it."""
        session = self._session
        assert session is not None
        part = self.part()
        if part == "sheet":
            session.scene.addItem(session.item)
        else:
            session.item.setParentItem(session.scene.head if part == "head" else session.scene.side)
            session.item.is_on_top = True

    def _mark(self) -> None:
        session, place, found = self._session, self._place(), self._caret_map()
        if session is None or place is None or found is None:
            return
        buffer = session.buffer
        caret = found.spot(buffer.caret + len(buffer.preedit))
        composed = found.areas(buffer.caret, buffer.caret + len(buffer.preedit)) if buffer.preedit else []
        selected = found.areas(*buffer.selected) if buffer.selected_text else []
        lit = Rect(caret.x, caret.top + 0.06 * caret.height, 0.0, 0.88 * caret.height) if self._is_lit else None
        framed = session.field == "label" or session.id == "map"
        session.item.set_marks(Marks(place, lit, tuple(selected), tuple(composed), framed))

    def _turn_caret(self) -> None:
        self._is_lit = not self._is_lit
        self._mark()


def _on_sheet(place: FieldPlace, spot: CaretSpot) -> Rect:
    return Rect(place.rect.x + spot.x, place.rect.y + spot.top, 0.0, spot.height)
