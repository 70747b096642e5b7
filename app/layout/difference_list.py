"""The list of what differs between two states of a map, on pages of paper to be read beside the poster.

What is gone from a text is struck out, what is new is underlined; both are said of the whole words. Lengths are mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from app.layout import theme
from app.layout.caret import CaretMap
from app.layout.difference_signs import CHIP, CHIP_GAP, COLORS, SIGNS, Sign, chips, shifted
from app.layout.drawing import Line
from app.layout.paper import PLAIN, PORTRAIT, TITLE, Part, pages, room_on, sheets
from app.layout.script import Script, text_at
from app.layout.sheet import Sheet
from app.layout.terms import term
from app.layout.text import TextBlock, TextStyle
from app.model.comparison.texts import Piece

GAP: Final = 2.6
INDENT: Final = 2 * CHIP + CHIP_GAP + 2.0
MOST: Final = 1_200
"""Characters of a text that are set as one block; longer ones are set as several, so that each fits on a page."""

CONTEXT: Final = 90
"""Characters that are shown of what is the same before and after something that differs."""

GROUP: Final = TextStyle(12, "semibold", 1.25)
NAME: Final = TextStyle(9, "semibold", 1.3)


class ListedDetail(NamedTuple):
    """What differs in one respect: `label` says in which, the pieces what was and what is."""

    label: str
    pieces: Sequence[Piece]


class ListedChange(NamedTuple):
    """Something that differs, as it is called."""

    signs: tuple[Sign, ...]
    title: str
    details: Sequence[ListedDetail] = ()


class ListedGroup(NamedTuple):
    """What differs in one part of the map."""

    title: str
    changes: Sequence[ListedChange]


class ListHead(NamedTuple):
    """What stands above the list: the map's title, what was compared with what, and figures that differ."""

    title: str
    lines: Sequence[str]


def list_sheets(head: ListHead, groups: Iterable[ListedGroup], script: Script) -> tuple[Sheet, ...]:
    """The list on as many pages as it takes, A4."""
    width, room = room_on(PORTRAIT)
    parts = [*_head(head, width, script), *(part for group in groups for part in _group(group, width, script))]
    return sheets(list(pages(parts, room)), PORTRAIT, head.title, script)


def counts_of(changes: Iterable[ListedChange]) -> dict[Sign, int]:
    """How often each sign stands."""
    found = [sign for change in changes for sign in change.signs]
    return {sign: found.count(sign) for sign in SIGNS}


def _head(head: ListHead, width: float, script: Script) -> Iterator[Part]:
    title = script.block(f"{term(script.language, 'changes')}: {head.title}", TITLE, width)
    yield Part(title.height + GAP, (text_at(script, title, 0.0, 0.0, width, theme.BLACK, False),), keeps=True)
    for line in head.lines:
        block = script.block(line, PLAIN, width)
        yield Part(block.height + 0.6, (text_at(script, block, 0.0, 0.0, width, theme.SECONDARY, False),))


def _group(group: ListedGroup, width: float, script: Script) -> Iterator[Part]:
    counts = counts_of(group.changes)
    said = " · ".join(f"{term(script.language, sign)} {count}" for sign, count in counts.items() if count)
    title = script.block(group.title, GROUP, width)
    below = script.block(said, PLAIN, width)
    top = 2 * GAP
    height = top + title.height + below.height + GAP
    yield Part(
        height,
        (
            Line(0.0, top - 1.2, width, top - 1.2, theme.HAIRLINE, theme.HAIR),
            text_at(script, title, 0.0, top, width, theme.BLACK, False),
            text_at(script, below, 0.0, top + title.height, width, theme.SECONDARY, False),
        ),
        group.title,
        keeps=True,
    )
    for change in group.changes:
        yield from _change(change, width, script)


def _change(change: ListedChange, width: float, script: Script) -> Iterator[Part]:
    room = width - INDENT
    signs = chips(change.signs, script.rtl)
    block = script.block(_in_one_line(change.title), NAME, room)
    moved = shifted(signs, script.x(0.0, signs.w, width), 0.0)
    name = text_at(script, block, INDENT, 0.2, width, theme.BLACK, False)
    details = [part for detail in change.details for part in _detail(detail, width, script)]
    space = 0.0 if details else GAP
    yield Part(max(CHIP, block.height) + 0.6 + space, (*moved, name), keeps=bool(details))
    for at, part in enumerate(details):
        yield part if at < len(details) - 1 else part._replace(height=part.height + GAP)


def _detail(detail: ListedDetail, width: float, script: Script) -> Iterator[Part]:
    label = f"{detail.label}: " if detail.label else ""
    for pieces in _portions(_shortened(detail.pieces)):
        text = label + "".join(text for _, text in pieces)
        block = script.block(text, PLAIN, width - INDENT)
        words = text_at(script, block, INDENT, 0.0, width, theme.BLACK, False)
        lines = tuple(_lines(block, pieces, len(label), words.x))
        yield Part(block.height + 0.4, (words, *lines))
        label = ""


def _lines(block: TextBlock, pieces: Sequence[Piece], start: int, x: float) -> Iterator[Line]:
    """Through what is gone, under what is new."""
    caret = CaretMap(block)
    for kind, text in pieces:
        end = start + len(text)
        if kind != "same":
            share = 0.56 if kind == "removed" else 0.92
            color = COLORS["removed" if kind == "removed" else "added"]
            for area in caret.areas(start, end):
                y = area.y + area.h * share
                yield Line(x + area.x, y, x + area.right, y, color, 0.35)
        start = end


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """In one line, and of long stretches that are the same only what is beside something that differs."""
    for at, (kind, text) in enumerate(pieces):
        words = _in_one_line(text)
        if kind == "same" and len(words) > 2 * CONTEXT:
            first = words[:CONTEXT] if at > 0 else ""
            last = words[-CONTEXT:] if at < len(pieces) - 1 else ""
            words = f"{first} … {last}" if first or last else words[: 2 * CONTEXT] + " …"
        yield Piece(kind, words)


def _portions(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces in portions of at most `MOST` characters."""
    portion: list[Piece] = []
    length = 0
    for kind, text in pieces:
        rest = text
        while rest:
            taken, rest = rest[: MOST - length], rest[MOST - length :]
            portion.append(Piece(kind, taken))
            length += len(taken)
            if length >= MOST:
                yield portion
                portion, length = [], 0
    if portion:
        yield portion


def _in_one_line(text: str) -> str:
    return " / ".join(text.splitlines()) if len(text.splitlines()) > 1 else text.replace("\n", " / ")
