"""Two states of a map on one sheet: the newer one, and in their places those parts of the older that it has no more.

Room for what is gone comes from the layout itself: it is laid out among the rest. Gone links and emotion points are
left out, for they would be part of lines that are drawn; see `difference`.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from app.model.document import Document
from app.model.media import Media
from app.model.mentions import without_the_lost
from app.model.records import Record
from app.model.rules import RuleError
from app.model.store import RecordGraph

WITH_PLACE: Final = frozenset({"stage", "step", "lane", "card"})
"""Types of records whose place is kept when they are gone."""


class Overlaid(NamedTuple):
    """A document of both states. `ghosts` are the ids of what only the older one has; `before` is all of that one."""

    document: Document
    ghosts: frozenset[str]
    before: RecordGraph


def overlay(before: Iterable[Record], after: Iterable[Record], media: Media | None = None) -> Overlaid:
    """Puts two sound states together. What of the older one cannot be beside the newer one is left out.

    `media`: the pictures of both.
    """
    old, new = list(before), {record.id: record for record in after}
    ghosts = {record.id: record for record in old if record.id not in new and record.type in WITH_PLACE}
    while True:
        ghosts = _standing(ghosts, new)
        try:
            document = Document([*new.values(), *ghosts.values()], media)
        except RuleError as error:
            unfit = {problem.record_id for problem in error.problems} & ghosts.keys()
            ghosts = {id: ghost for id, ghost in ghosts.items() if id not in unfit} if unfit else {}
        else:
            return Overlaid(document, frozenset(ghosts), RecordGraph(old))


def _standing(ghosts: dict[str, Record], new: dict[str, Record]) -> dict[str, Record]:
    """The ghosts all of whose places are there, and that refer to nothing that is not."""
    there = ghosts
    while True:
        present = there.keys() | new.keys()
        kept = {id: ghost for id, ghost in there.items() if _has_place(ghost, present)}
        if len(kept) == len(there):
            return {id: without_the_lost(ghost, present) for id, ghost in kept.items()}
        there = kept


def _has_place(ghost: Record, present: AbstractSet[str]) -> bool:
    return all(
        target in present
        for field, reference in ghost.REFERENCES.items()
        if reference.on_delete == "cascade"
        for target in ghost.targets(field)
    )
