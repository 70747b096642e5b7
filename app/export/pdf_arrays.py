"""Glyphs as TJ arrays of a PDF content stream.

The fonts have whole widths (thousandths of the size), the layout has not, and kerning moves glyphs as well: a number
within the array moves the next glyph back to its place as soon as it would be off by more than a tolerance.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

from app.export.pdf_fonts import FontBuilder
from app.export.pdf_shapes import PT
from app.export.pdf_spans import Span

EXACTNESS = 0.0045
"""How far in pt a word on paper may be from its place in the layout, and a glyph from its place in the word."""

SAME_WORD = 1e-5  # mm; words of the same glyphs whose lengths differ by less are the same


class _Word(NamedTuple):
    """Glyphs as the inside of a string of an array, with their length in mm and how far they move the pen."""

    inside: str
    length: float
    advance: float


class ArrayWriter:
    """Writes glyphs of one font at one size (pt); `scale` is that of the sheet on the page.

    Words come again and again, so each is written once.
    """

    def __init__(self, font: FontBuilder, size: float, scale: float) -> None:
        self._font = font
        self._unit = PT * 1000 / size
        self._tolerance = EXACTNESS * 1000 / (size * scale)
        self._decimals = next(decimals for decimals in range(9) if 0.5 * 10.0**-decimals <= self._tolerance)
        self._words: dict[tuple[bytes, str], _Word] = {}

    def write(self, span: Span, first: int, last: int) -> str:
        """The glyphs first … last of a span, the first of them where the pen is."""
        if isinstance(span.texts, str) and isinstance(span.glyphs, array):
            return self._write_words(span, span.glyphs, span.texts)
        return f"[<{self._word(span, first, last).inside}>]TJ"

    def _write_words(self, span: Span, glyphs: array[int], text: str) -> str:
        """A whole span word by word; a space belongs to the word after it."""
        unit, tolerance, xs, words = self._unit, self._tolerance, span.xs, self._words
        raw, item, last = glyphs.tobytes(), glyphs.itemsize, len(glyphs)
        pen = xs[0] * unit
        parts = ["[<"]
        start = 0
        while start < last:
            end = text.find(" ", start + 1)
            if end < 0:
                end = last
            key = raw[start * item : end * item], text[start:end]
            word = words.get(key)
            x = xs[start]
            if word is None or not -SAME_WORD < xs[end - 1] - x - word.length < SAME_WORD:
                word = words[key] = self._word(span, start, end)
            off = pen - x * unit
            if off > tolerance or off < -tolerance:
                back = round(off, self._decimals)
                parts.append(f">{back:.{self._decimals}f}<")
                pen -= back
            parts.append(word.inside)
            pen += word.advance
            start = end
        parts.append(">]TJ")
        return "".join(parts)

    def _word(self, span: Span, start: int, end: int) -> _Word:
        """The glyphs, each moved to within the tolerance of its place."""
        unit, tolerance = self._unit, self._tolerance
        origin = span.xs[start] * unit
        pen = 0.0
        parts: list[str] = []
        for at in range(start, end):
            off = pen - (span.xs[at] * unit - origin)
            if off > tolerance or off < -tolerance:
                back = round(off, self._decimals)
                parts.append(f">{back:.{self._decimals}f}<")
                pen -= back
            code, width = self._font.code(span.glyphs[at], span.texts[at])
            parts.append(code)
            pen += width
        return _Word("".join(parts), span.xs[end - 1] - span.xs[start], pen)
