"""Copies that programs which sync folders make beside a map when two have changed it: found, to be merged.

A copy is a file beside the map whose name says so and whose manifest names the same map in another state. Only names
and manifests are read, and only so many.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from app.files.preview import manifest_in

MOST_NAMES: Final = 20_000
MOST_READ: Final = 40

_ENDINGS: Final = (
    r" \([^()]*conflict[^()]*\)",  # Dropbox, Nextcloud: "(Ann's conflicted copy 2026-11-22)"; Seafile
    r"\.sync-conflict-\d{8}-\d{6}(-[0-9A-Z]+)?",  # Syncthing
    r"[_-]conflict-\d{8}-\d{6}",  # older ownCloud
    r"_[\w-]+_\w{3}-\d\d-\d{6}-\d{4}_Conflict",  # Synology
    r" \(\d{1,3}\)",  # Google Drive
    r" \d{1,3}",  # iCloud
    r"-[A-Z0-9][A-Z0-9-]{2,62}",  # OneDrive: the name of the machine, in capitals as Windows has it
)
_ENDING = re.compile("|".join(f"(?:{ending})" for ending in _ENDINGS), re.ASCII | re.IGNORECASE)
_MACHINE = re.compile(_ENDINGS[-1], re.ASCII)


class ConflictCopy(NamedTuple):
    """A copy beside a map. `rev`: the state that it holds."""

    path: Path
    rev: str


def is_copy_name(name: str, of: str) -> bool:
    """Whether a file is named as programs that sync name a copy of the other: both with their ending."""
    stem, suffix = Path(of).stem, Path(of).suffix
    if not name.startswith(stem) or not name.lower().endswith(suffix.lower()) or name == of:
        return False
    middle = name[len(stem) : len(name) - len(suffix)]
    if _ENDING.fullmatch(middle) is None:
        return False
    return not middle.startswith("-") or "conflict" in middle.lower() or _MACHINE.fullmatch(middle) is not None


def conflict_copies(path: Path, map_id: str, known: frozenset[str] = frozenset()) -> list[ConflictCopy]:
    """The copies of the map beside its file, by name, except those in a state that is known. Raises nothing."""
    found = []
    with suppress(OSError), os.scandir(path.parent) as entries:
        names = sorted(entry.name for entry in islice(entries, MOST_NAMES) if is_copy_name(entry.name, path.name))
        for name in names[:MOST_READ]:
            manifest = manifest_in(path.with_name(name))
            if manifest is not None and manifest.map_id == map_id and manifest.rev not in known:
                found.append(ConflictCopy(path.with_name(name), manifest.rev))
    return found
