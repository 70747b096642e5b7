"""Lanes of channels: a row for each channel that touchpoints use, with a dot in every step where one does.

Which they are follows from the touchpoints, wherever these lie. All lengths are mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Icon, Line, Primitive, Rect, Shape, Text
from app.layout.faces import circle
from app.layout.script import Script, text_at
from app.layout.text import TextBlock
from app.model.channels import Channel
from app.model.kinds import card_kind
from app.model.kinds.touchpoint import Touchpoint
from app.model.records import Card, Record

ROW_HEIGHT = 6.4
ROW_PAD = 1.1
GAP = 1.0  # between a lane's title and its first channel
ICON = 3.2
ICON_START = 8.5
TEXT_START = 12.8
DOT, DOT_WITH_NUMBER = 1.5, 2.1
REACH = 1.0
UNKNOWN_ICON = "radio-tower"


class ChannelRow(NamedTuple):
    """A channel's row: `y` below the lane's top edge."""

    channel: str
    icon: str
    block: TextBlock
    y: float
    h: float

    @property
    def middle(self) -> float:
        return self.y + self.h / 2


class ChannelUse:
    """Which touchpoints use which channel in which step, kept up to date card by card."""

    def __init__(self, at: Mapping[str, int], cards: Iterable[Record]) -> None:
        """`at`: the number of each step's column."""
        self._at = at
        self._steps = list(at)
        self._used: dict[str, dict[str, set[str]]] = {}
        for card in cards:
            if isinstance(card, Touchpoint):
                self.replace(None, card)

    def replace(self, before: Card | None, after: Card | None) -> set[str]:
        """Notes a change of a card; answers the steps in which something is used that was not, or the other way."""
        old, new = self._uses(before), self._uses(after)
        for channel, step, card in old - new:
            self._drop(channel, step, card)
        for channel, step, card in new - old:
            self._used.setdefault(channel, {}).setdefault(step, set()).add(card)
        return {step for _, step, _ in old ^ new}

    def _drop(self, channel: str, step: str, card: str) -> None:
        steps = self._used.get(channel, {})
        cards = steps.get(step, set())
        cards.discard(card)
        if not cards:
            steps.pop(step, None)
        if not steps:
            self._used.pop(channel, None)

    def channels(self, known: Mapping[str, Channel]) -> list[str]:
        """What is used: the channels of the map in their order, then those in words by the alphabet."""
        rank = {id: number for number, id in enumerate(known)}
        return sorted(self._used, key=lambda name: (rank.get(name, len(rank)), name))

    def touchpoints(self, channel: str, step: str) -> list[str]:
        """The ids of the touchpoints that use a channel in a step, sorted."""
        return sorted(self._used.get(channel, {}).get(step, ()))

    def count(self, channel: str, step: str) -> int:
        return len(self._used.get(channel, {}).get(step, ()))

    def _uses(self, card: Card | None) -> set[tuple[str, str, str]]:
        if not isinstance(card, Touchpoint) or not card.channel or card.step not in self._at:
            return set()
        first = self._at[card.step]
        last = max(first, self._at.get(card.to_step or card.step, first))
        return {(card.channel, step, card.id) for step in self._steps[first : last + 1]}


def channel_rows(
    used: Iterable[str], known: Mapping[str, Channel], top: float, script: Script
) -> tuple[ChannelRow, ...]:
    """The rows one below the other, the first `top` below the lane's edge."""
    rows: list[ChannelRow] = []
    y = top + GAP
    for name in used:
        channel = known.get(name)
        label, icon = (channel.label, channel.icon) if channel is not None else (name, UNKNOWN_ICON)
        block = script.block(label, theme.CARD_BODY, theme.SIDE_WIDTH - TEXT_START - 2.0)
        height = max(ROW_HEIGHT, block.height + 2 * ROW_PAD)
        rows.append(ChannelRow(name, icon, block, y, height))
        y += height
    return tuple(rows)


def rows_bottom(rows: tuple[ChannelRow, ...]) -> float:
    """Where the last row ends; 0: there is none."""
    return rows[-1].y + rows[-1].h if rows else 0.0


def header_items(rows: Iterable[ChannelRow], script: Script) -> Iterator[Primitive]:
    """Icon and name of each channel, for the lane's header."""
    width = theme.SIDE_WIDTH
    for row in rows:
        yield Line(script.x(ICON_START, width - ICON_START, width), row.y, *_end(row, script), theme.ROW_LINE)
        yield Icon(row.icon, script.x(ICON_START, ICON, width), row.middle - ICON / 2, ICON, theme.SECONDARY)
        yield text_at(script, row.block, TEXT_START, row.middle - row.block.height / 2, width, theme.SIDE_TEXT, False)


def _end(row: ChannelRow, script: Script) -> tuple[float, float]:
    return script.x(ICON_START, theme.SIDE_WIDTH - ICON_START, theme.SIDE_WIDTH) + theme.SIDE_WIDTH - ICON_START, row.y


def dot_items(
    rows: Iterable[ChannelRow], use: ChannelUse, columns: Mapping[str, tuple[float, float]], width: float
) -> Iterator[Primitive]:
    """The dots of a part of the lane `width` wide; `columns` says of each step its left edge and width there."""
    color = card_kind("touchpoint").accent
    for row in rows:
        yield Line(0, row.y, width, row.y, theme.ROW_LINE, theme.HAIR)
        for step, (x, w) in columns.items():
            count = use.count(row.channel, step)
            if count:
                yield from _dot(x + w / 2, row.middle, count, color)


def _dot(x: float, y: float, count: int, color: str) -> Iterator[Primitive]:
    """A dot, with their number where several touchpoints use the channel."""
    yield Shape(circle(x, y, DOT if count == 1 else DOT_WITH_NUMBER), color)
    if count > 1:
        block = Script(rtl=False, language="en").block(str(count), theme.BADGE_NUMBER, None)
        yield Text(x - block.width / 2, y - block.height / 2, block, theme.ink_on(color), True)


def dot_rect(row: ChannelRow, x: float, w: float) -> Rect:
    """The area of a dot in a column, from the lane's top edge."""
    size = DOT_WITH_NUMBER + REACH
    return Rect(x + w / 2 - size, row.middle - size, 2 * size, 2 * size)
