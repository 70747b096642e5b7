"""`journeymapper export`: a map as a poster or a picture, without a window."""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.telling import DONE, NAME, Commands, UsageError, command, opened_map, say, today, warn

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

    from app.export.pdf import PdfOptions
    from app.files import OpenMap
    from app.layout.additions import Addition
    from app.layout.sheet import Sheet


def add(commands: Commands) -> None:
    parser = command(commands, "export", "write a map as a PDF poster or a PNG picture")
    parser.add_argument("map", metavar="MAP.jmap", type=Path)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="a .pdf or .png file")
    parser.add_argument("--comments", action="store_true", help="with the comments: their places, and a list below")
    parser.add_argument(
        "--tables",
        action="store_true",
        default=None,
        help="with action plan, feedback log and stage analysis on pages behind",
    )
    add_paper(parser)
    png = parser.add_argument_group("PNG")
    png.add_argument("--dpi", metavar="N", type=int, help="pixels per inch of the map at 100 %% (150)")
    parser.set_defaults(run=_export)


def add_paper(parser: argparse.ArgumentParser) -> None:
    """The options of a PDF."""
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


def _export(chosen: argparse.Namespace) -> int:
    kind = chosen.output.suffix.lower()
    if kind not in {".pdf", ".png"}:
        raise UsageError(f"“{chosen.output.name}” must end in .pdf or .png.")
    of_pdf = ("page", "orientation", "margin", "tables")
    for option, needed in (*((option, ".pdf") for option in of_pdf), ("dpi", ".png")):
        if getattr(chosen, option) is not None and kind != needed:
            shown = chosen.orientation if option == "orientation" else option
            raise UsageError(f"--{shown} is for {needed} files only.")
    _refuse_map_as_output(chosen)
    say((_export_pdf if kind == ".pdf" else _export_png)(chosen))
    return DONE


def _refuse_map_as_output(chosen: argparse.Namespace) -> None:
    if chosen.output.exists() and chosen.map.exists() and chosen.output.samefile(chosen.map):
        raise UsageError("the map and the file to write are the same file.")


def _export_pdf(chosen: argparse.Namespace) -> str:
    options = pdf_options(chosen, chosen.map.name)  # a name that no page has is said before the map is read
    opened = opened_map(chosen.map)
    sheet = _sheet(opened, chosen)
    return write_pdf(sheet, chosen.output, options._replace(revision=opened.file.rev))


def pdf_options(chosen: argparse.Namespace, file: str) -> PdfOptions:
    """What is asked for by the options that `add_paper` adds. Raises ExportError for a page that there is not."""
    from app.export.pages import DEFAULT_MARGIN, DEFAULT_PAGE, page_named
    from app.export.pdf import PdfOptions

    page = DEFAULT_PAGE if chosen.page is None else chosen.page
    page_named(page)
    return PdfOptions(
        made=today(),
        page=page,
        orientation=chosen.orientation or "automatic",
        margin=DEFAULT_MARGIN if chosen.margin is None else chosen.margin,
        file=file,
    )


def write_pdf(sheet: Sheet, path: Path, options: PdfOptions) -> str:
    """Writes a poster; what to say of it."""
    from app.export.advice import print_warnings
    from app.export.pages import percent
    from app.export.pdf import export_pdf
    from app.layout.proof import proof_of

    placement = export_pdf(sheet, path, options)
    warn(print_warnings(proof_of(sheet), placement.scale))
    return f"{path}: {placement.page}, {placement.orientation}, {percent(placement.scale)} %"


def _export_png(chosen: argparse.Namespace) -> str:
    from app.export.advice import picture_warnings
    from app.export.pages import DEFAULT_DPI
    from app.export.png import export_png
    from app.layout.proof import proof_of

    sheet = _sheet(opened_map(chosen.map), chosen)
    size = export_png(sheet, chosen.output, DEFAULT_DPI if chosen.dpi is None else chosen.dpi)
    warn(picture_warnings(proof_of(sheet), size.dpi))
    return f"{chosen.output}: {size.w} × {size.h} pixels, {size.dpi} dpi"


def _sheet(opened: OpenMap, chosen: argparse.Namespace) -> Sheet:
    start_qt()
    from app.layout.additions import sheet_with
    from app.layout.engine import MapLayout

    wanted: set[Addition] = {"comments"} if chosen.comments else set()
    wanted |= {"tables"} if chosen.tables else set()
    return sheet_with(MapLayout(opened.document, today()), opened.document, frozenset(wanted))


@cache
def start_qt() -> QCoreApplication:
    """Text needs a QGuiApplication, which lives on in the cache; no screen, and its worries are its own."""
    from PySide6.QtCore import QLoggingCategory
    from PySide6.QtGui import QGuiApplication

    QLoggingCategory.setFilterRules("qt.*=false")
    return QGuiApplication.instance() or QGuiApplication([NAME, "-platform", "offscreen"])
