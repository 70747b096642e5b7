"""The journal of an open map: what is in it, and what it gives back after its program is gone."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.files import MapFile, load, open_map, save
from app.files.journal import folders, keeping, writer
from app.files.journal.keeping import Journal
from app.files.journal.log import Ending, read_log
from app.files.journal.recovery import find_lost
from app.files.revisions import begun_from, has_history
from app.model.edits import add_card, set_map
from app.model.media import media_name
from app.model.registry import record_from_json
from app.window.session import Session
from tests.files.builders import PNG, SMALL
from tests.files.desk import Desk, assert_same, state

ROOT = Path(__file__).parents[2]

GONE = 2**22 + 17
"""A number that no process has: Linux counts to 2**22."""


def test_what_was_done_comes_back_with_its_history(desk: Desk) -> None:
    desk.name("One")
    desk.name("Tw", key="typing")
    desk.name("Two", key="typing")
    with desk.document.edit("Add card") as tx:
        add_card(tx, "note", "l_1", "s_1", title="Größe → ٣ 😀")
    desk.document.undo()
    desk.name("Three")
    desk.name("Four")
    desk.document.undo()
    desk.crash()
    [lost] = desk.find()
    assert_same(lost, desk.document)
    assert lost.title == "Three"
    assert lost.unsaved == 3
    assert lost.path == lost.file().path == desk.path
    assert abs(lost.edited - time.time()) < 3600
    assert lost.document.undo()
    assert lost.document.map.title == "Two"
    assert lost.document.undo()
    assert lost.document.map.title == "One"


def test_it_goes_on_over_a_save(desk: Desk) -> None:
    desk.name("One")
    desk.name("Two")
    desk.save()
    desk.name("Three")
    desk.document.undo()
    desk.document.undo()
    desk.crash()
    [lost] = desk.find()
    assert_same(lost, desk.document)
    assert lost.title == "One"
    assert lost.unsaved == 1
    assert lost.file().fingerprint == load(desk.path).fingerprint
    lost.document.redo()
    assert lost.document.history.is_clean


def test_the_next_typing_is_a_step_of_its_own(desk: Desk) -> None:
    desk.name("One", key="typing")
    desk.crash()
    [lost] = desk.find()
    with lost.document.edit("Name", merge_key=1) as tx:
        set_map(tx, title="Two")
    lost.document.undo()
    assert lost.title == "One"


def test_a_map_that_was_never_saved(desk: Desk) -> None:
    desk.open(None, MapFile(tuple(open_map(desk.path).document.store)))
    desk.path.unlink()
    desk.name("New")
    desk.crash()
    [lost] = desk.find()
    assert lost.title == "New"
    assert lost.path is None
    assert lost.file().path is None
    assert len(lost.file().records) == len(SMALL)


def test_a_map_that_was_begun_has_no_past_when_it_is_saved(desk: Desk) -> None:
    begun = begun_from(open_map(desk.path).file)
    desk.open(None, begun)
    desk.name("New")
    desk.crash()
    [lost] = desk.find()
    assert lost.file().map_id == begun.map_id
    saved = save(lost.file().holding(lost.document.records), desk.folder / "new.jmap")
    assert saved.parents == ()
    assert not has_history(saved)


def test_a_map_whose_file_went_away_comes_back_without_it(desk: Desk) -> None:
    desk.name("One")
    desk.name("Two")
    desk.save()
    desk.path.unlink()
    desk.session.detach()
    desk.crash()
    [lost] = desk.find()
    assert_same(lost, desk.document)
    assert lost.path is None


def test_pictures_that_came_meanwhile_come_back(desk: Desk) -> None:
    name = desk.document.media.add(PNG, "png")
    with desk.document.edit("Add picture") as tx:
        tx.put(record_from_json({"id": "b", "type": "backdrop", "picture": name}))
    desk.name("Other")
    desk.document.undo()
    desk.document.undo()
    desk.name("Another")
    desk.crash()
    [lost] = desk.find()
    assert lost.document.media.get(name) == PNG

    desk.open(desk.path)
    with desk.document.edit("Add picture") as tx:
        tx.put(record_from_json({"id": "b", "type": "backdrop", "picture": desk.document.media.add(PNG, "png")}))
    desk.crash()
    [lost] = desk.find()
    assert not lost.document.missing_pictures
    assert save(lost.file().holding(lost.document.records, media=lost.document.media)).parts[f"media/{name}"] == PNG


def test_a_changed_picture_is_not_taken(desk: Desk) -> None:
    name = desk.document.media.add(PNG, "png")
    desk.name("One")
    with desk.document.edit("Add picture") as tx:
        tx.put(record_from_json({"id": "b", "type": "backdrop", "picture": name}))
    desk.crash()
    [kept] = desk.root.glob("*/media/*")
    kept.write_bytes(PNG + b"x")
    kept.with_name(f"{'0' * 64}.png").write_bytes(PNG)
    kept.with_name("notes.txt").write_bytes(PNG)
    [lost] = desk.find()
    assert lost.document.missing_pictures == {media_name(PNG, "png")}
    assert len(lost.document.media) == 0


@pytest.mark.parametrize("done", ["looked at", "saved", "undone", "closed", "changed to what is in the file"])
def test_nobody_is_asked_about_a_map_with_nothing_to_lose(desk: Desk, done: str) -> None:
    before = desk.document.map.title
    if done != "looked at":
        desk.name("One")
    if done == "saved":
        desk.save()
    if done == "undone":
        desk.document.undo()
    if done.startswith("changed"):
        desk.name(before)
    if done == "closed":
        desk.journal.close()
        assert list(desk.root.iterdir()) == []
    desk.crash()
    assert desk.find() == []
    assert not desk.root.exists() or list(desk.root.iterdir()) == []


def test_a_file_that_was_saved_just_before_the_end_is_not_asked_about(desk: Desk) -> None:
    desk.name("One")
    desk.crash()
    save(desk.session.file.holding(desk.document.records))
    assert desk.find() == []


def test_a_file_that_others_changed_stays_theirs(desk: Desk) -> None:
    desk.name("Mine")
    desk.crash()
    save([record_from_json({**SMALL[0], "title": "Theirs"})], desk.path)
    [lost] = desk.find()
    assert lost.path == desk.path
    assert lost.file().path is None
    assert lost.file().fingerprint is None
    assert lost.title == "Mine"


def test_journals_of_the_living_are_not_offered(desk: Desk) -> None:
    desk.name("One")
    assert desk.journal.flush(wait=True)
    assert desk.find() == []
    code = "import sys; from pathlib import Path; from app.files.journal.recovery import find_lost\n"
    code += "print(len(find_lost(Path(sys.argv[1])).lost))"
    asked = [sys.executable, "-c", code, str(desk.root)]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "0\n"
    desk.crash()
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout == "1\n"
    [lost] = desk.find()
    assert find_lost(desk.root).lost == []  # they are offered once at a time
    lost.leave()
    [again] = desk.find()
    again.discard()
    assert list(desk.root.iterdir()) == []


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a share that knows none."""

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(folders, "_try_lock", refuse)


def owned_by(desk: Desk, **words: object) -> None:
    """Says in all journals whose they are."""
    for owner in desk.root.glob("*/owner"):
        owner.write_text(json.dumps(json.loads(owner.read_text()) | words))


@pytest.mark.usefixtures("without_locks")
def test_without_locks_journals_of_the_living_are_not_offered(desk: Desk) -> None:
    """Neither those of this program, nor of others here, nor of other machines; and none of them is cleared away."""
    desk.name("One")
    assert desk.journal.flush(wait=True)
    before = desk.log.read_bytes()
    assert desk.find() == []
    owned_by(desk, pid=os.getppid(), program="other")
    assert desk.find() == []
    owned_by(desk, host="another", pid=1)
    assert desk.find() == []
    assert desk.log.read_bytes() == before


@pytest.mark.usefixtures("without_locks")
def test_without_locks_a_crash_is_offered_all_the_same(desk: Desk) -> None:
    """Once, as long as who was asked has not decided."""
    desk.name("One")
    desk.crash()
    [lost] = desk.find()
    assert lost.title == "One"
    assert desk.find() == []
    lost.leave()
    [again] = desk.find()
    again.leave()


@pytest.mark.usefixtures("without_locks")
@pytest.mark.parametrize(
    ("owner", "age"),
    [
        ({"pid": GONE, "program": "other"}, 0.0),
        ({"program": "an earlier one of the same number"}, 0.0),
        ({"host": "another", "program": "other"}, folders.ELSEWHERE + 10),
    ],
)
def test_without_locks_those_who_are_gone_are_known(desk: Desk, owner: dict[str, object], age: float) -> None:
    desk.name("One")
    assert desk.journal.flush(wait=True)
    owned_by(desk, **owner)
    [folder] = desk.root.iterdir()
    then = time.time() - age
    for path in (*folder.iterdir(), folder):
        os.utime(path, (then, then))
    [lost] = desk.find()
    lost.leave()


def test_every_crash_of_a_map_is_offered(desk: Desk) -> None:
    for title in ("One", "Two", "Three"):
        desk.open(desk.path)
        desk.name(title)
        desk.crash()
    assert [lost.title for lost in desk.find()] == ["One", "Two", "Three"]


def test_a_drag_that_was_under_way_is_not_in_it(desk: Desk) -> None:
    desk.name("One")
    drag = desk.document.begin("Drag")
    drag.set("map", title="half")
    drag.flush()
    desk.crash()
    [lost] = desk.find()
    assert lost.title == "One"
    desk.document.abandon()


def test_what_lies_about_is_cleared_away_in_time(desk: Desk) -> None:
    desk.name("One")
    desk.crash()
    desk.log.write_bytes(b"")
    (desk.root / "empty").mkdir()
    (desk.root / "a file").write_text("x")
    assert find_lost(desk.root).lost == []
    assert len(list(desk.root.iterdir())) == 3
    long_ago = time.time() - folders.KEPT - 10
    for path in [*desk.root.rglob("*"), desk.root / "empty"]:
        os.utime(path, (long_ago, long_ago))
    assert find_lost(desk.root).lost == []
    assert [path.name for path in desk.root.iterdir()] == ["a file"]


def test_it_begins_anew_before_it_grows_too_large(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "LARGE", 20_000)
    monkeypatch.setattr("app.files.journal.snapshot.HISTORY_BYTES", 6_000)
    for number in range(100):
        desk.name(f"Number {number} {'x' * 100}")
        if number % 10 == 3:
            desk.document.undo()
        assert desk.journal.flush(wait=True)
    desk.document.undo()
    desk.crash()
    assert desk.log.name != "log-1"
    assert desk.log.stat().st_size < 30_000
    assert len(list(desk.log.parent.glob("base-*"))) == 1
    [lost] = desk.find()
    assert state(lost.document) == state(desk.document)
    assert lost.document.history.steps().saved is None
    found, wanted = lost.document.history.steps(), desk.document.history.steps()
    assert [entry.label for entry in found.redo] == [entry.label for entry in wanted.redo]
    assert 3 < len(found.undo) < len(wanted.undo)
    assert [entry.diff for entry in found.undo] == [entry.diff for entry in wanted.undo[-len(found.undo) :]]


def test_after_a_save_it_begins_anew_from_the_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LARGE_AT_SAVE", 1_000)
    for title in ("One", "Two", "Three", "Four"):
        desk.name(title)
    desk.document.undo()
    assert desk.journal.flush(wait=True)
    desk.save()
    desk.name("Five")
    desk.document.undo()
    desk.document.undo()
    desk.crash()
    assert desk.log.name == "log-2"
    assert load(next(desk.root.glob("*/base-*"))).rev == load(desk.path).rev
    [lost] = desk.find()
    assert_same(lost, desk.document)


def test_what_was_restored_has_a_journal_with_its_history(desk: Desk) -> None:
    desk.name("One")
    desk.name("Two")
    desk.document.undo()
    desk.crash()
    [lost] = desk.find()
    session = Session(lost.file(), lost.document, lost.path)
    journal = Journal(session, desk.root, desk.said.append)
    journal.begin(lost.edited)
    assert journal.flush(wait=True)
    edited = lost.edited
    lost.discard()
    journal.close(keep=True)
    [again] = desk.find()
    assert_same(again, desk.document)
    assert again.edited == edited


def test_a_disk_that_does_not_take_it_is_said_once_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.root.parent.mkdir(parents=True)
    desk.root.write_text("no folder")
    monkeypatch.setattr(keeping, "RETRY", -1.0)
    for title in ("One", "Two", "Three"):
        desk.name(title)
        assert not desk.journal.flush(wait=True)
    assert len(desk.said) == 1
    desk.root.unlink()
    desk.name("Four")
    assert desk.journal.flush(wait=True)
    desk.crash()
    [lost] = desk.find()
    assert_same(lost, desk.document)


def test_a_full_disk_leaves_whole_lines(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.name("One")
    assert desk.journal.flush(wait=True)
    write = os.write

    def half(handle: int, data: bytes) -> int:
        write(handle, bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("app.files.journal.disk.os.write", half)
        desk.name("Two")
        assert not desk.journal.flush(wait=True)
    assert desk.said == ["the disk is full"]
    assert read_log(desk.log).ending is Ending.WHOLE
    shutil.copytree(desk.root, desk.folder / "copy")
    [lost] = find_lost(desk.folder / "copy").lost
    assert lost.title == "One"
    lost.leave()
    monkeypatch.setattr(keeping, "RETRY", -1.0)
    desk.name("Three")
    desk.crash()
    [lost] = desk.find()
    assert_same(lost, desk.document)


def test_nobody_else_may_look_into_it(desk: Desk) -> None:
    desk.document.media.add(PNG, "png")
    desk.name("One")
    desk.crash()
    if os.name == "posix":
        for path in [desk.root, *desk.root.rglob("*")]:
            assert path.stat().st_mode & 0o077 == 0, path


def test_killed_while_editing_little_is_lost() -> None:
    """A short version of benchmarks/torture_edit.py, in a process of its own because it forks."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.torture_edit", "12"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 kills" in done.stdout
    assert "0 journals unreadable, 0 restored to a state that never was, 0 times more" in done.stdout
