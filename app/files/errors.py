"""What can go wrong with a file. Every error is one sentence for the user: what is wrong, where, and what is safe."""

# ruff: noqa: N818 (the names say what happened to the file)

from __future__ import annotations

from collections.abc import Sequence

from app.model.rules import Problem

NAMED_PROBLEMS = 3
MOST_PROBLEMS = 100


class FileError(Exception):
    """The root of all errors of this package; nothing else leaves it."""


class NotAMap(FileError):
    """A file of another kind."""


class TooNew(FileError):
    """A map that only a newer program can read. `needed` is the format version it takes."""

    def __init__(self, message: str, needed: int) -> None:
        super().__init__(message)
        self.needed = needed


class TooLarge(FileError):
    """A file beyond one of the limits in `app.files.limits`."""


class Damaged(FileError):
    """A map whose bytes are not those that were written."""


class InvalidMap(FileError):
    """A whole file with records that cannot be. `problems` names each record and what is wrong with it."""

    def __init__(self, problems: Sequence[Problem], safe: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__(_sentence([problem.message for problem in self.problems], safe))


class CannotRead(FileError):
    """A file that is missing, out of reach, or no file."""


class CannotWrite(FileError):
    """A file that could not be saved. What was on disk before is still there, unchanged."""


class HeldByAnother(CannotWrite):
    """Another program held the file for longer than one waits; a copy elsewhere may be possible."""


class ChangedOnDisk(CannotWrite):
    """Somebody else changed the file since it was last read or written here."""


class NoSuchVersion(FileError):
    """A revision that the file does not hold, or no longer holds."""


def _sentence(messages: list[str], safe: str) -> str:
    text = "; ".join(messages[:NAMED_PROBLEMS])
    more = len(messages) - NAMED_PROBLEMS
    if more > 0:
        text += f"; and {more} more" if len(messages) < MOST_PROBLEMS else "; and many more"
    return f"The map is not sound: {text}{safe}."
