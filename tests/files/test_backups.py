"""An earlier version can always be got back, and that there is none is never a reason for a save to fail."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.files import backups as module
from app.files import load, save
from app.files.backups import DAYS, LAST, Backup, Backups, surplus
from tests.files import builders as build


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


def write(path: Path, title: str) -> None:
    values = [{**value, "title": title} if value["id"] == "map" else value for value in build.SMALL]
    save(build.records(values), path)


def test_every_state_is_kept_once_newest_first(path: Path) -> None:
    kept = Backups(path)
    states = []
    for title in ("One", "Two", "Two", "One"):
        write(path, title)
        kept.keep()
        states.append(path.read_bytes())
    found = kept.found()
    assert [each.path.read_bytes() for each in found] == [states[3], states[1], states[0]]
    assert load(found[1].path).records
    assert [each.size for each in found] == [len(states[3]), len(states[1]), len(states[0])]
    assert found[0].moment > found[1].moment > found[2].moment
    assert abs(found[0].moment - datetime.now(UTC)) < timedelta(minutes=1)


def test_only_the_last_ones_of_a_day_stay(path: Path) -> None:
    for number in range(LAST + 5):
        write(path, f"Title {number}")
        Backups(path).keep()
    titles = [next(r for r in load(each.path).records if r.id == "map").title for each in Backups(path).found()]  # type: ignore[attr-defined]
    assert titles == [f"Title {number}" for number in reversed(range(5, LAST + 5))]


def made(ages: list[timedelta], size: int = 10) -> list[Backup]:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return [Backup(Path(f"{place}"), noon - age, size, "0" * 16) for place, age in enumerate(ages)]


def test_one_of_each_day_stays_for_a_month() -> None:
    ages = [timedelta(minutes=number) for number in range(12)]
    ages += [timedelta(days=day, minutes=turn) for day in range(1, 40) for turn in range(3)]
    there = made(ages)
    gone = {each.path for each in surplus(there, 10**9)}
    kept = [each for each in there if each.path not in gone]
    assert kept[:LAST] == there[:LAST]
    rest = kept[LAST:]
    days = [(there[0].moment - each.moment).days for each in rest]
    assert days == list(range(1, DAYS))
    assert all(each in there[12::3] for each in rest), "the last of each day"


def test_the_bytes_are_bounded_and_the_newest_stays() -> None:
    there = made([timedelta(minutes=number) for number in range(5)], size=40)
    assert [each.path.name for each in surplus(there, 100)] == ["2", "3", "4"]
    assert [each.path.name for each in surplus(there, 10)] == ["1", "2", "3", "4"]


def test_all_maps_together_are_bounded(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other.jmap"
    shutil.copy(path, other)
    Backups(other).keep()
    write(path, "One")
    Backups(path).keep()
    monkeypatch.setattr(module, "ALL_BYTES", path.stat().st_size + 10)
    write(path, "Two")
    Backups(path).keep()
    assert Backups(other).found() == []
    assert len(Backups(path).found()) == 1


def test_maps_of_one_name_are_told_apart(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / path.name
    other.parent.mkdir()
    shutil.copy(path, other)
    Backups(path).keep()
    assert Backups(other).found() == []


def test_a_damaged_or_missing_file_still_has_its_earlier_versions(path: Path) -> None:
    before = path.read_bytes()
    Backups(path).keep()
    path.write_bytes(b"rubbish")
    assert [each.path.read_bytes() for each in Backups(path).found()] == [before]
    path.unlink()
    assert Backups(path).keep() is None
    assert len(Backups(path).found()) == 1


def test_nobody_else_may_read_them(path: Path) -> None:
    kept = Backups(path).keep()
    assert kept is not None
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept.path.parent.parent.stat().st_mode) == 0o700


def _fail(*_args: object, **_options: object) -> None:
    raise OSError("no")


@pytest.mark.parametrize("spoil", [
    lambda patch, _: patch.setattr(os, "fdopen", _fail),
    lambda patch, _: patch.setattr(Path, "replace", _fail),
    lambda patch, _: patch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000)),
    lambda _, state: state.write_bytes(b"a file where the folder should be"),
])  # fmt: skip
def test_what_cannot_be_kept_raises_nothing_and_leaves_nothing(
    path: Path, state: Path, spoil: Callable[[pytest.MonkeyPatch, Path], None]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        spoil(patch, state)
        assert Backups(path).keep() is None
        assert Backups(path).found() == []
    if Backups(path).folder.is_dir():
        assert list(Backups(path).folder.iterdir()) == []


def test_other_files_in_the_folder_are_left_alone(path: Path) -> None:
    kept = Backups(path)
    kept.keep()
    strangers = [kept.folder / "notes.txt", kept.folder / "20269999T000000.000000-0123456789abcdef.jmap"]
    for stranger in strangers:
        stranger.write_bytes(b"")
    assert len(kept.found()) == 1
    write(path, "Two")
    kept.keep()
    assert all(stranger.exists() for stranger in strangers)


def test_what_is_kept_outlives_a_power_cut_and_nobody_waits_for_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes, the name and the folder's name are synced, by another than the one who saves."""
    synced: dict[int, threading.Thread] = {}
    real = os.fsync

    def sync(handle: int) -> None:
        synced[os.fstat(handle).st_ino] = threading.current_thread()
        real(handle)

    monkeypatch.setattr(os, "fsync", sync)
    kept = Backups(path).keep()
    assert kept is not None
    for thread in threading.enumerate():
        if thread.name == "backup sync":
            assert not thread.daemon, "the end of the program waits for it"
            thread.join()
    wanted = [place.stat().st_ino for place in (kept.path, kept.path.parent, kept.path.parent.parent)]
    assert set(wanted) <= synced.keys()
    assert threading.current_thread() not in [synced[place] for place in wanted]


def test_what_a_power_cut_left_empty_is_kept_once_more(path: Path) -> None:
    kept = Backups(path)
    torn = kept.keep()
    assert torn is not None
    torn.path.write_bytes(b"")
    assert kept.found() == []
    again = kept.keep()
    assert [each.path.read_bytes() for each in kept.found()] == [path.read_bytes()]
    assert again is not None
    again.path.write_bytes(path.read_bytes()[:100])
    kept.keep()
    assert path.read_bytes() in [each.path.read_bytes() for each in kept.found()]
