"""Where things lie: the program's own resources, and the user's folders. No other module knows."""

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
    import platformdirs

    return platformdirs.user_config_path(_NAME, appauthor=False)


def log_dir() -> Path:
    """The user's folder for logs; it may not exist yet."""
    import platformdirs

    return platformdirs.user_log_path(_NAME, appauthor=False)


def state_dir() -> Path:
    """The user's folder for journals and backups; it may not exist yet."""
    import platformdirs

    return platformdirs.user_state_path(_NAME, appauthor=False)


def journal_dir() -> Path:
    """Where the journals of this user's open maps lie; it may not exist yet."""
    return state_dir() / "journal"
