"""Two states of a map as a poster: the newer one with the marks of what differs, a legend of them, and the list behind.

Lengths are mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.layout import theme
from app.layout.difference import Marks
from app.layout.difference_list import ListedGroup, ListHead, counts_of, list_sheets
from app.layout.difference_signs import CHIP, SIGNS, chips, shifted
from app.layout.drawing import Drawing, Placed, Primitive
from app.layout.engine import MapLayout
from app.layout.script import Script, text_at
from app.layout.sheet import Sheet, sheet_of
from app.layout.terms import term
from app.model.records import MapRecord

_GAP, _SIGN_GAP, _ROW = 7.0, 1.4, 6.5
ID: Final = "difference"


def difference_sheet(
    layout: MapLayout, record: MapRecord, marks: Marks, ghosts: frozenset[str], head: ListHead,
    groups: Sequence[ListedGroup],
) -> Sheet:  # fmt: skip
    """The poster, with the list on the sheets after it. `layout` is that of both states together."""
    sheet = sheet_of(layout, record)
    script = Script(layout.rtl, layout.language)
    above = (*marks.head.all, *marks.side.all, *marks.sheet.all)
    hidden = {(placed.id, placed.x, placed.y) for placed in above if placed.id in ghosts}
    legend = _legend(head, groups, sheet.w, script)
    kept = [placed for placed in sheet.placed if (placed.id, placed.x, placed.y) not in hidden]
    placed = (*kept, *above, Placed(ID, 0.0, sheet.h, legend))
    title = f"{term(layout.language, 'changes')}: {record.title}"
    return sheet._replace(
        h=sheet.h + legend.h, placed=placed, title=title, after=list_sheets(head, groups, script)
    )  # fmt: skip


def _legend(head: ListHead, groups: Sequence[ListedGroup], width: float, script: Script) -> Drawing:
    """The signs with their meaning and number, and what was compared with what."""
    counts = counts_of(change for group in groups for change in group.changes)
    heading = script.block(term(script.language, "changes"), theme.BRIEF_LABEL, None)
    start, middle = theme.SHEET_PAD, 1.0 + _ROW / 2
    items: list[Primitive] = [text_at(script, heading, start, middle - heading.height / 2, width, theme.BLACK, False)]
    start += heading.width + _GAP
    for sign in SIGNS:
        block = script.block(f"{term(script.language, sign)} {counts[sign]}", theme.LEGEND, None)
        x = script.x(start, CHIP, width)
        items += shifted(chips((sign,), script.rtl), x, middle - CHIP / 2)
        y = middle - block.height / 2
        items.append(text_at(script, block, start + CHIP + _SIGN_GAP, y, width, theme.BLACK, False))
        start += CHIP + _SIGN_GAP + block.width + _GAP
    y = 1.0 + _ROW
    for line in head.lines[:1]:
        block = script.block(line, theme.LEGEND, width - 2 * theme.SHEET_PAD)
        items.append(text_at(script, block, theme.SHEET_PAD, y, width, theme.SECONDARY, False))
        y += block.height
    return Drawing(width, y + theme.SHEET_PAD, tuple(items))
