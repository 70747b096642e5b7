"""The monkey as its acts see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMimeData, QPoint, Qt

if TYPE_CHECKING:
    from app.window.window import MainWindow
    from benchmarks.monkey.answers import Answers


@dataclass
class Held:
    """A button that is down, or what is dragged from elsewhere: then `data` is what it carries."""

    window: MainWindow
    button: Qt.MouseButton
    keys: Qt.KeyboardModifier
    at: QPoint
    data: QMimeData | None = None
    is_over: bool = False


class Actor(Protocol):
    """Who acts in a turn, by chance."""

    chance: Random
    held: Held | None
    answers: Answers

    @property
    def windows(self) -> Sequence[MainWindow]: ...

    @property
    def window(self) -> MainWindow:
        """The window of this turn."""

    def note(self, detail: str) -> None:
        """Writes into the log what the turn is about to do."""
