"""Notices when somebody else changes the file of the open map: by what is in it, not by its date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from app.files.saving import fingerprint_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.files import Fingerprint
    from app.window.worker import Job, Worker

SETTLED: Final = 300
"""Milliseconds without another change after which the file is looked at; who writes it may need several."""


class Watching(QObject):
    """Watches one file. The folder is watched too, for a file that is replaced is another one to the system."""

    seen = Signal(object)
    """In which state the file is, as Fingerprint; None: it is not there. An unknown one is said when it is found twice
    in a row.
    """

    def __init__(
        self, path: Path, worker: Worker, is_known: Callable[[Fingerprint | None], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._worker = worker
        self._is_known = is_known
        self._job: Job[Fingerprint | None] | None = None
        self._unknown: object = self
        self._later = QTimer(self, singleShot=True, interval=SETTLED)
        self._later.timeout.connect(self._look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.check)
        self._watcher.fileChanged.connect(self.check)
        self._watch()

    def check(self) -> None:
        """Looks at the file soon."""
        self._later.start()

    def close(self) -> None:
        self._later.stop()
        self._later.timeout.disconnect(self._look)  # the system may tell of something once more
        if self._job is not None:
            self._job.cancel()
        self._watcher.deleteLater()

    def _watch(self) -> None:
        watched = {*self._watcher.files(), *self._watcher.directories()}
        wanted = [str(place) for place in (self._path, self._path.parent) if str(place) not in watched]
        there = [place for place in wanted if Path(place).exists()]
        if there:
            self._watcher.addPaths(there)

    def _look(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._watch()
        job: Job[Fingerprint | None] = self._worker.job()
        self._job = job
        job.on_done = self._found
        self._worker.start(job, lambda _job: fingerprint_at(self._path))

    def _found(self, state: Fingerprint | None) -> None:
        is_known = self._is_known(state)
        before, self._unknown = self._unknown, (self if is_known else state)
        if is_known or before == state:
            self.seen.emit(state)
        else:
            self._later.start()  # who writes may be at it still, or we have saved since it was looked at
