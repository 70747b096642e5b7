"""Cards that were cut and are put down again in their map: they are themselves, with all that was said of them.

What a cut changed is a diff, so it holds all that is wanted: links and comments that went along, and those that spoke
of the cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.model.diff import Diff
from app.model.document import Document, Transaction
from app.model.fields import MOST_REFERENCES
from app.model.records import Card, Record
from app.model.store import RecordGraph


def is_still_cut(document: Document, cards: Iterable[Card], cut: Diff) -> bool:
    """Whether these are the cards that a cut took out, and it is because of this cut that they are not there.

    They may be back since then, undone or put down; or back and then deleted, which was meant for good.
    """
    taken = {id: before for id, (before, after) in cut.items() if isinstance(before, Card) and after is None}
    if {card.id: card for card in cards} != taken or any(id in document.store for id in taken):
        return False
    steps = reversed(document.history.steps().undo)
    last = next((step.diff for step in steps if not taken.keys().isdisjoint(step.diff)), None)
    return last is None or last == cut  # None: it is so long ago that the history has forgotten it


def put_back(tx: Transaction, cut: Diff) -> Counter[str]:
    """Puts back what went along with cut cards that are here again, and lets those speak of them that did.

    What is here keeps all that it was given meanwhile. The answer counts by type what cannot come back because what it
    hangs on is gone, say links to cards that were deleted.
    """
    lost = Counter[str]()
    gone = [before for before, after in cut.values() if before is not None and after is None]
    for record in sorted(gone, key=lambda record: record.type == "comment"):  # there are comments on links
        if record.id in tx.store:
            continue
        if _has_its_hold(tx.store, record):
            tx.put(record)
        else:
            lost[record.type] += 1
    for before, after in cut.values():
        if before is not None and after is not None:
            _mention_again(tx, before, after)
    return lost


def _has_its_hold(store: RecordGraph, record: Record) -> bool:
    """Whether everything is here that the record cannot be without."""
    firm = (field for field, reference in record.REFERENCES.items() if reference.on_delete == "cascade")
    return all(id in store for field in firm for id in record.targets(field))


def _mention_again(tx: Transaction, before: Record, after: Record) -> None:
    """Adds to a record, as it is now, what it spoke of until the cut."""
    now = tx.store.get(before.id)
    if now is None:
        return
    fields: dict[str, tuple[str, ...]] = {}
    for field, reference in now.REFERENCES.items():
        if reference.many and field in before.REFERENCES:
            lost = set(before.targets(field)) - set(after.targets(field))
            fields[field] = (*now.targets(field), *sorted(lost))[:MOST_REFERENCES]
    tx.set(now.id, **fields)
