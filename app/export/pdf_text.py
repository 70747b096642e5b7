"""Text blocks as operators of a PDF content stream.

The fonts have whole widths (thousandths of the size), the layout has not, and kerning moves glyphs as well: a number
within a TJ array moves the next glyph back to its place as soon as it would be off by more than a tolerance. Positions
are in points from the block's top-left corner, y upwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.export.pdf_fonts import Code, SourceFace, Subset
from app.export.pdf_shapes import PT
from app.export.pdf_spans import DIRECTION_MARKS, Span, block_spans
from app.layout.text import TextBlock

EXACTNESS = 0.005
"""How far in pt a glyph on paper may be from its place in the layout, before rounding of coordinates."""

LINE_BREAK = "\n"


class Font(NamedTuple):
    """A face in a document: its resource name, its part of the face, and its character codes.

    `shown` has a code in hexadecimal for each glyph and what it stands for; `plain` for each glyph that always stands
    for the same.
    """

    name: str
    subset: Subset
    codes: Sequence[Code]
    shown: Mapping[tuple[int, str], str]
    plain: Mapping[int, str]


class TextWriter:
    """Turns text blocks to operators. `scale` is that of the sheet on the page: it tightens the rounding.

    First all blocks are to be collected, then the fonts are made, then blocks are written.
    """

    def __init__(self, open_face: Callable[[str], SourceFace], scale: float = 1.0) -> None:
        self._open_face = open_face
        self._scale = scale
        self._decimals = 3 + max(0, math.ceil(math.log10(scale)))
        self._faces: dict[str, SourceFace] = {}
        self._spans: dict[int, list[Span]] = {}
        self._used: dict[str, dict[tuple[int, str], None]] = {}
        self._written: dict[int, str] = {}
        self.fonts: dict[str, Font] = {}

    def collect(self, block: TextBlock) -> None:
        """Note what glyphs a block needs, and what they stand for."""
        if id(block) in self._spans:
            return
        spans = self._spans[id(block)] = list(block_spans(block, self))
        for span in spans:
            used = self._used.setdefault(span.face, {})
            used.update(dict.fromkeys(zip(span.glyphs, span.texts, strict=True)))

    def has_width(self, face: str, glyph: int) -> bool:
        """Whether the glyph moves the pen."""
        return self._face(face).has_width(glyph)

    def blank(self, face: str) -> int | None:
        """A glyph that shows nothing, for direction marks."""
        return self._face(face).blank()

    def _face(self, key: str) -> SourceFace:
        if key not in self._faces:
            self._faces[key] = self._open_face(key)
        return self._faces[key]

    def make_fonts(self) -> None:
        """Cut the faces to what was collected."""
        for face, used in self._used.items():
            subset = self._face(face).subset(glyph for glyph, _ in used)
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
            misread = _misread(font, span)
            if span.silent or misread:
                out.append(f"/Span<</ActualText<FEFF{_utf16(misread or LINE_BREAK)}>>>BDC")
            at = self._show(out, span, font, at)
            if span.silent or misread:
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
        return list(map(font.shown.__getitem__, zip(span.glyphs, span.texts, strict=True)))


def _misread(font: Font, span: Span) -> str:
    """What a span stands for where a glyph with one code only stands for something else; else nothing."""
    if span.silent or not font.subset.cff or all(map(font.plain.__contains__, span.glyphs)):
        return ""
    return "".join(span.texts)


def _font(name: str, subset: Subset, used: Mapping[tuple[int, str], None]) -> Font:
    """Give every glyph a code, and further ones where it stands for different texts; CFF faces have no such codes."""
    codes = [Code(gid, subset.width[glyph], "") for glyph, gid in sorted(subset.gid.items(), key=_by_gid)]
    shown: dict[tuple[int, str], str] = {}
    plain: dict[int, str] = {}
    for glyph, text in used:
        number = subset.gid[glyph]
        if codes[number].text:
            plain.pop(glyph, None)
        else:
            plain[glyph] = f"{number:04X}"
            codes[number] = codes[number]._replace(text=text)
        if (codes[number].text != text or text in DIRECTION_MARKS) and not subset.cff:
            width = 0 if text in DIRECTION_MARKS else subset.width[glyph]
            codes.append(Code(number, width, text))
            number = len(codes) - 1
        shown[glyph, text] = f"{number:04X}"
    return Font(name, subset, codes, shown, plain)


def _by_gid(pair: tuple[int, int]) -> int:
    return pair[1]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex().upper()
