"""A card as drawn: white paper, a bar and an icon in its kind's colour, a title, what its kind says, and its badges."""

from __future__ import annotations

from collections.abc import Iterator

from app.layout import theme
from app.layout.badges import NOBODY, Marks, badge_row
from app.layout.drawing import KAPPA, Box, Drawing, Icon, Primitive, Segment, Shape
from app.layout.metric_figure import metric_figure, origin_words
from app.layout.script import Script, text_at
from app.layout.terms import speech
from app.layout.text import TextStyle
from app.model.channels import CHANNELS
from app.model.kinds import CardKind, card_kind
from app.model.kinds.metric import Metric
from app.model.kinds.thought import Thought
from app.model.records import Card, Channels

_INDENT, _PAD, _GAP = theme.CARD_INDENT, 2.0, 0.5
_BADGE_GAP = 0.8


def card_drawing(
    card: Card, width: float, script: Script, channels: Channels = CHANNELS, marks: Marks = NOBODY
) -> Drawing:
    """A card `width` mm wide; its height follows from what is on it.

    `channels` and `marks` of personas: those of its map. The title comes first of all texts and the body last: that is
    how writing finds them.
    """
    kind = card_kind(card.kind)
    title = script.block(card.title, title_style(card), width - theme.CARD_TITLE_INDENT - _PAD)
    items: list[Primitive] = [
        text_at(script, title, theme.CARD_TITLE_INDENT, _PAD, width, theme.BLACK, False),
    ]
    y = _PAD + title.height
    room = width - _INDENT - _PAD
    for text in _lines_below(card, kind, channels, script.language):
        block = script.block(text, theme.CARD_BODY, room)
        items.append(text_at(script, block, _INDENT, y + _GAP, width, theme.SECONDARY, True))
        y += _GAP + block.height
    if isinstance(card, Metric) and card.value is not None:
        shown = metric_figure(card, _INDENT, y + _GAP, room, width, kind.accent, script)
        items += shown.items
        y += _GAP + shown.height
    body = script.block(card.body, theme.CARD_BODY, room) if card.body else None
    body_y = y + _GAP
    y += _GAP + body.height if body is not None else 0.0
    badges = badge_row(card, marks, _INDENT, y + _BADGE_GAP, room, width, script)
    items += badges.items
    y += _BADGE_GAP + badges.height if badges.height else 0.0
    if body is not None:
        items.append(text_at(script, body, _INDENT, body_y, width, theme.BLACK, True))
    height = max(theme.CARD_MIN_HEIGHT, y + _PAD - (0.8 if badges.height else 0.3))
    icon_y = _PAD + (title.height / len(title.lines) - theme.ICON_SIZE) / 2
    icon_x = script.x(_INDENT, theme.ICON_SIZE, width)
    icon = Icon(card.icon(channels) or kind.icon, icon_x, icon_y, theme.ICON_SIZE, kind.accent)
    frame = Box(0, 0, width, height, theme.WHITE, theme.HAIRLINE, theme.HAIR, theme.CARD_RADIUS)
    return Drawing(width, height, (frame, accent_bar(width, height, kind.accent, script.rtl), icon, *items))


def title_style(card: Card) -> TextStyle:
    """Somebody's very words are set as a quote."""
    return theme.CARD_QUOTE if isinstance(card, Thought) and card.quoted else theme.CARD_TITLE


def _lines_below(card: Card, kind: CardKind, channels: Channels, language: str) -> Iterator[str]:
    """The lines under the title."""
    if type(card) is Card:
        yield kind.label  # a kind of a newer version says what it is
    if isinstance(card, Metric) and card.value is not None:
        details = origin_words(card, language)
    else:
        details = card.details(channels, speech(language), language)
    if details:
        yield details


def accent_bar(width: float, height: float, color: str, rtl: bool) -> Shape:
    """The accent bar along the card's leading edge, rounded like the card."""
    r, w = theme.CARD_RADIUS, theme.CARD_BAR
    k = r * (1 - KAPPA)
    # The bar is narrower than the corner is round, so its inner edge begins on the arc.
    inset = r - (r * r - (r - w) * (r - w)) ** 0.5

    def x(value: float) -> float:
        return width - value if rtl else value

    segments: tuple[Segment, ...] = (
        ("M", x(w), inset),
        ("C", x(w * 0.45), inset + 0.25, x(0), k + 0.35, x(0), r),
        ("L", x(0), height - r),
        ("C", x(0), height - k - 0.35, x(w * 0.45), height - inset - 0.25, x(w), height - inset),
        ("Z",),
    )
    return Shape(segments, fill=color)
