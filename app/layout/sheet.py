"""The whole map as one sheet: what a poster, a picture or a slide shows.

All positions and sizes are millimetres at 100 %, x to the right, y downwards from the sheet's top-left corner.
"""

from __future__ import annotations

from typing import NamedTuple

from app.layout.drawing import Placed, Rect, Text
from app.layout.engine import MapLayout
from app.model.records import MapRecord


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

    `language` is a BCP 47 tag, `rtl` says that the map reads from right to left. `after` are the sheets that come after
    it in a document, each on a page of its own size.
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
    after: tuple[Sheet, ...] = ()


def sheet_of(layout: MapLayout, record: MapRecord) -> Sheet:
    """The whole map in painting order, which is also the order in which its texts are read out."""
    placed: list[Placed] = [layout.title, *layout.panels, *layout.stage_headers, *layout.step_headers]
    headers = {header.id: header for header in layout.lane_headers}
    curves = layout.curves
    grounds = {ground.id: ground for ground in layout.grounds}
    for row in layout.rows:
        placed.append(headers[row.lane])
        if row.is_curve:
            curve = curves[row.lane]
            placed.append(Placed(curve.lane, curve.rect.x, curve.rect.y, curve.drawing))
        elif row.lane in grounds:
            placed.append(grounds[row.lane])
        else:
            placed += _row_of_blocks(layout, row.lane)
    placed += [link for key in layout.blocks for link in layout.block_links(key)]
    placed += [label for key in layout.blocks for label in layout.block_link_labels(key)]
    placed += [layout.legend] if layout.legend is not None else []
    width, height = layout.size
    bookmarks = tuple(Bookmark(_stage_title(header), header.rect) for header in layout.stage_headers)
    return Sheet(
        width, height, tuple(placed), bookmarks, (), record.title, record.objective, record.owner, record.language,
        layout.rtl,
    )  # fmt: skip


def _row_of_blocks(layout: MapLayout, lane: str) -> list[Placed]:
    """A lane's blocks: all backgrounds first, for cards may span into the next block."""
    blocks = [layout.block((lane, band.stage)) for band in layout.bands]
    grounds = [Placed(f"{lane}-{block.key[1]}", block.rect.x, block.rect.y, block.background) for block in blocks]
    cards = [
        card._replace(x=card.x + block.rect.x, y=card.y + block.rect.y) for block in blocks for card in block.cards
    ]
    return [*grounds, *cards]


def _stage_title(header: Placed) -> str:
    return next((item.block.text for item in header.drawing.items if isinstance(item, Text)), "")
