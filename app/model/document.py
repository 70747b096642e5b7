"""The document: the records of one map, the only door through which they change, and the history of the changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from app.model.diff import Diff, inverse, squash
from app.model.history import History
from app.model.ids import MAP_ID
from app.model.records import MapRecord, Record
from app.model.rules import RuleError, problems, problems_after
from app.model.store import RecordGraph

Listener = Callable[[Diff], None]


class EditError(ValueError):
    """An edit that makes no sense here; its text is one sentence for the user."""


class Document:
    """One map. Read through `store`; write inside `edit`.

    Listeners get every change as a diff, after it is in the store.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Raises RuleError where the records break the rules of SPEC.md."""
        self.store = RecordGraph(records)
        if not len(self.store):
            self.store.apply({MAP_ID: (None, MapRecord())})
        found = problems(self.store)
        if found:
            raise RuleError(found)
        self.history = History()
        self._listeners: list[Listener] = []
        self._open: Transaction | None = None

    @property
    def map(self) -> MapRecord:
        record = self.store[MAP_ID]
        assert isinstance(record, MapRecord)
        return record

    @property
    def records(self) -> list[Record]:
        """All records, in no particular order."""
        return list(self.store)

    @property
    def is_editing(self) -> bool:
        """True while a transaction is open, say during a drag."""
        return self._open is not None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls the listener with every change from now on; the result ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def begin(self, label: str, merge_key: Hashable | None = None) -> Transaction:
        """Opens a transaction that the caller must commit or roll back, as a drag does."""
        if self._open is not None:
            raise RuntimeError(f"“{self._open.label}” is still open")
        self._open = Transaction(self, label, merge_key)
        return self._open

    @contextmanager
    def edit(self, label: str, merge_key: Hashable | None = None) -> Iterator[Transaction]:
        """The write door: commits at the end, rolls back on an exception.

        Raises RuleError where the edit would break a rule. Edits with the same `merge_key` in a row make one step.
        """
        transaction = self.begin(label, merge_key)
        try:
            yield transaction
        except BaseException:
            if transaction.is_open:
                transaction.rollback()
            raise
        if transaction.is_open:
            transaction.commit()

    def undo(self) -> bool:
        """Takes the last step back. False where there is none."""
        self._refuse_while_editing()
        diff = self.history.take_undo()
        return self._replay(inverse(diff) if diff is not None else None)

    def redo(self) -> bool:
        """Does the last undone step again. False where there is none."""
        self._refuse_while_editing()
        return self._replay(self.history.take_redo())

    def _refuse_while_editing(self) -> None:
        if self._open is not None:
            raise RuntimeError(f"“{self._open.label}” is still open")

    def _replay(self, diff: Diff | None) -> bool:
        if diff is None:
            return False
        self.store.apply(diff)
        self._notify(diff)
        return True

    def _notify(self, diff: Diff) -> None:
        if diff:
            for listener in list(self._listeners):
                listener(diff)


class Transaction:
    """A change in the making. Writes are in the store at once; listeners hear of them on `flush` and at the end."""

    def __init__(self, document: Document, label: str, merge_key: Hashable | None) -> None:
        self.document = document
        self.store = document.store
        self.label = label
        self._merge_key = merge_key
        self._diff: Diff = {}
        self._unheard: Diff = {}

    @property
    def is_open(self) -> bool:
        return self.document._open is self

    @property
    def diff(self) -> Diff:
        """What has changed so far."""
        return dict(self._diff)

    def put(self, record: Record) -> None:
        """Adds or replaces a record."""
        self._write(record.id, record)

    def set(self, id: str, **fields: Any) -> None:
        """Changes fields of a record. Raises KeyError for an unknown id and pydantic.ValidationError for a bad value."""
        self._write(id, self.store[id].changed(**fields))

    def remove(self, id: str) -> None:
        """Removes one record and nothing that hangs on it; see `app.model.edits.delete`."""
        self._write(id, None)

    def flush(self) -> None:
        """Lets listeners see what was written since the last flush: live preview while the transaction is open."""
        unheard, self._unheard = self._unheard, {}
        self.document._notify(unheard)

    def commit(self) -> None:
        """Makes the change one step of the history. Raises RuleError, after rolling back, where it breaks a rule."""
        self._check_open()
        broken = problems_after(self.store, self._diff)
        if broken:
            self.rollback()
            raise RuleError(broken)
        self.document._open = None
        if self._diff:
            self.document.history.push(self.label, self._diff, self._merge_key)
        self.flush()

    def rollback(self) -> None:
        """Puts everything back as it was before the transaction."""
        self._check_open()
        back = inverse(self._diff)
        self.store.apply(back)
        self.document._open = None
        self._unheard = squash(self._unheard, back)
        self._diff = {}
        self.flush()

    def _write(self, id: str, after: Record | None) -> None:
        self._check_open()
        before = self.store.get(id)
        if before == after:
            return
        change: Diff = {id: (before, after)}
        self.store.apply(change)
        self._diff = _joined(self._diff, change)
        self._unheard = _joined(self._unheard, change)

    def _check_open(self) -> None:
        if not self.is_open:
            raise RuntimeError("records change only inside an open transaction")


def _joined(diff: Diff, change: Diff) -> Diff:
    """`squash` for one record at a time into a diff that nobody else holds: a drag of 500 cards writes 500 times."""
    for id, (before, after) in change.items():
        first = diff[id][0] if id in diff else before
        if first == after:
            diff.pop(id, None)
        else:
            diff[id] = (first, after)
    return diff
