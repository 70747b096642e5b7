"""The whole map as one sheet: what a poster, a picture or a slide shows.

All positions and sizes are millimetres at 100 %, x to the right, y downwards from the sheet's top-left corner.
"""

from __future__ import annotations

from typing import NamedTuple

from app.layout.drawing import Placed, Rect


class Bookmark(NamedTuple):
    """A place a reader can jump to: `title`, and the part of the sheet it shows."""

    title: str
    rect: Rect


class WebLink(NamedTuple):
    """A part of the sheet that leads to `url`. Painters follow only http, https and mailto."""

    url: str
    rect: Rect


class Sheet(NamedTuple):
    """A laid-out map: its size in mm, its drawings in painting order, and what a reader should know about it.

    `language` is a BCP 47 tag, `rtl` says that the map reads from right to left.
    """

    w: float
    h: float
    placed: tuple[Placed, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    links: tuple[WebLink, ...] = ()
    title: str = ""
    subject: str = ""
    author: str = ""
    language: str = "en"
    rtl: bool = False
