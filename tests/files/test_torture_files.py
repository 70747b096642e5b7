"""Files and lines mutated at random, a few of them: `python -m benchmarks.torture_files` takes 40,000."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.torture_files import MOST_MEGABYTES, Result, judge, mutated_files, mutated_lines, torture
from tests.files import builders as build

ROOT = Path(__file__).parents[2]
MEASURE = """
from benchmarks.torture_files import measure_corpus
measured = measure_corpus()
print(len(measured), measured[-1].megabytes)
"""


def is_fine(result: Result) -> bool:
    return result.accepted + result.refused == result.tried and not (result.crashes or result.hangs or result.wrong)


def test_mutated_files_are_refused_or_read_as_valid_maps() -> None:
    result = torture(mutated_files(200, seed=7), 200)
    assert is_fine(result), result
    assert result.refused > 100


def test_mutated_lines_are_refused_or_read_as_valid_maps() -> None:
    result = torture(mutated_lines(200, seed=8), 200)
    assert is_fine(result), result
    assert result.accepted > 10
    assert result.refused > 50


def test_the_judge_sees_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert judge(build.sealed()) == "accepted"
    assert judge(build.sealed()[:-1]) == "refused"
    monkeypatch.setattr("benchmarks.torture_files.dumps", lambda _file: build.sealed(build.lines(build.SMALL[:3])))
    assert judge(build.sealed()) == "wrong"
    monkeypatch.setattr("benchmarks.torture_files.loads", lambda _data: 1 // 0)
    assert judge(build.sealed()) == "crashes"


@pytest.mark.slow
def test_no_hostile_file_takes_long_or_much_memory() -> None:
    """Each is opened, salvaged and checked in one process, which gives up where one of them takes 10 s of work."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=False, timeout=110
    )
    assert done.returncode == 0, done.stderr
    count, megabytes = map(int, done.stdout.split()[-2:])
    assert count > 200
    assert megabytes < MOST_MEGABYTES


def test_the_runner_knows_every_torture() -> None:
    known = set(run.names("torture_"))
    assert {"save", "salvage", "files", "history"} <= known
    assert run.COUNTS.keys() <= {f"torture_{name}" for name in known}
    assert run.main(["--torture", "nonsense"]) == 2
    assert run.main(["nonsense"]) == 2
