"""Who works here: the user, the machine, and which of its processes still run."""

from __future__ import annotations

import getpass
import os
import sys
from functools import cache
from pathlib import Path

SYNCHRONIZE = 0x00100000
WAIT_TIMEOUT = 0x00000102
ERROR_INVALID_PARAMETER = 87
"""What Windows says of a number that no process has; of those of other users it says that access is denied."""

HIGHEST_PID = 0xFFFFFFFF


@cache
def host() -> str:
    """The name of this machine. Asked of the system: a library for networks has no business here."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME") or "localhost"
    return os.uname().nodename or "localhost"


def user() -> str:
    """What the system calls the user; empty where it has no name for them."""
    try:
        return getpass.getuser()
    except (OSError, ImportError, KeyError):
        return ""


def is_running(pid: int) -> bool:
    """Whether a process of that number works on this machine; where nobody can tell, one does."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)  # no signal: only asks whether one could be sent
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return not _has_ended(pid)


def _has_ended(pid: int) -> bool:
    """Whether it has only its number left, until whoever started it asks how it ended: some launchers never do."""
    try:
        words = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False  # not Linux, or nobody may look
    state = words.rpartition(b")")[2].split()[:1]  # behind its name, which may hold anything
    return state in ([b"Z"], [b"X"])


def _is_running_on_windows(pid: int) -> bool:
    """There `os.kill` would end the process, so its handle is asked."""
    import ctypes

    if pid > HIGHEST_PID:
        return True
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    found = kernel.OpenProcess(SYNCHRONIZE, False, pid)
    if not found:
        return bool(ctypes.get_last_error() != ERROR_INVALID_PARAMETER)  # type: ignore[attr-defined,unused-ignore]
    handle = ctypes.c_void_p(found)
    try:
        return bool(kernel.WaitForSingleObject(handle, 0) == WAIT_TIMEOUT)
    finally:
        kernel.CloseHandle(handle)
