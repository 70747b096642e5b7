"""A remark that is none of the other kinds."""

from typing import Literal

from app.model.kinds import CardKind
from app.model.records import Card


class Note(Card):
    """A remark that is none of the other kinds."""

    kind: Literal["note"] = "note"


KIND = CardKind("note", "Note", "sticky-note", "#A16207", 90, Note)
