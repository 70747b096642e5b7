"""The few words the program itself prints on a map, in the map's own language; English for the rest."""

from __future__ import annotations

from app.model.languages import primary

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "current": "Current state",
        "future": "Future state",
        "review": "review",
        "interaction": "Line of interaction",
        "visibility": "Line of visibility",
        "internal": "Line of internal interaction",
        "no_picture": "Picture missing",
        "most": "high",
        "least": "low",
        "peak": "Peak",
        "low": "Low",
        "end": "End",
        "assumption": "Assumption",
        "quote": "“{}”",
    },
    "de": {
        "current": "Ist-Zustand",
        "future": "Soll-Zustand",
        "review": "Prüfung",
        "interaction": "Interaktionslinie",
        "visibility": "Sichtbarkeitslinie",
        "internal": "Interne Interaktionslinie",
        "no_picture": "Bild fehlt",
        "most": "hoch",
        "least": "niedrig",
        "peak": "Höhepunkt",
        "low": "Tiefpunkt",
        "end": "Ende",
        "assumption": "Annahme",
        "quote": "„{}“",
    },
    "fr": {
        "current": "État actuel",
        "future": "État futur",
        "review": "révision",
        "interaction": "Ligne d’interaction",
        "visibility": "Ligne de visibilité",
        "internal": "Ligne d’interaction interne",
        "no_picture": "Image manquante",
        "most": "élevé",
        "least": "faible",
        "peak": "Sommet",
        "low": "Creux",
        "end": "Fin",
        "assumption": "Hypothèse",
        "quote": "« {} »",
    },
    "es": {
        "current": "Estado actual",
        "future": "Estado futuro",
        "review": "revisión",
        "interaction": "Línea de interacción",
        "visibility": "Línea de visibilidad",
        "internal": "Línea de interacción interna",
        "no_picture": "Falta la imagen",
        "most": "alto",
        "least": "bajo",
        "peak": "Pico",
        "low": "Valle",
        "end": "Final",
        "assumption": "Suposición",
        "quote": "«{}»",
    },
    "ar": {
        "current": "الوضع الحالي",
        "future": "الوضع المستقبلي",
        "review": "المراجعة",
        "interaction": "خط التفاعل",
        "visibility": "خط الرؤية",
        "internal": "خط التفاعل الداخلي",
        "no_picture": "الصورة مفقودة",
        "most": "مرتفع",
        "least": "منخفض",
        "peak": "الذروة",
        "low": "الأدنى",
        "end": "النهاية",
        "assumption": "افتراض",
        "quote": "«{}»",
    },
    "hi": {
        "current": "वर्तमान स्थिति",
        "future": "भविष्य की स्थिति",
        "review": "समीक्षा",
        "interaction": "संपर्क रेखा",
        "visibility": "दृश्यता रेखा",
        "internal": "आंतरिक संपर्क रेखा",
        "no_picture": "चित्र नहीं मिला",
        "most": "उच्च",
        "least": "निम्न",
        "peak": "शिखर",
        "low": "न्यूनतम",
        "end": "अंत",
        "assumption": "अनुमान",
        "quote": "“{}”",
    },
    "ja": {
        "current": "現状",
        "future": "将来像",
        "review": "見直し",
        "interaction": "相互作用線",
        "visibility": "可視線",
        "internal": "内部相互作用線",
        "no_picture": "画像がありません",
        "most": "高",
        "least": "低",
        "peak": "最高",
        "low": "最低",
        "end": "終わり",
        "assumption": "仮定",
        "quote": "「{}」",
    },
}

RTL_LANGUAGES = frozenset({"ar", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


def word(language: str, key: str) -> str:
    """A word by its key in the language of a BCP 47 tag."""
    return _WORDS.get(primary(language), _WORDS["en"])[key]


def quoted(language: str, text: str) -> str:
    """What somebody said, in the quotation marks of the language; nothing stays nothing."""
    said = text.strip().strip('"“”„«»「」').strip()
    return word(language, "quote").format(said) if said else ""


def reads_right_to_left(language: str) -> bool:
    """True where a map in that language runs from right to left."""
    return primary(language) in RTL_LANGUAGES
