"""Starting the program: the window first, with a picture of the map in it, and then the map itself."""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from app.window import quickly, theme
from app.window.faults import install
from app.window.standin import thumbnail_of
from app.window.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_SAMPLE: Final = "broadband"
LATEST: Final = 300
"""Milliseconds after which the map is opened even where the window was not painted, say because it is hidden."""


def run(paths: list[str]) -> int:
    """Opens a window on the first of the maps, or on a sample; returns the exit code when it is closed."""
    gc.disable()  # nothing that is made while starting is to be thrown away
    app = application()
    window = start([Path(path) for path in paths])
    install(window.show_fault)
    close_when_interrupted(window)
    try:
        return app.exec()
    finally:
        gc.enable()


def close_when_interrupted(window: MainWindow) -> None:
    """Ctrl+C in the terminal closes the window, with its question about changes, and is no fault.

    Python hears of a signal only when it has something to do; the pipe gives it that.
    """
    if sys.platform == "win32":  # there a pipe cannot be waited for
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told)
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda: window.close() if os.read(heard, 64) else None)


def application() -> QApplication:
    """The program as Qt knows it, dressed."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("journeymapper")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("journeymapper")
    quickly.skip_source_scan()
    theme.apply(app)
    return app


def start(paths: list[Path]) -> MainWindow:
    """Shows the window; the map follows once the window is on the screen."""
    window = MainWindow(thumbnail_of(paths[0]) if paths else QPixmap())
    opened = _once(lambda: _open(window, paths))
    window.stand_in.painted.connect(lambda: QTimer.singleShot(0, opened))
    window.ready.connect(_once(_settle))
    window.show()
    QTimer.singleShot(LATEST, window, opened)
    return window


def _open(window: MainWindow, paths: list[Path]) -> None:
    quickly.import_graphs()
    if paths:
        window.open_path(paths[0])
    if not paths or (window.session is None and not window.opener.is_busy):
        window.open_sample(FIRST_SAMPLE)


def _settle() -> None:
    """What is loaded now stays: the collector need not look at it. Only once, or closed maps would stay too."""
    gc.freeze()
    gc.enable()


def _once(call: Callable[[], None]) -> Callable[[], None]:
    """Calls the first time only."""
    waiting = [call]
    return lambda: waiting.pop()() if waiting else None
