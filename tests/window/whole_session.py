"""A whole session of the real program, and every socket that it has on the way: run by test_no_network.

Opens a map, edits, saves, exports a PDF and a PNG, and shows what there is of help and lists. Python's own calls are
seen by an audit hook, everybody's sockets in the file descriptors of the process. Prints what it saw as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

CALLS: set[str] = set()
SOCKETS: set[str] = set()


def hear(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        CALLS.add(f"{event} {' '.join(map(str, arguments[1:3]))}")


def look() -> None:
    """Notes the family of every socket that is open now."""
    known = _inodes()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            SOCKETS.add(known.get(target[8:-1], "unknown"))


def _inodes() -> dict[str, str]:
    found: dict[str, str] = {}
    for family, column in (("unix", 6), ("tcp", 9), ("tcp6", 9), ("udp", 9), ("udp6", 9), ("raw", 9), ("netlink", 9)):
        table = Path("/proc/self/net", family)
        for line in table.read_text().splitlines()[1:] if table.exists() else []:
            if len(words := line.split()) > column:
                found[words[column]] = family
    return found


class Session:
    """The program with one map, from its first window to its last."""

    def __init__(self, folder: Path) -> None:
        from app.paths import sample_dir
        from app.window import main as program
        from app.window.window import MainWindow
        from tests.window.hands import FakeDialogs

        self.folder = folder
        self.path = Path(shutil.copy(sample_dir() / "broadband.jmap", folder))
        self.dialogs = dialogs = FakeDialogs()
        MainWindow.dialogs = property(lambda _window: dialogs)  # type: ignore[method-assign, assignment]
        self.app = program.application()
        self.window = program.start([self.path])
        program.listen_later(self.app, self.window)

    def wait(self, condition: Callable[[], object]) -> None:
        from PySide6.QtTest import QTest

        until = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < until
            QTest.qWait(20)
        look()

    def run(self) -> None:
        self.wait(lambda: self.window.session is not None)
        self.window.finish()
        listening = Path(os.environ["XDG_RUNTIME_DIR"]) / "journeymapper"
        self.wait(lambda: any(listening.glob("open-*")))
        self._use_commands()
        assert self.window.save()
        self._export("pdf")
        self._export("png")
        self._open_damaged()
        self.app.closeAllWindows()
        look()

    def _use_commands(self) -> None:
        for name in COMMANDS:
            self.window.actions_[name].trigger()
            look()
        self.window.helping.show_about()
        self.window.helping.close()
        self.window.drop_gestures()

    def _export(self, kind: Literal["pdf", "png"]) -> None:
        from app.window.settings import ExportOptions

        path = self.dialogs.path = self.folder / f"poster.{kind}"
        self.window.export_poster()
        export = self.window.exporting.window
        assert export is not None
        export.wanted.emit(ExportOptions(kind=kind))
        self.wait(lambda: path.exists() and not self.window.exporting.is_busy)
        export.close()
        self.wait(lambda: self.window.exporting.window is None)

    def _open_damaged(self) -> None:
        damaged = self.folder / "damaged.jmap"
        damaged.write_bytes(self.path.read_bytes()[:-30])
        self.window.open_path(damaged)
        look()


COMMANDS = ("insert_stage", "undo", "doctor", "guide", "heat_map", "find_command", "keys", "zoom_whole", "look_dark")


if __name__ == "__main__":
    sys.addaudithook(hear)
    session = Session(Path(sys.argv[1]))
    session.run()
    sys.stdout.write(
        json.dumps({"calls": sorted(CALLS), "sockets": sorted(SOCKETS), "asked": session.dialogs.asked}) + "\n"
    )
