"""The languages that the program has words in, and how figures are written in them. Languages are BCP 47 tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "es", "ar", "hi", "ja")
"""In every list of words, this is their order."""

Say = Callable[[str, str], str]
"""A word in the language of a map, by its key; the second is what it is in English."""

SEPARATORS = {"de": (".", ","), "es": (".", ","), "fr": ("\u202f", ",")}
"""What stands between thousands and before a fraction, where that is not "," and "."."""


def primary(language: str) -> str:
    """The language itself, without script or region: "de" for "de-AT"."""
    return language.split("-", 1)[0].lower()


def in_language(language: str, words: Sequence[str]) -> str:
    """The one of words in all `LANGUAGES`; English for a language that is not among them."""
    tongue = primary(language)
    return words[LANGUAGES.index(tongue) if tongue in LANGUAGES else 0]


def figure(number: float, language: str = "en") -> str:
    """A number as people write it, to one decimal: 1,234.5, −3, never −0; 1.234,5 in German."""
    written = f"{round(number, 1) + 0.0:,.1f}".removesuffix(".0").replace("-", "−")
    thousands, point = SEPARATORS.get(primary(language), (",", "."))
    return written.translate({ord(","): thousands, ord("."): point})


def in_english(_key: str, english: str) -> str:
    """The word where nobody asks for another language."""
    return english
