"""The window as its parts see it: what several of them ask of it. What one asks beyond stands with that one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.window.dialogs import Dialogs
    from app.window.session import Session
    from app.window.worker import Worker


class MapFrame(Protocol):
    """A window in which a map may be open."""

    @property
    def session(self) -> Session | None: ...

    def settle_edits(self) -> None:
        """Ends what is under way: drags are put back, what is typed is written."""

    def say(self, sentence: str) -> None:
        """Shows a sentence for a while."""

    def refresh(self) -> None:
        """Shows the state of the map in menus, title and status bar."""


class AskingFrame(Protocol):
    """A window that can ask the user, and let work be done aside."""

    @property
    def dialogs(self) -> Dialogs: ...

    @property
    def worker(self) -> Worker: ...
