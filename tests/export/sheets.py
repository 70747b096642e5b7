"""Small sheets to export."""

from datetime import date
from pathlib import Path

from app.export.pdf import PdfOptions
from app.files import open_map
from app.layout.drawing import Box, Drawing, Icon, Line, Placed, Rect, Shape, Text
from app.layout.engine import MapLayout
from app.layout.sheet import Bookmark, Sheet, WebLink, sheet_of
from app.layout.text import TextStyle, layout_text
from app.paths import sample_dir

DAY = date(2026, 3, 4)
SAMPLES = ("arabic", "broadband", "clinic", "hindi", "japanese", "saas-onboarding")
OPTIONS = PdfOptions(DAY, page="A4", file="small.jmap", revision="0a1b2c3", creator="Journey Mapper 1.2")


def small_sheet(*texts: str, size: float = 9.0, rtl: bool = False) -> Sheet:
    """A column of cards with one of everything, each with a text."""
    placed = []
    top = 0.0
    for at, text in enumerate(texts or ("Availability check",)):
        block = layout_text(text, TextStyle(size), 60.0, rtl=rtl)
        drawing = Drawing(
            80.0,
            block.height + 6,
            (
                Box(0, 0, 80, block.height + 6, "#FFFFFF", "#D1D5DB", 0.2, 1.5),
                Box(0, 0, 1, block.height + 6, "#0F766E"),
                Icon("phone", 2, 2, 4, "#0F766E"),
                Text(8, 3, block),
                Line(8, block.height + 4, 60, block.height + 4, "#963A3A", 0.3, (1.0, 0.5)),
                Shape((("M", 70, 2), ("L", 74, 2), ("C", 75, 3, 75, 4, 74, 5), ("Z",)), "#F4F4F5", "#334155", 0.3),
            ),
        )
        placed.append(Placed(f"c{at}", 0, top, drawing))
        top += block.height + 10
    return Sheet(
        80.0,
        top,
        tuple(placed),
        (Bookmark("Überblick", Rect(0, 0, 40, top)), Bookmark("مرحبا", Rect(40, 0, 40, top))),
        (
            WebLink("https://example.org/ä", Rect(0, 0, 80, 10)),
            WebLink("javascript:alert(1)", Rect(0, 10, 80, 10)),
            WebLink("file:///etc/passwd", Rect(0, 10, 80, 10)),
        ),
        title="Kleine Reise · رحلة",
        subject="What it is for",
        author="Ana",
        language="de",
        rtl=rtl,
    )


def sample_path(name: str) -> Path:
    return sample_dir() / f"{name}.jmap"


def sample_sheet(name: str) -> Sheet:
    opened = open_map(sample_path(name))
    return sheet_of(MapLayout(opened.document), opened.document.map)


def sheet_texts(sheet: Sheet) -> list[str]:
    """Every text of a sheet, once."""
    found = {
        item.block.text: None for element in sheet.placed for item in element.drawing.items if isinstance(item, Text)
    }
    return [text for text in found if text.strip()]
