"""Undo, redo, merging, the saved state, and the bound on memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.model.diff import Diff
from app.model.document import Document
from app.model.edits import set_fields, set_map
from app.model.history import RECORD_BYTES, History, Move
from app.model.records import MapRecord, Stage
from app.model.registry import record_from_json
from tests.model.builders import Replica, bytes_of, small_map


def retitle(document: Document, title: str, key: object = None, label: str = "Rename") -> None:
    with document.edit(label, key) as tx:
        set_map(tx, title=title)


def titles_back_to_the_start(document: Document) -> list[str]:
    found = [document.map.title]
    while document.undo():
        found.append(document.map.title)
    return found


def test_undo_and_redo() -> None:
    """H1, H8: one step each, with its label, and the same bytes at both ends."""
    document = small_map()
    first = bytes_of(document.store)
    assert (document.history.undo_label, document.history.redo_label) == (None, None)
    assert not document.undo()
    assert not document.redo()
    for title in ("One", "Two", "Three"):
        retitle(document, title, label=f"Call it {title}")
    last = bytes_of(document.store)
    assert document.history.undo_label == "Call it Three"
    assert document.undo()
    assert document.map.title == "Two"
    assert (document.history.undo_label, document.history.redo_label) == ("Call it Two", "Call it Three")
    while document.undo():
        pass
    assert bytes_of(document.store) == first
    while document.redo():
        pass
    assert bytes_of(document.store) == last


def test_a_new_step_forgets_what_could_be_redone() -> None:
    """H2: and its memory."""
    document = small_map()
    retitle(document, "One")
    size = document.history.size
    retitle(document, "Two")
    document.undo()
    retitle(document, "Six")
    assert not document.redo()
    assert titles_back_to_the_start(document) == ["Six", "One", "Switching provider"]
    assert document.history.size == 2 * size - len("Switching provider") + len("Six")


def test_typing_is_one_step() -> None:
    """H3: as long as the key is the same."""
    document = small_map()
    for title in ("a", "ab", "abc"):
        retitle(document, title, "typing")
    retitle(document, "abcd", "other")
    retitle(document, "abcde", "other")
    retitle(document, "x")
    retitle(document, "y")
    assert titles_back_to_the_start(document) == ["y", "x", "abcde", "abc", "Switching provider"]


def test_what_ends_typing() -> None:
    """H3: the next letter is a step of its own."""
    for end in ("seal", "save", "undo and redo"):
        document = small_map()
        retitle(document, "a", "typing")
        if end == "seal":
            document.history.seal()
        elif end == "save":
            document.history.mark_saved()
        else:
            document.undo()
            document.redo()
        retitle(document, "ab", "typing")
        assert titles_back_to_the_start(document) == ["ab", "a", "Switching provider"], end


def test_a_failed_or_empty_edit_does_not_end_typing() -> None:
    """H3, T4: they are no steps."""
    document = small_map()
    retitle(document, "a", "typing")
    retitle(document, "a")
    document.begin("Drag").rollback()
    retitle(document, "ab", "typing")
    assert titles_back_to_the_start(document) == ["ab", "Switching provider"]


def test_typing_that_leads_back() -> None:
    """H4: nothing is left of it; what is typed next does not join an older step."""
    document = small_map()
    with document.edit("Older", "typing") as tx:
        set_fields(tx, ["c1"], title="Older")
    document.history.seal()
    retitle(document, "a", "typing")
    retitle(document, "Switching provider", "typing")
    assert document.history.undo_label == "Older"
    retitle(document, "b", "typing")
    retitle(document, "bc", "typing")
    document.undo()
    assert (document.map.title, document.history.undo_label) == ("Switching provider", "Older")
    assert document.store["c1"].__dict__["title"] == "Older"


def test_clean_is_where_it_was_saved() -> None:
    """H5: at the start, after saving, and wherever undo and redo lead back."""
    document = small_map()
    assert document.history.is_clean
    retitle(document, "One")
    assert not document.history.is_clean
    document.history.mark_saved()
    retitle(document, "Two")
    document.undo()
    assert document.history.is_clean
    document.undo()
    assert not document.history.is_clean
    document.redo()
    assert document.history.is_clean
    document.redo()
    assert not document.history.is_clean
    document.history.mark_unsaved()
    document.undo()
    assert not document.history.is_clean
    document.history.mark_saved()
    assert document.history.is_clean


def test_typing_back_to_what_was_saved() -> None:
    """H4, H5: leaves the document clean."""
    document = small_map()
    retitle(document, "a", "typing")
    document.history.mark_saved()
    retitle(document, "ab", "typing")
    assert not document.history.is_clean
    retitle(document, "a", "typing")
    assert document.history.is_clean
    assert titles_back_to_the_start(document) == ["a", "Switching provider"]


def test_the_saved_step_undone_and_something_else_done() -> None:
    """H6: as many steps again do not make it clean."""
    document = small_map()
    retitle(document, "One")
    retitle(document, "Two")
    document.history.mark_saved()
    document.undo()
    retitle(document, "Other")
    assert not document.history.is_clean
    document.undo()
    document.undo()
    assert not document.history.is_clean


def step(number: int, size: int = 0) -> Diff:
    return {f"g{number}": (None, Stage(id=f"g{number}", title="t" * size))}


def test_the_oldest_steps_go_first() -> None:
    """H6, H7: the newest stays, however large; a start that was saved is not reached again."""
    history = History(limit=3 * (RECORD_BYTES + 20))
    for number in range(5):
        history.push(f"{number}", step(number))
        assert history.size <= 3 * (RECORD_BYTES + 20)
    found = []
    while history.undo_label is not None:
        found.append(history.undo_label)
        history.take_undo()
        assert not history.is_clean
    assert found == ["4", "3", "2"]
    history.push("large", step(9, 500) | step(8, 500) | step(7, 500))
    assert history.undo_label == "large"
    history.take_undo()
    assert history.take_undo() is None


def test_what_a_step_takes() -> None:
    """H7: texts and unknown fields count."""
    history = History()
    history.push("Text", {"map": (MapRecord(), MapRecord(title="t" * 400))})
    assert history.size > 2 * RECORD_BYTES + 400
    before = history.size
    history.push("Unknown", {"u": (None, record_from_json({"type": "sticker", "id": "u", "x": ["y" * 1000]}))})
    assert history.size > before + RECORD_BYTES + 1000


moves = st.lists(
    st.one_of(
        st.tuples(st.just("push"), st.sampled_from([None, "k1", "k2"]), st.integers(0, 3)),
        st.tuples(st.sampled_from(["undo", "redo", "save", "seal", "unsave"]), st.none(), st.just(0)),
    ),
    max_size=40,
)


@given(moves, st.sampled_from([1, 1600, 3200, 10**6]))
def test_history_against_a_list_of_states(todo: list[tuple[str, str | None, int]], limit: int) -> None:
    """H1, H2, H3, H4, H5, H6, H7: clean means the very step that was saved, whatever was forgotten."""
    document = small_map()
    document.history = history = History(limit)
    replica = Replica(document)
    saved: bytes | None = bytes_of(document.store)
    states = [bytes_of(document.store)]
    for move, key, number in todo:
        if move == "push":
            retitle(document, f"title {number}", key)
        elif move == "undo":
            document.undo()
        elif move == "redo":
            document.redo()
        elif move == "save":
            history.mark_saved()
            saved = bytes_of(document.store)
        elif move == "unsave":
            history.mark_unsaved()
            saved = None
        else:
            history.seal()
        states.append(bytes_of(document.store))
        assert replica.bytes == states[-1]
        if history.is_clean:
            assert states[-1] == saved
        assert history.size >= 0
    _walk_both_ways(document)


def _walk_both_ways(document: Document) -> None:
    while document.redo():
        pass
    last = bytes_of(document.store)
    steps = 0
    while document.undo():
        steps += 1
    for _ in range(steps):
        assert document.redo()
    assert not document.redo()
    assert bytes_of(document.store) == last


def test_listeners_hear_what_happens_to_the_history() -> None:
    """H9: when it has happened, and with what it changed."""
    document = small_map()
    told: list[tuple[str, str, bool, str]] = []

    def hear(move: Move) -> None:
        told.append((move.kind, move.label, move.joins, document.map.title))

    forget = document.history.subscribe(hear)
    retitle(document, "One", key="typing")
    retitle(document, "Ones", key="typing")
    document.undo()
    document.redo()
    document.history.mark_saved()
    document.history.mark_unsaved()
    drag = document.begin("Drag")
    drag.set("map", title="half")
    drag.flush()
    drag.rollback()
    forget()
    forget()
    retitle(document, "Unheard")
    assert told == [
        ("edit", "Rename", False, "One"),
        ("edit", "Rename", True, "Ones"),
        ("undo", "", False, "Switching provider"),
        ("redo", "", False, "Ones"),
        ("saved", "", False, "Ones"),
        ("unsaved", "", False, "Ones"),
    ]


def test_the_steps_and_which_is_saved() -> None:
    """H10: in the order in which they were done."""
    document = small_map()
    history = document.history
    assert history.steps() == ((), (), 0)
    for title in ("One", "Two", "Three", "Four"):
        retitle(document, title, label=title)
        if title == "Three":
            history.mark_saved()
    document.undo()
    document.undo()
    undo, redo, saved = history.steps()
    assert [entry.label for entry in undo] == ["One", "Two"]
    assert [entry.label for entry in redo] == ["Three", "Four"]
    assert saved == 3
    retitle(document, "Five")
    assert history.steps().saved is None
