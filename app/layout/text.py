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
from array import array
from functools import cache, lru_cache
from itertools import pairwise
from threading import get_ident, main_thread
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QPen, QTextLayout, QTextLine, QTextOption

from app.layout import fonts
from app.layout.font_choice import FaceRun, face_runs, is_plain
from app.layout.fonts import EM, SANS, Weight
from app.layout.remembering import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Align = Literal["start", "center", "end"]

MAIN_THREAD: Final = main_thread().ident
MM_PER_PT: Final = 25.4 / 72
MAX_CHARACTERS: Final = 20_000
"""What is shown of a text at most, so that no text can stop the program."""

ASCENT: Final = 1984 / 2048
DESCENT: Final = 494 / 2048
"""Of JM Sans, in em: they place the baseline, whatever face is in the line."""

_UNLIMITED: Final = 8_000_000.0  # px; Qt's own limit is 2^23
_ROUNDING: Final = 1 / 128  # px; Qt rounds widths down to 1/64
_BREAK: Final = "\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_TAGS: Final = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # flags of regions; Qt tears tags elsewhere
_UNFIT: Final = (
    f"({_TAGS})|[\0-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_FLAGS = QTextLayout.GlyphRunRetrievalFlag
_PAINTED: Final = _FLAGS.RetrieveGlyphIndexes | _FLAGS.RetrieveGlyphPositions
_RETRIEVED: Final = _PAINTED | _FLAGS.RetrieveStringIndexes
_ORIGIN: Final = QPointF(0.0, 0.0)


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
    """Glyphs of one face in one direction on one line, in visual order from left to right.

    `size` is in pt. `xs`, `ys` are the glyphs' origins in mm from the block's top-left corner, `ys` on the baseline but
    for marks. `clusters[i]` is the index of the first character that glyph i belongs to: characters up to the next
    cluster go together. It is a `range` where each glyph is one character, in order. The runs of a line cover its
    characters without gap or overlap, this one has start … end; spaces at the end of a line have no glyphs.
    """

    face: str
    size: float
    glyphs: Sequence[int]
    xs: Sequence[float]
    ys: Sequence[float]
    clusters: Sequence[int]
    start: int
    end: int
    rtl: bool
    line: int


class _Paragraph(NamedTuple):
    """A stretch without line breaks: where it starts and ends in the text, what Qt is given, and its faces.

    `indices` gives the code point of `shown` for each UTF-16 position of it and its end; None: they are the same.
    """

    start: int
    end: int
    shown: str
    faces: Sequence[FaceRun]
    rtl: bool
    plain: bool
    indices: Sequence[int] | None = None

    def place_of(self, unit: int) -> int:
        """The character of the text at a UTF-16 position of what is shown."""
        return self.start + (unit if self.indices is None else self.indices[unit])

    def is_end(self, unit: int) -> bool:
        return unit >= (len(self.shown) if self.indices is None else len(self.indices) - 1)


class _Retrieved(NamedTuple):
    """What Qt says of a run, from left to right: glyph ids, positions in px, clusters, direction."""

    glyphs: list[int]
    points: list[QPointF]
    clusters: list[int]
    rtl: bool


class TextBlock:
    """A laid-out text. It never changes; `runs` and `qt_runs` are made when first asked for.

    Two are equal that were laid out in the same way, for then they look the same.

    `width` is the width it was laid out for in mm (its `ink_width` where there was none), `height` its lines times
    their pitch in mm, `ink_width` the width of its widest line in mm. An empty text has one line.
    """

    __slots__ = (
        *("text", "style", "rtl", "language"),
        *("width", "height", "ink_width", "lines"),
        *("_limit", "_runs", "_painted"),
    )

    def __init__(self, text: str, style: TextStyle, width: float | None, *, rtl: bool, language: str) -> None:
        self.text = text
        self.style = style
        self.rtl = rtl
        self.language = language
        self._limit = _UNLIMITED if width is None else min(_UNLIMITED, max(1.0, width / self.scale + _ROUNDING))
        self._runs: tuple[GlyphRun, ...] | None = None
        self._painted: tuple[QGlyphRun, ...] | None = None
        measured = [_measured(part, line) for part, _, lines in self.paragraphs() for line in lines]
        self.ink_width = max(natural for _, _, _, natural in measured) * self.scale
        self.width = self.ink_width if width is None else width
        self.height = len(measured) * self._pitch
        self.lines = tuple(self._placed(measured))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, TextBlock) and self._likeness == other._likeness)

    def __hash__(self) -> int:
        return hash(self._likeness)

    @property
    def _likeness(self) -> tuple[object, ...]:
        return self.text, self.style, self.width, self._limit, self.rtl, self.language

    @property
    def scale(self) -> float:
        """Millimetres per unit of `qt_runs`."""
        return self.style.size * MM_PER_PT / EM

    @property
    def runs(self) -> tuple[GlyphRun, ...]:
        """The glyph runs of all lines, from the first line down, left to right."""
        if self._runs is None:
            rows = iter(enumerate(self.lines))
            self._runs = tuple(
                run
                for part, _, lines in self.paragraphs()
                for line in lines
                for run in self._runs_of(part, line, *next(rows))
            )
        return self._runs

    @property
    def qt_runs(self) -> tuple[QGlyphRun, ...]:
        """What `paint_text` draws, in units of `scale` from the block's top-left corner.

        They are kept for the main thread. Any other gets its own: Qt's fonts belong to one thread.
        """
        if get_ident() != MAIN_THREAD:
            return self._made_qt_runs()
        if self._painted is None:
            self._painted = self._made_qt_runs()
        return self._painted

    def _made_qt_runs(self) -> tuple[QGlyphRun, ...]:
        rows = iter(self.lines)
        return tuple(
            run for _, layout, lines in self.paragraphs() for run in _painted(layout, lines, rows, 1 / self.scale)
        )

    @property
    def _pitch(self) -> float:
        return self.style.size * self.style.leading * MM_PER_PT

    def paragraphs(self) -> Iterator[tuple[_Paragraph, QTextLayout, list[QTextLine]]]:
        """The text set anew, to ask where its characters are. A layout must live as long as its lines are asked."""
        for part in _paragraphs(self.text, self.style.weight, self.rtl, self.language):
            yield part, *_broken(part, self._limit)

    def _placed(self, measured: list[tuple[int, int, float, float]]) -> Iterator[TextLine]:
        size = self.style.size * MM_PER_PT
        baseline = (self._pitch - (ASCENT + DESCENT) * size) / 2 + ASCENT * size
        for start, end, advance, _ in measured:
            width = advance * self.scale
            yield TextLine(start, end, self._left(width), baseline, width)
            baseline += self._pitch

    def _left(self, width: float) -> float:
        if self.style.align == "center":
            return (self.width - width) / 2
        return self.width - width if self.rtl is (self.style.align == "start") else 0.0

    def _runs_of(self, part: _Paragraph, line: QTextLine, number: int, place: TextLine) -> list[GlyphRun]:
        found = [_retrieved(part, run) for run in line.glyphRuns(-1, -1, _RETRIEVED)]
        spans = _spans([min(run.clusters) for run in found], place)
        return [self._run(part, run, span, number, line.ascent()) for run, span in zip(found, spans, strict=True)]

    def _run(self, part: _Paragraph, run: _Retrieved, span: tuple[int, int], number: int, ascent: float) -> GlyphRun:
        scale = self.scale
        left, baseline = self.lines[number].x, self.lines[number].baseline
        ys = [baseline] * len(run.points)
        if not part.plain:
            ys = [baseline + (point.y() - ascent) * scale for point in run.points]
        return GlyphRun(
            _face_at(part, min(run.clusters) - part.start),
            self.style.size,
            array("H", run.glyphs),
            array("d", [left + point.x() * scale for point in run.points]),
            array("d", ys),
            _one_to_one(run.clusters, self.text, span[1]),
            *span,
            run.rtl,
            number,
        )


def _measured(part: _Paragraph, line: QTextLine) -> tuple[int, int, float, float]:
    """Of a line: its first character, its end, the sum of its advances and its natural width in px.

    The natural width has the ink that hangs over the last advance, too; Qt breaks lines by it.
    """
    start = line.textStart()
    end = start + line.textLength()
    last = part.end if part.is_end(end) else part.place_of(end)
    return part.place_of(start), last, line.horizontalAdvance(), line.naturalTextWidth()


def _retrieved(part: _Paragraph, run: QGlyphRun) -> _Retrieved:
    glyphs, points, clusters = run.glyphIndexes(), run.positions(), run.stringIndexes()
    if part.start or part.indices is not None:
        clusters = [part.place_of(unit) for unit in clusters]
    if run.isRightToLeft():
        return _Retrieved(glyphs[::-1], points[::-1], clusters[::-1], True)
    return _Retrieved(glyphs, points, clusters, False)


def _spans(firsts: list[int], line: TextLine) -> list[tuple[int, int]]:
    """Start and end of the runs of a line from their first clusters: each ends where the next one to read starts."""
    order = sorted(firsts)
    ends = dict(pairwise([*order, line.end]))
    return [(line.start if first == order[0] else first, ends[first]) for first in firsts]


def _one_to_one(clusters: list[int], text: str, end: int) -> Sequence[int]:
    """The clusters as a range where each glyph is one character, in order; but for spaces without glyphs at the end."""
    simple = range(clusters[0], clusters[0] + len(clusters))
    if clusters == list(simple) and not text[simple.stop : end].strip(" "):
        return simple
    return array("L", clusters)


def _face_at(part: _Paragraph, index: int) -> str:
    return next((run.face for run in part.faces if index < run.end), part.faces[-1].face)


def _painted(layout: QTextLayout, lines: list[QTextLine], rows: Iterator[TextLine], units: float) -> list[QGlyphRun]:
    """The runs of a paragraph with its lines in their places; Qt joins those of one font to one."""
    for line in lines:
        place = next(rows)
        line.setPosition(QPointF(place.x * units, place.baseline * units - line.ascent()))
    return layout.glyphRuns(-1, -1, _PAINTED)


def _paragraphs(text: str, weight: Weight, rtl: bool, language: str) -> Iterator[_Paragraph]:
    """The text between its line breaks. Spaces at the end of a paragraph are not set: they have no width."""
    if len(text) <= MAX_CHARACTERS and text[:1] != " " and is_plain(text):
        shown = text.rstrip(" ")
        yield _Paragraph(
            0, len(text), shown, (FaceRun(0, len(shown), SANS[weight]),), rtl and _reads_rtl(shown, rtl), True
        )
        return
    start = 0
    for found in re.finditer(_BREAK, text[:MAX_CHARACTERS]):
        yield _paragraph(text[start : found.start()], start, found.start(), weight, rtl, language)
        start = found.end()
    yield _paragraph(text[start:MAX_CHARACTERS], start, len(text), weight, rtl, language)


def _paragraph(text: str, start: int, end: int, weight: Weight, rtl: bool, language: str) -> _Paragraph:
    shown = re.sub(_UNFIT, _replacement, text).rstrip(" ")
    if shown.startswith(" "):  # Qt breaks no line behind spaces at its start, however many they are
        shown = re.sub("^ +", lambda found: "\xa0" * len(found.group()), shown)
    faces = face_runs(shown, weight, language)
    return _Paragraph(start, end, shown, faces, _reads_rtl(shown, rtl), False, _indices(shown))


def _replacement(found: re.Match[str]) -> str:
    """A tab is shown as a space, another control character or stray tag not at all, what is no character as U+FFFD."""
    char = found.group()
    if char == "\t" or found.group(1):
        return found.group(1) or " "
    return "\ufffd" if unicodedata.category(char) in {"Cs", "Cn", "So"} else "\u2060"


def _reads_rtl(shown: str, otherwise: bool) -> bool:
    """The direction of the first letter that has one."""
    for char in shown:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return otherwise


def _indices(shown: str) -> Sequence[int] | None:
    if not shown or max(shown) <= "\uffff":
        return None
    units = [index for index, char in enumerate(shown) for _ in range(1 if char <= "\uffff" else 2)]
    return [*units, len(shown)]


def _broken(part: _Paragraph, limit: float) -> tuple[QTextLayout, list[QTextLine]]:
    """Set a paragraph in lines of at most `limit` px. The layout must live as long as its lines are asked."""
    layout = QTextLayout(part.shown, fonts.font(part.faces[0].face))
    layout.setTextOption(_option(part.rtl))
    if len(part.faces) > 1:
        layout.setFormats(_formats(part))
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(limit)
        lines.append(line)
    layout.endLayout()
    return layout, lines


def _formats(part: _Paragraph) -> list[QTextLayout.FormatRange]:
    """The faces of a paragraph in UTF-16 positions."""
    ranges = []
    unit = 0
    for run in part.faces:
        found = QTextLayout.FormatRange()
        found.start = unit
        found.length = len(part.shown[run.start : run.end].encode("utf-16-le")) // 2
        found.format = fonts.char_format(run.face)
        unit += found.length
        ranges.append(found)
    return ranges


@cache
def _option(rtl: bool) -> QTextOption:
    found = QTextOption()
    found.setUseDesignMetrics(True)
    found.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    found.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    found.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    return found


@remembered(8192)
def layout_text(
    text: str, style: TextStyle, width: float | None, *, rtl: bool = False, language: str = ""
) -> TextBlock:
    """Lay out a text at most `width` mm wide; None breaks lines only where the text does.

    A word too long for the width breaks anywhere. Each paragraph reads in the direction of its first letter, in that of
    the map (`rtl`) where it has none. `language` (BCP 47) chooses among Chinese, Japanese and Korean fonts. At most
    MAX_CHARACTERS are shown. Needs a QGuiApplication (RuntimeError without); any thread may call it.
    """
    return TextBlock(text, style, width, rtl=rtl, language=language)


def natural_width(text: str, style: TextStyle, *, language: str = "") -> float:
    """The width in mm that a text needs to break lines only where it says so."""
    return layout_text(text, style, None, language=language).ink_width


def paint_text(painter: QPainter, x: float, y: float, block: TextBlock, color: str) -> None:
    """Draw a block with its top-left corner at (x, y) under a painter whose unit is the millimetre.

    Leaves the painter's pen changed. At usual sizes Qt draws cached glyph pictures, their baseline on a row of pixels.
    """
    scale = block.scale
    painter.save()
    painter.translate(x, y)
    painter.scale(scale, scale)
    painter.setPen(_pen(color))
    for run in block.qt_runs:
        painter.drawGlyphRun(_ORIGIN, run)
    painter.restore()


@lru_cache(maxsize=256)
def _pen(color: str) -> QPen:
    return QPen(QColor(color))
