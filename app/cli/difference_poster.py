"""`journeymapper diff … -o POSTER.pdf`: two states of a map as a poster with the list of what differs behind it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from app.cli.exporting import pdf_options, start_qt, write_pdf
from app.cli.telling import UsageError, today

if TYPE_CHECKING:
    from pathlib import Path

    from app.files import OpenMap


def write_difference_poster(before: OpenMap, after: OpenMap, chosen: argparse.Namespace) -> str:
    """Writes the poster to `chosen.output`, on the paper of `exporting.add_paper`; what to say of it.

    Raises ExportError.
    """
    names = _name(before), _name(after)
    options = pdf_options(chosen, names[1])
    start_qt()
    from app.layout.compared import compare_states

    pictures = before.document.media, after.document.media
    compared = compare_states(before.file.records, after.file.records, pictures, today())
    return write_pdf(compared.sheet(names), chosen.output, options)


def refuse_output(output: Path, *maps: Path | None) -> None:
    """Raises UsageError for a file that is no PDF by its name, or one of the maps."""
    if output.suffix.lower() != ".pdf":
        raise UsageError(f"“{output.name}” must end in .pdf.")
    if any(path is not None and output.exists() and path.exists() and output.samefile(path) for path in maps):
        raise UsageError("the file to write is one of the maps.")


def _name(opened: OpenMap) -> str:
    return opened.file.path.name if opened.file.path is not None else opened.file.rev[:7]
