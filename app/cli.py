"""The command `journeymapper`: the window, and what scripts need without one.

Exit codes: 0 done, 1 the map has problems, 2 wrong use or unreadable. Every error is one sentence on stderr. Whatever a
command needs is imported when it runs, so that `--help` is quick.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from app import __version__

if TYPE_CHECKING:
    from datetime import date
    from types import FrameType

    from PySide6.QtCore import QCoreApplication

    from app.files import OpenMap
    from app.layout.sheet import Sheet

NAME = "journeymapper"
DONE, PROBLEMS, WRONG_USE, INTERRUPTED = 0, 1, 2, 130
COMMANDS = ("export", "check", "new", "info")
TRACEBACK = "JOURNEYMAPPER_TRACEBACK"
DESCRIPTION = """\
Draw customer journey maps offline and print them as posters.

Without a command the window opens, with the map that is named:
  journeymapper [MAP.jmap]
"""
EPILOG = """\
exit codes: 0 done, 1 the map has problems, 2 wrong use or unreadable
environment: SOURCE_DATE_EPOCH sets the date on a poster, so that the same map gives the same file on every day
"""


class UsageError(Exception):
    """The command was used in a wrong way; the message is one sentence."""


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
        _complain("stopped.")
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
            _complain("stopped.")
            os._exit(INTERRUPTED)
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _run(words: list[str]) -> int:
    if words[:1] == ["--"]:
        return _open_window(words[1:])
    if not words or (words[0] not in COMMANDS and not words[0].startswith("-")):
        return _open_window(words)
    chosen = _parser().parse_args(words)
    run: Callable[[argparse.Namespace], int] = chosen.run
    return run(chosen)


def _failed(error: Exception) -> int:
    from app.export.errors import ExportError
    from app.files import FileError, InvalidMap

    if os.environ.get(TRACEBACK):
        raise error
    if isinstance(error, UsageError | ExportError | FileError):
        _complain(str(error))
    elif isinstance(error, OSError):
        _complain(f"{error.strerror or error}{f': “{error.filename}”' if error.filename else ''}.")
    else:
        _complain(f"something unexpected went wrong ({type(error).__name__}: {error}); {TRACEBACK}=1 shows where.")
    return PROBLEMS if isinstance(error, InvalidMap) else WRONG_USE


def _complain(sentence: str) -> None:
    with suppress(AttributeError, OSError):  # where nobody can be told the exit code still says it
        sys.stderr.write(f"{NAME}: {' '.join(sentence.split())}\n")


def _warn(sentences: Iterable[str]) -> None:
    """What is worth knowing of something that was done all the same."""
    for sentence in sentences:
        _complain(f"warning: {sentence}")


def _say(text: str) -> None:
    """Prints a line: one, whatever is in the names of files."""
    print(" ".join(text.splitlines()))


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


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        _complain(f"{message} (see {self.prog} --help).")
        raise SystemExit(WRONG_USE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=NAME,
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Journey Mapper {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_export(commands)
    _add_check(commands)
    _add_new(commands)
    _add_info(commands)
    return parser


def _command(commands: argparse._SubParsersAction[_Parser], name: str, text: str) -> _Parser:
    return commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", allow_abbrev=False)


def _add_export(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "export", "write a map as a PDF poster or a PNG picture")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="a .pdf or .png file")
    pdf = parser.add_argument_group("PDF")
    pdf.add_argument(
        "--page",
        metavar="SIZE",
        help="A0 to A4, Letter, Tabloid, “ANSI C” to “ANSI E”, “Arch C” to “Arch E”, or roll:WIDTH in mm (A0)",
    )
    turn = pdf.add_mutually_exclusive_group()
    for orientation in ("landscape", "portrait"):
        turn.add_argument(
            f"--{orientation}", dest="orientation", action="store_const", const=orientation, help="(what fits better)"
        )
    pdf.add_argument("--margin", metavar="MM", type=float, help="on all sides (10)")
    png = parser.add_argument_group("PNG")
    png.add_argument("--dpi", metavar="N", type=int, help="pixels per inch of the map at 100 %% (150)")
    parser.set_defaults(run=_export)


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "check", "say what is wrong with a map and what it lacks, a line for each")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.set_defaults(run=_check)


def _add_new(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "new", "make a map from a template")
    parser.add_argument("--template", metavar="NAME", default="blank", help="marketing, product-led, … (blank)")
    parser.add_argument("-o", "--output", metavar="MAP.jmap", type=Path, required=True)
    parser.add_argument("--force", action="store_true", help="overwrite the file if there is one")
    parser.set_defaults(run=_new)


def _add_info(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "info", "say what is in a map")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.add_argument("--json", action="store_true", help="for scripts")
    parser.set_defaults(run=_info)


def _open_window(paths: list[str]) -> int:
    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"“{path}” is neither a command nor a file.")
    if len(paths) > 1:
        raise UsageError("a window shows one map; start the program once for each.")
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        raise UsageError("there is no display to open a window on.")
    from app.window.main import run

    return run(paths)


def _export(chosen: argparse.Namespace) -> int:
    kind = chosen.output.suffix.lower()
    if kind not in {".pdf", ".png"}:
        raise UsageError(f"“{chosen.output.name}” must end in .pdf or .png.")
    for option, needed in (("page", ".pdf"), ("orientation", ".pdf"), ("margin", ".pdf"), ("dpi", ".png")):
        if getattr(chosen, option) is not None and kind != needed:
            shown = chosen.orientation if option == "orientation" else option
            raise UsageError(f"--{shown} is for {needed} files only.")
    _refuse_map_as_output(chosen)
    _say((_export_pdf if kind == ".pdf" else _export_png)(chosen))
    return DONE


def _refuse_map_as_output(chosen: argparse.Namespace) -> None:
    if chosen.output.exists() and chosen.map.exists() and chosen.output.samefile(chosen.map):
        raise UsageError("the map and the file to write are the same file.")


def _export_pdf(chosen: argparse.Namespace) -> str:
    from app.export.advice import print_warnings
    from app.export.pages import DEFAULT_MARGIN, DEFAULT_PAGE, page_named, percent
    from app.export.pdf import PdfOptions, export_pdf
    from app.layout.proof import proof_of

    page = DEFAULT_PAGE if chosen.page is None else chosen.page
    page_named(page)  # a name that no page has is said before the map is read
    opened = _open(chosen.map)
    options = PdfOptions(
        made=_today(),
        page=page,
        orientation=chosen.orientation or "automatic",
        margin=DEFAULT_MARGIN if chosen.margin is None else chosen.margin,
        file=chosen.map.name,
        revision=opened.file.rev,
    )
    sheet = _sheet(opened)
    placement = export_pdf(sheet, chosen.output, options)
    _warn(print_warnings(proof_of(sheet), placement.scale))
    return f"{chosen.output}: {placement.page}, {placement.orientation}, {percent(placement.scale)} %"


def _export_png(chosen: argparse.Namespace) -> str:
    from app.export.advice import picture_warnings
    from app.export.pages import DEFAULT_DPI
    from app.export.png import export_png
    from app.layout.proof import proof_of

    sheet = _sheet(_open(chosen.map))
    size = export_png(sheet, chosen.output, DEFAULT_DPI if chosen.dpi is None else chosen.dpi)
    _warn(picture_warnings(proof_of(sheet), size.dpi))
    return f"{chosen.output}: {size.w} × {size.h} pixels, {size.dpi} dpi"


def _open(path: Path) -> OpenMap:
    from app.files import open_map

    return open_map(path)


def _sheet(opened: OpenMap) -> Sheet:
    _start_qt()
    from app.layout.engine import MapLayout
    from app.layout.sheet import sheet_of

    return sheet_of(MapLayout(opened.document, _today()), opened.document.map)


@cache
def _start_qt() -> QCoreApplication:
    """Text needs a QGuiApplication, which lives on in the cache; no screen, and its worries are its own."""
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtGui import QGuiApplication

    QLoggingCategory.setFilterRules("qt.*=false")
    return QGuiApplication.instance() or QGuiApplication([NAME, "-platform", "offscreen"])


def _today() -> date:
    """The date of SOURCE_DATE_EPOCH, else of the clock."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now().astimezone().date()
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH is not a number of seconds.") from None


def _check(chosen: argparse.Namespace) -> int:
    from app.files import InvalidMap
    from app.model.rules import MOST_PROBLEMS

    try:
        opened = _open(chosen.map)
    except InvalidMap as error:
        for problem in error.problems:
            _say(f"{chosen.map}: {problem.message}")
        if len(error.problems) == MOST_PROBLEMS:
            _say(f"{chosen.map}: only the first {MOST_PROBLEMS:,} problems are listed")
        return PROBLEMS
    from app.model.analysis.doctor import examine

    _say(f"{chosen.map}: no problems in {len(opened.file.records)} records")
    for name in sorted(opened.document.missing_pictures):
        _say(f"{chosen.map}: the picture {name} is missing")
    for gap in examine(opened.document.store, _today()):
        _say(f"{chosen.map}: gap: {gap.sentence}")
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
    _say(f"{chosen.output}: {chosen.template}")
    return DONE


def _info(chosen: argparse.Namespace) -> int:
    facts = _facts(_open(chosen.map), chosen.map)
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


if __name__ == "__main__":
    sys.exit(main())
