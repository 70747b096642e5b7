"""Work away from the main thread, so that the window never waits.

One executor and one long-lived object with a signal: what a worker has to tell is told in the main thread.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
Said = TypeVar("Said")


class Job(Generic[T]):
    """A piece of work under way. `cancel` asks it to stop; what it then says is not passed on.

    At its end it lets go of those who listen, and of the maps that they hold.
    """

    def __init__(self, tell: Callable[[Callable[[], None]], None]) -> None:
        self._tell = tell
        self._cancelled = Event()
        self.is_over = False
        """Whether there is nothing more to be heard of it."""
        self._listen_no_more()

    def _listen_no_more(self) -> None:
        self.on_progress: Callable[[float], None] = _ignore
        self.on_done: Callable[[T], None] = _ignore
        self.on_error: Callable[[Exception], None] = _ignore

    def cancel(self) -> None:
        self._cancelled.set()
        self.is_over = True
        self._listen_no_more()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def progress(self, part: float) -> None:
        """Called by the work: the part done, 0 … 1."""
        self._later(lambda: self.on_progress(part))

    def run(self, work: Callable[[Job[T]], T]) -> None:
        """Does the work, in the worker's thread."""
        try:
            result = work(self)
        except Exception as error:  # noqa: BLE001 (whatever it is, the main thread decides what to say)
            self._later(lambda error=error: self._end(self.on_error, error))  # type: ignore[misc]
        else:
            self._later(lambda: self._end(self.on_done, result))

    def _end(self, tell: Callable[[Said], None], said: Said) -> None:
        self.is_over = True
        self._listen_no_more()
        tell(said)

    def _later(self, tell: Callable[[], None]) -> None:
        self._tell(lambda: None if self.is_cancelled() else tell())


class Crew(QObject):
    """Threads that work for an object and speak through its signals, so that none may outlive it. Qt deletes objects by
    itself with their parents; such an end waits for the work, too.
    """

    def __init__(self, threads: int, name: str, parent: QObject | None) -> None:
        super().__init__(parent)
        self._pool = pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._is_closed = False
        self.destroyed.connect(lambda: pool.shutdown(wait=True, cancel_futures=True))

    def close(self) -> None:
        """Drops what waits, and lets what runs come to its end unheard."""
        self._is_closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)


class Worker(Crew):
    """Runs jobs one after the other."""

    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(1, "journeymapper", parent)
        self._jobs: list[Job[object]] = []
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    def job(self) -> Job[T]:
        """A new job, to be given its listeners and then to `start`."""
        return Job(self._told.emit)

    def start(self, job: Job[T], work: Callable[[Job[T]], T]) -> None:
        """Does the work when it is its turn; none is begun after the end, when timers may still ask for some."""
        if self._is_closed:
            return
        self._jobs = [other for other in self._jobs if not other.is_over]
        self._jobs.append(job)  # type: ignore[arg-type]
        self._pool.submit(job.run, work)

    def close(self) -> None:
        """Cancels everything and waits until it has stopped."""
        for job in self._jobs:
            job.cancel()
        super().close()

    def _hear(self, tell: Callable[[], None]) -> None:
        tell()


def _ignore(_: object) -> None:
    pass
