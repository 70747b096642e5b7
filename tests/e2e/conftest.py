"""A screen of our own, and the program on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.driver import Program
from tests.e2e.screen import MISSING, Screen

Start = Callable[..., Program]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    if MISSING:
        pytest.skip(f"{', '.join(MISSING)} cannot be found; tools/setup.sh test installs what is missing")
    home = tmp_path / "home"
    home.mkdir()
    made = Screen(home)
    yield made
    made.close()


@pytest.fixture
def start(screen: Screen) -> Iterator[Start]:
    """Starts the program, as often as one likes, and sees to its end."""
    programs: list[Program] = []

    def started(*words: object) -> Program:
        programs.append(Program(screen, *words))
        return programs[-1]

    yield started
    for program in programs:
        program.close()
