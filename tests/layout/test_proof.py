"""What a proof-reader finds on a sheet."""

from __future__ import annotations

import pytest

from app.layout import theme
from app.layout.drawing import Drawing, Placed, Text
from app.layout.proof import Proof, missing_in, proof_of, proofread
from app.layout.sheet import Sheet
from app.layout.text import TextStyle, layout_text
from tests.layout.maps import SAMPLES, laid_out, sample

pytestmark = pytest.mark.usefixtures("qapp")

GLYPH, OTHER = "\u0378", "\u0379"
"""Not assigned, so no font has them."""


def element(id: str, *texts: tuple[str, TextStyle]) -> Placed:
    items = tuple(Text(0, 0, layout_text(text, style, 60.0)) for text, style in texts)
    return Placed(id, 0, 0, Drawing(60, 20, items))


def sheet(*elements: Placed) -> Sheet:
    return Sheet(60, 20, elements)


@pytest.mark.parametrize(("text", "missing"), [
    ("Availability check", []),
    ("", []),
    ("Grüße, Ελλάδα, Привет", []),
    ("مرحبا שלום यात्रा", []),
    ("👩‍👩‍👧 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 and 1️⃣", []),
    ("a\u200bb\u00adc\ufeffd\u2060e", []),
    ("tab\tand\x01control\nline", []),
    ("e\u0301 a\u0323\u0302", []),
    (f"Ask {GLYPH}{OTHER} and {GLYPH}", [GLYPH, OTHER]),
    (f"two\nlines {GLYPH}", [GLYPH]),
    ("a\u1ab0", ["\u1ab0"]),
])  # fmt: skip
def test_characters_that_no_font_has(text: str, missing: list[str]) -> None:
    assert missing_in(layout_text(text, TextStyle(9), 40.0)) == missing


def test_a_card_is_named_by_its_title() -> None:
    found = proof_of(
        sheet(
            element("s", ("Stage", theme.STAGE_TITLE)),
            element("a", ("Ask", theme.CARD_TITLE), (f"as {GLYPH}", theme.CARD_BODY)),
            element("b", (f"Again {GLYPH}{OTHER}", theme.CARD_TITLE)),
        )
    )
    assert found == Proof(theme.CARD_BODY.size, (GLYPH, OTHER), "Ask")


def test_what_is_no_card_is_named_by_its_text() -> None:
    found = proof_of(sheet(element("l", ("Mia", theme.LEGEND), (f"“{GLYPH}?”", theme.CURVE_LABEL))))
    assert found.where == f"“{GLYPH}?”"


def test_the_smallest_text_counts_and_blank_ones_do_not() -> None:
    assert proof_of(sheet()) == Proof()
    assert proof_of(sheet(element("a", ("Ask", theme.CARD_TITLE), (" ", theme.SMALL)))).smallest == 9.0


def test_it_can_be_read_a_little_at_a_time() -> None:
    parts = list(proofread(sheet(element("a", ("Ask", theme.STAGE_TITLE)), element("b", ("Ask", theme.SMALL)))))
    assert [part.smallest for part in parts] == [12.0, 6.5]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_can_be_printed(path: object) -> None:
    from app.layout.sheet import sheet_of

    document = sample(path)  # type: ignore[arg-type]
    found = proof_of(sheet_of(laid_out(document), document.map))
    assert found.missing == ()
    assert found.smallest == theme.SMALL.size
