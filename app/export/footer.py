"""The line under a poster: which file, which state of it, when, how large."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.export.pages import Placement
from app.layout.drawing import Drawing, Text
from app.layout.text import TextStyle, layout_text

STYLE = TextStyle(size=7.0)
COLOR = "#4B5563"
SEPARATOR = "  ·  "
HEIGHT = 5.0
"""Room for the footer in mm, the gap above it included."""


class FooterFacts(NamedTuple):
    """What a footer says of the map. Empty parts are left out."""

    file: str = ""
    revision: str = ""
    made: date | None = None


def footer_text(facts: FooterFacts, placement: Placement) -> str:
    """The footer in words: file, revision, date, scale, page."""
    parts = [
        facts.file,
        facts.revision,
        facts.made.isoformat() if facts.made else "",
        f"{placement.scale * 100:.3g} %",
        f"{placement.page} {placement.orientation}",
    ]
    return SEPARATOR.join(part for part in parts if part)


def footer_drawing(facts: FooterFacts, placement: Placement, width: float) -> Drawing:
    """The footer as a drawing at most `width` mm wide; a long file name is cut in its middle."""
    block = layout_text(footer_text(facts, placement), STYLE, None)
    name = facts.file
    while block.ink_width > width and len(name) > 8:
        name = name[: len(name) // 2 - 2] + "…" + name[len(name) // 2 + 2 :]
        block = layout_text(footer_text(facts._replace(file=name), placement), STYLE, None)
    return Drawing(block.ink_width, block.height, (Text(0.0, 0.0, block, COLOR),))
