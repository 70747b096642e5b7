"""How long it takes from a key to the painted letter while one writes in a map of 1,000 cards, 1920 × 1080.

Milliseconds, p50 / p95 / max, key event sent to viewport painted. Software raster; the platform is the one that
QT_QPA_PLATFORM names, offscreen by default. The last column is the p95 as a share of painting the whole view once.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.window.main import application
from benchmarks.bench_frames import PLAIN, Stage

SENTENCE = "the customer waits for an answer and does not know whether it will come nor who calls back "
KEYS = 150


class Typist:
    """Types on a window with a map."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._view = stage.view

    def write(self, id: str, field: str | None = None) -> Iterator[float]:
        """The times of so many keys, some of which begin a new line, so that rows grow."""
        self._view.editing.begin(id, field)
        self._stage.rest()
        for char in islice(cycle(SENTENCE), KEYS):
            yield self._stage.frame(partial(self._press, char))
        self._view.editing.cancel()
        self._stage.rest()

    def capture(self, id: str) -> Iterator[float]:
        """Cards of ten letters each, one below the other."""
        self._view.selection.select([id])
        self._view.editing.begin(id)
        for at in range(KEYS):
            if at % 11 == 10:
                self._press("\r", Qt.Key.Key_Return)
            else:
                yield self._stage.frame(partial(self._press, SENTENCE[at % 60]))
        self._view.editing.cancel()

    def whole(self) -> Iterator[float]:
        """The whole view painted anew."""
        for _ in range(30):
            yield self._stage.frame(self._view.viewport().update)

    def _press(self, text: str, key: Qt.Key = Qt.Key.Key_A) -> None:
        QApplication.sendEvent(self._view, QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, text))


def main() -> None:
    app = application()
    print(f"platform {app.platformName()}, software raster, ms: p50, p95, max, p95 / whole view")
    stage = Stage(1_000)
    typist = Typist(stage)
    whole = 1.0
    for zoom in (1.0, 0.6, 2.0):
        stage.view.zoom_to(zoom)
        stage.view.show_beginning() if zoom == 1.0 else stage.view.reveal_current()
        stage.rest()
        whole = _p(list(typist.whole()), 0.5)
        print(f"zoom {zoom:.0%}")
        id = stage.one()[0]
        _report("a card's title", list(typist.write(id)), whole)
        _report("a card's body", list(typist.write(id, "body")), whole)
        _report("a stage", list(typist.write("st0")), whole)
        _report("a lane", list(typist.write("ln0")), whole)
        _report("an emotion point", list(typist.write("ep0_0")), whole)
    _report("card after card", list(typist.capture(stage.one()[0])), whole)
    stage.close()


def _report(name: str, times: list[float], whole: float) -> None:
    p95 = _p(times, 0.95)
    print(f"  {name:<20} {_p(times, 0.5):7.1f} {p95:7.1f} {max(times):7.1f} {p95 / whole:7.2f}", flush=True)


def _p(times: list[float], share: float) -> float:
    return sorted(times)[int((len(times) - 1) * share)]


if __name__ == "__main__":
    main()
