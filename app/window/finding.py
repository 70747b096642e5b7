"""Finding words in the map of a window: what the bar asks for, and what the map shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.layout.channel_names import map_channels
from app.model.beside import Comment
from app.model.document import Document, Following
from app.model.finding import Finder, excerpt, following
from app.model.reading import ROWS, ReadingOrder
from app.model.records import MapRecord, Persona
from app.window.find_bar import FindBar
from app.window.frames import MapFrame
from app.window.tables.values import spec_of
from app.window.words import model_word, name_of_type

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from app.canvas.view import MapView
    from app.model.diff import Diff
    from app.model.finding import Hit
    from app.model.reading import Place
    from app.window.docks import Docks
    from app.window.editing import Editing
    from app.window.middle import Middle

LARGE: Final = 2_000
"""A map of more records is searched when one stops typing for a moment."""

PAUSE, QUIET = 150, 400
"""Milliseconds: that moment, and how long to wait while the map is being changed."""

ON_MAP: Final = frozenset({"title", "label"})
"""The fields that are read on the map itself, and need not be said."""


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    docks: Docks
    editing: Editing
    middle: Middle

    @property
    def view(self) -> MapView: ...


class Finding(QObject):
    """Follows the map while the bar is open, and leaves nothing behind when it is closed.

    The place that one is at is that of the selection, as long as nobody selects something else.
    """

    def __init__(self, frame: Frame, window: QObject) -> None:
        super().__init__(window)
        self._frame = frame
        self._document: Document | None = None
        self._path: Path | None = None
        self._stays = False
        self._following = Following()
        self._finder: Finder | None = None
        self._under_way: Generator[None, None, list[Hit]] | None = None
        self._leads = False
        self._hits: list[Hit] = []
        self._number_of: dict[str, int] = {}
        self._at = ""
        self._is_going = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        self.bar = FindBar(frame.middle)
        frame.middle.put_below(self.bar)
        self.bar.typed.connect(self._typed)
        self.bar.stepped.connect(self.step)
        self.bar.left.connect(self.close)
        frame.view.turned.connect(self._turned)
        frame.view.selection.changed.connect(self._selected)

    @property
    def is_due(self) -> bool:
        """Whether the hits are not yet those of the words and the map as they are."""
        return self._pause.isActive() or self._under_way is not None

    @property
    def hits(self) -> list[Hit]:
        """What was found, in reading order."""
        return list(self._hits)

    def open(self) -> None:
        """Shows the bar, with the keyboard in it and the words that were sought last."""
        self._frame.settle_edits()
        if self._document is None:
            self._follow()
        self.bar.take_focus()

    def step(self, by: int) -> None:
        """Goes on to the next place (1) or back to the one before (−1), round the ends of the map."""
        if self._document is None:
            self.open()
        else:
            self._frame.settle_edits()
        self._finish()
        if self.is_due or not self._hits:
            return
        start = self._start()
        hit = self._hits[following(self._hits, start, by)]
        self._lead_to(hit)
        if start is not None and ((hit.place < start) if by > 0 else (hit.place > start)):
            self._frame.say(_tr("On from the beginning of the map.") if by > 0 else _tr("On from the end of the map."))

    def close(self) -> None:
        """Hides the bar, and gives the keyboard back to the map."""
        self._frame.view.setFocus()
        self._let_go()

    # Which map is searched

    def _follow(self) -> None:
        session = self._frame.session
        if session is None:
            return
        self._document, self._path = session.document, session.path
        self._finder = Finder(session.document.store)
        self._following.follow(session.document, self._on_diff)
        self.bar.show()
        self._search(0)

    def _let_go(self) -> None:
        self._following.follow(None, self._on_diff)
        self._stop()
        self._document = self._finder = None
        self._leads, self._at = False, ""
        self._take([])
        self.bar.hide()

    def _turned(self) -> None:
        """The map is gone, or another is there; the same one, read anew, is searched on."""
        if self._frame.view.map_scene() is None:
            session = self._frame.session
            was_open = self._document is not None and self._path is not None
            self._stays = was_open and session is not None and session.path == self._path
            self._let_go()
        elif self._stays:
            self._stays = False
            self._follow()

    # The search

    def _typed(self) -> None:
        self._leads = True
        if self._document is not None:
            self._search(PAUSE if len(self._document.store) > LARGE else 0)

    def _on_diff(self, _diff: Diff) -> None:
        self._search(PAUSE)

    def _search(self, pause: int) -> None:
        """Searches anew in so many milliseconds."""
        self._stop()
        self._pause.start(pause)

    def _stop(self) -> None:
        self._pause.stop()
        self._turn.stop()
        self._under_way = None

    def _begin(self) -> None:
        if self._document is None or self._finder is None:
            return
        if self._is_held:
            self._search(QUIET)
            return
        self._under_way = self._finder.search(self.bar.words, map_channels(self._document.store))
        self._turn.start()
        self._go_on()

    @property
    def _is_held(self) -> bool:
        """True while something is dragged or written on the map, which a search would take away from under the hand."""
        view = self._frame.view
        return view.is_dragging or view.editing.is_active or (self._document is not None and self._document.is_editing)

    def _go_on(self) -> None:
        """Looks at a slice of the map; between two of them the window answers."""
        if self._under_way is None:
            return
        if self._is_held:
            self._search(QUIET)
            return
        try:
            next(self._under_way)
        except StopIteration as end:
            self._stop()
            self._take(end.value)

    def _finish(self) -> None:
        """Ends the search now, for somebody wants to go on."""
        if self._pause.isActive():
            self._pause.stop()
            self._leads = False
            self._begin()
        while self._under_way is not None:
            self._leads = False
            self._go_on()

    def _take(self, hits: list[Hit]) -> None:
        """Shows these hits, and leads to the first behind the selection if words were typed."""
        leads, self._leads = self._leads, False
        self._hits = hits
        self._number_of = {hit.id: number for number, hit in enumerate(hits)}
        self._frame.view.show_found(self._number_of)
        if leads and hits:
            hit = hits[following(hits, self._start(), 1, from_there=self._at != "")]
            if self._type_of(hit.id) not in ROWS:  # no table opens while one types
                self._lead_to(hit)
        elif not self._at:
            self._selected()
        self._show()

    # Going there

    def _start(self) -> Place | None:
        """Where one is: at a hit, or at what is selected; None: nowhere, so at the beginning."""
        assert self._document is not None
        selection, order = self._frame.view.selection, ReadingOrder(self._document.store)
        record = self._document.store.get(self._at) or self._document.store.get(selection.current)
        if record is not None:
            return order.of(record)
        return order.of_gap(*selection.cell) if selection.cell is not None else None

    def _lead_to(self, hit: Hit) -> None:
        """Shows a hit as everything else is shown that one goes to; the keyboard stays where it is."""
        assert self._document is not None
        type_ = self._type_of(hit.id)
        self._is_going = True
        try:
            if type_ in ROWS:
                self._frame.docks.show_row(hit.id)
            elif isinstance(self._document.store.get(hit.id), MapRecord):
                self._frame.editing.select([])
                self._frame.view.show_title()
            else:
                self._frame.editing.go_to(hit.id)
        finally:
            self._is_going = False
        self._at = hit.id
        self._show()

    def _selected(self) -> None:
        """Somebody selects something: from there it goes on."""
        if self._is_going or self._document is None:
            return
        current = self._frame.view.selection.current
        self._at = current if current is not None and current in self._number_of else ""
        self._show()

    def _type_of(self, id: str) -> str:
        record = self._document.store.get(id) if self._document is not None else None
        return record.type if record is not None else ""

    # What the bar says

    def _show(self) -> None:
        number, total = self._number_of.get(self._at), len(self._hits)
        if number is not None:
            count = _tr("{n} of {total}").format(n=number + 1, total=total)
        elif total:
            count = _tr("1 found") if total == 1 else _tr("{n} found").format(n=total)
        else:
            count = _tr("Not found") if self.bar.words.strip() and self._document is not None else ""
        self.bar.show_found(count, self._where(self._hits[number]) if number is not None else "", has_hits=bool(total))

    def _where(self, hit: Hit) -> str:
        """Where the words stand, and what is around them; nothing where that is to be seen on the map."""
        holder = self._document.store.get(hit.holder) if self._document is not None else None
        if holder is None:
            return ""
        if holder.type in ROWS or isinstance(holder, Comment | Persona):
            what = name_of_type(type(holder))
        elif hit.field in ON_MAP:
            return ""
        else:
            spec = spec_of(type(holder), hit.field)
            what = model_word(spec.label) if spec is not None else name_of_type(type(holder))
        around = excerpt(hit.text, self.bar.words)
        return _tr("{what}: {words}").format(what=what, words=f"\u2068{around}\u2069")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Find", text)
