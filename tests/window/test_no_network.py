"""The program speaks to nobody: no socket but the local one over which a second start hands its maps."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.window import whole_session

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]


def session(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """A whole session of the program."""
    home = {name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME")}
    env = {**os.environ, **home, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "qt.*=false"}
    env.pop("XDG_CACHE_HOME", None)
    command = [*before, sys.executable, "-m", "tests.window.whole_session", str(folder)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=110, check=False)


def test_a_whole_session_opens_no_socket_but_the_local_one(tmp_path: Path, runtime: Path) -> None:
    done = session(tmp_path)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["sockets"] == ["unix"]
    calls = [call for call in seen["calls"] if call != "socket.gethostname "]  # how this machine calls itself
    assert [call for call in calls if not re.match(r"socket\.(__new__|connect|bind) ", call)] == []
    for call in calls:
        event, rest = call.split(" ", 1)
        if event == "socket.__new__":
            assert "AF_UNIX" in rest or rest.startswith("1 ")
        else:
            assert rest.startswith(str(runtime)), call
    assert {"poster.pdf", "poster.png"} <= {path.name for path in tmp_path.iterdir()}
    assert any(question.startswith("salvaged") for question in seen["asked"])


def test_the_kernel_sees_none_either(tmp_path: Path, runtime: Path) -> None:
    """Libraries may open sockets past Python: the kernel is asked, where it lets one."""
    tracer = shutil.which("strace")
    if tracer is None or subprocess.run([tracer, "-o", "/dev/null", "true"], check=False).returncode:
        pytest.skip("processes cannot be traced here")
    log = tmp_path / "calls"
    done = session(tmp_path, tracer, "-f", "-e", "trace=socket,connect", "-o", str(log))
    assert done.returncode == 0, done.stderr
    calls = re.findall(r"(?:socket|connect)\(.*", log.read_text())
    assert [call for call in calls if "AF_UNIX" not in call] == []
    assert any(str(runtime) in call for call in calls)


def test_a_socket_to_the_network_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_session, "SOCKETS", seen := set[str]())
    with socket.socket(socket.AF_INET) as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        whole_session.look()
    assert "tcp" in seen
