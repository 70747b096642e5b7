"""Pages of paper to be read beside a poster: what is set in parts, one below the other, on as many as it takes.

Lengths are mm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from app.layout import theme
from app.layout.drawing import Drawing, Placed, Primitive
from app.layout.script import Script, text_at
from app.layout.sheet import Bookmark, Sheet
from app.layout.text import TextStyle

PORTRAIT: Final = (210.0, 297.0)
LANDSCAPE: Final = (297.0, 210.0)
MARGIN: Final = 15.0
FOOT: Final = 8.0

TITLE: Final = TextStyle(18, "semibold", 1.25)
PLAIN: Final = TextStyle(8.5, "regular", 1.35)


class Part(NamedTuple):
    """What stays on one page; `opens`: the title of what begins with it, for a bookmark."""

    height: float
    items: tuple[Primitive, ...]
    opens: str = ""
    keeps: bool = False
    """It does not stand last on a page."""


def room_on(page: tuple[float, float]) -> tuple[float, float]:
    """Width and height that parts have on a page."""
    return page[0] - 2 * MARGIN, page[1] - 2 * MARGIN - FOOT


def pages(parts: Sequence[Part], room: float, head: Part | None = None) -> Iterator[list[Part]]:
    """The parts on pages with so much room in height. `head` stands on each page after the first again."""
    page: list[Part] = []
    used = 0.0
    for at, part in enumerate(parts):
        if page and used + _kept_together(parts, at) > room:
            yield page
            page, used = ([head], head.height) if head is not None else ([], 0.0)
        page.append(part)
        used += part.height
    yield page


def sheets(
    filled: Sequence[Sequence[Part]], page: tuple[float, float], title: str, script: Script
) -> tuple[Sheet, ...]:
    """Filled pages with their numbers in the foot, under the title of the map."""
    return tuple(_sheet(parts, number, len(filled), page, title, script) for number, parts in enumerate(filled, 1))


def _kept_together(parts: Sequence[Part], at: int) -> float:
    """The height of a part with those that must follow it."""
    height = parts[at].height
    while parts[at].keeps and at + 1 < len(parts):
        at += 1
        height += parts[at].height
    return height


def _sheet(
    parts: Sequence[Part], number: int, count: int, page: tuple[float, float], title: str, script: Script
) -> Sheet:
    width, _ = room_on(page)
    placed: list[Placed] = []
    bookmarks: list[Bookmark] = []
    y = MARGIN
    for part in parts:
        placed.append(Placed("", MARGIN, y, Drawing(width, part.height, part.items)))
        if part.opens:
            bookmarks.append(Bookmark(part.opens, placed[-1].rect))
        y += part.height
    foot = script.block(f"{title} · {number} / {count}", theme.SMALL, None)
    items = (text_at(script, foot, 0.0, 0.0, width, theme.SECONDARY, False),)
    placed.append(Placed("", MARGIN, page[1] - MARGIN - foot.height, Drawing(width, foot.height, items)))
    return Sheet(*page, tuple(placed), tuple(bookmarks), (), title, language=script.language, rtl=script.rtl)
