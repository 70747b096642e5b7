"""`journeymapper diff` and `textconv`: how two maps differ, and a map as lines that git can compare."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.difference_poster import refuse_output, write_difference_poster
from app.cli.exporting import add_paper
from app.cli.telling import DONE, PROBLEMS, Commands, UsageError, command, opened_map, say

if TYPE_CHECKING:
    from app.model.comparison import Change, Comparison

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">"}


def add(commands: Commands) -> None:
    parser = command(commands, "diff", "say how two maps differ, a line for each difference; exit code 1 if they do")
    parser.add_argument("before", metavar="BEFORE.jmap", type=Path)
    parser.add_argument("after", metavar="AFTER.jmap", type=Path)
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.add_argument("-o", "--output", metavar="POSTER.pdf", type=Path, help="draw them on a poster too")
    add_paper(parser)
    parser.set_defaults(run=_diff)
    parser = command(commands, "textconv", "print a map as text, a line for each card, for git diff")
    parser.add_argument("map", metavar="FILE", type=Path)
    parser.set_defaults(run=_textconv)


def _diff(chosen: argparse.Namespace) -> int:
    from app.model.comparison import as_json, compare

    if chosen.output is not None:
        refuse_output(chosen.output, chosen.before, chosen.after)
    elif any(option is not None for option in (chosen.page, chosen.orientation, chosen.margin)):
        raise UsageError("--page, --landscape, --portrait and --margin are for the poster that -o asks for.")
    before, after = opened_map(chosen.before), opened_map(chosen.after)
    comparison = compare(before.file.records, after.file.records)
    if chosen.json:
        import json

        print(json.dumps(as_json(comparison), ensure_ascii=False, indent=2))
    else:
        for line in _lines(comparison, f"{chosen.before} → {chosen.after}"):
            say(line)
    if chosen.output is not None:
        said = write_difference_poster(before, after, chosen)
        if not chosen.json:
            say(said)
    return DONE if comparison.is_same else PROBLEMS


def _lines(comparison: Comparison, head: str) -> Iterator[str]:
    counts = comparison.counts
    if comparison.is_same:
        yield f"{head}: no difference"
        return
    yield f"{head}: " + ", ".join(f"{number} {word}" for word, number in counts._asdict().items() if number)
    for change in comparison.changes:
        for sentence in comparison.sentences[change.id]:
            yield f"{SIGNS[change.kind]} {_stage(comparison, change)}{sentence.text}"
    for sentence in comparison.figures:
        yield f"= {sentence.text}"


def _stage(comparison: Comparison, change: Change) -> str:
    """The stage in front of what differs in it; what is of the whole map has none."""
    side = comparison.before if change.after is None else comparison.after
    return f"{side.title(side.records[change.stage])}: " if change.stage is not None and change.type != "stage" else ""


def _textconv(chosen: argparse.Namespace) -> int:
    """A state that cannot be opened is one line, or `git log -p` would end there."""
    from app.files import CannotRead, FileError
    from app.model.comparison import outline

    try:
        records = opened_map(chosen.map).file.records
    except CannotRead:
        raise
    except FileError as error:
        say(f"({error})")
        return DONE
    for line in outline(records):
        say(line)
    return DONE
