"""The map of a window and its file: opening, saving, going back, and what is asked before it is left."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.window.dialogs import Dialogs
    from app.window.opening import Loaded, Opener
    from app.window.program import Program
    from app.window.session import Session
    from app.window.worker import Worker

BLANK = "blank"


class Frame(Protocol):
    """What is asked of the window."""

    @property
    def program(self) -> Program: ...

    @property
    def dialogs(self) -> Dialogs: ...

    @property
    def worker(self) -> Worker: ...

    def settle_edits(self) -> None:
        """Ends what is under way: drags are put back, what is typed is written."""

    def thumbnail(self) -> bytes | None: ...

    def show_map(self, loaded: Loaded) -> None: ...

    def show_opening(self, name: str) -> None: ...

    def opening_over(self) -> None: ...

    def open_beside(self, loaded: Loaded, path: Path | None, *, is_new: bool) -> None:
        """Shows a map in a window of its own."""

    def show_saved(self, text: str) -> None: ...

    def refresh(self) -> None: ...


class MapFiles(QObject):
    """Has one open map at most. A map that would be lost is never replaced: another one gets a window of its own."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent
        self._opener: Opener | None = None
        self.session: Session | None = None

    @property
    def opener(self) -> Opener:
        if self._opener is None:
            from app.window.opening import Opener

            self._opener = Opener(self, lambda: self._frame.worker, self)
        return self._opener

    @property
    def is_untouched(self) -> bool:
        """True where nothing is open, or the copy of a template or sample that nobody has changed."""
        return self.session is None or (self.session.path is None and not self.session.is_modified)

    # Opening

    def ask_open(self) -> None:
        """Lets the user choose a map."""
        self._frame.settle_edits()
        path = self._frame.dialogs.open_map(self._widget, self.folder)
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Opens a map; one that is open already is brought forward."""
        there = self._frame.program.window_of(path)
        if there is not None:
            there.come_forward()
            return
        self.opener.open(path)

    def open_sample(self, name: str) -> None:
        """Opens a copy of a sample, which has to be saved to a place of its own."""
        from app.paths import sample_dir

        self.opener.open(sample_dir() / f"{name}.jmap", as_copy=True)

    def open_template(self, name: str) -> None:
        """Begins a new map."""
        from app.paths import template_dir

        self.opener.open(template_dir() / f"{name}.jmap", as_copy=True)

    def opening(self, path: Path) -> None:
        self._frame.show_opening(path.name)

    def opening_cancelled(self) -> None:
        self._frame.opening_over()

    def opened(self, loaded: Loaded, path: Path, *, as_copy: bool) -> None:
        from app.paths import template_dir

        kept = None if as_copy else path
        if as_copy:
            from app.files.revisions import begun_from

            loaded = loaded._replace(file=begun_from(loaded.file))
        is_new = as_copy and path.parent == template_dir()
        if self.is_untouched:
            self.adopt(loaded, kept, is_new=is_new)
        else:
            self._frame.opening_over()
            self._frame.open_beside(loaded, kept, is_new=is_new)

    def adopt(self, loaded: Loaded, path: Path | None, *, is_new: bool = False) -> None:
        """Puts a map in place of the one before. `path` None: it has no file of its own; `is_new`: it is begun here."""
        from app.window.session import Session

        before, self.session = self.session, Session(loaded.file, loaded.document, path, is_new=is_new)
        if loaded.report is not None:
            loaded.document.history.mark_unsaved()
        try:
            self._frame.show_map(loaded)
        except BaseException:
            self.session = before
            raise
        self._frame.show_saved(_saved_at(path))
        if loaded.report is not None:
            self._frame.dialogs.salvaged(self._widget, loaded.report.sentences())

    def not_opened(self, error: Exception, path: Path) -> None:
        """Says why; a damaged map can be recovered as far as it can be read."""
        from app.window.opening import can_be_salvaged

        if self.session is None:
            self._frame.opening_over()
        if not can_be_salvaged(error, path):
            self._not_opened(error)
        elif self._frame.dialogs.damaged(self._widget, path.name, str(error)):
            self.opener.salvage(path)

    def _not_opened(self, error: Exception) -> None:
        safe = self.tr("The map that was open is still here.") if self.session is not None else ""
        self._frame.dialogs.problem(self._widget, str(error), safe)

    def revert(self) -> None:
        """Goes back to what is in the file, after asking."""
        from app.files import FileError
        from app.window.opening import load

        self._frame.settle_edits()
        session = self.session
        if session is None or session.path is None or not session.is_modified:
            return
        if not self._frame.dialogs.revert(self._widget, session.name, session.changes):
            return
        try:
            self.adopt(load(session.path), session.path)
        except FileError as error:
            self._not_opened(error)

    # Saving and leaving

    def save(self) -> bool:
        """True where the map is in its file."""
        self._frame.settle_edits()
        if self.session is None:
            return False
        return self._write(self.session.path) if self.session.path is not None else self.save_as()

    def save_as(self) -> bool:
        self._frame.settle_edits()
        if self.session is None:
            return False
        path = self._frame.dialogs.save_map(self._widget, self.session.suggestion())
        return path is not None and self._write(path)

    def save_copy(self) -> bool:
        """Writes the map to another place, and goes on with the one that is open."""
        from app.files import FileError

        self._frame.settle_edits()
        if self.session is None:
            return False
        path = self._frame.dialogs.save_map(self._widget, self.session.copy_suggestion())
        if path is None:
            return False
        if self.session.path is not None and path.resolve() == self.session.path.resolve():
            return self._write(path)
        try:
            self.session.save_copy(path, self._frame.thumbnail())
        except FileError as error:
            self._not_saved(error)
            return False
        self._frame.program.add_recent(path, self.session.document.map.title)
        return True

    def may_leave(self) -> bool:
        """False where the user wants to stay with the open map."""
        from app.window.dialogs import Answer

        self._frame.settle_edits()
        session = self.session
        if session is None or not session.is_modified:
            return True
        answer = self._frame.dialogs.unsaved(self._widget, session.name, session.changes)
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def close(self) -> None:
        """Stops what is under way."""
        if self._opener is not None:
            self._opener.cancel()

    def _write(self, path: Path, *, force: bool = False) -> bool:
        from app.files import ChangedOnDisk, FileError
        from app.window.dialogs import Answer

        assert self.session is not None
        try:
            self.session.save(path, self._frame.thumbnail(), force=force)
        except ChangedOnDisk:
            answer = self._frame.dialogs.changed_on_disk(self._widget, path.name)
            if answer is Answer.OVERWRITE:
                return self._write(path, force=True)
            return answer is Answer.SAVE_AS and self.save_as()
        except FileError as error:
            self._not_saved(error)
            return False
        self._frame.program.add_recent(path, self.session.document.map.title)
        self._frame.show_saved(self.tr("Saved {time}").format(time=time.strftime("%H:%M")))
        self._frame.refresh()
        return True

    def _not_saved(self, error: Exception) -> None:
        safe = self.tr("The map is still open here, with all its changes.")
        self._frame.dialogs.problem(self._widget, str(error), safe)

    @property
    def folder(self) -> Path:
        """Where one looks for files first: beside the map."""
        return self.session.path.parent if self.session and self.session.path else self._last_folder()

    def _last_folder(self) -> Path:
        files = self._frame.program.files
        folder = Path(files[0].path).parent if files else Path.home()
        return folder if folder.is_dir() else Path.home()


def _saved_at(path: Path | None) -> str:
    """When the file was written, for the status bar: the time today, else the day."""
    from PySide6.QtCore import QCoreApplication

    if path is None:
        return QCoreApplication.translate("MapFiles", "Not saved yet")
    try:
        moment = time.localtime(path.stat().st_mtime)
    except OSError:
        return ""
    is_today = moment[:3] == time.localtime()[:3]
    shown = time.strftime("%H:%M" if is_today else "%d.%m.%Y", moment)
    return QCoreApplication.translate("MapFiles", "Saved {time}").format(time=shown)
