"""Bringing the map of a window together with another copy of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.model.diff import Diff, between, inverse
from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.model.records import Record
    from app.window.compare.states import Choice
    from app.window.compare.window import CompareWindow
    from app.window.map_files import MapFiles
    from app.window.merge.window import MergeWindow
    from app.window.merge.work import Copy, Together
    from app.window.session import Session
    from app.window.status import ProgressStrip
    from app.window.worker import Job


class Frame(MapFrame, AskingFrame, Protocol):
    """What is asked of the window."""

    files: MapFiles

    @property
    def progress(self) -> ProgressStrip: ...


class Merging(QObject):
    """One merge at a time."""

    merged = Signal(object)
    """The map holds what was in the other copy; its `MapFile`."""

    def __init__(
        self, frame: Frame, compare: Callable[[Choice, str], CompareWindow | None], parent: QWidget
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._frame = frame
        self._compare = compare
        self._widget = parent
        self._job: Job[Together | None] | None = None
        self.window: MergeWindow | None = None
        """The merge window while it is open."""

    def merge(self) -> None:
        """Asks for another copy of the map."""
        from app.files.saving import same_place

        self._frame.settle_edits()
        session = self._frame.session
        if session is None or self.is_busy:
            return
        path = self._frame.dialogs.open_map(self._widget, self._frame.files.folder, self.tr("Merge with another copy"))
        if path is None:
            return
        if session.path is not None and same_place(path, session.path):
            sentence = self.tr("“{name}” is the file of this map itself; choose another copy of it.")
            self._frame.dialogs.problem(self._widget, sentence.format(name=path.name))
            return
        self.merge_file(path)

    def merge_file(self, path: Path) -> None:
        """Brings the map together with a copy in a file, which is read beside the window.

        What is to be decided is asked in a window of its own; nothing changes before one accepts there.
        """
        self._frame.settle_edits()
        if self._frame.session is not None and not self.is_busy:
            self._start(lambda: _copy_of(path), path.name)

    def close(self) -> None:
        """The map goes."""
        self._cancel()
        if self.window is not None:
            self.window.reject()

    @property
    def is_busy(self) -> bool:
        """Whether a merge is worked out, or its window is open."""
        return self._job is not None or self.window is not None

    def _start(self, fetch: Callable[[], Copy], name: str) -> None:
        from app.window.merge.work import bring_together

        session = self._frame.session
        assert session is not None
        mine, records, media = session.file, tuple(session.document.records), session.document.media
        job: Job[Together | None] = self._frame.worker.job()
        copies: list[Copy] = []

        def work(_job: Job[Together | None]) -> Together | None:
            copies.append(fetch())
            return bring_together(mine, records, media, copies[0])

        job.on_done = lambda together: self._arrived(together, copies[0], session)
        job.on_error = self._failed
        self._job = job
        text = self.tr("Merging with “{name}”…").format(name=name)
        self._frame.progress.begin(text, self._cancel, is_measured=False)
        self._frame.worker.start(job, work)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _end(self) -> None:
        self._job = None
        self._frame.progress.end()

    def _failed(self, error: Exception) -> None:
        from app.files import FileError

        self._end()
        if not isinstance(error, FileError):
            raise error
        self._frame.dialogs.problem(self._widget, str(error), self.tr("The map that is open was not changed."))

    def _arrived(self, together: Together | None, copy: Copy, session: Session) -> None:
        self._end()
        if self._frame.session is not session:
            return  # another map is open by now
        if together is None:
            self._compare_instead(copy)
            return
        self._frame.settle_edits()
        if _has_gone_on(together, session):
            self._start(lambda: copy, copy.name)
            return
        self._open(together, session)

    def _open(self, together: Together, session: Session) -> None:
        from app.window.merge.window import MergeWindow

        window = self.window = MergeWindow(together, self._widget)
        window.agreed.connect(lambda records: self._take(together, session, records))
        window.finished.connect(self._closed)
        window.open()

    def _take(self, together: Together, session: Session, records: tuple[Record, ...]) -> None:
        """Makes the merged map the open one, in one step that can be undone."""
        if self._frame.session is not session:
            return  # another map was opened behind the window
        self._frame.settle_edits()
        if _has_gone_on(together, session):
            self._frame.say(self.tr("The map has changed meanwhile: decide once more, with what is new in it."))
            self._start(lambda: together.copy, together.copy.name)
            return
        document = session.document
        document.media.take_from(together.copy.media, together.merge.media_of_theirs(records))
        change = between(document.records, records)
        with document.edit(self.tr("Merge with “{name}”").format(name=together.copy.name)) as tx:
            tx.apply(change)
        _Parentage(session, together.copy.file.rev, change)
        self._frame.refresh()
        self._frame.say(self.tr("Merged with “{name}”. Ctrl+Z takes it back.").format(name=together.copy.name))
        self.merged.emit(together.copy.file)

    def _compare_instead(self, copy: Copy) -> None:
        """Two maps without a common state are shown side by side; single changes can be taken over there."""
        from app.window.compare.states import mapfile_choice

        sentence = self.tr(
            "These two have no common past, so they cannot be merged by themselves. Choose what you want of “{name}”, "
            "and take it over one by one."
        )
        self._compare(mapfile_choice(copy.file, copy.name), sentence.format(name=copy.name))

    def _closed(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.deleteLater()


class _Parentage:
    """Tells the file of a map from which other revision it comes too; not while the merge is undone."""

    def __init__(self, session: Session, rev: str, change: Diff) -> None:
        self._session = session
        self._rev = rev
        self._change = change
        self._undone = inverse(change)
        self._note(is_merged=True)
        session.document.subscribe(self._on_diff)

    def _on_diff(self, diff: Diff) -> None:
        if diff == self._undone:
            self._note(is_merged=False)
        elif diff == self._change:
            self._note(is_merged=True)

    def _note(self, *, is_merged: bool) -> None:
        file = self._session.file
        others = tuple(rev for rev in file.merged if rev != self._rev)
        self._session.file = replace(file, merged=(*others, self._rev) if is_merged and self._rev else others)


def _has_gone_on(together: Together, session: Session) -> bool:
    """Whether the map was changed since the merge was worked out, say out of the compare window."""
    return bool(between(together.merge.mine.values(), session.document.records))


def _copy_of(path: Path) -> Copy:
    from app.files import load
    from app.window.compare.states import pictures_in
    from app.window.merge.work import Copy

    file = load(path)
    return Copy(path.name, file, pictures_in(file))
