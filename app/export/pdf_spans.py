"""Glyph runs cut into the spans that a PDF tells apart, so that every reader gets the map's text back.

Readers take text as it is seen, from left to right, and turn right-to-left words themselves; poppler, pdfium and MuPDF
do so even with an ActualText, which therefore is of no use for words. So:

* A glyph says what it stands for by its code: a glyph that stands for two things has two codes.
* The characters of a cluster are shared out among its glyphs that have a width, in the order in which they are seen.
* Marks without a width come after their line, in a span that stands for a line break, which every reader ignores there.
* Words go out in reading order, the glyphs of a word from left to right. Each right-to-left word is a span of its own:
  pdfium sorts spans by their place, poppler (with -raw) keeps their order.
* Poppler counts spaces and signs between words of two directions to the wrong side, unless a direction mark stands
  there: one without a width is put in. pdfium skips what has no width.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, Protocol

from app.export.pdf_fonts import DIRECTION_MARKS
from app.layout.text import GlyphRun, TextBlock

NOTHING = "\u200b"
"""What a glyph without a character of its own stands for: a space without width."""

HYPHENS = frozenset("-\xad\u2010")
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
RTL = frozenset({"R", "AL"})
RTL_OR_MARK = RTL | {"NSM"}
NOT_TURNED = frozenset({"L", "EN", "AN", "ES", "ET", "CS"})
"""The bidi classes that poppler takes for left-to-right: letters, digits, and signs that numbers have."""

ASIDE = 0.02
"""How far in mm a direction mark stands before the place between two glyphs: poppler sorts by place."""


class Faces(Protocol):
    """What is to be known of the faces."""

    def has_width(self, face: str, glyph: int) -> bool:
        """Whether the glyph moves the pen."""

    def blank(self, face: str) -> int | None:
        """A glyph that shows nothing, for direction marks; None where the face takes none."""


class Span(NamedTuple):
    """Glyphs of one face and size: what each stands for, and its place in mm from the block's corner.

    `silent`: the span as a whole stands for no more than a line break.
    """

    face: str
    size: float
    glyphs: Sequence[int]
    texts: Sequence[str]
    xs: Sequence[float]
    ys: Sequence[float]
    silent: bool = False


class _Glyph(NamedTuple):
    """A glyph and what it stands for."""

    run: GlyphRun
    glyph: int
    text: str
    x: float
    y: float


class _Cluster(NamedTuple):
    """The glyphs first … last of a run, which stand for `text` in the order in which it is seen.

    A cluster without glyphs is a direction mark at `edge`.
    """

    run: GlyphRun
    first: int
    last: int
    text: str
    edge: float = 0.0


def block_spans(block: TextBlock, faces: Faces) -> Iterator[Span]:
    """The spans of a block, line by line."""
    if all(map(_is_plain, block.runs)):
        for run in block.runs:
            yield Span(run.face, run.size, run.glyphs, _plain_texts(run, block.text), run.xs, run.ys)
        return
    for _, runs in groupby(block.runs, key=_line):
        yield from _line_spans(list(runs), block.text, faces)


def _line(run: GlyphRun) -> int:
    return run.line


def _line_spans(runs: list[GlyphRun], text: str, faces: Faces) -> Iterator[Span]:
    if all(map(_is_plain, runs)):
        for run in runs:
            yield Span(run.face, run.size, run.glyphs, _plain_texts(run, text), run.xs, run.ys)
        return
    marks: list[_Glyph] = []
    for part in _in_reading_order(_with_direction_marks(_clusters(runs, text))):
        shown: list[_Glyph] = []
        for cluster in part:
            if cluster.first == cluster.last:
                shown += _direction_mark(cluster, faces)
            else:
                _share_out(cluster, faces, shown, marks)
        yield from _spans(shown, silent=False)
    yield from _spans(marks, silent=True)


def _is_plain(run: GlyphRun) -> bool:
    return isinstance(run.clusters, range) and not run.rtl


def _plain_texts(run: GlyphRun, text: str) -> Sequence[str]:
    """A character each. A hyphen at which a line breaks is not to be taken for one that came with the break."""
    end = run.start + len(run.glyphs)
    texts = _readable(text[run.start : end])
    if texts[-1] in HYPHENS and text[end : end + 1].strip():
        return [*texts[:-1], texts[-1] + NOTHING]
    return texts


def _readable(text: str) -> str:
    """The text with a space for a tab, and nothing for other control characters: readers trip over them."""
    if text.isprintable():
        return text
    return "".join(" " if char == "\t" else NOTHING if unicodedata.category(char) == "Cc" else char for char in text)


def _clusters(runs: list[GlyphRun], text: str) -> list[_Cluster]:
    """The clusters of a line from left to right."""
    found = []
    for run in runs:
        starts = sorted(set(run.clusters))
        ends = dict(zip(starts, [*starts[1:], run.end], strict=True))
        at = 0
        for start, group in groupby(run.clusters):
            length = len(list(group))
            part = _readable(text[start : ends[start]].rstrip() or text[start : ends[start]])
            found.append(_Cluster(run, at, at + length, part[::-1] if run.rtl else part))
            at += length
    return found


def _with_direction_marks(clusters: list[_Cluster]) -> list[_Cluster]:
    """The same with the marks that poppler needs to find out what goes where."""
    rtl_line = _reads_rtl(clusters)
    mark_between = _mark_in_rtl_line if rtl_line else _mark_in_ltr_line
    found = clusters[:1]
    for left, right in pairwise(clusters):
        if left.run.rtl or right.run.rtl:
            mark = mark_between(left, right)
            if mark:
                inside = left if left.run.rtl is not rtl_line else right
                found.append(_Cluster(inside.run, 0, 0, mark, right.run.xs[right.first] - ASIDE))
        found.append(right)
    return found


def _reads_rtl(clusters: list[_Cluster]) -> bool:
    first, last = clusters[0].run, clusters[-1].run
    return first.rtl if first is last else first.start > last.start


def _mark_in_rtl_line(left: _Cluster, right: _Cluster) -> str:
    """Poppler reads from the right: up to a letter, digit or sign of numbers turned, then up to an RTL letter not."""
    if not left.run.rtl and right.run.rtl:
        return "" if _class(left.text[-1]) in NOT_TURNED else LEFT_TO_RIGHT_MARK
    turns = _class(right.text[0]) in NOT_TURNED and _class(left.text[-1]) not in RTL
    return RIGHT_TO_LEFT_MARK if turns and left.text[-1] != right.text[0] else ""


def _mark_in_ltr_line(left: _Cluster, right: _Cluster) -> str:
    """Poppler reads from the left: up to an RTL letter not turned, then up to a letter or digit turned."""
    if left.run.rtl and not right.run.rtl:
        return LEFT_TO_RIGHT_MARK
    if not left.run.rtl and right.run.rtl and _class(right.text[0]) not in RTL:
        return RIGHT_TO_LEFT_MARK
    return ""


_class = unicodedata.bidirectional


def _in_reading_order(clusters: list[_Cluster]) -> Iterator[list[_Cluster]]:
    """Stretches of one direction in reading order, a right-to-left one word by word; a word stays as it is seen."""
    stretches = [list(group) for _, group in groupby(clusters, key=_direction)]
    for stretch in sorted(stretches, key=_start):
        if stretch[0].run.rtl:
            yield from reversed([list(group) for _, group in groupby(stretch, key=_word)])
        else:
            yield stretch


def _direction(cluster: _Cluster) -> bool:
    return cluster.run.rtl


def _start(stretch: list[_Cluster]) -> int:
    return min(cluster.run.start for cluster in stretch)


def _word(cluster: _Cluster) -> tuple[int, int, bool]:
    """Tells letters that follow one another from signs and spaces, each of which stands alone."""
    is_letter = _class(cluster.text[-1]) in RTL_OR_MARK
    return cluster.run.start, -1 if is_letter else cluster.first, cluster.first == cluster.last


def _direction_mark(cluster: _Cluster, faces: Faces) -> Iterator[_Glyph]:
    blank = faces.blank(cluster.run.face)
    if blank is not None:
        yield _Glyph(cluster.run, blank, cluster.text, cluster.edge, cluster.run.ys[0])


def _share_out(cluster: _Cluster, faces: Faces, shown: list[_Glyph], marks: list[_Glyph]) -> None:
    """Give each glyph its part of the cluster's text: the first of those with a width what the others leave."""
    run = cluster.run
    glyphs = range(cluster.first, cluster.last)
    bearing = [at for at in glyphs if faces.has_width(run.face, run.glyphs[at])] or [cluster.first]
    spare = max(0, len(cluster.text) - len(bearing))
    parts = [cluster.text[: spare + 1], *cluster.text[spare + 1 :]]
    for at in glyphs:
        if at in bearing:
            text = parts.pop(0) if parts else NOTHING
            shown.append(_Glyph(run, run.glyphs[at], text, run.xs[at], run.ys[at]))
        else:
            marks.append(_Glyph(run, run.glyphs[at], NOTHING, run.xs[at], run.ys[at]))


def _spans(glyphs: list[_Glyph], *, silent: bool) -> Iterator[Span]:
    for _, group in groupby(glyphs, key=_span_key):
        part = list(group)
        run = part[0].run
        yield Span(
            run.face,
            run.size,
            [glyph.glyph for glyph in part],
            [glyph.text for glyph in part],
            [glyph.x for glyph in part],
            [glyph.y for glyph in part],
            silent,
        )


def _span_key(glyph: _Glyph) -> tuple[int, bool]:
    return glyph.run.start, glyph.text in DIRECTION_MARKS
