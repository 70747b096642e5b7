"""What the real dialogs make of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.window.dialogs import Answer, Dialogs

ODD_NAME = "a <b>bold</b> <br>&amp; plan.jmap"


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


class Typed:
    """What is typed into the file dialog, name after name, and what it suggested each time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, names: list[str]) -> None:
        self._names: Iterator[str] = iter(names)
        self.suggested: list[str] = []
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._answer)

    def _answer(self, _parent: QWidget, _title: str, suggestion: str, kinds: str) -> tuple[str, str]:
        self.suggested.append(Path(suggestion).name)
        return next(self._names), kinds


class Replacing(Dialogs):
    """Answers whether a file may be replaced."""

    def __init__(self, *answers: bool) -> None:
        self._answers = iter(answers)
        self.asked: list[str] = []

    def replace(self, parent: QWidget, name: str) -> bool:
        del parent
        self.asked.append(name)
        return next(self._answers)


def test_a_file_that_gets_its_ending_from_us_is_not_replaced_unasked(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("map.jmap", "map.pdf"):
        (tmp_path / name).write_bytes(b"precious")
    typed = Typed(monkeypatch, [str(tmp_path / "map"), str(tmp_path / "other")])
    dialogs = Replacing(False)
    assert dialogs.save_map(parent, tmp_path / "first.jmap") == tmp_path / "other.jmap"
    assert dialogs.asked == ["map.jmap"]
    assert typed.suggested == ["first.jmap", "map.jmap"]
    Typed(monkeypatch, [str(tmp_path / "map")])
    dialogs = Replacing(True)
    assert dialogs.save_poster(parent, tmp_path / "first.pdf") == tmp_path / "map.pdf"
    assert dialogs.asked == ["map.pdf"]


def test_what_the_file_dialog_has_asked_is_not_asked_again(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "map.jmap").write_bytes(b"old")
    Typed(monkeypatch, [str(tmp_path / "map.jmap"), str(tmp_path / "new"), ""])
    dialogs = Replacing()
    assert dialogs.save_map(parent, tmp_path) == tmp_path / "map.jmap"
    assert dialogs.save_map(parent, tmp_path) == tmp_path / "new.jmap"
    assert dialogs.save_map(parent, tmp_path) is None


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    """The boxes that were shown; each is answered with its last button."""
    boxes: list[QMessageBox] = []

    def answer(box: QMessageBox) -> int:
        boxes.append(box)
        return 0

    def clicked(box: QMessageBox) -> QAbstractButton:
        return box.buttons()[-1]

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", clicked)
    return boxes


def test_names_are_shown_as_they_are(parent: QWidget, shown: list[QMessageBox]) -> None:
    dialogs = Dialogs()
    assert isinstance(dialogs.unsaved(parent, ODD_NAME), Answer)
    assert isinstance(dialogs.changed_on_disk(parent, ODD_NAME), Answer)
    assert isinstance(dialogs.replace(parent, ODD_NAME), bool)
    dialogs.problem(parent, f"“{ODD_NAME}” cannot be read.")
    assert len(shown) == 4
    for box in shown:
        assert ODD_NAME in box.text()
        assert box.textFormat() == Qt.TextFormat.PlainText
