"""How long the canvas takes from an event to the painted frame, at 1,000 and 10,000 cards, in a 1920 × 1080 window.

Milliseconds, p50 / p95 / max, event sent to viewport painted. Software raster; the platform is the one that
QT_QPA_PLATFORM names, offscreen by default: run it under `xvfb-run` with QT_QPA_PLATFORM=xcb to see X11 too.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from unittest.mock import patch

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.canvas.view import MapView
from app.files import MapFile
from app.layout.engine import MapLayout
from app.model.document import Document
from app.window.dialogs import Answer
from app.window.main import application
from app.window.opening import Loaded
from app.window.window import MainWindow
from benchmarks.maps import big_map

WIDTH, HEIGHT = 1920, 1080
FRAMES = 150
PACE = 1 / 60
"""Seconds between two events, as a mouse sends them; what the canvas does in between is its own affair."""
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Painted(QObject):
    """Sees when the viewport has been painted."""

    def __init__(self, view: MapView) -> None:
        super().__init__()
        self.count = 0
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt calls it so)
        del watched
        self.count += event.type() == QEvent.Type.Paint
        return False


class Stage:
    """A window with a map, and hands on it."""

    def __init__(self, cards: int) -> None:
        records = big_map(cards)
        self.document = Document(records)
        self.window = MainWindow()
        self.window.resize(WIDTH, HEIGHT)
        self.window.show()
        loaded = Loaded(MapFile(tuple(records)), self.document, MapLayout(self.document))
        self.window.files.adopt(loaded, None)
        self.window.finish()
        self.view = self.window.view
        self.painted = Painted(self.view)
        self.rest(1.0)
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """What was tried is not kept, and nobody is asked."""
        with patch.object(self.window.dialogs, "unsaved", return_value=Answer.DISCARD):
            self.window.close()

    def rest(self, seconds: float = 0.35) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            QApplication.processEvents()

    def frame(self, act: Callable[[], None]) -> float:
        """Milliseconds until what `act` did is painted."""
        before = self.painted.count
        start = time.perf_counter()
        act()
        while self.painted.count == before and time.perf_counter() - start < 0.5:
            QApplication.processEvents()
        taken = time.perf_counter() - start
        self.rest(max(0.0, PACE - taken))
        return taken * 1000

    def mouse(self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        viewport = self.view.viewport()
        event = QMouseEvent(kind, at, viewport.mapToGlobal(at), button, buttons, PLAIN)
        QApplication.sendEvent(viewport, event)

    def wheel(self, dx: int, dy: int, at: QPointF, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        viewport = self.view.viewport()
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, viewport.mapToGlobal(at), QPoint(), QPoint(dx, dy), NONE, modifiers, phase, False)
        QApplication.sendEvent(viewport, event)

    def pan(self) -> Iterator[float]:
        """A touchpad's small steps, to the right and down and back, over ground not seen before."""
        middle = QPointF(WIDTH / 2, HEIGHT / 2)
        for at in range(FRAMES):
            dx, dy = ((-40, 0), (0, -40), (-40, -40), (30, 20))[at * 4 // FRAMES]
            yield self.frame(lambda dx=dx, dy=dy: self.wheel(dx, dy, middle))  # type: ignore[misc]

    def drag(self, ids: list[str]) -> Iterator[float]:
        """From a card over its neighbours' cells and back; the first frame is the lifting."""
        scene = self.view.map_scene()
        assert scene is not None
        self.view.selection.select(ids)
        held = next(id for id in ids if self._in_view(id))
        start = self._middle(held)
        self.rest()
        self.mouse(QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
        for at in range(FRAMES):
            by = QPointF(at * 3 % 400 + 6, at * 2 % 260)
            spot = QPointF(min(start.x() + by.x(), WIDTH - 120), min(start.y() + by.y(), HEIGHT - 260))
            yield self.frame(lambda spot=spot: self.mouse(QEvent.Type.MouseMove, spot, NONE, LEFT))  # type: ignore[misc]
        self.view.cancel()
        self.rest()

    def band(self) -> Iterator[float]:
        """A rubber band from the first gap between two columns to the other end of the view and back."""
        scene = self.view.map_scene()
        assert scene is not None
        start = self.view.viewportTransform().map(QPointF(scene.layout.columns[1].x, scene.layout.rows[0].y + 1.0))
        room = WIDTH - 120 - start.x(), HEIGHT - 260 - start.y()
        self.mouse(QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
        for at in range(FRAMES):
            part = min(at + 1, FRAMES - at) * 2 / FRAMES
            spot = start + QPointF(room[0] * part, room[1] * part)
            yield self.frame(lambda spot=spot: self.mouse(QEvent.Type.MouseMove, spot, NONE, LEFT))  # type: ignore[misc]
        self.view.cancel()
        self.rest()

    def zoom(self) -> Iterator[float]:
        """The wheel turned out and in, without the rest after which the map is painted sharp."""
        for at in range(FRAMES):
            way = -30 if at % 50 < 30 else 45
            yield self.frame(lambda way=way: self.wheel(0, way, QPointF(700, 500), CONTROL))  # type: ignore[misc]

    def sharp(self) -> Iterator[float]:
        """The frame that follows when the wheel rests, at several zooms."""
        for zoom in (1.0, 0.8, 0.62, 0.5, 0.36, 0.25, 0.15, 1.5) * 3:
            yield self.frame(lambda zoom=zoom: self.view.zoom_to(zoom))  # type: ignore[misc]
            self.rest(0.05)
        self.view.zoom_to(1.0)
        self.view.show_beginning()
        self.rest()

    def one(self) -> list[str]:
        """A card in the middle of the view."""
        return [next(id for id in self.many(100) if self._in_view(id))]

    def many(self, count: int) -> list[str]:
        """The cards nearest to the beginning."""
        store = self.document.store
        return sorted(store.ids_of_type("card"), key=lambda card: int(card[1:]))[:count]

    def _middle(self, id: str) -> QPointF:
        scene = self.view.map_scene()
        assert scene is not None
        placed = scene.layout.card(id)
        assert placed is not None
        rect = placed.rect
        return self.view.viewportTransform().map(QPointF(rect.x + rect.w / 2, rect.y + rect.h / 2))

    def _in_view(self, id: str) -> bool:
        at = self._middle(id)
        return 200 < at.x() < WIDTH - 200 and 150 < at.y() < HEIGHT - 250


def report(name: str, times: list[float]) -> None:
    times = sorted(times)
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"  {name:<24} {p50:7.1f} {p95:7.1f} {times[-1]:7.1f}", flush=True)


def main() -> None:
    app = application()
    print(f"platform {app.platformName()}, software raster, {WIDTH} × {HEIGHT}, ms: p50, p95, max")
    for cards in (1_000, 10_000):
        stage = Stage(cards)
        print(f"{cards} cards")
        stage.view.show_beginning()
        stage.rest()
        report("pan", list(stage.pan()))
        stage.view.show_beginning()
        report("drag one card", list(stage.drag(stage.one())))
        report("drag 500 cards, 100 %", list(stage.drag(stage.many(500))))
        report("rubber band, 100 %", list(stage.band()))
        stage.view.zoom_to(0.36)
        stage.view.show_beginning()
        stage.rest()
        report("zoom gesture", list(stage.zoom()))
        stage.rest()
        report("sharp after zooming", list(stage.sharp()))
        stage.view.zoom_to(0.4)
        stage.rest()
        report("drag 500 cards, 40 %", list(stage.drag(stage.many(500))))
        report("rubber band, 40 %", list(stage.band()))
        stage.close()


if __name__ == "__main__":
    main()
