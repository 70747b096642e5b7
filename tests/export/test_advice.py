"""What is said before something goes to the printer."""

import pytest

from app.export.advice import glyph_sentence, picture_warnings, pixel_sentence, print_sentence, print_warnings
from app.layout.proof import Proof


@pytest.mark.parametrize(("scale", "said"), [
    (1.0, "Smallest text prints at 6.5 pt."),
    (0.5, "Smallest text prints at 3.2 pt."),
    (0.48, "Smallest text prints at 3.1 pt: hard to read. Choose a larger page."),
])  # fmt: skip
def test_small_print(scale: float, said: str) -> None:
    proof = Proof(6.5)
    assert print_sentence(proof, scale) == said
    assert print_warnings(proof, scale) == ([said] if "hard" in said else [])


def test_large_type_is_readable_at_a_smaller_scale() -> None:
    assert print_warnings(Proof(24.0), 0.2) == []
    assert print_warnings(Proof(24.0), 0.1) != []


@pytest.mark.parametrize(("dpi", "said"), [
    (150, "Smallest text is 14 pixels high."),
    (40, "Smallest text is 4 pixels high: hard to read. Choose a higher resolution."),
])  # fmt: skip
def test_coarse_pictures(dpi: int, said: str) -> None:
    assert pixel_sentence(Proof(6.5), dpi) == said
    assert picture_warnings(Proof(6.5), dpi) == ([said] if "hard" in said else [])


def test_a_map_without_text_needs_no_advice() -> None:
    assert (print_sentence(Proof(), 0.1), pixel_sentence(Proof(), 10)) == ("", "")
    assert print_warnings(Proof(), 0.1) == picture_warnings(Proof(), 10) == []


def test_five_characters_are_named_and_the_rest_counted() -> None:
    said = glyph_sentence(Proof(8.0, tuple("abcdefg"), "A title\nof two lines and very many more words than fit"))
    assert said == (
        "No font on this machine has “a” (U+0061), “b” (U+0062), “c” (U+0063), “d” (U+0064), “e” (U+0065) "
        "and 2 more characters, first in “A title of two lines and very many more…”: there will be empty boxes."
    )
    assert "and 1 more character," in glyph_sentence(Proof(8.0, tuple("abcdef"), "x"))
    assert glyph_sentence(Proof(8.0)) == ""
