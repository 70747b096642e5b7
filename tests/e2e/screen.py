"""An X server of our own with a window manager, a pointer and a keyboard. xdotool moves and presses them."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

TOOLS = ("Xvfb", "xdotool", "openbox")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
SIZE = "1600x1000"
LONGEST = 30.0
"""Seconds that anything may take on a machine that is busy."""

PAUSE = 0.03
QUIET = subprocess.DEVNULL
Spot = tuple[int, int]


def wait_for(what: Callable[[], object], why: str) -> None:
    """Waits until something is so; fails with `why` where it never is."""
    end = time.monotonic() + LONGEST
    while not what():
        assert time.monotonic() < end, why
        time.sleep(PAUSE)


class Screen:
    """Spots are pixels of the screen. Texts are ASCII: others would need another keyboard."""

    def __init__(self, home: Path) -> None:
        self._home = home
        read, write = os.pipe()
        # Without -noreset the server begins anew when its last client leaves, and turns away who comes just then.
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp", "-noreset"]
        self._server = subprocess.Popen(command, pass_fds=[write], stdout=QUIET, stderr=QUIET)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self._manager = subprocess.Popen(["openbox"], env=self.environment, stdout=QUIET, stderr=QUIET)
        try:
            wait_for(lambda: self._do("get_desktop").returncode == 0, "there is no window manager")
        except AssertionError:
            self.close()
            raise

    @property
    def environment(self) -> dict[str, str]:
        """Of a user who has never started the program, on this screen."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_", "WAYLAND_"))}
        return {**own, "DISPLAY": self.display, "HOME": str(self._home), "QT_QPA_PLATFORM": "xcb"}

    def close(self) -> None:
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(10)

    # The keyboard

    def key(self, *keys: str) -> None:
        """Presses keys one after the other, say `ctrl+z`."""
        self._do("key", "--clearmodifiers", "--delay", 15, *keys)

    def type_text(self, text: str) -> None:
        self._do("type", "--clearmodifiers", "--delay", 15, "--", text)

    # The mouse

    def move(self, spot: Spot) -> None:
        self._do("mousemove", *spot)

    def click(self, spot: Spot) -> None:
        self._do("mousemove", *spot, "click", 1)

    def double_click(self, spot: Spot) -> None:
        self._do("mousemove", *spot, "click", "--repeat", 2, "--delay", 30, 1)

    def press(self, spot: Spot) -> None:
        self._do("mousemove", *spot, "mousedown", 1)

    def release(self) -> None:
        self._do("mouseup", 1)

    def drag(self, start: Spot, end: Spot, arrived: Callable[[], object] = lambda: True) -> None:
        """Drags as a hand does, and lets go when the program has `arrived` there too."""
        self.press(start)
        for part in range(1, 9):
            self.move(tuple(round(a + (b - a) * part / 8) for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
            time.sleep(PAUSE)
        wait_for(arrived, f"what is dragged from {start} does not come to {end}")
        self.release()

    def _do(self, *words: object) -> subprocess.CompletedProcess[str]:
        command = ["xdotool", *map(str, words)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=60)
