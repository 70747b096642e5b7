"""The cells of one lane: cards stacked in their columns, spanning cards above them across several.

Everything here is relative to the lane's top edge. A lane knows only its own cards; where its row lies is the
engine's business, so an edit in one lane leaves all others as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Drawing
from app.model.records import Card

Draw = Callable[[Card, float], Drawing]
"""Draws a card at a width in mm."""


class Stacked(NamedTuple):
    """A card in its cell: `y` is the distance from the lane's top edge in mm."""

    card: Card
    y: float
    drawing: Drawing


class Bar(NamedTuple):
    """A spanning card: the indices of its first and last column, and `y` below the lane's top edge."""

    card: Card
    first: int
    last: int
    y: float
    drawing: Drawing


class Columns(NamedTuple):
    """What a lane needs to know of the columns: position by step, the left edge and width of each (mm)."""

    at: dict[str, int]
    xs: tuple[float, ...]
    widths: tuple[float, ...]

    def span(self, first: int, last: int) -> tuple[float, float]:
        """Left edge and width of the columns from first to last, in either direction of reading."""
        left = min(self.xs[first], self.xs[last])
        return left, max(self.xs[first] + self.widths[first], self.xs[last] + self.widths[last]) - left


class LaneCells:
    """One card lane laid out: `stacks` by step, `bars` for what spans, and the height all that needs."""

    def __init__(self, columns: Columns, draw: Draw) -> None:
        self._columns = columns
        self._draw = draw
        self._cards: dict[str, dict[str, Card]] = {}
        self._spanning: dict[str, Card] = {}
        self._offsets: dict[str, float] = {}
        self._bottoms: dict[str, float] = {}
        self.stacks: dict[str, tuple[Stacked, ...]] = {}
        self.bars: tuple[Bar, ...] = ()

    @property
    def height(self) -> float:
        """The height in mm that the cards need, with the padding around them; 0 for an empty lane."""
        bars = max((bar.y + bar.drawing.h for bar in self.bars), default=0.0)
        bottom = max(max(self._bottoms.values(), default=0.0), bars)
        return bottom + theme.PAD if bottom else 0.0

    def replace(self, before: Card | None, after: Card | None) -> set[str]:
        """Notes a change of a card in this lane; answers the steps to lay out again."""
        touched: set[str] = set()
        if before is not None:
            self._cards.get(before.step, {}).pop(before.id, None)
            self._spanning.pop(before.id, None)
            touched.add(before.step)
        if after is not None:
            self._cards.setdefault(after.step, {})[after.id] = after
            if after.to_step is not None:
                self._spanning[after.id] = after
            touched.add(after.step)
        return touched

    def set_columns(self, columns: Columns) -> None:
        """Takes new columns and lays everything out over them."""
        self._columns = columns
        gone = [step for step in self._cards if step not in columns.at]
        for step in gone:
            del self._cards[step]
        self.lay_out_all()

    def lay_out_all(self) -> None:
        self._lay_out_bars()
        self.stacks.clear()
        self._bottoms.clear()
        for step in self._cards:
            self._lay_out_stack(step)

    def lay_out(self, steps: set[str], spans_changed: bool) -> set[str]:
        """Lays out what changed; answers the steps whose stacks are new, which bars can make more than asked for."""
        if spans_changed:
            offsets = dict(self._offsets)
            self._lay_out_bars()
            moved = {
                step for step in offsets.keys() | self._offsets.keys() if self._offset_of(step) != offsets.get(step)
            }
            steps = steps | moved
        for step in steps:
            self._lay_out_stack(step)
        return steps

    def _lay_out_stack(self, step: str) -> None:
        index = self._columns.at.get(step)
        self.stacks.pop(step, None)
        self._bottoms.pop(step, None)
        if index is None:
            return
        width = self._columns.widths[index] - 2 * theme.PAD
        y = self._offset_of(step)
        placed = []
        for card in self._in_order(step):
            drawing = self._draw(card, width)
            placed.append(Stacked(card, y, drawing))
            y += drawing.h + theme.PAD
        if placed:
            self.stacks[step] = tuple(placed)
            self._bottoms[step] = y - theme.PAD

    def _in_order(self, step: str) -> list[Card]:
        cards = [card for card in self._cards.get(step, {}).values() if not self.is_bar(card)]
        return sorted(cards, key=_by_order)

    def is_bar(self, card: Card) -> bool:
        """True where a card really lies over more than one column."""
        if card.to_step is None:
            return False
        index = self._columns.at
        return card.step in index and card.to_step in index and index[card.to_step] > index[card.step]

    def _offset_of(self, step: str) -> float:
        return self._offsets.get(step, theme.PAD)

    def _lay_out_bars(self) -> None:
        """Packs the spanning cards into tracks from the top, each as high up as it finds room."""
        index = self._columns.at
        bars: list[Bar] = []
        bottoms = [theme.PAD] * len(self._columns.widths)
        spanning = [card for card in self._spanning.values() if self.is_bar(card)]
        for card in sorted(spanning, key=lambda card: (index[card.step], _by_order(card))):
            first, last = index[card.step], index[card.to_step or card.step]
            drawing = self._draw(card, self._columns.span(first, last)[1] - 2 * theme.PAD)
            y = max(bottoms[first : last + 1])
            bottoms[first : last + 1] = [y + drawing.h + theme.PAD] * (last + 1 - first)
            bars.append(Bar(card, first, last, y, drawing))
        self.bars = tuple(bars)
        self._offsets = {step: bottoms[at] for step, at in index.items() if bottoms[at] != theme.PAD} if bars else {}


def _by_order(card: Card) -> tuple[str, str]:
    return card.order, card.id
