"""The command `journeymapper`: the window, and what scripts need without one.

Exit codes: 0 done, 1 the map has problems, two maps differ, or a merge has conflicts, 2 wrong use or unreadable. Every
error is one sentence on stderr. Whatever a command needs is imported when it runs, so that `--help` is quick.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__
from app.cli.telling import DONE, INTERRUPTED, NAME, PROBLEMS, WRONG_USE, Parser, UsageError, complain

if TYPE_CHECKING:
    from types import FrameType

__all__ = ["COMMANDS", "DONE", "INTERRUPTED", "PROBLEMS", "TRACEBACK", "WRONG_USE", "main"]

COMMANDS = (
    "export", "check", "new", "info", "copy", "salvage", "upgrade", "diff", "merge", "textconv", "associate",
)  # fmt: skip
ALONE = "--new-instance"
TRACEBACK = "JOURNEYMAPPER_TRACEBACK"
DESCRIPTION = """\
Draw customer journey maps offline and print them as posters.

Without a command the window opens, with the map that is named:
  journeymapper [--new-instance] [MAP.jmap]
A program that runs already opens it, unless --new-instance asks for one of its own.
"""
EPILOG = """\
exit codes: 0 done, 1 the map has problems or lost something, two maps differ, or a merge has conflicts,
  2 wrong use or unreadable
environment: SOURCE_DATE_EPOCH sets the date on a poster, so that the same map gives the same file on every day
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process, if None) and answer its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _write_any_character()
    try:
        with _stopped_cleanly():
            code = _run(words)
            if sys.stdout is not None:  # closed by whoever started us
                sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _silence_stdout()
        return DONE
    except KeyboardInterrupt:
        complain("stopped.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (a script is told in one sentence, whatever went wrong)
        return _failed(error)
    return code


@contextmanager
def _stopped_cleanly() -> Iterator[None]:
    """Keeps Ctrl+C out of libraries that are being loaded: Qt's ends the process with a dump of its stack.

    Nothing has been written by then, so one can leave on the spot. Later KeyboardInterrupt goes its usual way.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:  # somebody else's business, say nohup's
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if "shiboken6" in sys.modules and "PySide6.QtGui" not in sys.modules:
            complain("stopped.")
            os._exit(INTERRUPTED)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _run(words: list[str]) -> int:
    is_alone = words[:1] == [ALONE]
    if is_alone:
        words = words[1:]
    if words[:1] == ["--"]:
        return _open_window(words[1:], is_alone=is_alone)
    if is_alone or not words or (words[0] not in COMMANDS and not words[0].startswith("-")):
        return _open_window(words, is_alone=is_alone)
    chosen = _parser().parse_args(words)
    run: Callable[[argparse.Namespace], int] = chosen.run
    return run(chosen)


def _failed(error: Exception) -> int:
    from app.export.errors import ExportError
    from app.files import FileError, InvalidMap

    if os.environ.get(TRACEBACK):
        raise error
    if isinstance(error, UsageError | ExportError | FileError):
        complain(str(error))
    elif isinstance(error, OSError):
        complain(f"{error.strerror or error}{f': “{error.filename}”' if error.filename else ''}.")
    else:
        complain(f"something unexpected went wrong ({type(error).__name__}: {error}); {TRACEBACK}=1 shows where.")
    return PROBLEMS if isinstance(error, InvalidMap) else WRONG_USE


def _write_any_character() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    """Python flushes stdout once more at its end; there is nobody to read it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _parser() -> argparse.ArgumentParser:
    from app.cli import associating, comparing, exporting, maps, mending, merging, versions

    parser = Parser(
        prog=NAME,
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Journey Mapper {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    exporting.add(commands)
    maps.add(commands)
    versions.add(commands)
    mending.add(commands)
    comparing.add(commands)
    merging.add(commands)
    associating.add(commands)
    return parser


def _open_window(paths: list[str], *, is_alone: bool) -> int:
    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"“{path}” is neither a command nor a file.")
    if len(paths) > 1:
        raise UsageError("a window shows one map; start the program once for each.")
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        raise UsageError("there is no display to open a window on.")
    if not is_alone:
        from app.window.handing import hand_over

        if hand_over([Path(path) for path in paths]):
            return DONE
    from app.window.main import run

    return run(paths)
