"""What must hold for every text block."""

from itertools import pairwise

from app.layout.text import GlyphRun, TextBlock, TextStyle

STYLE = TextStyle(9)
LINE_BREAKS = {"\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"}


def runs_of(block: TextBlock, number: int) -> list[GlyphRun]:
    return [run for run in block.runs if run.line == number]


def assert_covers_text(block: TextBlock) -> None:
    """The lines leave out line breaks only, the runs of a line nothing, and no cluster lies outside its run."""
    for number, line in enumerate(block.lines):
        runs = sorted(runs_of(block, number), key=lambda run: run.start)
        if runs:
            assert (runs[0].start, runs[-1].end) == (line.start, line.end)
            assert all(one.end == other.start for one, other in pairwise(runs))
        for run in runs:
            assert len(run.glyphs) == len(run.xs) == len(run.ys) == len(run.clusters)
            assert all(run.start <= cluster < run.end for cluster in run.clusters)
            in_order = sorted(run.clusters, reverse=run.rtl)
            assert list(run.clusters) == in_order
    assert block.lines[0].start == 0
    assert block.lines[-1].end == len(block.text)
    for one, other in pairwise(block.lines):
        assert block.text[one.end : other.start] in LINE_BREAKS | {""}
