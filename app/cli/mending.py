"""`journeymapper salvage` and `upgrade`: what a damaged file still holds, and a map in the newest format."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.telling import DONE, PROBLEMS, Commands, check_output, command, say


def add(commands: Commands) -> None:
    _add_salvage(commands)
    _add_upgrade(commands)


def _add_salvage(commands: Commands) -> None:
    parser = command(commands, "salvage", "read what can be read of a damaged map into a new one, and say what is lost")
    parser.add_argument("map", metavar="DAMAGED", type=Path)
    parser.add_argument("-o", "--output", metavar="OUT.jmap", type=Path, required=True)
    parser.add_argument("--force", action="store_true", help="overwrite the file if there is one")
    parser.add_argument("--json", action="store_true", help="the report for scripts")
    parser.set_defaults(run=_salvage)


def _add_upgrade(commands: Commands) -> None:
    parser = command(commands, "upgrade", "write a map in the newest format, in its one canonical form")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.add_argument("-o", "--output", metavar="OUT.jmap", type=Path, help="(the map itself)")
    parser.add_argument("--force", action="store_true", help="overwrite the output if there is one")
    parser.set_defaults(run=_upgrade)


def _salvage(chosen: argparse.Namespace) -> int:
    from app.files import save
    from app.files.salvage import salvage

    check_output(chosen.output, chosen.map, force=chosen.force)
    opened, report = salvage(chosen.map)
    save(opened.file, chosen.output, force=chosen.force)
    if chosen.json:
        import json

        print(json.dumps({**report.as_json(), "output": str(chosen.output)}, ensure_ascii=False, indent=2))
    else:
        for sentence in report.sentences():
            say(f"{chosen.output}: {sentence}")
    return DONE if report.is_complete else PROBLEMS


def _upgrade(chosen: argparse.Namespace) -> int:
    from app.files import dumps, load, save
    from app.files.mapfile import fingerprint_of

    if chosen.output is not None:
        check_output(chosen.output, chosen.map, force=chosen.force)
    file = load(chosen.map)
    is_newest = fingerprint_of(dumps(file)) == file.fingerprint
    if is_newest and chosen.output is None:
        say(f"{chosen.map}: is in the newest format already; nothing was written")
        return DONE
    written = save(file, chosen.output, force=chosen.force)
    say(f"{written.path}: {'the format was the newest already' if is_newest else 'written in the newest format'}")
    return DONE
