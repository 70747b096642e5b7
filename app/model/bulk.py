"""Making very many objects at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keeps Python's collector from looking at objects of which all are to stay, or none are in cycles.

    Opening a map makes some hundred thousand of them, and the collector would go through them again and again: a third
    of the time. Painting a poster makes as many. Calls may be nested.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
