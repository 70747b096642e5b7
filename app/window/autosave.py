"""Saves the map into its file by itself, where the user has asked for that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET: Final = 30_000
"""Milliseconds after the last edit until the map is saved."""


class Autosave(QObject):
    """`save` is called some time after an edit, or when one leaves the window; True: there is nothing left to save."""

    def __init__(self, is_on: Callable[[], bool], save: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._is_on = is_on
        self._save = save
        self.timer = QTimer(self, singleShot=True, interval=QUIET)
        self.timer.timeout.connect(self.now)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to save."""
        return self.timer.isActive()

    def edited(self) -> None:
        """The map has changed: there is something to save, in a while."""
        if self._is_on():
            self.timer.start()

    def now(self) -> None:
        """Saves at once. What could not be saved is tried again later."""
        self.timer.stop()
        if self._is_on() and not self._save():
            self.timer.start()

    def stop(self) -> None:
        self.timer.stop()
