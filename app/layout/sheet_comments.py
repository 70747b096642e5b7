"""Comments on paper, for whoever asks for them: a numbered bubble where each was made, and below the map what it says.

Numbers count from the oldest comment on, as in the table of comments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.layout import lookup, theme
from app.layout.comment_places import place_of_mark
from app.layout.drawing import Drawing, Icon, Line, Placed, Primitive
from app.layout.engine import MapLayout
from app.layout.screen_marks import numbered_mark
from app.layout.script import Script, text_at
from app.layout.sheet import Sheet
from app.layout.terms import term
from app.layout.title import date_text
from app.model.beside import Comment
from app.model.ids import MAP_ID
from app.model.queries import comments
from app.model.records import Link, MapRecord, Record
from app.model.store import RecordGraph

ID = "comments"
LEAST_COLUMN, MOST_COLUMN = 80.0, 120.0
"""mm of the width of a column of comments."""

_GAP, _INDENT, _BETWEEN = 8.0, 11.0, 3.0
_TICK = 2.6
_NUMBERS = 3
"""So many numbers a bubble names; of more, the first ones and the last."""


class _Entry(NamedTuple):
    """A comment set as it stands in the list."""

    id: str
    mark: Drawing
    drawing: Drawing


def with_comments(sheet: Sheet, layout: MapLayout, store: RecordGraph) -> Sheet:
    """A sheet with all comments of its map; the sheet itself where there are none."""
    found = comments(store)
    if not found:
        return sheet
    script = Script(layout.rtl, layout.language)
    listed, height = _listed(found, store, sheet, script)
    return sheet._replace(h=sheet.h + height, placed=(*sheet.placed, *_marks(found, layout, store), *listed))


def _marks(found: Sequence[Comment], layout: MapLayout, store: RecordGraph) -> Iterator[Placed]:
    """The bubbles on whatever is shown on the sheet; pale where all is resolved."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    is_open: set[str] = set()
    for number, comment in enumerate(found, 1):
        numbers[comment.about].append(number)
        is_open |= set() if comment.resolved else {comment.about}
    for id, its in numbers.items():
        record, rect = store[id], lookup.rect_of(layout, id)
        if rect is not None:
            drawing = numbered_mark(_numbers(its), layout.rtl, pale=id not in is_open)
            yield Placed(f"{ID}-{id}", *place_of_mark(record, rect, drawing, rtl=layout.rtl), drawing)


def _numbers(numbers: Sequence[int]) -> str:
    if len(numbers) <= _NUMBERS:
        return ", ".join(map(str, numbers))
    return f"{', '.join(map(str, numbers[: _NUMBERS - 1]))} … {numbers[-1]}"


def _listed(found: Sequence[Comment], store: RecordGraph, sheet: Sheet, script: Script) -> tuple[list[Placed], float]:
    """The list in columns under a heading and a rule, and the mm that it takes."""
    inner = sheet.w - 2 * theme.SHEET_PAD
    columns = max(1, min(len(found), int((inner + _GAP) / (LEAST_COLUMN + _GAP))))
    room = min(MOST_COLUMN, (inner - (columns - 1) * _GAP) / columns)
    heading = script.block(term(script.language, ID), theme.BRIEF_LABEL, None)
    head = Drawing(
        sheet.w,
        2.0 + heading.height,
        (
            Line(theme.SHEET_PAD, 0.0, sheet.w - theme.SHEET_PAD, 0.0, theme.HAIRLINE, theme.HAIR),
            text_at(script, heading, theme.SHEET_PAD, 2.0, sheet.w, theme.BLACK, False),
        ),
    )
    placed = [Placed(ID, 0.0, sheet.h, head)]
    top = sheet.h + head.h + 2.0
    lowest = top
    entries = [_entry(number, comment, store, room, script) for number, comment in enumerate(found, 1)]
    for column, members in enumerate(_columns(entries, columns)):
        start, y = theme.SHEET_PAD + column * (room + _GAP), top
        for entry in members:
            placed.append(Placed(entry.id, script.x(start, room, sheet.w), y, entry.drawing))
            placed.append(Placed(f"{entry.id}-number", script.x(start, entry.mark.w, sheet.w), y, entry.mark))
            y += entry.drawing.h + _BETWEEN
        lowest = max(lowest, y)
    return placed, lowest - sheet.h + theme.SHEET_PAD - _BETWEEN


def _columns(entries: Sequence[_Entry], count: int) -> list[list[_Entry]]:
    """The entries in their order, in columns that are as even as it takes for them to be enough."""
    height = sum(entry.drawing.h + _BETWEEN for entry in entries) / count
    while len(filled := list(_filled(entries, height))) > count:
        height *= 1.05
    return filled


def _filled(entries: Iterable[_Entry], height: float) -> Iterator[list[_Entry]]:
    column: list[_Entry] = []
    used = 0.0
    for entry in entries:
        if column and used + entry.drawing.h > height:
            yield column
            column, used = [], 0.0
        column.append(entry)
        used += entry.drawing.h + _BETWEEN
    yield column


def _entry(number: int, comment: Comment, store: RecordGraph, width: float, script: Script) -> _Entry:
    """Number, what it is about, the words, and under them who wrote them when."""
    mark = numbered_mark(str(number), script.rtl, pale=comment.resolved)
    items: list[Primitive] = []
    room = width - _INDENT
    y = 0.6
    title = _called(store, comment.about)
    for text, style, color in (
        (title, theme.BRIEF_LABEL, theme.SECONDARY),
        (comment.text, theme.CARD_BODY, theme.BLACK),
    ):
        if text.strip():
            block = script.block(text, style, room)
            items.append(text_at(script, block, _INDENT, y, width, color, True))
            y += block.height + 0.4
    facts = [comment.author, date_text(comment.created.date(), script.language) if comment.created else ""]
    facts += [term(script.language, "resolved")] if comment.resolved else []
    if any(facts):
        start = _INDENT + (_TICK + 0.8 if comment.resolved else 0.0)
        block = script.block(" · ".join(filter(None, facts)), theme.SMALL, width - start)
        if comment.resolved:
            items.append(Icon("check", script.x(_INDENT, _TICK, width), y, _TICK, theme.SECONDARY))
        items.append(text_at(script, block, start, y, width, theme.SECONDARY, True))
        y += block.height
    return _Entry(comment.id, mark, Drawing(width, max(y, mark.h), tuple(items)))


def _called(store: RecordGraph, id: str) -> str:
    """What the commented thing is called; empty: it has no name."""
    record: Record = store[id]
    if isinstance(record, Link):
        return " → ".join(filter(None, (_called(store, record.source), _called(store, record.target))))
    if isinstance(record, MapRecord) or id == MAP_ID:
        return getattr(record, "title", "")
    named = (getattr(record, name, "") for name in ("title", "name", "label", "strategy", "origin"))
    return next((str(value) for value in named if value), "")
