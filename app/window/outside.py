"""What others do to the file of a window's map, and beside it: noticed, said, and taken over where one wants that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.files.backups import Backups
from app.files.copies import conflict_copies
from app.window.notice_bar import Choice, Notice
from app.window.watching import Watching

if TYPE_CHECKING:
    from pathlib import Path

    from app.files import Fingerprint, MapFile, OpenMap
    from app.files.copies import ConflictCopy
    from app.window.kept import Frame
    from app.window.session import Session
    from app.window.worker import Job

CHANGED: Final = "changed"
COPIES: Final = "copies"


def states_known(file: MapFile) -> frozenset[str]:
    """The states of which nothing is new to a map: those it was in, and those that were merged into it."""
    from app.files.revisions import revisions_of

    return frozenset({file.rev, *file.parents, *file.merged, *(each.rev for each in revisions_of(file))})


class Outside(QObject):
    """Watches the file of one map and its folder."""

    looked = Signal()
    """The folder was looked at."""

    def __init__(self, frame: Frame, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        assert session.path is not None
        self._frame = frame
        self._session = session
        self._path = session.path
        self._job: Job[list[ConflictCopy]] | None = None
        self._hears_of_merges = False
        self._watching = Watching(self._path, frame.worker, lambda state: state == session.file.fingerprint, self)
        self._watching.seen.connect(self._seen)
        self.check()

    def check(self) -> None:
        """Looks at the file soon."""
        self._watching.check()

    def close(self) -> None:
        self._watching.close()
        if self._job is not None:
            self._job.cancel()
        for name in (CHANGED, COPIES):
            self._frame.middle.withdraw(name)

    # The file itself

    def _seen(self, state: Fingerprint | None) -> None:
        if state == self._session.file.fingerprint:
            self._frame.middle.withdraw(CHANGED)
        elif state is None:
            self._tell_gone()
        else:
            self._tell_changed(state)
        self._look_for_copies()
        self.looked.emit()

    def merge(self) -> None:
        """Brings the map together with what is in its file now."""
        self._merge_with(self._path)

    def _tell_changed(self, state: Fingerprint) -> None:
        choices = (
            Choice(self.tr("&Merge…"), self.merge, self.tr("Bring both together; you see what comes of it first")),
            Choice(self.tr("&Reload"), self._reload, self.tr("Show what the file holds now; undo leads back")),
            Choice(self.tr("&Keep mine"), lambda: self._keep_mine(state), self.tr("The next save replaces theirs")),
        )
        text = self.tr("“{name}” was changed by somebody else.").format(name=self._path.name)
        self._frame.middle.tell(Notice(CHANGED, text, choices, icon="merge"))

    def _tell_gone(self) -> None:
        self._session.document.history.mark_unsaved()
        choices = (
            Choice(self.tr("&Save again"), self._frame.files.save, self.tr("Write the map to where it was")),
            Choice(self.tr("Save &as…"), self._frame.files.save_as),
        )
        text = self.tr("“{name}” is not in its folder any more.").format(name=self._path.name)
        self._frame.middle.tell(Notice(CHANGED, text, choices, icon="unlink"))
        self._frame.refresh()

    def _reload(self) -> None:
        """Makes the map what its file says. What was here is one step of undo away."""
        self._frame.files.become(self._path, self.tr("Reload"), self._reloaded)

    def _reloaded(self, opened: OpenMap) -> None:
        if self._session.path != self._path:
            return  # it was saved elsewhere meanwhile, and that file has nothing of this yet
        self._session.file = opened.file
        self._session.document.history.mark_saved()
        self._settled()
        self._frame.say(self.tr("The map is as its file is now. Ctrl+Z leads back to yours."))

    def _keep_mine(self, state: Fingerprint) -> None:
        """What is there now was seen: the next save may replace it, but nothing later. An earlier version holds it."""
        Backups(self._path).keep()
        self._session.file = replace(self._session.file, fingerprint=state)
        self._session.document.history.mark_unsaved()
        self._settled()

    def _merge_with(self, path: Path) -> None:
        merging = self._frame.comparing.merging
        if not self._hears_of_merges:
            self._hears_of_merges = True
            merging.merged.connect(self._merged)
        merging.merge_file(path)

    def _merged(self, theirs: MapFile) -> None:
        """What the file held is in the map now, so that the next save may replace it."""
        if theirs.path == self._path and theirs.fingerprint is not None:
            self._session.file = replace(self._session.file, fingerprint=theirs.fingerprint)
            self._settled()
        self._look_for_copies()

    def _settled(self) -> None:
        self._frame.middle.withdraw(CHANGED)
        self._frame.refresh()

    # Copies beside it

    def _look_for_copies(self) -> None:
        if self._job is not None:
            self._job.cancel()
        file, path = self._session.file, self._path
        ignored = frozenset(self._frame.program.settings.copies_ignored)
        job: Job[list[ConflictCopy]] = self._frame.worker.job()
        self._job = job
        job.on_done = self._tell_of_copies
        self._frame.worker.start(job, lambda _job: conflict_copies(path, file.map_id, ignored | states_known(file)))

    def _tell_of_copies(self, found: list[ConflictCopy]) -> None:
        if not found:
            self._frame.middle.withdraw(COPIES)
            return
        copy = found[0]
        choices = (
            Choice(self.tr("&Merge…"), lambda: self._merge_with(copy.path), self.tr("Bring both together, here")),
            Choice(self.tr("&Open it"), lambda: self._frame.files.open_path(copy.path), self.tr("In its own window")),
            Choice(self.tr("&Ignore it"), lambda: self._ignore(copy), self.tr("You are not told of this copy again")),
        )
        text = self.tr("There is a copy with other changes beside it: “{name}”.").format(name=copy.path.name)
        self._frame.middle.tell(Notice(COPIES, text, choices, rank=2, icon="copy"))

    def _ignore(self, copy: ConflictCopy) -> None:
        self._frame.program.ignore_copy(copy.rev)
        self._frame.middle.withdraw(COPIES)
        self._look_for_copies()
