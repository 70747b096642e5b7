"""Places on the disk as people name them."""

from __future__ import annotations

from pathlib import Path


def from_home(path: Path) -> str:
    """A file or folder, from the user's home on where it lies in there."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
