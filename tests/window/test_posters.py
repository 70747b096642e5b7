"""Exporting from the window: a PDF that is whole, or none."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from app.export.errors import ExportCancelledError, ExportError
from app.window.export_dialog import PosterChoice, PosterDialog
from app.window.window import MainWindow
from tests.window.hands import FakeDialogs, Hands


def finished(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.exporting.is_busy is False, timeout=30_000)


def test_export_writes_a_poster(hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    dialogs.choice = PosterChoice("A1", "landscape", 10.0)
    hands.window.actions_["export"].trigger()
    assert not hands.window.actions_["export"].isEnabled(), "one at a time"
    finished(hands.window, qtbot)
    assert "poster.pdf" in hands.window.statusBar().currentMessage()
    document = pypdfium2.PdfDocument(dialogs.path)
    width, height = document[0].get_size()
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert (round(width * 25.4 / 72), round(height * 25.4 / 72)) == (841, 594)
    assert "Switching broadband" in text
    assert "broadband.jmap" in text


def test_one_can_go_on_editing_while_it_is_written(
    hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    hands.window.actions_["export"].trigger()
    hands.view.selection.select([hands.card("Plan page")])
    hands.window.actions_["delete"].trigger()
    finished(hands.window, qtbot)
    document = pypdfium2.PdfDocument(dialogs.path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Plan page" in text, "the poster is of the map as it was"


def test_cancel_leaves_no_file(hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path) -> None:
    dialogs.path = tmp_path / "poster.pdf"
    hands.window.actions_["export"].trigger()
    hands.window._status.progress.button.click()
    finished(hands.window, qtbot)
    hands.window.worker.close()
    assert [path.name for path in tmp_path.iterdir()] == ["broadband.jmap"]


def test_closing_the_window_cancels_and_waits(
    hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []

    def slow(*args: object) -> None:
        *_rest, progress, cancelled = args
        begun.append(True)
        while not cancelled():  # type: ignore[operator]
            progress(0.5)  # type: ignore[operator]
        begun.append(hands.window.isVisible())
        raise ExportCancelledError

    monkeypatch.setattr("app.window.posters.export_pdf", slow)
    dialogs.path = tmp_path / "poster.pdf"
    hands.window.actions_["export"].trigger()
    qtbot.waitUntil(lambda: bool(begun), timeout=20_000)
    assert hands.window.close()
    assert begun == [True, False], "the window goes first"
    assert not dialogs.path.exists()


def test_an_error_while_closing_keeps_the_window_in_sight(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    hands.window.worker  # noqa: B018 (made when first asked for)
    with monkeypatch.context() as patched:
        patched.setattr(hands.window.worker, "close", fails)
        with pytest.raises(ZeroDivisionError):
            hands.window.closeEvent(QCloseEvent())
        assert hands.window.isVisible()
    assert hands.window.close()


def test_what_goes_wrong_is_said(
    hands: Hands, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ExportError("The poster cannot be made.")

    monkeypatch.setattr("app.window.posters.export_pdf", fails)
    dialogs.path = tmp_path / "poster.pdf"
    hands.window.actions_["export"].trigger()
    finished(hands.window, qtbot)
    assert "problem The poster cannot be made." in dialogs.asked


def test_no_answer_no_export(hands: Hands, dialogs: FakeDialogs) -> None:
    dialogs.choice = None
    hands.window.actions_["export"].trigger()
    assert dialogs.asked == ["poster"]
    dialogs.choice = PosterChoice()
    dialogs.path = None
    hands.window.actions_["export"].trigger()
    assert hands.window.exporting.is_busy is False


def test_the_dialog_says_what_comes_of_the_choice(hands: Hands, qtbot: QtBot) -> None:
    dialog = PosterDialog(hands.window.exporting._sheet(), PosterChoice("roll:610", "automatic", 5.0), hands.window)
    qtbot.addWidget(dialog)
    assert dialog.choice == PosterChoice("roll:610", "automatic", 5.0)
    dialog._page.setCurrentIndex(dialog._page.findData("A4"))
    assert "too small to read" in dialog._outcome.text()
    dialog._margin.setValue(105.0)
    assert not dialog._export.isEnabled()
    dialog._page.setCurrentIndex(dialog._page.findData("A0"))
    dialog._margin.setValue(10.0)
    assert dialog._export.isEnabled()
    assert dialog.choice == PosterChoice("A0", "automatic", 10.0)
