"""What once brought the process down, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

WATCHED = """
    import gc

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
"""A window that the monkey used is still there when the monkey has gone."""

WIDGET = """
    import sys

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.window import ticks

    def paint(*_arguments, **_named):
        raise ValueError("broken")

    heard = []
    sys.excepthook = lambda kind, error, trace: heard.append(str(error))
    ticks.paint_tick = paint
    qt = QApplication([])
    box = ticks.TickBox("Legend", None)
    box.show()
    turns = QTimer(interval=0)
    turns.timeout.connect(lambda: qt.quit() if any("broken" in words for words in heard) else box.update())
    turns.start()
    qt.exec()
    box.close()
    qt.processEvents()
    print("alive")
"""
"""Something goes wrong while a widget is painted."""

PICTURE = """
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication

    from app.window.icons import VectorIcon

    class Broken(VectorIcon):
        def paint(self, *_arguments):
            raise ValueError("broken")

    qt = QGuiApplication([])
    try:
        Broken("plus").pixmap(QSize(16, 16), None, None)
    except ValueError:
        print("alive")
"""
"""Something goes wrong while a picture is painted, whose frame then dies with the painter in it."""


@pytest.mark.parametrize("script", [WATCHED, WIDGET, PICTURE], ids=["watched", "widget", "picture"])
def test_the_process_lives(script: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(script)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (run.returncode, run.stdout) == (0, "alive\n"), run.stderr
