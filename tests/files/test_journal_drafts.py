"""A text that is being typed is in the journal before it is a step of the history."""

from __future__ import annotations

import pytest

from app.files.journal import writer
from app.model.document import Transaction
from app.model.edits import set_map
from tests.files.desk import Desk, assert_same


def typed(desk: Desk, *texts: str) -> Transaction:
    """A text that is typed, letter by letter or more at once, and noted each time."""
    tx = desk.document.begin("Edit text")
    for text in texts:
        set_map(tx, title=text)
        desk.journal.note_draft(desk.document.under_way)
    return tx


def test_a_text_that_was_being_typed_is_a_step_of_its_own(desk: Desk) -> None:
    """Also where it is the first thing that is done to the map."""
    tx = typed(desk, "H", "He", "Hello")
    tx_title = desk.document.map.title
    desk.crash()
    tx.rollback()
    [lost] = desk.find()
    assert (lost.title, tx_title) == ("Hello", "Hello")
    assert lost.document.history.undo_label == "Edit text"
    assert lost.unsaved == 1
    lost.document.undo()
    assert lost.title == desk.document.map.title


def test_a_text_that_was_given_up_is_not_offered(desk: Desk) -> None:
    typed(desk, "H", "He").rollback()
    desk.journal.note_draft(desk.document.under_way)
    desk.crash()
    assert desk.find() == []


def test_a_text_that_was_kept_is_one_step(desk: Desk) -> None:
    """What was noted of it before is not a step beside it."""
    typed(desk, "H", "Hello").commit()
    desk.name("After")
    desk.crash()
    [lost] = desk.find()
    assert_same(lost, desk.document)
    assert len(lost.document.history.steps().undo) == 2


def test_the_same_text_is_noted_once(desk: Desk) -> None:
    desk.name("One")
    tx = typed(desk, *["Hello"] * 50)
    assert desk.journal.flush(wait=True)
    assert desk.log.read_bytes().count(b"Hello") == 1
    tx.rollback()


def test_a_long_text_that_is_typed_for_long_does_not_fill_the_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LARGE", 20_000)
    desk.name("One")
    tx = desk.document.begin("Edit text")
    for count in range(100):
        set_map(tx, title=f"{count} " + "word " * 90)
        desk.journal.note_draft(desk.document.under_way)
        assert desk.journal.flush(wait=True)
    last = desk.document.map.title
    assert desk.log.stat().st_size < 30_000
    desk.crash()
    [lost] = desk.find()
    assert lost.title == last
    assert len(lost.document.history.steps().undo) == 2
    tx.rollback()


def test_a_journal_that_begins_while_something_is_under_way_begins_without_it(desk: Desk) -> None:
    """Else what ends it would not fit."""
    desk.name("One")
    tx = desk.document.begin("Drag")
    set_map(tx, title="half a drag")
    desk.journal.begin()
    tx.commit()
    desk.crash()
    [lost] = desk.find()
    assert not lost.is_partial
    assert_same(lost, desk.document)
