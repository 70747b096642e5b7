"""Two states of a map compared and laid out: each by itself, both on one sheet, and the marks of what differs.

It may take a while and be made in any thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from app.layout.difference import Marks, Signs, difference_marks, plain_marks
from app.layout.difference_list import ListHead
from app.layout.difference_sheet import difference_sheet
from app.layout.difference_signs import SIGNS, Sign
from app.layout.difference_words import figure_lines, listed_groups
from app.layout.engine import MapLayout
from app.layout.overlaid import Overlaid, overlay
from app.layout.sheet import Sheet
from app.model.bulk import collector_paused
from app.model.comparison import Comparison, compare
from app.model.document import Document
from app.model.media import Media
from app.model.records import Record

ALL: Final = frozenset(SIGNS)


class Shown(NamedTuple):
    """A map and where it lies on its sheet."""

    document: Document
    layout: MapLayout


class Compared(NamedTuple):
    """What was compared, and how both states look."""

    comparison: Comparison
    before: Shown
    after: Shown
    both: Shown
    overlaid: Overlaid

    def marks(self, kinds: Collection[Sign] = ALL) -> Marks:
        """What to paint over both on one sheet, for differences of these kinds."""
        return difference_marks(self.overlaid, self.both.layout, self.before.layout, self._signs(kinds))

    def marks_before(self, kinds: Collection[Sign] = ALL) -> Marks:
        """What to paint over the older state by itself."""
        return plain_marks(self.before.document, self.before.layout, self._signs(kinds))

    def marks_after(self, kinds: Collection[Sign] = ALL) -> Marks:
        """What to paint over the newer state by itself."""
        return plain_marks(self.after.document, self.after.layout, self._signs(kinds))

    def sheet(self, names: tuple[str, str]) -> Sheet:
        """The poster of the differences with the list behind it. `names`: what the states are called."""
        record = self.after.document.map
        lines = (f"{names[0]} → {names[1]}", *figure_lines(self.comparison))
        groups = listed_groups(self.comparison)
        head = ListHead(record.title, lines)
        return difference_sheet(self.both.layout, record, self.marks(), self.overlaid.ghosts, head, groups)

    def relaid(self) -> Compared:
        """The same on layouts of its own, so that it can be worked with in a thread while others are painted."""
        before, both = (Shown(each.document, MapLayout(each.document)) for each in (self.before, self.both))
        return self._replace(before=before, both=both)

    def _signs(self, kinds: Collection[Sign]) -> Signs:
        found = {change.id: tuple(kind for kind in change.kinds if kind in kinds) for change in self.comparison.changes}
        return {id: signs for id, signs in found.items() if signs}


def compare_states(
    before: Iterable[Record], after: Iterable[Record], pictures: tuple[Media, Media], today: dt.date | None = None
) -> Compared:
    """Compares two sound states; `pictures` are theirs. Raises RuleError where one is not sound."""
    old, new = list(before), list(after)
    with collector_paused():
        shelf = Media()
        for media in pictures:
            shelf.take_from(media, media)
        overlaid = overlay(old, new, shelf)
        first, second = Document(old, pictures[0]), Document(new, pictures[1])
        return Compared(
            compare(old, new), _shown(first, today), _shown(second, today), _shown(overlaid.document, today), overlaid
        )


def _shown(document: Document, today: dt.date | None) -> Shown:
    return Shown(document, MapLayout(document, today))
