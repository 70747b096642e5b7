"""The figure of a metric, large, with what is missing to its target and how it went."""

from __future__ import annotations

from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Line, Primitive, Segment, Shape
from app.layout.faces import outline_path
from app.layout.script import Script, text_at
from app.layout.terms import speech, term
from app.layout.text import layout_text
from app.layout.words import reads_right_to_left
from app.model.kinds.metric import Metric
from app.model.languages import figure

SPARK_HEIGHT = 5.6
_LEAST_SPARK = 10.0
_GAP = 3.0
_DOT = 0.55


class Figure(NamedTuple):
    """What to paint, and the height in mm that it takes."""

    items: tuple[Primitive, ...]
    height: float


def metric_figure(
    card: Metric, left: float, top: float, room: float, total: float, color: str, script: Script
) -> Figure:
    """The figure of a card `total` mm wide, in `room` mm from `left` mm where reading begins.

    The line of its history stands beside it, or below it where there is little room.
    """
    if card.value is None:
        return Figure((), 0.0)
    number = layout_text(card.with_unit(card.value, script.language), theme.FIGURE, None)
    if number.width > room:
        number = layout_text(card.with_unit(card.value, script.language), theme.FIGURE, room)
    items: list[Primitive] = [text_at(script, number, left, top, total, theme.BLACK, False)]
    bottom = top + number.height
    if _spans_time(card):
        beside = room - number.width - _GAP
        if beside >= _LEAST_SPARK:
            y = top + (number.height - SPARK_HEIGHT) / 2
            start, width = left + number.width + _GAP, beside
        else:
            y, start, width = bottom + 0.8, left, room
            bottom = y + SPARK_HEIGHT
        items += sparkline(card, script.x(start, width, total), y, width, color, script)
    words = distance_words(card, script.language)
    if words:
        block = script.block(words, theme.CARD_BODY, room)
        if len(block.lines) > 1:
            block = script.block(distance_words(card, script.language, "\n"), theme.CARD_BODY, room)
        items.append(text_at(script, block, left, bottom + 0.3, total, theme.BLACK, True))
        bottom += 0.3 + block.height
    return Figure(tuple(items), bottom - top)


def origin_words(card: Metric, language: str) -> str:
    """What the figure measures, and how many answers it is computed from."""
    parts = [card.named(speech(language)), f"n = {figure(card.answers, language)}" if card.answers else ""]
    return " · ".join(part for part in parts if part)


def distance_words(card: Metric, language: str, between: str = " · ") -> str:
    """The target and how far it is, in words."""
    if card.target is None or card.missing is None:
        return ""
    target = term(language, "target").format(_isolated(card.with_unit(card.target, language), language))
    rounded = round(card.missing, 1)
    if rounded <= 0:
        return target + between + term(language, "reached")
    return target + between + term(language, "to_go").format(_distance(card, rounded, language))


def _distance(card: Metric, missing: float, language: str) -> str:
    """Shares differ by points, not by percent."""
    if card.shown_unit not in {"", "%"}:
        return _isolated(card.with_unit(missing, language), language)
    return term(language, "point" if missing == 1 else "points").format(figure(missing, language))


def _isolated(words: str, language: str) -> str:
    """A figure with its unit, kept together and in its own direction in a line from right to left."""
    return f"\u2068{words}\u2069" if reads_right_to_left(language) else words


def _spans_time(card: Metric) -> bool:
    return len(card.history) > 1 and card.history[0][0] != card.history[-1][0]


def sparkline(card: Metric, x: float, y: float, width: float, color: str, script: Script) -> list[Primitive]:
    """The readings over time in a box `width` mm wide, dates to scale; the target is dashed, the last one has a dot."""
    readings = card.history
    first, last = readings[0][0], readings[-1][0]
    values = [value for _, value in readings] + ([card.target] if card.target is not None else [])
    low, high = min(values), max(values)
    inner = width - 2 * _DOT

    def across(reading: int) -> float:
        share = (readings[reading][0] - first).days / (last - first).days
        return x + _DOT + inner * (1 - share if script.rtl else share)

    def down(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return y + _DOT + (SPARK_HEIGHT - 2 * _DOT) * (1 - share)

    spots = [(across(number), down(value)) for number, (_, value) in enumerate(readings)]
    path: list[Segment] = [("M", *spots[0]), *(("L", *spot) for spot in spots[1:])]
    items: list[Primitive] = []
    if card.target is not None:
        items.append(Line(x, down(card.target), x + width, down(card.target), theme.ZERO_GUIDE, 0.25, (0.8, 0.7)))
    items.append(Shape(tuple(path), None, color, 0.4))
    items.append(Shape(outline_path(*spots[-1], _DOT, 0), color))
    return items
