"""A saved map, and one that is open with its journal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.files import save
from tests.files import builders as build
from tests.files.desk import Desk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved map, alone in its folder."""
    place = tmp_path / "tour.jmap"
    save(build.records(), place)
    return place


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.journal.close()
    for lost in made.lost:
        lost.leave()
