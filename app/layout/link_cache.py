"""The links of the map, routed when asked for and kept while what they depend on stays as it is.

Labels are placed together, when the first of them is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.layout.arrows import link_path, placed_link
from app.layout.drawing import Placed, Rect
from app.layout.grid import Block, BlockKey
from app.layout.gutters import Gutters
from app.layout.link_bundle import LinkBundle, RoutedLink
from app.layout.link_labels import LinkLabels
from app.layout.rows import Rows
from app.model.diff import Diff
from app.model.records import Card, Link, Record
from app.model.store import RecordGraph

MOST_LINES = 200
"""In a map of more links labels keep off the lines of those only that have labels too."""


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
        self._labels = LinkLabels(rows)
        self._labelled = {id for id in store.ids_of_type("link") if self._has_label(store.of(Link, id))}
        self._unsettled: set[str] = set()
        self._settled: tuple[int, bool] | None = None

    @property
    def has_labels(self) -> bool:
        """True where links have labels, whose places hang on nearly everything."""
        return bool(self._labelled)

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

    def curves_changed(self, lanes: Iterable[str]) -> None:
        """These curve lanes look different."""
        left, width = self._rows.frame.grid
        for lane in lanes:
            row = self._rows.row_of.get(lane)
            if row is not None:
                self._labels.make_stale(Rect(left, row.y, width, row.h))

    def take(self, diff: Diff) -> None:
        """Links came, went or changed, or cards went."""
        for id, (before, after) in diff.items():
            for link in (before, after):
                self._drop_block_of(link)
            if isinstance(before, Link) or isinstance(after, Link):
                self._unsettle(id)
                (self._labelled.add if self._has_label(after) else self._labelled.discard)(id)
            if after is None:
                self._drawn.pop(id, None)
                if isinstance(before, Card):
                    self._card_moved(id)
            elif isinstance(before, Card) and isinstance(after, Card) and before.lane != after.lane:
                self._card_moved(id)  # into a folded lane perhaps, where no cell tells of it

    def of(self, key: BlockKey) -> LinkBundle:
        """The links that begin at a card of the block."""
        if self._touched:
            self._settle()
        kept = self._kept.get(key)
        if kept is None or kept.turn != self._turn:
            kept = self._kept[key] = LinkBundle(self._turn, self._routed_in(key))
        return kept

    def labels_of(self, key: BlockKey) -> tuple[Placed, ...]:
        """The labels of the links that begin at a card of the block."""
        labels = (self.label(link.id) for link in self.of(key).placed) if self._labelled else ()
        return tuple(label for label in labels if label is not None)

    def label(self, id: str) -> Placed | None:
        """The label of a link on the sheet; None: it has none."""
        if id not in self._labelled:
            return None
        self._settle_labels()
        return self._labels.placed(id)

    def at(self, x: float, y: float, reach: float) -> Placed | None:
        """The link whose label lies at a spot, else the one painted last of those that pass within `reach` mm of it."""
        if self._labelled:
            self._settle_labels()
            labelled = next(self._labels.at(x, y), None)
            if labelled is not None:
                return self.find(labelled)
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
                self._card_moved(stacked.card.id)
            row, column = self._rows.row_of.get(lane), self._rows.frame.column_of.get(step)
            if self._labelled and row is not None and column is not None:
                self._labels.make_stale(Rect(column.x, row.y, column.w, row.h))

    def _card_moved(self, card: str) -> None:
        for link in self._store.referrers(card, "to_card"):
            self._drop_block_of(link)
            self._unsettle(link.id)
        for link in self._store.referrers(card, "from_card"):
            self._unsettle(link.id)

    def _unsettle(self, id: str) -> None:
        """A link may run elsewhere, or bear another label."""
        if self._settled is not None:
            self._unsettled.add(id)

    def _settle_labels(self) -> None:
        """Lets the labels follow their links and what lies around them."""
        if self._touched:
            self._settle()
        count = len(self._store.ids_of_type("link"))
        state = self._turn, count <= MOST_LINES
        changed, self._unsettled = self._unsettled, set()
        if state != self._settled:
            self._settled = state
            self._labels.clear(self.gutters)
            changed = set(self._store.ids_of_type("link")) if count <= MOST_LINES else set(self._labelled)
        elif count > MOST_LINES:
            changed = {id for id in changed if id in self._labelled or id in self._labels}
        for id in changed:
            link = self._store.of(Link, id) if count <= MOST_LINES or id in self._labelled else None
            routed = self._routed(link) if link is not None else None
            self._labels.take(id, routed.path if routed is not None else None)
        self._labels.settle()

    @staticmethod
    def _has_label(link: Record | None) -> bool:
        return isinstance(link, Link) and bool(link.label)

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
        placed = old.placed if old is not None and same else placed_link(link, path.corners)
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
