"""`journeymapper merge`: two copies of a map in one, on its own or as git's merge driver."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.telling import DONE, PROBLEMS, Commands, UsageError, command, opened_map, say

if TYPE_CHECKING:
    from app.files import OpenMap
    from app.model.merging import Conflict, Merge
    from app.model.records import Record

SUFFIX = ".jmap"
EPILOG = """\
BASE is the map from which both come; where it is empty, as git has it when both sides added the file, it is looked for
in the histories of the two. Where both changed the same field to different values, one of them is taken, the rest is
merged all the same, and each such field is listed; the exit code is then 1.

As git's merge driver for *.jmap: journeymapper merge %O %A %B -o %A --name %P
"""


def add(commands: Commands) -> None:
    parser = command(commands, "merge", "bring two copies of a map together; exit code 1 where they disagree")
    parser.epilog, parser.formatter_class = EPILOG, argparse.RawDescriptionHelpFormatter
    parser.add_argument("base", metavar="BASE", type=Path)
    parser.add_argument("mine", metavar="MINE", type=Path)
    parser.add_argument("theirs", metavar="THEIRS", type=Path)
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="may be MINE")
    parser.add_argument("--force", action="store_true", help="overwrite another file if there is one")
    parser.add_argument(
        "--name", metavar="NAME", help="what to call OUT in what is said, for git, whose files are temporary"
    )
    parser.set_defaults(run=_merge)


def _merge(chosen: argparse.Namespace) -> int:
    from app.files import save
    from app.files.history import moment_of
    from app.files.revisions import next_sitting
    from app.model.merging import merge

    is_mine = _check_output(chosen)
    mine, theirs = opened_map(chosen.mine), opened_map(chosen.theirs)
    merged = merge(_base(chosen, mine, theirs), mine.file.records, theirs.file.records)
    file = replace(
        mine.file.holding(merged.records, media=theirs.document.media),
        merged=(theirs.file.rev,),
        moment=moment_of(next_sitting(mine.file)),
    )
    save(file, chosen.output, force=chosen.force and not is_mine)
    for line in _lines(merged):
        say(f"{chosen.name or chosen.output}: {line}")
    return PROBLEMS if merged.conflicts else DONE


def _check_output(chosen: argparse.Namespace) -> bool:
    """Whether the output is MINE. Raises UsageError where it must not be written."""
    output = chosen.output
    if output.exists() and chosen.mine.exists() and output.samefile(chosen.mine):
        return True
    if output.suffix.lower() != SUFFIX:
        raise UsageError(f"“{output.name}” must end in {SUFFIX}, or be MINE itself.")
    if output.exists() and not chosen.force:
        raise UsageError(f"“{output}” is there already; --force overwrites it.")
    return False


def _base(chosen: argparse.Namespace, mine: OpenMap, theirs: OpenMap) -> tuple[Record, ...]:
    """What both come from; nothing where nobody knows. Raises UsageError for what are no copies of one map."""
    from app.files.revisions import find_base

    if not chosen.base.exists() or chosen.base.stat().st_size > 0:
        return opened_map(chosen.base).file.records
    found = find_base(mine.file, theirs.file)
    if found is not None:
        return found
    if mine.file.map_id != theirs.file.map_id:
        raise UsageError("the two are different maps, and no copies of one, as far as is known; nothing was written.")
    return ()


def _lines(merged: Merge) -> Iterator[str]:
    from app.model.comparison import compare

    taken = compare(merged.mine, merged.records).counts
    words = ", ".join(f"{number} {word}" for word, number in taken._asdict().items() if number)
    yield f"merged; theirs brought {words}" if words else "merged; theirs brought nothing that was not there"
    for note in merged.notes:
        yield f"note: {note.sentence.text}"
    for conflict in merged.conflicts:
        yield f"conflict: {conflict.sentence.text} Taken: {_taken(conflict)}."


def _taken(conflict: Conflict) -> str:
    return {"mine": "the one here", "theirs": "the one there", "both": "both"}[conflict.default]
