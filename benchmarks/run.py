"""Runs the benchmarks, all or those named: ``python -m benchmarks.run [name ...]``; with ``--torture`` the tortures.

Each is a module ``bench_<name>.py`` or ``torture_<name>.py`` beside this one, and runs in a process of its own, so that
none measures what another left in memory. A benchmark prints its figures. A torture runs at its full count, and ends
with another code than 0 where something was lost, wrong or too slow.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent

COUNTS = {"torture_save": ("3000",)}
"""More than one does when it is run alone."""


def names(kind: str) -> list[str]:
    return sorted(path.stem.removeprefix(kind) for path in FOLDER.glob(f"{kind}*.py"))


def run(module: str) -> bool:
    """Whether it came to a good end."""
    counts = COUNTS.get(module, ())
    print(f"== {module} {' '.join(counts)}".rstrip(), flush=True)
    command = [sys.executable, "-m", f"benchmarks.{module}", *counts]
    return subprocess.run(command, cwd=FOLDER.parent, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Runs benchmarks, or tortures.")
    parser.add_argument("--torture", action="store_const", dest="kind", const="torture_", default="bench_")
    parser.add_argument("names", nargs="*", metavar="name", help="all where none is named")
    asked = parser.parse_args(arguments)
    known = names(asked.kind)
    unknown = sorted(set(asked.names) - set(known))
    if unknown:
        print(f"There is no {', '.join(unknown)}: choose {', '.join(known)}.", file=sys.stderr)
        return 2
    broken = [name for name in asked.names or known if not run(asked.kind + name)]
    if broken:
        print(f"Failed: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
