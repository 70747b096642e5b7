"""What the monkey hangs on the program's classes may still be called when it has gone."""

from __future__ import annotations

import subprocess
import sys
import textwrap

SCRIPT = """
    import gc

    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from app.window.panels.personas import PersonasPanel
    from benchmarks.monkey.watch import Watch

    qt = QApplication([])
    with Watch().watching():
        panel = PersonasPanel()
        panel.show()
        qt.processEvents()
    gc.collect()
    qt.setStyleSheet("QLabel { color: red }")
    panel.close()
    print("alive")
"""


def test_a_window_of_the_monkey_outlives_it() -> None:
    """In a process of its own, for what is wrong here brings it down."""
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(SCRIPT)], capture_output=True, text=True, timeout=120)
    assert (run.returncode, run.stdout) == (0, "alive\n"), run.stderr
