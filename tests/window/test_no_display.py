"""Where there is nothing to open a window on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("settings", "why"),
    [({"DISPLAY": ":59999"}, ":59999"), ({"QT_QPA_PLATFORM": "nonsense"}, "nonsense")],
)
def test_it_is_said_in_a_sentence_and_the_process_ends_by_itself(settings: dict[str, str], why: str) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "QT_LOGGING_RULES"}  # the last keeps Qt silent
    rest = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "app"],
        env={**rest, **settings}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("journeymapper: no window can be opened here (")
    assert why in line
