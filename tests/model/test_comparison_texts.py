"""Texts compared word by word."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.comparison import diff_words
from app.model.comparison.texts import words


@pytest.mark.parametrize(
    ("before", "now", "pieces"),
    [
        ("Calls the hotline", "Calls the hotline", ["=Calls the hotline"]),
        ("Calls the hotline", "Calls the new hotline", ["=Calls the ", "+new ", "=hotline"]),
        ("Calls the hotline", "Writes the hotline", ["-Calls", "+Writes", "= the hotline"]),
        ("", "New", ["+New"]),
        ("Old", "", ["-Old"]),
        ("客が待つ", "客が長く待つ", ["=客が", "+長く", "=待つ"]),
        ("ลูกค้ารอ", "ลูกค้าไม่รอ", ["=ลูกค้า", "+ไม่", "=รอ"]),
        ("हिन्दी में", "हिन्दी से", ["=हिन्दी ", "-में", "+से"]),
        ("5 €.", "6 €.", ["-5", "+6", "= €."]),
    ],
)
def test_texts_word_by_word(before: str, now: str, pieces: list[str]) -> None:
    """B5: in any script."""
    signs = {"same": "=", "removed": "-", "added": "+"}
    assert [signs[piece.kind] + piece.text for piece in diff_words(before, now)] == pieces


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_give_back_both_texts(before: str, now: str) -> None:
    """B5: nothing is lost, no piece is empty, no two of a kind stand together."""
    pieces = diff_words(before, now)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == now
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))
    assert "".join(words(before)) == before


def test_huge_texts_are_compared_between_their_ends() -> None:
    """B5: what they begin and end with in common is found; ten thousand characters of CJK are no trouble."""
    chance = random.Random(1)
    middles = ["".join(chance.choices("客が長く待つ電話を何度もかける", k=9_000)) for _ in range(2)]
    pieces = diff_words(f"Begin {middles[0]} end", f"Begin {middles[1]} end")
    assert pieces[0].text.startswith("Begin ")
    assert pieces[-1].text.endswith(" end")
    assert [piece.kind for piece in pieces] == ["same", "removed", "added", "same"]
