"""Where the user's settings, journals and logs lie: the places that each system keeps for them."""

import sys
from pathlib import Path

import pytest

from app.paths import config_dir, log_dir, state_dir


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("system", "config", "state", "log"),
    [
        ("linux", ".config/journeymapper", ".local/state/journeymapper", ".local/state/journeymapper/log"),
        (
            "darwin",
            "Library/Application Support/journeymapper",
            "Library/Application Support/journeymapper",
            "Library/Logs/journeymapper",
        ),
        ("win32", "AppData/Local/journeymapper", "AppData/Local/journeymapper", "AppData/Local/journeymapper/Logs"),
    ],
)
def test_each_system_has_its_places(
    home: Path, monkeypatch: pytest.MonkeyPatch, system: str, config: str, state: str, log: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert (config_dir(), state_dir(), log_dir()) == (home / config, home / state, home / log)


def test_the_user_may_say_where(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "mine"))
    monkeypatch.setenv("XDG_STATE_HOME", "not/absolute")
    assert config_dir() == home / "mine" / "journeymapper"
    assert state_dir() == home / ".local/state/journeymapper"


def test_windows_says_where_in_its_own_way(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "mine"))
    assert config_dir() == home / "local" / "journeymapper"


def test_without_a_home_nothing_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert config_dir() == Path("~/.config/journeymapper")
