"""The strip of personas under the title: a compact panel for each that is to be on the poster, all of a row as high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.layout import theme
from app.layout.badges import initials
from app.layout.cards import accent_bar
from app.layout.drawing import Box, Drawing, PictureFile, Placed, Primitive, Shape, Text
from app.layout.faces import outline_path
from app.layout.pictures import picture_file, portrait
from app.layout.remembering import remembered
from app.layout.script import Script, text_at
from app.layout.terms import term
from app.layout.text import TextBlock, layout_text
from app.layout.words import quoted
from app.model.channels import Channel
from app.model.media import Media
from app.model.records import Persona

GAP = 4.0
LEAST, MOST = 84.0, 140.0
BELOW = 4.0
_PAD, _BAR = 3.0, theme.CARD_BAR
_FACE = 15.0
_BESIDE_FACE = _PAD + _BAR + _FACE + 3.0
_COLUMN_GAP = 4.0
_INDENT = 2.2
_SECTION_GAP = 1.4
_LISTS = ("goals", "motivations", "pain_points")


class Strip(NamedTuple):
    """The panels on the sheet, and the height in mm that they take with the room below."""

    panels: tuple[Placed, ...]
    height: float


class _Section(NamedTuple):
    """A heading and its lines; `is_list`: with a dot before each."""

    heading: TextBlock
    lines: tuple[TextBlock, ...]
    is_list: bool

    @property
    def height(self) -> float:
        return self.heading.height + sum(line.height + 0.2 for line in self.lines) + _SECTION_GAP


class _Content(NamedTuple):
    items: tuple[Primitive, ...]
    height: float


def persona_strip(
    personas: Sequence[Persona],
    channels: Mapping[str, Channel],
    width: float,
    top: float,
    script: Script,
    media: Media,
) -> Strip:
    """The panels of those who are to be on the poster, from `top` mm down a sheet `width` mm wide.

    `personas` are all of the map in their order: the outline of a persona's faces goes by her place among them.
    """
    chosen = [(number, one) for number, one in enumerate(personas) if one.on_poster]
    if not chosen:
        return Strip((), 0.0)
    inner = width - 2 * theme.SHEET_PAD
    columns = max(1, min(len(chosen), int((inner + GAP) / (LEAST + GAP))))
    room = min(MOST, (inner - (columns - 1) * GAP) / columns)
    placed: list[Placed] = []
    y = top
    for first in range(0, len(chosen), columns):
        row = chosen[first : first + columns]
        contents = [
            _content(one, number, picture_file(media, one.portrait), _names(one, channels), room, script)
            for number, one in row
        ]
        height = max(content.height for content in contents)
        for column, ((_, one), content) in enumerate(zip(row, contents, strict=True)):
            x = script.x(theme.SHEET_PAD + column * (room + GAP), room, width)
            placed.append(Placed(one.id, x, y, _panel(content, one.color, room, height, script)))
        y += height + BELOW
    return Strip(tuple(placed), y - top)


def _names(persona: Persona, channels: Mapping[str, Channel]) -> tuple[str, ...]:
    return tuple(channels[id].label if id in channels else id for id in persona.channels)


@remembered(256)
def _panel(content: _Content, color: str, width: float, height: float, script: Script) -> Drawing:
    """A panel of the height that its row has."""
    frame = (
        Box(0, 0, width, height, theme.WHITE, theme.HAIRLINE, theme.HAIR, theme.CARD_RADIUS),
        accent_bar(width, height, color, script.rtl),
    )
    return Drawing(width, height, (*frame, *content.items))


@remembered(256)
def _content(
    persona: Persona, number: int, file: PictureFile | None, channels: tuple[str, ...], width: float, script: Script
) -> _Content:
    items = list(_face(persona, number, file, width, script))
    y = max(_add_name(items, persona, width, script), _PAD + _FACE) + 2.0
    room = width - 2 * _PAD - _BAR
    count = 2 if room >= 72.0 else 1
    column = (room - (count - 1) * _COLUMN_GAP) / count
    bottoms = [y] * count
    for section in _sections(persona, channels, column, script):
        at = bottoms.index(min(bottoms))
        _add_section(items, section, _PAD + _BAR + at * (column + _COLUMN_GAP), bottoms[at], width, script)
        bottoms[at] += section.height
    lowest = max(bottoms)
    return _Content(tuple(items), (lowest - _SECTION_GAP if lowest > y else y - 2.0) + _PAD)


def _face(
    persona: Persona, number: int, file: PictureFile | None, width: float, script: Script
) -> tuple[Primitive, ...]:
    """The persona's portrait, or where there is none her initials in the outline of her faces; in her colour."""
    radius = _FACE / 2
    centre = script.x(_PAD + _BAR, _FACE, width) + radius
    middle = _PAD + radius
    if file is not None:
        ring = Shape(outline_path(centre, middle, radius, 0), None, persona.color, 0.6)
        return portrait(file, centre - radius, _PAD, _FACE), ring
    fill = theme.mixed(persona.color, theme.WHITE, 0.14)
    block = layout_text(initials(persona.name), theme.INITIALS, None)
    path = outline_path(centre, middle, radius / 1.2 if number % 4 else radius, number)
    shape = Shape(path, fill, persona.color, 0.5)
    ink = persona.color if theme.contrast(persona.color, fill) >= 4.5 else theme.BLACK
    return shape, Text(centre - block.width / 2, middle - block.height / 2, block, ink)


def _add_name(items: list[Primitive], persona: Persona, width: float, script: Script) -> float:
    """Who it is, beside the face; answers where that ends."""
    role = " · ".join(part for part in (persona.role, persona.segment) if part)
    lines = (
        (persona.name, theme.PERSONA_NAME, theme.BLACK),
        (persona.summary, theme.CARD_BODY, theme.SECONDARY),
        (role, theme.CARD_BODY, theme.SECONDARY),
        (quoted(script.language, persona.quote), theme.PERSONA_QUOTE, theme.BLACK),
    )
    y = _PAD
    for text, style, color in lines:
        if text:
            block = script.block(text, style, width - _BESIDE_FACE - _PAD)
            y += 0.6 if style is theme.PERSONA_QUOTE else 0.0
            items.append(text_at(script, block, _BESIDE_FACE, y, width, color, style is not theme.PERSONA_NAME))
            y += block.height + 0.2
    return y


def _sections(persona: Persona, channels: tuple[str, ...], room: float, script: Script) -> list[_Section]:
    def section(name: str, lines: Sequence[str], *, is_list: bool) -> _Section:
        heading = script.block(term(script.language, name), theme.BRIEF_LABEL, room)
        inner = room - (_INDENT if is_list else 0.0)
        return _Section(heading, tuple(script.block(line, theme.CARD_BODY, inner) for line in lines), is_list)

    pairs = [f"{label}: {value}" if label and value else label or value for label, value in persona.demographics]
    found = [section(name, getattr(persona, name), is_list=True) for name in _LISTS if getattr(persona, name)]
    if pairs:
        found.append(section("demographics", pairs, is_list=False))
    if channels:
        found.append(section("channels", (" · ".join(channels),), is_list=False))
    return found


def _add_section(
    items: list[Primitive], section: _Section, start: float, top: float, width: float, script: Script
) -> None:
    items.append(text_at(script, section.heading, start, top, width, theme.SECONDARY, True))
    y = top + section.heading.height + 0.2
    indent = _INDENT if section.is_list else 0.0
    for line in section.lines:
        if section.is_list:
            x = script.x(start + 0.4, 0.9, width)
            middle = y + line.height / len(line.lines) / 2
            items.append(Box(x, middle - 0.45, 0.9, 0.9, theme.SECONDARY, None, 0.0, 0.45))
        items.append(text_at(script, line, start + indent, y, width, theme.BLACK, True))
        y += line.height + 0.2
