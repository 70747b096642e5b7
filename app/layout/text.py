"""Text laid out once for every painter.

`layout_text` turns a text, a style and a width into a `TextBlock`: lines, and runs of glyphs with their places. Screen,
poster and pictures draw those glyphs and never break a line themselves, so that they agree.

Lines are set by Qt's QTextLayout at 1024 px per em whatever the size: advances are design metrics, exact to 1/65536 em,
and a text breaks alike at every size that has the same width in em. Lengths in and out are millimetres, sizes points
(1/72 inch), character indices Python code points.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from app.layout import fonts
from app.layout.font_choice import FaceRun, face_runs
from app.layout.fonts import EM, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Align",
    "GlyphRun",
    "TextBlock",
    "TextLine",
    "TextStyle",
    "Weight",
    "layout_text",
    "natural_width",
    "paint_text",
]

Align = Literal["start", "center", "end"]

MM_PER_PT = 25.4 / 72
MAX_CHARACTERS = 20_000
UNLIMITED = 8_000_000.0  # px; Qt's own limit is 2^23
ASCENT, DESCENT = 1984 / 2048, 494 / 2048  # of JM Sans, in em: they place the baseline, whatever font is in the line
_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNFIT = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff]")
_RETRIEVE = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
)


class TextStyle(NamedTuple):
    """How a text is set. `size` in pt; `leading` is the line pitch as a multiple of the size.

    `align` is relative to the block's direction: start is left for a left-to-right map.
    """

    size: float
    weight: Weight = "regular"
    leading: float = 1.3
    align: Align = "start"


class TextLine(NamedTuple):
    """A line: its characters start … end (spaces at its end included, a line break not), and its place in mm.

    `x` is the left edge, `baseline` the y of the baseline, both from the block's top-left corner; `width` is the sum of
    the advances without the spaces at the end.
    """

    start: int
    end: int
    x: float
    baseline: float
    width: float


class GlyphRun(NamedTuple):
    """Glyphs of one face in one direction, in visual order from left to right.

    `xs`, `ys` are the glyphs' origins in mm from the block's top-left corner (`ys` on the baseline, marks above or
    below it). `clusters[i]` is the index of the first character that glyph i belongs to; characters with the same
    cluster go together. The runs of a line cover its characters without gap or overlap: this one has start … end.
    """

    face: str
    size: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    clusters: tuple[int, ...]
    start: int
    end: int
    rtl: bool
    line: int


class _Paragraph(NamedTuple):
    """A stretch without line breaks: where it starts and ends in the text, what Qt is given, and its faces."""

    start: int
    end: int
    shown: str
    faces: list[FaceRun]
    rtl: bool


class _SetLine(NamedTuple):
    """A line as Qt has set it, with what must live as long as it is asked.

    `indices` gives for each UTF-16 position the code point of the paragraph.
    """

    line: QTextLine
    layout: QTextLayout
    paragraph: _Paragraph
    indices: Sequence[int]


class TextBlock:
    """A laid-out text. It is never changed; `runs` and what the screen paints are made when first asked for.

    `width` is the width it was laid out for in mm (that of its widest line where there was none), `height` its lines
    times their pitch in mm, `ink_width` the narrowest width in mm at which no further line would break.
    """

    __slots__ = (
        "_limit",
        "_painted",
        "_runs",
        "height",
        "ink_width",
        "language",
        "lines",
        "rtl",
        "style",
        "text",
        "width",
    )

    def __init__(self, text: str, style: TextStyle, limit: float | None, rtl: bool, language: str) -> None:
        self.text = text
        self.style = style
        self.rtl = rtl
        self.language = language
        self._limit = limit
        self._runs: tuple[GlyphRun, ...] | None = None
        self._painted: tuple[tuple[QPointF, QGlyphRun], ...] | None = None
        set_lines = self._set()
        scale = style.size * MM_PER_PT / EM
        self.ink_width = max(line.line.naturalTextWidth() for line in set_lines) * scale
        self.width = self.ink_width if limit is None else limit
        self.lines = tuple(self._lines(set_lines, scale))
        self.height = len(set_lines) * style.size * style.leading * MM_PER_PT

    @property
    def runs(self) -> tuple[GlyphRun, ...]:
        """The glyph runs of all lines, from the first line down, left to right."""
        if self._runs is None:
            self._runs = tuple(run for at, line in enumerate(self._set()) for run in self._runs_of(at, line))
        return self._runs

    @property
    def qt_runs(self) -> tuple[tuple[QPointF, QGlyphRun], ...]:
        """What `paint_text` draws: offset and glyph run, in units of 1/EM of the size. For the painting thread only."""
        if self._painted is None:
            self._painted = tuple(self._qt_runs())
        return self._painted

    def _set(self) -> list[_SetLine]:
        limit = UNLIMITED
        if self._limit is not None:
            limit = min(UNLIMITED, max(1.0, self._limit / (self.style.size * MM_PER_PT) * EM))
        return [
            line
            for part in _paragraphs(self.text, self.style.weight, self.rtl, self.language)
            for line in _broken(part, limit)
        ]

    def _lines(self, set_lines: list[_SetLine], scale: float) -> Iterator[TextLine]:
        size = self.style.size * MM_PER_PT
        pitch = size * self.style.leading
        baseline = (pitch - (ASCENT + DESCENT) * size) / 2 + ASCENT * size
        for line, _, part, indices in set_lines:
            start, length = line.textStart(), line.textLength()
            last = start + length >= len(indices) - 1
            width = line.horizontalAdvance() * scale
            yield TextLine(
                part.start + indices[start],
                part.end if last else part.start + indices[start + length],
                self._left(width),
                baseline,
                width,
            )
            baseline += pitch

    def _left(self, width: float) -> float:
        if self.style.align == "center":
            return (self.width - width) / 2
        return self.width - width if self.rtl is (self.style.align == "start") else 0.0

    def _runs_of(self, at: int, set_line: _SetLine) -> list[GlyphRun]:
        """The runs of a line; each ends where the next one in reading order starts."""
        line, _, part, indices = set_line
        place = self.lines[at]
        scale = self.style.size * MM_PER_PT / EM
        ascent = line.ascent()
        found = []
        for run in line.glyphRuns(-1, -1, _RETRIEVE):
            points = run.positions()
            clusters = [part.start + indices[index] for index in run.stringIndexes()]
            glyphs = run.glyphIndexes()
            xs = [place.x + point.x() * scale for point in points]
            ys = [place.baseline + (point.y() - ascent) * scale for point in points]
            if run.isRightToLeft():
                for values in (glyphs, xs, ys, clusters):
                    values.reverse()
            start = min(clusters)
            key = _face_at(part, start - part.start)
            found.append(
                GlyphRun(
                    key,
                    self.style.size,
                    tuple(glyphs),
                    tuple(xs),
                    tuple(ys),
                    tuple(clusters),
                    start,
                    0,
                    run.isRightToLeft(),
                    at,
                )
            )
        starts = sorted(run.start for run in found)
        ends = dict(pairwise([*starts, place.end]))
        return [run._replace(end=ends[run.start]) for run in found]

    def _qt_runs(self) -> Iterator[tuple[QPointF, QGlyphRun]]:
        scale = EM / (self.style.size * MM_PER_PT)
        for place, set_line in zip(self.lines, self._set(), strict=True):
            offset = QPointF(place.x * scale, place.baseline * scale - set_line.line.ascent())
            for run in set_line.line.glyphRuns(-1, -1, _RETRIEVE):
                yield offset, run


def _face_at(part: _Paragraph, index: int) -> str:
    return next(run.face for run in part.faces if index < run.end)


def _paragraphs(text: str, weight: Weight, rtl: bool, language: str) -> Iterator[_Paragraph]:
    """The text between its line breaks. Spaces at the end of a paragraph are not set: they have no width."""
    start = 0
    for end, after in [*((found.start(), found.end()) for found in _BREAK.finditer(text)), (len(text), 0)]:
        shown = _UNFIT.sub(_replacement, text[start : min(end, start + MAX_CHARACTERS)]).rstrip(" ")
        yield _Paragraph(start, end, shown, face_runs(shown, weight, language), _reads_rtl(shown, rtl))
        start = after


def _replacement(found: re.Match[str]) -> str:
    """A tab is a space, another control character nothing, half a surrogate pair the replacement character."""
    char = found.group()
    if char == "\t":
        return " "
    return "\u2060" if unicodedata.category(char) == "Cc" else "\ufffd"


def _reads_rtl(shown: str, otherwise: bool) -> bool:
    """The direction of the first letter that has one."""
    if shown.isascii() and not otherwise:
        return False
    for char in shown:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return otherwise


def _broken(part: _Paragraph, limit: float) -> list[_SetLine]:
    """Set a paragraph in lines of at most `limit` px."""
    layout = QTextLayout(part.shown, fonts.font(part.faces[0].face))
    layout.setTextOption(_option(part.rtl))
    indices = _indices(part.shown)
    if len(part.faces) > 1:
        layout.setFormats(list(_formats(part, indices)))
    found = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(limit)
        found.append(_SetLine(line, layout, part, indices))
    layout.endLayout()
    return found


def _indices(shown: str) -> Sequence[int]:
    """For each UTF-16 position, and the end, the index of its code point."""
    if not shown or max(shown) <= "\uffff":
        return range(len(shown) + 1)
    found = []
    for index, char in enumerate(shown):
        found += [index] if char <= "\uffff" else [index, index]
    return [*found, len(shown)]


def _formats(part: _Paragraph, indices: Sequence[int]) -> Iterator[QTextLayout.FormatRange]:
    units = {code_point: unit for unit, code_point in reversed(list(enumerate(indices)))}
    for run in part.faces:
        found = QTextLayout.FormatRange()
        found.start = units[run.start]
        found.length = units[run.end] - units[run.start]
        found.format = _format(run.face)
        yield found


@lru_cache(maxsize=256)
def _format(key: str) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFont(fonts.font(key))
    return found


@cache
def _option(rtl: bool) -> QTextOption:
    found = QTextOption()
    found.setUseDesignMetrics(True)
    found.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    found.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    found.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    return found


@lru_cache(maxsize=8192)
def layout_text(
    text: str, style: TextStyle, width: float | None, *, rtl: bool = False, language: str = ""
) -> TextBlock:
    """Lay out a text at most `width` mm wide; None breaks no line but at the text's own line breaks.

    A word too long for the width breaks anywhere. Each paragraph reads in the direction of its first letter, or in that
    of the map (`rtl`) where it has none. `language` (BCP 47) chooses among Chinese, Japanese and Korean fonts. At most
    MAX_CHARACTERS of a paragraph are shown. Needs a QGuiApplication.
    """
    return TextBlock(text, style, width, rtl, language)


def natural_width(text: str, style: TextStyle, language: str = "") -> float:
    """The width in mm of the widest line of an unwrapped text."""
    return layout_text(text, style, None, language=language).ink_width


def paint_text(painter: QPainter, x: float, y: float, block: TextBlock, color: QColor | str) -> None:
    """Draw a block with its top-left corner at (x, y) under a painter whose unit is the millimetre."""
    scale = block.style.size * MM_PER_PT / EM
    painter.save()
    painter.setPen(QColor(color))
    painter.translate(x, y)
    painter.scale(scale, scale)
    for offset, run in block.qt_runs:
        painter.drawGlyphRun(offset, run)
    painter.restore()
