"""Opening a damaged map: one sentence, an offer, and what can be read as a new map that must be saved elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.files import load
from app.paths import sample_dir
from app.window import opening
from app.window.dialogs import Answer, Dialogs
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs

CLINIC = (sample_dir() / "clinic.jmap").read_bytes()


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "clinic.jmap"
    path.write_bytes(CLINIC[:20_000])
    return path


def cards(window: MainWindow) -> int:
    assert window.session is not None
    return len(window.session.document.store.of_type("card"))


def test_what_can_be_read_opens_as_a_map_that_is_not_saved(
    window: MainWindow, dialogs: FakeDialogs, damaged: Path
) -> None:
    before = damaged.read_bytes()
    window.open_path(damaged)
    question, report = dialogs.asked
    assert question == "damaged clinic.jmap The file is damaged: its end is missing."
    assert report.startswith("salvaged ")
    assert "could be read" in report
    assert cards(window) > 50
    assert window.session is not None
    assert window.session.path is None
    assert window.session.suggestion() == damaged.with_name("clinic recovered.jmap")
    assert window.isWindowModified()
    assert damaged.read_bytes() == before


def test_it_is_saved_to_another_place_and_is_whole_there(
    window: MainWindow, dialogs: FakeDialogs, damaged: Path, tmp_path: Path
) -> None:
    window.open_path(damaged)
    dialogs.path = tmp_path / "recovered.jmap"
    assert window.save()
    assert sum(record.type == "card" for record in load(dialogs.path).records) == cards(window)
    assert damaged.read_bytes() == CLINIC[:20_000]
    assert not window.isWindowModified()


def test_closing_asks_before_what_was_recovered_is_lost(
    window: MainWindow, dialogs: FakeDialogs, damaged: Path
) -> None:
    window.open_path(damaged)
    dialogs.on_unsaved = Answer.CANCEL
    window.close()
    assert window.isVisible()
    assert dialogs.asked[-1].startswith("unsaved ")


def test_no_leaves_everything_as_it_is(window: MainWindow, dialogs: FakeDialogs, damaged: Path) -> None:
    dialogs.on_damaged = False
    window.open_path(damaged)
    assert len(dialogs.asked) == 1
    assert window.session is None
    assert window.start_page is not None


def test_a_large_file_is_recovered_beside_the_window(
    window: MainWindow, dialogs: FakeDialogs, damaged: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(opening, "LARGE", 1000)
    window.open_path(damaged)
    qtbot.waitUntil(lambda: len(dialogs.asked) == 2)
    assert cards(window) > 50


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(500)])
def test_what_never_was_a_map_is_not_recovered(
    window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "x.jmap").write_bytes(content)
    window.open_path(tmp_path / "x.jmap")
    assert dialogs.asked == ["problem “x.jmap” cannot be opened. The file is not a journey map."]


def test_where_nothing_can_be_read_that_is_said(window: MainWindow, dialogs: FakeDialogs, damaged: Path) -> None:
    damaged.write_bytes(CLINIC[:500])
    window.open_path(damaged)
    assert dialogs.asked[-1].startswith(
        "problem “clinic.jmap” cannot be opened. Nothing of a journey map can be read in this file"
    )


@pytest.mark.parametrize(("button", "answer"), [("Recover what can be read", True), ("Cancel", False), ("", False)])
def test_the_offer_itself(button: str, answer: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def click(box: QMessageBox) -> int:
        assert "stays as it is" in box.informativeText()
        for one in box.buttons():
            if one.text().replace("&", "") == button:
                one.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", click)
    assert Dialogs().damaged(parent, "x.jmap", "The file is damaged.") is answer


def test_the_report_shows_every_sentence(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text() + box.informativeText()))
    Dialogs().salvaged(parent, ["One.", "Two.", "Three."])
    assert all(sentence in shown[0] for sentence in ("One.", "Two.", "Three.", "was not touched"))
