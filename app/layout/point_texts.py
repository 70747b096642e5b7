"""What stands beside a point of a curve: its label, what was said there, and what it is to the curve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.layout import theme
from app.layout.drawing import Text
from app.layout.script import Script
from app.layout.text import TextBlock, TextStyle
from app.layout.words import quoted, word
from app.model.records import EmotionPoint

WIDEST = 34.0
SLACK = 0.2  # mm by which a block is wider than its ink


class PointTexts(NamedTuple):
    """Texts one below the other, in the middle of `w`; lengths in mm. A point's label, if it has one, comes first."""

    w: float
    h: float
    blocks: tuple[tuple[TextBlock, str, bool], ...]

    def drawn(self, x: float, y: float) -> Iterator[Text]:
        """The texts with their top-left corner at (x, y)."""
        for block, color, is_detail in self.blocks:
            yield Text(x + (self.w - block.width) / 2, y, block, color, is_detail)
            y += block.height


def texts_of(point: EmotionPoint, marked: tuple[str, ...], room: float, script: Script) -> PointTexts | None:
    """The texts of a point; None: it has none. `marked`: words by key such as `peak`."""
    lines = [
        (point.label, theme.CURVE_LABEL, theme.BLACK, False),
        (quoted(script.language, point.quote), theme.CURVE_QUOTE, theme.BLACK, False),
        (" · ".join(word(script.language, key) for key in marked), theme.CURVE_MARK, theme.SECONDARY, True),
    ]
    blocks = tuple(
        (_block(text, style, min(WIDEST, room), script), color, is_detail)
        for text, style, color, is_detail in lines
        if text
    )
    if not blocks:
        return None
    return PointTexts(max(block.width for block, _, _ in blocks), sum(block.height for block, _, _ in blocks), blocks)


def _block(text: str, style: TextStyle, widest: float, script: Script) -> TextBlock:
    """The text as wide as it needs to be."""
    narrow = script.block(text, style, widest)
    return script.block(text, style, min(widest, narrow.ink_width + SLACK))
