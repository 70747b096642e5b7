"""Who is who on a curve lane: a piece of line with the persona's outline, and her name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Primitive, Shape, Text
from app.layout.faces import outline_path
from app.layout.script import Script
from app.layout.text import TextBlock
from app.model.records import Persona

PAD = 2.0
SAMPLE = 7.0
TEXT_INDENT = 8.5
GAP = 5.0


class Legend(NamedTuple):
    """What to paint, and the height in mm that it takes."""

    items: tuple[Primitive, ...]
    height: float


class _Entry(NamedTuple):
    persona: Persona
    outline: int
    block: TextBlock
    start: float
    y: float


def legend(personas: Sequence[tuple[Persona, int]], width: float, top: float, script: Script) -> Legend:
    """The legend of a lane `width` mm wide, from `top` mm down; each persona comes with the number of her outline."""
    entries = list(_entries(personas, width, top, script))
    items = [item for entry in entries for item in _drawn(entry, width, script)]
    return Legend(tuple(items), max((entry.y + _height(entry.block) for entry in entries), default=top) - top)


def _entries(personas: Sequence[tuple[Persona, int]], width: float, top: float, script: Script) -> Iterator[_Entry]:
    """One after the other, in as many rows as it takes."""
    start, y, row = PAD, top, 0.0
    for persona, outline in personas:
        block = _name(persona, width, script)
        if start > PAD and start + TEXT_INDENT + block.width + PAD > width:
            start, y, row = PAD, y + row, 0.0
        yield _Entry(persona, outline, block, start, y)
        start += TEXT_INDENT + block.width + GAP
        row = max(row, _height(block))


def _name(persona: Persona, width: float, script: Script) -> TextBlock:
    name = ", ".join(part for part in (persona.name, persona.summary) if part)
    block = script.block(name, theme.LEGEND, None)
    room = width - PAD - TEXT_INDENT - PAD
    return block if block.width <= room else script.block(name, theme.LEGEND, room)


def _height(block: TextBlock) -> float:
    return theme.LEGEND_HEIGHT + block.height * (1 - 1 / len(block.lines))


def _drawn(entry: _Entry, width: float, script: Script) -> list[Primitive]:
    color, block = entry.persona.color, entry.block
    left = script.x(entry.start, SAMPLE, width)
    line_height = block.height / len(block.lines)
    middle = entry.y + theme.LEGEND_HEIGHT / 2 - 0.6
    marker = outline_path(left + SAMPLE / 2, middle, 1.3, entry.outline)
    return [
        Shape((("M", left, middle), ("L", left + SAMPLE, middle)), None, color, theme.CURVE_WIDTH),
        Shape(marker, theme.WHITE, color, 0.4),
        Text(
            script.x(entry.start + TEXT_INDENT, block.width, width), middle - line_height / 2, block, theme.BLACK, True
        ),
    ]
