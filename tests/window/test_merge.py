"""Two copies come together again: what is taken over, what is to be decided, and that nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.files import dumps, load, open_map, save
from app.files.revisions import find_base
from app.model.document import Document
from app.model.edits import add_card, add_step, delete, move_cards, set_fields
from app.model.kinds.image import Image
from app.model.queries import columns
from app.model.records import Card
from app.window.compare.states import file_choice
from app.window.merge.window import MergeWindow
from tests.edited import edited
from tests.window.hands import FakeDialogs, Hands

ENTER = Qt.Key.Key_Return


def cards_of(hands: Hands) -> list[Card]:
    return sorted((one for one in hands.document.records if isinstance(one, Card)), key=lambda one: one.id)


@pytest.fixture
def theirs(hands: Hands, tmp_path: Path) -> Path:
    """A colleague's copy, with a picture of its own."""
    path = tmp_path / "map, Ken.jmap"
    assert hands.window.path is not None
    opened = open_map(hands.window.path)
    document = Document(edited(opened.document.records), opened.document.media)
    name = document.media.add(PNG, "png")
    with document.edit("A picture") as tx:
        lane = next(one for one in cards_of(hands) if isinstance(one, Image)).lane
        add_card(tx, "image", lane, cards_of(hands)[0].step, title="Ken's picture", picture=name)
    save(opened.file.holding(document.records, None, document.media), path)
    return path


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f00038301807ffb4e4a0000000049454e44ae426082"
)


def work_on_mine(hands: Hands) -> None:
    """What was done here meanwhile: a title that they changed too, and a card that they deleted."""
    cards = cards_of(hands)
    with hands.document.edit("Mine") as tx:
        set_fields(tx, [cards[3].id], title=f"{cards[3].title} every evening")
        set_fields(tx, [cards[0].id], title="Changed here, deleted there")
        set_fields(tx, [cards[30].id], title="Only mine")


def merging(hands: Hands, qtbot: QtBot) -> MergeWindow:
    qtbot.waitUntil(lambda: hands.window.comparing.merging.window is not None, timeout=20_000)
    window = hands.window.comparing.merging.window
    assert window is not None
    window.resize(1400, 800)
    return window


def test_merging_is_one_step_that_can_be_undone(hands: Hands, dialogs: FakeDialogs, theirs: Path, qtbot: QtBot) -> None:
    work_on_mine(hands)
    mine, steps = hands.bytes(), hands.document.history.unsaved_labels
    dialogs.path = theirs
    hands.window.actions_["merge"].trigger()
    window = merging(hands, qtbot)
    assert hands.bytes() == mine
    window.take_suggestions()
    window.accept()
    titles = {one.title for one in cards_of(hands)}
    assert {"Only mine", "A new worry", "Changed here, deleted there", "Ken's picture"} <= titles
    assert not hands.document.missing_pictures
    assert len(hands.document.history.unsaved_labels) == len(steps) + 1
    hands.window.save()
    assert hands.window.path is not None
    saved = load(hands.window.path)
    assert load(theirs).rev in saved.parents
    assert len(saved.parents) == 2
    hands.document.undo()
    assert hands.bytes() == mine


def test_a_merge_that_was_undone_leaves_no_parent(
    hands: Hands, dialogs: FakeDialogs, theirs: Path, qtbot: QtBot
) -> None:
    """Else the next merge would take for deleted what was only taken back."""
    work_on_mine(hands)
    dialogs.path = theirs
    hands.window.actions_["merge"].trigger()
    window = merging(hands, qtbot)
    window.take_suggestions()
    window.accept()
    hands.document.undo()
    hands.window.save()
    assert hands.window.path is not None
    assert load(theirs).rev not in load(hands.window.path).parents
    hands.document.redo()
    hands.window.save()
    assert load(theirs).rev in load(hands.window.path).parents


def test_conflicts_are_decided_with_keys_and_shown_on_the_map(
    hands: Hands, dialogs: FakeDialogs, theirs: Path, qtbot: QtBot
) -> None:
    work_on_mine(hands)
    dialogs.path = theirs
    hands.window.actions_["merge"].trigger()
    window = merging(hands, qtbot)
    conflict = window.side.conflict
    assert conflict is not None
    assert conflict.field == "title"
    assert not window.accept_button.isEnabled()
    assert "taken over, 1 to be decided" in window.side.summary.text()
    assert window.side.kept.text().startswith("1 deleted thing was kept")
    assert "<u " in window.side.offers.offers["mine"].words.text()
    store = window._together.document.store
    for key, title in ((Qt.Key.Key_2, conflict.theirs), (Qt.Key.Key_1, conflict.mine), (Qt.Key.Key_3, conflict.both)):
        window.side.list.setCurrentRow(0)
        QTest.keyClick(window.side.list, key)
        assert store[conflict.id].__dict__["title"] == title
    assert window.accept_button.isEnabled()
    QTest.keyClick(window, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert hands.document.store[conflict.id].__dict__["title"] == conflict.both
    assert hands.window.comparing.merging.window is None


def test_cancel_changes_nothing(hands: Hands, dialogs: FakeDialogs, theirs: Path, qtbot: QtBot) -> None:
    work_on_mine(hands)
    mine, file = hands.bytes(), theirs.read_bytes()
    dialogs.path = theirs
    hands.window.actions_["merge"].trigger()
    window = merging(hands, qtbot)
    QTest.keyClick(window, Qt.Key.Key_1)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert hands.window.comparing.merging.window is None
    assert hands.bytes() == mine
    assert theirs.read_bytes() == file
    session = hands.window.session
    assert session is not None
    assert session.file.merged == ()


def test_without_conflicts_enter_is_enough(hands: Hands, dialogs: FakeDialogs, theirs: Path, qtbot: QtBot) -> None:
    del dialogs
    hands.window.comparing.merging.merge_file(theirs)
    window = merging(hands, qtbot)
    assert "nothing is left to decide" in window.side.summary.text()
    assert window.accept_button.hasFocus() or not window.isActiveWindow()
    window.accept_button.click()
    assert dumps(hands.document.records)  # sound
    assert {record.id for record in hands.document.records} == {record.id for record in load(theirs).records}


def test_what_came_in_is_listed_and_shown_at_its_place(hands: Hands, theirs: Path, qtbot: QtBot) -> None:
    hands.window.comparing.merging.merge_file(theirs)
    window = merging(hands, qtbot)
    said = listed(window)
    assert any("“Ken's picture” was added" in text for text in said)
    assert window.side.summary.text().startswith(f"{len(said)} changes taken over")
    [picture] = [one for one in window.records if isinstance(one, Image) and one.title == "Ken's picture"]
    window.side.list.setCurrentRow(next(row for row, text in enumerate(said) if "Ken's picture" in text))
    assert window.view.selection.ids == {picture.id}
    window.reject()


def test_a_copy_that_has_nothing_new_says_so(hands: Hands, qtbot: QtBot, tmp_path: Path) -> None:
    assert hands.window.path is not None
    path = tmp_path / "same.jmap"
    path.write_bytes(hands.window.path.read_bytes())
    hands.window.comparing.merging.merge_file(path)
    window = merging(hands, qtbot)
    assert "here already" in window.side.summary.text()
    assert not window.accept_button.isEnabled()
    window.reject()


def test_work_that_goes_on_meanwhile_is_merged_too(hands: Hands, theirs: Path, qtbot: QtBot) -> None:
    hands.window.comparing.merging.merge_file(theirs)
    with hands.document.edit("Meanwhile") as tx:
        set_fields(tx, [cards_of(hands)[40].id], title="Written meanwhile")
    window = merging(hands, qtbot)
    window.take_suggestions()
    window.accept()
    assert "Written meanwhile" in {one.title for one in cards_of(hands)}
    assert "A new worry" in {one.title for one in cards_of(hands)}


def test_what_is_done_behind_the_window_is_not_lost(hands: Hands, theirs: Path, qtbot: QtBot) -> None:
    """The compare window takes things over into the same map, and does not wait for the merge window."""
    hands.window.comparing.merging.merge_file(theirs)
    window = merging(hands, qtbot)
    with hands.document.edit("Take over") as tx:
        set_fields(tx, [cards_of(hands)[30].id], title="Taken over meanwhile")
    window.take_suggestions()
    window.accept()
    assert "Taken over meanwhile" in {one.title for one in cards_of(hands)}
    qtbot.waitUntil(lambda: hands.window.comparing.merging.window not in (None, window), timeout=20_000)
    again = merging(hands, qtbot)
    again.take_suggestions()
    again.accept()
    assert {"Taken over meanwhile", "Ken's picture"} <= {one.title for one in cards_of(hands)}


def test_a_merge_goes_with_its_map(hands: Hands, theirs: Path, qtbot: QtBot) -> None:
    """A large map may arrive behind the window: what is decided there would belong to no map any more."""
    hands.window.comparing.merging.merge_file(theirs)
    window = merging(hands, qtbot)
    hands.window.files.session = None
    hands.window.open_sample("clinic")
    session = hands.window.session
    assert session is not None
    clinic = dumps(session.document.records)
    assert not window.isVisible()
    assert hands.window.comparing.merging.window is None
    assert "merge" in hands.window.statusBar().currentMessage()
    assert dumps(session.document.records) == clinic
    assert session.file.merged == ()
    assert not hands.window.comparing.merging.is_busy


def test_the_file_of_the_map_itself_is_no_copy(hands: Hands, dialogs: FakeDialogs) -> None:
    dialogs.path = hands.window.path
    hands.window.actions_["merge"].trigger()
    assert dialogs.asked[0] == "open: Merge with another copy"
    assert any("choose another copy" in asked for asked in dialogs.asked)
    assert hands.window.comparing.merging.window is None


def test_a_file_that_is_no_map_leaves_everything(
    hands: Hands, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.path = tmp_path / "broken.jmap"
    dialogs.path.write_bytes(b"no map")
    hands.window.actions_["merge"].trigger()
    qtbot.waitUntil(lambda: any(asked.startswith("problem") for asked in dialogs.asked), timeout=20_000)
    assert hands.window.comparing.merging.window is None


def test_without_a_common_past_one_takes_over_what_one_wants(hands: Hands, theirs: Path, qtbot: QtBot) -> None:
    stranger = load(theirs)
    kept = {name: data for name, data in stranger.parts.items() if not name.startswith("history/")}
    stranger = replace(stranger, parts=kept, parents=(), rev="", written=b"", map_id="0" * 32)
    session = hands.window.session
    assert session is not None
    assert find_base(session.file, stranger) is None
    save(stranger, theirs, force=True)
    hands.window.comparing.merging.merge_file(theirs)
    qtbot.waitUntil(lambda: hands.window.comparing.window is not None, timeout=20_000)
    window = hands.window.comparing.window
    assert window is not None
    qtbot.waitUntil(lambda: window.compared is not None, timeout=20_000)
    assert "no common past" in window.side.said.text()
    for title in ("Ken's picture", "Think about it"):
        found = next(
            one
            for one in window.side.model.changes
            if one.after is not None and getattr(one.after, "title", "") == title
        )
        window.side.list.stand_on(found.id)
        window.side.take_over.click()
        qtbot.waitUntil(lambda: window.compared is not None, timeout=20_000)
    titles = {getattr(record, "title", "") for record in hands.document.records}
    assert {"Ken's picture", "Think about it", "Ideas for later"} <= titles  # the card brought its lane along
    assert not hands.document.missing_pictures
    assert "A new worry" not in titles
    hands.document.undo()
    assert "Think about it" not in {getattr(record, "title", "") for record in hands.document.records}
    window.close()


def test_a_deletion_is_taken_over_too(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    assert hands.window.path is not None
    opened = open_map(hands.window.path)
    card = cards_of(hands)[0]
    with opened.document.edit("Delete") as tx:
        delete(tx, [card.id])
    path = tmp_path / "other.jmap"
    save(opened.file.holding(opened.document.records), path)
    window = hands.window.comparing.compare_with(file_choice(path), "Because.")
    assert window is not None
    qtbot.waitUntil(lambda: window.compared is not None, timeout=20_000)
    QTest.keyClick(window, Qt.Key.Key_F3)
    QTest.keyClick(window, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert card.id not in hands.document.store
    window.close()


def test_what_is_told_follows_what_is_chosen(hands: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    """A step that they deleted stays where a card goes on lying in it, and only there; so do counts and signs."""
    [card, *_] = cards_of(hands)
    with hands.document.edit("Begin") as tx:
        stage = columns(tx.store)[-1].stage
        gone, there = add_step(tx, stage, "Gone"), add_step(tx, stage, "There")
    hands.window.save()
    path = hands.window.path
    assert path is not None
    theirs = open_map(path)
    with theirs.document.edit("Theirs") as tx:
        move_cards(tx, [card.id], card.lane, there)
        delete(tx, [gone])
    copy = tmp_path / "map, Ken.jmap"
    save(theirs.file.holding(theirs.document.records), copy)
    with hands.document.edit("Mine") as tx:
        move_cards(tx, [card.id], card.lane, gone)
    hands.window.comparing.merging.merge_file(copy)
    window = merging(hands, qtbot)
    [conflict] = [one for one in window._together.conflicts if one.field == "step"]
    told = {}
    for choice in ("mine", "theirs", "mine"):
        window.choose(conflict, choice)
        told[choice] = window.side.kept.isVisible(), listed(window), window.side.summary.text()
        is_there = any(record.id == gone for record in window.records)
        assert is_there == (choice == "mine")
        assert told[choice][0] == is_there
        assert any("it stays because" in text for text in told[choice][1]) == is_there
    assert told["mine"][2].startswith("0 changes taken over")
    assert told["theirs"][2].startswith("1 change taken over")


def listed(window: MergeWindow) -> list[str]:
    return [window.side.list.item(row).text() for row in range(window.side.list.count())]
