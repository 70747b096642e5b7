"""Text blocks as operators of a PDF content stream.

Positions are in points from the block's top-left corner, y upwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from app.export.pdf_arrays import ArrayWriter
from app.export.pdf_fonts import FontBuilder, SourceFace
from app.export.pdf_shapes import PT
from app.export.pdf_spans import Span, block_spans
from app.layout.text import TextBlock


class TextWriter:
    """Turns text blocks to operators, and gathers in `fonts` what they need of the faces.

    `scale` is that of the sheet on the page: it tightens the rounding.
    """

    def __init__(self, open_face: Callable[[str], SourceFace], scale: float = 1.0) -> None:
        self._open_face = open_face
        self._scale = scale
        self._decimals = 3 + max(0, math.ceil(math.log10(scale)))
        self._written: dict[int, str] = {}
        self._writers: dict[tuple[str, float], ArrayWriter] = {}
        self.fonts: dict[str, FontBuilder] = {}

    def operators(self, block: TextBlock) -> str:
        """A block from BT (not included) to ET (not included), relative to where the text starts.

        The block must live as long as this writer.
        """
        written = self._written.get(id(block))
        if written is None:
            written = self._written[id(block)] = self._write(block)
        return written

    def has_width(self, face: str, glyph: int) -> bool:
        """Whether the glyph moves the pen."""
        return self._font(face).has_width(glyph)

    def blank(self, face: str) -> int | None:
        """A glyph that shows nothing, for direction marks."""
        return self._font(face).blank()

    def _font(self, face: str) -> FontBuilder:
        font = self.fonts.get(face)
        if font is None:
            font = self.fonts[face] = FontBuilder(f"F{len(self.fonts)}", self._open_face(face))
        return font

    def _write(self, block: TextBlock) -> str:
        out: list[str] = []
        at = (0.0, 0.0)
        chosen = ("", 0.0)
        for span in block_spans(block, self):
            if (span.face, span.size) != chosen:
                out.append(f"/{self._font(span.face).name} {span.size:g} Tf")
                chosen = span.face, span.size
            if span.silent:
                out.append("/Span<</ActualText<FEFF000A>>>BDC")
            at = self._show(out, span, at)
            if span.silent:
                out.append("EMC")
        return " ".join(out)

    def _show(self, out: list[str], span: Span, at: tuple[float, float]) -> tuple[float, float]:
        """Show the glyphs of a span, those on one height together. Answers where the last of them started."""
        writer = self._writers.get((span.face, span.size))
        if writer is None:
            writer = ArrayWriter(self._font(span.face), span.size, self._scale)
            self._writers[span.face, span.size] = writer
        decimals = self._decimals
        first = 0
        for last in _steps(span.ys):
            x, y = round(span.xs[first] * PT, decimals), round(-span.ys[first] * PT, decimals)
            out.append(f"{x - at[0]:.{decimals}f} {y - at[1]:.{decimals}f} Td {writer.write(span, first, last)}")
            at = x, y
            first = last
        return at


def _steps(heights: Sequence[float]) -> list[int]:
    """Where a height differs from the one before, and the end."""
    if heights.count(heights[0]) == len(heights):
        return [len(heights)]
    return [*(at for at in range(1, len(heights)) if heights[at] != heights[at - 1]), len(heights)]
