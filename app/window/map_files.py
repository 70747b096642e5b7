"""The map of a window and its file: opening, saving, going back, and what is asked before it is left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.files import MapFile, OpenMap
    from app.model.records import Record
    from app.window.opening import Loaded, Opener
    from app.window.program import Program
    from app.window.session import Session


class Keeping(Protocol):
    """Who knows what was earlier, and what others did."""

    def merge_with_file(self) -> None:
        """Brings the map together with what is in its file now."""

    def show_earlier_of(self, path: Path) -> None:
        """Shows the earlier versions of a file."""


class Showing(Protocol):
    """Who turns the pages of the window."""

    def show_map(self, loaded: Loaded) -> None: ...

    def show_opening(self, name: str) -> None: ...

    def opening_over(self) -> None: ...


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of the window."""

    @property
    def program(self) -> Program: ...

    def thumbnail(self) -> bytes | None: ...

    def open_beside(self, loaded: Loaded, path: Path | None, *, is_new: bool) -> object:
        """Shows a map in a window of its own."""

    def show_saved(self, text: str) -> None: ...

    def file_changed(self) -> None:
        """The map has another file, or none any more."""

    @property
    def keeping(self) -> Keeping: ...

    @property
    def showing(self) -> Showing: ...


class MapFiles(QObject):
    """Has one open map at most. A map that would be lost is never replaced: another one gets a window of its own."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent
        self._opener: Opener | None = None
        self._is_writing = False
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

    def open_copy(self, path: Path) -> None:
        """Opens a copy of any map, which has to be saved to a place of its own."""
        self.opener.open(path, as_copy=True)

    def open_template(self, name: str) -> None:
        """Begins a new map."""
        from app.paths import template_dir

        self.opener.open(template_dir() / f"{name}.jmap", as_copy=True)

    def opening(self, path: Path) -> None:
        self._frame.showing.show_opening(path.name)

    def opening_over(self) -> None:
        self._frame.showing.opening_over()

    def opened(self, loaded: Loaded, path: Path, *, as_copy: bool) -> None:
        from app.paths import sample_dir, template_dir

        kept = None if as_copy else path
        if as_copy and path.parent in {sample_dir(), template_dir()}:
            from app.files.revisions import begun_from

            loaded = loaded._replace(file=begun_from(loaded.file))
        is_new = as_copy and path.parent == template_dir()
        if self.is_untouched:
            self.adopt(loaded, kept, is_new=is_new)
        else:
            self._frame.showing.opening_over()
            self._frame.open_beside(loaded, kept, is_new=is_new)

    def adopt(self, loaded: Loaded, path: Path | None, *, is_new: bool = False) -> None:
        """Puts a map in place of the one before. `path` None: it has no file of its own; `is_new`: it is begun here."""
        from app.window.session import Session

        before, self.session = self.session, Session(loaded.file, loaded.document, path, is_new=is_new)
        if loaded.report is not None:
            loaded.document.history.mark_unsaved()
        self.session.proposal = loaded.proposal
        try:
            self._frame.showing.show_map(loaded)
        except BaseException:
            self.session = before
            raise
        if before is not None:
            before.let_go()
        self.show_saved()
        if loaded.report is not None:
            self._frame.dialogs.salvaged(self._widget, loaded.report.sentences())

    def not_opened(self, error: Exception, path: Path) -> None:
        """Says why; what can be read of a damaged map is offered, and what was earlier."""
        from app.files.backups import Backups
        from app.window.dialogs import Answer
        from app.window.opening import can_be_salvaged

        if self.session is None:
            self._frame.showing.opening_over()
        has_rest, why = can_be_salvaged(error, path), str(error)
        if f"“{path.name}”" not in why:  # several may have been dropped, or asked for by another program
            why = self.tr("“{name}” cannot be opened. {why}").format(name=path.name, why=why)
        if Backups(path).found():
            answer = self._frame.dialogs.earlier_or_rest(self._widget, why, self._safe(), can_recover=has_rest)
            if answer is Answer.EARLIER:
                self._frame.keeping.show_earlier_of(path)
            elif answer is Answer.RECOVER:
                self.opener.salvage(path)
        elif not has_rest:
            self._frame.dialogs.problem(self._widget, why, self._safe())
        elif self._frame.dialogs.damaged(self._widget, path.name, str(error)):
            self.opener.salvage(path)

    def _safe(self) -> str:
        return self.tr("The map that was open is still here.") if self.session is not None else ""

    def become(self, path: Path, label: str, then: Callable[[OpenMap], object] | None = None) -> None:
        """Makes the map what a file says, in one step that can be undone; `then` is told what the file held.

        A large file is read beside the window, where one may think better of it and go on working meanwhile.
        """
        from app.files import open_map

        self._frame.settle_edits()
        session = self.session
        assert session is not None

        def done(opened: OpenMap) -> None:
            if self.session is session:
                self._frame.settle_edits()
                session.become(opened, label)
                if then is not None:
                    then(opened)

        self.opener.read(path, open_map, done, lambda error: self._not_become(error, path))

    def _not_become(self, error: Exception, path: Path) -> None:
        if self.session is not None and path == self.session.path:
            self.not_opened(error, path)
        else:
            self._frame.dialogs.problem(self._widget, str(error), self.tr("The map is as it was."))

    def put_back(self, backup: Path, path: Path) -> None:
        """Puts an earlier version in place of a file that cannot be opened, sets that aside, and opens it."""
        from app.files import load

        def failed(error: Exception) -> None:
            self._frame.dialogs.problem(self._widget, str(error))

        self.opener.read(backup, load, lambda earlier: self._put_back(earlier, path), failed)

    def _put_back(self, earlier: MapFile, path: Path) -> None:
        from app.files import FileError
        from app.files.backups import put_back

        try:
            aside = put_back(earlier, path)
        except FileError as error:
            self._frame.dialogs.problem(self._widget, str(error))
            return
        self.open_path(path)
        if aside is not None:
            self._frame.say(self.tr("The damaged file is now “{name}”, beside it.").format(name=aside.name))

    def revert(self) -> None:
        """Goes back to what is in the file, after asking."""
        from app.window.opening import load

        self._frame.settle_edits()
        session = self.session
        if session is None or session.path is None or not session.is_modified:
            return
        if not self._frame.dialogs.revert(self._widget, session.name, session.changes):
            return
        path, before = session.path, tuple(session.document.records)
        self.opener.read(
            path,
            load,
            lambda loaded: self._reverted(loaded, path, session, before),
            lambda error: self.not_opened(error, path),
        )

    def _reverted(self, loaded: Loaded, path: Path, session: Session, before: tuple[Record, ...]) -> None:
        """Only what one was asked about is given up: not what was done while the file was read."""
        from app.model.diff import between

        if self.session is not session:
            return
        self._frame.settle_edits()
        if between(before, session.document.records):
            self._frame.say(self.tr("The map was changed while its file was read, so it was not reverted."))
        else:
            self.adopt(loaded, path)

    def show_saved(self) -> None:
        """Says when the map was saved, or that it is not to be."""
        assert self.session is not None
        is_read_only = self.session.is_read_only
        self._frame.show_saved(self.tr("Read-only") if is_read_only else _saved_at(self.session.path))

    # Saving and leaving

    def save(self) -> bool:
        """True where the map is in its file."""
        self._frame.settle_edits()
        if self.session is None:
            return False
        has_file = self.session.path is not None and not self.session.is_read_only
        return self._write(self.session.path) if has_file else self.save_as()  # type: ignore[arg-type]

    def save_as(self) -> bool:
        self._frame.settle_edits()
        if self.session is None:
            return False
        session = self.session
        suggestion = session.copy_suggestion() if session.is_read_only else session.suggestion()
        path = self._frame.dialogs.save_map(self._widget, suggestion)
        return path is not None and self._is_free(path) and self._write(path)

    def save_quietly(self) -> Exception | None:
        """Saves into the map's own file without a question; the FileError where that did not go."""
        from app.files import FileError

        session = self.session
        if session is None or session.path is None or session.is_read_only or not session.is_modified:
            return None
        if self._is_writing:
            return None  # which waits for somebody who holds the file
        try:
            self._put(session.path, is_quiet=True)
        except FileError as error:
            return error
        return None

    def save_copy(self) -> bool:
        """Writes the map to another place, and goes on with the one that is open."""
        from app.files import FileError
        from app.files.saving import same_place

        self._frame.settle_edits()
        if self.session is None:
            return False
        with_history = not self.session.has_past or self._frame.dialogs.copy_history(self._widget)
        if with_history is None:
            return False
        path = self._frame.dialogs.save_map(self._widget, self.session.copy_suggestion())
        if path is None or not self._is_free(path):
            return False
        if self.session.path is not None and same_place(path, self.session.path):
            return self._write(path)
        try:
            self.session.save_copy(path, self._frame.thumbnail(), with_history=with_history)
        except FileError as error:
            self._not_saved(error)
            return False
        self._frame.program.add_recent(path, self.session.document.map.title)
        return True

    def may_leave(self) -> bool:
        """False where the user wants to stay with the open map."""
        from app.window.dialogs import Answer

        if self._is_writing:
            return False
        self._frame.settle_edits()
        session = self.session
        if session is None or not session.is_modified:
            return True
        answer = self._frame.dialogs.unsaved(self._widget, session.name, session.changes)
        return self.save() if answer is Answer.SAVE else answer is Answer.DISCARD

    def close(self) -> None:
        """Stops what is under way; the map that is open goes."""
        if self._opener is not None:
            self._opener.cancel()
        if self.session is not None:
            self.session.let_go()

    def leave(self) -> None:
        """There is no map any more."""
        if self.session is not None:
            self.session.let_go()
        self.session = None

    def _is_free(self, path: Path) -> bool:
        """False, and said, where another window has the file open: it would not know what became of its map."""
        there: object = self._frame.program.window_of(path)
        if there is None or there is self._frame:
            return True
        sentence = self.tr("“{name}” is open in another window; close it there first, or choose another name.")
        self._frame.dialogs.problem(self._widget, sentence.format(name=path.name), self.tr("Nothing was saved."))
        return False

    def _write(self, path: Path, *, force: bool = False, copy: Path | None = None) -> bool:
        """True where the map is in the file. `copy`: where it was put when that did not go before."""
        from app.files import CannotWrite, ChangedOnDisk, FileError
        from app.window.dialogs import Answer

        assert self.session is not None
        if self._is_writing:
            return False
        try:
            self._put(path, force=force)
        except ChangedOnDisk:
            answer = self._frame.dialogs.changed_on_disk(self._widget, path.name)
            if answer is Answer.OVERWRITE:
                return self._write(path, force=True)
            if answer is Answer.MERGE:
                self._frame.keeping.merge_with_file()
            return answer is Answer.SAVE_AS and self.save_as()
        except CannotWrite as error:
            return self._ask_where(path, error, copy, force=force)
        except FileError as error:
            self._not_saved(error)
            return False
        self._frame.program.add_recent(path, self.session.document.map.title)
        return True

    def _put(self, path: Path, *, force: bool = False, is_quiet: bool = False) -> None:
        """Raises FileError."""
        assert self.session is not None
        is_elsewhere = path != self.session.path
        self._is_writing = True
        try:
            self.session.save(path, self._frame.thumbnail(), force=force, is_quiet=is_quiet)
        finally:
            self._is_writing = False
        self.show_saved()
        if not is_quiet:  # at the same place the time at the end of the bar says it all; what was said before is over
            self._frame.say(self.tr("Saved “{name}”").format(name=path.name) if is_elsewhere else "")
        self._frame.file_changed()

    def _ask_where(self, path: Path, error: Exception, copy: Path | None, *, force: bool) -> bool:
        """The file takes no changes: a copy of them is put elsewhere, and the user asked."""
        from app.files import HeldByAnother
        from app.window.dialogs import Answer

        assert self.session is not None
        if copy is None and path == self.session.path:
            copy = self.session.rescue(self._frame.thumbnail(), beside=isinstance(error, HeldByAnother))
        safe = self.tr("The map is still open here, with all its changes.")
        if copy is not None and copy.parent == path.parent:
            safe += " " + self.tr("A copy with them was saved beside it: “{name}”.").format(name=copy.name)
        elif copy is not None:
            safe += " " + self.tr("A copy with them is kept among its backups.")
        answer = self._frame.dialogs.not_saved(self._widget, str(error), safe)
        if answer is Answer.AGAIN:
            return self._write(path, force=force, copy=copy)
        return answer is Answer.SAVE_AS and self.save_as()

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
    """When the file was written, for the status bar."""
    from PySide6.QtCore import QCoreApplication

    from app.window.moments import seconds_words

    if path is None:
        return QCoreApplication.translate("MapFiles", "Not saved yet")
    try:
        shown = seconds_words(path.stat().st_mtime)
    except OSError:
        return ""
    return QCoreApplication.translate("MapFiles", "Saved {time}").format(time=shown)
