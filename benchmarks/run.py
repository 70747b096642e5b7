"""Runs the benchmarks, all or those named: ``python -m benchmarks.run [name ...]``.

A benchmark is a module ``bench_<name>.py`` beside this one with a function ``main()`` that prints its figures.
Each runs in a process of its own, so that none measures what another left in memory.
"""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> list[str]:
    return sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def run(name: str) -> bool:
    """Whether the benchmark came to its end."""
    print(f"== {name}", flush=True)
    code = f"from benchmarks.bench_{name} import main; main()"
    return subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parent, check=False).returncode == 0


def main(wanted: list[str]) -> int:
    broken = [name for name in wanted or names() if not run(name)]
    if broken:
        print(f"Failed: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
