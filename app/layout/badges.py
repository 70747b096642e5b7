"""The badges of a card: small signs in a row at its bottom, which goes on below where it is too long.

Figures read from left to right in every script; names and words as the map does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Icon, Primitive, Shape, Text
from app.layout.faces import outline_path
from app.layout.icons import BOX, icon_path
from app.layout.script import Script
from app.layout.terms import term
from app.layout.text import TextBlock, layout_text
from app.model.badges import Badge
from app.model.durations import duration_text
from app.model.languages import figure
from app.model.records import Card, Persona

ICON_SIZE = 2.5
ROW_HEIGHT = 3.4
_TEXT_GAP, _GAP, _ROW_GAP = 0.6, 1.9, 0.4
_MARK_RADIUS = 1.35

FIGURES = Script(False, "en")
STANDING_ICONS = {"assumption": "circle-dashed", "partly": "contrast", "evidenced": "circle-check"}
STANDING_COLORS = {"assumption": "#B45309", "partly": "#4B5563", "evidenced": "#15803D"}
SOURCES_ICON = "file-text"
STAR = "moment_of_truth"
STAR_COLOR = "#B45309"


class PersonaMark(NamedTuple):
    """How a persona is told apart in small: the outline of her faces, her colour and the first letter of her name."""

    outline: int
    color: str
    initial: str


Marks = Mapping[str, PersonaMark]
NOBODY: Marks = MappingProxyType({})


class Row(NamedTuple):
    """What to paint, and the height in mm that it takes."""

    items: tuple[Primitive, ...]
    height: float


class _Part(NamedTuple):
    """A badge set: its size in mm, and how to paint it from its left edge around the middle of its row."""

    width: float
    height: float
    paint: Callable[[float, float], list[Primitive]]


def persona_marks(personas: Sequence[Persona]) -> dict[str, PersonaMark]:
    """The marks of personas by id, given in their order."""
    return {one.id: PersonaMark(number, one.color, initials(one.name, 1)) for number, one in enumerate(personas)}


def initials(name: str, most: int = 2) -> str:
    """The first letters of a name, each with the signs that belong to it."""
    return "".join(_first_letter(word) for word in name.split()[:most])


def _first_letter(word: str) -> str:
    end = 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    return word[:end].upper()


def badges_of(card: Card) -> tuple[Badge, ...]:
    """All badges of a card in their order: how well it is known, from how many sources, then those of its kind."""
    standing = (Badge(STANDING_ICONS[card.standing], card.standing),) if card.standing is not None else ()
    sources = (Badge(SOURCES_ICON, "sources", number=len(card.sources)),) if card.sources else ()
    return (*standing, *sources, *card.badges())


def badge_row(card: Card, marks: Marks, left: float, top: float, room: float, total: float, script: Script) -> Row:
    """The badges of a card `total` mm wide, in `room` mm from `left` mm where reading begins; none: no height.

    `marks`: those of the personas of its map.
    """
    parts = [_badge(badge, room, script) for badge in badges_of(card)]
    parts += [_persona(marks[id]) for id in marks if id in card.personas]
    items: list[Primitive] = []
    start, y, height = 0.0, top, 0.0
    for part in parts:
        if start and start + part.width > room:
            start, y, height = 0.0, y + height + _ROW_GAP, 0.0
        height = max(height, part.height)
        x = script.x(left + start, part.width, total)
        items += part.paint(x, y + ROW_HEIGHT / 2)
        start += part.width + _GAP
    return Row(tuple(items), y + height - top if parts else 0.0)


def _badge(badge: Badge, room: float, script: Script) -> _Part:
    text = badge_words(badge, script.language)
    block = _block(text, badge, room - ICON_SIZE - _TEXT_GAP, script)
    width = ICON_SIZE + (_TEXT_GAP + block.width if block is not None else 0.0)

    def paint(left: float, middle: float) -> list[Primitive]:
        sign = badge_sign(badge.icon, badge.meaning, left + script.x(0.0, ICON_SIZE, width), middle)
        if block is None:
            return [sign]
        x = left + script.x(ICON_SIZE + _TEXT_GAP, block.width, width)
        return [sign, Text(x, middle - block.height / len(block.lines) / 2, block, theme.SECONDARY, True)]

    extra = block.height * (1 - 1 / len(block.lines)) if block is not None else 0.0
    return _Part(width, ROW_HEIGHT + extra, paint)


def badge_words(badge: Badge, language: str) -> str:
    """What stands beside the sign of a badge, in the language of a map; empty: nothing."""
    if badge.minutes is not None:
        return duration_text(badge.minutes, language)
    if badge.number is not None:
        return figure(badge.number, language)
    return term(language, badge.meaning) if badge.is_spelt else badge.text


def _block(text: str, badge: Badge, room: float, script: Script) -> TextBlock | None:
    if not text:
        return None
    has_words = badge.is_spelt or badge.minutes is not None or badge.meaning == "owner"
    reads = script if has_words else FIGURES
    block = reads.block(text, theme.SMALL, None)
    return block if block.width <= room else reads.block(text, theme.SMALL, max(5.0, room))


def badge_sign(icon: str, meaning: str, x: float, middle: float) -> Icon | Shape:
    """The sign of a badge from its left edge, around the middle of its row."""
    if meaning == STAR:
        return _filled(icon, x, middle - ICON_SIZE / 2, ICON_SIZE, STAR_COLOR)
    color = STANDING_COLORS.get(meaning, theme.SECONDARY)
    return Icon(icon, x, middle - ICON_SIZE / 2, ICON_SIZE, color)


def _filled(name: str, x: float, y: float, size: float, color: str) -> Shape:
    scale = size / BOX
    segments = tuple(
        (
            segment[0],
            *(value * scale + (x, y)[number % 2] for number, value in enumerate(segment[1:])),
        )
        for segment in icon_path(name)
    )
    return Shape(segments, color, color, 2 * scale, detail=True)  # type: ignore[arg-type]


def persona_sign(mark: PersonaMark, x: float, middle: float) -> tuple[Primitive, ...]:
    """A persona's outline filled with her colour, her initial in it; `x` is its left edge."""
    centre = x + _MARK_RADIUS * 1.2
    path = outline_path(centre, middle, _MARK_RADIUS, mark.outline)
    block = layout_text(mark.initial, theme.MARK, None)
    text = Text(centre - block.width / 2, middle - block.height / 2, block, theme.ink_on(mark.color), True)
    shape = Shape(path, mark.color, mark.color, 0.3, detail=True)
    return (shape, text) if mark.initial else (shape,)


MARK_WIDTH = 2 * 1.2 * _MARK_RADIUS


def _persona(mark: PersonaMark) -> _Part:
    return _Part(MARK_WIDTH, ROW_HEIGHT, lambda left, middle: list(persona_sign(mark, left, middle)))


def changed_marks(before: Marks, after: Marks) -> Iterable[str]:
    """The personas that are marked otherwise than before."""
    return {id for id in before.keys() | after.keys() if before.get(id) != after.get(id)}
