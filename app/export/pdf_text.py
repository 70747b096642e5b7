"""Text blocks as operators of a PDF content stream.

The fonts have whole widths (thousandths of the size), the layout has not, and kerning moves glyphs as well: a number
within a TJ array moves the next glyph back to its place as soon as it would be off by more than a tolerance. Positions
are in points from the block's top-left corner, y upwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.export.pdf_fonts import Subset, subset_face
from app.export.pdf_shapes import PT
from app.export.pdf_spans import Span, block_spans
from app.layout.text import TextBlock

EXACTNESS = 0.005
"""How far in pt a glyph on paper may be from its place in the layout, before rounding of coordinates."""


class Font(NamedTuple):
    """A face in a document: its resource name, its part of the face, and its character codes.

    `codes` has a code in hexadecimal for each glyph and what it stands for; `plain` for each glyph that always stands
    for the same. `unicode` maps codes to text, `gids` codes to glyphs of the subset.
    """

    name: str
    subset: Subset
    codes: Mapping[tuple[int, str], str]
    plain: Mapping[int, str]
    unicode: Mapping[int, str]
    gids: Sequence[int]


class TextWriter:
    """Turns text blocks to operators. `scale` is that of the sheet on the page: it tightens the rounding.

    First all blocks are to be collected, then the fonts are made, then blocks are written.
    """

    def __init__(self, scale: float = 1.0) -> None:
        self._scale = scale
        self._decimals = 3 + max(0, math.ceil(math.log10(scale)))
        self._spans: dict[int, list[Span]] = {}
        self._used: dict[str, dict[tuple[int, str], None]] = {}
        self._written: dict[int, str] = {}
        self.fonts: dict[str, Font] = {}

    def collect(self, block: TextBlock) -> None:
        """Note what glyphs a block needs, and what they stand for."""
        if id(block) in self._spans:
            return
        spans = self._spans[id(block)] = list(block_spans(block))
        for span in spans:
            used = self._used.setdefault(span.face, {})
            used.update(dict.fromkeys(zip(span.glyphs, span.texts, strict=True)))

    def make_fonts(self, face_bytes: Callable[[str], bytes], has_cff: Callable[[str], bool]) -> None:
        """Cut the faces to what was collected."""
        for face, used in self._used.items():
            subset = subset_face(face_bytes(face), (glyph for glyph, _ in used), cff=has_cff(face))
            self.fonts[face] = _font(f"F{len(self.fonts)}", subset, used)

    def operators(self, block: TextBlock) -> str:
        """A collected block from BT (not included) to ET, relative to where the text starts."""
        written = self._written.get(id(block))
        if written is None:
            written = self._written[id(block)] = self._write(self._spans[id(block)])
        return written

    def _write(self, spans: list[Span]) -> str:
        out: list[str] = []
        at = (0.0, 0.0)
        chosen = ("", 0.0)
        for span in spans:
            font = self.fonts[span.face]
            if (span.face, span.size) != chosen:
                out.append(f"/{font.name} {span.size:g} Tf")
                chosen = span.face, span.size
            actual = span.actual or _misread(font, span)
            if actual:
                out.append(f"/Span<</ActualText<FEFF{_utf16(actual)}>>>BDC")
            at = self._show(out, span, font, at)
            if actual:
                out.append("EMC")
        return " ".join(out)

    def _show(self, out: list[str], span: Span, font: Font, at: tuple[float, float]) -> tuple[float, float]:
        """Show the glyphs of a span, those on one height together. Answers where the last of them started."""
        codes = _codes(font, span)
        first = 0
        for last in [*_steps(span.ys), len(span.glyphs)]:
            x, y = round(span.xs[first] * PT, self._decimals), round(-span.ys[first] * PT, self._decimals)
            out.append(f"{x - at[0]:.{self._decimals}f} {y - at[1]:.{self._decimals}f} Td")
            out.append(self._array(span, font, codes, first, last))
            at = x, y
            first = last
        return at

    def _array(self, span: Span, font: Font, codes: list[str], first: int, last: int) -> str:
        """The glyphs first … last, each moved to within the tolerance of its place."""
        unit = PT * 1000 / span.size
        tolerance = EXACTNESS * 1000 / (span.size * self._scale)
        decimals = 0 if tolerance >= 0.5 else 1 if tolerance >= 0.05 else 2
        width = font.subset.width
        pen = span.xs[first] * unit
        parts = ["["]
        opened = ""
        for glyph, code, x in zip(span.glyphs[first:last], codes[first:last], span.xs[first:last], strict=True):
            off = pen - x * unit
            if off > tolerance or off < -tolerance:
                back = round(off, decimals)
                parts.append(f"{opened}{back:.{decimals}f}<" if opened else f"{back:.{decimals}f}<")
                pen -= back
            elif not opened:
                parts.append("<")
            opened = ">"
            parts.append(code)
            pen += width[glyph]
        parts.append(">]TJ")
        return "".join(parts)


def _steps(heights: Sequence[float]) -> list[int]:
    """Where a height differs from the one before."""
    if heights.count(heights[0]) == len(heights):
        return []
    return [at for at in range(1, len(heights)) if heights[at] != heights[at - 1]]


def _codes(font: Font, span: Span) -> list[str]:
    try:
        return list(map(font.plain.__getitem__, span.glyphs))
    except KeyError:
        return list(map(font.codes.__getitem__, zip(span.glyphs, span.texts, strict=True)))


def _misread(font: Font, span: Span) -> str:
    """What a span stands for where a glyph with one code only stands for something else; else nothing."""
    if not font.subset.cff or all(map(font.plain.__contains__, span.glyphs)):
        return ""
    return "".join(span.texts)


def _font(name: str, subset: Subset, used: Mapping[tuple[int, str], None]) -> Font:
    """Give every glyph a code, and further ones where it stands for different texts; CFF faces have no such codes."""
    gids = list(range(len(subset.code)))
    unicode: dict[int, str] = {}
    codes: dict[tuple[int, str], str] = {}
    plain: dict[int, str] = {}
    for glyph, text in used:
        code = subset.code[glyph]
        if code not in unicode:
            plain[glyph] = f"{code:04X}"
        else:
            plain.pop(glyph, None)
            if not subset.cff:
                gids.append(code)
                code = len(gids) - 1
        unicode.setdefault(code, text)
        codes[glyph, text] = f"{code:04X}"
    return Font(name, subset, codes, plain, unicode, gids)


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex().upper()
