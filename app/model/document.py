"""The document: the records of one map, the only door through which they change, and the history of the changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from app.model.bulk import collector_paused
from app.model.diff import Diff, inverse
from app.model.history import History, Move
from app.model.ids import MAP_ID
from app.model.media import Media, pictures_of
from app.model.records import MapRecord, Record
from app.model.rules import Problem, RuleError, problems, problems_after
from app.model.store import DuplicateIdError, RecordGraph

Listener = Callable[[Diff], None]

Draft = tuple[str, Diff]
"""What an edit that is not done yet is called, and what it changes."""


LISTENERS_DO_NOT_WRITE = "listeners hear of changes and make none, or the others would hear of them in the wrong order"


class EditError(ValueError):
    """An edit that makes no sense here; its text is one sentence for the user."""


class Document:
    """One map. Read through `store`; write inside `edit`. `media` holds its pictures.

    Listeners get every change as a diff, after it is in the store.
    """

    def __init__(self, records: Iterable[Record] = (), media: Media | None = None) -> None:
        """Without records, a map that says nothing yet. Raises RuleError where they break the rules of SPEC.md."""
        self.media = media if media is not None else Media()
        self.store = _sound_store(list(records) or [MapRecord()])
        self.history = History()
        self._listeners: list[Listener] = []
        self._open: Transaction | None = None
        self._notifying = False

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
    def missing_pictures(self) -> frozenset[str]:
        """The pictures that records name and that are not there; where they should be, a sign is drawn."""
        return frozenset(name for name in pictures_of(self.store) if name not in self.media)

    @property
    def is_editing(self) -> bool:
        """True while a transaction is open, say during a drag."""
        return self._open is not None

    @property
    def under_way(self) -> Draft | None:
        """What the open transaction is called and has changed so far; None: none is open."""
        return (self._open.label, self._open.diff) if self._open is not None else None

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls the listener with every change from now on; the result ends that.

        A listener must not write. One that raises keeps no other from hearing.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def begin(self, label: str, merge_key: Hashable | None = None) -> Transaction:
        """Opens a transaction that the caller must commit or roll back, as a drag does.

        Raises RuntimeError while another is open, or out of a listener.
        """
        self._refuse_while_busy()
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

    def rehearse(self, label: str, work: Callable[[Transaction], object]) -> Draft:
        """What an edit would change. Nothing is changed, and nobody hears of it.

        Raises RuntimeError where `begin` does, and what the work raises.
        """
        transaction = self.begin(label)
        try:
            work(transaction)
            return label, transaction.diff
        finally:
            transaction.rollback()

    def abandon(self) -> None:
        """Rolls back the transaction that is open, if there is one: whoever began it is gone."""
        if self._open is not None:
            self._open.rollback()

    def undo(self) -> bool:
        """Takes the last step back. False where there is none. Raises RuntimeError where `begin` does."""
        self._refuse_while_busy()
        diff = self.history.take_undo()
        return self._replay(inverse(diff) if diff is not None else None, Move("undo"))

    def redo(self) -> bool:
        """Does the last undone step again. False where there is none. Raises RuntimeError where `begin` does."""
        self._refuse_while_busy()
        return self._replay(self.history.take_redo(), Move("redo"))

    def _refuse_while_busy(self) -> None:
        if self._open is not None:
            raise RuntimeError(f"“{self._open.label}” is still open")
        if self._notifying:
            raise RuntimeError(LISTENERS_DO_NOT_WRITE)

    def _replay(self, diff: Diff | None, move: Move) -> bool:
        if diff is None:
            return False
        self.store.apply(diff)
        self.history.tell(move)
        self._notify(diff)
        return True

    def _notify(self, diff: Diff) -> None:
        if not diff:
            return
        self._notifying = True
        with ExitStack() as calls:  # it makes every call, and then raises what one of them raised
            calls.callback(setattr, self, "_notifying", False)
            for listener in reversed(self._listeners):
                calls.callback(listener, diff)


class Following:
    """Hears the changes of one document at a time."""

    def __init__(self) -> None:
        self._stop: Callable[[], None] | None = None

    def follow(self, document: Document | None, listener: Listener) -> None:
        """The listener is called with every change of this document from now on; None: with no more of any."""
        if self._stop is not None:
            self._stop()
        self._stop = document.subscribe(listener) if document is not None else None


def _sound_store(records: list[Record]) -> RecordGraph:
    """Raises RuleError."""
    try:
        with collector_paused():
            store = RecordGraph(records)
            found = problems(store)
    except DuplicateIdError as error:
        raise RuleError([Problem(id, "is the id of several records") for id in error.ids]) from None
    if found:
        raise RuleError(found)
    return store


class Transaction:
    """A change in the making. Writes are in the store at once; listeners hear of them on `flush` and at the end.

    Every write raises RuntimeError once the transaction is closed.
    """

    def __init__(self, document: Document, label: str, merge_key: Hashable | None) -> None:
        self.document = document
        self.store = document.store
        self.label = label
        self._merge_key = merge_key
        self._diff: Diff = {}
        self._unheard: Diff = {}
        self._attempt: Diff | None = None

    @property
    def is_open(self) -> bool:
        return self.document._open is self

    @property
    def diff(self) -> Diff:
        """What has changed so far."""
        return dict(self._diff)

    def put(self, record: Record) -> None:
        """Adds or replaces a record."""
        self._write({record.id: (self.store.get(record.id), record)})

    def set(self, id: str, **fields: Any) -> None:
        """Changes fields of a record, all at once.

        Raises KeyError for an unknown id and pydantic.ValidationError for a bad value.
        """
        before = self.store[id]
        self._write({id: (before, before.changed(**fields))})

    def remove(self, id: str) -> None:
        """Removes one record, if it is there, and nothing that hangs on it; see `app.model.edits.delete`."""
        self._write({id: (self.store.get(id), None)})

    def apply(self, diff: Diff) -> None:
        """Makes each record of a diff what it is after it, whatever it is now."""
        self._write({id: (self.store.get(id), after) for id, (_, after) in diff.items()})

    def restart(self) -> None:
        """Takes back what was written so far and stays open.

        A drag that calls this before it writes its cards' new places depends on where the pointer is, and not on how it
        got there. Listeners hear of the difference at the next flush.
        """
        self._write(inverse(self._diff))

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Takes back what is written inside where an exception comes out, and leaves alone what was written before."""
        self._check_open()
        if self._attempt is not None:
            yield  # the outer one takes it all back
            return
        self._attempt = {}
        try:
            yield
        except BaseException:
            self._write(inverse(self._attempt))
            raise
        finally:
            self._attempt = None

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
        """Puts everything back as it was before the transaction, and closes it."""
        self.restart()
        self.document._open = None
        self.flush()

    def _write(self, change: Diff) -> None:
        self._check_open()
        if self.document._notifying:
            raise RuntimeError(LISTENERS_DO_NOT_WRITE)
        change = {id: (before, after) for id, (before, after) in change.items() if before != after}
        self.store.apply(change)
        for diff in (self._diff, self._unheard, self._attempt):
            if diff is not None:
                _join(diff, change)

    def _check_open(self) -> None:
        if not self.is_open:
            raise RuntimeError("records change only inside an open transaction")


def _join(diff: Diff, change: Diff) -> None:
    """`squash` in place, for a diff that nobody else holds: a drag of 500 cards writes 500 times."""
    for id, (before, after) in change.items():
        first = diff[id][0] if id in diff else before
        if first == after:
            diff.pop(id, None)
        else:
            diff[id] = (first, after)
