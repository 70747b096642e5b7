"""Texts of many scripts to wrap: those of the samples, and sentences with what is hard to set."""

from __future__ import annotations

from app.files import load
from app.paths import sample_dir

COUNT = 200
SHARE = {"broadband": 60, "arabic": 40, "hindi": 30, "japanese": 30}
HARD = (
    "office affluent waffle AVATAR To Wo Ty 11:11 (ff) “quoted” — dashes – and … 3×4 ≥ 10 % of 1 000 €",
    "Straßenüberquerung, Ärger, Œuvre, Łódź, Ångström, naïve façade, Việt Nam, Ελληνικά, Кириллица",
    "e\u0301te\u0301 Z\u0351 o\u0308 combining marks stay with their letters, also at the end of a line a\u030a",
    "שלום עולם, זה משפט ארוך שצריך להישבר לכמה שורות בכרטיס צר",
    "שָׁלוֹם עוֹלָם עם ניקוד, ומספר 42 באמצע (בסוגריים) וגם ABC",
    "Say السلام عليكم to everybody, then שלום, then नमस्ते, then 今日は, and go on",
    "العميل يتصل بالرقم ‎+49 30 1234567 ثم ينتظر 15 دقيقة (أو أكثر) على WhatsApp!",
    "ग्राहक की यात्रा: विद्यार्थी क्षेत्र में प्रतीक्षा करते हैं, फिर कॉल करते हैं।",
    "👍🏽 good, 👨‍👩‍👧 family, 🇩🇪 flag, ☎ phone, ✔ done, → next, ★★★☆☆",
    "Supercalifragilisticexpialidocious-Donaudampfschifffahrtsgesellschaftskapitän/and/a/path/that/never/ends",
    "line one\nline two\n\nafter an empty line\ttab and   three spaces   ",
    "顧客は電話で15分待ち、WhatsAppに切り替える。「まだですか？」",
    "고객은 전화를 걸고 기다립니다. 그리고 다시 걸어요.",
    "客户打电话，等待十五分钟，然后放弃。",
)


def wrapped_texts() -> list[str]:
    """COUNT different texts."""
    found = dict.fromkeys(HARD)
    for sample, share in SHARE.items():
        records = load(sample_dir() / f"{sample}.jmap").records
        texts = [value for record in records for value in (_long_text(record.__dict__),) if value]
        found.update(dict.fromkeys(texts[:share]))
    at = 0
    while len(found) < COUNT:
        found[f"{HARD[at % len(HARD)]} {at} {HARD[(at * 5 + 1) % len(HARD)]}"] = None
        at += 1
    return list(found)[:COUNT]


def _long_text(values: dict[str, object]) -> str:
    parts = [values.get(name) for name in ("title", "body", "label")]
    return " ".join(part for part in parts if isinstance(part, str) and part)
