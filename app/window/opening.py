"""Opening a map: at once where it is small, beside the window with a way out where it is large."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.files import MapFile, OpenMap
    from app.files.salvage_report import Report
    from app.layout.engine import MapLayout
    from app.model.document import Document
    from app.window.worker import Job, Worker

T = TypeVar("T")

LARGE: Final = 400_000
"""Bytes from which on a file is opened in a thread of its own: about a third of a second of work."""


class Loaded(NamedTuple):
    """A map ready to be shown. Read out of a damaged file, there is a `report` of what is missing, and a `proposal`
    where to save it.
    """

    file: MapFile
    document: Document
    layout: MapLayout
    report: Report | None = None
    proposal: Path | None = None


class Receiver(Protocol):
    """Who gets the map."""

    def opening(self, path: Path) -> None:
        """A large map is on its way."""

    def opened(self, loaded: Loaded, path: Path, *, as_copy: bool) -> None: ...

    def not_opened(self, error: Exception, path: Path) -> None: ...

    def opening_over(self) -> None:
        """Nothing is on its way any more: it was given up, or what was read is for the map that is open."""


class Opener(QObject):
    """Opens one map at a time, or reads its file again; a second one takes the place of the first."""

    def __init__(self, receiver: Receiver, worker: Callable[[], Worker], parent: QObject) -> None:
        """The worker is asked for only where a map is so large that it is needed."""
        super().__init__(parent)
        self._receiver = receiver
        self._worker = worker
        self._job: Job[Any] | None = None

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def open(self, path: Path, *, as_copy: bool = False) -> None:
        """Opens a file. `as_copy`: the map is to have no file of its own, so that this one cannot be overwritten."""
        self._open(path, load, as_copy=as_copy)

    def salvage(self, path: Path) -> None:
        """Opens what can be read of a damaged file, as a map without a file of its own."""
        self._open(path, load_rest, as_copy=True)

    def read(
        self, path: Path, read: Callable[[Path], T], done: Callable[[T], object], failed: Callable[[Exception], object]
    ) -> None:
        """Reads a file for the map that is open, in the same way. `failed` gets a FileError; else `done` is called."""

        def arrived(found: T) -> None:
            self._receiver.opening_over()
            done(found)

        self.cancel()
        if _size(path) >= LARGE:
            self._read_beside(path, read, arrived, failed)
        else:
            _read_now(path, read, done, failed)

    def _open(self, path: Path, read: Callable[[Path], Loaded], *, as_copy: bool) -> None:
        def opened(loaded: Loaded) -> None:
            self._receiver.opened(loaded, path, as_copy=as_copy)

        def failed(error: Exception) -> None:
            self._receiver.not_opened(error, path)

        self.cancel()
        way = self._read_beside if _size(path) >= LARGE else _read_now
        way(path, read, opened, failed)

    def cancel(self) -> None:
        """Thinks better of it."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self._receiver.opening_over()

    def _read_beside(
        self, path: Path, read: Callable[[Path], T], done: Callable[[T], object], failed: Callable[[Exception], object]
    ) -> None:
        worker = self._worker()
        job: Job[T] = worker.job()
        self._job = job
        self._receiver.opening(path)
        job.on_done = lambda found: self._arrived(found, done)
        job.on_error = lambda error: self._failed(error, failed)
        worker.start(job, lambda _job: read(path))

    def _arrived(self, found: T, done: Callable[[T], object]) -> None:
        self._job = None
        done(found)

    def _failed(self, error: Exception, failed: Callable[[Exception], object]) -> None:
        self._job = None
        self._receiver.opening_over()
        if not isinstance(error, _expected()):
            raise error
        failed(error)


def _read_now(
    path: Path, read: Callable[[Path], T], done: Callable[[T], object], failed: Callable[[Exception], object]
) -> None:
    try:
        found = read(path)
    except _expected() as error:
        failed(error)
    else:
        done(found)


def load(path: Path) -> Loaded:
    """Reads a file and lays its map out. Raises FileError."""
    from app.files import open_map

    return _laid_out(open_map(path))


def load_rest(path: Path) -> Loaded:
    """Reads what can be read of a damaged file, and lays that out. Raises FileError."""
    from app.files.salvage import salvage

    opened, report = salvage(path)
    return _laid_out(opened)._replace(report=report, proposal=path.with_name(f"{path.stem} recovered.jmap"))


def can_be_salvaged(error: Exception, path: Path) -> bool:
    """Whether a file that was not opened for this reason may hold a map all the same, damaged as it is."""
    from app.files import Damaged, InvalidMap, NotAMap
    from app.files.salvage import was_a_map

    return isinstance(error, Damaged | InvalidMap | NotAMap) and was_a_map(path)


def _laid_out(opened: OpenMap) -> Loaded:
    from app.layout.engine import MapLayout

    today = date.today()  # noqa: DTZ011 (the date on the user's own calendar)
    return Loaded(opened.file, opened.document, MapLayout(opened.document, today))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def _expected() -> tuple[type[Exception], ...]:
    from app.files import FileError

    return (FileError,)
