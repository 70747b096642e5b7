"""A large file is read beside the window also where it is read again: to revert, to reload, to restore a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.files import dumps, load, save
from app.files.backups import Backups
from app.window.dialogs import Answer
from app.window.earlier import EarlierWindow
from app.window.opening import Loaded
from app.window.opening import load as load_map
from app.window.window import MainWindow
from app.window.worker import Job
from tests.window.hands import FakeDialogs, Hands, path_of, rename

Act = Callable[[Hands], None]


@pytest.fixture
def edited(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """A map of a size that is not small, saved as “Saved”, with a backup, and then given another title."""
    monkeypatch.setattr("app.window.opening.LARGE", 0)
    rename(hands, "Saved")
    hands.window.save()
    hands.window.keeping.begin()
    rename(hands, "Mine")
    return hands


def revert(hands: Hands) -> None:
    hands.window.actions_["revert"].trigger()


def reload(hands: Hands) -> None:
    """As the button does that is offered after another has saved the file."""
    outside = hands.window.keeping.outside
    assert outside is not None
    outside._reload()


def restore(hands: Hands) -> None:
    hands.window.keeping.show_earlier()
    [window] = hands.window.findChildren(EarlierWindow)
    window.restore.click()


ALL = pytest.mark.parametrize("act", [revert, reload, restore])


@ALL
def test_one_may_work_on_meanwhile_and_sees_that_it_goes_on(edited: Hands, qtbot: QtBot, act: Act) -> None:
    act(edited)
    assert edited.window.opener.is_busy
    assert edited.document.map.title == "Mine"
    assert edited.window.progress.isVisible()
    qtbot.waitUntil(lambda: Hands(edited.window).document.map.title == "Saved", timeout=20_000)
    assert not edited.window.progress.isVisible()
    assert edited.window.isWindowModified() == (act is restore)


@ALL
def test_one_may_think_better_of_it(edited: Hands, qtbot: QtBot, act: Act) -> None:
    mine = edited.bytes()
    act(edited)
    edited.window.progress.button.click()
    assert not edited.window.opener.is_busy
    assert not edited.window.progress.isVisible()
    done: list[object] = []
    job: Job[object] = edited.window.worker.job()
    job.on_done = done.append
    edited.window.worker.start(job, lambda _job: None)
    qtbot.waitUntil(lambda: bool(done))
    assert edited.bytes() == mine
    assert edited.window.isWindowModified()


def test_what_was_done_meanwhile_is_not_reverted(edited: Hands, qtbot: QtBot) -> None:
    """One was not asked about that."""
    revert(edited)
    rename(edited, "Mine, later")
    qtbot.waitUntil(lambda: not edited.window.opener.is_busy, timeout=20_000)
    assert Hands(edited.window).document.map.title == "Mine, later"
    assert edited.window.isWindowModified()


@pytest.mark.parametrize("act", [reload, restore])
def test_what_was_done_meanwhile_is_one_step_of_undo_away(edited: Hands, qtbot: QtBot, act: Act) -> None:
    act(edited)
    rename(edited, "Mine, later")
    qtbot.waitUntil(lambda: edited.document.map.title == "Saved", timeout=20_000)
    edited.window.editing.undo()
    assert edited.document.map.title == "Mine, later"


def test_what_was_saved_elsewhere_meanwhile_is_not_taken_for_reloaded(
    edited: Hands, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    """What comes out of the one file is not in the other."""
    dialogs.path = other = tmp_path / "other.jmap"
    reload(edited)
    assert edited.window.save_as()
    qtbot.waitUntil(lambda: not edited.window.opener.is_busy, timeout=20_000)
    assert edited.window.path == other
    assert edited.window.isWindowModified() == (edited.bytes() != dumps(load(other).records))


@pytest.mark.parametrize("act", [revert, reload])
def test_a_file_that_cannot_be_read_any_more_leaves_the_map(
    edited: Hands, dialogs: FakeDialogs, qtbot: QtBot, act: Act
) -> None:
    dialogs.on_earlier = Answer.CANCEL
    path_of(edited).write_bytes(b"damaged")
    act(edited)
    qtbot.waitUntil(lambda: any("cannot be opened" in asked for asked in dialogs.asked), timeout=20_000)
    assert edited.document.map.title == "Mine"
    assert not edited.window.progress.isVisible()
    assert dumps(load(Backups(path_of(edited)).found()[0].path).records) != edited.bytes()


def test_another_map_that_comes_meanwhile_is_left_alone(edited: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    reload(edited)
    other = tmp_path / "other.jmap"
    save(load(path_of(edited)).records, other)
    edited.window.files.adopt(*loaded(other))
    qtbot.waitUntil(lambda: not edited.window.opener.is_busy, timeout=20_000)
    assert edited.window.path == other
    assert not edited.window.isWindowModified()


def loaded(path: Path) -> tuple[Loaded, Path]:
    return load_map(path), path


def test_a_backup_of_a_damaged_file_is_read_beside_the_window_too(
    edited: Hands, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "tour.jmap"
    save(load(path_of(edited)).records, path)
    Backups(path).keep()
    good = path.read_bytes()
    path.write_bytes(b"damaged")
    dialogs.on_earlier = Answer.EARLIER
    edited.window.open_path(path)
    qtbot.waitUntil(lambda: bool(edited.window.findChildren(EarlierWindow)), timeout=20_000)
    [window] = edited.window.findChildren(EarlierWindow)
    window.restore.click()
    assert edited.window.opener.is_busy
    assert path.read_bytes() == b"damaged"
    qtbot.waitUntil(lambda: edited.window.program.window_of(path) is not None, timeout=20_000)
    assert path.read_bytes() == good
    there = edited.window.program.window_of(path)
    assert isinstance(there, MainWindow)
    there.close()
