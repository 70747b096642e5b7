"""Qt's objects die in the main thread, whoever makes rubbish."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.window import collecting
from app.window.collecting import Collector
from app.window.worker import Job, Worker


class Knot(QObject):
    """Refers to itself, as maps that are closed do in many ways, so that only a collection ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.held: list[list[int]] = []


@pytest.fixture
def parent() -> Iterator[QObject]:
    """Python collects by itself again when it is gone."""
    was_on = gc.isenabled()
    yield QObject()
    if was_on:
        gc.enable()


def test_what_a_worker_makes_does_not_collect_what_is_of_qt(parent: QObject, qtbot: QtBot) -> None:
    collector = Collector(parent)
    died_in: list[str] = []
    weakref.finalize(Knot(), lambda: died_in.append(threading.current_thread().name))
    worker = Worker(parent)
    done: list[None] = []
    job: Job[None] = worker.job()
    job.on_done = done.append

    def work(_: Job[None]) -> None:
        rubbish = [[number] for number in range(100_000)]  # collects dozens of times where that is left to Python
        assert len(rubbish) == 100_000

    worker.start(job, work)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    worker.close()
    assert died_in == []
    collector.collect_all()
    assert died_in == ["MainThread"]


def test_it_collects_by_itself_while_one_works(parent: QObject, qtbot: QtBot) -> None:
    """Work is what makes it look: threads of tests before this one may still give back what they had."""
    Collector(parent)
    died: list[int] = []
    weakref.finalize(Knot(), lambda: died.append(1))
    made: list[list[int]] = []

    def has_died() -> bool:
        made.extend([number] for number in range(1000))
        return bool(died)

    qtbot.waitUntil(has_died, timeout=60_000)


def test_much_rubbish_goes_soon_however_little_time_there_is(
    parent: QObject, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "SELDOM", 0.0)
    monkeypatch.setattr(collecting, "SHARE", 1e-9)
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.NoButton)  # whatever tests left pressed
    Collector(parent).collect_all()
    died: list[int] = []
    knot = Knot()
    knot.held = [[number] for number in range(sys.getallocatedblocks())]
    weakref.finalize(knot, lambda: died.append(1))
    gc.collect(1)  # so that it is old, and only a look through everything ends it
    del knot
    qtbot.waitUntil(lambda: bool(died), timeout=20_000)
