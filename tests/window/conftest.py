"""A window with a sample open in it, as a user has it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.paths import sample_dir
from app.window.dialogs import Answer
from app.window.main import start
from app.window.program import Program
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands, windows_of

Opened = Callable[[str], Hands]
Starting = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts as the program does for the first time."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place of one's own for local sockets, whose paths must be short."""
    with tempfile.TemporaryDirectory(prefix="jm-", dir="/tmp" if Path("/tmp").is_dir() else None) as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def starting(qtbot: QtBot, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch) -> Iterator[Starting]:
    """Starts the program with these files, as the second time and later."""
    monkeypatch.setattr(MainWindow, "dialogs", property(lambda _window: dialogs))
    begun: list[MainWindow] = []

    def started(*paths: Path) -> MainWindow:
        Program().remember(first_start_done=True)
        window = start(list(paths))
        begun.append(window)
        qtbot.waitExposed(window)
        return window

    yield started
    dialogs.on_unsaved = Answer.DISCARD
    for window in begun:
        for each in windows_of(window):
            each.close()


@pytest.fixture
def window(qtbot: QtBot, dialogs: FakeDialogs) -> Iterator[MainWindow]:
    """An empty window."""
    made = MainWindow(dialogs=dialogs)
    qtbot.addWidget(made)
    made.resize(1900, 900)  # 1400 for the map, the rest for the panels
    made.show()
    qtbot.waitExposed(made)
    yield made
    dialogs.on_unsaved = Answer.DISCARD
    made.close()


@pytest.fixture
def open_sample(window: MainWindow, tmp_path: Path) -> Opened:
    """Opens a copy of a sample."""

    def opened(name: str) -> Hands:
        path = tmp_path / f"{name}.jmap"
        shutil.copy(sample_dir() / path.name, path)
        window.open_path(path)
        window.finish()
        hands = Hands(window)
        hands.scene.finish()
        return hands

    return opened


@pytest.fixture
def hands(open_sample: Opened) -> Hands:
    """Hands on the broadband sample."""
    return open_sample("broadband")
