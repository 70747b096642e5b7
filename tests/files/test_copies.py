"""Copies that programs which sync folders leave beside a map are found by name and by what map they hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.files import MapFile, load, save
from app.files.copies import conflict_copies, is_copy_name
from tests.files import builders as build

ID = "0123456789abcdef0123456789abcdef"

COPIES = [
    "tour (conflicted copy 2026-11-22).jmap",
    "tour (Zoë's conflicted copy 2026-11-22).jmap",
    "tour (PC-7's conflicted copy 2026-11-22 1).jmap",
    "tour (conflicted copy 2026-11-22 101530).jmap",
    "tour (SFConflict ann@example.org 2026-11-22-10-15-30).jmap",
    "tour.sync-conflict-20261122-101530-ABCDEFG.jmap",
    "tour_conflict-20261122-101530.jmap",
    "tour_PC-7_Nov-22-101530-2026_Conflict.jmap",
    "tour-DESKTOP-AB12CD3.jmap",
    "tour-PC-7-2.jmap",
    "tour (1).jmap",
    "tour 2.jmap",
]
OTHERS = [
    "tour.jmap",
    "tour copy.jmap",
    "tour-v2.jmap",
    "tour-final.jmap",
    "tour - for Ann.jmap",
    "tours.jmap",
    "tour 2.pdf",
    "detour 2.jmap",
    "tour (draft).jmap",
    ".~lock.tour.jmap#",
]


@pytest.mark.parametrize("name", COPIES)
def test_names_of_copies(name: str) -> None:
    assert is_copy_name(name, "tour.jmap")


@pytest.mark.parametrize("name", OTHERS)
def test_names_of_other_files(name: str) -> None:
    assert not is_copy_name(name, "tour.jmap")


def a_map(title: str, id: str = ID) -> MapFile:
    values = [{**value, "title": title} if value["id"] == "map" else value for value in build.SMALL]
    return MapFile(tuple(build.records(values)), map_id=id)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "tour.jmap"
    save(a_map("Mine"), place)
    return place


def test_copies_of_the_same_map_are_found(path: Path) -> None:
    theirs = path.with_name("tour (1).jmap")
    save(a_map("Theirs"), theirs)
    save(a_map("Another map", "f" * 32), path.with_name("tour (2).jmap"))
    path.with_name("tour (3).jmap").write_bytes(b"no map")
    path.with_name("tour (4).jmap").mkdir()
    save(a_map("Theirs"), path.with_name("tour copy.jmap"))
    [found] = conflict_copies(path, ID)
    assert found.path == theirs
    assert found.rev == load(theirs).rev


def test_a_state_that_is_known_is_no_conflict(path: Path) -> None:
    shutil.copy(path, path.with_name("tour (1).jmap"))
    assert conflict_copies(path, ID, frozenset({load(path).rev})) == []


def test_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    assert conflict_copies(tmp_path / "no" / "tour.jmap", ID) == []


def test_only_so_many_are_read(path: Path) -> None:
    for number in range(60):
        shutil.copy(path, path.with_name(f"tour ({number}).jmap"))
    assert len(conflict_copies(path, ID)) == 40
