"""What all commands share: exit codes, how they speak, and how a map is read."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

if TYPE_CHECKING:
    from datetime import date

    from app.files import OpenMap

NAME = "journeymapper"
SUFFIX = ".jmap"
DONE, PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


class UsageError(Exception):
    """The command was used in a wrong way; the message is one sentence."""


def complain(sentence: str) -> None:
    with suppress(AttributeError, OSError):  # where nobody can be told the exit code still says it
        sys.stderr.write(f"{NAME}: {' '.join(sentence.split())}\n")


def warn(sentences: Iterable[str]) -> None:
    """What is worth knowing of something that was done all the same."""
    for sentence in sentences:
        complain(f"warning: {sentence}")


def say(text: str) -> None:
    """Prints a line: one, whatever is in the names of files."""
    print(" ".join(text.splitlines()))


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message} (see {self.prog} --help).")
        raise SystemExit(WRONG_USE)


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def command(commands: Commands, name: str, text: str) -> Parser:
    return commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", allow_abbrev=False)


def check_output(output: Path, source: Path | None = None, *, force: bool) -> None:
    """Raises UsageError where the output must not be written."""
    if output.suffix.lower() != SUFFIX:
        raise UsageError(f"“{output.name}” must end in {SUFFIX}.")
    if not output.exists():
        return
    if source is not None and source.exists() and output.samefile(source):
        raise UsageError("the map and the file to write are the same file; choose another name for what is written.")
    if not force:
        raise UsageError(f"“{output}” is there already; --force overwrites it.")


def opened_map(path: Path) -> OpenMap:
    from app.files import open_map

    return open_map(path)


def today() -> date:
    """The date of SOURCE_DATE_EPOCH, else of the clock."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now().astimezone().date()
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH is not a number of seconds.") from None
