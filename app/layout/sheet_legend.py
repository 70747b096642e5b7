"""The legend at the bottom of a sheet: what the signs mean that are really used on this map.

Counts what is in use edit by edit, so that a large map need not be read again for each of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.layout import theme
from app.layout.badges import (
    ICON_SIZE,
    MARK_WIDTH,
    STANDING_ICONS,
    badge_sign,
    badges_of,
    persona_marks,
    persona_sign,
)
from app.layout.drawing import Drawing, Icon, Line, Primitive, Shape
from app.layout.script import Script, text_at
from app.layout.terms import term
from app.layout.text import TextBlock
from app.model.diff import Diff
from app.model.kinds import card_kind, card_kinds
from app.model.kinds.thought import Thought
from app.model.records import Card, EmotionPoint, Persona, Record
from app.model.store import RecordGraph

ID = "legend"
_GAP, _SIGN_GAP, _ROW = 6.0, 1.2, 5.0
_LINE = 7.0
_PERSONAS = 12
"""So many personas are explained at most: beyond that the legend would be larger than the map."""


class Sign(NamedTuple):
    """Something that is explained. `sort`: kind, quote, standing, badge, persona or curve."""

    sort: str
    icon: str = ""
    meaning: str = ""


_BADGES = (
    *("sources", "moment_of_truth", "importance", "satisfaction", "duration", "owner"),
    *("score", "severity", "frequency", "votes", "impact", "effort", "confidence"),
)
"""The badges in the order in which they are explained; those of other kinds come after them."""

_ORDER = ("kind", "quote", "standing", "badge", "persona", "curve")


class InUse:
    """How often each sign is used on a map."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._counts: Counter[Sign] = Counter(sign for record in records for sign in _signs(record))

    def take(self, diff: Diff) -> None:
        for before, after in diff.values():
            self._counts.subtract(_signs(before))
            self._counts.update(_signs(after))

    @property
    def signs(self) -> frozenset[Sign]:
        return frozenset(sign for sign, count in self._counts.items() if count > 0)


def _signs(record: Record | None) -> Iterator[Sign]:
    if isinstance(record, Card):
        yield Sign("kind", meaning=record.kind)
        if isinstance(record, Thought) and record.quoted:
            yield Sign("quote", "quote", "quote")
        for badge in badges_of(record):
            if not badge.is_spelt:
                yield Sign("standing" if badge.meaning in STANDING_ICONS else "badge", badge.icon, badge.meaning)
        for persona in record.personas:
            yield Sign("persona", meaning=persona)
    elif isinstance(record, EmotionPoint) and record.standing == "assumption":
        yield Sign("curve", meaning="curve_assumed")


class _Entry(NamedTuple):
    """A sign set, its width in mm and its words."""

    width: float
    sign: Sign
    block: TextBlock


class SheetLegend:
    """The legend of a map, kept up to date; nothing is counted while it is not shown."""

    def __init__(self, store: RecordGraph) -> None:
        self._store = store
        self._used: InUse | None = None
        self._made_of: object = None
        self._drawing: Drawing | None = None

    def take(self, diff: Diff) -> None:
        """Follows a change that is already in the store."""
        if self._used is not None:
            self._used.take(diff)

    def drawing(self, is_shown: bool, personas: Sequence[Persona], width: float, script: Script) -> Drawing | None:
        """The legend for a sheet `width` mm wide; None where it is not wanted or has nothing to explain."""
        if not is_shown:
            self._used = None
            return None
        if self._used is None:
            self._used = InUse(self._store)
        signs = self._used.signs
        made_of = signs, tuple(personas), width, script
        if made_of != self._made_of:
            self._made_of = made_of
            self._drawing = legend_drawing(signs, personas, width, script) if signs else None
        return self._drawing


def legend_drawing(signs: Iterable[Sign], personas: Sequence[Persona], width: float, script: Script) -> Drawing:
    """What the signs mean, one after the other in as many rows as it takes, under a rule."""
    heading = script.block(term(script.language, ID), theme.BRIEF_LABEL, None)
    middle = 2.0 + _ROW / 2
    items: list[Primitive] = [
        Line(theme.SHEET_PAD, 0.0, width - theme.SHEET_PAD, 0.0, theme.HAIRLINE, theme.HAIR),
        text_at(script, heading, theme.SHEET_PAD, middle - heading.height / 2, width, theme.BLACK, False),
    ]
    first = theme.SHEET_PAD + heading.width + _GAP
    start = first
    marks = persona_marks(personas)
    for entry in _entries(signs, personas, width - first - theme.SHEET_PAD, script):
        if start > first and start + entry.width > width - theme.SHEET_PAD:
            start, middle = first, middle + _ROW
        sign_width = entry.width - _SIGN_GAP - entry.block.width
        x = script.x(start, sign_width, width)
        if entry.sign.sort == "persona":
            items += persona_sign(marks[entry.sign.meaning], x, middle)
        else:
            items.append(_drawn(entry.sign, x, middle))
        y = middle - entry.block.height / 2
        items.append(text_at(script, entry.block, start + sign_width + _SIGN_GAP, y, width, theme.BLACK, True))
        start += entry.width + _GAP
    return Drawing(width, middle + _ROW / 2 + 1.0, tuple(items))


def _entries(signs: Iterable[Sign], personas: Sequence[Persona], room: float, script: Script) -> Iterator[_Entry]:
    people = {one.id: number for number, one in enumerate(personas)}
    known = [sign for sign in signs if sign.sort != "persona" or people.get(sign.meaning, _PERSONAS) < _PERSONAS]
    ranks: dict[str, Sequence[str]] = {
        "kind": list(card_kinds()),
        "standing": list(STANDING_ICONS),
        "badge": _BADGES,
        "persona": list(people),
    }

    def place(sign: Sign) -> tuple[int, int, str, str]:
        among = ranks.get(sign.sort, ())
        number = among.index(sign.meaning) if sign.meaning in among else len(among)
        return _ORDER.index(sign.sort), number, sign.meaning, sign.icon

    for sign in sorted(known, key=place):
        width = {"persona": MARK_WIDTH, "curve": _LINE}.get(sign.sort, ICON_SIZE) + _SIGN_GAP
        words = _words(sign, personas, people, script.language)
        block = script.block(words, theme.LEGEND, None)
        if width + block.width > room:
            block = script.block(words, theme.LEGEND, max(20.0, room - width))
        yield _Entry(width + block.width, sign, block)


def _words(sign: Sign, personas: Sequence[Persona], people: dict[str, int], language: str) -> str:
    if sign.sort == "kind":
        return term(language, f"kind_{sign.meaning}", card_kind(sign.meaning).label)
    if sign.sort == "persona":
        return term(language, "for_persona").format(personas[people[sign.meaning]].name)
    return term(language, sign.meaning)


def _drawn(sign: Sign, x: float, middle: float) -> Primitive:
    if sign.sort == "curve":
        return Shape((("M", x, middle), ("L", x + _LINE, middle)), None, theme.BLACK, theme.CURVE_WIDTH, (1.6, 1.4))
    if sign.sort == "kind":
        kind = card_kind(sign.meaning)
        return Icon(kind.icon, x, middle - ICON_SIZE / 2, ICON_SIZE, kind.accent)
    if sign.sort == "quote":
        return Icon(sign.icon, x, middle - ICON_SIZE / 2, ICON_SIZE, card_kind("thought").accent)
    return badge_sign(sign.icon, sign.meaning, x, middle)
