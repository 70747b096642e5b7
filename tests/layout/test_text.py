"""Text blocks: lines that fit, runs that cover the text, what the screen paints is what the runs say."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from app.layout import fonts
from app.layout.remembering import forget
from app.layout.text import (
    MAX_CHARACTERS,
    MM_PER_PT,
    Align,
    GlyphRun,
    TextBlock,
    TextLine,
    TextStyle,
    layout_text,
    natural_width,
    paint_text,
)
from tests.layout.text_checks import STYLE, assert_covers_text, runs_of

pytestmark = pytest.mark.usefixtures("qapp")

WORDS = {
    "Latin": "the customer waits — “why?” Straße naïve Ωmega Кириллица 38 % (IBAN), price: €24.99/month",
    "Arabic": "العميل ينتظر الردّ من خدمة الدعم، رقم الشقّة ١٢ غير مقبول (Website) و 38 في النهاية.",
    "Hebrew": "הלקוח מחכה לתשובה מהתמיכה, דירה 12 לא התקבלה (IBAN) ובסוף 38.",
    "Devanagari": "ग्राहक सहायता की प्रतीक्षा कर रहा है, फ़्लैट संख्या 12 स्वीकार नहीं हुई। क्षत्रिय विज्ञान",
    "mixed": "Mia 👩🏽‍🦱 ruft an: «أهلاً» ☎ 🇩🇪 → पते की जाँच ✔ שלום ⚡ end",
}


def sample_texts() -> Iterator[str]:
    """200 texts, the same in each run."""
    choose = random.Random(4)
    for number in range(200):
        words = list(WORDS.values())[number % len(WORDS)].split()
        yield " ".join(choose.choice(words) for _ in range(choose.randint(1, 14)))


@cache
def advances(key: str) -> list[float]:
    """The advance of each glyph of a face in em."""
    font = TTFont(BytesIO(fonts.face_bytes(key)))
    return [font["hmtx"][name][0] / font["head"].unitsPerEm for name in font.getGlyphOrder()]


def right_edge(run: GlyphRun) -> float:
    em = run.size * MM_PER_PT
    return max(x + advances(run.face)[glyph] * em for x, glyph in zip(run.xs, run.glyphs, strict=True))


@pytest.mark.parametrize("width", [16, 34, 80])
@pytest.mark.parametrize("size", [6.5, 9, 24])
def test_lines_fit_their_width_in_every_script(size: float, width: float) -> None:
    for text in sample_texts():
        block = layout_text(text, TextStyle(size), width)
        assert_covers_text(block)
        for number, line in enumerate(block.lines):
            runs = runs_of(block, number)
            right = max(map(right_edge, runs))
            assert right == pytest.approx(line.x + line.width, abs=0.05 * size * MM_PER_PT), text  # kerning
            one_cluster = len({cluster for run in runs for cluster in run.clusters}) == 1
            assert line.width <= width + 1e-6 or one_cluster, text


def test_no_glyph_is_missing_in_the_scripts_we_bring() -> None:
    for text in WORDS.values():
        runs = layout_text(text, STYLE, 34).runs
        assert all(0 not in run.glyphs for run in runs), text
        assert not any(run.face.startswith(fonts.SYSTEM) for run in runs)


def test_glyph_ids_are_those_of_the_face_that_is_embedded() -> None:
    for text in ("Availability", "éàü", "\u062f", "אבג", "\u0915\u0916", "☎", "⚡"):
        for run in layout_text(text, STYLE, None).runs:
            cmap = TTFont(BytesIO(fonts.face_bytes(run.face))).getBestCmap()
            order = TTFont(BytesIO(fonts.face_bytes(run.face))).getReverseGlyphMap()
            shown = text[::-1] if run.rtl else text
            assert list(run.glyphs) == [order[cmap[ord(char)]] for char in shown]


def test_the_size_scales_a_text_without_changing_its_lines() -> None:
    for text in sample_texts():
        small, large = layout_text(text, TextStyle(5), 20), layout_text(text, TextStyle(20), 80)
        assert [line[:2] for line in small.lines] == [line[:2] for line in large.lines]
        assert large.ink_width == pytest.approx(4 * small.ink_width)
        assert large.height == pytest.approx(4 * small.height)


def test_the_pitch_is_the_same_whatever_fonts_are_in_the_lines() -> None:
    block = layout_text("Latin\nعربي\nहिन्दी\n👍🏽 ☎\nש", TextStyle(10, leading=1.5), 50)
    steps = [other.baseline - one.baseline for one, other in pairwise(block.lines)]
    assert steps == pytest.approx([15 * MM_PER_PT] * 4)
    assert block.height == pytest.approx(5 * 15 * MM_PER_PT)
    assert 0 < block.lines[0].baseline < 15 * MM_PER_PT
    assert all(y == pytest.approx(block.lines[0].baseline) for y in runs_of(block, 0)[0].ys)


def test_line_breaks_of_every_kind_break_and_belong_to_no_line() -> None:
    block = layout_text("a\nb\r\n\rc\u2028d\u2029e\x85", STYLE, 30)
    assert [(line.start, line.end) for line in block.lines] == [
        (0, 1),
        (2, 3),
        (5, 5),
        (6, 7),
        (8, 9),
        (10, 11),
        (12, 12),
    ]
    assert_covers_text(block)


def test_texts_are_equal_that_were_laid_out_in_the_same_way() -> None:
    """So what is laid out anew after everything was forgotten is not taken for something else."""
    first = layout_text("The customer waits", STYLE, 20.0)
    forget()
    again = layout_text("The customer waits", STYLE, 20.0)
    assert again is not first
    assert again == first
    assert hash(again) == hash(first)
    others = (
        layout_text("The customer waited", STYLE, 20.0),
        layout_text("The customer waits", STYLE._replace(weight="semibold"), 20.0),
        layout_text("The customer waits", STYLE, 21.0),
        layout_text("The customer waits", STYLE, None),
        layout_text("The customer waits", STYLE, 20.0, rtl=True),
        layout_text("The customer waits", STYLE, 20.0, language="ja"),
    )
    assert first not in others


def test_an_empty_text_has_one_line() -> None:
    block = layout_text("", STYLE, 30)
    assert block.lines == (TextLine(0, 0, 0.0, block.lines[0].baseline, 0.0),)
    assert block.runs == block.qt_runs == ()
    assert block.height == pytest.approx(9 * 1.3 * MM_PER_PT)


def test_spaces_at_the_end_have_no_width() -> None:
    assert layout_text("word   ", STYLE, None).ink_width == layout_text("word", STYLE, None).ink_width
    assert layout_text("word   ", STYLE, 30).runs[0].end == 7


def test_spaces_at_the_start_never_push_a_word_over_the_edge() -> None:
    assert all(line.width <= 10 for line in layout_text(" " * 60 + "word", STYLE, 10).lines)


@pytest.mark.parametrize(
    ("align", "rtl", "left"),
    [("start", False, 0), ("center", False, 0.5), ("end", False, 1), ("start", True, 1), ("end", True, 0)],
)
def test_alignment_follows_the_direction_of_the_map(align: Align, rtl: bool, left: float) -> None:
    block = layout_text("word", STYLE._replace(align=align), 40, rtl=rtl)
    (line,) = block.lines
    assert line.x == pytest.approx(left * (40 - line.width))
    assert block.runs[0].xs[0] == pytest.approx(line.x)


def test_without_a_width_only_the_text_breaks_lines() -> None:
    block = layout_text("word " * 400 + "\nend", STYLE, None)
    assert len(block.lines) == 2
    assert block.width == block.ink_width == natural_width(block.text, STYLE)
    assert len(layout_text("word " * 40, STYLE, natural_width("word " * 40, STYLE)).lines) == 1


@pytest.mark.parametrize("width", [0.0, -5.0, 1e-9, float("inf"), 1e12])
def test_senseless_widths_are_borne(width: float) -> None:
    assert len(layout_text("word", STYLE, width).lines) == (1 if width > 1 else 4)


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "漢" * 10_000, "ab " * 3_333, "\n" * 10_000, "x" * 300_000, "ي" * 10_000]
)
@pytest.mark.timeout(10)
def test_long_texts_do_not_hang(text: str) -> None:
    block = layout_text(text, STYLE, 34)
    assert block.lines[-1].end == len(text)
    assert max(run.clusters[-1] for run in block.runs or layout_text("x", STYLE, 34).runs) < MAX_CHARACTERS


def test_a_run_of_single_characters_says_so() -> None:
    assert layout_text("plain text  ", STYLE, None).runs[0].clusters == range(10)
    assert layout_text("👍🏽", STYLE, None).runs[0].clusters != range(1)


def test_the_same_text_is_laid_out_once() -> None:
    assert layout_text("once", STYLE, 30) is layout_text("once", STYLE, 30)
    assert layout_text("once", STYLE, 30) is not layout_text("once", STYLE, 31)
    block = layout_text("once", STYLE, 30)
    assert block.runs is block.runs
    assert block.qt_runs is block.qt_runs


def test_the_screen_paints_the_glyphs_of_the_runs() -> None:
    for text in sample_texts():
        block = layout_text(text, TextStyle(9, align="center"), 34)
        painted = sorted(
            (point.y() * block.scale, point.x() * block.scale, glyph)
            for run in block.qt_runs
            for point, glyph in zip(run.positions(), run.glyphIndexes(), strict=True)
        )
        wanted = sorted(
            (y, x, glyph) for run in block.runs for x, y, glyph in zip(run.xs, run.ys, run.glyphs, strict=True)
        )
        assert len(painted) == len(wanted)
        assert sorted(glyph for _, _, glyph in painted) == sorted(glyph for _, _, glyph in wanted)
        assert [x for _, x, _ in sorted(painted, key=lambda p: p[1])] == pytest.approx(
            [x for _, x, _ in sorted(wanted, key=lambda p: p[1])], abs=1e-3
        )


def ink(image: QImage) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not white, in px."""
    dark = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).lightness() < 128
    ]
    return min(x for x, _ in dark), min(y for _, y in dark), max(x for x, _ in dark), max(y for _, y in dark)


def test_painted_text_lies_where_the_block_says() -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    block = layout_text("HH", TextStyle(24), None)
    painter = QPainter(image)
    painter.scale(5, 5)
    paint_text(painter, 10, 2, block, "#000000")
    painter.end()
    left, top, right, bottom = ink(image)
    baseline = 5 * (2 + block.lines[0].baseline)
    cap_height = 5 * 24 * MM_PER_PT * 1490 / 2048
    assert bottom == pytest.approx(baseline, abs=1.5)
    assert top == pytest.approx(baseline - cap_height, abs=1.5)
    assert 50 <= left < right <= 5 * (10 + block.width)


def test_worker_threads_set_the_same_text() -> None:
    texts = [*sample_texts()][:60]

    def runs(text: str) -> list[tuple[object, ...]]:
        return [
            (run.face, list(run.glyphs), list(run.xs), run.end)
            for run in TextBlock(text, STYLE, 34, rtl=False, language="").runs
        ]

    with ThreadPoolExecutor(4) as workers:
        assert list(workers.map(runs, texts)) == [runs(text) for text in texts]
