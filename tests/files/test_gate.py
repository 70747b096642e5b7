"""Two who save one map do so one after the other, and nobody waits for the dead."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.files import ChangedOnDisk, HeldByAnother, gate, load, machine, save
from app.files.gate import PAUSES, Gate, Held
from app.files.machine import host, is_running
from app.files.saving import _temporary_stem
from tests.files import builders as build

ROOT = Path(__file__).parents[2]
NEW = build.renamed()


def gate_of(path: Path) -> Path:
    return path.with_name(f"{_temporary_stem(path)}gate")


def test_two_programs_that_save_lose_nothing() -> None:
    command = [sys.executable, "-m", "benchmarks.torture_writers", "25"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "50 of 50 edits kept, left beside the map: []" in done.stdout, done.stdout + done.stderr


def test_nobody_replaces_the_file_while_another_is_at_it(path: Path) -> None:
    file = load(path)
    before = path.read_bytes()
    with Gate(gate_of(path), time.sleep):
        waits: list[float] = []

        def wait(seconds: float) -> None:
            waits.append(seconds)
            assert path.read_bytes() == before
            if len(waits) == 5:  # the other one is ready, and has replaced the file
                path.write_bytes(b"theirs")
                gate_of(path).unlink()

        with pytest.raises(ChangedOnDisk):
            save(file.holding(NEW), wait=wait)
        assert len(waits) == 5
    assert path.read_bytes() == b"theirs"


def test_the_gate_of_a_dead_process_is_no_hindrance(path: Path) -> None:
    words = {"host": host(), "pid": _dead(), "token": "x"}
    gate_of(path).write_text(json.dumps(words))
    save(load(path).holding(NEW), wait=lambda _: pytest.fail("there is nobody to wait for"))
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("left", [b"", b"\0\xff", b"[1]", json.dumps({"host": "elsewhere", "pid": 1}).encode()])
def test_a_gate_at_which_nothing_happens_is_removed(path: Path, left: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    gate_of(path).write_bytes(left)
    monkeypatch.setattr(gate, "LEFT_BEHIND", 0.02)
    save(load(path).holding(NEW))
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_gate_that_stays_shut_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LONGEST", 0.02)
    before = path.read_bytes()
    with Gate(gate_of(path), time.sleep), pytest.raises(HeldByAnother, match="it is in use"):
        save(load(path).holding(NEW))
    assert path.read_bytes() == before


def test_who_lost_the_gate_replaces_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say a machine that slept, and was taken for gone."""
    before = path.read_bytes()
    real = Gate._make

    def taken_over(self: Gate) -> bool:
        made = real(self)
        gate_of(path).write_bytes(b"another's")
        return made

    monkeypatch.setattr(Gate, "_make", taken_over)
    with pytest.raises(HeldByAnother):
        save(load(path).holding(NEW), wait=lambda _: None)
    assert path.read_bytes() == before
    assert gate_of(path).read_bytes() == b"another's"


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_file_that_is_held_for_a_moment_is_saved(path: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner, or a program that syncs."""
    waits: list[float] = []
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if len(waits) < 3:
            raise OSError(code, os.strerror(code))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    save(load(path).holding(NEW), wait=waits.append)
    assert waits == list(PAUSES[:3])
    assert {record.id: record for record in load(path).records}["map"] in NEW


def test_a_file_that_stays_held_is_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    before = path.read_bytes()

    def held(self: Path, target: Path) -> Path:
        del self, target
        raise PermissionError(errno.EACCES, "sharing violation")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(HeldByAnother, match="perhaps because another program holds it; nothing was changed on disk"):
        save(load(path).holding(NEW), wait=waits.append)
    assert waits == list(PAUSES)
    assert 1.5 < sum(waits) < 2.5
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_other_errors_are_said_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        del self, target
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Exception, match="the disk is full"):
        save(load(path).holding(NEW), wait=lambda _: pytest.fail("waiting makes no room"))


def test_a_gate_comes_back_that_was_taken_by_mistake(path: Path) -> None:
    """Between looking and removing, another one has come in its place."""
    place = gate_of(path)
    place.write_bytes(b"alive")
    Gate(place, time.sleep)._remove(b"what was seen")
    assert place.read_bytes() == b"alive"
    assert sorted(each.name for each in path.parent.iterdir()) == sorted([place.name, path.name])


def test_a_gate_that_may_not_be_removed_is_said_and_not_run_against(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's, left behind in a folder in which everybody removes only what is theirs."""
    before = path.read_bytes()
    gate_of(path).write_text(json.dumps({"host": host(), "pid": _dead(), "token": "x"}))
    monkeypatch.setattr(gate, "LONGEST", 0.2)
    monkeypatch.setattr(Path, "rename", _not_permitted)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        time.sleep(seconds)

    with pytest.raises(HeldByAnother):
        save(load(path).holding(NEW), wait=wait)
    assert 1 < len(waits) < 30
    assert path.read_bytes() == before


def _not_permitted(*_: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_file_in_the_memory_of_a_scanner_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says so by a number of its own; the errno would be that of a wrong argument."""
    waits: list[float] = []
    real = Path.replace

    def mapped(self: Path, target: Path) -> Path:
        if len(waits) < 2:
            error = OSError(errno.EINVAL, "mapped")
            error.winerror = gate.USER_MAPPED_FILE  # type: ignore[attr-defined,unused-ignore]
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", mapped)
    save(load(path).holding(NEW), wait=waits.append)
    assert len(waits) == 2


@pytest.mark.parametrize("names", [("Tour.jmap", "tour.JMAP"), ("Caf\u00e9.jmap", "Cafe\u0301.jmap")])
def test_who_writes_a_name_otherwise_goes_through_the_same_gate(tmp_path: Path, names: tuple[str, str]) -> None:
    """On Windows and macOS both lead to one file."""
    one, other = (gate_of(tmp_path / name) for name in names)
    assert one == other


class Kernel:
    """What Windows says of processes: `own` runs, `theirs` is another user's, `ended` is gone but still looked at."""

    own, theirs, ended = 41, 42, 43

    def __init__(self) -> None:
        self.error = 0
        self.open: list[int] = []
        self.OpenProcess = Opening(self)

    def WaitForSingleObject(self, handle: ctypes.c_void_p, _milliseconds: int) -> int:
        return machine.WAIT_TIMEOUT if handle.value == self.own else 0

    def CloseHandle(self, handle: ctypes.c_void_p) -> None:
        assert handle.value is not None
        self.open.remove(handle.value)


class Opening:
    """A function of a library, which has a type of result."""

    restype: object = None

    def __init__(self, kernel: Kernel) -> None:
        self._kernel = kernel

    def __call__(self, _access: int, _inherit: bool, pid: int) -> int | None:
        if pid in {Kernel.own, Kernel.ended}:
            self._kernel.open.append(pid)
            return pid
        self._kernel.error = 5 if pid == Kernel.theirs else machine.ERROR_INVALID_PARAMETER
        return None


def test_processes_of_windows_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of other users too, of which it tells nothing but that they are there."""
    kernel = Kernel()
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: kernel.error, raising=False)
    known = {pid: machine._is_running_on_windows(pid) for pid in (Kernel.own, Kernel.theirs, Kernel.ended, 44, 2**80)}
    assert known == {Kernel.own: True, Kernel.theirs: True, Kernel.ended: False, 44: False, 2**80: True}
    assert kernel.open == []


def test_held_says_what_the_system_said() -> None:
    assert str(Held(OSError(errno.EBUSY, "busy"))) == "[Errno 16] busy"


def test_processes_are_known() -> None:
    assert is_running(os.getpid())
    assert is_running(1)  # somebody else's
    assert not is_running(_dead())
    assert not is_running(0)
    assert is_running(2**80)  # nobody can tell


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only there does a number outlive its process")
def test_a_killed_process_is_not_running_though_nobody_asked_how_it_ended(path: Path) -> None:
    """A launcher that never asks kept the map locked for whoever started the program again."""
    killed = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        assert is_running(killed.pid)
        killed.kill()
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and its number is still there
        os.kill(killed.pid, 0)
        assert not is_running(killed.pid)
        gate_of(path).write_text(json.dumps({"host": host(), "pid": killed.pid, "token": "x"}))
        save(load(path).holding(NEW), wait=lambda _: pytest.fail("there is nobody to wait for"))
    finally:
        killed.kill()
        killed.wait()


def _dead() -> int:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid
