"""The faces: ours and no other, whole, free to embed, and the right one for each part of a text."""

import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from app.layout import font_choice, fonts, system_fonts
from app.layout.font_choice import FaceRun, face_runs
from app.layout.fonts import EM, SANS, Weight
from app.layout.text import TextStyle, layout_text
from app.paths import font_dir

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    """For tests that change what the machine seems to have."""
    cached = (font_choice._face_of, system_fonts._faces, fonts.installed, fonts.face_fitness, fonts._system_covers)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def opened(key: str) -> TTFont:
    return TTFont(BytesIO(fonts.face_bytes(key)), checkChecksums=2)


@pytest.mark.parametrize("key", fonts.bundled_keys())
def test_qt_sets_a_key_in_our_own_file(key: str) -> None:
    raw, face = fonts.raw_font(key), fonts.face(key)
    assert raw.familyName() == face.family
    assert raw.familyName().startswith("JM ")
    assert raw.pixelSize() == EM
    assert raw.weight() == face.weight
    assert bytes(raw.fontTable("head").data()) == opened(key).reader["head"], "another font of the same name"


@pytest.mark.parametrize("key", fonts.bundled_keys())
def test_a_bundled_face_can_be_embedded_and_says_what_it_is(key: str) -> None:
    font, face = opened(key), fonts.face(key)
    assert font["OS/2"].fsType == 0
    assert fonts.face_embeddable(key)
    assert "glyf" in font
    assert not fonts.face_has_cff(key)
    assert "fvar" not in font
    assert face.file is not None
    assert font["name"].getDebugName(6) == Path(face.file).stem
    assert "Open Font License" in font["name"].getDebugName(13)
    assert fonts.coverage(key) == set(font.getBestCmap())


def test_postscript_names_are_distinct_and_none_is_an_old_one() -> None:
    names = [opened(key)["name"].getDebugName(6) for key in fonts.bundled_keys()]
    assert len(set(names)) == len(names)
    texts = {record.toUnicode() for key in fonts.bundled_keys() for record in opened(key)["name"].names}
    assert not [text for text in texts if text.startswith(("Inter", "Noto"))]


def test_every_licence_is_kept() -> None:
    licences = sorted(font_dir().glob("LICENSE-*.txt"))
    assert len(licences) == 6
    assert all("SIL OPEN FONT LICENSE" in file.read_text(encoding="utf-8").upper() for file in licences)


def test_every_face_names_the_scripts_that_qt_asks_for() -> None:
    for key in fonts.bundled_keys():
        scripts = {record.ScriptTag for record in opened(key)["GSUB"].table.ScriptList.ScriptRecord}
        assert scripts >= {"DFLT", "dev2", "bng2", "khmr", "syrc", "thaa", "nko ", "sinh"}


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        fonts.face("comic")


def test_system_keys_carry_family_and_weight() -> None:
    assert fonts.face(fonts.system_key("Some Font", 400)) == fonts.Face("system:Some Font", "Some Font")
    assert fonts.face(fonts.system_key("Some Font", 700)) == fonts.Face("system:Some Font:700", "Some Font", 700)


def test_without_an_application_there_is_one_clear_error() -> None:
    code = "from app.layout.text import TextStyle, layout_text; layout_text('a', TextStyle(9), None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert "RuntimeError: Fonts need a QGuiApplication." in done.stderr


def test_a_damaged_installation_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "font_dir", lambda: tmp_path)
    with pytest.raises(RuntimeError, match=r"JMSans-Regular.ttf cannot be loaded"):
        fonts._register.__wrapped__("sans")


@pytest.mark.parametrize(
    ("text", "faces"),
    [
        ("", ["sans"]),
        ("Plain text, “quoted” — 3 €", ["sans"]),
        ("مرحبا بالعالم.", ["arabic"]),
        ("مرحبا (12)", ["arabic", "sans"]),
        ("a مرحبا b", ["sans", "arabic", "sans"]),
        ("क्या है?", ["devanagari"]),
        ("✔ a", ["symbols", "sans"]),
        ("☎ ☎\ufe0f", ["symbols", "sans", "emoji"]),
        ("😀 😀", ["emoji", "sans", "emoji"]),
        ("☎.", ["symbols"]),
        ("1 #", ["sans"]),
        ("1\ufe0f\u20e3", ["emoji"]),
        ("a\u200db", ["sans"]),
        ("\u200d", ["sans"]),
    ],
)
def test_the_faces_of_a_text(text: str, faces: list[str]) -> None:
    runs = face_runs(text, "regular")
    assert [run.face for run in runs] == faces
    assert runs[0].start == 0
    assert runs[-1].end == len(text)


def test_what_latin_text_is_made_of_takes_the_short_way() -> None:
    assert font_choice.is_plain("Straße, naïve café — Ωmega Кириллица ½ → ★ 24.99 €")
    for text in ("a\n", "ع", "😀", "e\u0301", "⚡", "\u202e", "\u200d", "\ufe0f", "\ud83d"):
        assert not font_choice.is_plain(text)


@pytest.mark.parametrize("weight", list(SANS))
def test_a_plain_text_is_one_run_in_each_weight(weight: Weight) -> None:
    assert face_runs("Plain", weight) == [FaceRun(0, 5, SANS[weight])]


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("plain", "ja", ""),
        ("漢字", "", "SimplifiedChinese"),
        ("漢字", "ja", "Japanese"),
        ("漢字", "zh-Hant", "TraditionalChinese"),
        ("漢字", "zh_TW", "TraditionalChinese"),
        ("漢字", "zh-CN", "SimplifiedChinese"),
        ("漢字", "ko-KR", "Korean"),
        ("漢字です", "", "Japanese"),
        ("漢字 한국", "en", "Korean"),
    ],
)
def test_the_language_tells_whose_characters_they_are(text: str, language: str, region: str) -> None:
    assert system_fonts.east_asian(text, language) == region


def system_face(char: str, weight: Weight = "regular", region: str = "Japanese") -> str:
    key = system_fonts.face_for(char, weight, region)
    if key is None:
        pytest.skip("this machine has no font for the character")
    return key


def test_japanese_is_set_in_a_font_of_the_machine() -> None:
    key = system_face("日")
    (run, *_) = layout_text("日本語", TextStyle(9), None, language="ja").runs
    assert run.face == key
    assert key.startswith(fonts.SYSTEM)
    assert 0 not in run.glyphs


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_a_system_face_is_embedded_as_qt_uses_it(weight: Weight) -> None:
    key = system_face("日", weight)
    font = opened(key)
    assert ("CFF " in font) is fonts.face_has_cff(key)
    assert ("glyf" in font) is not fonts.face_has_cff(key)
    (glyph,) = fonts.raw_font(key).glyphIndexesForString("日")
    assert font.getGlyphID(font.getBestCmap()[ord("日")]) == glyph
    assert hb.Face(fonts.face_bytes(key)).upem == font["head"].unitsPerEm


def test_a_system_face_is_not_made_bolder_than_it_is() -> None:
    key = system_face("日", "semibold")
    assert fonts.raw_font(key).weight() == fonts.face(key).weight
    assert fonts.face(key).weight in {400, 600, 700}


@pytest.mark.usefixtures("fresh_caches")
def test_without_a_font_for_it_text_is_a_box_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda _name="Any": ())
    assert system_fonts._faces.__wrapped__("Japanese", "regular") == ()
    monkeypatch.setattr(system_fonts, "_faces", lambda *_: ())
    assert [run.face for run in face_runs("日本", "semibold", "ja")] == ["sans-semibold"]


@pytest.mark.usefixtures("fresh_caches")
def test_a_font_that_may_not_be_embedded_is_the_last_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    fitness = {"system:MS Gothic": 2, "system:Meiryo": 1, "system:IPAGothic": 0, "system:DejaVu Sans": 3}
    monkeypatch.setattr(fonts, "installed", lambda _name="Any": ("DejaVu Sans", "IPAGothic", "MS Gothic", "Meiryo"))
    monkeypatch.setattr(fonts, "weights", lambda _family: frozenset({400}))
    monkeypatch.setattr(fonts, "face_fitness", fitness.__getitem__)
    order = system_fonts._faces.__wrapped__("Japanese", "semibold")
    assert order == ("system:IPAGothic", "system:Meiryo", "system:MS Gothic")
    covered = {"system:Meiryo", "system:MS Gothic"}
    monkeypatch.setattr(fonts, "covers", lambda key, _char: key in covered)
    monkeypatch.setattr(system_fonts, "_faces", lambda *_: order)
    assert system_fonts.face_for("日", "semibold", "Japanese") == "system:Meiryo"


@pytest.mark.parametrize(
    ("tables", "fitness", "embeddable"),
    [
        ({"loca": b"x", "maxp": b"\0\1\0\0"}, 0, True),
        ({"maxp": b"\0\0\x50\0"}, 0, True),
        ({"loca": b"x", "fvar": b"x"}, 1, True),
        ({"loca": b"x", "OS/2": bytes(9) + b"\x02"}, 2, False),
        ({"loca": b"x", "OS/2": bytes(8) + b"\x02\0"}, 2, False),
        ({"loca": b"x", "OS/2": bytes(9) + b"\x08"}, 0, True),
        ({"loca": b"x", "COLR": b"x"}, 3, True),
        ({"maxp": b"\0\1\0\0"}, 3, True),
    ],
)
def test_what_a_system_face_is_good_for(
    tables: dict[str, bytes], fitness: int, embeddable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    face, raw = fonts.Face("system:JM Sans", "JM Sans"), fonts.raw_font("sans")  # any face that Qt finds
    monkeypatch.setattr(fonts, "face", lambda _key: face)
    monkeypatch.setattr(fonts, "raw_font", lambda _key: raw)
    monkeypatch.setattr(fonts, "table", lambda _key, tag: tables.get(tag, b""))
    assert fonts.face_fitness.__wrapped__("system:JM Sans") == fitness
    assert fonts.face_embeddable("system:JM Sans") is embeddable


def test_a_replaced_font_is_of_no_use() -> None:
    assert fonts.face_fitness("system:No Such Family At All") == 3
