"""What is worked out about two copies of a map, beside the window."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from app.layout.difference import Marks, plain_marks
from app.layout.difference_signs import Sign
from app.layout.engine import MapLayout
from app.model.comparison import compare
from app.model.document import Document
from app.model.media import Media
from app.model.merging import Choice, Conflict, Key, Merge, merge

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.files import MapFile
    from app.model.comparison import Change, Comparison
    from app.model.merging import Choices, Note
    from app.model.records import Record


class Copy(NamedTuple):
    """The other copy, as it is called, with its file and pictures."""

    name: str
    file: MapFile
    media: Media


class Outcome(NamedTuple):
    """What comes of a merge with certain choices: the records of the merged map, and what was done by itself.

    `taken` is what came in, in the order of reading, without that about which both disagree.
    """

    records: tuple[Record, ...]
    notes: tuple[Note, ...]
    taken: tuple[Change, ...]
    comparison: Comparison

    @property
    def kept(self) -> int:
        """How many deleted things stay, because the other side had changed or needs them."""
        return sum(note.kind in {"kept", "needed"} for note in self.notes)


class Together(NamedTuple):
    """Two copies brought together: the merge, what comes of it with all defaults, and the map that shows it.

    `conflicts` stand in the order of reading, `mine` is what the open map held.
    """

    copy: Copy
    mine: tuple[Record, ...]
    merge: Merge
    outcome: Outcome
    conflicts: tuple[Conflict, ...]
    document: Document
    layout: MapLayout

    @property
    def suggested(self) -> dict[Key, Choice]:
        """What is chosen where nobody's words meet."""
        return {one.key: one.default for one in self.conflicts if one.is_clean}

    def chosen(self, choices: Choices) -> Outcome:
        """What comes of it with these choices: another one may keep or bring in other things as well."""
        return _outcome(self.merge, self.mine, choices)

    def marks(self, outcome: Outcome, decided: Collection[Key]) -> Marks:
        """What to paint over the merged map."""
        open_ = {one.id for one in self.conflicts if one.key not in decided}
        signs: dict[str, tuple[Sign, ...]] = {change.id: change.kinds for change in outcome.taken}
        for conflict in self.conflicts:
            signs[conflict.id] = ("open",) if conflict.id in open_ else ("decided",)
        return plain_marks(self.document, self.layout, signs)


def bring_together(mine: MapFile, records: tuple[Record, ...], media: Media, copy: Copy) -> Together | None:
    """The merge of the open map with another copy of it. None: they have no common state.

    `mine` is the file of the open map as it was last read or written, `records` and `media` what it holds now.
    """
    from app.files.revisions import find_base

    base = find_base(mine, copy.file)
    if base is None:
        return None
    merged = merge(base, records, copy.file.records)
    outcome = _outcome(merged, records, {})
    shelf = Media()
    for each in (media, copy.media):
        shelf.take_from(each, each)
    document = Document(outcome.records, shelf)
    today = date.today()  # noqa: DTZ011 (the date on the user's own calendar)
    layout = MapLayout(document, today)
    conflicts = _in_reading_order(merged, document, layout)
    return Together(copy, records, merged, outcome, conflicts, document, layout)


def _outcome(merged: Merge, mine: tuple[Record, ...], choices: Choices) -> Outcome:
    resolved = merged.resolve(choices)
    disputed = {conflict.id for conflict in merged.conflicts}
    comparison = compare(mine, resolved.records)
    taken = tuple(change for change in comparison.changes if change.id not in disputed)
    return Outcome(resolved.records, resolved.notes, taken, comparison)


def _in_reading_order(merged: Merge, document: Document, layout: MapLayout) -> tuple[Conflict, ...]:
    """The conflicts of the whole map first, then column by column from top to bottom."""
    areas = plain_marks(document, layout, {conflict.id: ("open",) for conflict in merged.conflicts}).areas

    def place(conflict: Conflict) -> tuple[float, float, str]:
        area = areas.get(conflict.id)
        if area is None:
            return -inf, 0.0, conflict.field
        return -area.right if layout.rtl else area.x, area.y, conflict.field

    return tuple(sorted(merged.conflicts, key=place))
