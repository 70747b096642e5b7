"""Runs the tortures, all or those named: ``python -m benchmarks.torture [name ...]``; ``make torture`` runs all.

A torture is a module ``torture_<name>.py`` beside this one. Each runs in a process of its own at its full count, prints
what it did, and ends with another code than 0 where something was lost, wrong or too slow.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent

COUNTS = {"save": ("3000",)}
"""More than a torture does when it is run alone."""


def names() -> list[str]:
    return sorted(path.stem.removeprefix("torture_") for path in FOLDER.glob("torture_*.py"))


def run(name: str) -> bool:
    """Whether the torture came to a good end."""
    counts = COUNTS.get(name, ())
    print(f"== {name} {' '.join(counts)}".rstrip(), flush=True)
    command = [sys.executable, "-m", f"benchmarks.torture_{name}", *counts]
    return subprocess.run(command, cwd=FOLDER.parent, check=False).returncode == 0


def main(wanted: list[str]) -> int:
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"There is no torture {', '.join(unknown)}: choose {', '.join(names())}.", file=sys.stderr)
        return 2
    broken = [name for name in wanted or names() if not run(name)]
    if broken:
        print(f"Failed: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
