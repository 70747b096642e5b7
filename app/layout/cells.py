"""The cells of one lane: cards stacked in their columns, spanning cards above them across several.

Everything here is relative to the lane's top edge. A lane knows only its own cards; where its row lies is the
engine's business, so an edit in one lane leaves all others as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
        return min(self.xs[first], self.xs[last]), sum(self.widths[first : last + 1])


class LaneCells:
    """One card lane laid out: `stacks` by step, `bars` for what spans."""

    def __init__(self, columns: Columns, draw: Draw, cards: Iterable[Card]) -> None:
        self._columns = columns
        self._draw = draw
        self._cards: dict[str, dict[str, Card]] = {}
        self._spanning: dict[str, Card] = {}
        self._offsets: dict[str, float] = {}
        self._bottoms: dict[str, float] = {}
        self._places: dict[str, Stacked | Bar] = {}
        self.stacks: dict[str, tuple[Stacked, ...]] = {}
        self.bars: tuple[Bar, ...] = ()
        for card in cards:
            self.replace(None, card)
        self.lay_out(set(self._cards), spans_changed=bool(self._spanning))

    @property
    def height(self) -> float:
        """The height in mm that the cards need, with the padding around them; 0 for an empty lane."""
        bars = max((bar.y + bar.drawing.h for bar in self.bars), default=0.0)
        bottom = max(max(self._bottoms.values(), default=0.0), bars)
        return bottom + theme.PAD if bottom else 0.0

    def place(self, card: str) -> Stacked | Bar | None:
        """Where a card lies in this lane."""
        return self._places.get(card)

    def top_of(self, step: str) -> float:
        """Where the stack of a cell begins, below the cards that span it; mm below the lane's top edge."""
        return self._offsets.get(step, theme.PAD)

    def cards_in(self, step: str) -> list[str]:
        """The cards that begin in a cell in their order, spanning ones too."""
        return [card.id for card in sorted(self._cards.get(step, {}).values(), key=_by_order)]

    def replace(self, before: Card | None, after: Card | None) -> set[str]:
        """Notes a change of a card in this lane; answers the steps to lay out again."""
        touched: set[str] = set()
        if before is not None:
            self._forget(before)
            touched.add(before.step)
        if after is not None:
            self._cards.setdefault(after.step, {})[after.id] = after
            if after.to_step is not None:
                self._spanning[after.id] = after
            touched.add(after.step)
        return touched

    def set_columns(self, columns: Columns, resized: set[str]) -> set[str]:
        """Takes new columns, of which some came, went or have another width; answers the steps laid out again."""
        self._columns = columns
        steps = resized & self._cards.keys()
        return self.lay_out(steps | {card.step for card in self._spanning.values()}, bool(self._spanning))

    def lay_out(self, steps: set[str], spans_changed: bool) -> set[str]:
        """Lays out what changed; answers the steps whose cards lie anew, which bars can make more than asked for."""
        if spans_changed:
            steps = steps | self._lay_out_bars()
        for step in steps:
            self._lay_out_stack(step)
        return steps

    def _forget(self, card: Card) -> None:
        cell = self._cards.get(card.step, {})
        cell.pop(card.id, None)
        if not cell:
            self._cards.pop(card.step, None)
        self._spanning.pop(card.id, None)
        self._places.pop(card.id, None)

    def _lay_out_stack(self, step: str) -> None:
        index = self._columns.at.get(step)
        self.stacks.pop(step, None)
        self._bottoms.pop(step, None)
        if index is None:
            self._hide(step)
            return
        width = self._columns.widths[index] - 2 * theme.PAD
        y = self.top_of(step)
        placed = []
        for card in self._in_order(step):
            drawing = self._draw(card, width)
            placed.append(Stacked(card, y, drawing))
            y += drawing.h + theme.PAD
        if placed:
            self.stacks[step] = tuple(placed)
            self._bottoms[step] = y - theme.PAD
            self._places.update({stacked.card.id: stacked for stacked in placed})

    def _hide(self, step: str) -> None:
        """The step is not on the map, as may be halfway through an edit."""
        for card in self._cards.get(step, ()):
            self._places.pop(card, None)

    def _in_order(self, step: str) -> list[Card]:
        cards = self._cards.get(step, {}).values()
        return sorted((card for card in cards if card.to_step is None or not self._is_bar(card)), key=_by_order)

    def _is_bar(self, card: Card) -> bool:
        """True where a card really lies over more than one column."""
        index = self._columns.at
        return card.step in index and card.to_step in index and index[card.to_step] > index[card.step]

    def _lay_out_bars(self) -> set[str]:
        """Lays out all bars; answers the steps where the stack below must move.

        A bar that moved begins at one of them: bars that begin in a column all push its stack down.
        """
        offsets = self._offsets
        bottoms = self._pack_bars()
        self._offsets = {step: bottoms[at] for step, at in self._columns.at.items() if bottoms[at] != theme.PAD}
        self._places.update({bar.card.id: bar for bar in self.bars})
        return {step for step in offsets.keys() | self._offsets.keys() if self.top_of(step) != offsets.get(step)}

    def _pack_bars(self) -> list[float]:
        """Puts the spanning cards into tracks from the top, each as high up as it finds room.

        Answers how far down each column is taken, with the padding below.
        """
        index = self._columns.at
        bars: list[Bar] = []
        bottoms = [theme.PAD] * len(self._columns.widths)
        spanning = [card for card in self._spanning.values() if self._is_bar(card)]
        for card in sorted(spanning, key=lambda card: (index[card.step], _by_order(card))):
            first, last = index[card.step], index[card.to_step or card.step]
            drawing = self._draw(card, self._columns.span(first, last)[1] - 2 * theme.PAD)
            y = max(bottoms[first : last + 1])
            bottoms[first : last + 1] = [y + drawing.h + theme.PAD] * (last + 1 - first)
            bars.append(Bar(card, first, last, y, drawing))
        self.bars = tuple(bars)
        return bottoms


def _by_order(card: Card) -> tuple[str, str]:
    return card.order, card.id
