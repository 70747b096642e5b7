"""The journal of a window's map: begun with its first edit, put on the disk when the user looks elsewhere."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import ValidationError
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.files.journal.keeping import Journal
from app.model.document import Document, Draft, EditError
from app.paths import journal_dir
from app.window.frames import MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from app.canvas.view import MapView
    from app.window.session import Session


DRAFT: Final = 1000
"""Milliseconds between two looks at a text that is being typed."""


class Panels(Protocol):
    """The panels around the map."""

    @property
    def drafted(self) -> SignalInstance: ...


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    @property
    def view(self) -> MapView: ...

    @property
    def docks(self) -> Panels: ...


class Journals(QObject):
    """Sees to it that the map of the window has a journal."""

    _failed = Signal(str)

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._held: dict[object, Callable[[], Draft]] = {}
        """Of each panel that holds a text which is not on the map yet, what asks for its draft."""

        self._drafts: dict[object, Draft] = {}
        self._failed.connect(self._say_failed, Qt.ConnectionType.QueuedConnection)
        self._typing = QTimer(self, interval=DRAFT)
        self._typing.timeout.connect(self._note_draft)
        frame.view.editing.changed.connect(self._text_changed)
        frame.docks.drafted.connect(self._take)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._flush)

    def follow(self, session: Session) -> None:
        """From now on this map is the window's. One that comes with a history was restored: that is written at once."""
        if session.journal is None:
            session.journal = Journal(session, journal_dir(), self._tell)
            if not session.document.history.is_clean:
                session.journal.begin(session.edited)

    def _take(self, holder: object, rehearse: Callable[[], Draft] | None) -> None:
        """A panel holds a text, or another one than before, or none any more."""
        was_there = self._held.pop(holder, None) is not None
        if rehearse is not None:
            self._held[holder] = rehearse
            self._drafts.pop(holder, None)
        elif was_there:
            self._drafts.pop(holder, None)
            self._note()
        self._watch()

    def _text_changed(self) -> None:
        """A text on the map is begun, or ended."""
        if not self._frame.view.editing.is_active:
            self._note()
        self._watch()

    def _watch(self) -> None:
        """Looks every second while there is something to look at."""
        if not (self._held or self._frame.view.editing.is_active):
            self._typing.stop()
        elif not self._typing.isActive():
            self._typing.start()

    def _note_draft(self) -> None:
        """What is typed has its place in the journal before it is a step of the history."""
        session = self._frame.session
        if session is not None and session.journal is not None:
            if not session.document.is_editing:
                self._rehearse(keeps=session.journal.has_draft)
            self._note()

    def _rehearse(self, *, keeps: bool) -> None:
        """Asks what the texts would change that are new. After a step of another kind, `keeps` False, all are."""
        known = self._drafts if keeps else {}
        self._drafts = {}
        for holder, rehearse in self._held.items():
            with suppress(EditError, ValidationError):  # a text that would not be taken is kept by nobody
                self._drafts[holder] = known[holder] if holder in known else rehearse()

    def _note(self) -> None:
        session = self._frame.session
        if session is not None and session.journal is not None:
            session.journal.note_draft(self._joined(session.document))

    def _joined(self, document: Document) -> Draft | None:
        """The drafts as one, called as that of the map is, which has the keyboard where there are several."""
        editing = self._frame.view.editing
        is_there = editing.is_active and bool(editing.buffer.text.strip())
        on_map = document.under_way if is_there else None
        drafts = [draft for draft in (*self._drafts.values(), on_map) if draft is not None and draft[1]]
        return (drafts[-1][0], dict(chain.from_iterable(diff.items() for _, diff in drafts))) if drafts else None

    def _flush(self, state: Qt.ApplicationState) -> None:
        session = self._frame.session
        if session is not None and session.journal is not None and state != Qt.ApplicationState.ApplicationActive:
            self._note_draft()
            session.journal.flush()

    def _tell(self, reason: str) -> None:
        """Called in the journal's thread."""
        with suppress(RuntimeError):  # the C++ side may be gone while the program ends
            self._failed.emit(reason)

    def _say_failed(self, reason: str) -> None:
        sentence = self.tr("The journal against crashes cannot be written: {reason}. Save often; it is tried again.")
        self._frame.say(sentence.format(reason=reason))
