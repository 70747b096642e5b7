"""The title block of a sheet: the map's title, what it shows, what it is for, whether its review is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.layout import theme
from app.layout.drawing import Drawing, Icon, Primitive
from app.layout.script import Script, text_at
from app.layout.terms import term
from app.layout.words import reads_right_to_left, word
from app.model.languages import figure
from app.model.records import MapRecord, Persona

TITLE_GAP = 5.0
BRIEF_GAP = 6.0
LEAST_BRIEF = 60.0
MOST_BRIEF = 130.0
_BRIEFS = ("objective", "scope", "scenario")
_WARNING_SIZE = 3.6
MOST_NAMED = 6
"""Personas that are named in the head; of more, it is said how many there are."""


def title_drawing(
    record: MapRecord, personas: Sequence[Persona], width: float, script: Script, today: dt.date | None = None
) -> Drawing:
    """The map's title with a line on what it shows, beside it where there is room and below it where there is not.

    Below that stands what the map is for. `today` says whether the review is overdue; None: nothing is said of that.
    """
    is_overdue = today is not None and record.review_date is not None and record.review_date < today
    inner = width - 2 * theme.SHEET_PAD
    title = script.block(record.title, theme.MAP_TITLE, inner)
    line = _about(record, personas, script.language, with_review=not is_overdue)
    beside = inner - title.ink_width - TITLE_GAP
    about = script.block(line, theme.MAP_SUBTITLE, None)
    items: list[Primitive] = [text_at(script, title, theme.SHEET_PAD, theme.SHEET_PAD, width, theme.BLACK, False)]
    bottom = theme.SHEET_PAD + title.height
    if line and len(title.lines) == 1 and about.width <= beside:
        y = theme.SHEET_PAD + title.lines[0].baseline - about.lines[0].baseline
        start = theme.SHEET_PAD + title.ink_width + TITLE_GAP
        items.append(text_at(script, about, start, y, width, theme.SECONDARY, False))
    elif line:
        about = script.block(line, theme.MAP_SUBTITLE, inner)
        items.append(text_at(script, about, theme.SHEET_PAD, bottom + 0.5, width, theme.SECONDARY, False))
        bottom += 0.5 + about.height
    if is_overdue:
        bottom += _add_warning(items, record, bottom + 0.8, width, script)
    bottom += _add_briefs(items, record, bottom + 1.6, width, script)
    return Drawing(width, bottom + 3.0, tuple(items))


def _about(record: MapRecord, personas: Sequence[Persona], language: str, *, with_review: bool) -> str:
    """What the map shows in one line. Personas with a panel of their own are not named again."""
    names = [", ".join(part for part in (one.name, one.summary) if part) for one in personas if not one.on_poster]
    if len(names) > MOST_NAMED:
        rest = figure(len(names) - MOST_NAMED + 1, language)
        names = [*names[: MOST_NAMED - 1], term(language, "and_more").format(rest)]
    review = record.review_date if with_review else None
    parts = [
        record.subtitle,
        word(language, record.state),
        *names,
        record.owner,
        f"{word(language, 'review')} {date_text(review, language)}" if review is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def _add_warning(items: list[Primitive], record: MapRecord, top: float, width: float, script: Script) -> float:
    """Says that the review was due; answers the height in mm that this takes."""
    assert record.review_date is not None
    words = term(script.language, "review_was_due").format(date_text(record.review_date, script.language))
    start = theme.SHEET_PAD + _WARNING_SIZE + 1.2
    block = script.block(words, theme.WARNING, width - start - theme.SHEET_PAD)
    y = top + (block.height / len(block.lines) - _WARNING_SIZE) / 2
    x = script.x(theme.SHEET_PAD, _WARNING_SIZE, width)
    items.append(Icon("triangle-alert", x, y, _WARNING_SIZE, theme.WARNING_INK))
    items.append(text_at(script, block, start, top, width, theme.WARNING_INK, False))
    return 0.8 + block.height


def _add_briefs(items: list[Primitive], record: MapRecord, top: float, width: float, script: Script) -> float:
    """Objective, scope and scenario side by side, as far as they are there; answers the height in mm they take."""
    briefs = [(name, text) for name in _BRIEFS if (text := str(getattr(record, name)).strip())]
    if not briefs:
        return 0.0
    inner = width - 2 * theme.SHEET_PAD
    columns = max(1, min(len(briefs), int((inner + BRIEF_GAP) / (LEAST_BRIEF + BRIEF_GAP))))
    room = min(MOST_BRIEF, (inner - (columns - 1) * BRIEF_GAP) / columns)
    y = top
    for first in range(0, len(briefs), columns):
        lowest = 0.0
        for column, (name, text) in enumerate(briefs[first : first + columns]):
            start = theme.SHEET_PAD + column * (room + BRIEF_GAP)
            label = script.block(term(script.language, name), theme.BRIEF_LABEL, room)
            block = script.block(text, theme.CARD_BODY, room)
            items.append(text_at(script, label, start, y, width, theme.SECONDARY, True))
            items.append(text_at(script, block, start, y + label.height + 0.2, width, theme.BLACK, True))
            lowest = max(lowest, label.height + 0.2 + block.height)
        y += lowest + 1.6
    return y - top


def date_text(date: dt.date, language: str) -> str:
    """Year, month, day; with slashes where hyphens would let right-to-left text turn the parts round."""
    return date.strftime("%Y/%m/%d") if reads_right_to_left(language) else date.isoformat()
