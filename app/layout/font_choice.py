"""Which face sets which part of a text: by what the faces cover, base face first, one face per cluster."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, NamedTuple

from app.layout import fonts, system_fonts
from app.layout.fonts import SANS, Weight

PICTURES: Final = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd"
    "\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755"
    "\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a"
    "\U0001f201\U0001f21a\U0001f22f\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001faff"
)
"""Characters that are pictures by themselves (Unicode: Emoji_Presentation, and the blocks of emoji); any other becomes
one only with variation selector 16 or a skin tone."""

FALLBACKS: Final = ("arabic", "hebrew", "devanagari", "symbols", "emoji")
_TONE = "\U0001f3fb-\U0001f3ff"
_LINKED = f"\u200d[^\\s\u200c\u200d][\ufe0f{_TONE}]*"
_EMOJI: Final = (
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[0-9#*]\ufe0f?\u20e3"  # a keycap
    f"|(?:[{PICTURES}]|[^\\s\u200c\u200d\ufe00-\ufe0f][\ufe0f{_TONE}])[\ufe0f{_TONE}\U000e0020-\U000e007f]*(?:{_LINKED})*"
)
IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What shaping hides (Unicode: Default_Ignorable_Code_Point, as HarfBuzz takes it): no face needs a glyph for it."""

_NEUTRAL = {"Zs", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "Cf"}


class FaceRun(NamedTuple):
    """The characters start … end (code points, end excluded) and the key of their face."""

    start: int
    end: int
    face: str


def is_plain(text: str) -> bool:
    """True for a text on one line that the base face sets alone, left to right, one UTF-16 unit to a character."""
    return all(map(_is_plain, text))


@lru_cache(maxsize=4096)
def _is_plain(char: str) -> bool:
    if char > "\uffff" or unicodedata.category(char)[0] in "CM" or _pictures().match(char):
        return False
    return all(fonts.covers(key, ord(char)) for key in SANS.values())


@cache
def _pictures() -> re.Pattern[str]:
    return re.compile(f"[{PICTURES}]")


@cache
def _emoji() -> re.Pattern[str]:
    return re.compile(_EMOJI)


@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(f"[{IGNORABLE}]+")


def face_runs(text: str, weight: Weight, language: str = "") -> list[FaceRun]:
    """The faces of a text, in order and without gaps. An empty text has one empty run in the base face."""
    base = SANS[weight]
    if is_plain(text):
        return [FaceRun(0, len(text), base)]
    region = system_fonts.east_asian(text, language)
    clusters = _clusters(text)
    faces = [_face_of(text[start:end], weight, region) for start, end in clusters]
    _settle_neutrals(text, clusters, faces, base)
    return _merged(clusters, faces)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Ranges that must not be torn: emoji sequences, and characters with their marks."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        emoji = _emoji().match(text, at)
        end = emoji.end() if emoji else at + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        found.append((at, end))
        at = end
    return found


@lru_cache(maxsize=4096)
def _joins(char: str) -> bool:
    """True for what belongs to the character before it: marks, joiners, variation selectors, tags."""
    return char in "\u200c\u200d" or unicodedata.category(char)[0] == "M" or "\U000e0020" <= char <= "\U000e007f"


@lru_cache(maxsize=8192)
def _face_of(cluster: str, weight: Weight, region: str) -> str:
    """The first face that covers the whole cluster, else its first character, else the base face (its empty box)."""
    candidates = [SANS[weight], *(_keyed(script, weight) for script in FALLBACKS)]
    if _emoji().match(cluster):
        candidates.insert(0, "emoji")
    needed = _hidden().sub("", cluster)
    if not needed:
        return SANS[weight]
    for chars in (needed, needed[:1]):
        for key in candidates:
            if all(fonts.covers(key, ord(char)) for char in chars):
                return key
    return system_fonts.face_for(needed[0], weight, region) or SANS[weight]


@cache
def _keyed(script: str, weight: Weight) -> str:
    """The face of a script in the weight nearest to the wanted one."""
    key = f"{script}-semibold"
    return key if weight == "semibold" and key in fonts.bundled_keys() else script


def _settle_neutrals(text: str, clusters: list[tuple[int, int]], faces: list[str], base: str) -> None:
    """Spaces and punctuation inside or at the end of a foreign script take its face, where that has them.

    So a sentence stays one run, and its spaces have the width that its script wants.
    """
    before, waiting = base, list[int]()
    for index, (start, _) in enumerate(clusters):
        if faces[index] == base and unicodedata.category(text[start]) in _NEUTRAL:
            waiting.append(index)
            continue
        if faces[index] == before:
            _take(before, waiting, text, clusters, faces)
        before, waiting = faces[index], []
    _take(before, waiting, text, clusters, faces)


def _take(key: str, indices: list[int], text: str, clusters: list[tuple[int, int]], faces: list[str]) -> None:
    if key != "emoji":
        for index in indices:
            if all(fonts.covers(key, ord(char)) for char in _hidden().sub("", text[slice(*clusters[index])])):
                faces[index] = key


def _merged(clusters: list[tuple[int, int]], faces: list[str]) -> list[FaceRun]:
    runs: list[FaceRun] = []
    for (start, end), key in zip(clusters, faces, strict=True):
        if runs and runs[-1].face == key:
            runs[-1] = FaceRun(runs[-1].start, end, key)
        else:
            runs.append(FaceRun(start, end, key))
    return runs
