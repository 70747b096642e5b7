"""The line under a poster: which file, which state of it, when, how large."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.export.pages import Placement, percent
from app.layout.drawing import Drawing, Placed, Text
from app.layout.terms import term
from app.layout.text import TextStyle, layout_text
from app.layout.words import reads_right_to_left

COLOR = "#4B5563"
SEPARATOR = "  ·  "
GAP = 2.0  # mm above the footer
SIZES = ((300.0, 7.0), (500.0, 9.0), (700.0, 11.0))
LARGEST = 14.0
REVISION = 8  # characters of a revision, which tell any two apart


def footer_size(short_side: float) -> float:
    """The type size in pt for a page whose shorter side is so many mm: what is legible from where it is looked at."""
    return next((size for limit, size in SIZES if short_side < limit), LARGEST)


def footer_height(short_side: float) -> float:
    """The room in mm for the footer on a page with this shorter side, the gap above it included."""
    return footer_size(short_side) * 1.3 * 25.4 / 72 + GAP


class FooterFacts(NamedTuple):
    """What a footer says of the map. Empty parts are left out."""

    file: str = ""
    revision: str = ""
    made: date | None = None


def footer_text(facts: FooterFacts, placement: Placement, language: str = "en") -> str:
    """The footer in words: file, revision, date, scale, and how the page lies in the language of the map."""
    parts = [
        facts.file,
        facts.revision[:REVISION],
        facts.made.isoformat() if facts.made else "",
        f"{percent(placement.scale)} %",
        f"{placement.page} {term(language, placement.orientation)}",
    ]
    return SEPARATOR.join(part for part in parts if part)


def footer_drawing(facts: FooterFacts, placement: Placement, width: float, language: str = "en") -> Drawing:
    """The footer as a drawing at most `width` mm wide; a long file name is cut in its middle."""
    style = TextStyle(footer_size(min(placement.page_w, placement.page_h)))
    block = layout_text(footer_text(facts, placement, language), style, None)
    name = facts.file
    while block.ink_width > width and len(name) > 8:
        name = name[: len(name) // 2 - 2] + "…" + name[len(name) // 2 + 2 :]
        block = layout_text(footer_text(facts._replace(file=name), placement, language), style, None)
    return Drawing(block.ink_width, block.height, (Text(0.0, 0.0, block, COLOR),))


def placed_footer(facts: FooterFacts, placement: Placement, margin: float, language: str) -> Placed:
    """The footer where it lies on the page, in mm: inside the margins, where the map begins to be read."""
    drawing = footer_drawing(facts, placement, placement.page_w - 2 * margin, language)
    x = placement.page_w - margin - drawing.w if reads_right_to_left(language) else margin
    return Placed("", x, placement.page_h - margin - drawing.h, drawing)
