"""The dialogs' seam, answered at random; what is written goes into one folder."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import Final, Protocol

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.paths import sample_dir, template_dir
from app.window.dialogs import Answer, Dialogs
from benchmarks.monkey.words import NAMES

KEYS: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_9, Qt.Key.Key_Return)
PATIENCE: Final = 8
"""So many times a dialog is poked before Esc is pressed."""


class Dice(Protocol):
    """Who throws the dice."""

    @property
    def chance(self) -> Random: ...


class Answers(Dialogs):
    """Half of the questions that can be asked for real are: then it pokes the box until that closes.

    `is_real` False: no box is ever opened.
    """

    def __init__(self, folder: Path, dice: Dice, *, is_real: bool) -> None:
        self.folder = folder
        self.asked: Counter[str] = Counter()
        self.sentences: Counter[str] = Counter()
        self.only: Answer | None = None
        """What is said to unsaved changes, where that is not left to chance."""
        self._dice = dice
        self._is_real = is_real
        self._left = 0
        self._fill()

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.iterdir() if path.name[0] != ".")

    def open_map(self, parent: QWidget, folder: Path, title: str = "") -> Path | None:
        del parent, folder
        self.asked["open"] += 1
        return self._dice.chance.choice([None, self.folder / "not there.jmap", *self.files()])

    def open_pictures(self, parent: QWidget, folder: Path) -> list[Path]:
        del parent, folder
        self.asked["pictures"] += 1
        return self._dice.chance.sample(self.files(), k=self._dice.chance.randint(0, 3))

    def open_picture(self, parent: QWidget, folder: Path) -> Path | None:
        del parent, folder
        self.asked["picture"] += 1
        return self._dice.chance.choice([None, *self.files()])

    def save_map(self, parent: QWidget, suggestion: Path) -> Path | None:
        del parent
        self.asked["save"] += 1
        return self._target(suggestion.suffix)

    def save_poster(self, parent: QWidget, suggestion: Path) -> Path | None:
        del parent
        self.asked["save poster"] += 1
        return self._target(suggestion.suffix)

    def show_file(self, path: Path) -> bool:
        del path
        self.asked["show file"] += 1
        return self._dice.chance.random() < 0.5

    def unsaved(self, parent: QWidget, name: str, changes: list[str]) -> Answer:
        self.asked["unsaved"] += 1
        if self.only is not None:
            return self.only
        if self._takes_it_seriously():
            return super().unsaved(parent, name, changes)
        return self._dice.chance.choice([Answer.SAVE, Answer.DISCARD, Answer.DISCARD, Answer.CANCEL])

    def revert(self, parent: QWidget, name: str, changes: list[str]) -> bool:
        self.asked["revert"] += 1
        return super().revert(parent, name, changes) if self._takes_it_seriously() else self._dice.chance.random() < 0.7

    def copy_history(self, parent: QWidget) -> bool | None:
        self.asked["copy history"] += 1
        if self._takes_it_seriously():
            return super().copy_history(parent)
        return self._dice.chance.choice([True, False, None])

    def version_name(self, parent: QWidget, name: str) -> str | None:
        self.asked["version name"] += 1
        if self._takes_it_seriously():
            return super().version_name(parent, name)
        return self._dice.chance.choice([None, "Workshop 1", "  ", "é" * 300])

    def remove_history(self, parent: QWidget, name: str) -> bool:
        self.asked["remove history"] += 1
        if self._takes_it_seriously():
            return super().remove_history(parent, name)
        return self._dice.chance.random() < 0.3

    def changed_on_disk(self, parent: QWidget, name: str) -> Answer:
        self.asked["changed on disk"] += 1
        if self._takes_it_seriously():
            return super().changed_on_disk(parent, name)
        return self._dice.chance.choice([Answer.OVERWRITE, Answer.SAVE_AS, Answer.MERGE, Answer.CANCEL])

    def damaged(self, parent: QWidget, name: str, sentence: str) -> bool:
        self.asked["damaged"] += 1
        if self._takes_it_seriously():
            return super().damaged(parent, name, sentence)
        return self._dice.chance.random() < 0.5

    def salvaged(self, parent: QWidget, report: list[str]) -> None:
        self.asked["salvaged"] += 1
        if self._takes_it_seriously():
            super().salvaged(parent, report)

    def may_replace(self, parent: QWidget, name: str) -> bool:
        self.asked["may replace"] += 1
        if self._takes_it_seriously():
            return super().may_replace(parent, name)
        return self._dice.chance.random() < 0.5

    def problem(self, parent: QWidget | None, sentence: str, safe: str = "") -> None:
        self.asked["problem"] += 1
        self.sentences[sentence.replace(str(self.folder), "…")] += 1
        if self._takes_it_seriously():
            super().problem(parent, sentence, safe)

    def not_saved(self, parent: QWidget, sentence: str, safe: str) -> Answer:
        self.asked["not saved"] += 1
        if self._takes_it_seriously():
            return super().not_saved(parent, sentence, safe)
        return self._dice.chance.choice([Answer.SAVE_AS, Answer.AGAIN, Answer.CANCEL, Answer.CANCEL])

    def earlier_or_rest(self, parent: QWidget, sentence: str, safe: str, *, can_recover: bool) -> Answer:
        self.asked["earlier or rest"] += 1
        if self._takes_it_seriously():
            return super().earlier_or_rest(parent, sentence, safe, can_recover=can_recover)
        return self._dice.chance.choice([Answer.EARLIER, Answer.RECOVER if can_recover else Answer.CANCEL])

    def discard_lost(self, parent: QWidget, name: str) -> bool:
        self.asked["discard lost"] += 1
        return super().discard_lost(parent, name) if self._takes_it_seriously() else self._dice.chance.random() < 0.5

    def about(self, parent: QWidget, version: str) -> None:
        self.asked["about"] += 1
        if self._takes_it_seriously():
            super().about(parent, version)

    def poke(self) -> None:
        """Presses something in the dialog that waits, if there is one."""
        modal = QApplication.activeModalWidget()
        if modal is None:
            return
        QTimer.singleShot(0, self.poke)  # for what comes of it, while the dialog still waits
        chance, self._left = self._dice.chance, self._left - 1
        buttons = [button for button in modal.findChildren(QAbstractButton) if button.isVisible()]
        target = QApplication.activePopupWidget() or modal
        if self._left < 0:
            QTest.keyClick(target, Qt.Key.Key_Escape)
        elif chance.random() < 0.5 and buttons and target is modal:
            QTest.mouseClick(chance.choice(buttons), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), QPoint(6, 6))
        else:
            QTest.keyClick(QApplication.focusWidget() or target, chance.choice(KEYS))

    def _takes_it_seriously(self) -> bool:
        if not self._is_real or self._dice.chance.random() < 0.5:
            return False
        self._left = PATIENCE
        QTimer.singleShot(0, self.poke)
        return True

    def _target(self, suffix: str) -> Path | None:
        chance = self._dice.chance
        if chance.random() < 0.15:
            return None
        folder = self.folder / "no such folder" if chance.random() < 0.05 else self.folder
        return folder / f"{chance.choice(NAMES)}{suffix}"

    def _fill(self) -> None:
        """Maps and pictures to open, and what only looks like one."""
        picture = QImage(300, 200, QImage.Format.Format_RGB32)
        picture.fill(QColor("#0E7490"))
        for name in ("wide.png", "photo.jpg", "other.png"):
            picture.save(str(self.folder / name))
            picture = picture.transformed(QTransform().rotate(90)).scaled(400, 900)
        (self.folder / "torn.png").write_bytes((self.folder / "wide.png").read_bytes()[:90])
        for path in (*sample_dir().glob("*.jmap"), template_dir() / "blank.jmap"):
            shutil.copy(path, self.folder / path.name)
        whole = (sample_dir() / "broadband.jmap").read_bytes()
        (self.folder / "torn.jmap").write_bytes(whole[: len(whole) // 2])
        (self.folder / "scratched.jmap").write_bytes(whole[:5000] + b"\0" * 60 + whole[5060:])
        (self.folder / "empty.jmap").write_bytes(b"")
        (self.folder / "letter.jmap").write_text("Dear customer", encoding="utf-8")
        (self.folder / "a folder.jmap").mkdir()
