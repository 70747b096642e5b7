"""Who has a map open is said to others who share the folder; what was left behind counts for nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.files.lock import STALE, MapLock
from app.files.machine import host

ROOT = Path(__file__).parents[2]
ENDLESS = b'{"user": "Ann", "host": "pc-7", "pid": 1, "since": NaN, "refreshed": Infinity, "token": "t"}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "tour.jmap"
    place.write_bytes(b"a map")
    return place


def lock_of(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def write(path: Path, **changes: object) -> None:
    now = time.time()
    words = {"user": "Ann", "host": "pc-7", "pid": 1, "since": now, "refreshed": now, "token": "t"}
    lock_of(path).write_text(json.dumps(words | changes))


def test_the_second_hears_of_the_first(path: Path) -> None:
    first, second = MapLock(path, "Ann"), MapLock(path, "Ben")
    assert first.take() is None
    assert lock_of(path).exists()
    other = second.take()
    assert other is not None
    assert (other.user, other.host, other.pid) == ("Ann", host(), os.getpid())
    assert abs(other.since - time.time()) < 60
    assert not second.is_held
    second.release()
    assert first.other() is None
    first.release()
    assert not lock_of(path).exists()
    assert second.keep() is None, "it is free now"
    assert second.is_held


def test_another_process_is_seen_while_it_lives_and_not_when_it_was_killed(path: Path) -> None:
    code = "import sys; from app.files.lock import MapLock; MapLock(__import__('pathlib').Path(sys.argv[1])).take();"
    code += "print('taken', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as other:
        assert other.stdout is not None
        other.stdout.readline()
        mine = MapLock(path)
        owner = mine.take()
        assert owner is not None
        assert owner.pid == other.pid
        other.kill()
        other.wait()
    assert mine.take() is None
    assert mine.is_held


def test_two_names_of_one_file_have_one_lock(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "desk" / "link.jmap"
    link.parent.mkdir()
    link.symlink_to(path)
    MapLock(path, "Ann").take()
    other = MapLock(link).take()
    assert other is not None
    assert other.user == "Ann"


def test_a_lock_that_nobody_refreshed_for_hours_is_taken_over(path: Path) -> None:
    long_ago = time.time() - STALE - 60
    write(path, since=long_ago, refreshed=time.time() - STALE + 600)
    assert MapLock(path).take() is not None, "elsewhere, and refreshed lately"
    write(path, since=long_ago, refreshed=long_ago)
    mine = MapLock(path)
    assert mine.other() is None
    assert mine.take() is None
    assert mine.is_held
    assert [each.name for each in path.parent.iterdir() if each.name.endswith(".tmp")] == []


def test_a_lock_is_refreshed(path: Path) -> None:
    mine = MapLock(path)
    mine.take()
    words = json.loads(lock_of(path).read_text())
    lock_of(path).write_text(json.dumps(words | {"refreshed": 1.0}))
    assert mine.keep() is None
    again = json.loads(lock_of(path).read_text())
    assert again["refreshed"] > words["since"] - 1
    assert again["since"] == words["since"]


def test_a_lock_that_another_took_is_not_removed(path: Path) -> None:
    mine = MapLock(path)
    mine.take()
    write(path)
    other = mine.keep()
    assert other is not None
    assert other.user == "Ann"
    mine.release()
    assert lock_of(path).exists()


@pytest.mark.parametrize("text", [b"", b"\0\xff", b"[]", b'{"user": 1}', b'{"pid": 1e999}', b"[" * 5000, ENDLESS])
def test_a_lock_that_makes_no_sense_is_somebody_s(path: Path, text: bytes) -> None:
    lock_of(path).write_bytes(text)
    other = MapLock(path).other()
    assert other is not None
    assert (other.user, other.host) == ("", "")
    os.utime(lock_of(path), (1, 1))
    assert MapLock(path).other() is None


def test_words_of_others_are_cut(path: Path) -> None:
    write(path, user="x" * 3000)
    other = MapLock(path).other()
    assert other is not None
    assert len(other.user) == 120


def test_words_of_others_stay_in_their_line(path: Path) -> None:
    write(path, user="Ann\n\u202eneB")
    other = MapLock(path).other()
    assert other is not None
    assert other.user == "Ann__neB"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_refreshing_writes_through_no_link_of_others(path: Path, tmp_path: Path) -> None:
    mine, precious = MapLock(path, "Ann"), tmp_path / "precious"
    precious.write_text("mine")
    mine.take()
    token = json.loads(lock_of(path).read_text())["token"]
    path.with_name(f".~{token}.tmp").symlink_to(precious)
    mine.keep()
    assert precious.read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.timeout(20)
def test_a_pipe_in_its_place_keeps_nobody_waiting(path: Path) -> None:
    os.mkfifo(lock_of(path))
    assert MapLock(path).other() is None


def test_a_folder_that_takes_no_files_has_no_lock(tmp_path: Path) -> None:
    lock = MapLock(tmp_path / "no such folder" / "tour.jmap")
    assert lock.take() is None
    assert not lock.is_held
    assert lock.keep() is None
    lock.release()


def test_a_lock_comes_back_that_was_taken_by_mistake(path: Path) -> None:
    write(path)
    MapLock(path)._remove_left_behind()
    assert json.loads(lock_of(path).read_text())["user"] == "Ann"
