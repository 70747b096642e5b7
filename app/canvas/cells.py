"""The keyboard on the map: where it is, what typing there starts, and what Enter and Tab do while one writes.

So a talk is captured at its speed: type, Enter, type, Enter, Tab, type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from app.canvas import edit_keys
from app.canvas.clipped import text_in
from app.canvas.edit_keys import ENTER, SHIFT
from app.canvas.editing import LIMIT, LIMITS, Desk, TextEditing
from app.canvas.fresh import NAME_OF
from app.canvas.insertion import Entry, Here, Place, below, below_all, is_placeholder, place_beside, put
from app.canvas.linking import Linking
from app.canvas.navigation import Direction, neighbour, next_cell
from app.canvas.picture_drops import has_image_files, pictures_in
from app.canvas.selection import Cell
from app.canvas.textbuffer import plain
from app.layout import lookup
from app.layout.fields import FIRST_FIELD, field_at
from app.model.document import EditError
from app.model.edits import set_fields
from app.model.ids import MAP_ID
from app.model.queries import columns
from app.model.records import Card

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent

    from app.canvas.gestures.base import Spot
    from app.canvas.picture_drops import Source
    from app.model.document import Transaction
    from app.model.store import RecordGraph

MOST: Final = 500
"""So many cards are made of what is pasted at a time."""

CARDS_MIME: Final = "application/x-journeymapper-cards"
"""What copied cards are on the clipboard; the window reads it."""

Key = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ARROWS: Final = {
    Key.Key_Left: Direction.LEFT,
    Key.Key_Right: Direction.RIGHT,
    Key.Key_Up: Direction.UP,
    Key.Key_Down: Direction.DOWN,
}
ENDS: Final = {Key.Key_Home: Direction.FIRST, Key.Key_End: Direction.LAST}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Cells", text)


class Sheet(Desk, Protocol):
    """What the keyboard asks of the view."""

    def reveal_current(self) -> None: ...

    @property
    def is_dragging(self) -> bool: ...


class Cells(QObject):
    """The keyboard's hands."""

    said = Signal(str)
    """A sentence for the status bar."""

    pictures_offered = Signal(object, object)
    """Pictures were pasted: a list of them, files or bytes, and the place where they go."""

    cards_offered = Signal(object, object)
    """Cards were pasted: as the clipboard has them, and the place where they go."""

    nameless = Signal()
    """What was just inserted, and is selected, has its name nowhere on the map."""

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.editing = TextEditing(sheet, self)
        self.editing.said.connect(self.said)
        self.linking = Linking(sheet, self)
        self.linking.said.connect(self.said)
        self._left: str | Cell | None = None

    # Events

    def key(self, event: QKeyEvent) -> bool:
        """Does what a key says. False for a key that means nothing here."""
        if self.editing.is_active:
            self._key_while_editing(event)
            return True
        if self._sheet.is_dragging or self._sheet.map_scene() is None:
            return False
        return self._go_by(event) or self._start_by(event)

    def _key_while_editing(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Escape:
            self.editing.cancel()
            self.said.emit("")
        elif event.key() in ENTER and event.modifiers() & SHIFT:
            self.editing.insert("\n")
        elif event.key() in ENTER:
            self.finish()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._is_but_an_empty_card():
            self._paste_instead()
        else:
            edit_keys.press(self.editing, event)

    def _is_but_an_empty_card(self) -> bool:
        """True for a new card in which nothing is written yet, if no step or lane came with it and would go with it."""
        scene, target, editing = self._sheet.map_scene(), self.editing.target, self.editing
        under_way = scene.document.under_way if scene is not None else None
        if under_way is None or target is None or not editing.is_new or editing.buffer.text:
            return False
        _label, made = under_way
        return set(made) == {target[0]} and isinstance(made[target[0]][1], Card)

    def _go_by(self, event: QKeyEvent) -> bool:
        key, keys = Key(event.key()), event.modifiers()
        if key in ARROWS and not keys & (CONTROL | ALT):
            self.go(ARROWS[key], extends=bool(keys & SHIFT))
            return True
        if key in ENDS and keys & CONTROL:
            self.go(ENDS[key])
            return True
        return False

    def _start_by(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return self.linking.finish() or self.edit()
        text = edit_keys.typed_text(event)
        return bool(text.strip()) and not self.linking.is_active and self.type(text)

    def compose(self, event: QInputMethodEvent) -> bool:
        """An input method writes. False where there is nothing to write in."""
        has_text = bool(event.preeditString() or event.commitString())
        if not self.editing.is_active and not (has_text and self.type("")):
            return False
        self.editing.compose(event)
        return True

    def tab(self, *, forward: bool) -> bool:
        """On to the next cell, keeping what was written; or to the next thing. False at the end of the map."""
        scene = self._sheet.map_scene()
        if scene is None or self._sheet.is_dragging:
            return False
        selection, place = scene.selection, self._capturing()
        if self.editing.commit() or (selection.cell is not None and selection.current is not None):
            found = next_cell(scene.layout, place.lane, place.step, 1 if forward else -1) if place is not None else None
            if found is not None:
                self._go_to(found)
                return True
            if place is not None:
                return True
        before = selection.current, selection.cell
        self.go(Direction.NEXT if forward else Direction.PREVIOUS)
        return (selection.current, selection.cell) != before

    # Going

    def go(self, direction: Direction, *, extends: bool = False) -> None:
        """Goes to what lies in a direction."""
        scene = self._sheet.map_scene()
        if scene is None or self._sheet.is_dragging:
            return
        selection = scene.selection
        start = selection.current if selection.current is not None else selection.cell
        found = self._back() if start is None and direction not in ENDS.values() else None
        found = found or neighbour(scene.layout, scene.document.store, start, direction)
        if isinstance(found, Cell) and not extends:
            self._go_to(found)
        elif isinstance(found, str):
            selection.select([*selection, found] if extends else [found], found)
            self._sheet.reveal_current()

    def leave(self) -> None:
        """Selects nothing; the next arrow key leads back to where one was."""
        scene = self._sheet.map_scene()
        if scene is not None:
            self._left = scene.selection.current or scene.selection.cell
            scene.selection.clear()

    def _back(self) -> str | Cell | None:
        """Where one was, if that is still there."""
        scene, (left, self._left) = self._sheet.map_scene(), (self._left, None)
        ids = left[:2] if isinstance(left, Cell) else (left,)
        return left if scene is not None and all(id in scene.document.store for id in ids) else None

    def _go_to(self, cell: Cell) -> None:
        scene = self._sheet.map_scene()
        if scene is not None:
            scene.selection.select_cell(cell)
            self._sheet.reveal_current()

    def cell_at(self, spot: Spot) -> Cell | None:
        """The cell at a spot where nothing lies."""
        scene = self._sheet.map_scene()
        if scene is None or spot.on_map is None:
            return None
        x, y = spot.on_map
        row, column = lookup.row_at(scene.layout, y), lookup.column_at(scene.layout, x)
        if row is None or column is None or lookup.hit(scene.layout, x, y) is not None:
            return None
        return Cell(row.lane, column.step)

    def click(self, spot: Spot) -> None:
        """To the cell at a spot, below what lies in it; away from everything where there is none."""
        scene, cell = self._sheet.map_scene(), self.cell_at(spot)
        if scene is not None and cell is not None:
            scene.selection.select_cell(cell)
        elif scene is not None:
            scene.selection.clear()

    def hover(self, spot: Spot | None) -> None:
        """Shows a plus sign in the empty cell under the mouse."""
        scene = self._sheet.map_scene()
        cell = self.cell_at(spot) if spot is not None else None
        if scene is None:
            return
        is_empty = cell is not None and self._holds_cards(cell)
        is_empty = is_empty and cell is not None and not scene.layout.cards_of_cell(cell.lane, cell.step)
        scene.point_at(cell if is_empty and cell != scene.selection.cell else None)

    def _capturing(self) -> Cell | None:
        """The cell of the card that is being written, or was just written."""
        scene, target = self._sheet.map_scene(), self.editing.target
        if scene is None:
            return None
        card = scene.document.store.of(Card, target[0]) if target is not None else None
        return Cell(card.lane, card.step) if card is not None else scene.selection.cell if target is None else None

    # Writing

    def edit(self, field: str | None = None) -> bool:
        """Edits the text of what is selected, makes a card in a cell, or edits the map's title where nothing is."""
        scene = self._sheet.map_scene()
        if scene is None or self._sheet.is_dragging:
            return False
        selection = scene.selection
        if selection.cell is not None and field is None:
            return self._write_in(selection.cell)
        begun = self.editing.begin(selection.current or MAP_ID, field)
        if begun and is_placeholder(self.editing.buffer.text):
            self.editing.select_all()
        return begun

    def edit_body(self) -> bool:
        """Edits the text below the title of the selected card."""
        scene, target = self._sheet.map_scene(), self.editing.target
        id = target[0] if target is not None else scene.selection.current if scene is not None else None
        self.editing.commit()
        is_card = scene is not None and id is not None and scene.document.store.of(Card, id) is not None
        return is_card and self.editing.begin(str(id), "body")

    def edit_at(self, spot: Spot) -> bool:
        """Edits the text at a spot, or makes a card in an empty cell. False where there is none to edit."""
        scene = self._sheet.map_scene()
        if scene is None or spot.on_map is None:
            return False
        hit = lookup.hit(scene.layout, *spot.on_map)
        if hit is None:
            cell = self.cell_at(spot)
            return cell is not None and self._holds_cards(cell) and self._write_in(cell)
        record = scene.document.store[hit.id]
        if record.type not in FIRST_FIELD:
            return False
        scene.selection.select([hit.id] if hit.id != MAP_ID else [])
        begun = self.editing.begin(hit.id, field_at(scene.layout, record, spot.on_map[1]))
        if begun and is_placeholder(self.editing.buffer.text):
            self.editing.select_all()
        elif begun:
            self.editing.press(spot, extends=False)
            self.editing.release()
        return begun

    def type(self, text: str) -> bool:
        """What is typed replaces the text of what is selected, or starts a card where the keyboard is."""
        scene = self._sheet.map_scene()
        if scene is None:
            return False
        selection = scene.selection
        if selection.cell is not None:
            return self._write_in(selection.cell, text)
        if len(selection) != 1 or selection.current is None or not self.editing.begin(selection.current):
            return False
        had_text = bool(self.editing.buffer.text)
        self.editing.select_all()
        if text:
            self.editing.insert(text, typed=True)
        if had_text:
            self.said.emit(_tr("This replaces the text that was here; Esc brings it back."))
        return True

    def finish(self) -> None:
        """Keeps what is written; typing on starts the next card below it."""
        scene, target = self._sheet.map_scene(), self.editing.target
        self.editing.commit()
        self.said.emit("")  # what was said of the text is over with it
        card = scene.document.store.of(Card, target[0]) if scene is not None and target is not None else None
        if scene is not None and card is not None:
            scene.selection.select_cell(below(scene.document.store, card), card.id)

    def _write_in(self, cell: Cell, text: str = "") -> bool:
        """Makes a card, or a point in a curve lane, and lets one write in it; it goes again if nothing is written."""
        scene = self._sheet.map_scene()
        if scene is None:
            return False
        if scene.layout.row_of[cell.lane].is_folded:
            self.said.emit(_folded())
            return False
        if cell.lane not in scene.layout.curves:
            return self.insert(Entry("card"), cell, text)
        here = Here(scene.document.store, scene.layout, cell)
        return self.insert(Entry("point"), place_beside(here, Entry("point")), text)

    def _holds_cards(self, cell: Cell) -> bool:
        scene = self._sheet.map_scene()
        row = scene.layout.row_of.get(cell.lane) if scene is not None else None
        return row is not None and row.holds_cards

    # Inserting

    def insert(self, entry: Entry, place: Place | None = None, text: str | None = None) -> bool:
        """Inserts something at a place, None: where the keyboard is, and lets one write its name, all in one step.

        `text` is what is written already. False where it cannot be; a sentence says why.
        """
        scene = self._sheet.map_scene()
        self.editing.commit()
        if scene is None or scene.document.is_editing:
            return False
        place = place or self.where(entry)
        tx = scene.document.begin(entry.label)
        try:
            made = put(tx, entry, place, text or "")
        except EditError as error:
            tx.rollback()
            self.said.emit(str(error))
            return False
        self.hand_over(tx, made, writes=text is not None)
        return True

    def where(self, entry: Entry) -> Place:
        """Where something goes that is inserted now. Only while there is a map."""
        scene = self._sheet.map_scene()
        assert scene is not None
        here = scene.document.store.get(scene.selection.current) or scene.selection.cell
        return place_beside(Here(scene.document.store, scene.layout, here), entry)

    def hand_over(self, tx: Transaction, made: str, *, writes: bool = False) -> None:
        """Goes to what was made in an open transaction, and lets one write its name before that is committed.

        An emotion point is as good without a label, and a persona has her name in the inspector: they are committed at
        once, unless one `writes` already, and are `Fresh` then.
        """
        scene = self._sheet.map_scene()
        assert scene is not None
        back = scene.selection.state
        if writes or tx.store[made].type not in NAME_OF:
            tx.flush()
            scene.selection.select([made])
            self.editing.begin_new(tx, made, back)
        else:
            tx.commit()
            scene.selection.select([made])
            self.editing.fresh.keep(scene.document, made, back)
            self._sheet.setFocus()
            if scene.document.store[made].type not in FIRST_FIELD:
                self.nameless.emit()
        self._sheet.reveal_current()

    # Pasting

    def paste(self) -> bool:
        """Cards that were copied come here whole, and else each line in the clipboard becomes a card.

        Cells of a spreadsheet go side by side into the next steps. Without text, and of files, pictures become cards.
        False where no place is chosen, or there is nothing to paste.
        """
        scene, cell = self._sheet.map_scene(), self.place()
        if scene is None or cell is None:
            return False
        if not self._holds_cards(cell):
            is_folded = cell.lane in scene.layout.row_of and scene.layout.row_of[cell.lane].is_folded
            self.said.emit(_folded() if is_folded else _tr("This lane holds no cards; paste them into another one."))
            return True
        data: QMimeData | None = QGuiApplication.clipboard().mimeData()
        if data is None:  # Qt says so, whatever its stubs say, when the program that copied is gone
            return False
        if data.hasFormat(CARDS_MIME):
            self.cards_offered.emit(bytes(data.data(CARDS_MIME).data()), cell)
            return True
        rows = _rows(text_in(data)) if not has_image_files(data) else []
        if not rows:
            return self._paste_pictures(pictures_in(data), cell)
        found = _places(scene.document.store, cell, rows)
        with scene.document.edit(_tr("Paste cards")) as tx:
            made = [_put_text(tx, place, text) for place, text in found[:MOST]]
        scene.selection.select(made)
        self._sheet.reveal_current()
        self.said.emit(_pasted(len(made), len(found)))
        return True

    def _paste_pictures(self, sources: list[Source], cell: Cell) -> bool:
        if sources:
            self.pictures_offered.emit(sources, cell)
        return bool(sources)

    def _paste_instead(self) -> None:
        """Several lines make several cards, in place of the one that was to be written."""
        scene, target = self._sheet.map_scene(), self.editing.target
        card = scene.document.store.of(Card, target[0]) if scene is not None and target is not None else None
        place = below(scene.document.store, card) if scene is not None and card is not None else None
        self.editing.commit()
        if scene is not None and place is not None and place.at is not None:
            scene.selection.select_cell(place._replace(at=place.at - 1))
        self.paste()

    def place(self) -> Cell | None:
        """Where new cards would come: the keyboard's cell, or below the selected cards, where the first of them lie."""
        scene = self._sheet.map_scene()
        if scene is None or scene.selection.cell is not None:
            return scene.selection.cell if scene is not None else None
        return below_all(scene.document.store, scene.selection)


def _folded() -> str:
    return _tr("This lane is folded up. Unfold it to write in it: Arrange ▸ Fold lane.")


def _places(store: RecordGraph, cell: Cell, rows: list[list[str]]) -> list[tuple[Cell, str]]:
    """Where each text goes: lines one below the other from a cell on, what stands side by side into the next steps."""
    steps = [step.id for step in columns(store)]
    first, found = steps.index(cell.step), list[tuple[Cell, str]]()
    for row in rows:
        for at, text in enumerate(row):
            index = cell.at + len(found) if cell.at is not None and len(row) == 1 else None
            place = Cell(cell.lane, steps[min(first + at, len(steps) - 1)], index)
            found += [(place, text[start : start + LIMITS["body"]]) for start in range(0, len(text), LIMITS["body"])]
    return found


def _put_text(tx: Transaction, place: Cell, text: str) -> str:
    """A card with a text; what is too long for a title goes on below it."""
    title = text if len(text) <= LIMIT else text[:LIMIT].rsplit(" ", 1)[0]
    made = put(tx, Entry("card"), place, title)
    if title != text:
        set_fields(tx, [made], body=text[len(title) :].strip())
    return made


def _pasted(made: int, wanted: int) -> str:
    """What to say after pasting."""
    if made < wanted:
        most = _tr("{n} cards were made, which is the most at a time; the last {m} texts were left out.")
        return most.format(n=made, m=wanted - made)
    one, many = _tr("1 card was made of what was pasted."), _tr("{n} cards were made of what was pasted.")
    return one if made == 1 else many.format(n=made)


def _rows(text: str) -> list[list[str]]:
    """The lines of a text that say something, each as its cells."""
    if "\t" in text:
        import csv

        rows = list(csv.reader(text.splitlines(keepends=True), delimiter="\t"))
    else:
        rows = [[line] for line in text.splitlines()]
    cleaned = [[plain(cell).strip() for cell in row] for row in rows]
    return [row for row in cleaned if any(row)]
