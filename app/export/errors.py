"""What can go wrong in an export, in one sentence each."""

from __future__ import annotations


class ExportError(Exception):
    """An export that cannot be made; the message is one sentence for the user."""


class ExportCancelledError(ExportError):
    """The user has stopped the export; nothing was written."""

    def __init__(self) -> None:
        super().__init__("The export was cancelled.")
