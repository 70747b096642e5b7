"""A laid-out sheet of many cards, as the benchmarks of the exports paint it."""

from __future__ import annotations

import random

from app.layout.drawing import Box, Drawing, Icon, Line, Placed, Primitive, Rect, Shape, Text
from app.layout.sheet import Bookmark, Sheet
from app.layout.text import TextStyle, layout_text

COLUMNS = 100
CARD_WIDTH, PITCH_X, PITCH_Y = 44.0, 48.0, 26.0
TITLE, BODY, BADGE = TextStyle(9.0, "semibold"), TextStyle(8.0), TextStyle(6.5)
ICONS = ("phone", "mail", "monitor", "store", "heart", "lightbulb", "triangle-alert", "message-circle")
COLORS = ("#1D4ED8", "#0F766E", "#B45309", "#9D174D", "#5B21B6", "#166534", "#9F1239", "#334155")
SENTENCES = (
    "the customer waits for an answer and does not know whether it will come who calls back when line was cut again "
    "availability check Größe technician appointment router invoice confirmation complaint price compare offer switch"
)
WORDS = SENTENCES.split()


def poster_sheet(cards: int) -> Sheet:
    """A grid of cards, each with a frame, a bar, an icon, a title, a text of some lines, and a badge, and its link.

    Every text is another one. The glyphs are ready: painting starts from here.
    """
    dice = random.Random(7)
    placed = tuple(_placed(at, dice) for at in range(cards))
    rows = -(-cards // COLUMNS)
    stages = tuple(
        Bookmark(f"Stage {at + 1}", Rect(at * PITCH_X * 10, 0.0, PITCH_X * 10, rows * PITCH_Y))
        for at in range(COLUMNS // 10)
    )
    return Sheet(COLUMNS * PITCH_X, rows * PITCH_Y, placed, stages, (), "A map of many cards")


def texts(sheet: Sheet) -> list[Text]:
    return [item for element in sheet.placed for item in element.drawing.items if isinstance(item, Text)]


def _placed(at: int, dice: random.Random) -> Placed:
    kind = at % len(ICONS)
    title = layout_text(f"{_words(dice, 3).capitalize()} {at}", TITLE, CARD_WIDTH - 9)
    body = layout_text(_words(dice, dice.randint(6, 11)), BODY, CARD_WIDTH - 4)
    badge = layout_text(f"{dice.randint(1, 30)} votes", BADGE, None)
    height = 3 + title.height + body.height + 4
    items: list[Primitive] = [
        Box(0, 0, CARD_WIDTH, height, "#FFFFFF", "#D1D5DB", 0.2, 1.5),
        Box(0, 0, 1, height, COLORS[kind]),
        Icon(ICONS[kind], 2, 2, 4, COLORS[kind]),
        Text(7, 2, title),
        Text(2, 2.5 + title.height, body),
        Text(2, height - badge.height - 1, badge, "#4B5563", detail=True),
    ]
    if at % 3 == 0:
        items += _link(height, dice.uniform(-6, 6))
    return Placed(f"c{at}", at % COLUMNS * PITCH_X, at // COLUMNS * PITCH_Y, Drawing(CARD_WIDTH, height, tuple(items)))


def _link(height: float, rise: float) -> list[Primitive]:
    y, end = height / 2, height / 2 + rise
    curve = (("M", CARD_WIDTH, y), ("C", CARD_WIDTH + 2, y, CARD_WIDTH + 2, end, CARD_WIDTH + 4, end))
    return [
        Shape(curve, stroke="#4B5563", stroke_width=0.3),  # type: ignore[arg-type]
        Line(CARD_WIDTH + 3, end - 1, CARD_WIDTH + 4, end, "#4B5563", 0.3),
    ]


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(count))
