"""How a program that is started hands its maps to the one that runs already, for the same user on the same screen.

A message is a line of JSON over a local socket in a folder that is the user's alone: the absolute paths of maps. The
answer is a line too; who does not get it within a second opens the maps itself. No network is involved.
"""

from __future__ import annotations

import os
import stat
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import socket

ANSWER: Final = b"ok\n"
PATIENCE: Final = 1.0
"""Seconds until a program that does not answer is taken for one that hangs."""

MOST_BYTES: Final = 64 * 1024
MOST_PATHS: Final = 100
LONGEST_ADDRESS: Final = 100
"""Bytes; a local socket on Linux takes 107, on macOS 103."""


_SCREEN: Final[dict[str, tuple[str, ...]]] = {
    "linux": ("WAYLAND_DISPLAY", "DISPLAY"),
    "darwin": (),  # there is one; what X calls its own is known in a terminal and not to a double click
    "win32": ("USERNAME",),  # all users share the names of pipes
}
"""What tells the screens, or users, of a system apart."""


class Nonsense(ValueError):  # noqa: N818 (it is what was received)
    """A message that no Journey Mapper sends."""


def address() -> Path | None:
    """Where the running program listens; None where there is no place for it. The folder may not exist yet."""
    screen = " ".join(os.environ.get(name, "") for name in _SCREEN.get(sys.platform, _SCREEN["linux"])).encode()
    name = f"open-{zlib.crc32(screen):08x}"
    return next((path for folder in _folders() if _is_short(path := folder / name)), None)


def pipe_name(where: Path) -> str:
    """The same on Windows, where there are no folders of pipes: all programs share them."""
    return f"journeymapper-{where.name}"


def _folders() -> Iterator[Path]:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if Path(runtime).is_absolute():
        yield Path(runtime) / "journeymapper"
    from app.paths import state_dir

    yield state_dir() / "run"


def _is_short(path: Path) -> bool:
    return sys.platform == "win32" or len(os.fsencode(path)) <= LONGEST_ADDRESS  # only the name is used there


def make_private(folder: Path) -> bool:
    """Makes a folder that is the user's alone; False where somebody else has a hand in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or (sys.platform != "win32" and state.st_uid != os.getuid()):
            return False
        if stat.S_IMODE(state.st_mode) != 0o700:
            folder.chmod(0o700)
    except OSError:
        return False
    return True


def encode(paths: list[Path]) -> bytes:
    """The message that asks to open these maps, or with none of them to come forward."""
    import json

    return json.dumps({"open": [os.fspath(path.absolute()) for path in paths]}).encode() + b"\n"


def decode(message: bytes) -> list[Path]:
    """The maps that a message asks for. Raises Nonsense for anything but a short list of absolute paths."""
    import json

    try:
        values = json.loads(message.decode())
    except (ValueError, RecursionError):
        raise Nonsense("is no JSON") from None
    paths = values.get("open") if isinstance(values, dict) else None
    if not isinstance(paths, list) or len(paths) > MOST_PATHS:
        raise Nonsense("has no list of paths")
    if not all(isinstance(path, str) and "\0" not in path and Path(path).is_absolute() for path in paths):
        raise Nonsense("has something else than absolute paths")
    return [Path(path) for path in paths]


def connected(where: Path) -> socket.socket:
    """A line to the program that listens there. Raises OSError, ConnectionRefusedError where it is gone."""
    import socket

    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)  # type: ignore[attr-defined, unused-ignore]
    try:
        line.settimeout(PATIENCE)
        line.connect(os.fspath(where))
    except BaseException:
        line.close()
        raise
    return line
