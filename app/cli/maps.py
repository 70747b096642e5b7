"""`journeymapper check`, `new` and `info`: what is wrong with a map, a new one, and what is in one."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.telling import DONE, PROBLEMS, Commands, UsageError, check_output, command, opened_map, say, today
from app.cli.versions import facts_of_versions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.files import MapFile, OpenMap
    from app.model.document import Document
    from app.model.records import Record


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
    from app.files import load, save
    from app.files.history import moment_of
    from app.files.revisions import begun_from
    from app.paths import template_dir

    templates = sorted(path.stem for path in template_dir().glob("*.jmap"))
    if chosen.template not in templates:
        raise UsageError(f"there is no template “{chosen.template}”: choose {', '.join(templates)}.")
    check_output(chosen.output, force=chosen.force)
    made = replace(begun_from(load(template_dir() / f"{chosen.template}.jmap")), moment=moment_of(sitting=1))
    save(made, chosen.output, force=chosen.force)
    say(f"{chosen.output}: {chosen.template}")
    return DONE


def _info(chosen: argparse.Namespace) -> int:
    facts = _facts(opened_map(chosen.map), chosen.map)
    if chosen.json:
        import json

        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return DONE
    for name, value in facts.items():
        print(f"{name.replace('_', ' ') + ':':19}{' '.join(_shown(value).split())}".rstrip())
    return DONE


def _shown(value: object) -> str:
    match value:
        case dict():
            return ", ".join(f"{name} {count}" for name, count in value.items())
        case list():
            return ", ".join(str(one["name"] if isinstance(one, dict) else one) for one in value)
        case bool():
            return "yes" if value else "no"
        case None:
            return ""
    return str(value)


def _facts(opened: OpenMap, path: Path) -> dict[str, object]:
    """What is in a map, and of its file; the names are those of the JSON."""
    file, document = opened
    return {**_facts_of_map(document), **_counts(file.records, document), **_facts_of_file(file, path)}


def _facts_of_map(document: Document) -> dict[str, object]:
    about = document.map
    return {
        "title": about.title,
        "subtitle": about.subtitle,
        "state": about.state,
        "owner": about.owner,
        "review_date": about.review_date.isoformat() if about.review_date else None,
        "language": about.language,
    }


def _counts(records: Iterable[Record], document: Document) -> dict[str, object]:
    from collections import Counter

    from app.model.media import pictures_of
    from app.model.registry import RECORD_TYPES

    types = Counter(record.type for record in records)
    kinds = Counter(str(record.__dict__["kind"]) for record in document.store.of_type("card"))
    return {
        "stages": types["stage"],
        "steps": types["step"],
        "lanes": types["lane"],
        "cards": types["card"],
        "cards_by_kind": dict(sorted(kinds.items())),
        "personas": types["persona"],
        "emotion_points": types["emotion_point"],
        "links": types["link"],
        "sources": types["source"],
        "feedback": types["feedback"],
        "action_items": types["action_item"],
        "comments": types["comment"],
        "own_channels": types["channel"],
        "backdrops": types["backdrop"],
        "of_newer_versions": sum(count for name, count in types.items() if name not in RECORD_TYPES),
        "records": types.total(),
        "pictures": len(pictures_of(document.store)),
        "missing_pictures": sorted(document.missing_pictures),
    }


def _facts_of_file(file: MapFile, path: Path) -> dict[str, object]:
    return {
        "format": file.version,
        "written_by": file.app_version,
        "revision": file.rev,
        "parents": list(file.parents),
        **facts_of_versions(file),
        "thumbnail": file.thumbnail is not None,
        "read_only": file.read_only,
        "bytes": path.stat().st_size,
    }
