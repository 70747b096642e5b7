"""What Windows and macOS do otherwise, tried here at the edge of the program: on Windows nothing that is open can be
removed or replaced, on macOS a sync is one only if one insists, and both take names for one that differ in letters."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.files import ChangedOnDisk, dumps, load, save, saving
from app.files.backups import Backups
from app.files.journal import disk
from app.files.lock import MapLock
from app.files.saving import reason, same_place
from app.window.session import suggested_path
from tests.files import builders as build
from tests.files.desk import Desk

HANDLES = Path("/proc/self/fd")


def is_open(path: Path) -> bool:
    """Whether this process holds a file open."""
    for handle in list(HANDLES.iterdir()):
        with suppress(OSError):
            if os.path.samestat(handle.stat(), path.lstat()):
                return True
    return False


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing that is open can be removed, renamed or replaced, as where others do not share their handles."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="win32"))
    for name in ("unlink", "rename", "replace"):
        monkeypatch.setattr(os, name, _unless_open(getattr(os, name)))


def _unless_open(real: Callable[..., None]) -> Callable[..., None]:
    def act(*paths: Any, dir_fd: int | None = None, **options: Any) -> None:
        folder = Path() if dir_fd is None else (HANDLES / str(dir_fd)).readlink()
        if any(is_open(folder / path) for path in paths):
            raise PermissionError(errno.EACCES, "It is open.", os.fspath(paths[0]))
        real(*paths, **({"dir_fd": dir_fd} if dir_fd is not None else {}), **options)

    return act


def backups_are_synced() -> None:
    for thread in threading.enumerate():
        if thread.name == "backup sync":
            thread.join()


@pytest.fixture
def desk(windows: None, tmp_path: Path) -> Iterator[Desk]:  # noqa: ARG001 (the disk is like that before it is used)
    made = Desk(tmp_path)
    yield made
    made.journal.close()
    for lost in made.lost:
        lost.leave()


def test_a_journal_of_a_map_that_was_closed_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the next start would offer what nobody has lost. The disk is slow, and at it while the map is closed."""
    real, done = saving.sync, threading.Event()

    def slow(handle: int) -> None:
        if threading.current_thread().name == "journal sync":
            threading.Timer(0.1, done.set).start()
            done.wait()
        real(handle)

    monkeypatch.setattr(disk, "sync", slow)
    desk.name("One")
    assert desk.journal.flush(wait=True)
    desk.save()
    desk.name("Two")
    desk.journal.close()
    assert list(desk.root.iterdir()) == []
    backups_are_synced()


def test_what_was_restored_is_not_offered_again(desk: Desk) -> None:
    desk.name("One")
    desk.crash()
    [lost] = desk.find()
    lost.discard()
    assert list(desk.root.iterdir()) == []


def test_a_journal_that_begins_anew_leaves_nothing_of_the_old_one(desk: Desk) -> None:
    desk.name("One")
    assert desk.journal.flush(wait=True)
    desk.journal.begin()
    assert desk.journal.flush(wait=True)
    assert [path.name for path in desk.root.glob("*/log-*")] == ["log-2"]


@pytest.mark.usefixtures("windows")
def test_saving_and_backups_hold_nothing_open(tmp_path: Path) -> None:
    path = tmp_path / "tour.jmap"
    waits: list[float] = []
    for number in range(12):
        Backups(path).keep()
        records = build.records([{**v, "title": f"{number}"} if v["id"] == "map" else v for v in build.SMALL])
        save(records, path, wait=waits.append)
        backups_are_synced()
    assert waits == []
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [path.name]
    assert len(Backups(path).found()) == 10


@pytest.mark.usefixtures("windows")
def test_a_lock_that_others_look_into_goes_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tour.jmap"
    lock = MapLock(path, "Ann")
    assert lock.take() is None
    with path.with_name(f".~lock.{path.name}#").open("rb") as looking:
        monkeypatch.setattr("app.files.lock.time", SimpleNamespace(sleep=lambda _: looking.close(), time=lambda: 0.0))
        lock.release()
    assert list(tmp_path.glob(".~lock*")) == []


def test_a_mac_is_told_to_put_it_on_the_disk_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(saving, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, what: told.append(what))
    path = tmp_path / "tour.jmap"
    save(build.records(), path)
    assert load(path).records
    assert set(told) == {51}
    plain: list[int] = []

    def refuse(_handle: int, _what: int) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    monkeypatch.setattr(os, "fsync", plain.append)
    save(build.records(), path)
    assert plain, "a file system that cannot is synced as well as it can"


def test_a_name_that_windows_does_not_take_is_said_to_be_one() -> None:
    error = OSError(errno.EINVAL, "invalid argument")
    error.winerror = saving.INVALID_NAME  # type: ignore[attr-defined,unused-ignore]
    assert reason(error) == "its name is not one a file can have"


def test_one_file_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    """Two names for a file, as “Tour” and “tour” are where letters do not matter."""
    one, other = tmp_path / "Tour.jmap", tmp_path / "tour.jmap"
    save(build.records(), one)
    os.link(one, other)
    assert same_place(one, other)
    assert not same_place(one, tmp_path / "third.jmap")
    os.link(one, tmp_path / "copy.jmap")
    assert not same_place(one, tmp_path / "copy.jmap"), "saving one leaves a hard link of another name as it is"
    theirs = build.records([{**v, "title": "Theirs"} if v["id"] == "map" else v for v in build.SMALL])
    mine = load(one)
    other.write_bytes(dumps(mine.holding(theirs)))
    with pytest.raises(ChangedOnDisk):
        save(mine, other)


@pytest.mark.parametrize(("title", "name"), [
    ("Con", "Con map"), ("lpt1", "lpt1 map"), ("Console", "Console"), ("A" * 300, "A" * 60), ("   ", "Untitled"),
    ("What? When: why/how", "What When why how"),
])  # fmt: skip
def test_names_that_are_proposed_are_taken_everywhere(title: str, name: str) -> None:
    assert suggested_path(title).stem == name
