"""The links of the map, routed when asked for and kept while what they depend on stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.layout.arrows import link_path, placed_link
from app.layout.drawing import Placed
from app.layout.grid import Block, BlockKey
from app.layout.gutters import Gutters
from app.layout.link_bundle import LinkBundle, RoutedLink
from app.layout.rows import Rows
from app.model.diff import Diff
from app.model.records import Card, Link, Record
from app.model.store import RecordGraph


class LinkCache:
    """Links by the block in which they begin. Edits only note what they touched; the rest is done on demand."""

    def __init__(self, store: RecordGraph, rows: Rows, blocks: Mapping[BlockKey, Block]) -> None:
        self._store = store
        self._rows = rows
        self._blocks = blocks
        self._kept: dict[BlockKey, LinkBundle] = {}
        self._drawn: dict[str, RoutedLink] = {}
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

    def take(self, diff: Diff) -> None:
        """Links came, went or changed, or cards went."""
        for id, (before, after) in diff.items():
            for link in (before, after):
                self._drop_block_of(link)
            if after is None:
                self._drawn.pop(id, None)
                if isinstance(before, Card):
                    self._drop_links_to(id)

    def of(self, key: BlockKey) -> LinkBundle:
        """The links that begin at a card of the block."""
        if self._touched:
            self._settle()
        kept = self._kept.get(key)
        if kept is None or kept.turn != self._turn:
            kept = self._kept[key] = LinkBundle(self._turn, self._routed_in(key))
        return kept

    def at(self, x: float, y: float, reach: float) -> Placed | None:
        """The link painted last of those that pass within `reach` mm of a spot."""
        found = None
        for key in self._blocks:
            bundle = self.of(key)
            left, top, width, height = bundle.area
            if left <= x <= left + width and top <= y <= top + height:
                found = bundle.at(x, y, reach) or found
        return found

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
                self._drop_links_to(stacked.card.id)

    def _drop_links_to(self, card: str) -> None:
        for link in self._store.referrers(card, "to_card"):
            self._drop_block_of(link)

    def _drop_block_of(self, link: Record | None) -> None:
        key = self._rows.block_of(link.source) if isinstance(link, Link) else None
        if key is not None:
            self._kept.pop(key, None)

    def _routed_in(self, key: BlockKey) -> Iterator[RoutedLink]:
        for card in self._blocks[key].cards:
            for link in self._store.referrers(card.id, "from_card"):
                routed = self._routed(link) if isinstance(link, Link) else None
                if routed is not None:
                    yield routed

    def _routed(self, link: Link) -> RoutedLink | None:
        source, target = self._rows.card_rect(link.source), self._rows.card_rect(link.target)
        if source is None or target is None:  # halfway through an edit
            return None
        old = self._drawn.get(link.id)
        if old is not None and old.link is link and old.turn == self._turn and old.ends == (source, target):
            return old
        path = link_path(link, source, target, self.gutters, self._rows.frame.script)
        same = old is not None and old.link is link and old.path == path
        placed = old.placed if old is not None and same else placed_link(link, path)
        routed = self._drawn[link.id] = RoutedLink(link, self._turn, (source, target), path, placed)
        return routed


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
