"""Process start to first paint, and to the map live and editable, against a bare PySide6 window in the same run.

Cold processes, taken in turns; medians and ratios. The platform is the one that QT_QPA_PLATFORM names, offscreen by
default. "Painted" is the window with menus, toolbar and the file's thumbnail in place of the map; "live" is the first
paint of the real map, which takes the mouse at once. "Start page" is that page painted, with eight recent maps.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.paths import sample_dir

ROUNDS = 11

BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print("painted", flush=True), app.quit()))

app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""

OURS = """
import gc, sys
gc.disable()
from PySide6.QtCore import QEvent, QObject, QTimer
from app.window.main import application, start
from pathlib import Path

class Live(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: (print("live", flush=True), app.quit()))
        return False

app = application()
window = start([Path(sys.argv[1])])
live = Live()
window.stand_in.painted.connect(lambda: print("painted", flush=True))
window.ready.connect(lambda: window.view.viewport().installEventFilter(live))
app.exec()
"""


PAGE = """
import gc, sys
gc.disable()
from PySide6.QtCore import QTimer
from app.window.main import application, start

app = application()
window = start([])
window.start_page.painted.connect(lambda: (print("page", flush=True), app.quit()))
app.exec()
"""


def environment(folder: str) -> dict[str, str]:
    """That of an installed program: its modules are compiled, whatever this shell says about writing bytecode."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": folder, "XDG_CONFIG_HOME": folder}


def times(code: str, variables: dict[str, str], *arguments: str) -> dict[str, float]:
    """Milliseconds from the start of the process to each word that it prints."""
    found = {}
    start = time.perf_counter()
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=variables) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found[line.strip()] = (time.perf_counter() - start) * 1000
    return found


def with_thumbnail(folder: str) -> Path:
    """A copy of the sample as the window saves it: with its thumbnail."""
    from PySide6.QtCore import QEventLoop

    from app.window.main import application, start

    app = application()
    window = start([sample_dir() / "broadband.jmap"])
    loop = QEventLoop(app)
    window.ready.connect(loop.quit)
    loop.exec()
    assert window.session is not None
    path = Path(folder) / "broadband.jmap"
    window.session.save(path, window.view.thumbnail())
    window.close()
    return path


def remember(path: str, variables: dict[str, str]) -> None:
    """Leaves settings as after some use: it is not the first start, and there are recent maps."""
    code = (
        "import sys; from pathlib import Path; from app.window.program import Program; program = Program();"
        "program.remember(first_start_done=True);"
        "[program.add_recent(Path(sys.argv[1]).with_name(f'{n}.jmap'), f'Map {n}') for n in range(8)]"
    )
    subprocess.run([sys.executable, "-c", code, path], check=True, env=variables)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        path = str(with_thumbnail(folder))
        variables = environment(folder)
        times(BARE, variables)
        times(OURS, variables, path)
        remember(path, variables)
        times(PAGE, variables)
        runs: dict[str, list[float]] = {"bare": [], "painted": [], "live": [], "page": []}
        for _ in range(ROUNDS):
            runs["bare"].append(times(BARE, variables)["painted"])
            ours = times(OURS, variables, path)
            runs["painted"].append(ours["painted"])
            runs["live"].append(ours["live"])
            runs["page"].append(times(PAGE, variables)["page"])
    bare = statistics.median(runs["bare"])
    print(f"platform {os.environ['QT_QPA_PLATFORM']}, {ROUNDS} cold processes each, medians")
    print(f"  bare PySide6 window    {bare:6.0f} ms")
    for name, word, reach in (("painted", "painted", 1.5), ("live", "live", 3.5), ("page", "start page", 1.5)):
        median = statistics.median(runs[name])
        print(f"  our window, {word:<10} {median:6.0f} ms  {median / bare:4.2f} × bare (to reach: {reach} ×)")


if __name__ == "__main__":
    main()
