"""What the settings say, read at a glance: the window is on the screen before the rest of them is loaded.

Nothing here raises, whatever is in the file; who needs more asks `app.window.settings`.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Literal, NamedTuple

from app.paths import config_dir

Mode = Literal["light", "dark", "system"]
MOST_BYTES = 1024 * 1024


class Remembered(NamedTuple):
    """A map that was open once."""

    path: str
    title: str


class Glance(NamedTuple):
    """What the first picture of a window depends on."""

    appearance: Mode = "system"
    first_start_done: bool = False
    guide_closed: bool = False
    geometry: bytes = b""
    state: bytes = b""
    recent: tuple[Remembered, ...] = ()
    autosave: bool = False


def glance() -> Glance:
    """The settings as far as they make sense."""
    try:
        with (config_dir() / "settings.json").open("rb") as stream:
            values = json.loads(stream.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Glance()
    if not isinstance(values, dict):
        return Glance()
    mode = values.get("appearance")
    return Glance(
        mode if mode in ("light", "dark") else "system",
        values.get("first_start_done") is True,
        values.get("guide_closed") is True,
        _bytes(values.get("geometry")),
        _bytes(values.get("state")),
        _recent(values.get("recent")),
        values.get("autosave") is True,
    )


def _bytes(value: Any) -> bytes:
    try:
        return base64.urlsafe_b64decode(value) if isinstance(value, str) else b""
    except (ValueError, binascii.Error):
        return b""


def _recent(values: Any) -> tuple[Remembered, ...]:
    found = []
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict) and isinstance(value.get("path"), str):
            title = value.get("title", "")
            found.append(Remembered(value["path"], title if isinstance(title, str) else ""))
    return tuple(found)
