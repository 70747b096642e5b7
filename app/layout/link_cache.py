"""The links of the map, routed when asked for and kept while what they depend on stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.layout.arrows import LinkPath, link_path, placed_link
from app.layout.drawing import Placed, Rect
from app.layout.grid import Block, BlockKey
from app.layout.gutters import Gutters
from app.layout.rows import Rows
from app.model.diff import Diff
from app.model.queries import links_of
from app.model.records import Link
from app.model.store import RecordGraph


class BlockLinks(NamedTuple):
    """The links that begin in a block, on the sheet, and the area in which they all lie; None without links."""

    placed: tuple[Placed, ...]
    area: Rect | None


class _Kept(NamedTuple):
    turn: int
    links: BlockLinks


class _Drawn(NamedTuple):
    link: Link
    turn: int
    ends: tuple[Rect, Rect]
    path: LinkPath
    placed: Placed


class LinkCache:
    """Links by the block in which they begin. Edits only note what they touched; the rest is done on demand."""

    def __init__(self, store: RecordGraph, rows: Rows, blocks: Mapping[BlockKey, Block]) -> None:
        self._store = store
        self._rows = rows
        self._blocks = blocks
        self._kept: dict[BlockKey, _Kept] = {}
        self._drawn: dict[str, _Drawn] = {}
        self._turn = 0
        self._gutters: Gutters | None = None
        self._touched: set[tuple[str, str]] = set()

    @property
    def gutters(self) -> Gutters:
        """Where links may run."""
        if self._gutters is None:
            self._gutters = gutters_of(self._rows)
        return self._gutters

    def grid_changed(self) -> None:
        """Rows, columns or spanning cards lie elsewhere: every link may take another way."""
        self._turn += 1
        self._gutters = None

    def cells_changed(self, cells: Iterable[tuple[str, str]], blocks: Iterable[BlockKey]) -> None:
        """Cards of these cells (lane, step) moved; `blocks` are those in which the cells lie."""
        self._touched.update(cells)
        for key in blocks:
            self._kept.pop(key, None)

    def links_changed(self, diff: Diff) -> None:
        """Links came, went or changed."""
        for before, after in diff.values():
            for link in (before, after):
                if isinstance(link, Link):
                    self._drop_block_of(link)
            if isinstance(before, Link) and after is None:
                self._drawn.pop(before.id, None)

    def of(self, key: BlockKey) -> BlockLinks:
        """The links that begin at a card of the block."""
        self._settle()
        kept = self._kept.get(key)
        if kept is None or kept.turn != self._turn:
            kept = self._kept[key] = _Kept(self._turn, self._route(key))
        return kept.links

    def find(self, id: str) -> Placed | None:
        """One link on the sheet."""
        link = self._store.of(Link, id)
        key = self._rows.block_of(link.source) if link is not None else None
        return next((placed for placed in self.of(key).placed if placed.id == id), None) if key is not None else None

    def _settle(self) -> None:
        """Drops the blocks whose links end at a card that moved."""
        touched, self._touched = self._touched, set()
        for lane, step in touched:
            for stacked in self._rows.stack(lane, step):
                for link in self._store.referrers(stacked.card.id, "to_card"):
                    self._drop_block_of(link)

    def _drop_block_of(self, link: object) -> None:
        key = self._rows.block_of(link.source) if isinstance(link, Link) else None
        if key is not None:
            self._kept.pop(key, None)

    def _route(self, key: BlockKey) -> BlockLinks:
        links = [
            link
            for placed in self._blocks[key].cards
            for link in links_of(self._store, placed.id)
            if link.source == placed.id
        ]
        placed = tuple(drawn for drawn in map(self._placed, links) if drawn is not None)
        return BlockLinks(placed, _around(placed))

    def _placed(self, link: Link) -> Placed | None:
        source, target = self._rows.card(link.source), self._rows.card(link.target)
        if source is None or target is None:  # halfway through an edit
            return None
        ends = source.rect, target.rect
        drawn = self._drawn.get(link.id)
        if drawn is None or drawn.link is not link or drawn.turn != self._turn or drawn.ends != ends:
            drawn = self._drawn[link.id] = self._draw(link, ends, drawn)
        return drawn.placed

    def _draw(self, link: Link, ends: tuple[Rect, Rect], old: _Drawn | None) -> _Drawn:
        path = link_path(link, *ends, self.gutters, self._rows.frame.script)
        same = old is not None and old.link is link and old.path == path
        placed = old.placed if old is not None and same else placed_link(link, path)
        return _Drawn(link, self._turn, ends, path, placed)


def gutters_of(rows: Rows) -> Gutters:
    """The gutters between the rows and columns as they now lie."""
    columns = rows.frame.columns
    xs = sorted({column.x for column in columns} | {column.x + column.w for column in columns})
    ys = [*(row.y for row in rows.rows), *(row.y + row.h for row in rows.rows[-1:])]
    bars = [bar.rect for row in rows.rows for bar in rows.bars(row.lane)]
    return Gutters(_apart(xs), ys, bars, rtl=rows.frame.script.rtl)


def _apart(xs: list[float]) -> list[float]:
    """Without edges that lie at the same place but for rounding."""
    return [x for index, x in enumerate(xs) if index == 0 or x - xs[index - 1] > 0.01]


def _around(placed: tuple[Placed, ...]) -> Rect | None:
    if not placed:
        return None
    left, top = min(link.x for link in placed), min(link.y for link in placed)
    right = max(link.x + link.drawing.w for link in placed)
    bottom = max(link.y + link.drawing.h for link in placed)
    return Rect(left, top, right - left, bottom - top)
