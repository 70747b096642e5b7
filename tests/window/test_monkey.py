"""Some seconds of the monkey; an hour of it is ``python -m benchmarks.monkey --minutes 60``."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from random import SystemRandom

import pytest

from app.model.edits import set_map
from app.window.window import MainWindow
from benchmarks.monkey import checks
from benchmarks.monkey.monkey import Monkey
from tests.window.hands import Hands

TURNS = 700

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("qapp")]


def run(seed: int, folder: Path) -> Monkey:
    """So many turns; what it did at last is shown where something is wrong."""
    log = io.StringIO()
    monkey = Monkey(seed, folder, log, real_boxes=False)
    try:
        monkey.run(lambda: monkey.turn < TURNS)
    except Exception as error:
        error.add_note("\n".join(log.getvalue().splitlines()[-60:]))
        raise
    return monkey


def test_an_overdue_review_is_no_fault(window: MainWindow, hands: Hands) -> None:
    del hands  # they have opened a map
    assert window.session is not None
    with window.session.document.edit("Review") as tx:
        set_map(tx, review_date=dt.date(2020, 2, 2))
    checks.thorough(window)


def test_random_input_breaks_nothing(tmp_path: Path) -> None:
    monkey = run(1, tmp_path)
    assert len(monkey.watch.gestures) >= 6, "it reaches the gestures"
    assert len(monkey.watch.actions) >= 30, "it reaches the menus"
    assert {"card added", "card changed", "card removed"} <= monkey.watch.records.keys(), "the map changes"


def test_input_that_nobody_has_tried_breaks_nothing(tmp_path: Path) -> None:
    run(SystemRandom().randrange(10**6), tmp_path)
