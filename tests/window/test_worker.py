"""Jobs away from the main thread, faults in the log, and what makes the start quick."""

from __future__ import annotations

import gc
import logging
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer
from weakref import ref
from zipfile import ZIP_LZMA, ZipFile

import pytest
from PySide6.QtCore import QSize, QThread
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app.files import Fingerprint
from app.window import faults
from app.window.icons import icon
from app.window.standin import thumbnail_of
from app.window.watching import Watching
from app.window.worker import Job, Worker


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    made = Worker(qapp)
    yield made
    made.close()


def test_who_is_deleted_waits_for_its_threads(qapp: QApplication) -> None:
    """They would speak through an object that is no more, and bring the program down."""
    del qapp
    worker, begun, may_end, order = Worker(), Event(), Event(), list[str]()

    def work(_job: Job[None]) -> None:
        begun.set()
        may_end.wait()
        order.append("work")

    worker.start(worker.job(), work)
    begun.wait()
    Timer(0.05, may_end.set).start()
    delete(worker)
    order.append("deleted")
    assert order == ["work", "deleted"]


def test_after_the_end_nothing_is_begun(worker: Worker) -> None:
    done: list[int] = []
    worker.close()
    worker.start(worker.job(), lambda _job: done.append(1))
    worker.close()
    assert done == []


def test_what_a_job_tells_is_told_in_the_main_thread(worker: Worker, qtbot: QtBot) -> None:
    heard: list[object] = []
    job: Job[QThread] = worker.job()
    job.on_progress = lambda part: heard.append((part, QThread.isMainThread()))
    job.on_done = lambda thread: heard.append((thread, QThread.isMainThread()))

    def work(job: Job[bool]) -> bool:
        job.progress(0.5)
        return QThread.isMainThread()

    worker.start(job, work)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=10_000)
    assert heard == [(0.5, True), (False, True)]


def test_an_error_of_a_job_is_passed_on(worker: Worker, qtbot: QtBot) -> None:
    errors: list[Exception] = []
    job: Job[None] = worker.job()
    job.on_error = errors.append

    def work(_: Job[None]) -> None:
        raise ValueError("no")

    worker.start(job, work)
    qtbot.waitUntil(lambda: bool(errors), timeout=10_000)
    assert str(errors[0]) == "no"


def test_a_cancelled_job_is_not_heard(worker: Worker, qtbot: QtBot) -> None:
    heard: list[object] = []
    job: Job[int] = worker.job()
    job.on_done = heard.append
    worker.start(job, lambda _: 1)
    job.cancel()
    qtbot.wait(100)
    assert heard == []


@pytest.mark.parametrize("ending", ["done", "error", "cancelled"])
def test_a_job_that_is_over_holds_nobody_who_listened(worker: Worker, qtbot: QtBot, ending: str) -> None:
    """Listeners hold maps and windows, which may be closed before the next job begins."""

    class Listener:
        heard = 0

        def hear(self, _what: object) -> None:
            Listener.heard += 1

    listener = Listener()
    gone = ref(listener)
    job: Job[int] = worker.job()
    job.on_done, job.on_error = listener.hear, listener.hear
    worker.start(job, lambda _: 1 // (ending != "error"))
    if ending == "cancelled":
        job.cancel()
    else:
        qtbot.waitUntil(lambda: Listener.heard == 1, timeout=10_000)
    del listener
    gc.collect()
    assert gone() is None


def test_faults_are_logged_and_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("app.window.faults.log_file", lambda: tmp_path / "log" / "jm.log")
    log = logging.getLogger(faults.NAME)
    monkeypatch.setattr(log, "handlers", [])
    shown: list[bool] = []

    def fault(words: str) -> None:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError(words), None)

    def show() -> None:
        shown.append(True)
        fault("while it is shown")

    faults.install(show)
    fault("in a slot")
    fault("in another")
    for handler in log.handlers:
        handler.close()
    assert shown == [True, True]
    written = (tmp_path / "log" / "jm.log").read_text()
    assert [written.count(words) for words in ("in a slot", "while it is shown", "in another")] == [1, 2, 1]


def test_the_rest_of_networkx_comes_when_it_is_asked_for() -> None:
    code = (
        "import sys; from app.window.quickly import import_graphs; import_graphs(); import_graphs(); "
        "import networkx as nx; assert 'networkx.algorithms' not in sys.modules; "
        "g = nx.MultiDiGraph([(1, 2), (2, 3)]); assert nx.shortest_path(g, 1, 3) == [1, 2, 3]; "
        "from networkx.algorithms.dag import is_directed_acyclic_graph as f; assert f(g); "
        "assert nx.path_graph(3).number_of_nodes() == 3; assert not hasattr(nx, 'nonsense')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_icons_are_painted_in_the_colour_of_the_text(qapp: QApplication) -> None:
    del qapp
    picture = icon("undo-2").pixmap(24, 24).toImage()
    assert any(picture.pixelColor(x, y).alpha() > 200 for x in range(24) for y in range(24))
    assert not QPixmap(icon("plus", "#FFFFFF").pixmap(16)).isNull()
    assert icon("plus").pixmap(QSize(0, 16)).isNull(), "a button squeezed to nothing"


def test_a_file_without_a_thumbnail_has_none(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    path = tmp_path / "no.jmap"
    path.write_bytes(b"PK nothing")
    assert thumbnail_of(path).isNull()
    assert thumbnail_of(tmp_path / "missing").isNull()


def png(width: int, height: int) -> bytes:
    """A grey picture, small as a file however large it is."""
    rows = zlib.compress((b"\0" + bytes((width + 7) // 8)) * height)
    chunks = (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def test_a_thumbnail_that_is_too_large_is_none(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    for name, size in (("small", 40), ("huge", 6000)):
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("thumbnail.png", png(size, size))
    assert thumbnail_of(tmp_path / "small").width() == 40
    assert thumbnail_of(tmp_path / "huge").isNull()


def test_a_thumbnail_that_cannot_be_unpacked_is_none(tmp_path: Path, qapp: QApplication) -> None:
    del qapp
    path = tmp_path / "odd"
    with ZipFile(path, "w", ZIP_LZMA) as archive:
        archive.writestr("thumbnail.png", png(40, 40))
    data = path.read_bytes()
    at = data.index(b"thumbnail.png") + len("thumbnail.png") + 9
    path.write_bytes(data[:at] + b"\xff" * 8 + data[at + 8 :])
    assert thumbnail_of(path).isNull()


def test_a_save_of_our_own_while_the_file_is_looked_at_is_no_change(worker: Worker, qapp: QApplication) -> None:
    """What was found just before it is told just after it, when it is known no more."""
    known, said = "old", list[object]()
    watching = Watching(Path("tour.jmap"), worker, lambda state: state == known, qapp)
    watching.seen.connect(said.append)
    watching._found(Fingerprint("old"))
    known = "new"
    watching._found(Fingerprint("old"))
    watching._found(Fingerprint("new"))
    watching.close()
    assert said == ["old", "new"]


def test_what_is_found_twice_is_said(worker: Worker, qapp: QApplication) -> None:
    said: list[object] = []
    watching = Watching(Path("tour.jmap"), worker, lambda _state: False, qapp)
    watching.seen.connect(said.append)
    for state in ("half", "whole", "whole"):
        watching._found(Fingerprint(state))
    watching.close()
    assert said == ["whole"]
