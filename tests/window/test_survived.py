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

STORM = """
    import random

    from PySide6.QtCore import QTimer

    from app.window import main
    from app.window.program import Program
    from app.window.window import MainWindow
    from tests.window.hands import FakeDialogs

    PANELS = ("palette", "personas", "inspector", "tables")
    ASIDE = ("doctor", "guide", "heat_map", "versions", "export", "compare", "keys", "find_command", "edit_title")
    LOOKS = ("look_light", "look_dark", "look_system")

    dialogs = FakeDialogs()
    MainWindow.dialogs = property(lambda window: dialogs)
    Program().remember(first_start_done=True)
    qt = main.application()
    first = main.start([])
    chance = random.Random(60)

    def look():
        chance.choice(first.program.windows).actions_[chance.choice(LOOKS)].trigger()

    def turns():
        opened = []
        for _ in range(6):
            first.new_window()
            window = first.program.windows[-1]
            opened.append(window)
            yield
            window.open_sample("clinic")
            yield
            window.finish()
            for name in (*(name for name in PANELS if not window.docks.is_shown(name)), *chance.sample(ASIDE, 2)):
                window.actions_[name].trigger()
            look()
            yield
            while len(opened) > chance.randrange(4):
                opened.pop(chance.randrange(len(opened))).close()
                look()
                if chance.random() < 0.5:
                    yield
        qt.closeAllWindows()

    def turn():
        try:
            next(going)
        except StopIteration:
            qt.quit()
        else:
            QTimer.singleShot(0, turn)

    going = turns()
    QTimer.singleShot(0, turn)
    qt.exec()
    print("alive")
"""
"""Windows are opened and closed with whatever they show, and the appearance changes before and after."""


@pytest.mark.parametrize("script", [WATCHED, WIDGET, PICTURE, STORM], ids=["watched", "widget", "picture", "storm"])
def test_the_process_lives(script: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(script)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (run.returncode, run.stdout) == (0, "alive\n"), run.stderr
    assert "Traceback" not in run.stderr
