"""How fast a laid-out sheet of 5,000 cards becomes an A0 poster on disk, against Qt's QPdfWriter and against cairo.

All three paint the same primitives with the same glyphs at the same places, each in a process of its own, in turns.
Timed is from the laid-out drawing (glyph runs ready) to the file on disk; importing and layout are not. Memory is the
peak of the whole process (which holds Python, Qt and the sheet in all three), and what painting added to it.
Qt and cairo get the glyphs ready in their own form.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CARDS, ROUNDS = 5_000, 5
PAINTERS = {"own": "Journey Mapper", "qt": "Qt QPdfWriter", "cairo": "cairo"}
SIZES = (60, 500, CARDS)


def main() -> None:
    """Print medians, and ratios of the others to ours."""
    for cards in SIZES:
        results: dict[str, list[dict[str, float]]] = {name: [] for name in PAINTERS}
        for _ in range(ROUNDS):
            for name in PAINTERS:
                results[name].append(_measure(name, cards))
        _report(cards, results)


def _measure(name: str, cards: int) -> dict[str, float]:
    code = f"from benchmarks.bench_pdf import paint; paint({name!r}, {cards})"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _report(cards: int, results: dict[str, list[dict[str, float]]]) -> None:
    medians = {
        name: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for name, runs in results.items()
    }
    own = medians["own"]
    print(f"A0, {cards:,} cards, median of {ROUNDS}")
    for name, found in medians.items():
        print(
            f"  {PAINTERS[name]:15} {found['seconds'] * 1000:7.0f} ms ({found['seconds'] / own['seconds']:4.2f} ×)   "
            f"peak {found['peak']:6.1f} MB ({found['peak'] / own['peak']:4.2f} ×), "
            f"{found['added']:5.1f} MB of it by painting   "
            f"{found['bytes'] / 1000:7.0f} kB ({found['bytes'] / own['bytes']:4.2f} ×)"
        )


def paint(name: str, cards: int) -> None:
    """One measurement, in a process of its own: prints it as JSON."""
    from PySide6.QtGui import QGuiApplication

    from app.export.pages import fit, page_named
    from benchmarks.poster_sheet import poster_sheet

    application = QGuiApplication([])
    painter = importlib.import_module(f"benchmarks.poster_{name}")
    sheet = poster_sheet(cards)
    painter.prepare(sheet)
    placement = fit(sheet.w, sheet.h, page_named("A0"))
    gc.collect()
    before = _peak()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "poster.pdf"
        start = time.perf_counter()
        painter.write(sheet, placement, path)
        seconds = time.perf_counter() - start
        size = path.stat().st_size
    print(json.dumps({"seconds": seconds, "peak": _peak(), "added": _peak() - before, "bytes": size}))
    del application


def _peak() -> float:
    """The most memory this process has had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main()
