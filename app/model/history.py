"""Undo and redo as two stacks of diffs, bounded by memory rather than by count."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Literal, NamedTuple

from app.model.diff import Diff, squash
from app.model.records import Record

RECORD_BYTES = 500
DEFAULT_LIMIT = 64 * 1024 * 1024


def field_key(ids: Iterable[str], field: str) -> Hashable:
    """The merge key of edits of one field of the same records."""
    return ("field", tuple(ids), field)


class Entry(NamedTuple):
    """One undoable step: what the menu calls it, what it changed, and about how many bytes that holds."""

    label: str
    diff: Diff
    size: int


class Move(NamedTuple):
    """What happened to the history. An edit that `joins` became one with the step before; others have no label."""

    kind: Literal["edit", "undo", "redo", "saved", "unsaved"]
    label: str = ""
    diff: Diff | None = None
    joins: bool = False


class Steps(NamedTuple):
    """The whole history at a moment, in the order in which it was done; `redo` is what was undone of it.

    After `saved` of all these steps the document was as it was last saved; None: no way leads there.
    """

    undo: tuple[Entry, ...]
    redo: tuple[Entry, ...]
    saved: int | None


class History:
    """What can be undone and redone, and where in it the file on disk stands.

    `limit` is in bytes, as estimated by `size`. The oldest steps go first; the newest stays, however large.
    """

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self._limit = limit
        self._undo: deque[Entry] = deque()
        self._redo: list[Entry] = []
        self._size = 0
        self._dropped = 0
        self._saved: int | None = 0
        self._open_key: Hashable | None = None
        self._listeners: list[Callable[[Move], None]] = []

    def subscribe(self, listener: Callable[[Move], None]) -> Callable[[], None]:
        """Calls the listener with every move from now on, when the document is as it says; the result ends that.

        A listener must not raise: edits do not fail because somebody keeps a record of them.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def tell(self, move: Move) -> None:
        """Of an undo and a redo the document tells, for it does them after the history has given them out."""
        for listener in self._listeners:
            listener(move)

    def steps(self) -> Steps:
        """What can be undone and redone now."""
        saved = None if self._saved is None else self._saved - self._dropped
        is_near = saved is not None and 0 <= saved <= len(self._undo) + len(self._redo)
        return Steps(tuple(self._undo), tuple(reversed(self._redo)), saved if is_near else None)

    @property
    def undo_label(self) -> str | None:
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        return self._redo[-1].label if self._redo else None

    @property
    def is_clean(self) -> bool:
        """True where the document is as it was last saved."""
        return self._saved == self._position

    @property
    def unsaved_labels(self) -> list[str]:
        """The names of the steps since the document was last saved, the newest first, as far as they are still known.

        Empty too where steps were undone since then.
        """
        since = self._position - (self._saved or 0)
        return [entry.label for entry in reversed(self._undo)][: max(0, since)]

    @property
    def size(self) -> int:
        """Estimated bytes held."""
        return self._size

    @property
    def _position(self) -> int:
        """How many steps lie behind, counted from the beginning, those forgotten included."""
        return self._dropped + len(self._undo)

    def mark_saved(self) -> None:
        """The file holds what the document holds now. The next edit is a step of its own: undo leads back here."""
        self._saved = self._position
        self.seal()
        self.tell(Move("saved"))

    def mark_unsaved(self) -> None:
        """For a document that no file holds yet, or whose file went away."""
        self._saved = None
        self.tell(Move("unsaved"))

    def seal(self) -> None:
        """Ends coalescing: the next edit is a step of its own, whatever its key."""
        self._open_key = None

    def leave_open(self, merge_key: Hashable) -> None:
        """The next edit joins the last step if it has this key."""
        self._open_key = merge_key

    def is_open(self, merge_key: Hashable) -> bool:
        """Whether an edit with this key would join the last step."""
        return self._open_key == merge_key

    def push(self, label: str, diff: Diff, merge_key: Hashable | None = None) -> None:
        """Records a committed change; one with the key of the step before it joins that step, which keeps its label."""
        self._forget_redo()
        joins = merge_key is not None and self.is_open(merge_key)
        move = Move("edit", self._undo[-1].label if joins else label, diff, joins)
        if joins:
            last = self._pop()
            label, diff = last.label, squash(last.diff, diff)
        self._open_key = merge_key if diff else None
        if diff:
            entry = Entry(label, diff, _size(diff))
            self._undo.append(entry)
            self._size += entry.size
        self._trim()
        self.tell(move)

    def take_undo(self) -> Diff | None:
        """The change to take back, moved to the redo stack; None where there is none."""
        if not self._undo:
            return None
        self.seal()
        self._redo.append(self._undo.pop())
        return self._redo[-1].diff

    def take_redo(self) -> Diff | None:
        """The change to do again, moved to the undo stack; None where there is none."""
        if not self._redo:
            return None
        self.seal()
        self._undo.append(self._redo.pop())
        return self._undo[-1].diff

    def _pop(self) -> Entry:
        entry = self._undo.pop()
        self._size -= entry.size
        return entry

    def _forget_redo(self) -> None:
        if self._saved is not None and self._saved > self._position:
            self._saved = None  # the saved state was undone and is now out of reach
        self._size -= sum(entry.size for entry in self._redo)
        self._redo.clear()

    def _trim(self) -> None:
        while self._size > self._limit and len(self._undo) > 1:
            self._size -= self._undo.popleft().size
            self._dropped += 1


def _size(diff: Diff) -> int:
    return sum(_record_size(record) for pair in diff.values() for record in pair if record is not None)


def _record_size(record: Record) -> int:
    extra = record.__pydantic_extra__
    values = record.__dict__.values()
    size = RECORD_BYTES + sum(len(value) for value in values if isinstance(value, str))
    size += sum(len(repr(value)) for value in values if isinstance(value, tuple))
    return size + len(repr(extra)) if extra else size
