"""Texts as people, other programs and ill luck hand them in."""

from __future__ import annotations

from random import Random
from typing import Final

TYPED: Final = (
    "a",
    "Waits",
    "Ruft an ",
    "x y z ",
    "12,5 %",
    "التحقق من العنوان",
    "שלום ",
    "सत्यापन",
    "住所を確認する",
    "👩‍👩‍👧‍👦",
    "🇩🇪🏳️‍🌈",
    "é̂̃",
    "\u202eabc\u202c",
    "<b>&amp;\"'",
    "{name}",
    "  ",
)
PASTED: Final = (
    *TYPED,
    "",
    "one\ntwo\nthree",
    "a\tb\tc\nd\te\tf",
    '"quoted\ncell"\tnext\r\nlast',
    "\r\n\r\n\t\t\n",
    "\x00\x07\x1b[31m",
    "\ud800",
    "\u2028\u2029\ufeff",
    "W" * 700,
    "lorem ipsum " * 60,
    '"never closed\tand on\n' * 3,
    "=1+1",
    "\n".join(f"line {number}" for number in range(14)),
    "كلمة " * 30,
    "https://example.org/?q=" + "x" * 120,
)
NAMES: Final = ("map", "Карта", "خريطة", "with space", "café", "x" * 60, "a.b", "1")


def typed(chance: Random) -> str:
    return chance.choice(TYPED)


def pasted(chance: Random) -> str:
    return chance.choice(PASTED)
