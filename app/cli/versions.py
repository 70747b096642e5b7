"""`journeymapper copy`: a map without what it was before; and what `info` tells of its versions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.telling import DONE, Commands, check_output, command, opened_map, say

if TYPE_CHECKING:
    from app.files import MapFile


def add(commands: Commands) -> None:
    parser = command(commands, "copy", "write a checked copy of a map, if wanted without what it was before")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.add_argument("-o", "--output", metavar="COPY.jmap", type=Path, required=True)
    parser.add_argument(
        "--without-history", action="store_true", help="leave out all versions but the last, and their names"
    )
    parser.add_argument("--force", action="store_true", help="overwrite the file if there is one")
    parser.set_defaults(run=_copy)


def facts_of_versions(file: MapFile) -> dict[str, object]:
    """What the file remembers; the names are those of the JSON."""
    from app.files.revisions import revisions_of

    versions = revisions_of(file)
    return {
        "map_id": file.map_id,
        "versions": len(versions),
        "named_versions": [
            {"name": each.name, "revision": each.rev, "time": each.time and each.time.isoformat()}
            for each in versions
            if each.name
        ],
    }


def _copy(chosen: argparse.Namespace) -> int:
    from app.files import save
    from app.files.revisions import without_history

    check_output(chosen.output, chosen.map, force=chosen.force)
    file = opened_map(chosen.map).file
    save(without_history(file) if chosen.without_history else file, chosen.output, force=chosen.force)
    say(f"{chosen.output}: {'without' if chosen.without_history else 'with'} history")
    return DONE
