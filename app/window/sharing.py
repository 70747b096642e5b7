"""Who else has the map of a window open, and telling others that it is open here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.files.lock import REFRESH, MapLock
from app.window.moments import seconds_words
from app.window.notice_bar import Choice, Notice

if TYPE_CHECKING:
    from app.files.lock import Owner
    from app.window.kept import Frame
    from app.window.session import Session

NAME: Final = "opened"
SOON: Final = 400
"""Milliseconds after an edit until others are told; the edit itself must not wait for the disk."""


class Sharing(QObject):
    """The lock of one map. It is looked at when the map is shown, and taken with the first edit."""

    def __init__(self, frame: Frame, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        assert session.path is not None
        self._frame = frame
        self._session = session
        self.lock = MapLock(session.path, frame.program.author)
        self._told: Owner | None = None
        self._after_edit = QTimer(self, singleShot=True, interval=SOON)
        self._after_edit.timeout.connect(self._take)
        self._refresh = QTimer(self, interval=round(1000 * REFRESH))
        self._refresh.timeout.connect(self._keep)
        self._refresh.start()
        if not session.is_read_only:
            self._tell_of(self.lock.other())

    def edited(self) -> None:
        """The map has changed here."""
        if not self.lock.is_held and not self._after_edit.isActive():
            self._after_edit.start()

    def look(self) -> None:
        """Something has changed in the folder: whoever had the map open may have closed it."""
        if self._told is None or self.lock.other() is not None:
            return
        self._told = None
        self._frame.middle.withdraw(NAME)
        if self._session.is_read_only:
            self._set_read_only(False)
            self._frame.say(self.tr("Nobody else has the map open any more; it can be saved again."))
        if self._session.is_modified:
            self._take()

    def close(self) -> None:
        """The map is not open here any more."""
        self._after_edit.stop()
        self._refresh.stop()
        self.lock.release()
        self._frame.middle.withdraw(NAME)

    def _take(self) -> None:
        if not self._session.is_read_only and self._session.is_modified:
            self._tell_of(self.lock.take())

    def _keep(self) -> None:
        if self.lock.is_held:
            self._tell_of(self.lock.keep())

    def _tell_of(self, owner: Owner | None) -> None:
        """Says who else has the map open, once; until one has chosen, it is not saved into its file."""
        if owner is None or (self._told is not None and owner.token == self._told.token):
            return
        self._told = owner
        self._set_read_only(True)
        choices = (
            Choice(self.tr("&Read only"), self._read_only, self.tr("Look at it; what you change is saved elsewhere")),
            Choice(self.tr("&Work on a copy"), self._work_on_copy, self.tr("Go on with a map of your own")),
            Choice(self.tr("&Edit anyway"), self._edit_anyway, self.tr("Both may save; what the other did is noticed")),
        )
        self._frame.middle.tell(Notice(NAME, self._words(owner), choices, rank=1, icon="users"))

    def _set_read_only(self, is_read_only: bool) -> None:
        self._session.is_read_only = is_read_only
        self._frame.files.show_saved()
        self._frame.refresh()

    def _words(self, owner: Owner) -> str:
        who = owner.user or self.tr("Somebody")
        since = seconds_words(owner.since)
        if not owner.host:
            return self.tr("{who} has had this map open since {since}.").format(who=who, since=since)
        text = self.tr("{who} on {host} has had this map open since {since}.")
        return text.format(who=who, host=owner.host, since=since)

    def _read_only(self) -> None:
        self._frame.middle.withdraw(NAME)

    def _work_on_copy(self) -> None:
        self._session.detach()
        self._frame.files.show_saved()
        self._frame.file_changed()

    def _edit_anyway(self) -> None:
        self._set_read_only(False)
        self._frame.middle.withdraw(NAME)
