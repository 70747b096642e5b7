"""Pictures for the screen: decoded beside the window, at about the size in which they are seen, and kept for a while.

A name says what a picture is, so all windows share one store. While a picture is not there yet, whatever size of it is
there stands in for it, or nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future, ThreadPoolExecutor

    from PySide6.QtGui import QImage

    from app.layout.drawing import PictureFile

BOUND: Final = 192 * 1024 * 1024
"""Bytes of decoded pictures that are kept; those not seen for the longest time go first."""

LARGEST: Final = BOUND // 4
"""Bytes of one decoded picture at most: a photo of the wall at twelve million pixels."""

PIXEL: Final = 4
"""Bytes."""

TOGETHER: Final = 30
"""Milliseconds for which arrivals are gathered."""


class _Level(NamedTuple):
    """A picture decoded to a width in px: its own, or that halved some times."""

    name: str
    width: int


class Pictures(QObject):
    """The store. Lives in the main thread, and outlives its worker: call `close` before it goes."""

    arrived = Signal(str)
    """A picture can be painted that could not be, or not as sharply; its name."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None, bound: int = BOUND) -> None:
        super().__init__(parent)
        self._bound = bound
        self._kept: OrderedDict[_Level, QImage | None] = OrderedDict()
        self._asked: dict[_Level, Future[QImage | None]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._is_closed = False
        self.size = 0
        self._done.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def image(self, file: PictureFile, width: float) -> QImage | None:
        """The picture for so many px on the screen, or what is there of it meanwhile; None: nothing yet, or never."""
        level = _Level(file.name, _level_width(file, width))
        if level in self._kept:
            self._kept.move_to_end(level)
            return self._kept[level]
        if level not in self._asked and not self._is_closed:
            self._ask(file, level)
        there = [known for known in self._kept if known.name == file.name]
        return self._kept[min(there, key=lambda known: abs(known.width - level.width))] if there else None

    def finish(self) -> bool:
        """Waits for what has been asked for. True where there was anything."""
        levels = list(self._asked)
        for level in levels:
            self._take(level)
        return bool(levels)

    def forget(self) -> None:
        """Lets all pictures go; those that are seen again are decoded anew."""
        self._kept.clear()
        self.size = 0

    def close(self) -> None:
        """Decodes nothing more, and waits until the worker has said its last word."""
        self._is_closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._asked.clear()

    def _ask(self, file: PictureFile, level: _Level) -> None:
        from app.layout.pixels import decoded

        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        future = self._asked[level] = self._pool.submit(decoded, file, level.width)
        future.add_done_callback(lambda _: self._done.emit(level))

    def _take(self, level: _Level) -> None:
        future = self._asked.pop(level, None)
        if future is None:
            return
        image = future.result() if future.exception() is None else None
        self._kept[level] = image
        self.size += image.sizeInBytes() if image is not None else 0
        while self.size > self._bound and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self.size -= gone.sizeInBytes() if gone is not None else 0
        self.arrived.emit(level.name)


def _level_width(file: PictureFile, width: float) -> int:
    """The smallest of the picture's own width, half of it, a quarter, … that is enough, and not too much to keep."""
    level = file.width
    while level // 2 >= width and level > 1:
        level //= 2
    while level > 1 and level * (file.height * level / file.width) * PIXEL > LARGEST:
        level //= 2
    return level


_store: Pictures | None = None


def pictures() -> Pictures:
    """The store of this program. Only for the main thread."""
    global _store  # noqa: PLW0603 (made late: it is an object of Qt)
    if _store is None:
        _store = Pictures()  # it has no parent: it must be there until the interpreter has waited for its worker
    return _store


class Refreshing(QObject):
    """Tells the items of a scene when their pictures have arrived: those of a moment together."""

    def __init__(self, items: Callable[[], Iterable[object]], parent: QObject) -> None:
        super().__init__(parent)
        self._items = items
        self._names: set[str] = set()
        self._turn = QTimer(self, singleShot=True, interval=TOGETHER)
        self._turn.timeout.connect(self._tell)
        pictures().arrived.connect(self._note)

    def stop(self) -> None:
        self._turn.stop()
        pictures().arrived.disconnect(self._note)

    def _note(self, name: str) -> None:
        self._names.add(name)
        if not self._turn.isActive():
            self._turn.start()

    def _tell(self) -> None:
        names, self._names = frozenset(self._names), set()
        for item in self._items():
            if isinstance(item, Shows):
                item.refresh_pictures(names)


@runtime_checkable
class Shows(Protocol):
    """An item that shows pictures, perhaps."""

    def refresh_pictures(self, names: frozenset[str]) -> None: ...
