"""Which face sets which part of a text: by what the faces cover, base face first, one face per cluster."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from app.layout import fonts, system_fonts
from app.layout.fonts import SANS, Weight

# In these ranges a character is a picture by default; elsewhere only a variation selector 16 makes it one.
PICTURES = "⌚⌛⏩-⏬⏰⏳◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓-❕❗➕-➗➰➿⬛⬜⭐⭕🀄🃏🆎🆑-🆚🈁🈚🈯🈲-🈶🈸-🈺🉐🉑🌀-🫿"
_MARK = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MODIFIER = "\U0001f3fb-\U0001f3ff"
_ELEMENT = f"[^\\s{_MARK}](?:\ufe0f|[{_MODIFIER}])"
_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[0-9#*]\ufe0f?\u20e3"  # a keycap
    f"|(?:[{PICTURES}]|{_ELEMENT})[\ufe0f{_MODIFIER}\u20e3]*[\U000e0020-\U000e007f]*"
    f"(?:\u200d[^\\s{_MARK}][\ufe0f{_MODIFIER}]*)*"
)
_NEUTRAL = {"Zs", "Po", "Ps", "Pe", "Pi", "Pf", "Pd", "Cf"}
_FALLBACKS = ("arabic", "hebrew", "devanagari", "symbols", "emoji")


class FaceRun(NamedTuple):
    """The characters start … end (code points, end excluded) and the key of their face."""

    start: int
    end: int
    face: str


@lru_cache(maxsize=1024)
def _keyed(script: str, weight: Weight) -> str:
    key = f"{script}-semibold"
    return key if weight == "semibold" and key in fonts.bundled_keys() else script


@cache
def _plain() -> re.Pattern[str]:
    """Texts that the base face sets alone: all it covers, but for pictures."""
    shared = frozenset.intersection(*(fonts.coverage(key) for key in SANS.values()))
    chars = sorted(char for char in shared if not re.match(f"[{PICTURES}]", chr(char)))
    return re.compile("[" + "".join(f"\\U{char:08x}" for char in chars) + "]*")


def face_runs(text: str, weight: Weight, language: str = "") -> list[FaceRun]:
    """The faces of a text, in order and without gaps. An empty text has one empty run in the base face."""
    base = SANS[weight]
    if _plain().fullmatch(text):
        return [FaceRun(0, len(text), base)]
    clusters = _clusters(text)
    language = language or system_fonts.guess_language(text)
    faces = [_face_of(text[start:end], weight, language) for start, end in clusters]
    _settle_neutrals(text, clusters, faces, base)
    return _merged(clusters, faces)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Ranges that must not be torn: emoji sequences, and characters with their marks."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        emoji = _EMOJI.match(text, at)
        end = emoji.end() if emoji else at + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        found.append((at, end))
        at = end
    return found


@lru_cache(maxsize=4096)
def _joins(char: str) -> bool:
    """True for a character that belongs to the one before it: marks, joiners, variation selectors, tags."""
    return (
        unicodedata.category(char) in {"Mn", "Mc", "Me"}
        or char in "\u200c\u200d"
        or "\U000e0020" <= char <= "\U000e007f"
    )


@lru_cache(maxsize=8192)
def _face_of(cluster: str, weight: Weight, language: str) -> str:
    """The first face that covers the whole cluster, else its first character, else the base face (its empty box)."""
    base = SANS[weight]
    candidates = [base, *(_keyed(script, weight) for script in _FALLBACKS)]
    if _EMOJI.match(cluster):
        candidates.insert(0, "emoji")
    needed = [ord(char) for char in cluster if not _invisible(char)] or [ord(cluster[0])]
    for chars in (needed, needed[:1]):
        for key in candidates:
            if all(char in fonts.coverage(key) for char in chars):
                return key
    return system_fonts.face_for(needed[0], language) or base


def _invisible(char: str) -> bool:
    """True for what shaping hides: joiners, selectors, direction marks, tags."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _settle_neutrals(text: str, clusters: list[tuple[int, int]], faces: list[str], base: str) -> None:
    """Spaces and punctuation in the middle or at the end of a foreign script take its face, where it covers them."""
    before = base
    at = 0
    while at < len(faces):
        if not _is_neutral(text[clusters[at][0]], faces[at], base):
            before = faces[at]
            at += 1
            continue
        after = at
        while after < len(faces) and _is_neutral(text[clusters[after][0]], faces[after], base):
            after += 1
        if before != base and (after == len(faces) or faces[after] == before) and before != "emoji":
            for index in range(at, after):
                if all(fonts.covers(before, ord(char)) for char in text[slice(*clusters[index])]):
                    faces[index] = before
        at = after


def _is_neutral(char: str, key: str, base: str) -> bool:
    return key == base and unicodedata.category(char) in _NEUTRAL


def _merged(clusters: list[tuple[int, int]], faces: list[str]) -> list[FaceRun]:
    runs: list[FaceRun] = []
    for (start, end), key in zip(clusters, faces, strict=True):
        if runs and runs[-1].face == key:
            runs[-1] = FaceRun(runs[-1].start, end, key)
        else:
            runs.append(FaceRun(start, end, key))
    return runs
