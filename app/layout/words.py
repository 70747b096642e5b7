"""The few words the program itself prints on a map, in the map's own language; English for the rest."""

from __future__ import annotations

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "current": "Current state",
        "future": "Future state",
        "review": "review",
        "interaction": "Line of interaction",
        "visibility": "Line of visibility",
        "internal": "Line of internal interaction",
        "no_picture": "Picture missing",
    },
    "de": {
        "current": "Ist-Zustand",
        "future": "Soll-Zustand",
        "review": "Prüfung",
        "interaction": "Interaktionslinie",
        "visibility": "Sichtbarkeitslinie",
        "internal": "Interne Interaktionslinie",
        "no_picture": "Bild fehlt",
    },
    "fr": {
        "current": "État actuel",
        "future": "État futur",
        "review": "révision",
        "interaction": "Ligne d’interaction",
        "visibility": "Ligne de visibilité",
        "internal": "Ligne d’interaction interne",
        "no_picture": "Image manquante",
    },
    "es": {
        "current": "Estado actual",
        "future": "Estado futuro",
        "review": "revisión",
        "interaction": "Línea de interacción",
        "visibility": "Línea de visibilidad",
        "internal": "Línea de interacción interna",
        "no_picture": "Falta la imagen",
    },
    "ar": {
        "current": "الوضع الحالي",
        "future": "الوضع المستقبلي",
        "review": "المراجعة",
        "interaction": "خط التفاعل",
        "visibility": "خط الرؤية",
        "internal": "خط التفاعل الداخلي",
        "no_picture": "الصورة مفقودة",
    },
    "hi": {
        "current": "वर्तमान स्थिति",
        "future": "भविष्य की स्थिति",
        "review": "समीक्षा",
        "interaction": "संपर्क रेखा",
        "visibility": "दृश्यता रेखा",
        "internal": "आंतरिक संपर्क रेखा",
        "no_picture": "चित्र नहीं मिला",
    },
    "ja": {
        "current": "現状",
        "future": "将来像",
        "review": "見直し",
        "interaction": "相互作用線",
        "visibility": "可視線",
        "internal": "内部相互作用線",
        "no_picture": "画像がありません",
    },
}

RTL_LANGUAGES = frozenset({"ar", "dv", "fa", "he", "iw", "ku", "ps", "sd", "ug", "ur", "yi"})


def word(language: str, key: str) -> str:
    """A word by its key in the language of a BCP 47 tag."""
    return _WORDS.get(_primary(language), _WORDS["en"])[key]


def reads_right_to_left(language: str) -> bool:
    """True where a map in that language runs from right to left."""
    return _primary(language) in RTL_LANGUAGES


def _primary(language: str) -> str:
    return language.split("-", 1)[0].lower()
