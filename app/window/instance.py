"""One program for all maps of a user: a map that is double-clicked while it runs opens in a window of it.

Listening begins when the first map is there. See `talk` for what is said on the line.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from app.window.talk import ANSWER, MOST_BYTES, Nonsense, address, connected, decode, make_private, pipe_name

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

    Heard = Callable[[bytes], bool]

MOST_LINES: Final = 8
"""So many talk at a time; who comes later waits."""

WAITING: Final = 64
"""So many wait until others have talked; who comes then takes the program for one that hangs."""

LONGEST_TALK: Final = 2000
"""Milliseconds after which somebody who says nothing is hung up on."""


class Instance(QObject):
    """Hears what programs started later are asked to open, and passes it on."""

    def __init__(self, open_maps: Callable[[list[Path]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._open_maps = open_maps
        self._stop: Callable[[], None] | None = None

    @property
    def is_listening(self) -> bool:
        return self._stop is not None

    def listen(self) -> bool:
        """Begins; False where another program listens already, or there is no private place to do it."""
        where = address()
        if where is None or self._stop is not None:
            return False
        if sys.platform == "win32":
            from app.window.talk_windows import listen

            self._stop = listen(pipe_name(where), self._hear, self)
        elif make_private(where.parent):
            server = _bound(where)
            self._stop = _Server(server, where, self._hear, self).stop if server is not None else None
        return self.is_listening

    def stop(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None

    def _hear(self, message: bytes) -> bool:
        """Whether a message makes sense. What it asks for is done after it was answered: that may take a while."""
        try:
            paths = decode(message)
        except Nonsense:
            return False
        QTimer.singleShot(0, self, lambda: self._open_maps(paths))
        return True


class _Server(QObject):
    """A local socket that is listened at without a thread."""

    def __init__(self, server: socket.socket, where: Path, heard: Heard, parent: QObject) -> None:
        super().__init__(parent)
        self._server = server
        self._where = where
        self._inode = where.lstat().st_ino
        self._heard = heard
        self._lines: set[_Line] = set()
        self._notifier = QSocketNotifier(server.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    def _accept(self) -> None:
        with suppress(OSError):
            line, _ = self._server.accept()
            self._lines.add(_Line(line, self._heard, self._hang_up, self))
        self._notifier.setEnabled(len(self._lines) < MOST_LINES)

    def _hang_up(self, line: _Line) -> None:
        self._lines.discard(line)
        self._notifier.setEnabled(True)

    def stop(self) -> None:
        self._notifier.setEnabled(False)
        for line in list(self._lines):
            line.hang_up()
        self._server.close()
        with suppress(OSError):
            if self._where.lstat().st_ino == self._inode:  # not that of a program that took the place over
                self._where.unlink()


class _Line(QObject):
    """Somebody who talks to us: one line, and not for long."""

    def __init__(self, line: socket.socket, heard: Heard, over: Callable[[_Line], None], parent: QObject) -> None:
        super().__init__(parent)
        line.setblocking(False)
        self._line = line
        self._heard = heard
        self._over = over
        self._said = b""
        self._notifier = QSocketNotifier(line.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        QTimer.singleShot(LONGEST_TALK, self, self.hang_up)

    def _read(self) -> None:
        try:
            piece = self._line.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        self._said += piece
        if self._said.endswith(b"\n") and len(self._said) <= MOST_BYTES:
            self._answer()
        elif not piece or len(self._said) > MOST_BYTES:
            self.hang_up()

    def _answer(self) -> None:
        """Passes on what was said, unless who said it has given up on us and opens the maps without us."""
        if not _is_gone(self._line) and self._heard(self._said):
            with suppress(OSError):
                self._line.send(ANSWER)
        self.hang_up()

    def hang_up(self) -> None:
        if self._line.fileno() < 0:
            return
        self._notifier.setEnabled(False)
        self._line.close()
        self._over(self)
        self.deleteLater()


def _is_gone(line: socket.socket) -> bool:
    """Whether the other side has closed the line."""
    try:
        return line.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _bound(where: Path) -> socket.socket | None:
    """A socket at this place; one that a killed program left there is taken over, that of a living one is not."""
    import socket

    try:
        connected(where).close()
    except (ConnectionRefusedError, FileNotFoundError):
        pass
    except OSError:
        return None
    else:
        return None
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)  # type: ignore[attr-defined, unused-ignore]
    own = where.with_name(f"{where.name}.{os.getpid()}")
    try:
        own.unlink(missing_ok=True)
        server.bind(os.fspath(own))
        server.listen(WAITING)
        server.setblocking(False)
        own.replace(where)
    except OSError:
        server.close()
        with suppress(OSError):
            own.unlink()
        return None
    return server
