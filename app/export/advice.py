"""What somebody should know before a map goes to the printer. Nothing of it keeps an export from being made."""

from __future__ import annotations

from typing import Final

from app.layout import theme
from app.layout.proof import Proof

READABLE_PT: Final = 4.0
"""Body text smaller than so many pt is not read on paper."""

READABLE_PX: Final = 6.0
"""Body text of fewer pixels an em is not read on a screen."""

NAMED: Final = 5
"""So many characters are named."""

LONGEST: Final = 40
PT_PER_INCH: Final = 72


def print_sentence(proof: Proof, scale: float) -> str:
    """How large the smallest text is on paper at a scale; "" for a map without text."""
    if not proof.smallest:
        return ""
    remedy = "larger page" if _is_tiny(proof, scale) else ""
    return f"Smallest text prints at {proof.smallest * scale:.1f} pt{_ending(remedy)}"


def pixel_sentence(proof: Proof, dpi: int) -> str:
    """How large the smallest text is in a picture; "" for a map without text."""
    if not proof.smallest:
        return ""
    remedy = "higher resolution" if _is_coarse(proof, dpi) else ""
    return f"Smallest text is {proof.smallest * dpi / PT_PER_INCH:.0f} pixels high{_ending(remedy)}"


def glyph_sentence(proof: Proof) -> str:
    """Which characters no font here has; "" where there are none."""
    if not proof.missing:
        return ""
    named = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in proof.missing[:NAMED])
    rest = len(proof.missing) - NAMED
    more = f" and {rest} more {'character' if rest == 1 else 'characters'}" if rest > 0 else ""
    return f"No font on this machine has {named}{more}, first in “{_short(proof.where)}”: there will be empty boxes."


def print_warnings(proof: Proof, scale: float) -> list[str]:
    """What is amiss with a poster at a scale, a sentence each."""
    return _said(print_sentence(proof, scale) if _is_tiny(proof, scale) else "", glyph_sentence(proof))


def picture_warnings(proof: Proof, dpi: int) -> list[str]:
    """What is amiss with a picture, a sentence each."""
    return _said(pixel_sentence(proof, dpi) if _is_coarse(proof, dpi) else "", glyph_sentence(proof))


def _is_tiny(proof: Proof, scale: float) -> bool:
    return 0.0 < _body(proof) * scale < READABLE_PT


def _is_coarse(proof: Proof, dpi: int) -> bool:
    return 0.0 < _body(proof) * dpi / PT_PER_INCH < READABLE_PX


def _body(proof: Proof) -> float:
    """The size in pt of the text that has to be read: badges may be smaller than that."""
    return max(proof.smallest, theme.CARD_BODY.size) if proof.smallest else 0.0


def _ending(remedy: str) -> str:
    return f": hard to read. Choose a {remedy}." if remedy else "."


def _said(*sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
