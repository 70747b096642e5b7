"""What every element is drawn for: the direction and the language of the map."""

from __future__ import annotations

from typing import NamedTuple

from app.layout.drawing import Text
from app.layout.text import TextBlock, TextStyle, layout_text


class Script(NamedTuple):
    """`rtl`: the map reads from right to left; `language`: its BCP 47 tag."""

    rtl: bool
    language: str

    def block(self, text: str, style: TextStyle, width: float | None) -> TextBlock:
        return layout_text(text, style, width, rtl=self.rtl, language=self.language)

    def x(self, start: float, width: float, total: float) -> float:
        """The left edge of something `width` wide that begins `start` mm from where reading begins."""
        return total - start - width if self.rtl else start


def text_at(script: Script, block: TextBlock, start: float, y: float, total: float, color: str, detail: bool) -> Text:
    """A block of fixed width placed `start` mm from where reading begins."""
    return Text(script.x(start, block.width, total), y, block, color, detail)
