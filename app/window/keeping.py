"""What keeps the map of a window safe besides saving: who else works on its file, autosave, what was earlier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.window.autosave import Autosave

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.history import Move
    from app.window.earlier import EarlierWindow
    from app.window.kept import Frame
    from app.window.outside import Outside
    from app.window.session import Session
    from app.window.sharing import Sharing

SOON: Final = 400
"""Milliseconds after a map is shown until the disk is asked about it."""


class Keeping(QObject):
    """Follows the map of one window from its opening to its end."""

    def __init__(self, frame: Frame, window: QWidget) -> None:
        super().__init__(window)
        self._frame = frame
        self._window = window
        self._session: Session | None = None
        self._path: Path | None = None
        self._earlier: EarlierWindow | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self.outside: Outside | None = None
        self.sharing: Sharing | None = None
        self.autosave = Autosave(lambda: frame.program.glance.autosave, self._save_quietly, self)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.begin)
        window.installEventFilter(self)

    def follow(self) -> None:
        """The window may show another map, or the map may have another file."""
        session = self._frame.session
        path = session.path if session is not None else None
        if session is self._session and path == self._path:
            return
        self.let_go()
        self._session, self._path = session, path
        if session is not None and path is not None:
            self._unsubscribe = session.document.history.subscribe(self._moved)
            self._soon.start()

    def begin(self) -> None:
        """Asks the disk about the map; some time after it is shown."""
        from app.window.outside import Outside
        from app.window.sharing import Sharing

        self._soon.stop()
        if self._session is None or self._path is None or self.outside is not None:
            return
        self.outside = Outside(self._frame, self._session, self)
        self.sharing = Sharing(self._frame, self._session, self)
        self.outside.looked.connect(self.sharing.look)
        if self._session.is_modified:
            self.sharing.edited()

    def let_go(self) -> None:
        """The map is not open here any more."""
        self._soon.stop()
        self.autosave.stop()
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._earlier is not None:
            self._earlier.reject()
        for part in (self.outside, self.sharing):
            if part is not None:
                part.close()
                part.deleteLater()
        self._session = self._path = self._unsubscribe = self.outside = self.sharing = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and self.outside is not None:
            self.outside.check()
        elif event.type() == QEvent.Type.WindowDeactivate and self.autosave.is_waiting and not self._window.isHidden():
            self.autosave.now()  # a window that closes is hidden first, and one may have said not to save
        return super().eventFilter(watched, event)

    def _moved(self, move: Move) -> None:
        """Of typing the document tells with every letter, but only what was kept of it is there to be saved."""
        if move.kind not in {"edit", "undo", "redo"}:
            return
        self.autosave.edited()
        if self.sharing is not None:
            self.sharing.edited()

    # Saving by itself

    def toggle_autosave(self) -> None:
        """Switches it on or off, for all maps."""
        program = self._frame.program
        is_on = not program.glance.autosave
        program.remember(autosave=is_on)
        program.tell_windows()
        if not is_on:
            self._frame.say(self.tr("Maps are saved when you save them."))
            return
        self._frame.say(self.tr("Maps that have a file are saved by themselves, 30 seconds after the last change."))
        if self._session is not None and self._session.is_modified:
            self.autosave.edited()

    def _save_quietly(self) -> bool:
        """False where it is to be tried again."""
        from app.files import ChangedOnDisk

        session = self._session
        if session is None:
            return True
        is_asked = QApplication.activeModalWidget() is not None  # say, whether to save at all
        if is_asked or session.document.is_editing or session.is_read_only:
            return False
        error = self._frame.files.save_quietly()
        if isinstance(error, ChangedOnDisk):
            if self.outside is not None:
                self.outside.check()  # which says so, and offers what can be done
        elif error is not None:
            self._frame.say(self.tr("Not saved by itself: {why}").format(why=error))
        return error is None or isinstance(error, ChangedOnDisk)

    def merge_with_file(self) -> None:
        """Brings the map together with what somebody else has saved into its file."""
        self.begin()
        if self.outside is not None:
            self.outside.merge()

    # What was earlier

    def show_earlier(self) -> None:
        """Shows the earlier versions of the map's file."""
        self._frame.settle_edits()
        if self._path is None:
            self._frame.say(self.tr("This map was never saved: there is nothing earlier than what undo gives back."))
        else:
            self.show_earlier_of(self._path)

    def show_earlier_of(self, path: Path) -> None:
        """Shows the earlier versions of a file, be it open here or not."""
        from app.window.earlier import EarlierWindow

        if self._earlier is not None:
            self._earlier.reject()
        records = self._session.document.records if self._session is not None and path == self._path else None
        shown = self._earlier = EarlierWindow(path, records, self._window)
        shown.copy_wanted.connect(self._open_copy)
        shown.restore_wanted.connect(lambda backup: self._restore(path, backup))
        shown.finished.connect(self._earlier_left)
        shown.show()

    def _earlier_left(self) -> None:
        self._earlier = None

    def _open_copy(self, backup: Path) -> None:
        self._frame.files.open_copy(backup)

    def _restore(self, path: Path, backup: Path) -> None:
        if self._session is not None and path == self._path:
            self._frame.files.become(backup, self.tr("Restore backup"))
        else:
            self._frame.files.put_back(backup, path)
