"""Rubbish is collected in the main thread only.

Python collects wherever it happens to make objects, and so in the threads that read maps and write posters. What it
finds there may be Qt's: timers and widgets that die outside their own thread bring the program down.
"""

from __future__ import annotations

import gc
import sys
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

INTERVAL: Final = 500
"""Milliseconds between two looks."""

SHARE: Final = 0.002
"""So much of the time, at most, goes into looking through everything there is."""

SELDOM: Final = 10.0
"""Seconds between two such looks, at least."""


MUCH: Final = 1.25
"""By so much what Python holds may grow until it is time for such a look whatever it costs: the window of a map that is
closed is ten megabytes of rubbish.
"""

LARGE: Final = 1 << 20
"""Bytes from which on a piece of memory goes back to the system as soon as it is free."""

HEAPS: Final = 2
"""One for the main thread, one for all others."""

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""What glibc calls them in `malloc.h`."""


class Collector(QObject):
    """From now on it alone collects; what takes longer, not while a mouse button is down: a drag must not stutter."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        QTimer.singleShot(INTERVAL, self, _keep_heaps_small)
        self._soonest = self._next_whole = time.monotonic() + SELDOM
        self._left = sys.getallocatedblocks()
        timer = QTimer(self, interval=INTERVAL)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        made, young = gc.get_count()[0], gc.get_threshold()[0]
        if self._is_due() and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.collect_all()
        elif made > young:
            gc.collect(1)

    def _is_due(self) -> bool:
        """Whether it is time to look through everything."""
        now, looks, many = time.monotonic(), gc.get_count()[2], gc.get_threshold()[2]
        if now < self._soonest:
            return False
        return (looks > many and now >= self._next_whole) or sys.getallocatedblocks() > self._left * MUCH

    def collect_all(self) -> None:
        """Looks through everything now, and gives the system back what is free."""
        start = time.monotonic()
        gc.collect()
        _give_back()
        end = time.monotonic()
        self._soonest = end + SELDOM
        self._next_whole = end + max(SELDOM, (end - start) / SHARE)
        self._left = sys.getallocatedblocks()


def _keep_heaps_small() -> None:
    """Otherwise every thread that reads a map or writes a poster leaves a heap of its own full of gaps, and after the
    first large picture those of tens of megabytes lie in them too: half a gigabyte in an hour's work.
    """
    _glibc("mallopt", _MMAP_THRESHOLD, LARGE)
    _glibc("mallopt", _ARENA_MAX, HEAPS)


def _give_back() -> None:
    """Posters and maps that are closed leave gaps all over the heap, which glibc keeps for itself unless it is told."""
    _glibc("malloc_trim", 0)


def _glibc(name: str, *arguments: int) -> None:
    """Calls a function of the C library where it has one of that name."""
    if sys.platform == "linux":
        import ctypes

        function = getattr(ctypes.CDLL(None), name, None)
        if function is not None:
            function(*arguments)
