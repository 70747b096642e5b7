"""The program as it is started, on a real X server, with a real pointer: drag a card, undo it, drag again, save, close.

Skipped only where Xvfb or xdotool cannot be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.files import dumps, load, open_map
from app.layout.engine import MapLayout
from app.model.queries import cards_in, columns
from app.model.records import Card, Record
from app.paths import sample_dir

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "xdotool")
WIDTH, HEIGHT = 1600, 1000
LONGEST = 20.0

pytestmark = [
    pytest.mark.skipif(any(shutil.which(tool) is None for tool in TOOLS), reason="needs Xvfb and xdotool"),
    pytest.mark.usefixtures("qapp"),
]


def wait_for(what: Callable[[], bool], why: str) -> None:
    end = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < end, why
        time.sleep(0.05)


class Screen:
    """An X server of our own with a pointer and a keyboard."""

    def __init__(self, folder: Path) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.environment = {
            **os.environ,
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": "1",
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def do(self, *words: object) -> str:
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=20)
        return done.stdout.strip()

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.do("mousemove", *start, "mousedown", 1)
        for part in range(1, 11):
            x = start[0] + (end[0] - start[0]) * part // 10
            y = start[1] + (end[1] - start[1]) * part // 10
            self.do("mousemove", x, y)
            time.sleep(0.02)
        time.sleep(0.1)
        self.do("mouseup", 1)
        time.sleep(0.1)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(10)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    made = Screen(tmp_path)
    yield made
    made.close()


CODE = f"""
import sys
from app.window import main
from PySide6.QtCore import QTimer
opened = main.start
def start(paths):
    window = opened(paths)
    window.setGeometry(0, 0, {WIDTH}, {HEIGHT})
    def tell():
        corner = window.view.viewport().mapToGlobal(window.view.viewport().rect().topLeft())
        shift = window.view.viewportTransform()
        print(corner.x() + shift.dx(), corner.y() + shift.dy(), shift.m11(), flush=True)
    window.ready.connect(lambda: QTimer.singleShot(500, tell))
    return window
main.start = start
sys.exit(main.run(sys.argv[1:]))
"""


def test_drag_undo_drag_save_and_close(screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "map.jmap"
    shutil.copy(sample_dir() / "broadband.jmap", path)
    before = load(path)
    layout = MapLayout(open_map(path).document)
    program = subprocess.Popen(
        [sys.executable, "-c", CODE, str(path)],
        cwd=ROOT, env=screen.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert program.stdout is not None
        x, y, scale = (float(word) for word in program.stdout.readline().split())

        def at(place: tuple[float, float]) -> tuple[int, int]:
            return round(x + place[0] * scale), round(y + place[1] * scale)

        card, start, end = a_drag(layout, before.records)
        screen.do("mousemove", *at((layout.size[0] / 3, 4.0)), "click", 1)
        screen.drag(at(start), at(end))
        screen.do("key", "ctrl+z")
        screen.do("key", "ctrl+s")
        wait_for(lambda: load(path).thumbnail is not None, "the first save did not come")
        assert dumps(load(path).records) == dumps(before.records), "undo brings every byte back"
        screen.drag(at(start), at(end))
        screen.do("key", "ctrl+s")
        wait_for(lambda: dumps(load(path).records) != dumps(before.records), "the second save did not come")
        screen.do("key", "ctrl+q")
        assert program.wait(LONGEST) == 0
    finally:
        program.kill()
        program.communicate(timeout=10)
    store = open_map(path).document.store
    moved = store.of(Card, card.id)
    assert moved is not None
    steps = [step.id for step in columns(store)]
    assert moved.lane == card.lane
    assert steps.index(moved.step) == steps.index(card.step) + 1
    assert cards_in(store, moved.lane, moved.step)[-1].id == card.id


def a_drag(layout: MapLayout, records: tuple[Record, ...]) -> tuple[Card, tuple[float, float], tuple[float, float]]:
    """The card “Comparison site”, where it is, and the foot of the next cell, in mm of the sheet."""
    card = next(record for record in records if isinstance(record, Card) and record.title == "Comparison site")
    placed = layout.card(card.id)
    assert placed is not None
    steps = [column.step for column in layout.columns]
    column = layout.column_of[steps[steps.index(card.step) + 1]]
    row = layout.row_of[card.lane]
    middle = placed.rect.x + placed.rect.w / 2, placed.rect.y + placed.rect.h / 2
    return card, middle, (column.x + column.w / 2, row.y + row.h - 3.0)
