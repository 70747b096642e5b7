"""Which curve is whose and shows what: a piece of its line with the sign on its points, and a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from app.layout import theme
from app.layout.drawing import Primitive, Rect, Segment, Text
from app.layout.measures import legend_sign, strokes
from app.layout.script import Script
from app.layout.terms import term
from app.layout.text import TextBlock
from app.layout.words import word
from app.model.fields import Measure
from app.model.languages import figure
from app.model.names import measure_name
from app.model.records import Persona

PAD = 2.0
SAMPLE = 7.0
TEXT_INDENT = 8.5
GAP = 5.0
MOST = 24
"""Curves that are named; of more, it is said how many there are."""

Curve = tuple[Persona, int, Measure]
"""Whose curve, the number of her outline, and what it shows."""

Sample = Curve | Literal["assumed", "rest"]
"""What stands before a text: a piece of a curve, one that is dashed, or nothing."""


class Legend(NamedTuple):
    """What to paint, the height in mm that it takes, and where which persona is named with her piece of line."""

    items: tuple[Primitive, ...]
    height: float
    names: tuple[tuple[str, Rect], ...]


class _Entry(NamedTuple):
    """A text of the legend, where it begins."""

    sample: Sample
    block: TextBlock
    start: float
    y: float


def legend(
    curves: Sequence[Curve], width: float, top: float, script: Script, usual: Measure, *, has_assumed: bool
) -> Legend:
    """The legend of a lane `width` mm wide, from `top` mm down.

    `usual`: what the lane is there to show, so that only other measures are named. `has_assumed`: there are dashes.
    """
    named = curves if len(curves) <= MOST else curves[: MOST - 1]
    texts: list[tuple[Sample, str]] = [(curve, _name(curve, script, usual)) for curve in named]
    if len(named) < len(curves):
        rest = figure(len(curves) - len(named), script.language)
        texts.append(("rest", term(script.language, "and_more").format(rest)))
    if has_assumed:
        texts.append(("assumed", word(script.language, "assumption")))
    entries = list(_entries(texts, width, top, script))
    items = [item for entry in entries for item in _drawn(entry, width, script, usual)]
    names = [(entry.sample[0].id, _area(entry, width, script)) for entry in entries if isinstance(entry.sample, tuple)]
    height = max((entry.y + _height(entry.block) for entry in entries), default=top) - top
    return Legend(tuple(items), height, tuple(names))


def _entries(texts: Sequence[tuple[Sample, str]], width: float, top: float, script: Script) -> Iterator[_Entry]:
    """One after the other, in as many rows as it takes."""
    start, y, row = PAD, top, 0.0
    for sample, text in texts:
        block = _block(text, width, script)
        if start > PAD and start + TEXT_INDENT + block.width + PAD > width:
            start, y, row = PAD, y + row, 0.0
        yield _Entry(sample, block, start, y)
        start += TEXT_INDENT + block.width + GAP
        row = max(row, _height(block))


def _name(curve: Curve, script: Script, usual: Measure) -> str:
    persona, _, measure = curve
    if measure == usual:
        return ", ".join(part for part in (persona.name, persona.summary) if part)
    return " – ".join(part for part in (persona.name, measure_name(measure, script.language)) if part)


def _block(name: str, width: float, script: Script) -> TextBlock:
    block = script.block(name, theme.LEGEND, None)
    room = width - PAD - TEXT_INDENT - PAD
    return block if block.width <= room else script.block(name, theme.LEGEND, room)


def _height(block: TextBlock) -> float:
    return theme.LEGEND_HEIGHT + block.height * (1 - 1 / len(block.lines))


def _area(entry: _Entry, width: float, script: Script) -> Rect:
    across = TEXT_INDENT + entry.block.width
    return Rect(script.x(entry.start, across, width), entry.y, across, _height(entry.block))


def _drawn(entry: _Entry, width: float, script: Script, usual: Measure) -> list[Primitive]:
    block = entry.block
    left = script.x(entry.start, SAMPLE, width)
    line_height = block.height / len(block.lines)
    middle = entry.y + theme.LEGEND_HEIGHT / 2 - 0.6
    x = script.x(entry.start + TEXT_INDENT, block.width, width)
    text = Text(x, middle - line_height / 2, block, theme.BLACK, True)
    line: tuple[Segment, ...] = (("M", left, middle), ("L", left + SAMPLE, middle))
    if entry.sample == "rest":
        return [text]
    if entry.sample == "assumed":
        return [*strokes(line, usual, theme.SECONDARY, usual=True, dashed=True), text]
    persona, outline, measure = entry.sample
    return [
        *strokes(line, measure, persona.color, usual=measure == usual, dashed=False),
        *legend_sign(left + SAMPLE / 2, middle, 1.3, persona.color, outline, measure),
        text,
    ]
