"""How long something takes, as people write it: "2 h 30 min", in the language of a map."""

from __future__ import annotations

import re

from app.model.languages import primary

_LENGTHS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
"""The units from the longest, in seconds."""

_NEUTRAL: dict[str, tuple[str, ...]] = {"d": ("{} d",), "h": ("{} h",), "min": ("{} min",), "s": ("{} s",)}
_WRITTEN: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {"d": ("{} Tag", "{} Tage"), "h": ("{} Std.",), "min": ("{} Min.",), "s": ("{} Sek.",)},
    "fr": {**_NEUTRAL, "d": ("{} j",)},
    "ar": {
        "d": ("يوم", "يومان", "{} أيام", "{} يومًا", "{} يوم"),
        "h": ("{} س",), "min": ("{} د",), "s": ("{} ث",),
    },
    "hi": {"d": ("{} दिन",), "h": ("{} घंटा", "{} घंटे"), "min": ("{} मिनट",), "s": ("{} सेकंड",)},
    "ja": {"d": ("{}日",), "h": ("{}時間",), "min": ("{}分",), "s": ("{}秒",)},
}  # fmt: skip
"""A count of each unit by language, in as many forms as it has: see `_form`. Other languages take the symbols."""

_UNSPACED = frozenset({"ja"})

_SPELT = {
    "d": "d day days jour jours día días",
    "h": "h hr hrs hour hours Stunde Stunden heure heures hora horas ساعة ساعات",
    "min": "m min mins minute minutes Minuten minuto minutos دقيقة دقائق",
    "s": "s sec secs second seconds Sekunde Sekunden seconde secondes segundo segundos ثانية ثوان",
}
"""More words that people write for a unit."""

_WORDS = {
    "": "min",
    **{word.lower(): unit for unit, words in _SPELT.items() for word in words.split()},
    **{
        form.replace("{}", "").strip().rstrip(".").lower(): unit
        for units in _WRITTEN.values()
        for unit, forms in units.items()
        for form in forms
    },
}
"""What each word that people write stands for, in any of the languages: who maps in one may think in another."""

_ALONE = {"يوم": 1.0, "يومان": 2.0}
"""Counts that are said without a figure."""

_PART = re.compile(r"\s*(\d{1,9}(?:[.,]\d{1,6})?)?\s*([^\d\s.,]*)\.?", re.IGNORECASE)


def duration_text(minutes: float, language: str = "en") -> str:
    """Minutes in days, hours, minutes and, below an hour, seconds: "2 h 30 min", "45 s". Whole seconds only."""
    seconds = round(minutes * 60)
    if seconds >= 3600:
        seconds = round(seconds / 60) * 60
    words = []
    for unit, length in _LENGTHS:
        count, seconds = divmod(seconds, length)
        if count:
            words.append(_counted(count, unit, language))
    return ("" if primary(language) in _UNSPACED else " ").join(words) or _counted(0, "min", language)


def minute_unit(language: str) -> str:
    """The unit of a figure that is measured in minutes."""
    return _forms("min", language)[-1].replace("{}", "").strip()


def minutes_in(text: str) -> float | None:
    """The minutes in what somebody typed, such as "2 h 30 min", "1.5h", "45"; None where it says no duration."""
    total, at = 0.0, 0
    text = text.strip()
    while at < len(text):
        part = _PART.match(text, at)
        unit = _WORDS.get(part[2].lower()) if part else None
        count = _number(part) if part else None
        if part is None or unit is None or count is None:
            return None
        total += count * dict(_LENGTHS)[unit] / 60
        at = part.end()
    return round(total, 6) if text else None


def _number(part: re.Match[str]) -> float | None:
    return float(part[1].replace(",", ".")) if part[1] else _ALONE.get(part[2])


def _counted(count: int, unit: str, language: str) -> str:
    forms = _forms(unit, language)
    return forms[min(_form(count, language), len(forms) - 1)].format(count)


def _forms(unit: str, language: str) -> tuple[str, ...]:
    return _WRITTEN.get(primary(language), _NEUTRAL)[unit]


def _form(count: int, language: str) -> int:
    """The number of the form that a count takes, by the plural rules of the Unicode CLDR for whole numbers."""
    if primary(language) == "ar":
        if count in (1, 2):
            return count - 1
        return 2 if 3 <= count % 100 <= 10 else 3 if count % 100 >= 11 else 4
    return 0 if count == 1 or (count == 0 and primary(language) == "hi") else 1
