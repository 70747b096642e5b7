"""What is shown on a map beside what it says: how many comments there are, and how well each block is known."""

from __future__ import annotations

from functools import lru_cache

from app.layout import theme
from app.layout.drawing import Box, Drawing, Icon, Text
from app.layout.text import layout_text

COMMENT_INK = "#92400E"
COMMENT_PAPER = "#FEF3C7"
PALE_PAPER = "#F3F4F6"
_ICON, _PAD, _HEIGHT = 2.6, 0.8, 4.2
_CHIP_HEIGHT = 4.0


@lru_cache(maxsize=256)
def comment_mark(count: int, rtl: bool) -> Drawing:
    """A bubble with the number of open comments."""
    return numbered_mark(f"{count:,}", rtl)


@lru_cache(maxsize=256)
def numbered_mark(words: str, rtl: bool, *, pale: bool = False) -> Drawing:
    """A bubble with numbers. `pale`: nothing of it is open."""
    paper, ink = (PALE_PAPER, theme.SECONDARY) if pale else (COMMENT_PAPER, COMMENT_INK)
    block = layout_text(words, theme.MARK, None)
    width = _PAD + _ICON + 0.6 + block.width + _PAD + 0.2
    icon_x = width - _PAD - _ICON if rtl else _PAD
    text_x = _PAD + 0.2 if rtl else _PAD + _ICON + 0.6
    return Drawing(
        width,
        _HEIGHT,
        (
            Box(0, 0, width, _HEIGHT, paper, ink, 0.25, 1.2),
            Icon("message-square", icon_x, (_HEIGHT - _ICON) / 2, _ICON, ink),
            Text(text_x, (_HEIGHT - block.height) / 2, block, ink),
        ),
    )


@lru_cache(maxsize=256)
def heat_chip(percent: int) -> Drawing:
    """A share in percent on the colour that stands for it."""
    fill = heat_color(percent)
    block = layout_text(f"{percent} %", theme.LEGEND, None)
    width = block.width + 2.4
    return Drawing(
        width,
        _CHIP_HEIGHT,
        (
            Box(0, 0, width, _CHIP_HEIGHT, fill, theme.WHITE, 0.3, 1.2),
            Text(1.2, (_CHIP_HEIGHT - block.height) / 2, block, theme.ink_on(fill)),
        ),
    )


def heat_color(percent: float) -> str:
    """From dark for what nobody has evidence of to light for what is known; in print without colours too."""
    return theme.emotion_color(percent / 25 - 2)
