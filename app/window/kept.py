"""What `keeping` and its parts ask of the window and of its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from app.window.frames import AskingFrame, MapFrame

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import SignalInstance

    from app.files import OpenMap
    from app.window.middle import Middle
    from app.window.program import Program


class Files(Protocol):
    """Opening and saving."""

    def open_path(self, path: Path) -> None: ...

    def open_copy(self, path: Path) -> None: ...

    def show_saved(self) -> None:
        """Says when the map was saved, or that it is not to be."""

    def save(self) -> bool: ...

    def save_as(self) -> bool: ...

    def save_quietly(self) -> Exception | None: ...

    def become(self, path: Path, label: str, then: Callable[[OpenMap], object] | None = None) -> None:
        """Makes the map what a file says."""

    def put_back(self, backup: Path, path: Path) -> None:
        """Puts an earlier version in place of a file that cannot be opened."""


class Merging(Protocol):
    """Brings copies together."""

    @property
    def merged(self) -> SignalInstance: ...

    def merge_file(self, path: Path) -> None: ...


class Comparing(Protocol):
    """Has one who merges."""

    @property
    def merging(self) -> Merging: ...


class Frame(MapFrame, AskingFrame, Protocol):
    """The window."""

    @property
    def comparing(self) -> Comparing: ...

    @property
    def program(self) -> Program: ...

    @property
    def files(self) -> Files: ...

    @property
    def middle(self) -> Middle: ...

    def file_changed(self) -> None:
        """The map has another file, or none any more."""
