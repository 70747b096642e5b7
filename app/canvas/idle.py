"""Work that can wait: done in short slices between two turns of the event loop, so that no frame waits for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

SLICE: Final = 0.003
"""Seconds of work per turn of the event loop."""

QUIET: Final = 250
"""Milliseconds without input after which also what is not in sight is worked on."""


class Idle(QObject):
    """Pieces of work by name; each is an iterator that does a little per step. A new one replaces its namesake."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._soon: dict[str, Iterator[None]] = {}
        self._later: dict[str, Iterator[None]] = {}
        self._is_quiet = False
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._fall_quiet)
        self._quiet.start()

    def soon(self, name: str, work: Iterator[None]) -> None:
        """Work for what is in sight or about to be."""
        self._soon[name] = work
        self._turn.start()

    def later(self, name: str, work: Iterator[None]) -> None:
        """Work for when nothing else is to be done."""
        self._later[name] = work
        self.poke()

    def poke(self) -> None:
        """There was input: what can wait longer waits."""
        self._is_quiet = False
        self._quiet.start()

    def finish(self) -> None:
        """Does everything now."""
        for queue in (self._soon, self._later):
            while queue:
                for _ in queue.pop(next(iter(queue))):
                    pass

    def stop(self) -> None:
        self._soon.clear()
        self._later.clear()
        self._turn.stop()
        self._quiet.stop()

    def _fall_quiet(self) -> None:
        self._is_quiet = True
        if self._later:
            self._turn.start()

    def _go_on(self) -> None:
        end = time.perf_counter() + SLICE
        while time.perf_counter() < end:
            queue = self._soon or (self._later if self._is_quiet else None)
            if not queue:
                self._turn.stop()
                return
            name = next(iter(queue))
            work = queue[name]
            if next(work, self) is self and queue.get(name) is work:
                del queue[name]
