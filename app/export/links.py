"""Which links may leave the program with an export."""

from __future__ import annotations

import re

_ALLOWED = re.compile(r"(?:https?://[^\s/]|mailto:[^\s@]+@)", re.IGNORECASE)
_UNFIT = re.compile(r"[\0-\x20\x7f-\xa0\u2028\u2029<>\"\ud800-\udfff]")
MAX_LENGTH = 2000


def safe_url(url: str) -> str | None:
    """The address in ASCII where it is a web or mail address, None otherwise: no scripts, no files, no programs.

    Characters outside ASCII are percent-encoded as UTF-8 (RFC 3987, 3.1).
    """
    trimmed = url.strip()
    if len(trimmed) > MAX_LENGTH or not _ALLOWED.match(trimmed) or _UNFIT.search(trimmed):
        return None
    return "".join(char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode()) for char in trimmed)
