"""A map on paper with what can be added to it: its comments, and on pages behind it its tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from app.layout.engine import MapLayout
    from app.layout.sheet import Sheet
    from app.model.document import Document

Addition = Literal["comments", "tables"]


class Offer(NamedTuple):
    """What a map has to be added to its sheet, and what makes the sheet with some of that."""

    names: frozenset[Addition]
    make: Callable[[frozenset[Addition]], Sheet]


def additions_of(document: Document) -> frozenset[Addition]:
    """What there is to be added."""
    from app.layout.sheet_tables import has_tables

    found: set[Addition] = {"comments"} if document.store.ids_of_type("comment") else set()
    return frozenset(found | {"tables"} if has_tables(document.store) else found)


def sheet_with(layout: MapLayout, document: Document, added: frozenset[Addition] = frozenset()) -> Sheet:
    """A map on paper with what is to be added."""
    from app.layout.script import Script
    from app.layout.sheet import sheet_of
    from app.layout.sheet_comments import with_comments
    from app.layout.sheet_tables import with_tables

    sheet = sheet_of(layout, document.map)
    if "comments" in added:
        sheet = with_comments(sheet, layout, document.store)
    return with_tables(sheet, document.store, Script(layout.rtl, layout.language)) if "tables" in added else sheet
