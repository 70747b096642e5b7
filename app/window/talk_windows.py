"""The line between two programs where only Qt knows local sockets: named pipes of Windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.window.talk import ANSWER, MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject


def ask(name: str, message: bytes, patience: float) -> bytes:
    """The answer to a message; empty where nobody listens, or nobody answers within so many seconds."""
    line = QLocalSocket()
    line.connectToServer(name)
    milliseconds = round(patience * 1000)
    if not line.waitForConnected(milliseconds):
        return b""
    line.write(message)
    line.flush()
    line.waitForReadyRead(milliseconds)  # false also where the answer is there and the line is closed already
    return bytes(line.read(len(ANSWER)).data())


def listen(name: str, heard: Callable[[bytes], bool], parent: QObject) -> Callable[[], None] | None:
    """Hears messages from now on, and answers those that `heard` takes. The result ends that; None: it cannot."""
    server = QLocalServer(parent)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    if not server.listen(name):
        server.deleteLater()
        return None

    def accept() -> None:
        line = server.nextPendingConnection()
        line.disconnected.connect(line.deleteLater)
        line.readyRead.connect(lambda: _hear(line, heard))

    server.newConnection.connect(accept)
    return server.close


def _hear(line: QLocalSocket, heard: Callable[[bytes], bool]) -> None:
    if line.bytesAvailable() > MOST_BYTES:
        line.abort()
    elif line.canReadLine():
        if heard(bytes(line.readLine().data())):
            line.write(ANSWER)
            line.flush()
        line.disconnectFromServer()
