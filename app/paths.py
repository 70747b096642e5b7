"""Where things lie: the program's own resources, and the user's folders. No other module knows."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_NAME = "journeymapper"


def resource_dir() -> Path:
    """The folder of fonts, icons, templates and samples.

    A wheel and a frozen build carry it inside the package, a checkout (and so an editable install) beside it.
    Raises FileNotFoundError if it is in neither place.
    """
    for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("The resources of Journey Mapper are missing. Please install it again.")


def font_dir() -> Path:
    return resource_dir() / "fonts"


def icon_dir() -> Path:
    return resource_dir() / "icons"


def desktop_dir() -> Path:
    """What tells a Linux desktop of the program and its files."""
    return resource_dir() / "desktop"


def template_dir() -> Path:
    return resource_dir() / "templates"


def sample_dir() -> Path:
    return resource_dir() / "samples"


def config_dir() -> Path:
    """The user's folder for settings; it may not exist yet."""
    return _user_dir("XDG_CONFIG_HOME", "~/.config", "~/Library/Application Support")


def log_dir() -> Path:
    """The user's folder for logs; it may not exist yet."""
    if sys.platform == "win32":
        return state_dir() / "Logs"
    return _user_dir("", "", "~/Library/Logs") if sys.platform == "darwin" else state_dir() / "log"


def state_dir() -> Path:
    """The user's folder for journals and backups; it may not exist yet."""
    return _user_dir("XDG_STATE_HOME", "~/.local/state", "~/Library/Application Support")


def journal_dir() -> Path:
    """Where the journals of this user's open maps lie; it may not exist yet."""
    return state_dir() / "journal"


def _user_dir(variable: str, elsewhere: str, mac: str) -> Path:
    """Our folder where the system keeps such things: Windows for all of them, other systems by their kind.

    `variable` is where the user may have said so, after the XDG base directory specification, which has paths that are
    not absolute ignored; `elsewhere` and `mac` hold where nobody has.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or _from_home("~/AppData/Local")) / _NAME
    told = Path(os.environ.get(variable, "").strip())
    return (told if told.is_absolute() else _from_home(mac if sys.platform == "darwin" else elsewhere)) / _NAME


def _from_home(path: str) -> Path:
    """Raises nothing where the system knows of no home: then that is the folder named ~."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 (Path.expanduser would raise)
