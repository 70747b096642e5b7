"""Two texts side by side, word by word; characters by themselves where words are not written apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

MOST_WORDS = 4_000
"""Longer texts are compared between what they begin and end with in common, which is then one piece."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
)
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
_JOINED_SIGNS = "(?:[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]|\u200d.)*"
_TOKEN = re.compile(
    rf"[{_UNSPACED}][{_UNSPACED_MARKS}]*|\s+|(?:(?![{_UNSPACED}])[\w{_MARKS}])+|[^\w\s]{_JOINED_SIGNS}", re.DOTALL
)
"""A character of a script that puts no spaces between words; white space; a word; a sign."""


class Piece(NamedTuple):
    """A stretch of text that is in both, or only in the one before (`removed`) or after (`added`)."""

    kind: Literal["same", "removed", "added"]
    text: str


def words(text: str) -> list[str]:
    """The text in pieces that joined give it back."""
    return _TOKEN.findall(text)


def diff_words(before: str, after: str) -> list[Piece]:
    """What leads from the one text to the other. All pieces but the added give `before`, all but the removed `after`.

    Each stretch that was replaced is first removed and then added.
    """
    return [piece for piece in _pieces(words(before), words(after)) if piece.text]


def matching(before: Sequence[object], after: Sequence[object]) -> list[tuple[int, int, int]]:
    """The stretches that two rows share: where they begin in each, and their length; last the ends as (n, m, 0).

    Beyond `MOST_WORDS` only what they begin and end with.
    """
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    one, other = before[start : len(before) - end], after[start : len(after) - end]
    blocks = [(0, 0, start)] if start else []
    if max(len(one), len(other)) <= MOST_WORDS:
        found = SequenceMatcher(None, one, other, autojunk=len(one) * len(other) > 1_000_000).get_matching_blocks()
        blocks += [(block.a + start, block.b + start, block.size) for block in found if block.size]
    if end:
        blocks.append((len(before) - end, len(after) - end, end))
    return [*blocks, (len(before), len(after), 0)]


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    length = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        length += 1
    return length


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    one = other = 0
    for start, other_start, size in matching(before, after):
        yield Piece("removed", "".join(before[one:start]))
        yield Piece("added", "".join(after[other:other_start]))
        yield Piece("same", "".join(before[start : start + size]))
        one, other = start + size, other_start + size
