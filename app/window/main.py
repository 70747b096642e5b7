"""Starting the program: the window first, with a picture of the map in it, and then the map itself.

What the program is made of is imported in the functions, after `import_plainly`.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSocketNotifier, QTimer, qInstallMessageHandler
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from app.window import quickly

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.window.program import Program
    from app.window.window import MainWindow

FIRST_SAMPLE: Final = "broadband"
STYLE: Final = ("-style", "fusion")
"""Asked for as Qt's own argument: a call from Python would make the long lists of names that belong to styles."""

LAST_WORDS: Final = "This application failed to start"
"""How Qt begins what it says before it aborts."""

NO_WINDOW: Final = 2
"""The exit code then, as for every wrong use."""

IDLE: Final = 200
"""Milliseconds after the map is there until other programs are listened to."""

LATEST: Final = 300
"""Milliseconds after which the map is opened even where the window was not painted, say because it is hidden."""


def run(paths: list[str]) -> int:
    """Opens a window for each of the maps, or the start page; returns the exit code when it is closed."""
    from app.window.faults import install

    gc.disable()  # nothing that is made while starting is to be thrown away
    app = application()
    window = start([Path(path) for path in paths])
    install(lambda: _show_fault(window.program))
    close_when_interrupted(app)
    listen_later(app, window)
    try:
        return app.exec()
    finally:
        gc.enable()


def listen_later(app: QApplication, window: MainWindow) -> None:
    """Once the map is there, maps of programs that are started later open here."""

    def listen() -> None:
        from app.window.arrivals import Arrivals
        from app.window.instance import Instance

        arrivals = Arrivals(window.program, app)
        instance = Instance(arrivals.open_maps, app)
        instance.listen()
        app.aboutToQuit.connect(instance.stop)

    if sys.platform == "darwin":  # the map that was double-clicked is told of as soon as the program hears of anything
        from app.window.arrivals import Arrivals

        Arrivals(window.program, app).hear_system()
    listened = _once(listen)
    window.ready.connect(lambda: QTimer.singleShot(IDLE, app, listened))
    QTimer.singleShot(LATEST + IDLE, app, listened)


def close_when_interrupted(app: QApplication) -> None:
    """Ctrl+C in the terminal closes the windows, with their questions about changes, and is no fault.

    Python hears of a signal only when it has something to do; the pipe gives it that.
    """
    if sys.platform == "win32":  # there a pipe cannot be waited for
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told)
    signal.signal(signal.SIGINT, lambda _number, _frame: None)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, app)
    notifier.activated.connect(lambda: app.closeAllWindows() if os.read(heard, 64) else None)


def application() -> QApplication:
    """The program as Qt knows it, dressed."""
    quickly.import_plainly()
    from app.window.appearance import Appearance

    app = QApplication.instance() or _made()
    assert isinstance(app, QApplication)
    app.setApplicationName("journeymapper")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("journeymapper")
    Appearance.of(app)
    return app


def _made() -> QApplication:
    """The application. Where no window can be opened Qt would abort: the process ends with a sentence before that."""
    said: list[str] = []

    def hear(_kind: object, _context: object, message: str) -> None:
        if not message.startswith(LAST_WORDS):
            said.append(message)
            return
        why = said[0].rstrip(".") if said else "Qt does not say why"
        _tell(f"journeymapper: no window can be opened here ({why}); commands such as export need none.")
        os._exit(NO_WINDOW)

    qInstallMessageHandler(hear)
    try:
        return QApplication([*sys.argv[:1], *STYLE])
    finally:
        qInstallMessageHandler(None)
        for message in said:
            _tell(message)


def _tell(line: str) -> None:
    if sys.stderr is not None:  # a program without a terminal has none
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


def start(paths: list[Path]) -> MainWindow:
    """Shows the window; the map follows once the window is on the screen.

    Without a file that is the start page, or at the first start ever a finished example.
    """
    from app.paths import sample_dir
    from app.window.program import Program
    from app.window.standin import thumbnail_of
    from app.window.window import MainWindow

    program = Program()
    first = paths[0] if paths else sample_dir() / f"{FIRST_SAMPLE}.jmap" if program.is_first_start else None
    window = MainWindow(thumbnail_of(first) if first is not None else QPixmap(), program=program)
    if program.glance.geometry:
        window.restoreGeometry(program.glance.geometry)
    settled = _once(lambda: _settle(application()))
    if first is None:
        window.show_start_page()
        QTimer.singleShot(LATEST, window, settled)
    else:
        opened = _once(lambda: _open(window, paths))
        window.stand_in.painted.connect(lambda: QTimer.singleShot(0, opened))
        QTimer.singleShot(LATEST, window, opened)
        window.ready.connect(settled)
    window.show()
    return window


def _open(window: MainWindow, paths: list[Path]) -> None:
    quickly.import_graphs()
    quickly.import_records()
    if not paths:
        window.open_sample(FIRST_SAMPLE)
    for path in paths:
        window.open_path(path)


def _settle(app: QApplication) -> None:
    """What is loaded now stays: nobody need look whether it is rubbish. Only once, or closed maps would stay too."""
    from app.window.collecting import Collector

    gc.freeze()
    Collector(app)


def _show_fault(program: Program) -> None:
    """In the window that is used, or the newest."""
    from app.window.window import MainWindow

    windows = [window for window in program.windows if isinstance(window, MainWindow)]
    for window in sorted(windows, key=lambda window: window.isActiveWindow(), reverse=True)[:1]:
        window.helping.show_fault()


def _once(call: Callable[[], None]) -> Callable[[], None]:
    """Calls the first time only."""
    waiting = [call]
    return lambda: waiting.pop()() if waiting else None
