"""`journeymapper associate`: a double click on a map opens it, on Linux desktops, for this user.

Three small files in the user's own data folder; `--remove` takes them away again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from app.cli.telling import DONE, NAME, Commands, UsageError, command, say

RESERVED = str.maketrans({char: f"\\{char}" for char in '"`$\\'})
"""What must be escaped between quotation marks in a line `Exec` (Desktop Entry Specification 1.5)."""


def add(commands: Commands) -> None:
    parser = command(commands, "associate", "open maps with a double click (Linux desktops, this user only)")
    parser.add_argument("--remove", action="store_true", help="take it back")
    parser.set_defaults(run=_associate)


def _associate(chosen: argparse.Namespace) -> int:
    if sys.platform != "linux":
        raise UsageError("this is for Linux; elsewhere choose Journey Mapper under “Open with” for a .jmap file.")
    files = _files()
    for path, content in files.items():
        if chosen.remove:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    _refresh()
    say(f"{_data_dir()}: maps {'no longer open' if chosen.remove else 'now open'} with a double click")
    return DONE


def _files() -> dict[Path, str]:
    """What goes where."""
    from app.paths import desktop_dir, icon_dir

    entry = (desktop_dir() / f"{NAME}.desktop").read_text(encoding="utf-8")
    kind = (desktop_dir() / f"{NAME}.xml").read_text(encoding="utf-8")
    icon = (icon_dir() / "map.svg").read_text(encoding="utf-8")
    data = _data_dir()
    return {
        data / "applications" / f"{NAME}.desktop": entry.replace(f"Exec={NAME}", f"Exec={_program()}"),
        data / "mime" / "packages" / f"{NAME}.xml": kind,
        data / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg": icon,
    }


def _data_dir() -> Path:
    told = os.environ.get("XDG_DATA_HOME", "")
    return Path(told) if Path(told).is_absolute() else Path.home() / ".local" / "share"


def _program() -> str:
    """How a desktop starts the program that is running now."""
    beside = Path(sys.executable).with_name(NAME)
    if beside.exists():
        return _quoted(beside)
    found = shutil.which(NAME)
    return _quoted(Path(found)) if found else f"{_quoted(Path(sys.executable))} -m app"


def _quoted(path: Path) -> str:
    """A path as a line `Exec` takes it. A percent sign would begin a field code, and a backslash is escaped twice."""
    text = str(path).translate(RESERVED).replace("\\", "\\\\").replace("%", "%%")
    return f'"{text}"'


def _refresh() -> None:
    """Tells the desktop; where it has no such programs it looks by itself at the next login."""
    data = _data_dir()
    for tool, folder in (("update-mime-database", data / "mime"), ("update-desktop-database", data / "applications")):
        if (found := shutil.which(tool)) is not None and folder.is_dir():
            subprocess.run([found, str(folder)], check=False, capture_output=True)  # noqa: S603 (a tool of the system)
