"""The one door through which records change, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from app.model.diff import Diff
from app.model.document import Document, EditError, Transaction
from app.model.edits import add_stage, set_fields
from app.model.records import Stage, Step
from app.model.rules import RuleError
from tests.model.builders import Replica, assert_true_to_records, bytes_of, card, small_map


def listener_that(act: Callable[[], object]) -> Callable[[Diff], None]:
    def listener(_diff: Diff) -> None:
        act()

    return listener


def title(document: Document, id: str = "c1") -> str:
    found: str = document.store[id].__dict__["title"]
    return found


def test_writing_outside_a_transaction() -> None:
    """T1: once it is closed, nothing goes through it, whichever way it was closed."""
    document = small_map()
    for close in ("commit", "rollback"):
        tx = document.begin("Edit")
        assert tx.is_open
        assert document.is_editing
        getattr(tx, close)()
        assert not tx.is_open
        assert not document.is_editing
        attempts: list[Callable[[], object]] = [
            lambda tx=tx: tx.set("c1", title="Late"),
            lambda tx=tx: tx.put(Stage(id="g9")),
            lambda tx=tx: tx.remove("k1"),
            lambda tx=tx: add_stage(tx),
            tx.restart,
            tx.commit,
            tx.rollback,
        ]
        for attempt in attempts:
            with pytest.raises(RuntimeError, match="only inside an open transaction"):
                attempt()
    assert title(document) == "Compares"


def test_one_transaction_at_a_time() -> None:
    """T2: the open one is named, and goes on."""
    document = small_map()
    with document.edit("First") as tx:
        tx.set("c1", title="New")
    with document.edit("Outer") as tx:
        tx.set("c1", title="Newer")
        for refused in (document.undo, document.redo, lambda: document.begin("Inner")):
            with pytest.raises(RuntimeError, match="“Outer” is still open"):
                refused()
    assert title(document) == "Newer"
    document.undo()
    assert title(document) == "New"


def test_leaving_commits_and_exceptions_roll_back() -> None:
    """T3: whatever the exception."""
    document = small_map()
    for exception in (EditError("No."), KeyboardInterrupt(), GeneratorExit()):
        with pytest.raises(type(exception)), document.edit("Fail") as tx:  # noqa: PT012
            tx.set("c1", title="New")
            tx.remove("k1")
            raise exception
        assert title(document) == "Compares"
        assert "k1" in document.store
        assert document.history.undo_label is None
    with document.edit("Work") as tx:
        tx.set("c1", title="New")
    assert title(document) == "New"
    assert document.history.undo_label == "Work"


def test_closing_inside_the_door() -> None:
    """T3: who commits or rolls back himself is left alone."""
    document = small_map()
    with document.edit("Commit") as tx:
        tx.set("c1", title="New")
        tx.commit()
    with document.edit("Give up") as tx:
        tx.set("c1", title="Newer")
        tx.rollback()
    with pytest.raises(EditError), document.edit("Commit, then fail") as tx:  # noqa: PT012
        tx.set("c2", title="Kept")
        tx.commit()
        raise EditError("Too late.")
    assert (title(document), title(document, "c2")) == ("New", "Kept")


def test_nothing_comes_of_nothing() -> None:
    """T4: no step, no word, and what could be redone stays."""
    document = small_map()
    with document.edit("First") as tx:
        tx.set("c1", title="New")
    document.undo()
    replica = Replica(document)
    with document.edit("There and back") as tx:
        tx.put(Stage(id="g9"))
        tx.set("c1", title="New")
        tx.set("c1", title="Compares")
        tx.remove("g9")
        tx.remove("nothing")
        assert tx.diff == {}
    assert replica.heard == []
    assert document.history.undo_label is None
    assert document.redo()


def test_writes_are_seen_at_once() -> None:
    """T5: in the store, with their edges; the diff says what changed so far."""
    document = small_map()
    before = document.store["c1"]
    with document.edit("Edit") as tx:
        tx.set("c1", title="New", step="s2")
        assert title(document) == "New"
        assert document.store["c1"] in document.store.referrers("s2", "at_step")
        assert tx.diff == {"c1": (before, document.store["c1"])}
        tx.diff.clear()
        assert tx.diff


def test_bad_values_are_refused_at_once() -> None:
    """R1, T8: and leave the rest of the transaction."""
    document = small_map()
    with document.edit("Edit") as tx:
        tx.set("c1", title="New")
        with pytest.raises(ValidationError):
            tx.set("c1", title=5)
        with pytest.raises(KeyError):
            tx.set("nothing", title="")
    assert title(document) == "New"


def test_listeners_hear_at_flush_and_at_the_end() -> None:
    """T6: each time what is new to them."""
    document = small_map()
    replica = Replica(document)
    with document.edit("Drag") as tx:
        tx.set("c1", title="1")
        tx.set("c1", title="2")
        assert replica.heard == []
        tx.flush()
        assert [list(diff) for diff in replica.heard] == [["c1"]]
        tx.flush()
        assert len(replica.heard) == 1
        tx.set("c1", title="3")
        tx.set("c2", title="x")
    assert [sorted(diff) for diff in replica.heard] == [["c1"], ["c1", "c2"]]
    document.undo()
    document.redo()
    assert len(replica.heard) == 4
    assert replica.bytes == bytes_of(document.store)


def test_who_saw_the_preview_sees_it_taken_back() -> None:
    """T6, T7: be it by rollback, by restart or by writing the old values."""
    document = small_map()
    replica = Replica(document)
    before = bytes_of(document.store)
    tx = document.begin("Drag")
    tx.set("c1", title="Seen")
    tx.put(Stage(id="g9"))
    tx.put(Step(id="s9", stage="g9"))
    tx.remove("k1")
    tx.flush()
    tx.set("c1", title="Not seen")
    tx.set("c2", title="Not seen either")
    tx.set("g9", title="Seen without")
    tx.restart()
    assert tx.diff == {}
    assert bytes_of(document.store) == before
    assert replica.bytes != before
    tx.flush()
    assert replica.bytes == before
    tx.set("c1", title="Seen again")
    tx.flush()
    tx.set("c1", title="Compares")
    tx.rollback()
    assert replica.bytes == bytes_of(document.store) == before
    assert document.history.undo_label is None
    assert_true_to_records(document.store)


def test_a_rule_broken_after_a_preview() -> None:
    """T6, T7, V8: those who saw it see it go."""
    document = small_map()
    replica = Replica(document)
    tx = document.begin("Break")
    tx.remove("s3")
    tx.flush()
    with pytest.raises(RuleError):
        tx.commit()
    assert not tx.is_open
    assert replica.bytes == bytes_of(document.store)
    assert "s3" in document.store


def test_all_or_nothing() -> None:
    """T8: what was written before stays; the outermost takes all back."""
    document = small_map()
    replica = Replica(document)
    with document.edit("Drag") as tx:
        tx.set("c1", title="Kept")
        with pytest.raises(EditError), tx.all_or_nothing():  # noqa: PT012
            tx.set("c1", title="Lost")
            with tx.all_or_nothing():
                tx.set("c2", title="Lost")
            tx.flush()
            raise EditError("No.")
        assert (title(document), title(document, "c2")) == ("Kept", "")
        with tx.all_or_nothing():
            tx.set("c2", title="Kept too")
    assert (title(document), title(document, "c2")) == ("Kept", "Kept too")
    assert replica.bytes == bytes_of(document.store)


def test_an_edit_that_fails_in_an_open_transaction() -> None:
    """T8: one record of two was changed already when it failed."""
    document = small_map()
    tx = document.begin("Type")
    set_fields(tx, ["c1"], title="Kept")
    before = bytes_of(document.store)
    for ids, exception in ((["c1", "nothing"], EditError), (["c1", "s1"], ValidationError)):
        with pytest.raises(exception):
            set_fields(tx, ids, title="t" * (400 if exception is EditError else 600))
        assert bytes_of(document.store) == before
    tx.commit()
    assert title(document) == "Kept"


def fails_halfway(tx: Transaction) -> None:
    tx.set("c1", title="Else")
    tx.set("c1", title="x" * 501)


def test_a_rehearsal_changes_nothing() -> None:
    """T10: also where what is rehearsed fails halfway, and typing before and after it stays one step."""
    document = small_map()
    heard: list[Diff] = []
    with document.edit("Type", merge_key="title") as tx:
        tx.set("c1", title="N")
    document.subscribe(heard.append)
    before = bytes_of(document.store)
    label, diff = document.rehearse("Rename", lambda tx: tx.set("c1", title="Else"))
    assert label == "Rename"
    assert diff == {"c1": (document.store["c1"], document.store["c1"].changed(title="Else"))}
    with pytest.raises(ValidationError):
        document.rehearse("Rename", fails_halfway)
    assert bytes_of(document.store) == before
    assert heard == []
    assert not document.is_editing
    with document.edit("Type", merge_key="title") as tx:
        tx.set("c1", title="Ne")
    assert len(document.history.steps().undo) == 1


def test_a_listener_cannot_write() -> None:
    """T9: it gets an exception, whichever way it tries; the change itself stands."""
    document = small_map()
    attempts: list[Callable[[], object]] = [lambda: document.begin("Inner"), document.undo, document.redo]
    for attempt in attempts:
        stop = document.subscribe(listener_that(attempt))
        with pytest.raises(RuntimeError, match="make none"), document.edit("Outer") as tx:
            tx.set("c1", title=f"{title(document)}!")
        stop()
    assert title(document) == "Compares!!!"
    with document.edit("Drag") as tx:
        tx.set("c1", title="New")
        stop = document.subscribe(lambda _diff: tx.set("c2", title="Written by a listener"))
        with pytest.raises(RuntimeError, match="make none"):
            tx.flush()
        stop()
    assert title(document, "c2") == ""


def test_a_listener_that_raises() -> None:
    """T9: the others hear all the same, in the order in which they came."""
    document = small_map()
    heard: list[str] = []

    def fail(_diff: Diff) -> None:
        heard.append("fails")
        raise ZeroDivisionError

    document.subscribe(lambda _: heard.append("first"))
    document.subscribe(fail)
    replica = Replica(document)
    with pytest.raises(ZeroDivisionError), document.edit("Edit") as tx:
        tx.set("c1", title="New")
    assert heard == ["first", "fails"]
    assert replica.bytes == bytes_of(document.store)
    assert document.history.undo_label == "Edit"
    with pytest.raises(ZeroDivisionError):
        document.undo()
    assert replica.bytes == bytes_of(document.store)
    assert not document.is_editing


def test_ending_a_subscription() -> None:
    """T6: ends it, once or twice, and no other."""
    document = small_map()
    one, other = Replica(document), Replica(document)
    one.stop()
    one.stop()
    with document.edit("Edit") as tx:
        tx.put(small_map(card("c9")).store["c9"])
    assert (len(one.heard), len(other.heard)) == (0, 1)
