"""A second start hands its map to the program that runs: over a local socket, quickly, and believing nothing."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.paths import sample_dir
from app.window import instance as instance_module
from app.window import main as program
from app.window import talk
from app.window.arrivals import Arrivals
from app.window.handing import hand_over
from app.window.instance import Instance
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there the line is a named pipe")


@pytest.fixture(autouse=True)
def _own_sockets(runtime: Path) -> None:
    """No test meets a program of the user."""
    del runtime


@pytest.fixture
def heard(qapp: QApplication) -> list[list[Path]]:
    del qapp
    return []


@pytest.fixture
def listening(heard: list[list[Path]]) -> Iterator[Instance]:
    parent = QObject()
    instance = Instance(heard.append, parent)
    assert instance.listen()
    yield instance
    instance.stop()


def meanwhile(call: Callable[[], object], qtbot: QtBot) -> object:
    """The result of a call that waits for us, made in a thread as if by another program."""
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(call()), daemon=True)
    thread.start()
    qtbot.waitUntil(lambda: bool(results), timeout=10_000)
    thread.join()
    return results[0]


def say(message: bytes) -> bytes:
    """What is answered to a message; empty where one is hung up on."""
    where = talk.address()
    assert where is not None
    with talk.connected(where) as line:
        line.settimeout(20)
        try:
            line.sendall(message)
            return line.recv(10)
        except (BrokenPipeError, ConnectionResetError):
            return b""


@pytest.mark.parametrize("names", [[], ["a.jmap"], ["Ä ü.jmap", "line\nfeed.jmap", "\U0001f600.jmap"]])
def test_paths_arrive_as_they_are_and_absolute(
    names: list[str], listening: Instance, heard: list[list[Path]], qtbot: QtBot
) -> None:
    assert listening.is_listening
    assert meanwhile(lambda: hand_over([Path(name) for name in names]), qtbot) is True
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [[Path.cwd() / name for name in names]]


def test_without_a_program_nothing_is_handed_over(runtime: Path) -> None:
    assert not hand_over([Path("a.jmap")])
    assert list(runtime.iterdir()) == []


@pytest.mark.parametrize(
    "message",
    [
        *(b"hello\n", b"[]\n", b"{}\n", b'{"open":"/a"}\n', b'{"open":[1]}\n', b'{"open":["a.jmap"]}\n'),
        *(b'{"open":["../a"]}\n', b'{"open":["/a\\u0000b"]}\n', b'{"open":null}\n', b"\xff\xfe\n"),
        b"[" * 60_000 + b"\n",
        b'{"open":[' + b",".join([b'"/a"'] * 101) + b"]}\n",
    ],
)  # fmt: skip
def test_nonsense_is_hung_up_on(message: bytes, listening: Instance, heard: list[list[Path]], qtbot: QtBot) -> None:
    assert meanwhile(lambda: say(message), qtbot) == b""
    assert heard == []
    assert meanwhile(lambda: hand_over([Path("/b")]), qtbot) is True
    assert listening.is_listening


def test_a_flood_is_hung_up_on(listening: Instance, heard: list[list[Path]], qtbot: QtBot) -> None:
    assert listening.is_listening
    assert meanwhile(lambda: say(b"x" * 10_000_000), qtbot) == b""
    assert heard == []


def test_who_says_nothing_is_hung_up_on(listening: Instance, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(instance_module, "LONGEST_TALK", 10)
    assert listening.is_listening
    assert meanwhile(lambda: say(b""), qtbot) == b""


def test_many_may_talk_at_once(listening: Instance, heard: list[list[Path]], qtbot: QtBot) -> None:
    assert listening.is_listening
    threads = [threading.Thread(target=hand_over, args=([Path(f"/{n}")],), daemon=True) for n in range(20)]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: not any(thread.is_alive() for thread in threads), timeout=20_000)
    qtbot.waitUntil(lambda: len(heard) == 20)


def test_a_program_that_hangs_does_not_keep_the_second_one_waiting(
    runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "PATIENCE", 0.05)
    where = talk.address()
    assert where is not None
    assert talk.make_private(where.parent)
    assert where.parent.parent == runtime
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(str(where))
        hung.listen(1)
        assert not hand_over([Path("/a")])


def test_a_map_is_not_opened_twice_after_a_hang(
    heard: list[list[Path]], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(talk, "PATIENCE", 0.05)
    instance = Instance(heard.append, QCoreApplication.instance() or QObject())
    assert instance.listen()
    assert not hand_over([Path("/a")])  # nobody turns the wheel of events meanwhile: it hangs
    monkeypatch.setattr(talk, "PATIENCE", 5)
    assert meanwhile(lambda: hand_over([Path("/b")]), qtbot) is True
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [[Path("/b")]]
    instance.stop()


def test_the_socket_of_a_killed_program_is_taken_over(heard: list[list[Path]], qtbot: QtBot) -> None:
    where = talk.address()
    assert where is not None
    assert talk.make_private(where.parent)
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(where))
    left.close()
    assert where.exists()
    assert not hand_over([Path("/a")])
    instance = Instance(heard.append, QCoreApplication.instance() or QObject())
    assert instance.listen()
    assert meanwhile(lambda: hand_over([Path("/a")]), qtbot) is True
    instance.stop()
    assert not where.exists()


def test_a_living_program_keeps_its_place(listening: Instance) -> None:
    second = Instance(lambda _paths: None, QCoreApplication.instance() or QObject())
    assert not second.listen()
    second.stop()
    where = talk.address()
    assert where is not None
    assert where.exists()
    assert listening.is_listening


def test_nobody_else_gets_into_the_folder(listening: Instance, runtime: Path) -> None:
    assert listening.is_listening
    assert stat.S_IMODE((runtime / "journeymapper").stat().st_mode) == 0o700


def test_a_folder_that_is_open_to_others_is_closed_and_a_link_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o777)
    assert talk.make_private(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (tmp_path / "link").symlink_to(folder)
    assert not talk.make_private(tmp_path / "link")
    (tmp_path / "file").touch()
    assert not talk.make_private(tmp_path / "file")


def test_where_no_path_is_short_enough_every_program_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 90)
    for variable in ("XDG_RUNTIME_DIR", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(long))
    assert talk.address() is None
    assert not hand_over([Path("/a")])
    assert not Instance(lambda _paths: None, QCoreApplication.instance() or QObject()).listen()


def test_screens_have_programs_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    one = talk.address()
    monkeypatch.setenv("DISPLAY", ":2")
    assert talk.address() != one


@pytest.mark.parametrize("taken", [True, False])
def test_the_line_of_windows_speaks_the_same_words(taken: bool, tmp_path: Path, qtbot: QtBot) -> None:
    """Qt's local sockets are there on every system, so the code that only Windows uses is tried here too."""
    from app.window.talk_windows import listen

    heard: list[bytes] = []
    name = str(tmp_path / "pipe")

    def hear(message: bytes) -> bool:
        heard.append(message)
        return taken

    parent = QObject()
    stop = listen(name, hear, parent)
    assert stop is not None
    code = f"from app.window.talk_windows import ask; print(ask({name!r}, b'hello\\n', 20))"

    def ask() -> str:
        """In another process, for Qt lets no other thread work while it waits."""
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert meanwhile(ask, qtbot) == repr(talk.ANSWER if taken else b"")
    assert heard == [b"hello\n"]
    stop()
    assert ask() == repr(b"")


# What comes of it


@pytest.fixture
def maps(tmp_path: Path) -> list[Path]:
    return [Path(shutil.copy(sample_dir() / f"{name}.jmap", tmp_path)) for name in ("clinic", "hindi", "arabic")]


@pytest.fixture
def arrivals(window: MainWindow) -> Iterator[Arrivals]:
    made = Arrivals(window.program, window)
    yield made
    for other in list(window.program.windows):
        if isinstance(other, MainWindow) and other is not window:
            other.close()


def shown(window: MainWindow) -> list[str]:
    return [each.path.name for each in window.program.windows if each.path is not None]


def test_each_map_gets_a_window(window: MainWindow, arrivals: Arrivals, maps: list[Path]) -> None:
    arrivals.open_maps(maps[:1])
    arrivals.open_maps(maps[1:])
    assert shown(window) == ["clinic.jmap", "hindi.jmap", "arabic.jmap"]
    assert len(window.program.windows) == 3


def test_a_map_that_is_open_comes_forward(
    window: MainWindow, arrivals: Arrivals, maps: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrivals.open_maps(maps[:2])
    forward: list[MainWindow] = []
    monkeypatch.setattr(MainWindow, "come_forward", lambda one: forward.append(one))  # noqa: PLW0108 (a builtin would not be bound)
    arrivals.open_maps(maps[:1])
    assert len(window.program.windows) == 2
    assert forward[-1] is window


def test_without_a_map_the_start_page_comes_forward(window: MainWindow, arrivals: Arrivals, maps: list[Path]) -> None:
    arrivals.open_maps([])
    assert window.start_page is not None
    arrivals.open_maps(maps[:1])
    arrivals.open_maps([])
    newest = window.program.windows[-1]
    assert isinstance(newest, MainWindow)
    assert newest is not window
    assert newest.start_page is not None


def test_maps_wait_until_a_question_is_answered(
    window: MainWindow, arrivals: Arrivals, maps: list[Path], qtbot: QtBot
) -> None:
    box = QMessageBox(window)
    box.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is box)
    arrivals.open_maps(maps[:1])
    assert shown(window) == []
    box.close()
    qtbot.waitUntil(lambda: shown(window) == ["clinic.jmap"])


def test_a_map_on_its_way_is_not_pushed_aside(
    window: MainWindow, arrivals: Arrivals, maps: list[Path], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("app.window.opening.LARGE", 1000)
    arrivals.open_maps(maps[:1])
    arrivals.open_maps(maps[1:])
    qtbot.waitUntil(lambda: sorted(shown(window)) == ["arabic.jmap", "clinic.jmap", "hindi.jmap"], timeout=20_000)


def test_a_map_that_cannot_be_read_is_told_in_the_window(
    window: MainWindow, arrivals: Arrivals, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    arrivals.open_maps([tmp_path / "missing.jmap"])
    assert dialogs.asked[0].startswith("problem “missing.jmap” cannot be read")
    assert window.isVisible()


def test_what_macos_wants_opened_is_opened(window: MainWindow, arrivals: Arrivals, maps: list[Path]) -> None:
    arrivals.hear_system()
    QApplication.sendEvent(window, QFileOpenEvent(str(maps[0])))
    assert shown(window) == ["clinic.jmap"]


def test_a_map_that_macos_opens_at_the_start_is_not_missed(
    window: MainWindow, maps: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells of the map that was double-clicked before the first picture is there, and does not say it again."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    monkeypatch.setattr(program, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(program, "_once", lambda _listen: lambda: None)  # nobody is listened to here
    before = set(app.findChildren(Arrivals))
    program.listen_later(app, window)
    QApplication.sendEvent(app, QFileOpenEvent(str(maps[0])))
    assert shown(window) == ["clinic.jmap"]
    for made in set(app.findChildren(Arrivals)) - before:
        app.removeEventFilter(made)
        made.deleteLater()


def test_long_names_of_users_are_no_hindrance_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the folder is not part of the address."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / ("u" * 120)))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / ("u" * 120)))
    assert talk.address() is None
    monkeypatch.setattr(talk, "sys", SimpleNamespace(platform="win32"))
    assert talk.address() is not None


def test_a_terminal_of_a_mac_meets_the_program_of_the_dock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the terminal knows a display of X."""
    monkeypatch.setattr(talk, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setenv("DISPLAY", "/private/tmp/org.xquartz:0")
    one = talk.address()
    monkeypatch.delenv("DISPLAY")
    assert one is not None
    assert talk.address() == one


def test_the_pipe_of_windows_has_the_name_of_the_program(runtime: Path) -> None:
    """All programs of all users share the names there."""
    where = talk.address()
    assert where is not None
    assert where.is_relative_to(runtime)
    assert talk.pipe_name(where).startswith("journeymapper-open-")


# Two real programs


def wait_for(condition: Callable[[], bool], program: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert program.poll() is None, "the program has ended"
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.slow
def test_a_second_program_hands_over_and_ends(maps: list[Path], runtime: Path, tmp_path: Path) -> None:
    variables = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    env = {**os.environ, **variables, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "app"]
    log = tmp_path / "log"
    with log.open("wb") as said, subprocess.Popen([*command, str(maps[0])], env=env, stderr=said) as first:
        try:
            wait_for(lambda: any(runtime.glob("journeymapper/open-*")), first)
            second = subprocess.run([*command, str(maps[1])], env=env, timeout=60, check=False, capture_output=True)
            assert second.returncode == 0
            settings = tmp_path / "XDG_CONFIG_HOME"
            wait_for(lambda: any(b"hindi.jmap" in file.read_bytes() for file in settings.rglob("*.*")), first)
        finally:
            first.terminate()
    assert b"Traceback" not in log.read_bytes()
