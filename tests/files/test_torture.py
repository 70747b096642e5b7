"""A short version of benchmarks/torture_save.py, in a process of its own because it forks."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_killed_while_saving_nothing_is_lost() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.torture_save", "30"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "30 kills" in done.stdout
    assert "0 files unreadable, 0 acknowledged saves lost" in done.stdout


def test_a_disk_without_room_loses_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.torture_disk", "16"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "files that may not grow: 16 saves without room, 16 files whole, 16 messages" in done.stdout
