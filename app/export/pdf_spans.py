"""Glyph runs cut into the spans that a PDF tells apart, in reading order.

A reader of the PDF gets the text back from its glyphs. Where a glyph is a character, its code says so. Where a cluster
is anything else (a ligature of marks, a conjunct, a letter built from parts) the whole word is a span with an
ActualText. Poppler, pdfium and MuPDF take all text as it is seen, from left to right, and turn it themselves, so an
ActualText of a right-to-left word is written backwards; the words themselves go out in reading order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from app.layout.text import GlyphRun, TextBlock

NOTHING = "\u200b"
"""What a glyph stands for whose cluster has its text at another glyph: a space without width."""


class Span(NamedTuple):
    """Glyphs of one face and size, left to right: what each stands for, and its place in mm from the block's corner.

    `actual` is what the span as a whole stands for, in the order in which it is seen; empty: what its glyphs do.
    """

    face: str
    size: float
    glyphs: Sequence[int]
    texts: Sequence[str]
    xs: Sequence[float]
    ys: Sequence[float]
    actual: str = ""


class _Cluster(NamedTuple):
    """The glyphs first … last of a run that stand for `text`."""

    first: int
    last: int
    text: str


def block_spans(block: TextBlock) -> Iterator[Span]:
    """The spans of a block: line by line, the runs of a line in reading order."""
    for run in sorted(block.runs, key=_reading_order):
        yield from _run_spans(run, block.text)


def _reading_order(run: GlyphRun) -> tuple[int, int]:
    return run.line, run.start


def _run_spans(run: GlyphRun, text: str) -> Iterator[Span]:
    if not run.rtl and run.clusters == tuple(range(run.start, run.end)):
        yield Span(run.face, run.size, run.glyphs, text[run.start : run.end], run.xs, run.ys)
        return
    words = _words(_clusters(run, text))
    for word in reversed(words) if run.rtl else words:
        yield _word_span(run, word)


def _clusters(run: GlyphRun, text: str) -> list[_Cluster]:
    """The clusters of a run from left to right."""
    starts = sorted(set(run.clusters))
    ends = dict(zip(starts, [*starts[1:], run.end], strict=True))
    found = []
    at = 0
    for start, group in groupby(run.clusters):
        length = len(list(group))
        found.append(_Cluster(at, at + length, text[start : ends[start]]))
        at += length
    return found


def _words(clusters: list[_Cluster]) -> list[list[_Cluster]]:
    """Clusters between white space, and each white space by itself."""
    words: list[list[_Cluster]] = []
    open_word = False
    for cluster in clusters:
        space = cluster.text.isspace()
        if open_word and not space:
            words[-1].append(cluster)
        else:
            words.append([cluster])
        open_word = not space
    return words


def _word_span(run: GlyphRun, word: list[_Cluster]) -> Span:
    first, last = word[0].first, word[-1].last
    texts = [text for cluster in word for text in _glyph_texts(cluster, rtl=run.rtl)]
    plain = all(cluster.last - cluster.first == 1 == len(cluster.text) for cluster in word)
    actual = "" if plain else "".join(_seen(cluster.text, rtl=run.rtl) for cluster in word)
    return Span(run.face, run.size, run.glyphs[first:last], texts, run.xs[first:last], run.ys[first:last], actual)


def _glyph_texts(cluster: _Cluster, *, rtl: bool) -> list[str]:
    return [_seen(cluster.text, rtl=rtl)] + [NOTHING] * (cluster.last - cluster.first - 1)


def _seen(text: str, *, rtl: bool) -> str:
    return text[::-1] if rtl else text
