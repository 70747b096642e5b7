"""What a proof-reader says of a sheet before it is printed: how small its type is, and what no font here can set."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from app.layout import fonts, theme
from app.layout.drawing import Placed, Text
from app.layout.font_choice import IGNORABLE, is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.layout.sheet import Sheet
    from app.layout.text import GlyphRun, TextBlock


class Proof(NamedTuple):
    """`smallest` is the size in pt at 100 % of the smallest text, 0 where there is none.

    `missing` are the characters that no font of this machine has a glyph for, in the order of the sheet; `where` is the
    title of the first card with one of them, or the text itself where that is on no card.
    """

    smallest: float = 0.0
    missing: tuple[str, ...] = ()
    where: str = ""


def proofread(sheet: Sheet) -> Iterator[Proof]:
    """Reads the sheet element by element; each answer is that for all so far, the last one that for the sheet."""
    proof = Proof()
    for each in (sheet, *sheet.after):
        for element in each.placed:
            for text in element.drawing.items:
                if isinstance(text, Text) and text.block.text.strip():
                    read = _with(proof, text.block, element)
                    # what comes after the map is printed in its own size, whatever the scale of the poster
                    proof = read if each is sheet else read._replace(smallest=proof.smallest)
            yield proof


def proof_of(sheet: Sheet) -> Proof:
    """All of it at once."""
    proof = Proof()
    for read in proofread(sheet):
        proof = read
    return proof


def missing_in(block: TextBlock) -> list[str]:
    """The characters of a text that are shown as the empty box of their font, each once."""
    if is_plain(block.text):
        return []
    return list(dict.fromkeys(char for run in block.runs if 0 in run.glyphs for char in _boxes(run, block.text)))


def _with(proof: Proof, block: TextBlock, element: Placed) -> Proof:
    smallest = min(proof.smallest or block.style.size, block.style.size)
    missing = missing_in(block)
    if not missing:
        return proof if smallest == proof.smallest else proof._replace(smallest=smallest)
    where = proof.where or _title(element) or block.text
    return Proof(smallest, tuple(dict.fromkeys((*proof.missing, *missing))), where)


def _title(element: Placed) -> str:
    texts = (item.block for item in element.drawing.items if isinstance(item, Text))
    return next((block.text for block in texts if block.style == theme.CARD_TITLE), "")


def _boxes(run: GlyphRun, text: str) -> Iterator[str]:
    """The characters behind glyph 0, which is a font's box: of a letter and its marks those that the face lacks."""
    ends = dict(pairwise([*sorted(set(run.clusters)), run.end]))
    for glyph, start in zip(run.glyphs, run.clusters, strict=True):
        if glyph == 0:
            shown = re.sub(f"[{IGNORABLE}]", "", text[start : ends[start]])
            yield from [char for char in shown if not fonts.covers(run.face, ord(char))] or shown[:1]
