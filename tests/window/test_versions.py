"""The versions of a map in its window: seen, named, gone back to, and left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.files import load
from app.files.revisions import Change, find_base, has_history, revisions_of
from app.window.dialogs import Dialogs
from app.window.earlier import EarlierWindow
from app.window.moments import moment_words, moments_words, seconds_words
from app.window.opening import load as load_with_layout
from app.window.version_words import change_words, time_words, times_words
from app.window.versions_window import VersionsWindow
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands, path_of, rename


@pytest.fixture
def thrice(hands: Hands) -> Hands:
    """The broadband sample, saved as A, B and C."""
    for title in "ABC":
        rename(hands, title)
        assert hands.window.save()
    return hands


def opened(hands: Hands) -> VersionsWindow:
    hands.window.actions_["versions"].trigger()
    window = hands.window.versions.window
    assert window is not None
    return window


def looked_at(window: VersionsWindow, place: int, qtbot: QtBot) -> VersionsWindow:
    """The window with a version selected and its picture there."""
    window.list.setCurrentRow(place)
    qtbot.waitUntil(lambda: window.picture.image is not None)
    return window


def names(window: VersionsWindow) -> list[str]:
    rows = (window.list.row_at(place) for place in range(window.list.count()))
    return [row.name for row in rows if row is not None]


def test_the_list_tells_what_each_version_changed(thrice: Hands) -> None:
    rename(thrice, "D")
    window = opened(thrice)
    rows = [window.list.row_at(place) for place in range(window.list.count())]
    assert [row.change for row in rows if row] == [*["map details changed"] * 4, "First version"]
    assert rows[0] is not None
    assert (rows[0].revision, rows[0].title) == (None, "Now, not saved yet")
    assert all(row.title.startswith("Today") for row in rows[1:4] if row)


def test_going_back_is_one_step_that_can_be_taken_back(thrice: Hands, qtbot: QtBot) -> None:
    window = looked_at(opened(thrice), 2, qtbot)
    before = thrice.bytes()
    window.back.click()
    assert thrice.window.versions.window is None
    assert thrice.document.map.title == "A"
    assert thrice.window.isWindowModified()
    thrice.window.actions_["undo"].trigger()
    assert thrice.bytes() == before


def test_what_is_there_already_is_not_gone_back_to(thrice: Hands, qtbot: QtBot) -> None:
    window = looked_at(opened(thrice), 0, qtbot)
    assert not window.back.isEnabled()
    assert window.copy.isEnabled()
    assert looked_at(window, 1, qtbot).back.isEnabled()


def test_a_version_opens_as_a_copy_beside_the_map(thrice: Hands, qtbot: QtBot) -> None:
    window = looked_at(opened(thrice), 1, qtbot)
    window.copy.click()
    beside = thrice.window.program.windows[-1]
    assert isinstance(beside, MainWindow)
    assert beside is not thrice.window
    assert beside.session is not None
    assert (beside.session.document.map.title, beside.path) == ("B", None)
    assert beside.session.file.map_id == load(path_of(thrice)).map_id
    assert thrice.document.map.title == "C"
    beside.close()


def test_a_version_gets_a_name_that_is_in_the_file(thrice: Hands, dialogs: FakeDialogs, qtbot: QtBot) -> None:
    dialogs.name = "Workshop 1"
    window = looked_at(opened(thrice), 1, qtbot)
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert names(window) == ["", "Workshop 1", "", ""]
    assert [version.name for version in revisions_of(load(path_of(thrice)))] == ["", "Workshop 1", "", ""]
    assert window.row is not None
    assert window.row.name == "Workshop 1"
    window.unname.click()
    assert [version.name for version in revisions_of(load(path_of(thrice)))] == [""] * 4


def test_naming_saves_what_is_not_saved(thrice: Hands, dialogs: FakeDialogs) -> None:
    rename(thrice, "D")
    dialogs.name = "Client review"
    thrice.window.actions_["name_version"].trigger()
    file = load(path_of(thrice))
    assert [version.name for version in revisions_of(file)][:2] == ["Client review", ""]
    assert not thrice.window.isWindowModified()
    dialogs.name = None
    thrice.window.actions_["name_version"].trigger()
    assert dialogs.asked == ["name", "name Client review"]


def test_a_map_without_a_file_gets_one_when_it_is_named(
    window: MainWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    window.open_template("blank")
    window.finish()
    dialogs.name, dialogs.path = "Start", tmp_path / "new.jmap"
    window.actions_["name_version"].trigger()
    assert [version.name for version in revisions_of(load(tmp_path / "new.jmap"))] == ["Start"]
    dialogs.path = None


def test_a_name_that_could_not_be_saved_is_in_no_later_save(
    thrice: Hands, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    path = path_of(thrice)
    path.write_bytes(b"somebody else's")
    dialogs.name = "Lost"
    thrice.window.actions_["name_version"].trigger()
    assert dialogs.asked == ["name", "changed broadband.jmap"]
    dialogs.path = tmp_path / "mine.jmap"
    assert thrice.window.save_as()
    assert [version.name for version in revisions_of(load(dialogs.path))] == [""] * 4


def test_history_is_removed_after_asking(thrice: Hands, dialogs: FakeDialogs) -> None:
    rename(thrice, "Not for the client")
    thrice.window.save()
    rename(thrice, "Public")
    window = opened(thrice)
    dialogs.on_remove = False
    window.remove.click()
    assert b"Not for the client" in path_of(thrice).read_bytes()
    dialogs.on_remove = True
    window.remove.click()
    assert dialogs.asked == ["remove history broadband.jmap"] * 2
    assert b"Not for the client" not in path_of(thrice).read_bytes()
    assert (window.list.count(), window.remove.isEnabled()) == (1, False)
    file = load(path_of(thrice))
    assert (file.parents, thrice.window.isWindowModified()) == ((), False)
    window.close()
    thrice.window.actions_["remove_history"].trigger()
    assert len(dialogs.asked) == 2, "there is nothing left to ask about"
    assert "no history" in thrice.window.statusBar().currentMessage()


@pytest.mark.parametrize(("answer", "versions"), [(True, 4), (False, 1), (None, 0)])
def test_a_copy_has_the_history_that_one_wants(
    thrice: Hands, dialogs: FakeDialogs, tmp_path: Path, answer: bool | None, versions: int
) -> None:
    dialogs.on_copy, dialogs.path = answer, tmp_path / "copy.jmap"
    thrice.window.actions_["save_copy"].trigger()
    assert dialogs.asked[0] == "copy history"
    assert dialogs.path.exists() is bool(versions)
    if versions:
        copy = load(dialogs.path)
        assert (len(revisions_of(copy)), has_history(copy)) == (versions, bool(answer))
        assert copy.map_id == load(path_of(thrice)).map_id
    assert len(revisions_of(load(path_of(thrice)))) == 4


def test_a_map_without_a_past_is_copied_unasked(window: MainWindow, dialogs: FakeDialogs, tmp_path: Path) -> None:
    window.open_template("blank")
    window.finish()
    dialogs.path = tmp_path / "copy.jmap"
    assert window.save_copy()
    assert dialogs.asked == ["save"]


@pytest.mark.parametrize("with_history", [True, False])
def test_a_copy_sent_away_in_the_middle_of_a_sitting_is_found_again(
    hands: Hands, dialogs: FakeDialogs, tmp_path: Path, with_history: bool
) -> None:
    rename(hands, "Sent")
    dialogs.on_copy, dialogs.path = with_history, tmp_path / "copy.jmap"
    assert hands.window.save_copy()
    rename(hands, "Mine")
    hands.window.save()
    rename(hands, "Mine again")
    hands.window.save()
    base = find_base(load(path_of(hands)), load(tmp_path / "copy.jmap"))
    assert base is not None
    assert next(record for record in base if record.id == "map").changed().title == "Sent"  # type: ignore[attr-defined]


def test_several_saves_are_one_sitting_and_opening_begins_another(thrice: Hands) -> None:
    sittings = [version.sitting for version in revisions_of(load(path_of(thrice)))]
    assert sittings == [1, 1, 1, 0]
    path = path_of(thrice)
    thrice.window.files.adopt(load_with_layout(path), path)
    again = Hands(thrice.window)
    rename(again, "D")
    again.window.save()
    assert [version.sitting for version in revisions_of(load(path))][:2] == [2, 1]


def test_a_version_that_cannot_be_read_says_so(thrice: Hands, qtbot: QtBot) -> None:
    session = thrice.window.session
    assert session is not None
    part = session.file.parts["history/states.jsonl"].replace(b'"title":"B"', b'"title":"X"')
    session.file = replace(session.file, parts={**session.file.parts, "history/states.jsonl": part})
    window = opened(thrice)
    window.list.setCurrentRow(1)
    qtbot.waitUntil(window.error.isVisible)
    assert "cannot be read" in window.error.text()
    assert not window.back.isEnabled()
    assert not window.copy.isEnabled()


def test_a_version_is_compared_with_the_map_as_it_is_now(thrice: Hands, qtbot: QtBot) -> None:
    rename(thrice, "D")
    window = looked_at(opened(thrice), 2, qtbot)
    window.compare.click()
    compared = thrice.window.comparing.window
    assert compared is not None
    assert thrice.window.versions.window is None
    qtbot.waitUntil(lambda: compared.compared is not None)
    assert compared.compared is not None
    assert [change.id for change in compared.compared.comparison.changes] == ["map"]
    before, after = compared.bar.before, compared.bar.after
    assert before is not None
    assert after is not None
    assert next(iter(record for record in before.fetch().records if record.id == "map")).changed().title == "B"  # type: ignore[attr-defined]
    assert "as it is now" in after.name
    compared.close()


class TestWords:
    def test_times_are_those_of_the_user(self) -> None:
        here = timezone(timedelta(hours=2))
        now = datetime(2026, 11, 22, 0, 30, tzinfo=here)
        assert time_words(datetime(2026, 11, 21, 22, 5, tzinfo=UTC), now) == "Today 00:05"
        assert time_words(datetime(2026, 11, 21, 21, 5, tzinfo=UTC), now) == "Yesterday 23:05"
        assert time_words(datetime(2026, 3, 1, 9, 0, tzinfo=UTC), now) == "01.03.2026 11:00"
        assert moment_words(datetime(2026, 11, 21, 21, 5, tzinfo=UTC), now) == "yesterday 23:05"
        assert seconds_words(0.0).startswith(("01.01.1970 ", "31.12.1969 "))
        assert seconds_words(float("nan")) == ""
        assert time_words(None, now) == "At an unknown time"

    def test_times_of_one_minute_are_told_apart(self) -> None:
        now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        times = [datetime(2026, 11, 22, 10, 5, second, tzinfo=UTC) for second in (59, 7)]
        said = times_words([*times, datetime(2026, 11, 22, 9, 0, tzinfo=UTC), None], now)
        assert said == ["Today 10:05:59", "Today 10:05:07", "Today 09:00", "At an unknown time"]
        same = [datetime(2026, 3, 1, 9, 0, 5, tzinfo=UTC)] * 2
        assert [words.partition(":")[2] for words in moments_words(same)] == ["00:05", "00:05 (2)"]

    def test_changes_are_counted(self) -> None:
        change = Change()
        change.changed.update({"card": 12, "map": 1})
        change.added.update({"card": 2, "link": 1})
        assert change_words(change) == "12 cards and map details changed, 2 cards and 1 link added"
        assert change_words(Change()) == ""


class TestDialogs:
    @pytest.fixture
    def parent(self, qtbot: QtBot) -> QWidget:
        made = QWidget()
        qtbot.addWidget(made)
        return made

    @pytest.mark.parametrize(("button", "answer"), [("With history", True), ("Without history", False), ("", None)])
    def test_the_copy_is_as_the_button_says(
        self, button: str, answer: bool | None, parent: QWidget, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def click(box: QMessageBox) -> int:
            assert "nothing of before" in box.informativeText()
            for one in box.buttons():
                if one.text().replace("&", "") == button:
                    one.click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", click)
        assert Dialogs().copy_history(parent) is answer

    @pytest.mark.parametrize(("typed", "accepted", "name"), [
        ("  Workshop   1", True, "Workshop 1"), (" ", True, None), ("x", False, None), ("x" * 300, True, "x" * 200),
    ])  # fmt: skip
    def test_a_name_is_one_line(
        self, typed: str, accepted: bool, name: str | None, parent: QWidget, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def answer(dialog: QInputDialog) -> int:
            field = dialog.findChild(QLineEdit)
            assert field is not None
            assert field.text() == "before"
            field.setText(typed)
            return int(accepted)

        monkeypatch.setattr(QInputDialog, "exec", answer)
        assert Dialogs().version_name(parent, "before") == name


def test_each_of_both_windows_says_what_it_holds_and_where_the_other_is(thrice: Hands) -> None:
    """What goes along with the file, and what stays on this computer, must not be taken for each other."""
    actions = thrice.window.actions_
    versions = opened(thrice)
    assert "to whoever gets it" in versions.about.text()
    assert plain(actions["earlier"].text()).startswith(named(versions.about.text()))
    versions.close()
    thrice.window.keeping.show_earlier()
    [backups] = thrice.window.findChildren(EarlierWindow)
    assert backups.about.isVisible()
    assert "on this computer" in backups.windowTitle()
    assert "stay on this computer" in backups.about.text()
    assert plain(actions["versions"].text()).startswith(named(backups.about.text()))
    backups.reject()
    tips = [actions[name].toolTip() for name in ("earlier", "versions")]
    assert "this computer" in tips[0]
    assert "carries" in tips[1]


def named(text: str) -> str:
    """The line of the menu that a sentence leads to."""
    return text.rpartition("File ▸ ")[2].rstrip(".")


def plain(text: str) -> str:
    return text.replace("&", "")
