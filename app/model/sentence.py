"""A sentence for people as a template and what goes into it, so that others can translate what the model says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

SHORT: Final = 60
"""Characters that a text has at most where it is named in a sentence."""


class Sentence(NamedTuple):
    """`wording` is an English template, `values` what goes into it: names out of the map, or labels of the program.

    `labels` names the values that are labels, which a translation translates too.
    """

    wording: str
    values: Mapping[str, str]
    labels: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.worded(str)

    def worded(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language into which `translate` brings templates and labels."""
        values = {name: translate(value) if name in self.labels else value for name, value in self.values.items()}
        return translate(self.wording).format(**values)


def shortened(text: str) -> str:
    """A text in one line of at most `SHORT` characters."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1].rstrip() + "…"
