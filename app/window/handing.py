"""Handing maps to the program that runs already. Without Qt, so that the second program is gone at once.

On Windows it is Qt that knows local sockets, and is asked.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.window import talk


def hand_over(paths: list[Path]) -> bool:
    """Asks the running program to open these maps; False where none runs, or none that answers."""
    where = talk.address()
    if where is None or (sys.platform != "win32" and not where.exists()):
        return False
    message = talk.encode(paths)
    if len(message) > talk.MOST_BYTES:
        return False
    if sys.platform == "win32":
        from app.window.talk_windows import ask

        return ask(talk.pipe_name(where), message, talk.PATIENCE) == talk.ANSWER
    return _ask(where, message) == talk.ANSWER


def _ask(where: Path, message: bytes) -> bytes:
    try:
        with talk.connected(where) as line:
            line.sendall(message)
            return line.recv(len(talk.ANSWER))
    except OSError:
        return b""
