"""The dialogs themselves: what comes of a click, and of a name without its suffix."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.window.dialogs import Answer, Dialogs


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def replaceable(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files about which it was asked; the answer is no."""
    asked: list[str] = []

    def refuses(_dialogs: Dialogs, _parent: QWidget, name: str) -> bool:
        asked.append(name)
        return False

    monkeypatch.setattr(Dialogs, "may_replace", refuses)
    return asked


def types(name: Path | str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(name), ""))


@pytest.mark.parametrize(("typed", "saved"), [
    ("map.jmap", "map.jmap"), ("map.JMAP", "map.JMAP"), ("map", "map.jmap"), ("map v1.2", "map v1.2.jmap"),
])  # fmt: skip
def test_a_name_gets_its_suffix(
    typed: str, saved: str, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types(tmp_path / typed, monkeypatch)
    assert Dialogs().save_map(parent, Path("suggestion.jmap")) == tmp_path / saved


def test_no_name_is_no_file(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    types("", monkeypatch)
    assert Dialogs().save_poster(parent, Path("suggestion.pdf")) is None


def test_a_file_that_the_suffix_leads_to_is_not_replaced_unasked(
    parent: QWidget, tmp_path: Path, replaceable: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "map.jmap").touch()
    types(tmp_path / "map", monkeypatch)
    assert Dialogs().save_map(parent, Path("suggestion.jmap")) is None
    assert replaceable == ["map.jmap"]


@pytest.mark.parametrize(("button", "answer"), [
    ("Save", Answer.SAVE), ("Don’t save", Answer.DISCARD), ("Cancel", Answer.CANCEL), ("", Answer.CANCEL),
])  # fmt: skip
def test_the_answer_is_that_of_the_button(
    button: str, answer: Answer, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def click(box: QMessageBox) -> int:
        assert box.defaultButton().text() == "Save"
        for one in box.buttons():
            if one.text().replace("&", "") == button:
                one.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", click)
    assert Dialogs().unsaved(parent, "map.jmap", []) is answer


def test_names_are_shown_as_they_are(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with markup in it is a name, not markup."""
    shown: list[tuple[str, Qt.TextFormat]] = []

    def note(box: QMessageBox) -> int:
        shown.append((box.text(), box.textFormat()))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", note)
    odd, dialogs = "<b>a</b> & <img src=x>.jmap", Dialogs()
    assert dialogs.unsaved(parent, odd, [odd]) is Answer.CANCEL
    assert dialogs.changed_on_disk(parent, odd) is Answer.CANCEL
    assert not dialogs.may_replace(parent, odd)
    dialogs.problem(parent, f"“{odd}” cannot be read.")
    assert len(shown) == 4
    for text, form in shown:
        assert odd in text
        assert form is Qt.TextFormat.PlainText
