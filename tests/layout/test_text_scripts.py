"""Scripts that are more than one character after the other: joined, from the right, in clusters, in pictures."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.layout.fonts import Weight
from app.layout.text import TextBlock, TextStyle, layout_text
from tests.layout.text_checks import STYLE, assert_covers_text

pytestmark = pytest.mark.usefixtures("qapp")


def clusters(text: str) -> list[int]:
    return [cluster for run in layout_text(text, STYLE, None).runs for cluster in run.clusters]


def test_arabic_is_joined_and_reads_from_the_right() -> None:
    (run,) = layout_text("مرحبا", STYLE, None).runs
    assert run.rtl
    assert run.face == "arabic"
    assert list(run.clusters) == sorted(run.clusters, reverse=True)
    assert max(run.xs) == run.xs[-1]
    separate = {glyph for char in "مرحبا" for alone in layout_text(char, STYLE, None).runs for glyph in alone.glyphs}
    assert set(run.glyphs) - separate, "letters inside a word have other shapes"


def test_lines_of_a_right_to_left_text_start_inside_the_block() -> None:
    for line_runs in (layout_text("العميل ينتظر الردّ " * 4, STYLE, width, rtl=True).runs for width in (12, 20, 34)):
        assert all(min(run.xs) >= -0.01 for run in line_runs)


def test_lam_and_alef_become_one_cluster_or_two_glyphs_in_order() -> None:
    assert clusters("سلام") in ([3, 1, 0], [3, 2, 1, 0])


def test_numbers_and_latin_words_keep_their_order_in_arabic() -> None:
    block = layout_text("العدد 12 ثم Web.", STYLE, None)
    order = "".join(block.text[cluster] for run in block.runs for cluster in run.clusters)
    assert "12" in order
    assert "Web" in order
    assert order.index("Web") < order.index("12") < order.index("ا")
    assert order.startswith(".")


def test_arabic_words_keep_their_order_in_a_latin_sentence() -> None:
    block = layout_text("say «أهلاً وسهلاً» now", STYLE, None)
    assert not block.runs[0].rtl
    foreign = [run for run in block.runs if run.face == "arabic"]
    assert all(run.rtl for run in foreign)
    assert max(foreign[0].clusters) > min(foreign[-1].clusters)


@pytest.mark.parametrize(
    ("text", "rtl", "reads_rtl"), [("12 %", True, True), ("abc", True, False), ("שלום", False, True)]
)
def test_the_first_letter_tells_the_direction_and_else_the_map(text: str, rtl: bool, reads_rtl: bool) -> None:
    block = layout_text(text + ".", STYLE, 40, rtl=rtl)
    first = next(x for run in block.runs for x, at in zip(run.xs, run.clusters, strict=True) if at == 0)
    last = next(x for run in block.runs for x, at in zip(run.xs, run.clusters, strict=True) if at == len(text))
    assert (first > last) is reads_rtl


def test_each_paragraph_has_its_own_direction() -> None:
    block = layout_text("abc.\nשלום.", STYLE, 40)
    assert [run.rtl for run in block.runs] == [False, True]


@pytest.mark.parametrize("text", ["क्ष", "त्रि", "कि", "र्क", "ज्ञ"])
def test_a_devanagari_conjunct_is_one_cluster(text: str) -> None:
    (run,) = layout_text(text, STYLE, None).runs
    assert run.face == "devanagari"
    assert set(run.clusters) == {0}


@pytest.mark.parametrize(
    "picture",
    [
        "👨‍👩‍👧",
        "👍🏽",
        "🇩🇪",
        "❤️‍🔥",
        "🏃🏿‍♀️",
        "1️⃣",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "☎️",
        "⚡",
    ],
)
def test_a_picture_is_one_glyph_of_the_emoji_face(picture: str) -> None:
    runs = layout_text(f"a {picture} b", STYLE, None).runs
    assert [run.face for run in runs] == ["sans", "emoji", "sans"]
    assert [len(run.glyphs) for run in runs] == [2, 1, 2]
    assert (runs[1].start, runs[1].end) == (2, 2 + len(picture))
    assert runs[1].glyphs[0] != 0


def test_characters_beyond_the_basic_plane_count_as_one() -> None:
    block = layout_text("🎵a😀b🎵c", STYLE, None)
    assert [(run.start, run.end) for run in block.runs if "a" in block.text[run.start : run.end]] == [(1, 2)]
    assert clusters("😀😀x") == [0, 1, 2]


@pytest.mark.parametrize("text", ["e\u0301", "x\u0323\u0307", "שָׁ", "كِ", "क\u093c\u0941"])
def test_marks_stay_with_their_base(text: str) -> None:
    (run,) = layout_text(f"{text}", STYLE, None).runs
    assert set(run.clusters) == {0}
    assert run.end == len(text)


@pytest.mark.parametrize("weight", ["regular", "medium", "semibold", "italic"])
def test_weights_without_a_face_fall_to_the_nearest(weight: Weight) -> None:
    block = layout_text("a ع ש क ☎️", TextStyle(9, weight), None)
    faces = {run.face for run in block.runs}
    bold = "-semibold" if weight == "semibold" else ""
    assert faces >= {f"arabic{bold}", f"hebrew{bold}", f"devanagari{bold}", "emoji"}
    assert faces & {"sans", "sans-medium", "sans-semibold", "sans-italic"} == {f"sans-{weight}".replace("-regular", "")}


def test_controls_are_hidden_and_torn_pairs_are_marked() -> None:
    assert layout_text("a\x00\x07\x9fb", STYLE, None).ink_width == layout_text("ab", STYLE, None).ink_width
    assert layout_text("a\tb", STYLE, None).ink_width == layout_text("a b", STYLE, None).ink_width
    torn = layout_text("a\ud83db", STYLE, None)
    assert torn.ink_width > layout_text("ab", STYLE, None).ink_width
    assert torn.text == "a\ud83db"
    assert layout_text("a\u202eb\u202c\u2066c\u2069\u200f", STYLE, None).lines[0].end == 8


def test_what_no_font_has_is_a_visible_box() -> None:
    (run,) = layout_text("\U0003fffd", STYLE, None).runs
    assert (run.face, list(run.glyphs)) == ("sans", [0])
    assert layout_text("\U0003fffd", STYLE, None).ink_width > 1


def test_the_text_before_does_not_change_the_face_of_the_text_behind() -> None:
    """Qt keeps, for all scripts, the substitute of a face asked for by a script that it does not name."""
    for text in ("क 5", "ক 5", "ស 5", "ܐ 5", "ߊ 5", "க 5"):
        last = max(layout_text(text, TextStyle(9, "medium"), None).runs, key=lambda run: run.start)
        assert (last.face, last.glyphs[-1]) == ("sans-medium", layout_text("5", STYLE, None).runs[0].glyphs[0])
    runs = layout_text("Hello", TextStyle(9, "medium"), None).runs
    upright = layout_text("Hello", STYLE, None).runs
    assert [list(run.glyphs) for run in runs] == [list(run.glyphs) for run in upright]


TRICKY = st.sampled_from(
    "\u200d\u200c\ufe0f\u20e3\u0301\u093c\u094d\u064b\u05b7\u202e\u202c\u2066\u2069\u200f\u2028\n\r\t \xa0\xad"
    "\U0001f3fd👨🇩❤ع0क\U000e0067\U000e0100漢\ud83d\udc4d\ufffe"
)
ANYTHING = st.text(st.one_of(TRICKY, st.characters(exclude_categories=())), max_size=40)


@given(
    text=ANYTHING,
    width=st.one_of(st.none(), st.floats(0.1, 60)),
    rtl=st.booleans(),
    weight=st.sampled_from(["regular", "semibold", "italic"]),
)
@settings(max_examples=150)
def test_any_text_is_covered(text: str, width: float | None, rtl: bool, weight: Weight) -> None:
    block = TextBlock(text, TextStyle(9, weight), width, rtl=rtl, language="")
    assert_covers_text(block)
    assert block.qt_runs is not None
    visible = [run for run in block.runs if unicodedata.category(text[run.start])[0] in "LN"]
    assert all(run.glyphs for run in visible)
