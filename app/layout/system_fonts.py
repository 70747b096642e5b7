"""Fonts of the machine for scripts that no bundled face covers: Chinese, Japanese, Korean, Thai, Georgian, …"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from app.layout import fonts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.layout.fonts import Weight

PREFERRED: Final[dict[str, tuple[str, ...]]] = {
    "Japanese": (
        *("Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Source Han Sans", "Hiragino Sans"),
        *("Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "BIZ UDPGothic", "MS PGothic", "MS Gothic"),
        *("IPAexGothic", "IPAPGothic", "IPAGothic", "VL PGothic", "TakaoPGothic"),
    ),
    "SimplifiedChinese": (
        *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
        *("Hiragino Sans GB", "Microsoft YaHei", "DengXian", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    ),
    "TraditionalChinese": (
        *("Noto Sans CJK TC", "Noto Sans CJK HK", "Noto Sans TC", "Source Han Sans TC", "Source Han Sans TW"),
        *("PingFang TC", "PingFang HK", "Microsoft JhengHei", "Heiti TC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"),
    ),
    "Korean": (
        *("Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans KR", "Source Han Sans K", "Apple SD Gothic Neo"),
        *("Malgun Gothic", "NanumGothic", "UnDotum", "Baekmuk Dotum"),
    ),
    "Any": (
        *("Noto Sans", "Segoe UI", "Segoe UI Symbol", "Segoe UI Historic", "Apple Symbols", "Cambria Math"),
        *("Noto Sans Math", "Noto Sans Symbols", "DejaVu Sans", "FreeSans", "Arial Unicode MS"),
    ),
}
SCRIPTS: Final = (
    *((0x0530, 0x058F, "Armenian"), (0x0700, 0x074F, "Syriac"), (0x0780, 0x07BF, "Thaana"), (0x07C0, 0x07FF, "Nko")),
    *((0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati")),
    *((0x0B00, 0x0B7F, "Oriya"), (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada")),
    *((0x0D00, 0x0D7F, "Malayalam"), (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao")),
    *((0x0F00, 0x0FFF, "Tibetan"), (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian")),
    *((0x1780, 0x17FF, "Khmer"), (0x1C90, 0x1CBF, "Georgian"), (0x2D00, 0x2D2F, "Georgian")),
)
_KANA: Final = "[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]"
_HANGUL: Final = "[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]"
_EAST_ASIAN: Final = (
    "[\u1100-\u11ff\u2e80-\u31ff\u3200-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b16f\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)


def east_asian(text: str, language: str) -> str:
    """The writing system for the Han characters of a text: that of the language (BCP 47), else what the text shows.

    "" for a text that has no East Asian characters. Without a hint Han characters are taken for simplified Chinese.
    """
    if not re.search(_EAST_ASIAN, text):
        return ""
    tags = language.lower().replace("_", "-").split("-")
    if tags[0] == "zh":
        return "TraditionalChinese" if {"hant", "tw", "hk", "mo"} & set(tags) else "SimplifiedChinese"
    if tags[0] == "ja" or (tags[0] != "ko" and re.search(_KANA, text)):
        return "Japanese"
    return "Korean" if tags[0] == "ko" or re.search(_HANGUL, text) else "SimplifiedChinese"


def face_for(char: str, weight: Weight, region: str) -> str | None:
    """The key of the best system face with this character, or None where the machine has none.

    `region` is the writing system that East Asian characters are taken for, see `east_asian`.
    """
    covering = (key for key in _faces(_writing_system(char, region), weight) if fonts.covers(key, ord(char)))
    return min(covering, key=fonts.face_fitness, default=None)


def _writing_system(char: str, region: str) -> str:
    if re.match(_EAST_ASIAN, char):
        return region or "SimplifiedChinese"
    return next((name for first, last, name in SCRIPTS if first <= ord(char) <= last), "Any")


@cache
def _faces(writing_system: str, weight: Weight) -> tuple[str, ...]:
    """The usable faces for a writing system, best first."""
    keys = (fonts.system_key(family, _weight_in(family, weight)) for family in _families(writing_system))
    return tuple(sorted((key for key in keys if fonts.face_fitness(key) < 3), key=fonts.face_fitness))


def _families(writing_system: str) -> Iterator[str]:
    """Families by preference, then whatever Qt knows for the writing system; without repetition."""
    present = set(fonts.installed())
    preferred = [*PREFERRED.get(writing_system, ())]
    if writing_system in PREFERRED and writing_system != "Any":
        preferred += [family for families in PREFERRED.values() for family in families]
    known = () if writing_system == "Any" else fonts.installed(writing_system)
    return (family for family in dict.fromkeys([*preferred, *known, *PREFERRED["Any"]]) if family in present)


def _weight_in(family: str, weight: Weight) -> int:
    """The weight of the family nearest to the wanted one: one that it really has, Qt must not make any."""
    wanted = 650 if weight == "semibold" else 400
    return min(sorted(fonts.weights(family)), key=lambda number: abs(number - wanted), default=400)
