"""Maps to be opened while the program runs: those of programs started later, and those that macOS sends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.window.appearance import application
from app.window.placing import bring_forward
from app.window.window import MainWindow

if TYPE_CHECKING:
    from app.window.program import Program

AGAIN: Final = 200
"""Milliseconds until it is looked again whether the question that is on the screen was answered."""


class Arrivals(QObject):
    """Gives each map a window: the one that shows it, one that shows nothing, or a new one."""

    def __init__(self, program: Program, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        self._waiting: list[list[Path]] = []
        self._timer = QTimer(self, singleShot=True, interval=AGAIN)
        self._timer.timeout.connect(self._go_on)

    def open_maps(self, paths: list[Path]) -> None:
        """Opens the maps, or with none of them brings the start page forward. While a question is open, it waits."""
        self._waiting.append(paths)
        self._go_on()

    def hear_system(self) -> None:
        """From now on also opens what macOS wants opened; elsewhere nobody sends such events."""
        application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.open_maps([Path(event.file())])
            return True
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        while self._waiting:
            question = QApplication.activeModalWidget()
            if question is not None:
                bring_forward(question)
                self._timer.start()
                return
            for path in (paths := self._waiting.pop(0)):
                self._open(path)
            if not paths:
                self._show_start()

    def _open(self, path: Path) -> None:
        """The window comes forward before, so that a question about the map is seen, and the one of the map after."""
        if self._program.window_of(path) is None and (window := self._free_window()) is not None:
            window.come_forward()
            window.open_path(path)
        there = self._program.window_of(path)
        if there is not None:
            there.come_forward()

    def _show_start(self) -> None:
        window = self._free_window()
        if window is not None:
            window.show_start_page()
            window.come_forward()

    def _free_window(self) -> MainWindow | None:
        """One that nothing would be lost in, or a new one; None where the last one has just been closed."""
        windows = [window for window in self._program.windows if isinstance(window, MainWindow)]
        idle = [window for window in windows if not window.opener.is_busy]
        free = [window for window in idle if window.files.is_untouched]
        if free or not windows:
            return free[0] if free else None
        if idle:
            return max(idle, key=lambda window: window.isActiveWindow())
        windows[-1].new_window()
        return next((each for each in self._program.windows[::-1] if isinstance(each, MainWindow)), None)
