"""The journal of a window's map: begun with its first edit, put on the disk when the user looks elsewhere."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.files.journal.keeping import Journal
from app.paths import journal_dir
from app.window.frames import MapFrame

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.canvas.view import MapView
    from app.window.session import Session


DRAFT: Final = 1000
"""Milliseconds between two looks at a text that is being typed."""


class Frame(MapFrame, Protocol):
    """What is asked of the window."""

    @property
    def view(self) -> MapView: ...


class Journals(QObject):
    """Sees to it that the map of the window has a journal."""

    _failed = Signal(str)

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._failed.connect(self._say_failed, Qt.ConnectionType.QueuedConnection)
        self._typing = QTimer(self, interval=DRAFT)
        self._typing.timeout.connect(self._note_draft)
        frame.view.editing.changed.connect(self._text_changed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._flush)

    def follow(self, session: Session) -> None:
        """From now on this map is the window's. One that comes with a history was restored: that is written at once."""
        if session.journal is None:
            session.journal = Journal(session, journal_dir(), self._tell)
            if not session.document.history.is_clean:
                session.journal.begin(session.edited)

    def _text_changed(self) -> None:
        """A text is begun, or ended."""
        if self._frame.view.editing.is_active:
            self._typing.start()
        else:
            self._typing.stop()
            self._note_draft()

    def _note_draft(self) -> None:
        """What is typed has its place in the journal before it is a step of the history."""
        session, editing = self._frame.session, self._frame.view.editing
        if session is not None and session.journal is not None:
            is_there = editing.is_active and bool(editing.buffer.text.strip())
            session.journal.note_draft(session.document.under_way if is_there else None)

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
