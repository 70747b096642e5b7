"""The tables behind a map on paper, for whoever asks for them: action plan, feedback log, stage analysis.

They come after the poster, on pages of their own. Lengths are mm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from app.layout import theme
from app.layout.drawing import Box, Line, Primitive
from app.layout.paper import LANDSCAPE, PLAIN, TITLE, Part, pages, room_on, sheets
from app.layout.script import Script, text_at
from app.layout.sheet import Sheet
from app.layout.terms import term
from app.layout.text import TextStyle
from app.layout.title import date_text
from app.model.beside import ActionItem, Feedback
from app.model.queries import action_items, feedback, stages
from app.model.records import Card, Record
from app.model.store import RecordGraph

HEADING: Final = TextStyle(8, "semibold", 1.3)
PAD: Final = 1.6
GAP: Final = 4.0
MOST: Final = 450
"""Characters of a cell that are set together, at most."""

TALLEST: Final = 100.0
"""What is higher goes on in a row below, so that each row fits on a page under the title and the heading."""

Words = Callable[[RecordGraph, Any, str], str]


class _Column(NamedTuple):
    """`term`: the key of its heading; `share` of the width of the page."""

    term: str
    share: float
    words: Words


class _Table(NamedTuple):
    """`term`: the key of its title."""

    term: str
    rows: Callable[[RecordGraph], Sequence[Record]]
    columns: tuple[_Column, ...]


def has_tables(store: RecordGraph) -> bool:
    """True where there is anything to print in a table."""
    return any(_filled(table, store) for table in TABLES)


def with_tables(sheet: Sheet, store: RecordGraph, script: Script) -> Sheet:
    """A sheet with the tables of its map on the pages after it; the sheet itself where there are none."""
    width, room = room_on(LANDSCAPE)
    made: list[list[Part]] = []
    for table in TABLES:
        rows = _filled(table, store)
        if rows:
            head = _head(table, width, script)
            parts = [_title(table, width, script), head, *_rows(table, rows, store, width, script)]
            made += pages(parts, room, head)
    return sheet._replace(after=(*sheet.after, *sheets(made, LANDSCAPE, sheet.title, script)))


def _filled(table: _Table, store: RecordGraph) -> list[Record]:
    """The rows that say something beside the name of a stage."""
    return [
        row
        for row in table.rows(store)
        if any(column.words(store, row, "en").strip() for column in table.columns if column.term not in _NAMES)
    ]


def _title(table: _Table, width: float, script: Script) -> Part:
    name = term(script.language, table.term)
    block = script.block(name, TITLE, width)
    return Part(block.height + GAP, (text_at(script, block, 0.0, 0.0, width, theme.BLACK, False),), name, keeps=True)


def _head(table: _Table, width: float, script: Script) -> Part:
    """What the columns are called, on a tinted band."""
    items: list[Primitive] = []
    height = 0.0
    start = 0.0
    for column in table.columns:
        block = script.block(term(script.language, column.term), HEADING, _room(column, width))
        items.append(text_at(script, block, start + PAD, PAD, width, theme.BLACK, False))
        height = max(height, block.height + 2 * PAD)
        start += column.share * width
    band = Box(0.0, 0.0, width, height, theme.CELL)
    return Part(height, (band, *items), keeps=True)


def _room(column: _Column, width: float) -> float:
    """How wide a text of a column may be."""
    return column.share * width - 2 * PAD


def _rows(table: _Table, rows: Sequence[Record], store: RecordGraph, width: float, script: Script) -> Iterator[Part]:
    for row in rows:
        cells = [
            list(_portions(column.words(store, row, script.language).strip(), _room(column, width), script))
            for column in table.columns
        ]
        lines = max(map(len, cells))
        for at in range(lines):
            texts = [cell[at] if at < len(cell) else "" for cell in cells]
            yield _line(table, texts, width, script, is_last=at == lines - 1)


def _line(table: _Table, texts: Sequence[str], width: float, script: Script, *, is_last: bool) -> Part:
    items: list[Primitive] = []
    height, start = 0.0, 0.0
    for column, text in zip(table.columns, texts, strict=True):
        if text:
            block = script.block(text, PLAIN, _room(column, width))
            items.append(text_at(script, block, start + PAD, PAD, width, theme.BLACK, False))
            height = max(height, block.height)
        start += column.share * width
    height += 2 * PAD if is_last else PAD
    if is_last:
        items.append(Line(0.0, height, width, height, theme.HAIRLINE, theme.HAIR))
    return Part(height, tuple(items))


def _portions(text: str, room: float, script: Script) -> Iterator[str]:
    """A text in portions that each fit on a page in a column so wide, cut between words where it can be."""
    most = MOST
    while text:
        part = _start_of(text, most)
        if script.block(part, PLAIN, room).height > TALLEST and most > 1:
            most //= 2
        else:
            yield part.rstrip()
            text = text[len(part) :].lstrip()


def _start_of(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    end = max(text.rfind(" ", 0, most), text.rfind("\n", 0, most))
    return text[: end if end > most // 2 else most]


def _field(name: str) -> Words:
    return lambda _store, record, _language: str(getattr(record, name))


def _date(name: str) -> Words:
    def words(_store: RecordGraph, record: Any, language: str) -> str:
        date = getattr(record, name)
        return date_text(date, language) if date is not None else ""

    return words


def _status(_store: RecordGraph, record: ActionItem, language: str) -> str:
    return term(language, record.status)


def _cards(store: RecordGraph, record: ActionItem | Feedback, _language: str) -> str:
    """The cards it speaks of, by their titles."""
    cards = (store.of(Card, id) for id in record.cards)
    return "\n".join(f"• {card.title}" for card in cards if card is not None and card.title)


_NAMES: Final = frozenset({"stage", "status"})
"""Columns that are filled also where nobody has written anything."""

TABLES: Final = (
    _Table(
        "action_plan",
        action_items,
        (
            _Column("strategy", 0.2, _field("strategy")),
            _Column("focus_area", 0.12, _field("focus_area")),
            _Column("expected_outcome", 0.2, _field("expected_outcome")),
            _Column("owner", 0.13, _field("owner")),
            _Column("due", 0.08, _date("due")),
            _Column("status", 0.08, _status),
            _Column("cards", 0.19, _cards),
        ),
    ),
    _Table(
        "feedback_log",
        feedback,
        (
            _Column("date", 0.08, _date("date")),
            _Column("source", 0.16, _field("origin")),
            _Column("insight_gained", 0.28, _field("insight")),
            _Column("action_step", 0.28, _field("action_step")),
            _Column("cards", 0.2, _cards),
        ),
    ),
    _Table(
        "stage_analysis",
        stages,
        (
            _Column("stage", 0.2, lambda _store, record, _language: record.title),
            _Column("key_insights", 0.4, _field("key_insights")),
            _Column("behaviours", 0.4, _field("behaviours")),
        ),
    ),
)
