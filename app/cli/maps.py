"""`journeymapper check`, `new` and `info`: what is wrong with a map, a new one, and what is in one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.telling import DONE, PROBLEMS, Commands, UsageError, command, opened_map, say, today

if TYPE_CHECKING:
    from app.files import OpenMap


def add(commands: Commands) -> None:
    _add_check(commands)
    _add_new(commands)
    _add_info(commands)


def _add_check(commands: Commands) -> None:
    parser = command(commands, "check", "say what is wrong with a map and what it lacks, a line for each")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.set_defaults(run=_check)


def _add_new(commands: Commands) -> None:
    parser = command(commands, "new", "make a map from a template")
    parser.add_argument("--template", metavar="NAME", default="blank", help="marketing, product-led, … (blank)")
    parser.add_argument("-o", "--output", metavar="MAP.jmap", type=Path, required=True)
    parser.add_argument("--force", action="store_true", help="overwrite the file if there is one")
    parser.set_defaults(run=_new)


def _add_info(commands: Commands) -> None:
    parser = command(commands, "info", "say what is in a map")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.set_defaults(run=_info)


def _check(chosen: argparse.Namespace) -> int:
    from app.files import InvalidMap
    from app.model.rules import MOST_PROBLEMS

    try:
        opened = opened_map(chosen.map)
    except InvalidMap as error:
        for problem in error.problems:
            say(f"{chosen.map}: {problem.message}")
        if len(error.problems) == MOST_PROBLEMS:
            say(f"{chosen.map}: only the first {MOST_PROBLEMS:,} problems are listed")
        return PROBLEMS
    from app.model.analysis.doctor import examine

    say(f"{chosen.map}: no problems in {len(opened.file.records)} records")
    for name in sorted(opened.document.missing_pictures):
        say(f"{chosen.map}: the picture {name} is missing")
    for gap in examine(opened.document.store, today()):
        say(f"{chosen.map}: gap: {gap.sentence}")
    return DONE


def _new(chosen: argparse.Namespace) -> int:
    from app.files import MapFile, load, save
    from app.paths import template_dir

    templates = sorted(path.stem for path in template_dir().glob("*.jmap"))
    if chosen.template not in templates:
        raise UsageError(f"there is no template “{chosen.template}”: choose {', '.join(templates)}.")
    if chosen.output.suffix.lower() != ".jmap":
        raise UsageError(f"“{chosen.output.name}” must end in .jmap.")
    if chosen.output.exists() and not chosen.force:
        raise UsageError(f"“{chosen.output}” is there already; --force overwrites it.")
    template = load(template_dir() / f"{chosen.template}.jmap")
    save(MapFile(template.records, template.thumbnail, template.parts), chosen.output, force=chosen.force)
    say(f"{chosen.output}: {chosen.template}")
    return DONE


def _info(chosen: argparse.Namespace) -> int:
    facts = _facts(opened_map(chosen.map), chosen.map)
    if chosen.json:
        import json

        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return DONE
    for name, value in facts.items():
        shown = ", ".join(f"{kind} {count}" for kind, count in value.items()) if isinstance(value, dict) else value
        print(f"{name.replace('_', ' ') + ':':16}{' '.join(str(shown).split())}")
    return DONE


def _facts(opened: OpenMap, path: Path) -> dict[str, object]:
    from collections import Counter

    kinds = Counter(str(record.__dict__["kind"]) for record in opened.file.records if record.type == "card")
    types = Counter(record.type for record in opened.file.records)
    return {
        "title": opened.document.map.title,
        "language": opened.document.map.language,
        "stages": types["stage"],
        "steps": types["step"],
        "lanes": types["lane"],
        "cards": types["card"],
        "cards_by_kind": dict(sorted(kinds.items())),
        "personas": types["persona"],
        "emotion_points": types["emotion_point"],
        "links": types["link"],
        "format": opened.file.version,
        "revision": opened.file.rev,
        "bytes": path.stat().st_size,
    }
