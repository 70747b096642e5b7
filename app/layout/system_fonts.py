"""Fonts of the machine for scripts that no bundled face covers: Chinese, Japanese, Korean, Thai, …"""

from __future__ import annotations

from functools import cache

from app.layout import fonts

_KANA = ((0x3040, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))
PREFERRED: dict[str, tuple[str, ...]] = {
    "ja": (
        "Noto Sans CJK JP", "Noto Sans JP", "Source Han Sans JP", "Source Han Sans", "Hiragino Sans",
        "Hiragino Kaku Gothic ProN", "Yu Gothic", "Meiryo", "BIZ UDPGothic", "MS PGothic", "MS Gothic", "IPAPGothic",
        "IPAexGothic", "IPAGothic", "VL PGothic", "TakaoPGothic", "Droid Sans Fallback",
    ),
    "zh-Hans": (
        "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
        "Hiragino Sans GB", "Microsoft YaHei", "DengXian", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
        "Droid Sans Fallback",
    ),
    "zh-Hant": (
        "Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "Source Han Sans TW", "PingFang TC", "PingFang HK",
        "Microsoft JhengHei", "Heiti TC", "AR PL UMing TW", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    ),
    "ko": (
        "Noto Sans CJK KR", "Noto Sans KR", "Source Han Sans KR", "Source Han Sans K", "Apple SD Gothic Neo",
        "Malgun Gothic", "NanumGothic", "UnDotum", "Baekmuk Dotum",
    ),
}  # fmt: skip


def guess_language(text: str) -> str:
    """ "ja" for a text with kana, "ko" with hangul, else "": Han characters alone do not tell."""
    if any(low <= ord(char) <= high for char in text for low, high in _KANA):
        return "ja"
    return "ko" if any(low <= ord(char) <= high for char in text for low, high in _HANGUL) else ""


def face_for(char: int, language: str) -> str | None:
    """The key of a system face with this character (code point), or None where the machine has none."""
    for key in _faces(_language_key(language)):
        if fonts.covers(key, char):
            return key
    return None


def _language_key(language: str) -> str:
    low = language.lower().replace("_", "-")
    if low.startswith("zh"):
        return "zh-Hant" if any(part in low for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return low.split("-")[0]


@cache
def _faces(language: str) -> tuple[str, ...]:
    present = fonts.installed_families()
    order = [language, *(key for key in ("zh-Hans", "ja", "zh-Hant", "ko") if key != language)]
    wanted = [family for key in order for family in PREFERRED.get(key, ()) if family in present]
    return tuple(f"{fonts.SYSTEM}{family}" for family in dict.fromkeys(wanted))
