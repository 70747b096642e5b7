"""Everything that stops and asks. The window has one of these; tests put their own in its place."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from app.layout.sheet import Sheet
    from app.window.export_dialog import PosterChoice

Button = QMessageBox.StandardButton
NAMED = 3
"""So many of the unsaved changes are named."""


class Answer(Enum):
    """What the user wants done."""

    SAVE = "save"
    DISCARD = "discard"
    OVERWRITE = "overwrite"
    SAVE_AS = "save as"
    CANCEL = "cancel"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Dialogs", text)


class Dialogs:
    """The program's modal dialogs."""

    def open_map(self, parent: QWidget, folder: Path) -> Path | None:
        """Which map to open."""
        name, _ = QFileDialog.getOpenFileName(
            parent, _tr("Open map"), str(folder), _tr("Journey maps (*.jmap);;All files (*)")
        )
        return Path(name) if name else None

    def save_map(self, parent: QWidget, suggestion: Path) -> Path | None:
        """Where to save the map; the dialog itself has asked about a file that is there."""
        name, _ = QFileDialog.getSaveFileName(parent, _tr("Save map as"), str(suggestion), _tr("Journey maps (*.jmap)"))
        return _with_suffix(name, ".jmap")

    def save_poster(self, parent: QWidget, suggestion: Path) -> Path | None:
        """Where to put the poster."""
        name, _ = QFileDialog.getSaveFileName(parent, _tr("Export poster"), str(suggestion), _tr("PDF (*.pdf)"))
        return _with_suffix(name, ".pdf")

    def poster(self, parent: QWidget, sheet: Sheet, before: PosterChoice | None) -> PosterChoice | None:
        """Page, orientation and margin of the poster."""
        from app.window.export_dialog import PosterDialog

        dialog = PosterDialog(sheet, before, parent)
        return dialog.choice if dialog.exec() else None

    def unsaved(self, parent: QWidget, name: str, changes: list[str]) -> Answer:
        """SAVE, DISCARD or CANCEL, when a map with changes is about to be left. `changes`: the newest first."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_tr("Unsaved changes"))
        box.setText(_tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(unsaved_sentence(changes))
        save = box.addButton(_tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(_tr("Don’t save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(save)
        box.exec()
        clicked = box.clickedButton()
        if clicked is save:
            return Answer.SAVE
        return Answer.DISCARD if clicked is discard else Answer.CANCEL

    def revert(self, parent: QWidget, name: str, changes: list[str]) -> bool:
        """Whether to go back to the file as it was last saved."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(_tr("Revert"))
        box.setText(_tr("Go back to “{name}” as it was last saved?").format(name=name))
        box.setInformativeText(unsaved_sentence(changes))
        back = box.addButton(_tr("Revert"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(Button.Cancel))
        box.exec()
        return box.clickedButton() is back

    def changed_on_disk(self, parent: QWidget, name: str) -> Answer:
        """OVERWRITE, SAVE_AS or CANCEL, when somebody else has changed the file meanwhile."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(_tr("Changed by somebody else"))
        box.setText(_tr("“{name}” was changed on disk since you opened it.").format(name=name))
        box.setInformativeText(_tr("Nothing was written yet. Your changes are safe in this window."))
        save_as = box.addButton(_tr("Save as…"), QMessageBox.ButtonRole.AcceptRole)
        overwrite = box.addButton(_tr("Overwrite"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(Button.Cancel)
        box.setDefaultButton(save_as)
        box.exec()
        clicked = box.clickedButton()
        if clicked is save_as:
            return Answer.SAVE_AS
        return Answer.OVERWRITE if clicked is overwrite else Answer.CANCEL

    def problem(self, parent: QWidget | None, sentence: str, safe: str = "") -> None:
        """Something could not be done: what happened, and what is safe."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Journey Mapper", sentence, Button.Ok, parent)
        box.setInformativeText(safe)
        box.exec()

    def about(self, parent: QWidget, version: str) -> None:
        box = QMessageBox(parent)
        box.setWindowTitle(_tr("About Journey Mapper"))
        box.setText(_tr("Journey Mapper {version}").format(version=version))
        box.setInformativeText(
            _tr("Draws customer journey maps and prints them as posters.\nEverything stays on this machine.")
        )
        box.exec()


def unsaved_sentence(changes: list[str]) -> str:
    """What is lost without saving."""
    if not changes:
        return _tr("Without saving, what you changed since the last time is lost.")
    names = list(dict.fromkeys(changes))[:NAMED]
    listed = ", ".join(_tr("“{change}”").format(change=name) for name in names)
    if len(changes) == 1:
        return _tr("Not saved yet: {changes}.").format(changes=listed)
    return _tr("{n} changes are not saved yet, the latest: {changes}.").format(n=len(changes), changes=listed)


def _with_suffix(name: str, suffix: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
