"""The versions of the map of a window: looking at them, naming them, going back, and leaving them all behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage

    from app.files import MapFile, OpenMap
    from app.files.revisions import Change
    from app.model.document import Document
    from app.window.comparing import Comparing
    from app.window.opening import Loaded
    from app.window.session import Session
    from app.window.versions_window import VersionRow, VersionsWindow
    from app.window.worker import Job


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of the window."""

    comparing: Comparing

    def save(self) -> bool: ...

    def open_beside(self, loaded: Loaded, path: Path | None, *, is_new: bool) -> object: ...


class Seen(NamedTuple):
    """A version that was read: the map as it was, and how it looks."""

    opened: OpenMap
    picture: QImage


class Versions(QObject):
    """One window of versions at a time."""

    def __init__(self, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self._frame = frame
        self._widget = parent
        self._seen: dict[str, Seen] = {}
        self._job: Job[Seen] | None = None
        self.window: VersionsWindow | None = None

    def show(self) -> None:
        """Opens the window of versions."""
        from app.window.versions_window import VersionsWindow

        self._frame.settle_edits()
        if self._frame.session is None or self.window is not None:
            return
        window = self.window = VersionsWindow(self._widget)
        window.selected.connect(self._look_at)
        window.name_wanted.connect(self._name)
        window.unname_wanted.connect(lambda row: self._rename(row, ""))
        window.copy_wanted.connect(self._open_copy)
        window.compare_wanted.connect(self._compare)
        window.back_wanted.connect(self._go_back)
        window.history_unwanted.connect(self.remove_history)
        window.finished.connect(self._closed)
        self._refresh()
        window.open()

    def close(self) -> None:
        """Closes the window of versions, if it is open."""
        if self.window is not None:
            self.window.close()

    def name_version(self) -> None:
        """Gives the map as it is now a name, and saves it."""
        from app.files.revisions import named_now

        self._frame.settle_edits()
        if self._frame.session is None:
            return
        name = self._frame.dialogs.version_name(self.window or self._widget, self._name_now())
        if name and self._save(lambda file: named_now(file, name)):
            self._frame.say(self.tr("This version is “{name}” now.").format(name=name))

    def remove_history(self) -> None:
        """Leaves nothing in the file but the map as it is now, after asking."""
        from app.files.revisions import without_history

        self._frame.settle_edits()
        session = self._frame.session
        if session is None:
            return
        if not session.has_past:
            self._frame.say(self.tr("This map has no history: nothing but what it is now."))
            return
        is_meant = self._frame.dialogs.remove_history(self.window or self._widget, session.name)
        if is_meant and self._save(without_history):
            self._frame.say(self.tr("The file holds the map as it is now, and nothing of before."))

    # The list

    def _refresh(self, at: int = 0) -> None:
        session = self._frame.session
        if self.window is not None and session is not None:
            self.window.show_rows(_rows(session), at, has_past=session.has_past)

    def _look_at(self, row: VersionRow) -> None:
        """Shows how a version looks, which is read beside the window."""
        self._stop()
        session, window = self._frame.session, self.window
        if session is None or window is None:
            return
        if row.revision is None:
            window.show_picture(_miniature(session.document))
            return
        rev, file = row.revision.rev, session.file
        if rev in self._seen:
            window.show_picture(self._seen[rev].picture)
            return
        job: Job[Seen] = self._frame.worker.job()
        self._job = job
        job.on_done = lambda seen: self._arrived(rev, seen)
        job.on_error = self._failed
        self._frame.worker.start(job, lambda _job: _seen(file, rev))

    def _arrived(self, rev: str, seen: Seen) -> None:
        self._seen[rev] = seen
        if self.window is not None:
            self.window.show_picture(seen.picture)

    def _failed(self, error: Exception) -> None:
        from app.files import FileError

        if not isinstance(error, FileError):
            raise error
        if self.window is not None:
            self.window.show_picture(None, str(error))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # What is done with a version

    def _name(self, row: VersionRow) -> None:
        if row.revision is None:
            self.name_version()
            return
        assert self.window is not None
        name = self._frame.dialogs.version_name(self.window, row.name)
        if name:
            self._rename(row, name)

    def _rename(self, row: VersionRow, name: str) -> None:
        from app.files.revisions import named

        version = row.revision
        if version is not None:
            self._save(lambda file: named(file, version, name))

    def _open_copy(self, row: VersionRow) -> None:
        """Opens a version in a window of its own, where nothing overwrites this one."""
        from datetime import date

        from app.layout.engine import MapLayout
        from app.window.opening import Loaded

        seen = self._seen_of(row)
        if seen is None:
            return
        self.close()
        file, document = seen.opened
        today = date.today()  # noqa: DTZ011 (the date on the user's own calendar)
        self._frame.open_beside(Loaded(file, document, MapLayout(document, today)), None, is_new=False)

    def _compare(self, row: VersionRow) -> None:
        """Shows what has changed since a version."""
        from app.window.compare.states import version_choice

        session = self._frame.session
        if session is not None and row.revision is not None:
            self.close()
            self._frame.comparing.compare_with(version_choice(session.file, row.revision))

    def _go_back(self, row: VersionRow) -> None:
        """Makes the map what it was, in one step that can be undone."""
        from app.model.rules import RuleError

        session, seen = self._frame.session, self._seen_of(row)
        if session is None or seen is None:
            return
        self.close()
        try:
            session.become(seen.opened, self.tr("Go back to a version"))
        except RuleError as error:
            self._frame.dialogs.problem(self._widget, str(error), self.tr("The map is as it was."))
        else:
            self._frame.say(self.tr("The map is as it was: {when}. Ctrl+Z takes that back.").format(when=row.title))

    def _seen_of(self, row: VersionRow) -> Seen | None:
        return self._seen.get(row.revision.rev) if row.revision is not None else None

    def _save(self, rewrite: Callable[[MapFile], MapFile]) -> bool:
        """Saves the map, and does something to its file; the list then shows what is there."""
        session = self._frame.session
        assert session is not None
        session.rewrite = rewrite
        try:
            is_saved = self._frame.save()
        finally:
            session.rewrite = None
        self._refresh(self.window.list.currentRow() if self.window is not None else 0)
        return is_saved

    def _name_now(self) -> str:
        """The name that the map as it is now has already."""
        from app.files.revisions import revisions_of

        session = self._frame.session
        versions = revisions_of(session.file) if session is not None and not session.is_modified else []
        return versions[0].name if versions else ""

    def _closed(self) -> None:
        self._stop()
        self._seen.clear()
        if self.window is not None:
            self.window.deleteLater()
        self.window = None


def _rows(session: Session) -> list[VersionRow]:
    from datetime import datetime

    from app.files.revisions import revisions_of, steps_of
    from app.window.version_words import change_words, times_words
    from app.window.versions_window import VersionRow

    now = datetime.now().astimezone()
    versions = revisions_of(session.file)
    times = times_words([version.time for version in versions], now)
    steps = [change_words(change) for change in steps_of(session.file)]
    is_changed = session.is_modified or not versions
    rows: list[VersionRow] = []
    for version, time, change in zip(versions, times, steps, strict=True):
        words = change or ("" if version.parents else _tr("First version"))
        is_now = not rows and not is_changed
        rows.append(VersionRow(version, _tr("Now · {time}").format(time=time) if is_now else time, words, not is_now))
    if is_changed:
        words = change_words(_unsaved(session)) if versions else _tr("Versions are kept from the first save on")
        rows.insert(0, VersionRow(None, _tr("Now, not saved yet"), words, can_go_back=False))
    return rows


def _unsaved(session: Session) -> Change:
    from app.files.revisions import change_between

    return change_between(session.file.records, session.document.records)


def _seen(file: MapFile, rev: str) -> Seen:
    """Reads a version. Raises FileError."""
    from app.files.mapfile import opened
    from app.files.revisions import file_at

    found = opened(file_at(file, rev))
    return Seen(found, _miniature(found.document))


def _miniature(document: Document) -> QImage:
    from app.window.miniature import miniature
    from app.window.versions_window import PICTURE

    return miniature(document, PICTURE * 2)


def _tr(text: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("Versions", text)
