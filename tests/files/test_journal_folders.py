"""The folders of journals: in which order those come whose program is gone."""

from __future__ import annotations

import os
from pathlib import Path

from app.files.journal.folders import OWNER, left_behind, make_folder


def test_they_come_as_they_were_made_though_somebody_has_looked_at_them(tmp_path: Path) -> None:
    """Whoever looks at one writes its name into it, so the times of its files tell nothing."""
    made = []
    for number in range(5):
        folder = make_folder(tmp_path / "journal")
        os.utime(folder.path / OWNER, (9 - number, 9 - number))
        folder.release()
        made.append(folder.path)
    found = []
    for folder in left_behind(tmp_path / "journal"):
        found.append(folder.path)
        folder.release()
    assert found == made
