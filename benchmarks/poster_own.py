"""The sheet painted to PDF by the program itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.export.pages import Placement
from app.export.pdf import PdfOptions, export_pdf
from app.layout.sheet import Sheet
from benchmarks.poster_sheet import texts

OPTIONS = PdfOptions(date(2026, 1, 2), page="A0", footer=False)


def prepare(sheet: Sheet) -> None:
    """Have the glyph runs ready."""
    for text in texts(sheet):
        assert text.block.runs


def write(sheet: Sheet, _placement: Placement, path: Path) -> None:
    export_pdf(sheet, path, OPTIONS)
