"""Ctrl+C in the terminal that the program was started from."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.paths import sample_dir

CODE = """
import sys
from PySide6.QtCore import QTimer
from app.window import main
begin = main.start
def start(paths):
    window = begin(paths)
    window.ready.connect(lambda: QTimer.singleShot(0, lambda: print("ready", flush=True)))
    return window
main.start = start
sys.exit(main.run(sys.argv[1:]))
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_an_interrupt_closes_the_window(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", CODE, str(sample_dir() / "broadband.jmap")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=20)
    finally:
        program.kill()
    assert (program.returncode, said) == (0, "")
