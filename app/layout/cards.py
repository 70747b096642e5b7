"""A card as drawn: white paper, a bar and an icon in its kind's colour, a title, and what its kind says below it."""

from __future__ import annotations

from app.layout import theme
from app.layout.drawing import KAPPA, Box, Drawing, Icon, Primitive, Segment, Shape
from app.layout.script import Script, text_at
from app.model.channels import CHANNELS
from app.model.kinds import CardKind, card_kind
from app.model.records import Card, Channels

_INDENT, _PAD, _GAP = theme.CARD_INDENT, 2.0, 0.5


def card_drawing(card: Card, width: float, script: Script, channels: Channels = CHANNELS) -> Drawing:
    """A card `width` mm wide; its height follows from its texts. `channels`: those of its map."""
    kind = card_kind(card.kind)
    items: list[Primitive] = []
    title_width = width - theme.CARD_TITLE_INDENT - _PAD
    title = script.block(card.title, theme.CARD_TITLE, title_width)
    items.append(text_at(script, title, theme.CARD_TITLE_INDENT, _PAD, width, theme.BLACK, False))
    y = _PAD + title.height
    for text, color in _lines_below(card, kind, channels):
        block = script.block(text, theme.CARD_BODY, width - _INDENT - _PAD)
        items.append(text_at(script, block, _INDENT, y + _GAP, width, color, True))
        y += _GAP + block.height
    height = max(theme.CARD_MIN_HEIGHT, y + _PAD - 0.3)
    icon_y = _PAD + (title.height / len(title.lines) - theme.ICON_SIZE) / 2
    icon_x = script.x(_INDENT, theme.ICON_SIZE, width)
    icon = Icon(card.icon(channels) or kind.icon, icon_x, icon_y, theme.ICON_SIZE, kind.accent)
    frame = Box(0, 0, width, height, theme.WHITE, theme.HAIRLINE, theme.HAIR, theme.CARD_RADIUS)
    return Drawing(width, height, (frame, _bar(width, height, kind.accent, script.rtl), icon, *items))


def _lines_below(card: Card, kind: CardKind, channels: Channels) -> list[tuple[str, str]]:
    """The smaller texts under the title, each with its colour."""
    own_name = kind.label if type(card) is Card else ""  # a kind of a newer version says what it is
    lines = [(own_name, theme.SECONDARY), (card.details(channels), theme.SECONDARY), (card.body, theme.BLACK)]
    return [(text, color) for text, color in lines if text]


def _bar(width: float, height: float, color: str, rtl: bool) -> Shape:
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
