"""Whether the poster has the same lines as the screen: 1,800 wrapped texts, 200 × 3 sizes × 3 widths, many scripts.

The screen paints the glyph runs of `TextBlock.qt_runs`; their glyphs and places are taken from Qt. Those of the poster
are read back from its content stream, with the outlines of its embedded fonts. A line differs where it does not have
the same glyphs; how far a glyph is from its place is given in points on a page at 100 %.
"""

from __future__ import annotations

import os
import tempfile
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from PySide6.QtGui import QGuiApplication

from app.export.pages import Placement
from app.export.pdf import PdfOptions, pdf_bytes
from app.export.pdf_shapes import PT
from app.layout import fonts
from app.layout.drawing import Drawing, Placed, Text
from app.layout.sheet import Sheet
from app.layout.text import TextBlock, TextStyle, layout_text
from benchmarks.pdf_reading import ReadFont, ReadGlyph, read_texts
from benchmarks.poster_texts import wrapped_texts

SIZES = (6.5, 9.0, 12.0)
WIDTHS = (22.0, 38.0, 61.0)
COLUMNS = 30
NO_OUTLINE = "[]"
EXACT = 0.01  # pt


class Seen(NamedTuple):
    """A glyph where it is seen: its place in pt from the block's top-left corner, y downwards, and its outline."""

    x: float
    y: float
    outline: str


class Findings(NamedTuple):
    """What comparing has found."""

    lines: int
    different: int
    glyphs: int
    farthest: float


def main() -> None:
    """Print how many lines differ and how far the farthest glyph is off. Fails where any is."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    start = time.perf_counter()
    sheet = text_sheet()
    found = compare(sheet)
    print(
        f"{len(sheet.placed):,} texts, {found.lines:,} lines, {found.glyphs:,} glyphs: {found.different} lines differ, "
        f"the farthest glyph is {found.farthest:.4f} pt off ({time.perf_counter() - start:.1f} s)"
    )
    assert found.different == 0
    assert found.farthest < EXACT
    del application


def text_sheet() -> Sheet:
    """All texts at all sizes and widths, side by side."""
    blocks = [
        layout_text(text, TextStyle(size), width) for text in wrapped_texts() for size in SIZES for width in WIDTHS
    ]
    height = max(block.height for block in blocks) + 1
    placed = tuple(
        Placed(str(at), at % COLUMNS * 80.0, at // COLUMNS * height, Drawing(80, block.height, (Text(0, 0, block),)))
        for at, block in enumerate(blocks)
    )
    return Sheet(COLUMNS * 80.0, (len(placed) // COLUMNS + 1) * height, placed)


def compare(sheet: Sheet) -> Findings:
    """Compare every block of a sheet (one in each drawing) with what the PDF has for it."""
    placement = Placement("", sheet.w, sheet.h, 1.0, 0.0, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.pdf"
        path.write_bytes(pdf_bytes(sheet, placement, PdfOptions(date(2026, 1, 2), footer=False)))
        texts, embedded = read_texts(path)
    lines = different = glyphs = 0
    farthest = 0.0
    for element, read in zip(sheet.placed, texts, strict=True):
        block = element.drawing.items[0].block  # type: ignore[union-attr]
        left, top = element.x * PT, (sheet.h - element.y) * PT
        on_paper = [_on_paper(glyph, left, top, embedded) for glyph in read]
        found = _differences(block, _on_screen(block), on_paper)
        lines += found.lines
        different += found.different
        glyphs += found.glyphs
        farthest = max(farthest, found.farthest)
    return Findings(lines, different, glyphs, farthest)


def _differences(block: TextBlock, screen: list[Seen], paper: list[Seen]) -> Findings:
    """A line is the same where each outline stands as often in it, and nowhere far from where it should."""
    different, farthest = 0, 0.0
    for line in range(len(block.lines)):
        seen, written = _by_outline(block, screen, line), _by_outline(block, paper, line)
        if {outline: len(places) for outline, places in seen.items()} != {
            outline: len(places) for outline, places in written.items()
        }:
            different += 1
            continue
        for outline, places in seen.items():
            for (x, y), (other_x, other_y) in zip(places, written[outline], strict=True):
                farthest = max(farthest, abs(x - other_x), abs(y - other_y))
    return Findings(len(block.lines), different, len(screen), farthest)


def _by_outline(block: TextBlock, glyphs: list[Seen], line: int) -> dict[str, list[tuple[float, float]]]:
    """The places of a line's glyphs by their outline, from left to right. Spaces are not seen."""
    pitch = block.style.size * block.style.leading
    last = len(block.lines) - 1
    found: dict[str, list[tuple[float, float]]] = {}
    for glyph in glyphs:
        if glyph.outline != NO_OUTLINE and min(max(int(glyph.y // pitch), 0), last) == line:
            found.setdefault(glyph.outline, []).append((glyph.x, glyph.y))
    return {outline: sorted(places) for outline, places in found.items()}


def _on_screen(block: TextBlock) -> list[Seen]:
    """What Qt paints. Its runs name a font; the layout knows which face that is."""
    faces = {_font_of(run.face): run.face for run in block.runs}
    found = []
    for run in block.qt_runs:
        raw = run.rawFont()
        face = faces[raw.familyName(), int(raw.weight())]
        for glyph, point in zip(run.glyphIndexes(), run.positions(), strict=True):
            x, y = point.x() * block.scale * PT, point.y() * block.scale * PT
            found.append(Seen(x, y, _outline(fonts.face_bytes(face), int(glyph))))
    return found


@cache
def _font_of(face: str) -> tuple[str, int]:
    raw = fonts.raw_font(face)
    return raw.familyName(), int(raw.weight())


def _on_paper(glyph: ReadGlyph, left: float, top: float, embedded: dict[str, ReadFont]) -> Seen:
    return Seen(glyph.x - left, top - glyph.y, _outline(embedded[glyph.font].data, glyph.gid))


@cache
def _outline(data: bytes, glyph: int) -> str:
    pen = RecordingPen()
    _face(data).draw_glyph_with_pen(glyph, pen)
    return repr(pen.value)


@cache
def _face(data: bytes) -> hb.Font:
    return hb.Font(hb.Face(data))


if __name__ == "__main__":
    main()
