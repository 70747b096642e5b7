"""What is one word to who searches, however it is written: upper or lower case, with or without accents."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("łŁ", "l"),
        **dict.fromkeys("øØ", "o"),
        **dict.fromkeys("đĐ", "d"),
        "ı": "i",
        **dict.fromkeys("یى", "ي"),  # as Persian and Arabic keyboards have it
        "ک": "ك",
    }
)
_LEFT_OUT: Final = re.compile(
    "["
    "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"  # Latin, Greek, Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic, and tatweel
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"  # what cannot be seen
    "]+"
)
"""Marks that make no other letter. Those of Devanagari, Thai or Japanese do: か is not が."""

_SPACES: Final = re.compile(r"\s+")


def bare(text: str) -> str:
    """A text without what makes no difference in a search; two that read the same are equal then.

    Case, accents, vowel signs of Arabic and Hebrew, wide and narrow forms, kinds of quotes and dashes make none, and
    any white space is one blank.
    """
    if not text.isascii():
        apart = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", text))
        text = unicodedata.normalize("NFC", apart.translate(_ALIKE))
    return _SPACES.sub(" ", text.casefold())
