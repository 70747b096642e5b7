"""Random input for an hour: ``python -m benchmarks.monkey --minutes 60 --seed 1``.

Prints a line a minute, and at the end what was reached. The log names every turn before it is done; ``--until N`` does
the same turns again and stops after that one. Exit code 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import secrets
import sys
import tempfile
import time
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

    from benchmarks.monkey.monkey import Monkey

WARM_UP, LEAST_WARM_UP = 1 / 6, 2
"""The part of the time, and the minutes, after which memory counts: by then the caches are about full. All of them have
bounds: texts that are laid out, icons and frames as pixels, pictures, steps of the history, Qt's own.
"""

WARM_TURNS = 2500
"""And so many turns, which on a busy machine take longer."""

MOST_GROWTH = 50
"""Megabytes."""

SCREEN = {
    "name": "one",
    "x": 0,
    "y": 0,
    "width": 1920,
    "height": 1080,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}


class Hour:
    """The run by the clock, with the memory that it takes."""

    def __init__(self, monkey: Monkey, minutes: float, until: int | None) -> None:
        self._monkey = monkey
        self._minutes = minutes
        self._until = until
        self._start = time.monotonic()
        self._next = 1
        self.memory: dict[int, float] = {}
        self.most = 0.0
        self._cold_until = 0

    def goes_on(self) -> bool:
        """Asked before every turn; once a minute all windows are closed, and the memory is read."""
        if self._until is not None:
            return self._monkey.turn < self._until
        minutes = (time.monotonic() - self._start) / 60
        if minutes >= self._next:
            self._look(self._next)
            self._next = int(minutes) + 1
        return minutes < self._minutes

    def _look(self, minute: int) -> None:
        monkey = self._monkey
        self.most = max(self.most, megabytes())
        monkey.clear()
        if monkey.collector is not None:
            monkey.collector.collect_all()  # as it does by itself every now and then
        self.memory[minute] = megabytes()
        if monkey.turn < WARM_TURNS:
            self._cold_until = minute
        records = sum(monkey.watch.records.values())
        print(
            f"minute {minute}: {monkey.turn} turns, {records} records changed, {self.memory[minute]:.1f} MB", flush=True
        )

    @property
    def growth(self) -> float:
        """Megabytes from the end of the warm-up to the end, each with all windows closed."""
        warm = [size for minute, size in self.memory.items() if minute >= self.warm_up]
        return warm[-1] - warm[0] if warm else 0.0

    @property
    def warm_up(self) -> int:
        """The minute from which on memory counts."""
        return max(LEAST_WARM_UP, ceil(self._minutes * WARM_UP), self._cold_until + 1)


def megabytes() -> float:
    """What the process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="monkey-") as name:
        home = Path(name)
        _move_in(home)
        log_path = Path(options.log or home.parent / f"monkey-{options.seed}.log")
        with log_path.open("w", encoding="utf-8") as log:
            faulthandler.enable(log)
            print(f"seed {options.seed}, every turn is in {log_path}", flush=True)
            from app.window.main import application
            from benchmarks.monkey.monkey import BrokenError, Monkey

            app = application()
            app.setQuitOnLastWindowClosed(False)
            folder = home / "maps"
            folder.mkdir()
            monkey = Monkey(options.seed, folder, log)
            hour = Hour(monkey, options.minutes, options.until)
            try:
                monkey.run(hour.goes_on)
                fault = ""
            except BrokenError as broken:
                fault = str(broken)
            _report(monkey, hour)
            faulthandler.disable()
    return _verdict(monkey, hour, fault)


def _verdict(monkey: Monkey, hour: Hour, fault: str) -> int:
    if fault:
        print(f"\nBROKEN {fault}\nAgain: python -m benchmarks.monkey --seed {monkey.seed} --until {monkey.turn}")
        return 1
    if hour.growth >= MOST_GROWTH:
        print(f"\nBROKEN memory has grown by {hour.growth:.1f} MB")
        return 1
    print("\nAll in order.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.monkey", description="Random input for the program.")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (1)")
    parser.add_argument("--seed", type=int, default=None, help="the same seed does the same (random)")
    parser.add_argument("--until", type=int, default=None, help="so many turns, however long they take")
    parser.add_argument("--log", help="where every turn is written")
    options = parser.parse_args(arguments)
    options.seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    return options


def _move_in(home: Path) -> None:
    """Nothing of the user's is read or written; the screen is as large as most."""
    os.environ["HOME"] = str(home)
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[variable] = str(home / variable)
    screen = home / "screen.json"
    screen.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"


def _report(monkey: Monkey, hour: Hour) -> None:
    watch = monkey.watch
    print(f"\n{monkey.turn} turns, at most {monkey.most_windows} windows")
    for title, counts in (
        ("acts", monkey.acts),
        ("gestures begun", watch.gestures),
        ("gestures ended", watch.ends),
        ("actions triggered", watch.actions),
        ("records", watch.records),
        ("dialogs", monkey.answers.asked),
        ("problems told", monkey.answers.sentences),
    ):
        print(f"{title} ({len(counts)} kinds): {_listed(counts)}")
    print(f"kinds of edits: {len(watch.edits)}, {sum(watch.edits.values())} steps of history")
    print(f"memory grew by {hour.growth:.1f} MB after minute {hour.warm_up}; at most {hour.most:.1f} MB while at work")


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
